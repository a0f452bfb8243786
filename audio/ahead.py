"""Work a few blocks ahead in a thread of its own: reading and mixing go on while others measure and compress."""

from collections.abc import Iterable, Iterator
from queue import Queue
from threading import Event, Thread

from audio.format import Samples

BLOCKS = 4  # as many wait at most: a few seconds of sound


def ahead(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The same blocks, made while the last ones are being used. What goes wrong in the making is raised here."""
    ready: Queue[Samples | None] = Queue(BLOCKS)
    given_up = Event()
    wrong: list[BaseException] = []

    def make() -> None:
        try:
            for block in blocks:
                ready.put(block)
                if given_up.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that waits for it
            wrong.append(error)
        ready.put(None)

    maker = Thread(target=make, name="ahead", daemon=True)
    maker.start()
    try:
        while (block := ready.get()) is not None:
            yield block
        if wrong:
            raise wrong[0]
    finally:
        given_up.set()
        while maker.is_alive():  # it may be waiting for room
            if not ready.empty():
                ready.get()
            maker.join(0.01)
