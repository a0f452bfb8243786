"""The language in which people are answered: Vietnamese, as every text is written, unless the edge sets another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

Translate = Callable[[str], str]
_translate: ContextVar[Translate] = ContextVar("translate", default=str)


@contextmanager
def speaking(translate: Translate) -> Iterator[None]:
    """Texts said meanwhile, by this thread, go through `translate`."""
    token = _translate.set(translate)
    try:
        yield
    finally:
        _translate.reset(token)


def for_the_record() -> AbstractContextManager[None]:
    """What is kept for others to read is in Vietnamese, whoever has it written."""
    return speaking(str)


def say(text: str, /, **values: object) -> str:
    """The text in that language, its {blanks} filled."""
    said = _translate.get()(text)
    return said.format(**values) if values else said


def table(texts: Mapping[str, str]) -> dict[str, str]:
    """A table of texts in that language."""
    return {code: say(text) for code, text in texts.items()}
