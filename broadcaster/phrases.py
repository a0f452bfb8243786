"""The Vietnamese phrases themselves, by code. Sentences are made of them in `broadcaster.words`."""

from __future__ import annotations

from broadcaster import programme_phrases
from broadcaster.phrases_care import LINES, TROUBLES

REASONS = {
    "alert-not-spoken": "không đọc được nội dung thông báo khẩn, chỉ phát còi",
    "alert-too-old": "thông báo khẩn đã quá lâu",
    "another-on-air": "chương trình khác đang phát",
    "assumed": "giả định tuần này có bản tin được duyệt",
    "clock-set": "đồng hồ máy bị chỉnh, hoặc máy ngủ, qua mất giờ phát",
    "clock-untrusted": "đồng hồ máy sai hoặc không có giờ chuẩn nên lịch phát bị giữ lại",
    "expired": "bản tin đã quá hạn phát",
    "fallback-notice": "tuần này chưa có bản tin, phát lời nhắn",
    "fallback-repeat": "tuần này chưa có bản tin, phát lại bản tin gần nhất",
    "fallback-recording": "tuần này chưa có bản tin, phát bản ghi thay thế",
    "held": "đang dừng phát theo lệnh",
    "hours-outside-allowed": "ngoài khung giờ được phép phát",
    "hours-quiet": "trong giờ yên tĩnh",
    "hours-too-many-minutes": "quá số phút được phát trong ngày",
    "hours-too-many-repeats": "quá số lần phát lại một bản trong ngày",
    "interrupted": "bị ngắt giữa chừng",
    "interrupted-by-alert": "nhường thông báo khẩn",
    "interrupted-by-other": "nhường chương trình ưu tiên hơn",
    "interrupted-too-long": "gián đoạn quá lâu",
    "mourning": "quốc tang: phát không nhạc",
    "mourning-cut": "quốc tang: nhạc hiệu im; chưa có bản không nhạc nên nhạc nền dưới lời đọc còn nghe thấy",
    "mourning-music": "quốc tang: bản ghi này là nhạc nên không phát",
    "no-edition": "chưa có bản tin nào được duyệt",
    "zone-gone": "cụm loa của buổi này không còn, không phát ở đâu cả; hãy sửa khung giờ sang cụm khác",
    "zone-left-out": "có cụm loa đang tạm ngưng hoặc ngoài giờ nên không phát ở đó",
    "zones-closed": "mọi cụm loa đều đang tạm ngưng hoặc ngoài giờ",
    "no-output": "không có thiết bị âm thanh, không ra loa",
    "broadcast-bad": "dữ liệu buổi phát bị hỏng",
    "live-failed": "mất tín hiệu trực tiếp",
    "ended": "người trực kết thúc sớm",
    "mic-limit": "hết số phút đã đặt nên tự kết thúc",
    "mic-quiet": "micrô im lặng quá lâu nên tự kết thúc",
    "output-lost": "mất thiết bị âm thanh giữa chừng",
    "relay-fallback": "có lúc mất sóng, phát bản ghi thay thế",
    "not-approved": "bản tin đã bị sửa hoặc rút sau khi xếp lịch, không còn được duyệt",
    "recording-broken": "tệp âm thanh hỏng hoặc không đúng bản đã duyệt",
    "late": "bắt đầu muộn",
    "from-middle": "bỏ phần đầu vì vào muộn",
    "part-silent": "có cụm loa không ra tiếng",
    "repeat-alone": "không có buổi gốc nào để phát lại, phát bản tin của tuần",
    "repeat-other": "bản đã phát ở buổi gốc hết hạn hoặc không còn được duyệt, phát bản khác",
    "restarted": "trạm khởi động lại giữa chừng",
    "skipped": "người trực bỏ qua",
    "station-off": "máy trạm tắt hoặc mất điện lúc đó",
    "stopped": "có người bấm Dừng phát",
    "taken-out": "người trực bỏ khỏi hàng chờ",
    "too-late": "quá giờ cho phép phát muộn",
}
WARNINGS = {  # what needs somebody's hand
    "duty": "Tuần này chưa đủ bản tin về {topic} được duyệt và xếp lịch. Hãy soạn và duyệt bản tin.",
    "hours": "Chương trình “{programme}” lúc {at} sẽ không phát: {why}. Hãy dời giờ, rút ngắn, hoặc cho phép kèm lý do.",
    "edition": "Chương trình “{programme}” lúc {at} chưa có bản tin được duyệt: {instead}. Hãy soạn và duyệt bản tin.",
}
REFUSALS = {
    "quiet": "Giờ này nằm trong giờ yên tĩnh.",
    "outside-allowed": "Giờ này nằm ngoài khung giờ được phép phát{windows}.",
    "too-many-minutes": "Ngày này sẽ vượt quá {limit} phút được phát mỗi ngày.",
    "too-many-repeats": "Ngày này sẽ phát lại cùng một bản tin hay bản ghi quá {limit} lần.",
}
EFFECTS = {"pause": "tạm ngưng", "holiday": "ngày lễ", "mourning": "quốc tang (không nhạc)", "quieter": "nhỏ tiếng"}
LEFT_OUT = {  # of a calendar file, and why
    "cancelled": "“{title}” đã bị hủy trong lịch",
    "timed": "“{title}” có giờ trong ngày; ngày nghỉ phải là cả ngày",
    "unreadable": "“{title}” có ngày không đọc được",
    "rule": "“{title}” lặp lại theo cách trạm chưa theo được; hãy thêm tay",
    "days": "“{title}” mỗi lần dài quá một năm",
}
TOPICS = {"crime": "phòng, chống tội phạm", "deeds": "gương người tốt, việc tốt"}
PREFERENCES = {
    "reading.thousand": "1.000 đọc là một nghìn hay một ngàn",
    "reading.odd": "105 đọc là một trăm linh năm hay một trăm lẻ năm",
    "reading.four": "24 đọc là hai mươi tư hay hai mươi bốn",
    "station.name": "Tên đài, in ở đầu sổ tháng",
    "station.phones": "Số điện thoại của đài và các cơ quan trong xã (cách nhau bằng dấu phẩy)",
    "clock.adrift-hours": "Đồng hồ không có nguồn chuẩn (mạng, GPS) quá bao nhiêu giờ thì ngừng phát theo lịch (0: không xét)",
    "duty.crime": "Mỗi tuần ít nhất bao nhiêu bản tin phòng, chống tội phạm (0: không nhắc)",
    "duty.deeds": "Mỗi tuần ít nhất bao nhiêu bản tin gương người tốt, việc tốt (0: không nhắc)",
    "station.voices": "Thứ tự giọng đọc (cách nhau bằng dấu phẩy; để trống: giọng tốt nhất đã cài)",
}
VOICES = {
    "address": "địa chỉ dịch vụ giọng đọc chưa đúng",
    "library": "máy thiếu thư viện của giọng này",
    "model": "tệp giọng thiếu hoặc hỏng",
    "offline": "không vào được mạng",
    "busy": "dịch vụ đang quá tải",
    "refused": "dịch vụ từ chối",
    "answer": "dịch vụ trả về âm thanh hỏng",
}
SOUND = {  # errors of sound, told by whoever rendered it
    "voice-unknown": "Không có giọng đọc này ({error}). Xem các giọng bằng: broadcaster voice list.",
    "voice": "Giọng đọc chưa dùng được: {why}. {remedy}",
    "format": "Không ghi được tệp {error}: đuôi tệp phải là .wav, .flac, .mp3, .ogg hoặc .opus.",
}
FAULTS = {
    "silent": "không có tiếng",
    "too-short": "ngắn bất thường, có thể mất chữ",
    "too-long": "dài bất thường",
    "hole": "có quãng im ở giữa",
    "clipped": "bị vỡ tiếng",
    "cut-off": "có thể bị cụt ở cuối",
    "misheard": "khó nghe hơn hẳn các câu khác",
}
VOICE_REMEDIES = {
    "address": "Hãy sửa BROADCASTER_GTTS_URL thành địa chỉ bắt đầu bằng https:// hoặc http://, hoặc bỏ đi.",
    "library": "Hãy chạy lại: make run, hoặc dùng giọng khác (broadcaster voice list).",
    "model": "Hãy cài lại giọng: broadcaster voice install TÊN.",
    "offline": "Hãy kiểm tra mạng, hoặc dùng giọng không cần mạng (broadcaster voice list).",
    "busy": "Hãy thử lại sau ít phút, hoặc dùng giọng không cần mạng (broadcaster voice list).",
    "refused": "Hãy dùng giọng không cần mạng (broadcaster voice list).",
    "answer": "Hãy thử lại sau ít phút, hoặc dùng giọng không cần mạng (broadcaster voice list).",
}
PROOFS = {
    "heard": "Đã nghe thấy đúng buổi phát này",
    "faulty": "Nghe thấy buổi phát này, nhưng không trọn vẹn",
    "absent": "Bản ghi có tiếng, nhưng không phải buổi phát này. Hãy kiểm tra đã chọn đúng tệp và đúng giờ ghi",
    "silent": "Bản ghi im lặng. Hãy kiểm tra dây nối, âm ly và loa",
    "unsure": "Bản ghi quá ngắn để kết luận. Hãy ghi ít nhất 3 giây",
}
METHODS = {
    "exact": "so từng mẫu âm thanh",
    "waveform": "so dạng sóng, thấy được lỗi từ {resolution} giây",
    "likeness": "so phổ âm qua micrô, chỉ thấy được lỗi từ {resolution} giây",
}
SLIPS = {"hole": "mất tiếng", "skipped": "nhảy qua", "inserted": "chèn thêm hoặc lặp lại"}
PASSCODE_USES = {
    "entered": "nhập đúng mã",
    "wrong": "nhập sai mã",
    "unknown": "mã không có",
    "revoked": "mã đã thu hồi",
    "locked": "mã đang bị khóa",
    "throttled": "một máy thử sai quá nhiều, bị chặn 15 phút",
    "sending": "bấm phát",
    "sent": "đã gửi ra loa",
    "failed": "gửi không được",
}
ALERT_KINDS = {
    "storm": "Bão",
    "flood": "Lũ",
    "fire": "Cháy",
    "missing": "Mất tích",
    "security": "An ninh",
    "other": "Khác",
}
STATUSES = {
    "draft": "bản nháp",
    "sample": "bản tin mẫu",
    "submitted": "chờ duyệt",
    "approved": "đã duyệt",
    "returned": "trả lại",
    "withdrawn": "đã rút",
    "planned": "dự kiến",
    "ready": "sẵn sàng",
    "on_air": "đang phát",
    "aired": "đã phát",
    "missed": "bỏ lỡ",
    "failed": "lỗi",
    "cut": "bị ngắt",
    "idle": "chờ",
    "stopped": "đã dừng",
    "dead": "mất tín hiệu",
}
MISSED_ANSWERS = {"played": "đã phát bù", "dismissed": "bỏ, không phát bù"}
SCOPES = {"read": "chỉ xem", "write": "xem và điều khiển"}
ROLES = {"author": "người soạn", "approver": "người duyệt", "operator": "người trực", "admin": "quản trị"}
TABLES = {  # values with words
    "detail": TROUBLES,
    "why": LINES,
    "status": STATUSES,
    "role": ROLES,
    "part": programme_phrases.PARTS,
    "key": PREFERENCES,
}
