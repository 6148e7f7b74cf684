"""Small changes do without SQLModel, and leave in the journal what it would leave."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

DOCS = Path(__file__).parent.parent / "docs"
sys.path.insert(0, str(DOCS))
import compiled_rows as generator  # noqa: E402

from coachlog.errors import CoachlogError  # noqa: E402
from coachlog.model.actions import ActionStatus, Fate, Promise  # noqa: E402
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating  # noqa: E402
from coachlog.model.notes import NoteKind, NoteOutcome  # noqa: E402
from coachlog.model.people import Relationship  # noqa: E402
from coachlog.model.reviews import (  # noqa: E402
    ActionReview,
    Correction,
    ReviewOutcome,
)
from coachlog.model.sets import SlotRecord  # noqa: E402
from coachlog.model.worth import BenefitFields  # noqa: E402
from coachlog.store import (  # noqa: E402
    compiled_rows,
    database,
    journal_state,
    row_store,
    transactions,
)
from coachlog.store.compiled_rows.action_row import StoredAction  # noqa: E402
from coachlog.store.compiled_rows.draft_row import StoredDraft  # noqa: E402
from coachlog.store.compiled_rows.goal_row import StoredGoal  # noqa: E402
from coachlog.store.compiled_rows.note_row import StoredNote  # noqa: E402
from coachlog.store.connections import DriverError  # noqa: E402
from coachlog.store.database import Journal  # noqa: E402
from coachlog.store.row_store import (  # noqa: E402
    StoredRow,
    format_stored_value,
    generate_uid,
)
from coachlog.store.rows import UnreadableValue  # noqa: E402
from coachlog.store.transactions import Change  # noqa: E402
from coachlog.store.writing import (  # noqa: E402
    action_changes,
    draft_changes,
    draft_step_changes,
    encounter_changes,
    goal_changes,
    merge_changes,
    note_changes,
    person_changes,
    session_changes,
    worth_changes,
)
from coachlog.store.writing.json_columns import format_json_column  # noqa: E402
from model_rows import MODELS, ModelChange  # noqa: E402
from set_builders import gather, meet  # noqa: E402
from store_builders import NOW, TODAY, begun, hold, record, said, with_promise  # noqa: E402

SOURCE = Path(database.__file__).parents[1]
CHANGES = 1000
Act = Callable[[Change], object]
Contents = dict[str, list[tuple[Any, ...]]]


def test_the_compiled_rows_are_those_of_the_tables() -> None:
    """If not, run docs/compiled_rows.py."""
    modules = {
        path.name: path.read_text(encoding="utf-8")
        for path in generator.ROOM.glob("*.py")
    }

    assert modules == generator.build_modules()


def list_row_classes() -> list[type[StoredRow]]:
    return [
        value
        for module in iter_modules(
            compiled_rows.__path__, "coachlog.store.compiled_rows."
        )
        for value in vars(import_module(module.name)).values()
        if isinstance(value, type) and issubclass(value, StoredRow) and value.table
    ]


# The same changes, by compiled statements and by SQLModel


class Draws:
    """What a random change is about; both journals get the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    @property
    def number(self) -> int:
        """Return the number of a row that is there more often than not."""
        return int(self.random.expovariate(0.08)) + 1

    @property
    def day(self) -> date:
        return TODAY + timedelta(self.random.randint(-9, 9))

    @property
    def words(self) -> str:
        return str(self.pick("Ring HR", "Ask  twice", "Naïve “quote”", "x'); --", "🙂"))

    @property
    def person(self) -> int | None:
        return self.random.randint(1, 3)

    @property
    def session(self) -> int | None:
        sessions: tuple[int | None, ...] = (None, None, 1, 2, 3)
        return self.random.choice(sessions)

    @property
    def promise(self) -> Promise:
        owner = self.pick("me", "them", "priya shah", "Bo Ek", "Carl", "CARL")
        due = self.pick(None, self.day)
        support = self.pick(None, "Time")
        return Promise(
            self.words,
            owner,
            due,
            support=support,
            confidence=self.pick(None, 7),
            private=self.pick(True, False),
        )

    @property
    def goal(self) -> Goal:
        if self.pick(True, False):
            return Goal(self.words, baseline=3, target=8, review_on=self.day, weight=2)
        levels = ("a", "b", "c", "d", self.words)
        return Goal(self.words, scale=GoalScale.ATTAINMENT, levels=levels, private=True)


