"""Every command over a journal full of marked words: which of them may be seen where.

The list of commands comes from the command table, and the ways to complete from their module, so
that a new one fails here until it has a line. Each line is run on a wide screen and, where the
command has `--json`, as JSON too; what it writes to files counts as well.
"""

import inspect
import json
import shlex
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from coachlog.cli import suggestions
from coachlog.cli.nouns import list_commands
from coachlog.cli.root import show_home_page
from coachlog.cli.shared_options import IncludePrivateOption
from coachlog.model.actions import Fate, Promise
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.people import Relationship
from coachlog.model.reviews import Correction
from coachlog.model.sessions import Answer
from coachlog.model.set_support import SupportKind
from coachlog.model.sets import SlotRecord
from coachlog.model.workshops import WorkshopTheme
from coachlog.model.worth import AmountUnit, BenefitFields
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Journal
from coachlog.store.reading import action_queries, row_filters, session_queries
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.tables.recurrence_rows import RecurrenceRow
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    draft_step_changes,
    goal_changes,
    note_changes,
    person_changes,
    pulse_changes,
    session_changes,
    set_support_changes,
    workshop_changes,
    worth_changes,
)
from coachlog.templates import library
from coachlog.terminal.console import Console
from command_support import ScriptedPerson, built, complete
from conftest import NOW, Run
from disclosure_lines import (
    ALL,
    ALL_PRIVATE,
    ANN,
    ANN_PRIVATE,
    BEN,
    CLOSED,
    COMPLETED,
    DRAFT,
    DRAFT_PRIVATE,
    EVERYDAY,
    HEALTH,
    LINES,
    MARKS,
    NOTE,
    OPEN,
    OPEN_GOAL,
    PRIVATE,
    PRIVATE_GOAL,
    PRIVATE_PROMISE,
    SECRET,
    SUPPORT,
    TANK,
    WORTH,
    Line,
)
from programme_support import join_programme_file, write_other_programme
from set_builders import gather, meet, questions, said, sure
from store_builders import TODAY, YESTERDAY, begun, hold, record

LAST_WEEK = TODAY - timedelta(days=7)
SUPPORT_MARK = "supportmark"

# The journal


def promise(mark: str, owner: str, *, private: bool = False) -> Promise:
    """Return a promise whose every word is marked."""
    return Promise(
        *(f"{mark} promise", owner, YESTERDAY),
        *(f"{mark} proof", f"{mark} support", f"If {mark}, then"),
        private=private,
    )


def goal(mark: str, *, private: bool = False, title: str = "goal") -> Goal:
    levels = tuple(f"{mark} level {number}" for number in range(5))
    return Goal(
        *(f"{mark} {title}", f"{mark} why", f"{mark} success"),
        scale=GoalScale.ATTAINMENT,
        levels=levels,
        private=private,
    )


def scale(
    name: str, value: int, *, private: bool = False, health: bool = False
) -> Answer:
    """Return a value of a marked measure; its question has no mark, as it is the template's."""
    prompt = name.rpartition("-")[2]
    return sure(value, name, f"scales.{prompt}")._replace(
        private=private, health=health
    )


ANSWERS = (
    said("look.open", f"{OPEN} answer", key=True),
    said("look.private", f"{PRIVATE} answer", key=True, private=True),
    said("look.health", f"{HEALTH} answer", key=True, health=True),
    scale(f"{OPEN}-drive", 7),
    scale(f"{PRIVATE}-trust", 3, private=True),
    scale(f"{HEALTH}-sleep", 4, health=True),
)


BENEFIT = BenefitFields(
    *(f"{WORTH} what", f"{WORTH} who", f"{WORTH} evidence", f"{WORTH} shifts"),
    amount=6000,
    unit=AmountUnit.POUNDS,
    share=50,
    sure=80,
)

