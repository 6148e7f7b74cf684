"""Random histories of changes, and the states between, which `undo` and `redo` must give back."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from coachlog.errors import Refusal
from coachlog.store.database import Journal
from coachlog.store.table_classes import TABLE_CLASSES, TableClass
from coachlog.store.writing import undo_changes
from store_builders import NOW

TABLES = sorted(
    name for name, kind in TABLE_CLASSES.items() if kind is TableClass.UNDOABLE
)
KEPT_FOR_DRAFTS = {
    "person": "SELECT person_id FROM session WHERE status = 'draft' "
    "UNION SELECT session_person.person_id FROM session_person "
    "JOIN session ON session.id = session_id WHERE status = 'draft'",
    "learning_set": "SELECT set_id FROM meeting JOIN session ON session.id = session_id "
    "WHERE status = 'draft'",
}
"""Rows that stay where they were added in an entry that was taken back, as a draft needs them."""
_OF_DRAFTS = {
    "session": "status = 'draft'",
    **dict.fromkeys(
        ("session_person", "meeting"),
        "session_id IN (SELECT id FROM session WHERE status = 'draft')",
    ),
}
State = dict[str, set[tuple[Any, ...]]]


def read_state(journal: Journal) -> State:
    """Return every row that can be taken back, without those that are only a draft's."""
    with journal.read() as db:
        return {
            table: set(
                db.execute(
                    f'SELECT * FROM "{table}" WHERE NOT ({_OF_DRAFTS.get(table, "0")})'
                ).fetchall()
            )
            for table in TABLES
        }


def list_differences(journal: Journal, expected: State) -> dict[str, Any]:
    """Return by table what is not as in a state, but for what is there because of a draft."""
    found = read_state(journal)
    differences = {}
    with journal.read() as db:
        for table in TABLES:
            extra, lost = found[table] - expected[table], expected[table] - found[table]
            if query := KEPT_FOR_DRAFTS.get(table):
                kept = {id for (id,) in db.execute(query)}
                extra = {row for row in extra if row[0] not in kept}
            if extra or lost:
                differences[table] = (sorted(extra, key=repr), sorted(lost, key=repr))
    return differences


def read_newest_entry(journal: Journal) -> int | None:
    """Return the number of the newest entry that is not taken back."""
    with journal.read() as db:
        (id,) = db.execute(
            "SELECT max(id) FROM undo_entry WHERE undone_at IS NULL"
        ).fetchone()
    return None if id is None else int(id)


def take_back(journal: Journal) -> bool:
    """Take back the newest entry; or go past it, and return False, where all stays for a draft."""
    id = read_newest_entry(journal)
    assert id is not None
    try:
        with journal.change(NOW) as change:
            undo_changes.take_back_entry(change, id)
    except Refusal as refusal:
        if "because of a draft" not in refusal.message:
            raise
        with journal.change(NOW) as change:
            undo_changes.skip_entry(change, id)
        return False
    return True


