"""How every part of the station is, in words for people at a screen, and the page that mends it."""

from __future__ import annotations

from dataclasses import dataclass

from broadcaster.care import Finding
from broadcaster.programme_phrases import voice as voice_name
from broadcaster.tongue import say
from web import here, sounding

OWN = {
    "database-damaged": "bị hỏng. Hãy khôi phục từ bản sao lưu",
    "voice-broken": "{voice} không đọc được. Hãy nghe thử và cài lại",
    "voice-plain": "đọc được; nên cài giọng tự nhiên cho dễ nghe",
    "voice-good": "{voices} đọc được",
    "output-heard": "{output} đang nhận tiếng",
    "output-opens": "{output} mở được",
    "output-nowhere": "chạy thử, tiếng không ra loa nào",
    "station-off": "chưa chạy. Hãy khởi động lại chương trình Tiếng Loa trên máy trạm",
    "clock-behind": "sớm hơn nhật ký. Giờ máy sai: hãy chỉnh lại ngày giờ của máy trạm. Giờ máy đúng: bấm"
    " “Đồng hồ đang đúng” ở trang chủ",
}
MENDED_AT = {
    "database": ("care.backups", "Mở trang Sao lưu"),
    "backup": ("care.backups", "Mở trang Sao lưu"),
    "voice": ("voices.index", "Mở trang Giọng đọc"),
    "output": ("zones.index", "Mở trang Cụm loa"),
    "clock": ("home.dashboard", "Về trang chủ"),
}
MENDABLE = {"voice-plain"}  # good, and could be better


@dataclass(frozen=True)
class Told:
    """`page` is the endpoint of the page that mends it, `label` what leads there."""

    part: str
    state: str
    text: str
    page: str | None = None
    label: str = ""


def told(finding: Finding) -> Told:
    page, label = None, ""
    if finding.state != "ok" or finding.code in MENDABLE:
        page, label = MENDED_AT.get(finding.code.partition("-")[0], (None, ""))
    return Told(finding.part, finding.state, _words(finding), page, say(label) if label else "")


def _words(finding: Finding) -> str:
    facts, code = finding.values, finding.code
    if "error" in facts:
        return here.in_words(facts["error"])
    if code == "output-silent":
        return sounding.output_words(facts)
    if facts.get("uri") == "null:":
        code = "output-nowhere"
    if code not in OWN:
        return finding.text
    values = {
        "voice": voice_name(facts.get("voice", "")),
        "voices": ", ".join(map(voice_name, facts.get("voices", []))),
        "output": sounding.output_name(facts.get("uri", "")),
    }
    return say(OWN[code], **values)
