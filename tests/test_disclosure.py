"""Every command over a journal full of marked words: which of them may be seen where.

The list of commands comes from the command table, and the ways to complete from their module, so
that a new one fails here until it has a line. Each line is run on a wide screen and, where the
command has `--json`, as JSON too; what it writes to files counts as well.
"""

import inspect
import shlex
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlmodel import select

from coachlog.cli import COMMANDS, root, suggestions
from coachlog.model import Answer, Fate, Goal, GoalScale, GoalStatus, Promise, Rating
from coachlog.model.records import Correction
from coachlog.model.sets import SlotRecord
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Audience
from coachlog.store import reading
from coachlog.store.database import Change, Journal
from coachlog.store.reading import row_filters
from coachlog.store.tables.action_rows import ActionRow
from coachlog.store.writing import (
    action_changes,
    goal_changes,
    note_changes,
    person_changes,
    pulse_changes,
    session_changes,
)
from coachlog.templates import library
from coachlog.terminal.console import Console
from command_support import CtrlC, ScriptedPerson, built, complete
from conftest import NOW, Run
from set_builders import gather, meet, questions, said, sure
from store_builders import TODAY, YESTERDAY, begun, hold

LAST_WEEK = TODAY - timedelta(days=7)

OPEN = "openmark"
"""Words that are no secret: a line that shows none proves nothing."""
PRIVATE = "privatemark"
HEALTH = "healthmark"
NOTE = "notemark"
"""What is parked for the next talk: a note to oneself."""
DRAFT = "draftmark"
"""What was answered, or half typed, in a conversation that is not finished."""
ANN, BEN, ALL = "setmark-ann", "setmark-ben", "setmark-all"
"""What a set heard in the slots of two members, and outside of any slot."""
ANN_PRIVATE, ALL_PRIVATE = "setprivate-ann", "setprivate-all"
MARKS = (OPEN, PRIVATE, HEALTH, NOTE, DRAFT, ANN, BEN, ALL, ANN_PRIVATE, ALL_PRIVATE)
SECRET = frozenset(MARKS) - {OPEN}
OF_A_SET = frozenset({ANN, BEN, ALL, ANN_PRIVATE, ALL_PRIVATE})


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


def scale(name: str, value: int, *, private: bool = False, health: bool = False) -> Answer:
    return sure(value, name, f"scales.{name}")._replace(private=private, health=health)


ANSWERS = (
    said("look.open", f"{OPEN} answer", key=True),
    said("look.private", f"{PRIVATE} answer", key=True, private=True),
    said("look.health", f"{HEALTH} answer", key=True, health=True),
    scale(f"{OPEN}-drive", 7),
    scale(f"{PRIVATE}-trust", 3, private=True),
    scale(f"{HEALTH}-sleep", 4, health=True),
)


def fill(journal: Journal) -> None:
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        person_changes.update_owner_name(change, "Tom Reed")
        set_id, (_, ann, ben) = gather(change, None, "Ann Obi", "Ben Ek")
    with journal.change(NOW) as change:
        _meet(change, set_id, ann, ben)
        _talk(change, ann)
        _review(change)
        _put_away(change, ann)


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
        ((ann, promise(ANN, "them")), (ann, promise(ANN_PRIVATE, "them", private=True))),
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
            scale(f"{ALL_PRIVATE}-teamwork", 8, private=True),
        ),
        promises=((None, promise(ALL, "me")), (None, promise(ALL_PRIVATE, "me", private=True))),
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
    for row in change.db_session.exec(select(ActionRow)).all():
        assert row.id is not None
        row.carried = 3
        mark = row.what.split()[0]
        action_changes.insert_action_note(change, row.id, f"{mark} note", on=YESTERDAY)
        if row.owner == "me":
            correction = Correction(row.id, Fate.KEPT, f"{mark} correction", Fate.MISSED)
            action_changes.insert_correction(change, correction, on=TODAY, session_id=review)


