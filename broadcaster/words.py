"""Codes into Vietnamese sentences that say what happened and what to do. Used by the command line and the panel."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from audio.errors import AudioError, BadAudio, BadText, OutputUnavailable, UnknownFormat, UnknownVoice, VoiceUnavailable
from audio.review import Finding
from audio.voices import NAMES as VOICES
from broadcaster.clashing import Clashing
from broadcaster.clock import wall_text
from broadcaster.errors import BroadcasterError
from schedules.errors import ScheduleError
from schedules.hours import Refusal
from schedules.hours_text import written

MOST_SAID = 5  # of a list of moments; who wants all of them asks for JSON or opens the panel

ERRORS = {
    "alert-empty": "Chưa có nội dung thông báo khẩn. Hãy nhập lời nhắn hoặc chọn tệp ghi âm.",
    "backup-bad": "Tệp {path} không phải bản sao lưu của Tiếng Loa. Hãy chọn đúng tệp đã lưu bằng lệnh backup.",
    "backup-busy": "Trạm đang chạy trên thư mục này. Hãy tắt trạm rồi khôi phục lại.",
    "bad-step": "Buổi phát này đã kết thúc, không thay đổi được nữa.",
    "bulletin-state": "Bản tin đang ở trạng thái “{status}” nên không làm được việc này. Hãy xem lại bản tin.",
    "bulletin-unknown": "Không có bản tin {id}. Xem danh sách bằng: broadcaster bulletin list.",
    "bulletin-withdrawn": "Bản tin này đã bị rút, không sửa được nữa. Hãy tạo bản tin mới.",
    "calendar-bad": "Tệp này không phải lịch .ics có ngày nghỉ cả ngày. Hãy xuất lại lịch dạng iCalendar (.ics).",
    "change-unknown": "Không có thay đổi {id}. Xem danh sách bằng: broadcaster slot changes.",
    "data-not-writable": "Không ghi được vào thư mục dữ liệu {path} ({detail}). Hãy cấp quyền ghi hoặc chọn thư mục khác bằng --data.",
    "database-unusable": "Cơ sở dữ liệu {path} không mở được ({detail}). Hãy khôi phục từ bản sao lưu bằng: broadcaster restore.",
    "database-unknown": "Không mở được cơ sở dữ liệu {url}: địa chỉ chưa đúng hoặc máy thiếu trình điều khiển của nó. Hãy sửa BROADCASTER_DATABASE, hoặc bỏ đi để dùng cơ sở dữ liệu có sẵn.",
    "dates-reversed": "Ngày kết thúc sớm hơn ngày bắt đầu. Hãy nhập lại.",
    "dates-missing": "Chưa có ngày. Hãy ghi --from và --to, hoặc --every cho ngày lặp lại hằng năm.",
    "disk": "Không ghi được tệp {path} ({detail}). Hãy kiểm tra đường dẫn, quyền ghi và chỗ trống trên đĩa.",
    "file-missing": "Không tìm thấy tệp {path}. Hãy kiểm tra lại đường dẫn.",
    "late-bad": "Cách xử lý phát muộn “{text}” chưa đúng. Dùng: from-start:10m, resume:30m hoặc skip.",
    "held": "Trạm đang dừng phát. Bấm “Phát tiếp” hoặc chạy: broadcaster resume.",
    "hours-bad": "Giờ “{text}” chưa đúng. Ví dụ: 05:30-06:30, 17:00-18:00; CN 06:00-07:00.",
    "hours-refused": "{refusal} ({at}) Buổi này dài khoảng {minutes} phút. Hãy chọn giờ khác, hoặc ghi lý do bằng --override.",
    "findings-serious": "Bản tin còn {count} điều phải xem lại: {first} Hãy sửa bản tin, hoặc chọn “Vẫn nộp” để người duyệt quyết định.",
    "last-admin": "{name} là quản trị viên cuối cùng, không khóa được. Hãy tạo quản trị viên khác trước.",
    "lexicon-empty": "Chưa đủ hai phần: chữ viết trong văn bản và cách đọc. Hãy nhập cả hai.",
    "lexicon-long": "Mục từ quá dài (tối đa {most} ký tự). Hãy tách thành từng từ hoặc từng tên.",
    "lexicon-symbols": "Cách đọc “{spoken}” có chữ số hoặc ký hiệu. Hãy viết hoàn toàn bằng chữ, ví dụ: hai mươi bốn.",
    "lexicon-taken": "Từ điển đã có “{written}”, đọc là “{spoken}”. Hãy sửa mục đó.",
    "lexicon-unknown": "Từ điển của đài không có “{written}”. Xem danh sách bằng: broadcaster lexicon list.",
    "link-dead": "Liên kết này đã dùng hoặc đã hết hạn. Hãy khởi động lại trạm để có liên kết mới.",
    "login-failed": "Tên hoặc mật khẩu chưa đúng. Hãy nhập lại.",
    "name-empty": "Chưa nhập tên tài khoản.",
    "name-taken": "Đã có tài khoản tên {name}. Hãy chọn tên khác.",
    "no-edition": "Chương trình {name} chưa có bản tin nào được duyệt nên chưa phát được.",
    "not-allowed": "Tài khoản {name} không có quyền làm việc này (cần quyền: {role}).",
    "not-rendered": "Bản tin chưa có bản âm thanh để nghe duyệt. Hãy chờ thu xong, hoặc nộp lại nếu thu lỗi.",
    "occurrence-unknown": "Khung giờ này không có lần phát nào vào {at}. Xem lịch bằng: broadcaster plan.",
    "own-bulletin": "{name} là người soạn bản tin này nên không được tự duyệt. Hãy nhờ người khác duyệt.",
    "password-weak": "Mật khẩu cần ít nhất {least} ký tự và khác tên tài khoản.",
    "pause-unknown": "Không có đợt tạm ngưng {id}. Xem danh sách bằng: broadcaster pause list.",
    "port-taken": "Cổng {port} trên {host} đang có chương trình khác dùng. Hãy tắt chương trình đó hoặc chọn cổng khác bằng --port.",
    "port-refused": "Không mở được cổng {port} trên {host} ({detail}). Hãy kiểm tra --host và --port.",
    "programme-unknown": "Không có chương trình “{slug}”. Các chương trình hiện có: {known}.",
    "proof-nothing": "Buổi “{title}” không phát ra tiếng nào nên không có gì để đối chiếu. Hãy chọn buổi khác trong nhật ký.",
    "proof-unknown": "Nhật ký không có buổi phát {id}. Xem mã buổi phát bằng: broadcaster log --json.",
    "queue-unknown": "Không có mục {id} trong hàng chờ. Xem bằng: broadcaster queue list.",
    "reason-missing": "Chưa ghi lý do.",
    "recording-unknown": "Không có bản ghi {id}. Hãy tải tệp âm thanh lên lại.",
    "render-failed": "Không thu được bản tin: {detail}",
    "rendering-stale": "Cách đọc đã đổi sau khi thu nên bản thu không còn đúng. Hãy thu lại (bulletin render), nghe rồi duyệt.",
    "role-unknown": "Không có quyền “{role}”. Các quyền: {roles}.",
    "rule-bad": "{rule} Ví dụ: --rule “FREQ=WEEKLY;BYDAY=FR” --at 17:30.",
    "setting-bad": "“{text}” không dùng được cho {key}. Ví dụ dùng được: {allowed}.",
    "setting-unknown": "Không có lựa chọn “{key}”. Các lựa chọn: {known}.",
    "slot-changed": "Khung giờ này vừa được người khác sửa. Hãy xem lại rồi sửa tiếp (broadcaster slot list).",
    "slot-clash": "Giờ mới trùng với {other} lúc {at}. Hãy chọn giờ khác, hoặc ghi lý do bằng --override.",
    "slot-clashes": "Khung giờ trùng {count} lần trong năm tới: {clashes}. Hãy chọn giờ khác, hoặc thêm --clash after (phát ngay sau), --clash replace (thay những buổi đó), --override LÝ DO (phát nối tiếp).",
    "slot-never": "Khung giờ này không rơi vào ngày nào trong một năm tới. Hãy kiểm tra lại quy tắc và ngày.",
    "slot-unknown": "Không có khung giờ {id}. Xem danh sách bằng: broadcaster slot list.",
    "sound-bad": "{name} không phải tệp âm thanh dùng được. Hãy dùng tệp WAV, FLAC, MP3, M4A hoặc OGG khác.",
    "station-dead": "Trạm chưa chạy. Hãy chạy: broadcaster run.",
    "station-running": "Đã có một trạm đang chạy với thư mục dữ liệu {path}. Hãy dùng trạm đó, hoặc chọn thư mục khác bằng --data.",
    "text-empty": "Không có nội dung nào để đọc. Hãy kiểm tra lại văn bản.",
    "text-too-long": "Văn bản quá dài (tối đa {most} ký tự). Hãy tách thành nhiều bản tin.",
    "time-bad": "Thời điểm “{text}” chưa đúng. Ví dụ: 2026-11-27T17:30 hoặc 2026-11-27T17:30:00+07:00.",
    "time-past": "Thời điểm {at} đã qua. Hãy chọn thời điểm sắp tới.",
    "user-unknown": "Không có tài khoản “{name}” (hoặc đã bị khóa). Xem bằng: broadcaster user list.",
    "volume-bad": "Âm lượng phải từ 0 đến 100.",
    "week-bad": "Tuần “{week}” chưa đúng. Ví dụ: 2026-W48.",
    "zone-unknown": "Không có múi giờ “{zone}”. Hãy sửa BROADCASTER_TZ, ví dụ: Asia/Ho_Chi_Minh.",
}
TEXT_FILES = {
    "binary": "{name} không phải tệp văn bản đọc được. Hãy lưu lại dạng .docx hoặc .txt (Unicode) rồi tải lên.",
    "directory": "{name} là một thư mục. Hãy chọn một tệp văn bản.",
    "empty": "{name} không có chữ nào. Hãy kiểm tra lại tệp.",
    "encoding": "{name} dùng bảng mã chưa nhận ra. Hãy mở bằng Word và lưu lại dạng .docx hoặc .txt (Unicode).",
    "missing": "Không tìm thấy tệp {name}. Hãy kiểm tra lại đường dẫn.",
    "too-large": "{name} quá lớn (tối đa 5 MB). Hãy chỉ gửi phần chữ của bản tin.",
    "unreadable": "Không mở được {name}. Hãy kiểm tra quyền đọc.",
}
ERRORS |= {f"upload-{code}": text for code, text in TEXT_FILES.items()}
OUTPUTS = {
    "no-portaudio": "Máy thiếu thư viện PortAudio nên chưa ra loa. Hãy chạy: sudo apt-get install libportaudio2.",
    "no-device": "Không tìm thấy thiết bị âm thanh. Hãy cắm lại dây/cạc âm thanh; trạm tự thử lại liên tục.",
    "stalled": "Thiết bị âm thanh không nhận tiếng nữa. Hãy kiểm tra dây và cạc âm thanh; trạm tự thử lại liên tục.",
    "folder-not-writable": "Không ghi được vào thư mục {detail}. Hãy chọn thư mục khác cho đầu ra file:.",
    "unknown-output": "Không có kiểu đầu ra “{detail}”. Dùng: sound:, sound:TÊN, null: hoặc file:THƯMỤC.",
    "closed": "Đầu ra âm thanh chưa mở.",
}
REASONS = {
    "alert-not-spoken": "không đọc được nội dung thông báo khẩn, chỉ phát còi",
    "alert-too-old": "thông báo khẩn đã quá lâu",
    "another-on-air": "chương trình khác đang phát",
    "assumed": "giả định tuần này có bản tin được duyệt",
    "fallback-notice": "tuần này chưa có bản tin, phát lời nhắn",
    "fallback-repeat": "tuần này chưa có bản tin, phát lại bản tin gần nhất",
    "held": "đang dừng phát theo lệnh",
    "hours-outside-allowed": "ngoài khung giờ được phép phát",
    "hours-quiet": "trong giờ yên tĩnh",
    "hours-too-many-minutes": "quá số phút được phát trong ngày",
    "hours-too-many-repeats": "quá số lần phát lại trong ngày",
    "interrupted": "bị ngắt giữa chừng",
    "interrupted-by-alert": "nhường thông báo khẩn",
    "interrupted-by-other": "nhường chương trình ưu tiên hơn",
    "interrupted-too-long": "gián đoạn quá lâu",
    "no-edition": "chưa có bản tin nào được duyệt",
    "no-output": "không có thiết bị âm thanh, không ra loa",
    "not-approved": "bản tin đã bị sửa hoặc rút sau khi xếp lịch, không còn được duyệt",
    "recording-broken": "tệp âm thanh hỏng hoặc không đúng bản đã duyệt",
    "restarted": "trạm khởi động lại giữa chừng",
    "skipped": "người trực bỏ qua",
    "stopped": "người trực dừng phát",
    "taken-out": "người trực bỏ khỏi hàng chờ",
    "too-late": "quá giờ cho phép phát muộn (trạm không chạy lúc đó)",
}
INSTEAD = {
    "no-edition": "đến giờ loa sẽ im lặng",
    "fallback-notice": "đến giờ sẽ phát lời nhắn thay thế",
    "fallback-repeat": "đến giờ sẽ phát lại bản tin gần nhất",
}
RULES = {
    "bad-time": "Giờ phát chưa đúng (không ghi múi giờ).",
    "database-unknown": "Không mở được cơ sở dữ liệu {url}: địa chỉ chưa đúng hoặc máy thiếu trình điều khiển của nó. Hãy sửa BROADCASTER_DATABASE, hoặc bỏ đi để dùng cơ sở dữ liệu có sẵn.",
    "dates-reversed": "Ngày kết thúc sớm hơn ngày bắt đầu.",
    "forbidden-part": "Quy tắc lặp không được chứa {part}; giờ phát ghi riêng ở --at, ngày ở --from và --until.",
    "never": "Quy tắc lặp này không rơi vào ngày nào.",
    "not-lunar": "Chưa hiểu ngày “{said}”. Ví dụ: mùng 1 Tết, rằm tháng 7, mùng 1 và rằm hằng tháng.",
    "too-often": "Quy tắc lặp quá dày; một khung giờ phát nhiều nhất mỗi ngày một lần.",
}
REFUSALS = {
    "quiet": "Giờ này nằm trong giờ yên tĩnh.",
    "outside-allowed": "Giờ này nằm ngoài khung giờ được phép phát{windows}.",
    "too-many-minutes": "Ngày này sẽ vượt quá {limit} phút được phát mỗi ngày.",
    "too-many-repeats": "Ngày này sẽ phát lại chương trình quá {limit} lần.",
}
EFFECTS = {"pause": "tạm ngưng", "holiday": "ngày lễ", "mourning": "quốc tang (không nhạc)", "quieter": "nhỏ tiếng"}
TOPICS = {"crime": "phòng, chống tội phạm", "deeds": "gương người tốt, việc tốt"}
FINDINGS = {
    "date-impossible": "Lịch không có ngày “{quote}”. Hãy sửa lại ngày.",
    "date-passed": "“{quote}” đã qua ({day}). Nếu đây là lời mời, lời dặn cho ngày đó thì hãy sửa ngày hoặc bỏ câu này.",
    "law-superseded": "“{quote}” đã được thay bằng {instead} (từ {since}). Hãy kiểm tra lại quy định và mức phạt rồi sửa.",
    "name-aged": "“{quote}” là họ tên đầy đủ kèm tuổi. Nếu là người vi phạm, nạn nhân hoặc trẻ em thì hãy viết tắt: {initials}",
    "name-child": "“{quote}” là họ tên đầy đủ của trẻ em. Hãy viết tắt: {initials}",
    "name-full": "“{quote}” là họ tên đầy đủ của người trong vụ việc. Hãy viết tắt: {initials}",
    "number-account": "“{quote}” là số tài khoản, sẽ được đọc lên loa. Hãy bỏ đi nếu không thật cần.",
    "number-identity": "“{quote}” là số giấy tờ tùy thân. Hãy bỏ khỏi bản tin.",
    "phone-near": "“{quote}” gần giống số của đài ({known}) nhưng sai. Hãy sửa lại số.",
    "phone-unknown": "“{quote}” không phải số của đài hay đường dây nóng đã biết. Hãy gọi thử trước khi phát.",
    "text-old": "Mọi ngày tháng có ghi năm đều đã quá một năm (mới nhất: “{quote}”). Nếu là bài cũ dùng lại, hãy cập nhật.",
    "unit-gone": "“{quote}”: cấp huyện không còn từ 01/07/2025. Hãy dùng tên xã, phường, thành phố hiện nay hoặc thêm chữ “cũ”.",
    "unit-renamed": "“{quote}” không còn từ {since}; nay là {now}. Hãy sửa, hoặc thêm chữ “cũ” nếu nói chuyện trước kia.",
    "weekday-wrong": "“{quote}”: ngày {day} là {weekday}. Hãy sửa ngày hoặc thứ.",
}
PREFERENCES = {
    "reading.thousand": "1.000 đọc là một nghìn hay một ngàn",
    "reading.odd": "105 đọc là một trăm linh năm hay một trăm lẻ năm",
    "reading.four": "24 đọc là hai mươi tư hay hai mươi bốn",
    "station.phones": "Số điện thoại của đài và các cơ quan trong xã (cách nhau bằng dấu phẩy)",
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
ROLES = {"author": "người soạn", "approver": "người duyệt", "operator": "người trực", "admin": "quản trị"}
FALLBACKS = {"repeat": "phát lại bản tin gần nhất", "notice": "phát lời nhắn"}
TROUBLES = {  # what the system answers when a file can't be written
    os.strerror(number): text
    for number, text in {
        errno.EACCES: "không có quyền",
        errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
        errno.EEXIST: "đã có tệp trùng tên",
        errno.EIO: "đĩa hỏng",
        errno.EISDIR: "đây là một thư mục",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.ENOENT: "không có thư mục này",
        errno.ENOSPC: "đĩa đã đầy",
        errno.ENOTDIR: "trên đường dẫn có một tệp chứ không phải thư mục",
        errno.EPERM: "không được phép",
        errno.EROFS: "đĩa chỉ cho đọc",
    }.items()
}
TABLES = {"detail": TROUBLES, "status": STATUSES, "role": ROLES}  # value names whose values have words of their own


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
FAULTS = {"hole": "mất tiếng", "skipped": "nhảy qua", "inserted": "chèn thêm hoặc lặp lại"}
MOST_FAULTS = 10  # of them are listed


def proof(facts: dict[str, Any]) -> list[str]:
    """What a proof says (see audio.proof.Verdict), a line each."""
    lines = [f"{PROOFS[facts['outcome']]}."]
    if facts["outcome"] in ("heard", "faulty"):
        way = METHODS[facts["method"]].format(resolution=f"{facts['resolution_s']:g}")
        lines.append(f"Nghe được {facts['heard_s']:.1f} trên {facts['judged_s']:.1f} giây đối chiếu được ({way}).")
    for fault in facts["faults"][:MOST_FAULTS]:
        lines.append(f"  ở giây {fault['at_s']:.2f}: {FAULTS[fault['kind']]} {fault['seconds'] * 1000:.2f} mili giây")
    if len(facts["faults"]) > MOST_FAULTS:
        lines.append(f"  và {len(facts['faults']) - MOST_FAULTS} chỗ khác (xem đủ bằng --json)")
    return lines


def explain(error: Exception, tz: ZoneInfo) -> str:
    """One Vietnamese sentence for an error of ours."""
    if isinstance(error, BroadcasterError):
        template = ERRORS.get(error.code, error.code)
        return template.format(**{name: _said(name, value, tz) for name, value in error.values.items()})
    if isinstance(error, BadText):
        return TEXT_FILES.get(error.code, TEXT_FILES["binary"]).format(name=error.detail or "Tệp")
    if isinstance(error, OutputUnavailable):
        return OUTPUTS.get(error.code, OUTPUTS["no-device"]).format(detail=error.detail)
    if isinstance(error, UnknownVoice):
        return f"Không có giọng đọc này. Các giọng: {', '.join(VOICES)}."
    if isinstance(error, VoiceUnavailable):
        return f"Giọng đọc chưa dùng được ({error}). Hãy kiểm tra mạng, hoặc dùng --voice espeak."
    if isinstance(error, UnknownFormat):
        return f"Không ghi được tệp {error}: đuôi tệp phải là .wav, .flac, .mp3, .ogg hoặc .opus."
    if isinstance(error, BadAudio):
        return f"Tệp âm thanh không dùng được ({error}). Hãy dùng tệp WAV, FLAC, MP3, M4A hoặc OGG khác."
    if isinstance(error, (AudioError, ScheduleError)):
        return str(error)
    raise TypeError(error)


def warned(code: str, programme: str, starts_at: datetime, tz: ZoneInfo) -> str:
    """What needs somebody's hand, and what will happen if nobody does anything."""
    if code.startswith("duty-"):
        topic = TOPICS[code.removeprefix("duty-")]
        return f"Tuần này chưa có bản tin nào về {topic} được duyệt và xếp lịch. Hãy soạn và duyệt bản tin."
    if code.startswith("hours-"):
        return f"Chương trình “{programme}” lúc {wall_text(starts_at, tz)} sẽ không phát: {REASONS[code]}. Hãy dời giờ, rút ngắn, hoặc cho phép kèm lý do."
    instead = INSTEAD[code]
    return f"Chương trình “{programme}” lúc {wall_text(starts_at, tz)} chưa có bản tin được duyệt: {instead}. Hãy soạn và duyệt bản tin."


