"""What is shown is as it was written: a page with a damaged row in it is refused, not shown.

A law for every command but lists and figures: a bit of a stored value is flipped, in a journal with
something of everything, and the command then either answers as before, or is refused and names
`coachlog check`.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from damage import Place, find_places

from coachlog.store import shown_rows
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from command_support import ScriptedPerson, built
from command_table import CHANGES, READS, fill_all
from conftest import Ran, Run

NOT_VERIFIED = {
    "": "a list of what is due",
    "session list": "a list",
    "person list": "a list",
    "action list": "a list",
    "goal list": "a list",
    "set list": "a list",
    "note": "a list",
    "person note": "a list",
    "met": "a list",
    "undo": "a list",
    "search": "what it shows is verified, and not whether something is left out",
    "history show": "a long list: to verify it would take a seventh longer",
    "progress": "figures",
    "pulse show": "figures",
    "pulse list": "figures",
    "pulse sheet": "a page without a word of the journal",
    "workshop show": "figures",
    "workshop list": "figures",
    "workshop sheet": "pages without a word of the journal",
    "check": "it tells which rows are damaged",
    "doctor": "it tells that rows are damaged",
    "backup create": "it refuses to copy a damaged journal",
    "backup check": "it tells which backups are damaged",
    "backup list": "files, not rows",
    "config list": "files, not rows",
    "config get": "files, not rows",
    "template list": "files, not rows",
    "template show": "files, not rows",
    "template form": "files, not rows",
    "template check": "files, not rows",
    "help": "no rows",
    "export formats": "no rows",
    "completion": "no rows",
}
"""The commands that read and verify nothing, each with the reason."""

EDITS = ("session edit 1", "action edit 1", "goal edit 1", "note --edit 1")
"""Lines that show what is to be changed, and ask."""


CHOSEN_BY = {
    "action.status": ("plan ", "set show", "ics"),
    "action.owner": ("plan show me", "plan export me"),
}
"""The columns by which promises are chosen for a page, by how lines begin that may lack one.

A closed promise whose status is damaged, or one that is no longer the owner's by its damaged row,
is not on the page: it is shown nowhere as something else.
"""

UNSEEN = (".uid", "_at", ".row_sum")
"""How the names of columns end that are on no page: the quick test leaves them out."""

LINES = [
    *(
        line
        for name, lines in (READS | CHANGES).items()
        if name not in NOT_VERIFIED
        for line in lines
    ),
    *EDITS,
]


def fill(run: Run) -> None:
    fill_all(run)
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0


@pytest.fixture
def journal(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a journal with something of everything; what is exported lies beside it."""
    built(run, home, fill)
    monkeypatch.chdir(home.parent)
    return home / JOURNAL_FILE


def list_values(journal: Path) -> list[Place]:
    """Return every stored value of the tables that are shown."""
    return [
        place
        for place in find_places(journal)
        if place.kind not in ("page header", "record header", "row number and size")
        and is_shown_table(place.name.partition(".")[0])
    ]


def is_shown_table(table: str) -> bool:
    is_draft = table.startswith("draft")
    return is_draft or TABLE_CLASSES.get(table) is TableClass.UNDOABLE


class Leaving(ScriptedPerson):
    """A person who takes what is offered first, and leaves when asked a second time."""

    def _reply(self, name: str, question: object = None) -> None:
        self.asked.append(name)
        if len(self.asked) > 1:
            raise KeyboardInterrupt


class Answer(NamedTuple):
    """What a command said, and what it showed to whoever was asked."""

    ran: Ran
    shown: tuple[object, ...]

    @property
    def is_refused(self) -> bool:
        return self.ran.code != 0 and "coachlog check" in self.ran.err


def look(run: Run, journal: Path, data: bytes, line: str) -> Answer:
    """Return the answer of a command to a journal of these bytes."""
    for path in journal.parent.iterdir():
        if path.is_file():
            path.unlink()
    journal.touch(mode=0o600)
    journal.write_bytes(data)
    person = Leaving() if line in EDITS else ScriptedPerson()
    ran = run(*line.split(), person=person)
    return Answer(ran, (person.rows, person.offered, person.told))


def list_shown_damage(
    run: Run, journal: Path, trials: list[tuple[str, Place]]
) -> Iterator[str]:
    """Yield the lines that show something else where a bit of a value was flipped."""
    chance = random.Random(20)
    data = journal.read_bytes()
    answers = {line: look(run, journal, data, line) for line in LINES}
    for line, place in trials:
        if line.startswith(CHOSEN_BY.get(place.name, ())):
            continue
        flipped = bytearray(data)
        flipped[chance.randrange(place.start, place.stop)] ^= 1 << chance.randrange(8)
        answer = look(run, journal, bytes(flipped), line)
        if answer != answers[line] and not answer.is_refused:
            yield f"coachlog {line}: {place.name} at {place.start}"


def build_trials(journal: Path, count: int) -> list[tuple[str, Place]]:
    """Return so many values for each line, of each column alike, the same in every run."""
    chance = random.Random(21)
    values: dict[str, list[Place]] = {}
    for place in list_values(journal):
        if not place.name.endswith(UNSEEN):
            values.setdefault(place.name, []).append(place)
    columns = sorted(values)
    return [
        (line, chance.choice(values[chance.choice(columns)]))
        for line in LINES
        for _ in range(count)
    ]


def test_every_command_that_verifies_nothing_is_there() -> None:
    assert NOT_VERIFIED.keys() - (READS | CHANGES).keys() == set()


def test_no_command_shows_a_value_with_a_flipped_bit(run: Run, journal: Path) -> None:
    trials = build_trials(journal, 10)
    assert [*list_shown_damage(run, journal, trials)] == []


CHUNKS = 8


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_command_shows_any_value_with_a_flipped_bit(
    run: Run, journal: Path, chunk: int
) -> None:
    values = list_values(journal)[chunk::CHUNKS]
    trials = [(line, place) for line in LINES for place in values]
    assert [*list_shown_damage(run, journal, trials)] == []


def test_without_the_sums_flipped_bits_are_shown(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail: they do where no row is looked at."""
    monkeypatch.setattr(
        shown_rows._ShownRows, "verify_where", lambda _rows, _table, _condition: None
    )
    trials = build_trials(journal, 10)
    assert [*list_shown_damage(run, journal, trials)] != []
