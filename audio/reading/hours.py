"""Hours and minutes: 7h15', 7g30, 17:30, 17 giờ 05; lengths such as 48h and 30'."""

import re

from audio.reading.engine import Say, before, rule

# Minutes after a space are minutes only if no noun follows: "lúc 7h 30 người" counts people.
MINUTES_ALONE = (
    r"(?= ?(?:[,.;:)\-–'\"/]|$|phút|ph\b|ngày|sáng|trưa|chiều|tối|đêm|hôm|hằng|hàng|tại|ở|đến|và|thứ|cùng|mỗi))"
)


def clock(say: Say, hours: str, minutes: str | None, seconds: str | None = None) -> str:
    """ "bảy giờ mười lăm phút"; full hours have no minutes, "01" is "không một"."""
    said = f"{say.numbers.cardinal(int(hours))} giờ"
    if minutes and int(minutes):
        said += f" {_small(say, minutes)} phút"
    if seconds and int(seconds):
        said += f" {_small(say, seconds)} giây"
    return said


def _small(say: Say, digits: str) -> str:
    return say.numbers.digits(digits) if digits[0] == "0" and len(digits) == 2 else say.numbers.cardinal(int(digits))


@rule(
    rf"(?<![\w,])(?<!\d\.)(?P<h>\d{{1,2}}) ?(?:[hHgG]|giờ)(?:(?P<m>[0-5]?\d)(?!\d)|:(?P<c>[0-5]\d)(?!\d)"
    rf"| (?P<s>[0-5]?\d)(?!\d){MINUTES_ALONE})(?: ?(?:phút|ph|p|')(?!\w))?(?!\w)"
)
def hours_and_minutes(m: re.Match[str], say: Say) -> str:
    return clock(say, m["h"], m["m"] or m["c"] or m["s"])


@rule(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])(?: ?(?:giờ|phút|h)(?!\w))?",
    needs=":",
)
def colon_clock(m: re.Match[str], say: Say) -> str | None:
    return None if before(m, RATIO) else clock(say, m["h"], m["m"], m["s"])


RATIO = re.compile(r"(?i:tỷ lệ|tỉ lệ|tỷ số|tỉ số)(?: \w+)? $")


@rule(r"(?<![\w.,])(?P<h>\d{1,2}) ?[gG](?=(?: sáng| trưa| chiều| tối| đêm| ngày| ?[-–] ?\d{1,2} ?[gG]))")
def hours_as_g(m: re.Match[str], say: Say) -> str:
    """ "7g sáng", "7g-11g"; elsewhere "g" alone is gam."""
    return clock(say, m["h"], None)


@rule(r"(?i:(?:lúc|hồi|trước|vào lúc|[-–]) ?)(?P<x>(?P<h>\d{1,2}) ?[gG])(?!\w| ma| vàng| heroin| thuốc| \w+in)")
def at_g(m: re.Match[str], say: Say) -> str | None:
    return clock(say, m["h"], None) if int(m["h"]) <= 24 else None


@rule(r"(?<=\d)(?: ?[hH]| ?(?:ph|phut))(?!\w)")
def hour_unit(m: re.Match[str], _: Say) -> str:
    return "giờ" if m[0].strip() in "hH" else "phút"


@rule(r"(?<=\d)'(?P<s>[0-5]?\d)\"", needs="'")
def minutes_and_seconds(m: re.Match[str], say: Say) -> str:
    return f"phút {say.numbers.cardinal(int(m['s']))} giây"


@rule(r"(?<=\d)'(?!\w)", needs="'")
def minute_mark(m: re.Match[str], _: Say) -> str | None:
    """ "15'"; not the end of a quotation."""
    return None if before(m, QUOTED) else "phút"


QUOTED = re.compile(r"'[^'\d][^']*$")


@rule(r"(?<=\d)s(?!\w)", needs="s")
def second_unit(_: re.Match[str], __: Say) -> str:
    return "giây"


RULES = (
    hours_and_minutes, colon_clock, hours_as_g, at_g, minutes_and_seconds, minute_mark, hour_unit, second_unit,
)  # fmt: skip
