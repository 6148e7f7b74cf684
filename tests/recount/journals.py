"""Random histories that are written once for a run, with all that the commands say of them."""

import json
import sqlite3
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from edges import EDGES_SEED, write_edges
from histories import Line, write_history
from looks import Look, list_looks, show

from recount import Recount

MOST_PEOPLE = 4
"""How many people of a journal are looked at one by one, the first ones and the last."""

DAYS_LATER = 25
"""A journal is looked at on its last day, and once more when nothing has happened for so long."""


class Journal(NamedTuple):
    """A random history: its folder, where the owner is at its end, and the last day."""

    home: Path
    zone: str
    today: date
    days: dict[tuple[str, int], date]
    lines: list[Line]
    outputs: list[str]

    def list_looks(self) -> list[Look]:
        """Return all that is looked at in it."""
        return [
            look
            for today in (self.today, self.today + timedelta(days=DAYS_LATER))
            for look in list_looks(
                today, self._pick_people(), self.list_rows("learning_set")
            )
        ]

    def _pick_people(self) -> list[tuple[int, str]]:
        people = self.list_rows("person")
        return [*people[: MOST_PEOPLE - 1], people[-1]]

    def list_rows(self, table: str) -> list[tuple[int, str]]:
        """Return the number and the name of each person, or each set."""
        db = sqlite3.connect(
            f"file:{self.home / 'coachlog.db'}?mode=ro&immutable=1", uri=True
        )
        rows = db.execute(f"SELECT id, name FROM {table} ORDER BY id").fetchall()
        db.close()
        return rows

    def open_recount(self, spoilt: tuple[str, str] | None = None) -> Recount:
        """Return what counts its figures again; `spoilt` puts other words into the definitions."""
        return Recount(self.home, self.days, spoilt)


def write_journal(folder: Path, seed: int) -> None:
    """Write a random history into a folder, and what the commands say of it."""
    folder.mkdir()
    write = write_edges if seed == EDGES_SEED else partial(write_history, seed=seed)
    history = write(folder / "home")
    journal = Journal(
        folder / "home",
        history.zone.key,
        history.today,
        history.days,
        history.lines,
        [],
    )
    outputs = [
        show(journal.home, journal.zone, look.today, look.words)
        for look in journal.list_looks()
    ]
    record = {
        "zone": journal.zone,
        "today": journal.today.isoformat(),
        "days": [
            (source, id, day.isoformat()) for (source, id), day in journal.days.items()
        ],
        "lines": journal.lines,
        "outputs": outputs,
    }
    (folder / "journal.json").write_text(json.dumps(record))


def read_journal(folder: Path) -> Journal:
    """Return a history that was written before."""
    record: dict[str, Any] = json.loads((folder / "journal.json").read_text())
    return Journal(
        folder / "home",
        record["zone"],
        date.fromisoformat(record["today"]),
        {(source, id): date.fromisoformat(day) for source, id, day in record["days"]},
        [Line(*line) for line in record["lines"]],
        record["outputs"],
    )
