"""Codes into sentences that say what happened and what to do. Used by the command line and the panel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from audio.errors import (
    AudioError,
    BadAudio,
    BadText,
    NotWritten,
    OutputUnavailable,
    UnknownFormat,
    UnknownVoice,
    VoiceUnavailable,
)
from audio.review import Finding
from broadcaster.clashing import Clashing
from broadcaster.clock import wall_text
from broadcaster.errors import BroadcasterError
from broadcaster.ordered import Met
from broadcaster.phrases import (
    FAULTS,
    METHODS,
    PROOFS,
    REASONS,
    REFUSALS,
    SLIPS,
    SOUND,
    STATUSES,
    TABLES,
    TOPICS,
    VOICE_REMEDIES,
    VOICES,
    WARNINGS,
)
from broadcaster.phrases_errors import ERRORS, OUTPUTS, RULES
from broadcaster.phrases_text import FINDINGS, LEFT_OUT, REMARKS, TEXT_FILES
from broadcaster.programme_phrases import INSTEAD, LACKS, voice
from broadcaster.tongue import for_the_record, say
from schedules.errors import ScheduleError
from schedules.hours import Refusal
from schedules.hours_text import written

MOST_SAID = 5  # of a list of moments; who wants all of them asks for JSON or opens the panel
DAY = re.compile(r"\b(?:T[2-7]|CN)\b")
MOST_FAULTS = 10  # of them are listed


def proof(facts: dict[str, Any]) -> list[str]:
    """What a proof says (see audio.proof.Verdict), a line each."""
    lines = [f"{say(PROOFS[facts['outcome']])}."]
    if facts["outcome"] in ("heard", "faulty"):
        way = say(METHODS[facts["method"]], resolution=f"{facts['resolution_s']:g}")
        heard = {"heard_s": facts["heard_s"], "judged_s": facts["judged_s"]}
        lines.append(say("Nghe được {heard_s:.1f} trên {judged_s:.1f} giây đối chiếu được ({way}).", **heard, way=way))
    for fault in facts["faults"][:MOST_FAULTS]:
        slip, ms = say(SLIPS[fault["kind"]]), fault["seconds"] * 1000
        lines.append("  " + say("ở giây {at_s:.2f}: {slip} {ms:.2f} mili giây", at_s=fault["at_s"], slip=slip, ms=ms))
    if len(facts["faults"]) > MOST_FAULTS:
        more = len(facts["faults"]) - MOST_FAULTS
        lines.append("  " + say("và {more} chỗ khác (xem đủ bằng --json)", more=more))
    return lines


def explain(error: Exception, tz: ZoneInfo) -> str:
    """One sentence for an error of ours."""
    if isinstance(error, BroadcasterError):
        return say(ERRORS.get(error.code, error.code), **values(error, tz))
    if isinstance(error, BadText):
        return say(TEXT_FILES.get(error.code, TEXT_FILES["binary"]), name=error.detail or say("Tệp"))
    if isinstance(error, OutputUnavailable):
        return say(OUTPUTS.get(error.code, OUTPUTS["no-device"]), detail=error.detail)
    if isinstance(error, UnknownVoice):
        return say(SOUND["voice-unknown"], error=error)
    if isinstance(error, VoiceUnavailable):
        why, remedy = say(VOICES[error.code]), say(VOICE_REMEDIES[error.code])
        return say(SOUND["voice"], why=why, remedy=remedy)
    if isinstance(error, UnknownFormat):
        return say(SOUND["format"], error=error)
    if isinstance(error, BadAudio):
        return say(ERRORS[f"sound-{error.code}"], name=say("Tệp âm thanh"))
    if isinstance(error, NotWritten):
        return say("Không ghi được tệp âm thanh. Hãy dọn chỗ trống trên đĩa, kiểm tra quyền ghi rồi làm lại.")
    if isinstance(error, (AudioError, ScheduleError)):
        return str(error)
    raise TypeError(error)


def values(error: BroadcasterError, tz: ZoneInfo) -> dict[str, object]:
    """What fills the sentence of an error, in words."""
    return {name: _said(name, value, tz) for name, value in error.values.items()}


def heard(passed_over: Sequence[Mapping[str, Any]], faulty: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a person should know about a rendering: voices that could not speak it, sentences that sound wrong."""
    lines = [
        say(
            "Không đọc được bằng {voice}: {why}. Đã đổi giọng cho cả bài.",
            voice=voice(entry["voice"]),
            why=say(VOICES[entry["reason"]]),
        )
        for entry in passed_over
    ]
    return lines + [
        say("Nên nghe lại câu “{text}”: {faults}.", text=entry["text"], faults=faults(entry)) for entry in faulty
    ]


def faults(entry: Mapping[str, Any]) -> str:
    """What is wrong with one sentence of a rendering."""
    return ", ".join(say(FAULTS[fault["code"]]) for fault in entry["faults"])


def warned(code: str, programme: str, starts_at: datetime, tz: ZoneInfo) -> str:
    """What needs somebody's hand, and what will happen if nobody does anything."""
    at = wall_text(starts_at, tz)
    if code.startswith("duty-"):
        return say(WARNINGS["duty"], topic=say(TOPICS[code.removeprefix("duty-")]))
    if code.startswith("hours-"):
        return say(WARNINGS["hours"], programme=programme, at=at, why=say(REASONS[code]))
    return say(WARNINGS["edition"], programme=programme, at=at, instead=say(INSTEAD[code]))


