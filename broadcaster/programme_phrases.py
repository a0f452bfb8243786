"""What is said about programmes, by code: errors, parts, what is lacking, voices."""

from __future__ import annotations

import re

from broadcaster.tongue import say

ERRORS = {
    "blank-open": "Có dấu « » hoặc { } chưa đóng. Hãy viết đủ cặp, ví dụ «tuần».",
    "blank-unknown": "Không có ô trống «{name}». Các ô dùng được: {known}.",
    "fallback-recording": "Chưa chọn bản ghi phát thay. Hãy chọn một bản ghi trong thư viện, hoặc chọn cách khác.",
    "order-bulletin": "Chương trình phải có đoạn “Bản tin tuần này”, nếu không sẽ chẳng bản tin nào được phát.",
    "order-full": "Chương trình đã có {most} đoạn, không thêm được nữa. Hãy bỏ bớt đoạn khác.",
    "order-once": "Chương trình chỉ có một đoạn “{part}”. Hãy sửa đoạn đã có.",
    "part-kind": "Không có loại đoạn này. Hãy tải lại trang rồi chọn lại.",
    "part-pause": "Quãng nghỉ này không dùng được. Hãy chọn một trong các quãng trong danh sách.",
    "part-recording": "Chưa chọn bản ghi. Hãy chọn một bản ghi trong thư viện.",
    "part-text-empty": "Đoạn “{part}” chưa có lời. Hãy ghi lời loa sẽ đọc, hoặc bỏ đoạn này.",
    "part-text-long": "Lời quá dài (tối đa {most} ký tự). Nội dung dài hãy để trong bản tin.",
    "part-title-long": "Tên đoạn quá dài (tối đa {most} ký tự). Hãy viết ngắn lại.",
    "part-unknown": "Chương trình không còn đoạn này. Hãy tải lại trang để xem thứ tự mới nhất.",
    "programme-changed": "Chương trình vừa được người khác sửa. Hãy xem lại bản mới nhất dưới đây rồi sửa tiếp.",
    "programme-fallback": "Cách thay thế này không có. Hãy chọn lại trong danh sách.",
    "programme-name": "Tên chương trình phải có chữ và dài không quá {most} ký tự. Hãy nhập lại.",
    "programme-retired": "Chương trình “{name}” đã ngừng. Hãy chọn chương trình khác, hoặc dùng lại nó ở trang Chương trình.",
    "programme-speed": "Tốc độ đọc phải từ {least} đến {most} phần trăm, từng nấc 5. Hãy chọn lại.",
    "programme-taken": "Đã có chương trình “{name}” mang tên này. Hãy đặt tên khác.",
    "sample-nowhere": "Chưa có chương trình nào để nghe thử. Hãy tạo chương trình trước.",
}
PARTS = {
    "jingle": "Nhạc hiệu",
    "call": "Lời xướng",
    "greeting": "Lời chào",
    "bulletin": "Bản tin tuần này",
    "deeds": "Gương người tốt, việc tốt",
    "recording": "Bản ghi trong thư viện",
    "closing": "Lời kết",
    "pause": "Quãng nghỉ",
}
MEANINGS = {
    "jingle": "nhạc mở đầu hoặc kết thúc; nhạc có sẵn hoặc bản ghi của đài",
    "call": "một câu do máy đọc: giới thiệu đài, chương trình, lời dẫn",
    "greeting": "bản tin có lời chào riêng thì đọc lời chào ấy",
    "bulletin": "nội dung bản tin được duyệt của tuần",
    "deeds": "các mục gương người tốt trong bản tin được đọc ở chỗ này",
    "recording": "bản thu sẵn phát nguyên vẹn ở mọi buổi",
    "closing": "bản tin có lời kết riêng thì đọc lời kết ấy",
    "pause": "im lặng một chút giữa hai đoạn",
}
LAST_JINGLE = "Nhạc cắt"
CHIMES = {"opening": "nhạc mở đầu có sẵn", "closing": "nhạc kết có sẵn"}
FALLBACKS = {
    "repeat": "phát lại bản tin gần nhất",
    "notice": "phát lời nhắn",
    "recording": "phát một bản ghi",
    "none": "im lặng, có cảnh báo trước",
}
INSTEAD = {  # until the broadcast without its edition
    "no-edition": "đến giờ loa sẽ im lặng",
    "fallback-notice": "đến giờ sẽ phát lời nhắn thay thế",
    "fallback-repeat": "đến giờ sẽ phát lại bản tin gần nhất",
    "fallback-recording": "đến giờ sẽ phát bản ghi thay thế",
}
LACKS = {
    "no-slot": "Chưa có khung giờ nên sẽ không phát. Hãy thêm khung giờ.",
    "no-edition": "Buổi {at} chưa có bản tin được duyệt: loa sẽ im lặng.",
    "fallback-notice": "Buổi {at} chưa có bản tin được duyệt: sẽ phát lời nhắn.",
    "fallback-repeat": "Buổi {at} chưa có bản tin được duyệt: sẽ phát lại bản tin gần nhất.",
    "fallback-recording": "Buổi {at} chưa có bản tin được duyệt: sẽ phát bản ghi thay thế.",
    "no-notice": "Lời nhắn thay thế chưa được duyệt.",
    "recording-missing": "Tệp âm thanh của một bản ghi không còn trên máy. Hãy chọn bản ghi khác.",
    "recording-old": "Có bản ghi đã được thay bản mới trong thư viện mà chương trình còn dùng bản cũ.",
    "voice-missing": "Giọng đọc đã chọn không còn trên máy; sẽ dùng giọng của trạm.",
}
USES = {"part": "một đoạn", "bed": "nhạc nền", "fallback": "bản phát thay"}  # what a recording is to a programme
VOICES = {
    "auto": "giọng chung của trạm",
    "espeak": "giọng máy miền Bắc (khó nghe, để dự phòng)",
    "espeak:central": "giọng máy miền Trung (khó nghe)",
    "espeak:south": "giọng máy miền Nam (khó nghe)",
    "gtts": "giọng Google (cần mạng)",
    "edge": "giọng Microsoft (cần mạng)",
}


MODEL = re.compile(r"(?:vi_VN-)?(.+?)(?:-(?:x_low|low|medium|high))?")  # how voices are named by their makers


def part_name(kind: str, title: str = "", chime: str = "") -> str:
    """What people call a part of a running order."""
    return title or say(LAST_JINGLE if kind == "jingle" and chime == "closing" else PARTS.get(kind, kind))


def use(role: str) -> str:
    """What a recording is to a programme (programmes.uses)."""
    return say(USES[role])


def voice(spec: str) -> str:
    """What people call a voice, with or without its version."""
    name = spec.split(" ", 1)[0]
    if name in VOICES:
        return say(VOICES[name])
    found = MODEL.fullmatch(name.removeprefix("piper").removeprefix(":").removesuffix(".onnx"))
    return say("giọng tự nhiên {name}", name=found[1]) if found else say("giọng tự nhiên")