def changed(cancelled: bool, moved_to: datetime | None, replaced_by: str | None, tz: ZoneInfo) -> str:
    """What became of one occurrence."""
    if cancelled:
        return "hủy"
    moved = f"dời sang {wall_text(moved_to, tz)}" if moved_to else ""
    return ", ".join(filter(None, [moved, f"thay bằng {replaced_by}" if replaced_by else ""]))


def output(facts: dict[str, Any]) -> str:
    """Why an output, as told by the station's status, gives no sound."""
    return OUTPUTS.get(facts.get("detail", ""), OUTPUTS["no-device"]).format(detail=facts["uri"])


def finding(found: Finding) -> str:
    """What an editor would ask about a stretch of text, and what to do."""
    return FINDINGS[found.code].format(quote=found.text, **dict(found.values))


def reason(codes: str | None) -> str:
    """The reason field of a log line in words."""
    return "; ".join(REASONS.get(code, code) for code in (codes or "").split())


def status(code: str) -> str:
    return STATUSES.get(code, code)


def _said(name: str, value: object, tz: ZoneInfo) -> object:
    if isinstance(value, ScheduleError):
        return RULES.get(value.code, "Quy tắc lặp chưa đúng.").format(**value.values)
    if isinstance(value, ValueError):
        return RULES["bad-time"]
    if isinstance(value, datetime):
        return wall_text(value, tz)
    if isinstance(value, Refusal):
        hours = f" ({written(value.windows)})" if value.windows else ""
        return REFUSALS[value.code].format(windows=hours, limit=value.limit)
    if isinstance(value, tuple):
        return "; ".join(str(_said(name, item, tz)) for item in value[:MOST_SAID]) + (
            "; …" if len(value) > MOST_SAID else ""
        )
    if isinstance(value, Clashing):
        return wall_text(value.own.starts_at, tz)
    return TABLES.get(name, {}).get(str(value), value)
