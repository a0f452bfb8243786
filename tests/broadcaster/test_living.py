"""The drill's station on its virtual clock."""

from datetime import UTC, datetime

from broadcaster.living import FINEST_S, Living, WrongClock
from broadcaster.witness import Witness

RIGHT = datetime(2036, 5, 14, 22, 50, tzinfo=UTC)
WRONG_BY_S = 69_120_000.0  # into 2038, beyond 2 to the 31 seconds, where a float's steps double


def test_it_lives_until_an_instant_finer_than_a_wrong_clock_can_tell(sessions, settings):
    clock = WrongClock(RIGHT)
    clock.set(WRONG_BY_S)
    living = Living(sessions, settings, clock, Witness(15.0, settings.tz))
    living.boot()
    until = clock.monotonic() + 2.5e-7
    assert until > clock.monotonic()
    living.until(until)
    assert until - clock.monotonic() < FINEST_S
