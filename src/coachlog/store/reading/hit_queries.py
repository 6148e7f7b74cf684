"""What a search shows, each entry verified: its own row, and those that its words are shown with.

One that is damaged is left out, and the first is told, so that a search for other words goes on.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from coachlog.model.search import SearchHit, SearchKind
from coachlog.store.database import Connection
from coachlog.store.reading.search_queries import read_hits
from coachlog.store.rows import DamagedRow, UnreadableValue
from coachlog.store.search_numbers import locate_entry
from coachlog.store.shown_rows import require_sound_hits

_BATCH_SIZE = 1_000
"""A statement takes only so many numbers."""


def read_sound_hits(
    db: Connection, numbers: Sequence[int]
) -> tuple[list[SearchHit], DamagedRow | None]:
    """Return what the sound ones of these entries say, in their order, and a damaged row.

    Raises `UnreadableValue` for damage that is of no single row.
    """
    hits: list[SearchHit] = []
    damaged_row = None
    for batch in _split_numbers(numbers):
        try:
            hits += _read_verified_hits(db, batch)
        except ValueError:
            sound_hits, row = _read_one_by_one(db, batch)
            hits += sound_hits
            damaged_row = damaged_row or row
    return hits, damaged_row


def _split_numbers(numbers: Sequence[int]) -> Iterator[list[int]]:
    remaining = iter(numbers)
    while batch := [*islice(remaining, _BATCH_SIZE)]:
        yield batch


def _read_one_by_one(
    db: Connection, numbers: Sequence[int]
) -> tuple[list[SearchHit], DamagedRow | None]:
    hits: list[SearchHit] = []
    damaged_row = None
    for number in numbers:
        try:
            hits += _read_verified_hits(db, [number])
        except DamagedRow as error:
            damaged_row = damaged_row or error
    return hits, damaged_row


def _read_verified_hits(db: Connection, numbers: Sequence[int]) -> list[SearchHit]:
    """Return what entries say. Raises `DamagedRow`, or `UnreadableValue` if they cannot be read."""
    ids: dict[str, set[int]] = {}
    for number in numbers:
        place = locate_entry(number)
        ids.setdefault(place.table, set()).add(place.id)
    try:
        hits = read_hits(db, numbers)
    # Such as words that are no JSON any more.
    except (ValueError, TypeError):
        require_sound_hits(db, ids)
        raise UnreadableValue from None
    for hit in hits:
        for table, id in _list_parents(hit):
            ids.setdefault(table, set()).add(id)
    require_sound_hits(db, ids)
    return hits


def _list_parents(hit: SearchHit) -> Iterator[tuple[str, int]]:
    """Yield the rows that a hit is shown with, each by its table and its number."""
    if hit.session is not None:
        yield "session", hit.session
    if hit.kind is SearchKind.PROMISE:
        yield "action", hit.id
    if hit.kind is SearchKind.GOAL:
        yield "goal", hit.id