def lacking(code: str, at: datetime | None, tz: ZoneInfo) -> str:
    """What a programme lacks (see broadcaster.cards)."""
    return say(LACKS[code], at=wall_text(at, tz) if at else "")


def changed(cancelled: bool, moved_to: datetime | None, replaced_by: str | None, tz: ZoneInfo) -> str:
    """What became of one occurrence."""
    if cancelled:
        return say("hủy")
    moved = say("dời sang {at}", at=wall_text(moved_to, tz)) if moved_to else ""
    replaced = say("thay bằng {programme}", programme=replaced_by) if replaced_by else ""
    return ", ".join(filter(None, [moved, replaced]))


def output(facts: dict[str, Any]) -> str:
    """Why an output, as told by the station's status, gives no sound."""
    return say(OUTPUTS.get(facts.get("detail", ""), OUTPUTS["no-device"]), detail=facts["uri"])


def finding(found: Finding) -> str:
    """What an editor would ask about a stretch of text, and what to do."""
    return say(FINDINGS[found.code], quote=found.text, **dict(found.values))


def retold(text: str) -> str:
    """What was put into words before, a remark on a text or an error that was kept, in the language of who reads it."""
    for form, pattern in _forms().items():
        if found := pattern.fullmatch(text):
            blanks = {n: left_out(each) if n == "reason" else retold(each) for n, each in found.groupdict().items()}
            return say(form, **blanks)
    return say(text)


def left_out(reasons: str) -> str:
    """Why `audio` reads a line not aloud: one reason or several."""
    for known in sorted(LEFT_OUT, key=len, reverse=True):
        reasons = reasons.replace(known, say(known))
    return reasons


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """The sentences of remarks and errors that have blanks, as patterns of which each blank is a group."""
    forms = [*REMARKS, *sorted((*SOUND.values(), *ERRORS.values()), key=len, reverse=True)]
    return {form: _pattern(form) for form in forms if "{" in form}


def _pattern(form: str) -> re.Pattern[str]:
    seen = set[str]()

    def group(blank: re.Match[str]) -> str:
        again = blank[1] in seen
        seen.add(blank[1])
        return f"(?P={blank[1]})" if again else f"(?P<{blank[1]}>.+?)"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(form)), re.DOTALL)


def reason(codes: str | None) -> str:
    """The reason field of a log line in words."""
    return "; ".join(say(REASONS.get(code, code)) for code in (codes or "").split())


def made_up(missed_at: datetime, more: str | None, tz: ZoneInfo) -> str:
    """The remark of a broadcast that makes up for one that was missed, and why it was played outside the hours."""
    with for_the_record():
        said = f"phát bù cho buổi {wall_text(missed_at, tz)}"
    return f"{said}; {more}" if more else said


def repeats(original_at: datetime, tz: ZoneInfo) -> str:
    """For the log: what a repeat airs again."""
    with for_the_record():
        return repeat_of(original_at, tz)


def repeat_of(original_at: datetime, tz: ZoneInfo) -> str:
    """What a repeat airs again."""
    return say("phát lại của buổi {at}", at=wall_text(original_at, tz))


def met(order: Met, tz: ZoneInfo) -> str:
    """Something that is to sound, with its time."""
    return f"{order.title} {wall_text(order.starts_at, tz)}"


def meets(found: Sequence[Met], tz: ZoneInfo) -> str:
    """A warning for who has just ordered something for a time that is not free; "" when it is."""
    said = "; ".join(met(each, tz) for each in found[:MOST_SAID])
    return say("Trùng giờ với: {others}. Hai buổi phát nối tiếp, buổi sau có thể lỡ.", others=said) if found else ""


def length(seconds: float) -> str:
    """4:05, or 1:04:05 from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def span(seconds: float) -> str:
    """For how long something has lasted, roughly: 40 phút, 5 giờ, 3 ngày."""
    minutes = round(seconds / 60)
    if minutes < 120:
        return say("{minutes} phút", minutes=minutes)
    hours = minutes // 60
    return say("{hours} giờ", hours=hours) if hours < 48 else say("{days} ngày", days=hours // 24)


def hours_text(text: str) -> str:
    """Hours as they are typed (schedules.hours_text), their days named in the language of who reads them."""
    return DAY.sub(lambda day: say(day[0]), text)


def number(value: float, digits: int = 0) -> str:
    """1.234,5 the Vietnamese way; where the marks stand is read off that number as the catalogue has it."""
    sample = say("1.234,5")
    return f"{value:,.{digits}f}".translate(str.maketrans(",.-", f"{sample[1]}{sample[5]}−"))


def status(code: str) -> str:
    return say(STATUSES.get(code, code))


def _said(name: str, value: object, tz: ZoneInfo) -> object:
    if isinstance(value, ScheduleError):
        return say(RULES.get(value.code, "Quy tắc lặp chưa đúng."), **value.values)
    if isinstance(value, ValueError):
        return say(RULES["bad-time"])
    if isinstance(value, datetime):
        return wall_text(value, tz)
    if isinstance(value, Refusal):
        hours = f" ({hours_text(written(value.windows))})" if value.windows else ""
        return say(REFUSALS[value.code], windows=hours, limit=value.limit)
    if isinstance(value, tuple):
        return "; ".join(str(_said(name, item, tz)) for item in value[:MOST_SAID]) + (
            "; …" if len(value) > MOST_SAID else ""
        )
    if isinstance(value, Met):
        return met(value, tz)
    if isinstance(value, Clashing):
        return wall_text(value.own.starts_at, tz)
    said = TABLES.get(name, {}).get(str(value))
    return say(said) if said else value