def draw_action_change(draws: Draws) -> Act:
    id, on, words = draws.number, draws.day, draws.words
    promise, person, session = draws.promise, draws.person, draws.session
    outcome = draws.pick(ActionStatus.DONE, ActionStatus.DROPPED)
    due = draws.day
    fields = draws.pick(
        {"what": words},
        {"owner": promise.owner},
        {"private": True, "confidence": None},
        {"done_when": words, "if_then": None},
    )
    correction = Correction(id, draws.pick(Fate.KEPT, Fate.MISSED), words, Fate.PENDING)
    acts: list[Act] = [
        lambda c: action_changes.insert_action(
            c, promise, on=on, person_id=person, session_id=session
        ),
        lambda c: action_changes.insert_action(c, promise, on=on, person_id=None),
        lambda c: action_changes.close_action_row(c, id, outcome, on),
        lambda c: action_changes.close_action_row(c, id, outcome, on, session),
        lambda c: action_changes.mark_action_done(c, id, on=TODAY),
        lambda c: action_changes.move_action_row(c, id, due, on=on),
        lambda c: action_changes.move_action_row(c, id, due, on=on, session_id=1),
        lambda c: action_changes.reopen_action_row(c, id, on=TODAY),
        lambda c: action_changes.update_action(c, id, on=TODAY, **fields),
        lambda c: action_changes.insert_action_note(c, id, words, on=on),
        lambda c: action_changes.insert_correction(c, correction, on=on, session_id=1),
        lambda c: action_changes.insert_correction_withdrawal(c, id, on=TODAY),
    ]
    return draws.random.choice(acts)


def draw_goal_change(draws: Draws) -> Act:
    id, action, on, goal = draws.number, draws.number, draws.day, draws.goal
    person = draws.pick(None, draws.person)
    rating = Rating(on, draws.random.randint(-2, 10), draws.pick(None, draws.words))
    review = draws.pick(None, draws.day)
    status = draws.pick(GoalStatus.ACHIEVED, GoalStatus.DROPPED)
    fields = draws.pick(
        {"title": goal.title}, {"levels": ["a", "b", "c", "d", "é"]}, {"weight": 3}
    )
    other, place = draws.pick(None, id), draws.number

    def attach_in_one_plan(change: Change) -> None:
        """Let an action serve an open goal of the same plan, if there are two such."""
        pairs = change.connection.execute(
            "SELECT action.id, goal.id FROM goal JOIN action "
            "ON action.person_id IS goal.person_id WHERE goal.status = 'open'"
        ).fetchall()
        if pairs:
            goal_changes.attach_action_to_goal(change, *pairs[place % len(pairs)])

    acts: list[Act] = [
        attach_in_one_plan,
        lambda c: goal_changes.insert_goal(c, goal, on=on, person_id=person),
        lambda c: goal_changes.update_goal(c, id, **fields),
        lambda c: goal_changes.insert_rating(c, id, rating, review),
        lambda c: goal_changes.insert_rating(c, id, rating),
        lambda c: goal_changes.close_goal_row(c, id, status, on=on),
        lambda c: goal_changes.reopen_goal_row(c, id),
        lambda c: goal_changes.attach_action_to_goal(c, action, id),
        lambda c: goal_changes.update_action_goal(c, action, other, on=TODAY),
    ]
    return draws.random.choice(acts)


