"""Ways to damage a journal: where each stored value is in the file, and what can happen to it.

The places are found by reading SQLite's file format (https://sqlite.org/fileformat.html).
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from coachlog.store.search_schema import is_search_table

FILE_HEADER = {
    "magic": (0, 16),
    "page size": (16, 18),
    "format versions": (18, 20),
    "reserved bytes and fractions": (20, 24),
    "change counter": (24, 28),
    "number of pages": (28, 32),
    "free pages": (32, 40),
    "schema cookie": (40, 44),
    "schema format": (44, 48),
    "cache and vacuum": (48, 56),
    "text encoding": (56, 60),
    "user version": (60, 64),
    "incremental vacuum": (64, 68),
    "application": (68, 72),
    "reserved": (72, 92),
    "valid for and SQLite version": (92, 100),
}
"""The fields at the beginning of every SQLite file, by their first byte and the one after them."""

LEAF, INTERIOR = 0x0D, 0x05
"""The first byte of a page of a table: one with rows, and one that points to other pages."""

UTF8_KINDS = {
    "date",
    "enum word",
    "json",
    "json date",
    "moment",
    "schema",
    "text",
}

STORED_DATE = re.compile(rb"\d{4}-\d\d-\d\d")


class Place(NamedTuple):
    """Some bytes of a file, and what is stored in them."""

    kind: str
    start: int
    stop: int
    name: str = ""


class Damage(NamedTuple):
    """Something that happened to the bytes of a file, and a line that names it."""

    name: str
    damage: Callable[[bytes], bytes]


def flip_bit(place: int, bit: int, name: str = "anywhere") -> Damage:
    def damage(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        return bytes(changed)

    return Damage(f"bit {bit} of byte {place} flipped ({name})", damage)


def replace_bytes(start: int, new: bytes, name: str) -> Damage:
    def damage(data: bytes) -> bytes:
        return data[:start] + new + data[start + len(new) :]

    return Damage(name, damage)


def cut_off(size: int) -> Damage:
    return Damage(f"cut off after {size} bytes", lambda data: data[:size])


def replace_in_all(
    places: Sequence[Place], name: str, kind: str, offset: int, new: bytes
) -> Damage:
    """Return what happens to some bytes of every place of that name and kind."""
    starts = [
        place.start + offset
        for place in places
        if (place.name, place.kind) == (name, kind)
    ]
    assert starts

    def damage(data: bytes) -> bytes:
        changed = bytearray(data)
        for start in starts:
            changed[start : start + len(new)] = new
        return bytes(changed)

    return Damage(f"every {name} with {new!r} in it", damage)


def build_random_flips(data: bytes, count: int, seed: int) -> list[Damage]:
    """Return flips of one bit each, anywhere in a file."""
    chance = random.Random(seed)
    return [
        flip_bit(chance.randrange(len(data)), chance.randrange(8)) for _ in range(count)
    ]


def build_aimed_flips(places: Sequence[Place], count: int, seed: int) -> list[Damage]:
    """Return flips of one bit each, in turn for every kind of place."""
    chance = random.Random(seed)
    kinds = sorted({place.kind for place in places})
    by_kind = [[place for place in places if place.kind == kind] for kind in kinds]
    flips = []
    for number in range(count):
        place = chance.choice(by_kind[number % len(by_kind)])
        byte = chance.randrange(place.start, place.stop)
        name = f"{place.kind} {place.name}"
        flips.append(flip_bit(byte, chance.randrange(8), name))
    return flips


def build_coarse_damages(
    data: bytes, places: Sequence[Place], count: int, seed: int
) -> list[Damage]:
    """Return zeroed pages, lost ends and text that is not UTF-8, in turn."""
    chance, page_size = random.Random(seed), read_page_size(data)
    texts = [place for place in places if place.kind in UTF8_KINDS]
    damages = []
    for number in range(count):
        if number % 3 == 0:
            page = chance.randrange(len(data) // page_size)
            zeros = bytes(page_size)
            damages.append(
                replace_bytes(page * page_size, zeros, f"page {page + 1} zeroed")
            )
        elif number % 3 == 1:
            damages.append(cut_off(chance.randrange(len(data))))
        else:
            place = chance.choice(texts)
            byte = chance.randrange(place.start, place.stop)
            name = f"byte {byte} not UTF-8 ({place.name})"
            damages.append(replace_bytes(byte, b"\xff", name))
    return damages


def read_page_size(data: bytes) -> int:
    size = int.from_bytes(data[16:18])
    return 65536 if size == 1 else size


def find_places(path: Path) -> list[Place]:
    """Return the fields of a journal's header, and every part of every row of its tables."""
    data = path.read_bytes()
    places = [
        Place("file header", start, stop, name)
        for name, (start, stop) in FILE_HEADER.items()
    ]
    with closing(dbapi2.connect(path)) as db:
        tables = db.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'table' "
            "AND sql NOT LIKE '%WITHOUT ROWID%'"
        ).fetchall()
        # Damage in the index of `search` has tests of its own: it blocks nothing.
        tables = [row for row in tables if not is_search_table(row[0])]
        for table, root in [("sqlite_master", 1), *tables]:
            columns = db.execute(f'PRAGMA table_info("{table}")').fetchall()
            names = [(f"{table}.{column[1]}", column[2]) for column in columns]
            for page in _walk_leaves(data, root):
                places += _find_page_places(data, page, table, names)
    return places


