"""Long lists, a page at a time: bulletins and slots, looked through by what people know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, defer

from broadcaster.bulletins import SAMPLE
from broadcaster.models import Bulletin, Programme, SlotRow

Row = TypeVar("Row")


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Page `number` of `pages` (1 is first), and how many rows there are in all."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    count: int


def bulletins(
    session: Session, number: int, size: int, *, title: str = "", programme: str = "", status: str = ""
) -> Part[Bulletin]:
    """Newest first; without their texts, which nobody reads in a list."""
    query = sa.select(Bulletin).where(Bulletin.status != SAMPLE).options(defer(Bulletin.text))
    if title:
        query = query.where(Bulletin.title.icontains(title, autoescape=True))
    if programme:
        query = query.where(Bulletin.programme_id == programme)
    if status:
        query = query.where(Bulletin.status == status)
    return part(session, query, number, size, Bulletin.created_at.desc(), Bulletin.id.desc())


def returned_to(session: Session, author: str) -> list[Bulletin]:
    """What its author has to look at again, newest first."""
    query = sa.select(Bulletin).where(Bulletin.status == "returned", Bulletin.author == author)
    return list(session.scalars(query.order_by(Bulletin.created_at.desc()).limit(50)))


def drafts_of(session: Session, author: str, limit: int) -> list[Bulletin]:
    """What its author has begun and not handed in, newest first; without the texts."""
    query = (
        sa.select(Bulletin).where(Bulletin.status == "draft", Bulletin.author == author).options(defer(Bulletin.text))
    )
    return list(session.scalars(query.order_by(Bulletin.created_at.desc()).limit(limit)))


def slots(session: Session, number: int, size: int, *, programme: str = "") -> Part[SlotRow]:
    """By programme and time of day."""
    query = sa.select(SlotRow).join(SlotRow.programme).where(SlotRow.removed_at.is_(None))
    query = query.options(contains_eager(SlotRow.programme))
    if programme:
        query = query.where(SlotRow.programme_id == programme)
    return part(session, query, number, size, Programme.name, SlotRow.at, SlotRow.id)


def part(
    session: Session, query: sa.Select[Row], number: int, size: int, *order: sa.ColumnExpressionArgument[object]
) -> Part[Row]:
    """One page of a query; a number beyond the last page is the last page's."""
    count = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // size))
    number = min(max(1, number), pages)
    rows = session.scalars(query.order_by(*order).offset((number - 1) * size).limit(size))
    return Part(tuple(rows), number, pages, count)