def draw_note_change(draws: Draws) -> Act:
    id, on, words, person = draws.number, draws.day, draws.words, draws.person or 0
    kind = draws.pick(*NoteKind)
    outcome = draws.pick(*NoteOutcome)
    acts: list[Act] = [
        lambda c: note_changes.insert_note(
            c, person, words, on=on, kind=kind, link="https://x.test/1"
        ),
        lambda c: note_changes.insert_note(c, person, words, on=on),
        lambda c: note_changes.update_note(c, id, words=words, kind=kind, link=None),
        lambda c: note_changes.mark_note_said(c, id, on=on),
        lambda c: note_changes.mark_note_dropped(c, id),
        lambda c: note_changes.mark_note_settled(c, id, outcome, 1),
        lambda c: encounter_changes.insert_encounter(c, person, on=on),
        lambda c: encounter_changes.delete_encounter(c, id),
        lambda c: worth_changes.insert_benefit(c, BenefitFields(words), on=on),
        lambda c: worth_changes.delete_benefit(c, id),
        lambda c: worth_changes.insert_worth_story(c, [words] * 5, on=on),
        lambda c: worth_changes.delete_worth_story(c, id),
    ]
    return draws.random.choice(acts)


def draw_draft_change(draws: Draws) -> Act:
    key, on, words = (
        draws.pick("a.b", "a.c", "review.1.outcome"),
        draws.day,
        draws.words,
    )
    value = draws.pick(None, words, 7, True, ["x", words])
    person, promise, place = draws.person, draws.promise, draws.number
    token = draws.pick("", "", "", "old")

    def find_window(change: Change) -> tuple[int, str]:
        """Return the number of a draft, and the token of a window that may or may not write it."""
        numbers = change.connection.execute("SELECT session_id FROM draft").fetchall()
        (id,) = numbers[place % len(numbers)] if numbers else (1,)
        row = change.rows.get(StoredDraft, id)
        return id, token or (row.token if row else "")

    held = record(said("today", words), promises=[promise], on=on)
    acts: list[Act] = [
        lambda c: draft_step_changes.insert_draft(c, begun(person=person), [words]),
        lambda c: draft_step_changes.save_draft_step(c, *find_window(c), key, value),
        lambda c: draft_step_changes.save_draft_step(c, *find_window(c), key, words),
        lambda c: draft_step_changes.save_draft_half(c, *find_window(c), key, words),
        lambda c: draft_step_changes.delete_draft_steps(c, *find_window(c), [key]),
        lambda c: draft_step_changes.update_draft_token(c, place, c.now),
        lambda c: draft_changes.delete_draft(c, place, c.now),
        lambda c: draft_changes.mark_draft_held(c, *find_window(c), held),
    ]
    # Most stay drafts, or there would be none for long.
    return draws.random.choice(acts[: draws.pick(5, 5, len(acts))])


def draw_session_change(draws: Draws) -> Act:
    """Return a change of a whole session, in which rows of both kinds are changed."""
    id, on, person, words = draws.number, draws.day, draws.person, draws.words
    promises = [draws.promise for _ in range(draws.random.randint(0, 2))]
    review = ActionReview(draws.number, draws.pick(*ReviewOutcome), due=draws.day)
    acts: list[Act] = [
        lambda c: hold(
            c, *promises, person=person, on=on, reviews=[review], tags=["t"]
        ),
        lambda c: session_changes.update_session(c, id, held_on=on, minutes=5),
        lambda c: session_changes.mark_session_deleted(c, id),
        lambda c: session_changes.mark_session_restored(c, id),
        lambda c: person_changes.update_person(c, person or 0, name=f"{words} {id}"),
    ]
    return draws.random.choice(acts)


KINDS = (
    *(draw_action_change,) * 4,
    *(draw_goal_change, draw_note_change, draw_draft_change, draw_session_change),
)


