"""Everyday commands cost the same with ten times the sessions: counted, not timed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from coachlog.model.actions import Fate, Promise
from coachlog.model.answers import PromptKind
from coachlog.model.batches import BATCH_SIZE
from coachlog.model.reviews import Correction
from coachlog.model.sets import SlotRecord
from coachlog.model.workshops import WorkshopTheme
from coachlog.store import database
from coachlog.store.database import Connection, Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.transactions import Change
from coachlog.store.writing import action_changes, workshop_changes, worth_changes
from coachlog.terminal.console import Console
from command_runner import run_captured
from command_table import json_lines, reading_lines
from set_builders import gather, meet, questions, sure
from shared_builds import once
from store_builders import NOW, PEOPLE, TODAY, fill, hold, said

SIZES = (100, 1_000, 10_000)
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
                counter.listen(change.connection)
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


def typed(
    home: Path, line: str, *, completing: bool = False, strict: bool = True
) -> str:
    """Return what a command prints on a screen, run in this process.

    With `strict`, it prints no more than usual on stderr.
    """
    settings = {"COACHLOG_HOME": str(home), "COLUMNS": "100"}
    if completing:
        settings["_COACHLOG_COMPLETE"] = "fish"
    console = Console(home_override=home, clock=lambda: NOW, draws=True)
    result = run_captured(line.split(), env=settings, console=console)
    assert result.exit_code == 0, result.stderr
    assert not strict or (result.exit_code, result.stderr) in (
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
    "action list": 3,
    "action list --json": 2,
    "session list": 3,
    "session list --json": 2,
    "session list --drafts": 1,
    "": 9,
    "person list": 1,
    "person show person-01": 17,  # thirteen of them to verify what is shown
    "brief person-01": 35,  # twenty-two of them to verify what is shown
    "action show LAST": 13,  # ten of them to verify what is shown
    "session show LAST": 22,  # sixteen of them to verify what is shown
}


COMPLETIONS = {"session new person-0": 1, "action done 1": 2, "session resume 1": 1}
# Look, change, two traces, commit; before it came the lock. Moving asks for the last move as well.
CHANGES = {
    "action done LAST": 41,
    "action move LAST --to fri": 41,
    "action drop LAST": 41,
}


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
    "progress --standards",
    "progress --standards --json",
)


# Read in batches, for a few statements each, and gone through so often: to look whether there is
# anything closed or moved, to be measured, and to be printed.
IN_BATCHES = (
    "action list --all",
    "action list --all --json",
    "session list --all",
    "session list --all --json",
    "progress --ledger",
)
STATEMENTS_A_BATCH, PASSES = 6, 4


@pytest.mark.parametrize("line", WHOLE, ids=lambda line: line or "coachlog")
def test_nothing_is_queried_row_by_row(
    homes: dict[int, Path], counter: Counter, line: str
) -> None:
    few, many = costs(counter, {size: homes[size] for size in (FEW, MANY)}, line)
    if line in IN_BATCHES:
        batches = MANY * 2 // BATCH_SIZE
        assert many.statements - few.statements < batches * STATEMENTS_A_BATCH * PASSES
    else:
        assert few.statements == many.statements > 0


# Every command that reads, as the command table has it, in a journal with a set and a review.

GROWING = {
    "action list --all": "each promise is a row",
    "session list --all": "each conversation is a row",
    "export table sessions": "each conversation is a row",
    "export table actions": "each promise is a row",
    "export table measures": "each value is a row",
    "export progress": "whatever is counted is verified",
    "plan show priya --all": "everything ever closed is in it",
    "plan show me --all": "everything ever closed is in it",
    "history show priya": "the whole story",
    "history priya --full": "the whole story",
    "history export priya": "the whole story",
    "progress": "counts every promise and every conversation",
    "story export": "whoever owned a promise has a name to be taken out",
    "pulse": "each pulse is a row, or is compared with those before it",
}
"""Lines that may cost more in a longer journal, by their beginning, with the reason."""

FLAT_FIGURES = (
    "progress --compare",
    "progress --set",
    "progress --shadow",
    "progress --themes",
    "progress --since",
)
"""Figures of a time, of one set or of the reviews alone, by the beginning of their lines."""

ALSO_READ = (
    "export progress priya",
    "history priya --since 2026-09-01",
    "session list -p priya",
    "action list -p priya",
)
"""Lines that read with an option, which the command table has no line for."""

LEAST_GROWTH = 1.9
"""How many times as much a line of `GROWING` costs with ten times the sessions, at least."""

MOST_LINEAR_GROWTH = 12
"""How many times as much it costs at most: no more than as many times as there is more to tell."""

MOST_GROWTH = 1.3
"""How many times as much any other line costs, at most: a promise more or less may be shown."""
SEARCH_GROWTH = 2.5
"""How many times as much the index of `search` may take that has ten times the words."""

STEPS_A_TALK = {
    "brief": 26,  # each earlier talk may have a measure that was not asked since
    "priya": 26,
    "history priya --since": 5,  # the earlier talks are counted
}
"""How many more steps a line may take for each earlier talk with the person, by its beginning."""

TALKS_MORE = (MOST - MANY) // PEOPLE


def is_growing(line: str) -> bool:
    """Return whether a line may cost more in a longer journal."""
    if line.startswith(FLAT_FIGURES):
        return False
    return any(line == each or line.startswith(f"{each} ") for each in GROWING)


def find_most_steps(line: str, steps: int) -> float:
    """Return how many steps a line may take in the longest journal, given those in a shorter."""
    for beginning, steps_a_talk in STEPS_A_TALK.items():
        if line.startswith(beginning):
            return MOST_GROWTH * steps + steps_a_talk * TALKS_MORE
    return MOST_GROWTH * steps


def fill_for_table(home: Path, size: int) -> None:
    """Fill a home with what the lines of the command table ask for, besides that many sessions."""
    journal = fill(home, size)
    say = said("clear", 7, PromptKind.SCALE)._replace(
        measure="shadow-say", low=1, high=10
    )
    with journal.change(NOW) as change:
        set_id, people = gather(change, None, "Ann Obi", "Ben Ek")
        asked = SlotRecord(
            2, "Rota", 30, (), ((people[1], Promise("Ask", "them", TODAY)),)
        )
        meet(change, set_id, asked, SlotRecord(1), present=(1, 2, 3))
        worth_changes.insert_worth_story(change, "abcde", on=TODAY)
        theme = WorkshopTheme("Ask first", ("Before advice",))
        workshop_changes.insert_workshop(change, "Winter 12", [theme], on=TODAY)
        hold(change, Promise("Eat with the late shift", "me", TODAY), answers=[say])


@pytest.fixture(scope="session")
def table_homes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A home for each size in which every line of the command table finds something."""
    return {
        size: once(
            tmp_path_factory, f"table-{size}", partial(fill_for_table, size=size)
        )
        for size in SIZES
    }


