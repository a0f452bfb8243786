"""Is a suspect, a victim or a child called by the full name? The press gives initials."""

import re
from collections.abc import Iterator

from audio.review.model import Asking, Finding, Severity, finding
from audio.review.persons import TITLE_AFTER, TITLE_BEFORE, Name, names
from audio.review.sentences import after, before

GROWN_UP = 18  # years; Luật Trẻ em says 16, the press is careful up to 18
ACCUSED = (
    r"(?:đối tượng|nghi phạm|nghi can|bị can|bị cáo|thủ phạm|hung thủ|kẻ gian|kẻ trộm|tên trộm|tên cướp|phạm nhân"
    r"|người nghiện|con nghiện|khởi tố|bắt giữ|bắt tạm giam|tạm giữ|tạm giam|bắt quả tang|bắt khẩn cấp|truy nã|truy tìm"
    r"|xử phạt|phạt tiền|cầm đầu)"
)
HARMED = r"(?:nạn nhân|bị hại|người bị hại|tử vong|bị thương|bị xâm hại|đuối nước|bị lừa)"
CUE = re.compile(rf"(?i)(?<!\w)(?:{ACCUSED}|{HARMED}|(?<!mang )(?<!đặt )tên(?: là)?(?=[ :]*$))(?!\w)")
BESIDE = re.compile(rf"(?i)(?<!\w)(?:{ACCUSED}|{HARMED}|tên)(?!\w)[^,.;]{{0,25}}$")
SAID_AFTER = re.compile(
    rf"(?i)[^.;\n]{{0,90}}?(?<!\w)(?:là (?:một )?{ACCUSED}|bị (?:[\w ]{{0,40}})?(?:bắt|khởi tố|tạm giữ|tạm giam|truy nã"
    r"|xử phạt|phạt|lừa|chiếm đoạt|cướp|giật|trộm|xâm hại|đánh|đâm|hành hung"
    r"|thương|đuối nước)|tử vong|(?:đã )?có hành vi"
    r"|về (?:hành vi|tội)|(?:để )?làm rõ hành vi|khai nhận|thừa nhận hành vi)(?!\w)"
)
# The one who acts for others, not the one the sentence is about: "bị anh … khống chế", "được ông … đưa đi cấp cứu".
HELPER = re.compile(
    r"(?i)(?<!\w)(?:(?:bị|được|nhờ) (?:\w+ )?(?:anh|chị|ông|bà|em|cô|chú|bác)"
    r"|(?:cảm ơn|biểu dương|tuyên dương|khen thưởng|tặng giấy khen cho|khen|gương)(?: \w+){0,2})[ :]*$"
)
PRAISE = re.compile(
    r"(?i)(?<!\w)(?:nhặt được|trả lại|trao trả|trao lại|giấy khen|bằng khen|khen thưởng|biểu dương|tuyên dương"
    r"|tấm gương|nêu gương|gương người tốt|dũng cảm|cứu người|cứu sống|cứu được|hiến máu|hiến đất|giúp đỡ|tri ân"
    r"|đạt giải)(?!\w)"
)
PRAISING_HEAD = re.compile(r"(?i)(?:gương|người tốt|việc tốt|biểu dương|khen thưởng)")

BORN = re.compile(
    r"(?i) ?[(,]? ?(?:SN|S\.N\.?|sinh năm|sinh ngày|sinh)[ :.]{0,2}(?:\d{1,2}[/.-]){0,2}(?P<y>(?:19|20)\d\d)"
)
AGED = re.compile(r"(?i) ?[(,]? ?(?P<n>\d{1,3}) tuổi(?!\w)")
YOUNG = re.compile(r"(?i)(?<!\w)(?:cháu|bé|cháu bé|bé gái|bé trai|học sinh|con gái|con trai|em)(?: tên)?(?: là)?[ :]*$")


def people(text: str, asking: Asking) -> Iterator[Finding]:
    praising = _praising(text)
    for name in names(text):
        lead, tail = before(text, name.start), after(text, name.end)
        if TITLE_AFTER.match(tail) or _titled(lead):
            continue
        praised = any(start <= name.start < end for start, end in praising) or PRAISE.search(lead + tail) is not None
        yield from _judged(text, name, lead, tail, praised, asking)


def _judged(text: str, name: Name, lead: str, tail: str, praised: bool, asking: Asking) -> Iterator[Finding]:
    age = _age(tail, asking)
    helper = HELPER.search(lead) is not None
    accused = (CUE.search(lead) is not None and not helper) or SAID_AFTER.match(tail) is not None
    called_child = YOUNG.search(lead) is not None
    shown = text[name.start : name.end]
    if (called_child or (age is not None and age < GROWN_UP)) and not praised:
        sure = not name.partly and (accused or (age is not None and age < GROWN_UP))
        yield finding(text, name.start, name.end, "name-child", "serious" if sure else "warn", initials=initials(shown))
    elif accused and not (praised and not BESIDE.search(lead) and not SAID_AFTER.match(tail)):
        severity: Severity = "warn" if name.partly else "serious"
        yield finding(text, name.start, name.end, "name-full", severity, initials=initials(shown))
    elif age is not None and not praised and not helper:
        yield finding(text, name.start, name.end, "name-aged", "warn", initials=initials(shown))


def initials(name: str) -> str:
    """How the press would write it: "Nguyễn Văn An" is "N.V.A."."""
    return "".join(f"{word[0].upper()}." for word in name.split())


def _titled(lead: str) -> bool:
    """A rank or an office stands before the name, and nothing nearer makes it a suspect's."""
    title = TITLE_BEFORE.search(lead)
    return title is not None and CUE.search(lead, title.start()) is None


def _age(tail: str, asking: Asking) -> int | None:
    if born := BORN.match(tail):
        return asking.today.year - int(born["y"])
    aged = AGED.match(tail)
    return int(aged["n"]) if aged else None


def _praising(text: str) -> list[tuple[int, int]]:
    """The stretches under a heading in capitals that praises people."""
    found: list[tuple[int, int]] = []
    open_at: int | None = None
    at = 0
    for line in text.split("\n"):
        if line.isupper():
            if open_at is not None:
                found.append((open_at, at))
            open_at = at if PRAISING_HEAD.search(line) else None
        at += len(line) + 1
    return [*found, (open_at, at)] if open_at is not None else found