def _walk_leaves(data: bytes, page: int) -> Iterator[int]:
    """Yield the numbers of the pages that hold a table's rows."""
    start, header = _find_page(data, page)
    if data[header] == LEAF:
        yield page
        return
    assert data[header] == INTERIOR
    for cell in _find_cells(data, start, header, 12):
        yield from _walk_leaves(data, int.from_bytes(data[cell : cell + 4]))
    yield from _walk_leaves(data, int.from_bytes(data[header + 8 : header + 12]))


def _find_page(data: bytes, page: int) -> tuple[int, int]:
    """Return where a page begins and where its header does: the first has the file's before it."""
    start = (page - 1) * read_page_size(data)
    return start, start + (100 if page == 1 else 0)


def _find_cells(data: bytes, start: int, header: int, size: int) -> list[int]:
    count = int.from_bytes(data[header + 3 : header + 5])
    pointers = range(header + size, header + size + 2 * count, 2)
    return [start + int.from_bytes(data[at : at + 2]) for at in pointers]


def _find_page_places(
    data: bytes, page: int, table: str, columns: list[tuple[str, str]]
) -> Iterator[Place]:
    start, header = _find_page(data, page)
    cells = _find_cells(data, start, header, 8)
    yield Place("page header", header, header + 8 + 2 * len(cells), table)
    for cell in cells:
        yield from _find_cell_places(data, cell, start + read_page_size(data), columns)


def _find_cell_places(
    data: bytes, cell: int, page_end: int, columns: list[tuple[str, str]]
) -> Iterator[Place]:
    """Yield the parts of one row; those on its overflow pages are left out."""
    size, after_size = _read_varint(data, cell)
    _, body = _read_varint(data, after_size)
    header_size, at = _read_varint(data, body)
    value = header_end = body + header_size
    end = min(body + size, page_end)
    table = columns[0][0].partition(".")[0]
    yield Place("row number and size", cell, body, table)
    yield Place("record header", body, header_end, table)
    for name, declared in columns:
        if at >= header_end:  # a column that a later migration added
            return
        serial, at = _read_varint(data, at)
        stop = value + _measure_value(serial)
        if value < stop <= end:
            kind = "schema"
            if table != "sqlite_master":
                kind = _choose_kind(declared, serial, data[value:stop])
            yield Place(kind, value, stop, name)
        value = stop


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number and where the next one begins."""
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9


def _measure_value(serial: int) -> int:
    """Return how many bytes a value of that serial type takes."""
    if serial >= 12:
        return (serial - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial]


def _choose_kind(declared: str, serial: int, value: bytes) -> str:
    if serial < 12:
        return "integer"
    if STORED_DATE.match(value):
        return "date" if len(value) == len("2026-11-23") else "moment"
    if STORED_DATE.match(value[1:]):
        return "json date"
    if declared == "VARCHAR(16)":
        return "enum word"
    if value[:1] in (b'"', b"[", b"{"):
        return "json"
    return "text"