def _put_away(change: Change, ann: int) -> None:
    """Close what can be opened again, delete what can be restored, leave a draft half-way."""
    action_changes.mark_action_done(change, CLOSED, on=TODAY)
    id = goal_changes.insert_goal(
        change, goal(PRIVATE, private=True, title="closed"), on=LAST_WEEK, person_id=ann
    )
    goal_changes.close_goal_row(change, id, GoalStatus.ACHIEVED, on=TODAY)
    session_changes.mark_session_deleted(
        change, hold(change, person=ann, on=LAST_WEEK, answers=ANSWERS)
    )
    quick = library.find_template("quick", Path("nowhere"))
    draft, token = session_changes.insert_draft(change, begun(person=ann, template=quick))
    session_changes.save_draft_step(change, draft, token, "capture.mattered", f"{DRAFT} answer")
    session_changes.save_draft_half(change, draft, token, "capture.check", f"{DRAFT} half")
    pulse_changes.insert_pulse(change, ("My word holds", "I say what I see"), on=YESTERDAY)


SET_PROMISE, OPEN_PROMISE, PRIVATE_PROMISE, CLOSED = 3, 6, 7, 8
MEETING, TALK, REVIEW, DELETED, UNFINISHED = 1, 2, 4, 5, 6
OPEN_GOAL, PRIVATE_GOAL, CLOSED_GOAL = 1, 2, 3


