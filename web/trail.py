"""Who changed what, and when: for the administrator."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from broadcaster import audit, phrases
from broadcaster.clock import wall_text
from broadcaster.hours import EVERYWHERE
from broadcaster.tongue import say, table
from web import guard, here, shown

pages = Blueprint("trail", __name__)
SIZE = 50
WHAT = {"added": ("thêm", "good"), "changed": ("sửa", "info"), "removed": ("xóa", "bad")}
KINDS = {
    "api_token": "khóa kết nối",
    "bulletin": "bản tin",
    "hours": "giờ được phát",
    "lexicon": "từ điển",
    "missed_answer": "buổi bị lỡ",
    "occurrence_change": "thay đổi một lần phát",
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
    "by": "người làm",
    "call": "lời xướng",
    "cancelled": "hủy",
    "closing": "lời kết",
    "closing_jingle": "nhạc cắt",
    "days": "số ngày",
    "decided_at": "lúc quyết định",
    "decided_by": "người quyết định",
    "disabled": "khóa tài khoản",
    "effect": "loại",
    "expires": "hạn phát",
    "fallback": "khi thiếu bản tin",
    "first": "từ ngày",
    "greeting": "lời chào",
    "insisted": "vẫn nộp dù còn nhắc nhở",
    "key": "lựa chọn",
    "klass": "mức ưu tiên",
    "last": "đến ngày",
    "late": "khi phát muộn",
    "max_minutes": "số phút tối đa mỗi ngày",
    "max_repeats": "số lần phát lại tối đa",
    "moved_to": "dời sang",
    "name": "tên",
    "opening_jingle": "nhạc hiệu",
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
    "roles": "quyền",
    "rrule": "quy tắc lặp",
    "rule": "quy tắc lặp",
    "scope": "phạm vi",
    "selection": "cách chọn bản tin",
    "slot_id": "khung giờ",
    "slug": "mã",
    "spoken": "đọc là",
    "status": "trạng thái",
    "submitted_at": "lúc nộp",
    "text": "nội dung",
    "text_sha256": "mã văn bản",
    "title": "tiêu đề",
    "token_hash": "khóa",
    "topics": "chuyên mục",
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
    "fallback": phrases.FALLBACKS,
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
    if isinstance(value, list):
        return ", ".join(said(field, item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said(field, item)}" for name, item in value.items())
    text = str(value)
    if text in STANDING:
        return say(text)
    if text in CODES.get(field, {}):
        return say(CODES[field][text])
    if field == "zone":
        return say("mọi cụm loa") if text == EVERYWHERE else text
    if ID.fullmatch(text):
        return f"…{text[-8:]}"  # the end of it is enough to compare
    if INSTANT.match(text):
        return wall_text(datetime.fromisoformat(text).replace(microsecond=0), here.settings().tz)
    if DAY.fullmatch(text):
        return shown.day(date.fromisoformat(text))
    return text
