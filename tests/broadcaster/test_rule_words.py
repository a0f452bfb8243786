import pytest

from broadcaster.rule_words import rule_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "hằng ngày"),
        ("FREQ=YEARLY", "hằng năm"),
        ("FREQ=DAILY;INTERVAL=3", "cứ 3 ngày một lần"),
        ("FREQ=WEEKLY;BYDAY=MO,SU", "thứ Hai, Chủ nhật hằng tuần"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=MO", "cứ 2 tuần một lần, thứ Sáu"),
        ("FREQ=MONTHLY;BYDAY=1FR", "thứ Sáu đầu tiên hằng tháng"),
        ("BYDAY=-1SU;FREQ=MONTHLY;INTERVAL=2", "Chủ nhật cuối cùng, cứ 2 tháng một lần"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "ngày 1, 15 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối cùng hằng tháng"),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2", "ngày 2/9 hằng năm"),
        ("RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=1,15", "mùng 1 và rằm hằng tháng âm lịch"),
        ("RDATE;VALUE=DATE:20261224", "một lần, ngày 24/12/2026"),
        ("FREQ=DAILY;UNTIL=20261231", "hằng ngày, đến hết ngày 31/12/2026"),
        ("FREQ=DAILY;COUNT=10", "hằng ngày, 10 lần"),
        (
            "FREQ=WEEKLY;BYDAY=FR\nRDATE;VALUE=DATE:20261224\nEXDATE;VALUE=DATE:20261225,20270101",
            "thứ Sáu hằng tuần; ngày 24/12/2026, trừ ngày 25/12/2026, 1/1/2027",
        ),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule, words):
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=FR;WKST=SU", "FREQ=MONTHLY;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=DAILY\nFREQ=MONTHLY;BYDAY=5FR", "FREQ=YEARLY;BYMONTH=3", "what",
    ],
)  # fmt: skip
def test_what_has_no_words_is_not_said_in_part(rule):
    assert rule_words(rule) is None
