"""Codes into Vietnamese sentences that say what happened and what to do. Used by the command line and the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from audio.errors import AudioError, BadAudio, BadText, OutputUnavailable, UnknownFormat, UnknownVoice, VoiceUnavailable
from audio.review import Finding
from broadcaster.clashing import Clashing
from broadcaster.clock import wall_text
from broadcaster.errors import BroadcasterError
from broadcaster.phrases import (
    ERRORS,
    FAULTS,
    FINDINGS,
    INSTEAD,
    METHODS,
    OUTPUTS,
    PROOFS,
    REASONS,
    REFUSALS,
    RULES,
    SLIPS,
    STATUSES,
    TABLES,
    TEXT_FILES,
    TOPICS,
    VOICE_REMEDIES,
    VOICES,
    WARNINGS,
)
from schedules.errors import ScheduleError
from schedules.hours import Refusal
from schedules.hours_text import written

MOST_SAID = 5  # of a list of moments; who wants all of them asks for JSON or opens the panel
MOST_FAULTS = 10  # of them are listed


def proof(facts: dict[str, Any]) -> list[str]:
    """What a proof says (see audio.proof.Verdict), a line each."""
    lines = [f"{PROOFS[facts['outcome']]}."]
    if facts["outcome"] in ("heard", "faulty"):
        way = METHODS[facts["method"]].format(resolution=f"{facts['resolution_s']:g}")
        lines.append(f"Nghe được {facts['heard_s']:.1f} trên {facts['judged_s']:.1f} giây đối chiếu được ({way}).")
    for fault in facts["faults"][:MOST_FAULTS]:
        lines.append(f"  ở giây {fault['at_s']:.2f}: {SLIPS[fault['kind']]} {fault['seconds'] * 1000:.2f} mili giây")
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
        return f"Không có giọng đọc này ({error}). Xem các giọng bằng: broadcaster voice list."
    if isinstance(error, VoiceUnavailable):
        return f"Giọng đọc chưa dùng được: {VOICES[error.code]} ({error}). {VOICE_REMEDIES[error.code]}"
    if isinstance(error, UnknownFormat):
        return f"Không ghi được tệp {error}: đuôi tệp phải là .wav, .flac, .mp3, .ogg hoặc .opus."
    if isinstance(error, BadAudio):
        return f"Tệp âm thanh không dùng được ({error}). Hãy dùng tệp WAV, FLAC, MP3, M4A hoặc OGG khác."
    if isinstance(error, (AudioError, ScheduleError)):
        return str(error)
    raise TypeError(error)


def heard(passed_over: Sequence[Mapping[str, Any]], faulty: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a person should know about a rendering: voices that could not speak it, sentences that sound wrong."""
    lines = [
        f"Giọng {entry['voice']} không đọc được ({VOICES[entry['reason']]}) nên đổi giọng cho cả bài."
        for entry in passed_over
    ]
    return lines + [f"Nên nghe lại câu “{entry['text']}”: {faults(entry)}." for entry in faulty]


def faults(entry: Mapping[str, Any]) -> str:
    """What is wrong with one sentence of a rendering."""
    return ", ".join(FAULTS[fault["code"]] for fault in entry["faults"])


def warned(code: str, programme: str, starts_at: datetime, tz: ZoneInfo) -> str:
    """What needs somebody's hand, and what will happen if nobody does anything."""
    at = wall_text(starts_at, tz)
    if code.startswith("duty-"):
        return WARNINGS["duty"].format(topic=TOPICS[code.removeprefix("duty-")])
    if code.startswith("hours-"):
        return WARNINGS["hours"].format(programme=programme, at=at, why=REASONS[code])
    return WARNINGS["edition"].format(programme=programme, at=at, instead=INSTEAD[code])


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


def made_up(missed_at: datetime, more: str | None, tz: ZoneInfo) -> str:
    """The remark of a broadcast that makes up for one that was missed, and why it was played outside the hours."""
    said = f"phát bù cho buổi {wall_text(missed_at, tz)}"
    return f"{said}; {more}" if more else said


def length(seconds: float) -> str:
    """4:05, or 1:04:05 from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def number(value: float, digits: int = 0) -> str:
    """1.234,5: the Vietnamese way."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


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
