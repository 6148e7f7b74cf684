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
    # Before they are read: words that are no JSON any more cannot be.
    require_sound_hits(db, ids)
    try:
        hits = read_hits(db, numbers)
    except ValueError:
        raise UnreadableValue from None
    require_sound_hits(db, _collect_parents(hits))
    return hits


def _collect_parents(hits: Sequence[SearchHit]) -> dict[str, set[int]]:
    """Return the numbers of the rows that hits are shown with, by table."""
    return {
        "session": {hit.session for hit in hits if hit.session is not None},
        "action": {hit.id for hit in hits if hit.kind is SearchKind.PROMISE},
        "goal": {hit.id for hit in hits if hit.kind is SearchKind.GOAL},
    }