FIVE_LINES = [f"{WORTH} {letter}" for letter in "abcde"]


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        person_changes.update_owner_name(change, "Tom Reed")
        set_id, (_, ann, ben) = gather(change, None, "Ann Obi", "Ben Ek")
        person_changes.insert_person(change, "Helen Marsh", Relationship.MANAGER)
    with journal.change(NOW) as change:
        _meet(change, set_id, ann, ben)
        _talk(change, ann)
        _review(change)
        _put_away(change, ann, ben)
        _keep_a_promise_of_the_set(change, set_id)
        _fill_tank(change)
        _ask_for_support(change, set_id)
    _change_one_by_one(journal)


def _ask_for_support(change: Change, set_id: int) -> None:
    """Let the second member ask the set for something, and offer something."""
    for kind in SupportKind:
        words = f"{SUPPORT} {kind.value}"
        set_support_changes.insert_support_line(
            change, set_id, 2, kind, words, on=TODAY
        )
    set_support_changes.insert_check_in(change, set_id, [1, 2, 3], 1, on=TODAY)


def _change_one_by_one(journal: Journal) -> None:
    """Make changes that can be taken back one by one, which change nothing that is shown."""
    acts: list[Callable[[Change], object]] = [
        lambda change: worth_changes.insert_benefit(change, BENEFIT, on=TODAY),
        lambda change: worth_changes.insert_worth_story(change, FIVE_LINES, on=TODAY),
        lambda change: note_changes.update_note(change, 1, link="https://x.test/1"),
        lambda change: goal_changes.update_goal(change, OPEN_GOAL),
        lambda change: goal_changes.update_goal(change, PRIVATE_GOAL),
    ]
    for act in acts:
        journal.begin_undo_entry()
        with journal.change(NOW + timedelta(minutes=1)) as change:
            act(change)


def _meet(change: Change, set_id: int, ann: int, ben: int) -> None:
    """Record a meeting with a slot of Ann's, of Ben's and of the owner's."""
    hers = SlotRecord(
        *(2, f"{ANN} issue", 25),
        (
            said("present.problem", f"{ANN} problem", key=True),
            questions((f"{ANN} question?", "open")),
            said("present.private", f"{ANN_PRIVATE} words", private=True),
            scale(f"{ANN}-sure", 3),
        ),
        (
            (ann, promise(ANN, "them")),
            (ann, promise(ANN_PRIVATE, "them", private=True)),
        ),
    )
    his = SlotRecord(
        *(3, f"{BEN} issue", 25),
        (said("present.problem", f"{BEN} problem", key=True),),
        ((ben, promise(BEN, "them")),),
    )
    meet(
        *(change, set_id, hers, his),
        present=(1, 2, 3),
        on=LAST_WEEK,
        answers=(
            said("process.all", f"{ALL} words", key=True),
            scale(f"{ALL}-teamwork", 8),
            scale(f"{ALL_PRIVATE}-candour", 8, private=True),
        ),
        promises=(
            (None, promise(ALL, "me")),
            (None, promise(ALL_PRIVATE, "me", private=True)),
        ),
    )


def _talk(change: Change, ann: int) -> None:
    """Record a conversation with Ann, and what was kept for the next one."""
    hold(
        change,
        promise(OPEN, "them"),
        promise(PRIVATE, "them", private=True),
        promise(PRIVATE, "me", private=True),
        person=ann,
        on=YESTERDAY,
        minutes=30,
        answers=ANSWERS,
        tags=["rota"],
    )
    hold(change, person=ann, on=LAST_WEEK, answers=ANSWERS)
    for mark, private in ((OPEN, False), (PRIVATE, True)):
        id = goal_changes.insert_goal(
            change, goal(mark, private=private), on=LAST_WEEK, person_id=ann
        )
        goal_changes.insert_rating(change, id, Rating(YESTERDAY, 1, f"{mark} rating"))
    goal_changes.attach_action_to_goal(change, PRIVATE_PROMISE, OPEN_GOAL)
    note_changes.insert_note(change, ann, f"{NOTE} words", on=YESTERDAY)


