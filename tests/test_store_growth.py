"""Everyday commands cost the same with ten times the sessions: counted, not timed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from coachlog.cli import app
from coachlog.model import Fate, Promise, PromptKind
from coachlog.model.records import Correction
from coachlog.model.sets import SlotRecord
from coachlog.store import database
from coachlog.store.database import Change, Connection, Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.writing import action_changes
from coachlog.terminal.console import Console
from set_builders import gather, meet, questions, sure
from shared_builds import once
from store_builders import NOW, TODAY, fill, hold, said

SIZES = (10, 1_000, 10_000)
FEW, MANY, MOST = SIZES


class Cost(NamedTuple):
    statements: int
    steps: int
    """Instructions of SQLite's virtual machine: the same on every machine, whatever its speed."""


class Counter:
    """Listens to every connection that a journal opens."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.steps = 0

    def listen(self, connection: Connection) -> None:
        connection.set_trace_callback(lambda sql: self.sent.append(sql))
        connection.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def clear(self) -> None:
        self.sent, self.steps = [], 0

    @property
    def cost(self) -> Cost:
        return Cost(len(self.sent), self.steps)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A counter of all that commands read from a journal and change in it."""
    counter = Counter()

    class Heard(Journal):
        @contextmanager
        def read(self) -> Iterator[Connection]:
            with super().read() as connection:
                counter.listen(connection)
                yield connection

        @contextmanager
        def change(
            self, now: datetime, *, create: bool = False, wait: float | None = None
        ) -> Iterator[Change]:
            with super().change(now, create=create, wait=wait) as change:
                counter.listen(
                    change.db_session.connection().connection.driver_connection
                )
                yield change

    monkeypatch.setattr(database, "Journal", Heard)
    return counter


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A home for each size, made once for all the processes that run tests."""
    return {
        size: once(tmp_path_factory, f"journal-{size}", partial(fill, sessions=size))
        for size in SIZES
    }


@pytest.fixture
def filled(homes: dict[int, Path]) -> dict[int, Path]:
    """The homes in which a command may not cost more for ten times the sessions."""
    return {size: homes[size] for size in (MANY, MOST)}


def typed(home: Path, line: str, *, completing: bool = False) -> str:
    """Return what a command prints on a screen, run in this process."""
    settings = {"COACHLOG_HOME": str(home), "COLUMNS": "100"}
    if completing:
        settings["_COACHLOG_COMPLETE"] = "fish"
    console = Console(home_override=home, clock=lambda: NOW, draws=True)
    result = CliRunner().invoke(
        app, line.split(), env=settings, obj=console, prog_name="coachlog"
    )
    assert (result.exit_code, result.stderr) in (
        (0, ""),
        (0, "There are more: add --all, or --limit 100\n"),
        (
            0,
            "The words of 1 private entry are not shown; to see them, add --private.\n",
        ),
    )
    return result.stdout


# The first figure is a budget for each command: how often it asks the journal.
LINES = {
    "action list": 2,
    "action list --json": 2,
    "session list": 2,
    "session list --json": 6,
    "session list --drafts": 1,
    "": 7,
    "person list": 1,
    "person show person-01": 4,
    "action show LAST": 3,
    "session show LAST": 6,
}


COMPLETIONS = {"session new person-0": 1, "action done 1": 2, "session resume 1": 1}
# Look, change, two traces, commit; before it came the lock. Moving asks for the last move as well.
CHANGES = {"action done LAST": 6, "action move LAST --to fri": 6, "action drop LAST": 6}


def costs(
    counter: Counter, homes: dict[int, Path], line: str, *, completing: bool = False
) -> list[Cost]:
    """Return what a command costs in each home, where LAST is the newest action or session."""
    costs = []
    for size, home in homes.items():
        counter.clear()
        last = size if "session" in line else size * 2
        typed(home, line.replace("LAST", str(last)), completing=completing)
        costs.append(counter.cost)
    return costs


@pytest.mark.parametrize("line", LINES, ids=lambda line: line or "coachlog")
def test_looking_costs_the_same_with_ten_times_the_sessions(
    filled: dict[int, Path], counter: Counter, line: str
) -> None:
    small, big = costs(counter, filled, line)
    assert small == big
    assert small.statements == LINES[line]
    assert small.steps > 0


@pytest.mark.parametrize("line", COMPLETIONS)
def test_completing_costs_the_same_with_ten_times_the_sessions(
    filled: dict[int, Path], counter: Counter, line: str
) -> None:
    small, big = costs(counter, filled, line, completing=True)
    assert small == big
    assert small.statements == COMPLETIONS[line]


@pytest.mark.parametrize("line", CHANGES)
def test_changing_costs_the_same_with_ten_times_the_sessions(
    filled: dict[int, Path], counter: Counter, tmp_path: Path, line: str
) -> None:
    copies = {size: tmp_path / str(size) for size in filled}
    for size, copy in copies.items():
        copy.mkdir()
        shutil.copy(filled[size] / JOURNAL_FILE, copy)
    small, big = costs(counter, copies, line)
    assert small == big
    assert small.statements == CHANGES[line]


def test_a_command_that_scans_everything_is_noticed(
    homes: dict[int, Path], counter: Counter
) -> None:
    """The tests above can fail: `progress` counts every promise, so it does cost more."""
    small, big = costs(counter, {size: homes[size] for size in (FEW, MANY)}, "progress")
    assert big.steps > 5 * small.steps


# Commands that tell more where there is more to tell, about someone with open promises at any size.
WHOLE = (
    "",
    "action list --all",
    "action list --all --json",
    "action list -p person-07 --all",
    "action show LAST",
    "session list",
    "session list --all",
    "session list --all --json",
    "session list -p person-07 --all",
    "session show LAST",
    "person list",
    "person show person-07",
    "brief person-07",
    "brief person-07 --json",
    "history person-07",
    "history person-07 --full --private",
    "history person-07 --json",
    "goal list",
    "goal list person-07",
    "goal list --json",
    "goal show 7",
    "plan show person-07",
    "progress",
    "progress --json",
    "progress --ledger",
    "progress --measure confidence",
    "progress person-07",
    "progress person-07 --ledger",
    "pulse list",
    "pulse list --json",
    "pulse show",
    "pulse show 1 --json",
    "progress --shadow",
    "progress --shadow --json",
)


@pytest.mark.parametrize("line", WHOLE, ids=lambda line: line or "coachlog")
def test_nothing_is_queried_row_by_row(
    homes: dict[int, Path], counter: Counter, line: str
) -> None:
    few, many = costs(counter, {size: homes[size] for size in (FEW, MANY)}, line)
    assert few.statements == many.statements > 0


# A set that met three times, and one that met thirty times.
OF_A_SET = (
    "progress --set ward",
    "progress --set ward --json",
    "progress --set ward --ledger",
    "progress --set ward --compare",
    "plan export --set ward --whole-set --yes",
    "session list --json",
)


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A home for each number of meetings, each with two slots, questions and promises."""
    homes = {meetings: tmp_path_factory.mktemp("sets") / "home" for meetings in (3, 30)}
    for meetings, home in homes.items():
        with Journal(home).change(NOW, create=True) as change:
            set_id, people = gather(change, None, "Ann Obi", "Ben Ek")
            for number in range(meetings):
                promise = Promise("Ask", "them", TODAY + timedelta(days=number))
                hers = SlotRecord(
                    2,
                    "Rota",
                    30,
                    (questions(("Who?", "open")),),
                    ((people[1], promise),),
                )
                answers = [sure(number % 10 + 1, "teamwork", "learning.teamwork")]
                meet(
                    change,
                    set_id,
                    hers,
                    SlotRecord(1),
                    present=(1, 2, 3),
                    answers=answers,
                )
    return homes