@pytest.fixture
def marked(run: Run, console: Console, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The marked journal, on a screen so wide that no word is cut."""
    monkeypatch.setenv("COLUMNS", "400")
    built(run, home, lambda _: fill(console.desk.journal))
    return run


# What each command may show


class Line(NamedTuple):
    """A command as typed, the marks seen in all that it says, and why the secret ones may be.

    `{out}` and `{home}` stand for folders; `replies` are those of a person at a terminal, `input`
    is on standard input. Without `json`, the line is not tried with `--json`.
    """

    typed: str
    shows: frozenset[str] = frozenset()
    why: str = ""
    code: int = 0
    replies: Mapping[str, Any] | None = None
    input: str | None = None
    json: bool = True


def marks(*of: str) -> frozenset[str]:
    return frozenset(of)


EVERYDAY = "an everyday screen, which veils nothing yet"
ITSELF = "the owner asked for this very thing"
ASKED = "--private asks for it"
SETS = "a set's own page or figures"
TO_RAISE = "parked to be raised with her"
WITH_HER = "comes back in the conversation with her"
UNDER_WAY = "the owner goes on with it"
NAMED = "the measure was named on the command line"

TALKS = marks(OPEN, PRIVATE)
SAID = marks(OPEN, PRIVATE, HEALTH)
IN_SET = marks(ANN, BEN, ALL)
IN_SET_PRIVATE = marks(*OF_A_SET)

LINES: dict[str, tuple[Line, ...]] = {
    "": (Line("", TALKS | IN_SET_PRIVATE, EVERYDAY),),
    "session new": (
        Line(
            "session new ann -t quick --answers -",
            input='{"answers": {"capture.mattered": "x"}}',
        ),
        Line(
            "session new ann -t quick",
            *(TALKS | {NOTE}, WITH_HER, 130),
            {"There is a draft": "start afresh", "capture.mattered": CtrlC()},
        ),
    ),
    "session cancel": (Line("session cancel ann --by me"),),
    "session resume": (
        Line(
            f"session resume {UNFINISHED}",
            *(TALKS | {NOTE, DRAFT}, UNDER_WAY, 130),
            {"capture.check": CtrlC()},
        ),
    ),
    "session list": (
        Line("session list --all", SAID | IN_SET_PRIVATE, ITSELF),
        Line("session list --drafts", marks(DRAFT), UNDER_WAY),
        Line("session list --deleted", SAID, ITSELF),
    ),
    "session show": (
        Line(f"session show {TALK}", SAID, ITSELF),
        Line(f"session show {MEETING}", IN_SET_PRIVATE, ITSELF),
        Line(f"session show {REVIEW}", TALKS, ITSELF),
        Line(f"session show {UNFINISHED}", marks(DRAFT), ITSELF),
    ),
    "session edit": (Line(f"session edit {TALK} --minutes 20"),),
    "session delete": (Line(f"session delete {TALK} --yes"),),
    "session restore": (Line(f"session restore {DELETED}"),),
    "brief": (
        Line("brief ann", marks(OPEN, NOTE), TO_RAISE),
        Line("brief ann --private", SAID | {NOTE}, ASKED),
    ),
    "template list": (Line("template list"),),
    "template show": (
        Line("template show grow"),
        Line("template show grow --markdown", json=False),
    ),
    "template form": (Line("template form grow"),),
    "template new": (Line("template new mine"),),
    "template check": (Line("template check"),),
    "completion": (Line("completion zsh"),),
    "person add": (Line("person add 'Eva Roe' -r peer"),),
    "person list": (Line("person list --archived"),),
    "person show": (Line("person show ann", TALKS, EVERYDAY),),
    "person edit": (Line("person edit ann --every 2w"),),
    "person note": (
        Line("person note ann --list", marks(NOTE), ITSELF),
        Line("person note ann --text x", json=False),
        Line("person note ann --drop 1", marks(NOTE), ITSELF, json=False),
    ),
    "person archive": (Line("person archive ann"),),
    "action add": (Line("action add ann --what x --owner me --private"),),
    "action list": (
        Line("action list --all", TALKS | IN_SET_PRIVATE, EVERYDAY),
        Line("action list -p ann", TALKS | {ANN, ANN_PRIVATE}, EVERYDAY),
    ),
    "action show": (
        Line(f"action show {PRIVATE_PROMISE}", marks(PRIVATE), ITSELF),
        Line(f"action show {SET_PROMISE}", marks(ANN), ITSELF),
    ),
    "action done": (Line(f"action done {PRIVATE_PROMISE}", marks(PRIVATE), EVERYDAY),),
    "action drop": (Line(f"action drop {PRIVATE_PROMISE}", marks(PRIVATE), EVERYDAY),),
    "action reopen": (Line(f"action reopen {CLOSED}", marks(PRIVATE), EVERYDAY),),
    "action move": (Line(f"action move {PRIVATE_PROMISE} --to fri", marks(PRIVATE), EVERYDAY),),
    "action edit": (
        Line(f"action edit {PRIVATE_PROMISE} --confidence 5", marks(PRIVATE), EVERYDAY),
    ),
    "action note": (Line(f"action note {PRIVATE_PROMISE} --text x", marks(PRIVATE), EVERYDAY),),
    "goal add": (Line("goal add ann --title x --private"),),
    "goal list": (Line("goal list --all", TALKS, EVERYDAY), Line("goal list ann", TALKS, EVERYDAY)),
    "goal show": (Line(f"goal show {PRIVATE_GOAL}", marks(PRIVATE), ITSELF),),
    "goal rate": (Line(f"goal rate {PRIVATE_GOAL} 1", marks(PRIVATE), EVERYDAY),),
    "goal close": (Line(f"goal close {PRIVATE_GOAL}", marks(PRIVATE), EVERYDAY),),
    "goal reopen": (Line(f"goal reopen {CLOSED_GOAL}", marks(PRIVATE), EVERYDAY),),
    "plan show": (
        Line("plan show ann --all", marks(OPEN)),
        Line("plan show ann --all --private", TALKS, ASKED),
    ),
    "plan export": (
        Line("plan export ann --all", marks(OPEN)),
        Line("plan export ann --all --style tasks --output {out}/plan.md", marks(OPEN)),
        Line("plan export ann --all --private", TALKS, ASKED),
        Line("plan export --set ward --output {out}", marks(ANN, BEN), SETS),
        Line(
            "plan export --set ward --output {out} --private", marks(ANN, BEN, ANN_PRIVATE), ASKED
        ),
        Line("plan export --set ward --whole-set --yes", IN_SET, SETS),
        Line("plan export --set ward --whole-set --yes --private", IN_SET_PRIVATE, ASKED),
    ),
    "set add": (Line("set add Chairs -m ann -m ben"),),
    "set list": (Line("set list --archived"),),
    "set show": (Line("set show ward", IN_SET_PRIVATE, EVERYDAY),),
    "set edit": (Line("set edit ward --every 4w"),),
    "set archive": (Line("set archive ward"),),
    "history show": (
        Line("history ann", marks(OPEN)),
        Line("history show ann --full", marks(OPEN)),
        Line("history show ann --full --private", SAID, ASKED),
    ),
    "history export": (
        Line("history export ann --full", marks(OPEN)),
        Line("history export ann --full --output {out}/history.md", marks(OPEN)),
        Line("history export ann --full --private", SAID, ASKED),
    ),
    "progress": (
        Line("progress", marks(OPEN)),
        Line("progress --private", TALKS, ASKED),
        Line("progress ann", marks(OPEN)),
        Line("progress ann --private", SAID, ASKED),
        Line("progress --picture {out}/progress.svg", marks(OPEN), json=False),
        Line("progress --ledger", marks(OPEN)),
        Line("progress --ledger --private", TALKS, ASKED),
        Line("progress --ledger --picture {out}/ledger.html", marks(OPEN), json=False),
        Line(f"progress --measure {OPEN}-drive", marks(OPEN)),
        Line(f"progress --measure {HEALTH}-sleep", marks(OPEN, HEALTH), NAMED),
        Line("progress --set ward", marks(ALL), SETS),
        Line("progress --set ward --private", marks(ALL, ALL_PRIVATE), ASKED),
        Line("progress --set ward --ledger", IN_SET, SETS),
        Line("progress --set ward --ledger --private", IN_SET_PRIVATE, ASKED),
        Line("progress --shadow", marks(OPEN)),
        Line("progress --shadow --private", TALKS, ASKED),
    ),
    "pulse new": (Line("pulse new --output {out}"),),
    "pulse add": (Line("pulse add 0000", code=2),),
    "pulse show": (Line("pulse show"),),
    "pulse list": (Line("pulse list"),),
    "pulse sheet": (Line("pulse sheet --output {out}"),),
    "demo": (Line("demo {home}", code=4),),
}


def commands() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every command as it is typed, with what runs it."""
    yield "", root
    for noun in (name for group in COMMANDS.values() for name in group):
        registered = import_module(f"coachlog.cli.{noun}").app.registered_commands
        for info in registered:
            assert info.callback
            verb = info.name or info.callback.__name__
            yield noun if len(registered) == 1 else f"{noun} {verb}", info.callback


CALLBACKS = dict(commands())
PAIRS = [(command, line) for command, lines in LINES.items() for line in lines]


def test_every_command_has_a_line() -> None:
    assert set(LINES) == set(CALLBACKS)


@pytest.mark.parametrize("command", CALLBACKS, ids=lambda command: command or "coachlog")
def test_what_is_shown_on_request_is_tried_with_and_without(command: str) -> None:
    """A command that marks what it makes as private has the same flag, and another meaning."""
    if "private" not in inspect.signature(CALLBACKS[command]).parameters:
        return
    if command in ("action add", "action edit", "goal add"):
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
    takes_json = "as_json" in inspect.signature(CALLBACKS[command]).parameters
    ways = [[], ["--json"]] if takes_json and line.json else [[]]
    seen = [
        outcome(marked, line, flags, home, tmp_path / f"out{number}")
        for number, flags in enumerate(ways)
    ]
    assert [shown - line.shows for shown in seen] == [frozenset()] * len(seen)
    assert frozenset().union(*seen) == line.shows


def outcome(run: Run, line: Line, flags: list[str], home: Path, out: Path) -> frozenset[str]:
    """Return the marks in all that a command prints, asks, tells and writes to files."""
    out.mkdir()
    words = shlex.split(line.typed.format(out=out, home=home))
    person = ScriptedPerson(line.replies, skip=True) if line.replies is not None else None
    ran = run(*words, *flags, input=line.input, person=person)
    assert ran.code == line.code, ran.err
    texts = [ran.out, ran.err]
    texts += [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()]
    if person:
        texts.append(
            repr((person.read, person.told, person.rows, person.offered, person.summed_up))
        )
    return seen_in(*texts)


def seen_in(*texts: str) -> frozenset[str]:
    """Return the marks in some words, in whatever letters."""
    whole = "\n".join(texts).casefold()
    return frozenset(mark for mark in MARKS if mark in whole)


# What is made for one person


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param("", {"ann-obi": {ANN}, "ben-ek": {BEN}}, id="plain"),
        pytest.param("--private", {"ann-obi": {ANN, ANN_PRIVATE}, "ben-ek": {BEN}}, id="private"),
    ],
)
def test_a_presenters_page_has_nothing_of_the_others(
    marked: Run, tmp_path: Path, flags: str, expected: dict[str, set[str]]
) -> None:
    ran = marked(
        "plan", "export", "--set", "ward", "--output", str(tmp_path / "pages"), *flags.split()
    )
    assert ran.code == 0
    pages = (tmp_path / "pages").iterdir()
    shown = {path.stem.split("-", 5)[-1]: seen_in(path.read_text("utf-8")) for path in pages}
    assert shown == expected