def bring_back(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = undo_changes.find_entry_to_bring_back(change.connection, change.now)
        assert id is not None
        undo_changes.bring_back_entry(change, id)


def _go_back_and_forth(
    journal: Journal, states: list[State], compare: Callable[[str, State], None]
) -> None:
    """Take all changes back and bring them back, and compare each state on the way."""
    kept_numbers = set()
    for number in range(len(states) - 2, -1, -1):
        if not take_back(journal):
            kept_numbers.add(number + 1)
        compare(f"undo {number}", states[number])
    for number in range(1, len(states)):
        if number not in kept_numbers:
            bring_back(journal)
        compare(f"redo {number}", states[number])


def count_missed_states(
    journal: Journal, commands: Iterator[Callable[[], object]], chance: Random
) -> tuple[int, list[str]]:
    """Make changes, go back over them and forth again; return how many there were, and what failed.

    On the way some are taken back and brought back at once, as a person would.
    """
    states: list[State] = []
    failures: list[str] = []

    def compare(place: str, state: State) -> None:
        if differences := list_differences(journal, state):
            failures.append(f"{place}: {differences}")

    state = read_state(journal)
    for command in commands:
        entry = read_newest_entry(journal)
        command()
        journal.begin_undo_entry()
        if read_newest_entry(journal) == entry:
            compare("a change that cannot be taken back", state)
            continue
        states.append(state)
        state = read_state(journal)
        if chance.random() < 0.1:
            take_back(journal)
            compare(f"undo at once of {len(states)}", states[-1])
            bring_back(journal)
            compare(f"redo at once of {len(states)}", state)
    states.append(state)
    _go_back_and_forth(journal, states, compare)
    if journal.has_damage():
        failures.append("damage")
    return len(states) - 1, failures


# Whole command lines


class Lines:
    """Draws command lines, most of which a journal can take."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.people: list[str] = []
        self.sets: list[str] = []

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    @property
    def person(self) -> str:
        return str(self.pick(*(self.people or ["priya"])))

    @property
    def number(self) -> str:
        return str(int(self.random.expovariate(0.1)) + 1)

    @property
    def day(self) -> str:
        return (date(2026, 11, 23) - timedelta(self.random.randint(0, 9))).isoformat()

    @property
    def words(self) -> str:
        return str(self.pick("Ring HR", "Ask “twice”", "Naïve; --", "🙂 plan", "Rota"))

    def draw(self) -> tuple[list[str], str | None]:
        """Return the words of a line, and what is on standard input."""
        kind = self.pick(*_KINDS)
        if len(self.people) < 2:
            kind = Lines._add_person
        line: tuple[list[str], str | None] = kind(self)
        return line

    def _add_person(self) -> tuple[list[str], str | None]:
        name = f"{self.pick('Ann', 'Bo', 'Cy', 'Di')}{len(self.people)} {self.pick('Ek', 'Obi')}"
        self.people.append(name.lower().replace(" ", "-"))
        return [*("person", "add", name, "-r", self.pick("report", "peer"))], None

    def _edit_person(self) -> tuple[list[str], str | None]:
        options = self.pick(
            ["--team", self.words],
            ["--every", "2w"],
            ["--name", f"New Name{self.number}"],
            ["--pause-until", "+3w"],
        )
        return ["person", "edit", self.person, *options], None

    def _archive(self) -> tuple[list[str], str | None]:
        back = self.pick([], ["--back"])
        return ["person", "archive", self.person, *back], None

    def _merge(self) -> tuple[list[str], str | None]:
        return ["person", "merge", self.person, self.person, "--yes"], None

    def _add_set(self) -> tuple[list[str], str | None]:
        name = f"Set{len(self.sets)}"
        self.sets.append(name.lower())
        return ["set", "add", name, "-m", self.person, "-m", self.person], None

    def _edit_set(self) -> tuple[list[str], str | None]:
        name = self.pick(*(self.sets or ["set0"]))
        options = self.pick(
            ["--join", self.person], ["--leave", self.person], ["--every", "1m"]
        )
        return ["set", "edit", name, *options], None

    def _meet(self) -> tuple[list[str], str | None]:
        answers = {
            "set": self.pick(*(self.sets or ["set0"])),
            "template": "als",
            "held_on": self.day,
            "present": [self.person, self.person, "me"],
            "slots": [
                {
                    "presenter": "me",
                    "issue": self.words,
                    "actions": [{"what": self.words, "owner": "me"}],
                }
            ],
        }
        return _answers(answers)

    def _hold(self) -> tuple[list[str], str | None]:
        promises = [
            {"what": self.words, "owner": self.pick("me", "them"), "due": "2026-12-01"}
            for _ in range(self.random.randint(0, 3))
        ]
        answers: dict[str, Any] = {
            "person": self.pick(self.person, f"Neu{self.number} Kraft"),
            "relationship": "coachee",
            "template": self.pick("quick", "grow"),
            "held_on": self.day,
            "tags": self.pick([], ["rota"], ["rota", "team"]),
        }
        if answers["template"] == "grow":
            answers["actions"] = promises
            answers["answers"] = {"goal.result": self.words}
        return _answers(answers)

    def _log(self) -> tuple[list[str], str | None]:
        notes = f"{self.words}.\n- me: {self.words} by fri\n~ {self.words}\n#tag{self.number}\n"
        return ["log", self.person, "--from", "-", "--on", self.day], notes

    def _session(self) -> tuple[list[str], str | None]:
        words = self.pick(
            ["delete", self.number],
            ["restore", self.number],
            ["edit", self.number, "--on", self.day],
            ["edit", self.number, "--tag", self.words],
            ["edit", self.number, "--minutes", "25"],
            ["edit", self.number, "--with", self.person],
            ["cancel", self.person, "--by", "me", "--on", self.day],
        )
        return ["session", *words], None

    def _action(self) -> tuple[list[str], str | None]:
        words = self.pick(
            ["add", self.person, f"{self.words} by 9 Dec"],
            ["add", "me", self.words],
            ["done", self.number],
            ["done", self.number, self.number],
            ["drop", self.number],
            ["reopen", self.number],
            ["move", self.number, "--to", "+2w"],
            ["edit", self.number, "--what", self.words],
            ["edit", self.number, "--goal", self.number],
            ["note", self.number, "--text", self.words],
        )
        return ["action", *words], None

    def _goal(self) -> tuple[list[str], str | None]:
        words = self.pick(
            ["add", self.person, "--title", self.words],
            ["add", "--title", self.words, "--baseline", "2", "--target", "8"],
            ["rate", self.number, "5"],
            ["edit", self.number, "--why", self.words],
            ["close", self.number],
            ["reopen", self.number],
        )
        return ["goal", *words], None

    def _note(self) -> tuple[list[str], str | None]:
        words = self.pick(
            [self.person, self.words],
            ["--said", self.number],
            ["--drop", self.number],
            ["--edit", self.number, self.words],
        )
        return ["note", *words], None

    def _meet_briefly(self) -> tuple[list[str], str | None]:
        words = self.pick([self.person, "--on", self.day], ["--drop", self.number])
        return ["met", *words], None


_KINDS: tuple[Callable[[Lines], tuple[list[str], str | None]], ...] = (
    *(Lines._add_person, Lines._edit_person, Lines._archive, Lines._merge),
    *(Lines._add_set, Lines._edit_set, Lines._meet, Lines._hold, Lines._hold),
    *(Lines._log, Lines._session, Lines._session, Lines._action, Lines._action),
    *(Lines._action, Lines._goal, Lines._goal, Lines._note, Lines._meet_briefly),
)


def _answers(contents: dict[str, Any]) -> tuple[list[str], str | None]:
    return ["session", "new", "--answers", "-", "--again"], json.dumps(contents)


def list_commands_run(
    run: Callable[..., Any], seed: int, count: int, codes: list[int]
) -> Iterator[Callable[[], object]]:
    """Yield so many commands to run, one after the other; their exit codes are kept in `codes`."""
    lines = Lines(seed)
    for _ in range(count):
        words, text = lines.draw()

        def command(words: list[str] = words, text: str | None = text) -> None:
            codes.append(run(*words, input=text).code)

        yield command
