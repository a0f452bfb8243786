import pickle

import pytest

from schedules.errors import MESSAGES, BadLatePolicy, BadPeriod, BadRule, BadWeek, ScheduleError


@pytest.mark.parametrize("kind", [BadRule, BadWeek, BadLatePolicy, BadPeriod])
def test_every_error_has_one_root_which_is_a_value_error(kind):
    assert issubclass(kind, ScheduleError)
    assert issubclass(kind, ValueError)


def test_an_error_is_a_code_with_values_and_an_english_message():
    error = BadWeek("bad-week", week="2026-W60")
    assert (error.code, error.values) == ("bad-week", {"week": "2026-W60"})
    assert str(error) == "not a week of ISO 8601: 2026-W60"


def test_a_code_without_a_message_still_speaks():
    assert str(ScheduleError("new")) == "new"


def test_messages_are_plain_ascii_and_name_only_their_values():
    for code, message in MESSAGES.items():
        assert message.isascii()
        assert code == code.lower()


def test_an_error_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(BadRule("bad-part", part="BYMONTH", value="13")))
    assert (type(error), error.code, error.values) == (BadRule, "bad-part", {"part": "BYMONTH", "value": "13"})
    assert str(error) == "BYMONTH can't be 13"