# Completion


COMPLETED: dict[str, tuple[str, frozenset[str], str]] = {
    "suggest_people": ("brief ", marks(), ""),
    "suggest_owners": ("action list --owner ", marks(), ""),
    "suggest_actions": ("action show ", TALKS | IN_SET_PRIVATE, EVERYDAY),
    "suggest_open_actions": ("action done ", TALKS | IN_SET_PRIVATE, EVERYDAY),
    "suggest_closed_actions": ("action reopen ", marks(PRIVATE), EVERYDAY),
    "suggest_goals": ("goal show ", TALKS, EVERYDAY),
    "suggest_open_goals": ("goal rate ", TALKS, EVERYDAY),
    "suggest_closed_goals": ("goal reopen ", marks(PRIVATE), EVERYDAY),
    "suggest_sessions": ("session show ", marks(), ""),
    "suggest_deleted_sessions": ("session restore ", marks(), ""),
    "suggest_tags": ("session new --tag ", marks(), ""),
    "suggest_styles": ("plan export ann --style ", marks(), ""),
    "suggest_files": ("plan export ann --output ", marks(), ""),
    "suggest_folders": ("pulse new --output ", marks(), ""),
    "suggest_formats": ("plan export ann --format ", marks(), ""),
    "suggest_pulses": ("pulse show ", marks(), ""),
    "suggest_drafts": ("session resume ", marks(), ""),
    "suggest_measures": (
        *("progress --measure ", SAID | {ANN, ALL, ALL_PRIVATE}),
        "names of measures, which templates give",
    ),
    "suggest_sets": ("set show ", marks(), ""),
    "suggest_templates": ("template show ", marks(), ""),
}


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
    words = offered(home, line)
    assert words != "{}"
    assert seen_in(words) == shows