def _review(change: Change) -> None:
    """Record a shadow review with a promise, and what the owner corrected in it."""
    review = hold(
        change,
        promise(PRIVATE, "me", private=True),
        on=YESTERDAY,
        answers=(
            said("intent.value", f"{OPEN} value", key=True),
            said("act.canteen", f"{PRIVATE} canteen", private=True),
            scale("shadow-say", 7),
        ),
    )
    change.db_session.add(RecurrenceRow(session_id=review, after="1d", back_on=TODAY))
    for row in change.db_session.exec(select(ActionRow)).all():
        assert row.id is not None
        mark = row.what.split()[0]
        action_changes.insert_action_note(change, row.id, f"{mark} note", on=YESTERDAY)
        if row.owner == "me":
            correction = Correction(
                row.id, Fate.KEPT, f"{mark} correction", Fate.MISSED
            )
            action_changes.insert_correction(
                change, correction, on=TODAY, session_id=review
            )
        # Last, as each note sets it to what its events say.
        row.carried = 3


def _put_away(change: Change, ann: int, ben: int) -> None:
    """Close what can be opened again, delete what can be restored, leave drafts half-way."""
    action_changes.mark_action_done(change, CLOSED, on=TODAY)
    id = goal_changes.insert_goal(
        change, goal(PRIVATE, private=True, title="closed"), on=LAST_WEEK, person_id=ann
    )
    goal_changes.close_goal_row(change, id, GoalStatus.ACHIEVED, on=TODAY)
    session_changes.mark_session_deleted(
        change, hold(change, person=ann, on=LAST_WEEK, answers=ANSWERS)
    )
    quick = library.find_template("quick", Path("nowhere"))
    draft, token = draft_step_changes.insert_draft(
        change, begun(person=ann, template=quick)
    )
    draft_step_changes.save_draft_step(
        change, draft, token, "capture.mattered", f"{DRAFT} answer"
    )
    draft_step_changes.save_draft_half(
        change, draft, token, "capture.check", f"{DRAFT_PRIVATE} half"
    )
    second, token = draft_step_changes.insert_draft(
        change, begun(person=ben, template=quick)
    )
    draft_step_changes.save_draft_step(
        change, second, token, "capture.mattered", f"{DRAFT} answer"
    )
    draft_step_changes.save_draft_step(
        change, second, token, "capture.check", f"{DRAFT_PRIVATE} note"
    )
    pulse_changes.insert_pulse(
        change, ("My word holds", "I say what I see"), on=YESTERDAY
    )
    workshop_changes.insert_workshop(
        change,
        "Winter 12",
        [WorkshopTheme("Ask first", ("Before advice",))],
        on=YESTERDAY,
    )


def _keep_a_promise_of_the_set(change: Change, set_id: int) -> None:
    """Do today what the owner promised in an earlier meeting."""
    meet(
        *(change, set_id),
        present=(1, 2, 3),
        on=LAST_WEEK - timedelta(days=7),
        promises=((None, promise(ALL, "me")),),
    )
    id = change.db_session.exec(select(func.max(ActionRow.id))).one()
    assert id is not None
    action_changes.mark_action_done(change, id, on=TODAY)


def _fill_tank(change: Change) -> None:
    """Make two entries of the owner's own tank, with a key answer, as a template could have."""
    tank = library.find_template("tank", Path("nowhere"))
    for day in (LAST_WEEK, YESTERDAY):
        answers = (
            sure(2, disclosure.TANK, "level.full")._replace(private=True, health=True),
            said("level.drained", f"{TANK} drained", key=True, health=True),
            said("level.filled", f"{TANK} filled", private=True, health=True),
        )
        draft_changes.insert_held_session(
            change, begun(template=tank, on=day), record(*answers, on=day), ()
        )


