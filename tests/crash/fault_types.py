"""What the tests of failing calls and the processes they run tell each other."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from coachlog.store.journal_state import STATE_TABLE
from coachlog.store.row_checks import list_row_findings
from coachlog.store.table_columns import list_tables

RANDOM_COLUMNS = {"uid", "token", "tag", "secret"}
RANDOM_COLUMNS |= {"sum_key", "epoch", "row_sum", "total", "old_values"}
"""Columns that two runs of one command fill differently, or with what is random in others."""
RETRIED_COLUMN = "changed_on"
"""The day of the last change, which stays where the backup of a day could not be made."""
JOURNAL = "coachlog.db"
PART_NAME = "fault{:03}"
PART_COUNT = 8
"""The names of temporary files in traced processes, and how many there are at most."""


class Order(NamedTuple):
    """A command to run: `args` begin with `--home HOME`; `replies` are those of a person.

    `size` is what no file may outgrow. `fault` is the number of the call that fails, counted by the
    stand-in for strace, `error` its errno, and `lasts` tells whether all later ones fail as well.
    `watched` are folders whose files belong to what a command changes; `file_names` are those of
    them that it writes.
    """

    args: Sequence[str]
    input: str = ""
    replies: dict[str, Any] | None = None
    folder: str = ""
    traced: bool = False
    loads: bool = False
    records_states: bool = False
    watched: Sequence[str] = ()
    file_names: Sequence[str] = ()
    sabotage: str = ""
    size: int | None = None
    fault: int | None = None
    error: int = 0
    lasts: bool = False


class Outcome(NamedTuple):
    """How a command ended, what it printed and asked, and the states it left after each commit.

    `calls` are those that the stand-in for strace could have let fail.
    """

    code: int
    out: str
    err: str
    asked: Sequence[str] = ()
    states: Sequence[Any] = ()
    calls: Sequence[str] = ()


def dump_home(home: Path, watched: Sequence[str]) -> Any:
    """Return what a journal holds, and every file written for its owner in the folders watched."""
    files = {}
    for folder in watched:
        for path in sorted(Path(folder).rglob("*")):
            # The schema for editors is beside the point: a template does without it.
            is_named = not path.name.startswith(".") and path.suffix != ".json"
            if path.is_file() and is_named:
                files[path.name] = _describe_file(path)
    return {"journal": dump_journal(home), "files": files}


def _describe_file(path: Path) -> list[Any]:
    """Return the size and the end of a file; in between, a page can hold a random key.

    The pages of a pulse or workshop end in its tag, which is random too: of them, only the size.
    """
    content = path.read_bytes()
    if path.name.startswith(("pulse-", "workshop-")):
        return [len(content), ""]
    return [len(content), content[-40:].decode(errors="replace")]


def dump_journal(home: Path, mode: str = "ro") -> Any:
    """Return all rows of a journal by table, without what is random.

    None where there is none, and words where it cannot be read.
    """
    path = home / JOURNAL
    if not path.exists():
        return None
    try:
        return _dump_tables(path, mode)
    except dbapi2.Error as error:
        return f"unreadable: {error}"


def _dump_tables(path: Path, mode: str) -> Any:
    with closing(dbapi2.connect(f"file:{path}?mode={mode}", uri=True)) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "damaged"
        if db.execute("PRAGMA foreign_key_check").fetchall():
            return "records are missing"
        has_sums = STATE_TABLE in list_tables(db)  # not before they were introduced
        if has_sums and any(list_row_findings(db)):
            return "rows are not as their sums say"
        # Not the index of `search`, which is made of the others.
        tables = {name: _dump_table(db, name) for name in list_tables(db)}
    # As it comes back from the process that recorded it.
    return json.loads(json.dumps(tables))


def _dump_table(db: Any, name: str) -> list[Any]:
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
    left_out = RANDOM_COLUMNS | {RETRIED_COLUMN}
    kept = [column for column in columns if column not in left_out]
    quoted = ", ".join(f'"{column}"' for column in kept)
    rows = db.execute(f'SELECT {quoted} FROM "{name}"')
    return [kept, *sorted(map(list, rows), key=repr)]
