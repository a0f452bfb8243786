import threading

import numpy as np
import pytest

from audio.ahead import ahead


def blocks(count):
    return (np.full(3, number, np.float32) for number in range(count))


def broken():
    yield np.zeros(3, np.float32)
    raise ValueError("đĩa hỏng")


def test_every_block_comes_once_and_in_order():
    assert [int(block[0]) for block in ahead(blocks(50))] == list(range(50))
    assert list(ahead([])) == []


def test_what_goes_wrong_in_the_making_is_raised_to_the_taker():
    taken = ahead(broken())
    assert len(next(taken)) == 3
    with pytest.raises(ValueError, match="đĩa hỏng"):
        next(taken)


def test_a_taker_that_gives_up_leaves_no_thread_behind():
    taken = ahead(blocks(1000))
    next(taken)
    taken.close()
    assert "ahead" not in {thread.name for thread in threading.enumerate()}