# What everyday screens are to become


@pytest.mark.parametrize(
    ("command", "line"),
    [(command, line) for command, line in PAIRS if line.why == EVERYDAY],
    ids=[line.typed or "coachlog" for _, line in PAIRS if line.why == EVERYDAY],
)
def test_one_name_veils_every_everyday_screen(
    marked: Run,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    line: Line,
) -> None:
    """What a set said stays in the owner's own lists, without what is private there."""
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", Audience.OWNER_AT_SCREEN)
    veiled = line._replace(shows=line.shows - {PRIVATE, ANN_PRIVATE, ALL_PRIVATE})
    test_what_a_command_shows(marked, home, tmp_path, command, veiled)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("way", [way for way in COMPLETED if "action" in way or "goal" in way])
def test_one_name_veils_completion(home: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", Audience.OWNER_AT_SCREEN)
    line, shows, _ = COMPLETED[way]
    assert seen_in(offered(home, line)) == shows - {PRIVATE, ANN_PRIVATE, ALL_PRIVATE}


# The SQL that says the same


@pytest.mark.usefixtures("marked")
def test_sql_and_rule_agree_on_what_comes_up_between_two(console: Console) -> None:
    with console.desk.read() as db:
        between = disclosure.exclude_set_actions(reading.read_actions(db))
        rows = db.execute(
            f"SELECT id FROM action WHERE {row_filters.ACTION_OUTSIDE_SETS}"
        ).fetchall()
    assert {id for (id,) in rows} == {action.id for action in between} != set()


@pytest.mark.usefixtures("marked")
def test_sql_and_model_agree_on_which_conversations_are_of_no_set(console: Console) -> None:
    with console.desk.read() as db:
        alone = {session.id for session in reading.read_sessions(db) if session.set is None}
        rows = db.execute(
            f"SELECT id FROM session WHERE {row_filters.SESSION_OUTSIDE_SETS} AND status = 'held' "
            "AND deleted_at IS NULL"
        ).fetchall()
    assert {id for (id,) in rows} == alone != set()