def measure(counter: Counter, home: Path, line: str) -> Cost:
    """Return what a line of the command table costs."""
    counter.clear()
    typed(home, line.replace("priya", "person-07"), strict=False)
    return counter.cost


@pytest.mark.parametrize(
    "line",
    [*reading_lines(), *json_lines(), *ALSO_READ],
    ids=lambda line: line or "coachlog",
)
def test_only_what_is_named_costs_more_in_a_longer_journal(
    table_homes: dict[int, Path],
    counter: Counter,
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    # What a short journal costs to verify is most of the cost of these.
    is_verified = line.startswith("export progress")
    sizes = (FEW, MANY) if is_growing(line) and not is_verified else (MANY, MOST)
    short, long = (measure(counter, table_homes[size], line) for size in sizes)
    if is_growing(line):
        passes = PASSES if line in IN_BATCHES else 1
        assert long.steps >= LEAST_GROWTH * short.steps
        assert long.steps <= MOST_LINEAR_GROWTH * passes * short.steps
    elif line.startswith("search"):
        # FTS5 asks for the parts of its index that it needs, in statements of its own.
        assert long.statements < SEARCH_GROWTH * short.statements
        assert long.steps < SEARCH_GROWTH * short.steps
    else:
        assert long.statements == short.statements
        assert long.steps <= find_most_steps(line, short.steps)


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
    # With each review comes a promise of the ledger, and there may be one batch more of these.
    more = STATEMENTS_A_BATCH if line in IN_BATCHES else 0
    assert 0 <= many - few <= more