@pytest.fixture
def marked(
    run: Run, console: Console, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """The marked journal, on a screen so wide that no word is cut."""
    monkeypatch.setenv("COLUMNS", "400")
    console.draws = True
    built(run, home, lambda _: fill(console.desk.journal))
    join_programme_file(run, home.parent)
    return run


def commands() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every command as it is typed, with what runs it."""
    yield "", show_home_page
    for command in list_commands():
        yield command.path, command.function


CALLBACKS = dict(commands())
MAKES_PRIVATE = ("action add", "action edit", "goal add", "goal edit")
"""Commands whose --private marks what they make."""
PAIRS = [(command, line) for command, lines in LINES.items() for line in lines]


def test_every_command_has_a_line() -> None:
    assert set(LINES) == set(CALLBACKS)


@pytest.mark.parametrize(
    "command", CALLBACKS, ids=lambda command: command or "coachlog"
)
def test_what_is_shown_on_request_is_tried_with_and_without(command: str) -> None:
    if "private" not in inspect.signature(CALLBACKS[command]).parameters:
        return
    if command in MAKES_PRIVATE:
        return
    assert {"--private" in line.typed for line in LINES[command]} == {True, False}


def test_a_secret_is_shown_for_a_reason() -> None:
    without = [line.typed for _, line in PAIRS if line.shows & SECRET and not line.why]
    assert without == []


@pytest.mark.parametrize(
    ("command", "line"), PAIRS, ids=[line.typed or "coachlog" for _, line in PAIRS]
)
def test_what_a_command_shows(
    marked: Run, home: Path, tmp_path: Path, command: str, line: Line
) -> None:
    """No output shows more than its line says, and all of them together show just that."""
    assert shown_in_all_ways(marked, home, tmp_path, command, line) == line.shows


def shown_in_all_ways(
    run: Run, home: Path, tmp_path: Path, command: str, line: Line
) -> frozenset[str]:
    """Return the marks that a command shows: on its screen, in a pipe or, if it can, as JSON."""
    takes_json = "as_json" in inspect.signature(CALLBACKS[command]).parameters
    ways = [[], ["--plain"], ["--json"]] if takes_json and line.json else [[]]
    seen = [
        outcome(run, line, flags, home, tmp_path / f"out{number}")
        for number, flags in enumerate(ways)
    ]
    return frozenset().union(*seen)


def outcome(
    run: Run, line: Line, flags: list[str], home: Path, out: Path
) -> frozenset[str]:
    """Return the marks in all that a command prints, asks, tells and writes to files."""
    out.mkdir()
    write_other_programme(home.parent)
    fields = {"join": home.parent / "north.toml", "sent": home.parent / "sent"}
    words = shlex.split(line.typed.format(out=out, home=home, **fields))
    person = (
        ScriptedPerson(line.replies, skip=True) if line.replies is not None else None
    )
    ran = run(*words, *flags, input=line.input, person=person)
    if line.code is not None:
        assert ran.code == line.code, ran.err
    texts = [ran.out, ran.err]
    texts += [
        path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()
    ]
    if person:
        texts.append(
            repr((person.asked, person.read, person.told, person.rows, person.offered))
            + repr(person.summed_up)
        )
    return seen_in(*texts)


def seen_in(*texts: str) -> frozenset[str]:
    """Return the marks in some words, in whatever letters."""
    whole = "\n".join(texts).casefold()
    return frozenset(mark for mark in MARKS if mark in whole)


# What is evidence for a standard


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param("", {OPEN}, id="plain"),
        pytest.param("--private", {OPEN, PRIVATE, HEALTH}, id="private"),
        pytest.param("ann --private", {OPEN, PRIVATE, HEALTH}, id="of-one"),
    ],
)
def test_evidence_for_a_standard_is_as_in_a_file(
    marked: Run, home: Path, console: Console, flags: str, expected: set[str]
) -> None:
    """Were every answer evidence, nothing of a set or of the tank would be shown all the same."""
    names: dict[str, set[str]] = {}
    with console.desk.read() as db:
        for template, name in db.execute(
            "SELECT template, stage || '.' || prompt FROM session "
            "JOIN answer ON answer.session_id = session.id"
        ):
            names.setdefault(template, set()).add(name)
    assert len(names) == 2
    (home / "prompts").mkdir(exist_ok=True)
    for template, old_names in names.items():
        (home / f"prompts/{template}.toml").write_text(
            EVIDENCE.format(names=sorted(old_names)), encoding="utf-8"
        )
    ways = ("--plain", "--json")
    rans = [marked("progress", "--standards", way, *flags.split()) for way in ways]
    assert [ran.code for ran in rans] == [0, 0]
    assert seen_in(*(text for ran in rans for text in (ran.out, ran.err))) == expected


EVIDENCE = """\
title = "Any"
summary = "Any."
audience = "solo"
minutes = 5
[[stage]]
id = "any"
title = "Any"
[[stage.prompt]]
id = "thing"
ask = "What now?"
kind = "text"
standard = "any-standard"
replaces = {names}
"""


# What is made for one person


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param("", {"ann-obi": {ANN}, "ben-ek": {BEN}}, id="plain"),
        pytest.param(
            "--private", {"ann-obi": {ANN, ANN_PRIVATE}, "ben-ek": {BEN}}, id="private"
        ),
    ],
)
def test_a_presenters_page_has_nothing_of_the_others(
    marked: Run, tmp_path: Path, flags: str, expected: dict[str, set[str]]
) -> None:
    ran = marked(
        "plan",
        "export",
        "--set",
        "ward",
        "--output",
        str(tmp_path / "pages"),
        *flags.split(),
    )
    assert ran.code == 0
    pages = (tmp_path / "pages").iterdir()
    shown = {
        path.stem.split("-", 5)[-1]: seen_in(path.read_text("utf-8")) for path in pages
    }
    assert shown == expected


# Completion


def offered(home: Path, line: str) -> str:
    """Return all that Tab shows after a line, with the words beside each value."""
    return str(complete(home, line))


def test_every_way_to_complete_has_a_line() -> None:
    ways = {
        name
        for name, function in inspect.getmembers(suggestions, inspect.isfunction)
        if function.__module__ == suggestions.__name__ and not name.startswith("_")
    }
    assert set(COMPLETED) == ways


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("way", COMPLETED)
def test_what_completion_shows(home: Path, way: str) -> None:
    line, shows, _ = COMPLETED[way]
    write_other_programme(home.parent)
    words = offered(home, line.format(join=home.parent / "north.toml"))
    assert words != "{}"
    assert seen_in(words) == shows


# The veil


EVERYDAY_PAIRS = [(command, line) for command, line in PAIRS if line.why == EVERYDAY]


@pytest.mark.parametrize(
    ("command", "line"),
    EVERYDAY_PAIRS,
    ids=[line.typed or "coachlog" for _, line in EVERYDAY_PAIRS],
)
def test_without_the_veil_an_everyday_screen_shows_more(
    marked: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    line: Line,
) -> None:
    """Each line would fail: the one name decides on all everyday screens, and nothing else does."""
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", Audience.OWNER)
    more = shown_in_all_ways(marked, home, tmp_path, command, line) - line.shows
    assert more
    private = {PRIVATE, HEALTH, DRAFT_PRIVATE, ANN_PRIVATE, ALL_PRIVATE, TANK}
    if command == "undo":
        private |= {NOTE, WORTH}  # these are changed by a command as well
    assert more <= private


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    "way", [way for way in COMPLETED if "action" in way or "goal" in way]
)
def test_without_the_veil_completion_shows_more(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", Audience.OWNER)
    line, shows, _ = COMPLETED[way]
    assert seen_in(offered(home, line)) > shows


def test_what_is_veiled_is_marked_as_private_in_json(marked: Run) -> None:
    """Whoever reads the JSON looks for one sign, in promises, goals and answers alike."""
    lines = (
        "--json",
        "action list --all --json",
        "goal list --all --json",
        "session list --json",
    )
    veiled = [
        entry
        for line in lines
        for entry in entries_of(marked(*line.split()).json)
        if disclosure.VEILED_WORDS
        in (entry.get("what"), entry.get("title"), entry.get("value"))
    ]
    assert {tuple(entry)[1] for entry in veiled} == {"uid", "prompt"}
    assert [entry for entry in veiled if entry["private"] is not True] == []


def entries_of(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            yield from entries_of(part)


@pytest.mark.parametrize(
    "command", CALLBACKS, ids=lambda command: command or "coachlog"
)
def test_what_shows_private_words_has_one_name_and_one_help(command: str) -> None:
    parameter = inspect.signature(CALLBACKS[command]).parameters.get("private")
    if parameter is not None and command not in MAKES_PRIVATE:
        assert parameter.annotation is IncludePrivateOption


# The SQL that says the same


@pytest.mark.usefixtures("marked")
def test_sql_and_rule_agree_on_what_comes_up_between_two(console: Console) -> None:
    with console.desk.read() as db:
        between = disclosure.exclude_set_actions(action_queries.read_actions(db))
        rows = db.execute(
            f"SELECT id FROM action WHERE {row_filters.ACTION_OUTSIDE_SETS}"
        ).fetchall()
    assert {id for (id,) in rows} == {action.id for action in between} != set()


@pytest.mark.usefixtures("marked")
def test_sql_and_model_agree_on_which_conversations_are_of_no_set(
    console: Console,
) -> None:
    with console.desk.read() as db:
        alone = {
            session.id
            for session in session_queries.read_sessions(db)
            if session.set is None
        }
        rows = db.execute(
            f"SELECT id FROM session WHERE {row_filters.SESSION_OUTSIDE_SETS} AND status = 'held' "
            "AND deleted_at IS NULL"
        ).fetchall()
    assert {id for (id,) in rows} == alone != set()


@pytest.mark.usefixtures("marked")
def test_what_is_of_the_tank_alone_is_the_same_in_sql(console: Console) -> None:
    with console.desk.read() as db:
        entries = {
            session.id
            for session in session_queries.read_sessions(db)
            if disclosure.is_tank_session(session)
        }
        rows = db.execute(
            f"SELECT id FROM session WHERE {row_filters.TANK_SESSION}"
        ).fetchall()
    assert {id for (id,) in rows} == entries != set()


# Faults


def test_a_fault_in_a_private_answer_does_not_say_what_the_answer_says(
    marked: Run,
) -> None:
    """A fault goes to the screen; its key says where in the file to look."""
    answers = {
        "capture.mattered": [f"{OPEN} list"],
        "capture.check": [f"{PRIVATE} list"],
    }
    file = json.dumps({"person": "ann", "template": "quick", "answers": answers})
    ran = marked("session", "new", "--answers", "-", input=file)
    assert ran.code == 2
    assert "capture.check: (private) should be text" in ran.err
    assert seen_in(ran.err) == {OPEN}


@pytest.mark.parametrize("flag", ["private", "health"])
def test_a_fault_in_a_changed_private_answer_does_not_say_what_it_says(
    run: Run, home: Path, flag: str
) -> None:
    """`session edit --answers` checks answers as well."""
    answer = said(
        "safety.at-risk",
        False,
        kind=PromptKind.YESNO,
        private=flag == "private",
        health=flag == "health",
    )
    with Journal(home).change(NOW, create=True) as change:
        hold(change, on=YESTERDAY, answers=(answer,))
    file = json.dumps({"answers": {"safety.at-risk": f"{PRIVATE} words"}})
    ran = run("session", "edit", "1", "--answers", "-", input=file)
    assert ran.code == 2
    assert "safety.at-risk: (private) should be true or false" in ran.err
    assert seen_in(ran.err) == frozenset()


def test_what_others_give_me_is_not_on_a_page_for_somebody_else(marked: Run) -> None:
    support = f"Helen Marsh: {SUPPORT_MARK}"
    assert marked("action", "add", "me", "Rest", "--support", support).code == 0
    for reader, expected in (("helen", True), ("ann", False)):
        page = marked("plan", "export", "me", "--for", reader).out
        plan = marked("plan", "show", "me", "--for", reader, "--json").out
        assert (SUPPORT_MARK in page, SUPPORT_MARK in plan) == (expected, expected)