def draw_changes(seed: int, count: int) -> list[list[Act]]:
    """Return as many random changes, a fifth of them of more than one kind at once."""
    draws = Draws(seed)
    return [
        [draws.pick(*KINDS)(draws) for _ in range(draws.pick(1, 1, 1, 1, 2))]
        for _ in range(count)
    ]


@pytest.fixture
def make_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, type[Change]], Journal]:
    """Return what makes the same journal in a folder, with the same random ids to come."""
    pragmas = [p for p in database._WRITING_PRAGMAS if not p.startswith("sync")]
    monkeypatch.setattr(database, "_WRITING_PRAGMAS", [*pragmas, "synchronous=OFF"])

    def make(name: str, change_class: type[Change]) -> Journal:
        random = Random(7)
        monkeypatch.setattr(row_store, "urandom", random.randbytes)
        monkeypatch.setattr(journal_state, "urandom", random.randbytes)
        monkeypatch.setattr(
            draft_step_changes, "token_hex", lambda n: random.randbytes(n).hex()
        )
        monkeypatch.setattr(transactions, "Change", change_class)
        journal = with_promise(tmp_path / name)
        with journal.change(NOW) as change:
            person_changes.insert_person(change, "Bo Ek", Relationship.PEER)
            person_changes.insert_person(change, "Dana Cole", Relationship.MANAGER)
            hold(change, Promise("Plan the rota", "me", TODAY), person=2)
            set_id, (_, ann, *_) = gather(change, None, "Ann Obi", "Ben Ek", "Cy Wu")
            promises = tuple((ann, Promise(words, "them")) for words in "abcd")
            meet(change, set_id, SlotRecord(2, promises=promises), present=(1, 2, 3))
        return journal

    return make


def make_changes(journal: Journal, changes: list[list[Act]]) -> Iterator[str]:
    """Make the changes one after the other; yield what each returned, or how it was refused."""
    now = NOW
    for acts in changes:
        now += timedelta(hours=1, microseconds=1)
        journal.begin_undo_entry()
        yield describe_outcome(journal, now, acts)


def describe_outcome(journal: Journal, now: datetime, acts: list[Act]) -> str:
    try:
        # Each is a command of its own.
        with Journal(journal.home).change(now) as change:
            return repr([act(change) for act in acts])
    except CoachlogError as error:
        return f"{type(error).__name__}: {error.message} {error.hint}"
    except (DriverError, AssertionError) as error:
        # What no command lets come so far: it looks at the promise first.
        return f"{type(error).__name__}: {error}"


def read_contents(journal: Journal) -> Contents:
    """Return every row of every table, each value as SQLite would write it."""
    contents = {}
    with journal.read() as db:
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            columns = db.execute(f"SELECT name FROM pragma_table_info('{table}')")
            quoted = ", ".join(f'quote("{name}")' for (name,) in columns.fetchall())
            rows = db.execute(f"SELECT {quoted} FROM {table}").fetchall()
            contents[table] = sorted(rows)
    return contents


def test_both_ways_leave_the_same_rows(
    make_journal: Callable[[str, type[Change]], Journal],
) -> None:
    """Compiled statements and SQLModel, through 1,000 random changes and refusals."""
    changes = draw_changes(19, CHANGES)
    journal = make_journal("compiled", Change)
    outcomes = list(make_changes(journal, changes))
    other_journal = make_journal("by-model", ModelChange)
    other_outcomes = list(make_changes(other_journal, changes))
    assert outcomes == other_outcomes
    contents = read_contents(journal)
    assert contents == read_contents(other_journal)
    refused = [outcome for outcome in outcomes if not outcome.startswith("[")]
    assert 100 < len(refused) < CHANGES - 300
    few_rows = {row.table: len(contents[row.table]) for row in list_row_classes()}
    assert min(few_rows.values()) > 2, few_rows