@pytest.mark.parametrize("line", OF_A_SET)
def test_nothing_is_queried_meeting_by_meeting(
    sets: dict[int, Path], counter: Counter, line: str
) -> None:
    few, many = costs(counter, sets, line)
    assert few.statements == many.statements > 0
    assert few.steps < many.steps


def reviewed(home: Path, count: int) -> None:
    """Add shadow reviews, each with a promise, and corrections of the owner's own promises."""
    say = said("clear", 7, PromptKind.SCALE)._replace(
        measure="shadow-say", low=1, high=10
    )
    with Journal(home).change(NOW) as change:
        for number in range(count):
            on = NOW.date() - timedelta(days=number)
            id = hold(
                change, Promise("x", "me", on), on=on, answers=[say, said("a", "b")]
            )
            action_changes.insert_correction(
                change,
                Correction(2 * number + 1, Fate.MISSED, "x", Fate.KEPT),
                on=on,
                session_id=id,
            )


@pytest.mark.parametrize("line", ["progress", "progress --ledger", "progress --shadow"])
def test_nothing_is_queried_review_by_review(
    homes: dict[int, Path], counter: Counter, tmp_path: Path, line: str
) -> None:
    statements = []
    for count in (1, 15):
        copy = tmp_path / str(count)
        copy.mkdir()
        shutil.copy(homes[MANY] / JOURNAL_FILE, copy)
        reviewed(copy, count)
        counter.clear()
        typed(copy, line)
        statements.append(counter.cost.statements)
    few, many = statements
    assert few == many > 0
