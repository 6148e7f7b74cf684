"""What was erased stays erased: a tombstone says which row must not come back, and nothing else.

It is the SHA-256 of the row's `uid`, which is random, so nobody can guess from it what was erased;
only whoever still has the row, in a backup, can see that it is the one. docs/decisions.md says
where tombstones are kept.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from coachlog.named_tuples import NamedTuple

_HEADING = "coachlog tombstones 1"
_DIGEST_PATTERN = r"[0-9a-f]{64}"
_LINE_PATTERN = rf"({_DIGEST_PATTERN}) (\d{{4}}-\d\d-\d\d)"


class Tombstone(NamedTuple):
    """The digest of an erased row, in hexadecimal, and the local day on which it was erased."""

    digest: str
    made_on: date


class TombstoneFault(NamedTuple):
    """What cannot be read in a list of tombstones: the number of the line, from 1, and why."""

    line: int
    reason: str


class TombstoneList(NamedTuple):
    """What a list says; with a fault, there may be tombstones that are not among these."""

    tombstones: list[Tombstone]
    faults: list[TombstoneFault]


def build_tombstone_digest(table: str, uid: str) -> str:
    """Return the digest for a row of a table, by its uid.

    The table is in it, so that the tombstone of a person is never taken for that of a promise.
    """
    # Imported here, as few runs erase or restore anything.
    from hashlib import sha256

    label = f"coachlog {table}\0"
    return sha256(label.encode() + uid.encode()).hexdigest()


def pick_erased_uids(
    tombstones: Iterable[Tombstone], table: str, uids: Iterable[str]
) -> list[str]:
    """Return those of the uids, of rows of a table, that must not come back."""
    digests = {tombstone.digest for tombstone in tombstones}
    return [uid for uid in uids if build_tombstone_digest(table, uid) in digests]


def unite_tombstones(*lists: Iterable[Tombstone]) -> list[Tombstone]:
    """Return every tombstone of several lists once, with its earliest day, the oldest first."""
    first_days: dict[str, date] = {}
    for tombstones in lists:
        for digest, made_on in tombstones:
            first_days[digest] = min(made_on, first_days.get(digest, made_on))
    united = [Tombstone(digest, made_on) for digest, made_on in first_days.items()]
    return sorted(united, key=lambda tombstone: (tombstone.made_on, tombstone.digest))


def format_tombstone_list(tombstones: Iterable[Tombstone]) -> str:
    """Return a list of tombstones as the text of a file, one a line, each once.

    Its last line has their number, so that a list that lost its end is known.
    """
    united = unite_tombstones(tombstones)
    lines = [f"{digest} {made_on.isoformat()}" for digest, made_on in united]
    return "\n".join([_HEADING, *lines, f"end {len(lines)}", ""])


def parse_tombstone_list(data: bytes) -> TombstoneList:
    """Return what the bytes of such a file say, with a fault for whatever cannot be read.

    What can be read is returned all the same: it must not come back either.
    """
    lines = data.decode("ascii", errors="replace").replace("\r\n", "\n").split("\n")
    if lines[0] != _HEADING:
        fault = TombstoneFault(1, f"the first line is not “{_HEADING}”")
        return TombstoneList([], [fault])
    rows = lines[1:]
    is_complete = rows[-2:] == [f"end {len(rows) - 2}", ""]
    if is_complete:
        rows = rows[:-2]
    elif rows[-1:] == [""]:
        rows = rows[:-1]
    tombstones = []
    faults = []
    for number, line in enumerate(rows, start=2):
        tombstone = _parse_tombstone(line)
        if tombstone:
            tombstones.append(tombstone)
        else:
            faults.append(TombstoneFault(number, "it is not a tombstone"))
    if not is_complete:
        reason = "the last line does not say how many there are"
        faults.append(TombstoneFault(len(rows) + 1, reason))
    return TombstoneList(tombstones, faults)


def _parse_tombstone(line: str) -> Tombstone | None:
    match = re.fullmatch(_LINE_PATTERN, line)
    if match:
        with suppress(ValueError):
            return Tombstone(match[1], date.fromisoformat(match[2]))
    return None