def test_a_merger_leaves_the_same_rows_both_ways(
    make_journal: Callable[[str, type[Change]], Journal],
) -> None:
    both = []
    for name, change_class in (("compiled", Change), ("by-model", ModelChange)):
        journal = make_journal(name, change_class)
        list(make_changes(journal, draw_changes(3, 150)))
        with journal.change(NOW) as change:
            merge_changes.merge_person_rows(change, 2, 3)
        both.append(read_contents(journal))
    assert both[0] == both[1]


# What SQLModel and the driver share


def test_a_session_of_sqlmodel_is_part_of_the_same_transaction(home: Path) -> None:
    """Its first use rolls back on a connection of its own, and its commit ends nothing."""
    journal = with_promise(home)

    def change_both_ways(change: Change) -> None:
        action_changes.mark_action_done(change, 1, on=TODAY)
        person_changes.insert_person(change, "Ada", Relationship.PEER)
        action_changes.insert_action_note(change, 1, "both", on=TODAY)
        change.db_session.commit()

    with journal.change(NOW) as change:
        change_both_ways(change)
    contents = read_contents(journal)
    assert [len(contents[table]) for table in ("action_event", "person")] == [3, 2]

    def change_in_vain() -> None:
        with journal.change(NOW) as change:
            person_changes.insert_person(change, "Bo", Relationship.PEER)
            action_changes.insert_action_note(change, 1, "in vain", on=TODAY)
            change.db_session.commit()
            raise RuntimeError("in vain")

    with pytest.raises(RuntimeError, match="in vain"):
        change_in_vain()
    assert read_contents(journal) == contents


def test_rows_see_what_sqlmodel_has_not_sent_yet(home: Path) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        goal = MODELS["goal"](
            title="Listen",
            scale=GoalScale.TEN,
            status=GoalStatus.OPEN,
            opened_on=TODAY,
            created_at=NOW,
            updated_at=NOW,
        )
        change.db_session.add(goal)
        (row,) = change.rows.find(StoredGoal, title="Listen")
        (count,) = change.connection.execute("SELECT count(*) FROM goal").fetchone()
    assert (row.id, count) == (1, 1)


# Single rows


def test_a_row_keeps_the_defaults_of_its_table(home: Path) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        id = change.rows.insert(
            StoredNote(
                person_id=1,
                words="x",
                written_on=TODAY,
                created_at=NOW,
                kind=NoteKind.SEEN,
            )
        )
        note = change.rows.get(StoredNote, id)
    assert note is not None
    assert UUID(note.uid).version == 4
    assert (note.id, note.settled_at, note.kind, note.created_at) == (
        1,
        None,
        NoteKind.SEEN,
        NOW,
    )


def test_only_what_was_changed_in_a_row_is_written(home: Path) -> None:
    journal = with_promise(home)
    sent: list[str] = []
    with journal.change(NOW) as change:
        row = change.rows.get(StoredAction, 1)
        assert row is not None
        change.watch.watch_table("action")
        change.connection.set_trace_callback(sent.append)
        change.rows.update(row)
        row.what, row.carried = "Ring", row.carried
        change.rows.update(row)
        change.rows.update(row)
        change.connection.set_trace_callback(None)
    # The trigger that writes the sum is told as a comment, before and after which it is told again.
    own_sql = {sql.partition(" WHERE")[0] for sql in sent if sql[:2] != "--"}
    assert own_sql == {"""UPDATE action SET "what"='Ring'"""}


@pytest.mark.parametrize("row_class", list_row_classes(), ids=lambda row: row.table)
def test_a_row_is_read_by_its_number_in_one_step(
    home: Path, row_class: type[StoredRow]
) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        sent: list[str] = []
        change.connection.set_trace_callback(sent.append)
        assert change.rows.get(row_class, 99) is None
        change.connection.set_trace_callback(None)
        plan = change.connection.execute(f"EXPLAIN QUERY PLAN {sent[-1]}").fetchall()
    assert [row[3] for row in plan] == [
        f"SEARCH {row_class.table} USING INTEGER PRIMARY KEY (rowid=?)"
    ]


