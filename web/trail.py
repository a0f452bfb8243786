"""Who changed what, and when: for the administrator."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from broadcaster import audit, phrases, words
from broadcaster.clock import wall_text
from broadcaster.hours import EVERYWHERE
from broadcaster.programme_phrases import FALLBACKS, part_name
from broadcaster.tongue import say, table
from web import guard, here, shown, sounding

pages = Blueprint("trail", __name__)
SIZE = 50
WHAT = {"added": ("thêm", "good"), "changed": ("sửa", "info"), "removed": ("xóa", "bad")}
KINDS = {
    "api_token": "khóa kết nối",
    "bulletin": "bản tin",
    "clock_word": "đồng hồ đang đúng",
    "hours": "giờ được phát",
    "lexicon": "từ điển",
    "library_item": "bản ghi trong thư viện",
    "library_version": "bản mới của bản ghi",
    "missed_answer": "buổi bị lỡ",
    "occurrence_change": "thay đổi một lần phát",
    "passcode": "mã lãnh đạo",
    "period": "ngày nghỉ, tạm ngưng",
    "preference": "lựa chọn",
    "programme": "chương trình",
    "slot": "khung giờ",
    "user": "tài khoản",
    "zone": "cụm loa",
}
FIELDS = {
    "aliases": "tên khác",
    "answered_at": "trả lời lúc",
    "broadcast_id": "buổi phát",
    "allowed": "giờ được phát",
    "at": "giờ",
    "audio_sha256": "bản âm thanh",
    "author": "người soạn",
    "bed": "nhạc nền",
    "by": "người làm",
    "cancelled": "hủy",
    "days": "số ngày",
    "decided_at": "lúc quyết định",
    "decided_by": "người quyết định",
    "disabled": "khóa tài khoản",
    "effect": "loại",
    "expires": "hạn phát",
    "fallback": "khi thiếu bản tin",
    "fallback_recording": "bản ghi phát thay",
    "first": "từ ngày",
    "hand_percent": "âm lượng chỉnh tay",
    "hand_until": "giữ âm lượng chỉnh tay đến",
    "lead_s": "số giây âm ly khởi động",
    "insisted": "vẫn nộp dù còn nhắc nhở",
    "key": "lựa chọn",
    "klass": "mức ưu tiên",
    "last": "đến ngày",
    "late": "khi phát muộn",
    "latest": "nhật ký ghi đến",
    "lines": "số dòng nhật ký",
    "max_minutes": "số phút tối đa mỗi ngày",
    "max_repeats": "số lần phát lại tối đa",
    "moved_to": "dời sang",
    "name": "tên",
    "original": "bản gốc",
    "outputs": "đầu ra",
    "override_reason": "lý do cho phép ngoại lệ",
    "password_hash": "mật khẩu",
    "programme_id": "chương trình",
    "quiet": "giờ yên tĩnh",
    "rank": "thứ tự khi trùng giờ",
    "reason": "lý do",
    "relay": "tiếp âm",
    "replay": "buổi phát bù",
    "removed_at": "bỏ lúc",
    "rests_on_holidays": "nghỉ ngày lễ",
    "revoked_at": "thu hồi lúc",
    "retired_at": "ngừng lúc",
    "roles": "quyền",
    "rrule": "quy tắc lặp",
    "rule": "quy tắc lặp",
    "running_order": "các đoạn",
    "said_at": "xác nhận lúc",
    "scope": "phạm vi",
    "selection": "cách chọn bản tin",
    "slot_id": "khung giờ",
    "slug": "mã",
    "speed": "tốc độ đọc (%)",
    "spoken": "đọc là",
    "status": "trạng thái",
    "submitted_at": "lúc nộp",
    "text": "nội dung",
    "text_sha256": "mã văn bản",
    "title": "tiêu đề",
    "token_hash": "khóa",
    "topics": "chuyên mục",
    "topics_set": "người soạn chọn chuyên mục",
    "undone_at": "hoàn lại lúc",
    "until": "đến ngày",
    "used_at": "dùng lúc",
    "version": "phiên bản",
    "voice": "giọng đọc",
    "volume": "âm lượng",
    "week": "tuần",
    "what": "cách xử lý",
    "writers": "những người đã sửa",
    "written": "viết là",
    "zone": "cụm loa",
}
CODES = {  # of which fields have words
    "effect": phrases.EFFECTS,
    "fallback": FALLBACKS,
    "roles": phrases.ROLES,
    "scope": phrases.SCOPES,
    "status": phrases.STATUSES,
    "topics": phrases.TOPICS,
    "what": phrases.MISSED_ANSWERS,
}
STANDING = ("(không hiện)", "trạm")  # what the trail writes of its own accord: HIDDEN and STATION of broadcaster.audit
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{64}")


@pages.get("/ai-da-doi-gi")
@guard.allow("admin")
def index() -> ResponseReturnValue:
    by, kind = request.args.get("ai", ""), request.args.get("gi", "")
    with here.reading() as session:
        lines, older = audit.page(session, SIZE, by=by, kind=kind, before=request.args.get("truoc"))
        people = audit.people(session)
    return render_template(
        "trail/index.html",
        lines=lines,
        older=older,
        people=people,
        asked={name: value for name, value in (("ai", by), ("gi", kind)) if value},
        what={code: (say(done), tone) for code, (done, tone) in WHAT.items()},
        kinds=table(KINDS),
        fields=table(FIELDS),
        said=said,
    )


def said(field: str, value: Any) -> str:
    """A value the way people write it."""
    if value is None or value in ("", [], {}):
        return say("(trống)")
    if isinstance(value, bool):
        return say("có") if value else say("không")
    if field == "running_order":
        return "\n".join(_part(number, part) for number, part in enumerate(value, 1))
    if isinstance(value, list):
        return ", ".join(said(field, item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said(field, item)}" for name, item in value.items())
    text = str(value)
    if field == "outputs":
        return sounding.output_name(re.sub(r"(://[^:/@]*):[^@]*@", r"\1@", text))  # older lines kept the password
    if text in STANDING:
        return say(text)
    if text in CODES.get(field, {}):
        return say(CODES[field][text])
    if field in ("allowed", "quiet", "volume"):
        return words.hours_text(text)
    if field == "zone":
        return say("mọi cụm loa") if text == EVERYWHERE else text
    if ID.fullmatch(text):
        return f"…{text[-8:]}"  # the end of it is enough to compare
    if INSTANT.match(text):
        return wall_text(datetime.fromisoformat(text).replace(microsecond=0), here.settings().tz)
    if DAY.fullmatch(text):
        return shown.day(date.fromisoformat(text))
    return text


def _part(number: int, part: dict[str, Any]) -> str:
    """One line of a running order, on which a change can be seen."""
    sound = f"…{part['recording'][-8:]}" if part.get("recording") else ""
    rest = say("{seconds} giây", seconds=words.number(part["seconds"], 1)) if "seconds" in part else ""
    bed = say("có nhạc nền") if part.get("bed") else ""
    name = part_name(part["kind"], part.get("title", ""), part.get("chime", ""))
    facts = " · ".join(filter(None, (part.get("text", ""), sound, rest, bed)))
    return f"{number}. {name}: {facts}".rstrip(": ")
