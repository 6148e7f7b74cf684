"""What exports and reports may read: no table of the class `NEVER`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from coachlog.store import database
from coachlog.store.database import Connection, Journal
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from command_support import built
from command_table import AS_PAGES, fill_all, lines_of
from conftest import Run

NEVER = {name for name, kind in TABLE_CLASSES.items() if kind is TableClass.NEVER}
VERIFYING = {"journal_state"}
"""What is read to verify the rows that are shown: the key of their sums."""
REPORTS = (
    *("brief", "plan show", "plan export", "history show", "history export"),
    *("progress", "export table", "ics"),
)
"""Commands whose pages and figures leave the journal."""
LINES = [line for name in REPORTS for line in lines_of(name)]
HANDED = {"ics": {"calendar_entry"}}
"""What else is read: what calendars hold by now, to be cancelled there."""
LINES += [line for line in AS_PAGES if line.startswith(REPORTS)]


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The tables that commands have read from a journal since the test began."""
    names: set[str] = set()

    def note(action: int, table: str | None, *_: str | None) -> int:
        if action == dbapi2.SQLITE_READ and table:
            names.add(table)
        return 0  # SQLITE_OK

    class Watched(Journal):
        @contextmanager
        def read(self) -> Iterator[Connection]:
            with super().read() as connection:
                connection.set_authorizer(note)
                yield connection

    monkeypatch.setattr(database, "Journal", Watched)
    return names


@pytest.mark.parametrize("line", LINES)
def test_no_export_and_no_report_reads_what_is_never_touched(
    run: Run,
    home: Path,
    tables: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    built(run, home, fill_all)
    tables.clear()
    assert run(*line.split()).code == 0
    assert {"session", "action", "goal", "note"} & tables
    handed = HANDED.get(line.split()[0], set())
    assert tables & NEVER <= VERIFYING | handed


def test_what_reads_a_pulse_is_noticed(run: Run, home: Path, tables: set[str]) -> None:
    """The test above can fail."""
    built(run, home, fill_all)
    tables.clear()
    assert run("pulse", "show").code == 0
    assert tables == {"pulse", "pulse_count"}