def test_a_field_that_no_table_has_is_not_lost() -> None:
    fields: dict[str, Any] = {"proof": "x"}
    with pytest.raises(TypeError, match="action has no column proof"):
        StoredAction(**fields)


@pytest.mark.parametrize("value", ["not-a-day", 7, b"x"])
def test_a_value_of_another_kind_is_damage(home: Path, value: object) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        change.connection.execute("UPDATE action SET due = ?", (value,))
        with pytest.raises(UnreadableValue):
            change.rows.get(StoredAction, 1)


def test_a_moment_without_a_zone_is_not_stored() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_stored_value(NOW.replace(tzinfo=None))


def test_every_uid_is_another_one() -> None:
    uids = {generate_uid() for _ in range(100)}
    assert len(uids) == 100
    assert {(str(UUID(uid)) == uid, UUID(uid).version) for uid in uids} == {(True, 4)}
    assert {UUID(uid).variant for uid in uids} == {UUID(int=0x8 << 60).variant}


# What is loaded

ALONE = """
import os, sys
from importlib import import_module
from pkgutil import iter_modules
from sqlalchemy.exc import NoReferencedTableError
from coachlog.store import tables
from coachlog.store.tables.base import TableRow

for module in iter_modules(tables.__path__):
    if os.fork() == 0:
        import_module(f"{tables.__name__}.{module.name}")
        try:
            [constraint.referred_table for table in TableRow.metadata.tables.values()
             for constraint in table.foreign_key_constraints]
        except NoReferencedTableError as error:
            print(module.name, error)
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def test_each_module_of_tables_loads_those_that_its_foreign_keys_name() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""


DRAFT = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from coachlog.store.database import Journal
from coachlog.store.writing import draft_step_changes
from coachlog.store.writing.session_start_changes import SessionStart
from coachlog.templates.library import find_builtin_folder, list_template_files, read_template_file

(path,) = [p for p in list_template_files(find_builtin_folder()) if p.stem == "grow"]
start = SessionStart(read_template_file(path, builtin=True), date(2026, 11, 24), "UTC", 1)
with Journal(Path(sys.argv[1])).change(datetime(2026, 11, 24, tzinfo=UTC)) as change:
    id, token = draft_step_changes.insert_draft(change, start, ["tag"])
    token = draft_step_changes.update_draft_token(change, id, change.now)
    draft_step_changes.save_draft_step(change, id, token, "a.b", ["x"])
    draft_step_changes.save_draft_half(change, id, token, "a.c", "half")
    draft_step_changes.delete_draft_steps(change, id, token, ["a.b"])
print(sorted({"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)))
"""


def test_a_draft_and_its_steps_load_no_sqlmodel(home: Path) -> None:
    journal = with_promise(home)
    done = subprocess.run(
        [sys.executable, "-c", DRAFT, str(home)],
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
    assert read_contents(journal)["draft"][0][4:6] == ("'a.c'", "'half'")


def test_compiled_rows_are_changed_through_them_alone() -> None:
    """Otherwise a session of SQLModel's could hold what a row of the same table was before.

    A merger moves whole columns, without loading a row.
    """
    modules = (SOURCE / "store" / "writing").glob("*.py")
    models = {table.__name__ for table in generator.TABLES}
    users = {
        module.name
        for module in modules
        if models & set(re.findall(r"\w+", module.read_text(encoding="utf-8")))
    }
    assert users == {"merge_changes.py"}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda items: st.lists(items) | st.dictionaries(st.text(), items),
)


@given(JSON_VALUES)
@example(["\u2028", '"', "\\", "\x7f", "\ud800", Relationship.PEER, NoteKind.RAISE])
@example({"what": None, "number": 2**70, "share": 0.1, "flag": True})
def test_a_column_of_json_holds_what_the_library_would_write(value: object) -> None:
    assert format_json_column(value) == json.dumps(value, ensure_ascii=False)
