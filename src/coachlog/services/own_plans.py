"""The owner's own plan: as they see it, and as whoever reads it may."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.plans import OwnPlan, PlanPicks, PlanView
from coachlog.names import is_meant_by, is_same_name, match_by_name
from coachlog.rules import own_plans
from coachlog.rules.progress_notes import list_progress_notes
from coachlog.services.desk import Desk, is_own_plan
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.model import Action, Person
    from coachlog.rules.progress_notes import NoteKey
    from coachlog.store.database import Connection

_DAYS_CLOSED = 28
"""What was done or dropped within so many days is in the owner's own plan."""
_GOAL_MARK = "goal:"
_NOTE_MARK = "note:"
_LONGEST_NUMBER = 19


def names_own_plan(desk: Desk, name: str) -> bool:
    """Return whether a name means the owner's own plan: `me`, or their own name.

    The beginning of their name is enough where it fits nobody in the journal.
    """
    if is_own_plan(name):
        return True
    with desk.read() as db:
        return _is_owner_name(db, name)


def _is_owner_name(db: "Connection", name: str) -> bool:
    from coachlog.store import reading

    own_name = reading.read_owner_name(db)
    if not own_name:
        return False
    if is_same_name(name, own_name):
        return True
    if not is_meant_by(name, own_name):
        return False
    people = reading.read_people(db, include_archived=True)
    return not match_by_name(people, name)


def load_own_plan(
    desk: Desk, reader_name: str | None, *, everything: bool, private: bool
) -> OwnPlan:
    """Return the owner's own plan as it is on their screen, or as a reader of it may see it.

    `everything` adds what was closed long ago, and `private` what is private or about health.
    Raises what `find_plan_reader` and `load_whole_plan` raise.
    """
    reader = find_plan_reader(desk, reader_name, private=private)
    plan = load_whole_plan(desk, reader, everything=everything)
    view = PlanView(reader, is_page=reader is not None, private=private)
    return own_plans.restrict_own_plan(plan, view)


def load_whole_plan(
    desk: Desk, reader: "Person | None", *, everything: bool
) -> OwnPlan:
    """Return the whole of the owner's own plan: nobody sees it before it was restricted.

    Raises Refusal if whoever is to read it has no part in it.
    """
    from coachlog.store.reading import own_plan_queries

    closed_since = desk.today - timedelta(days=_DAYS_CLOSED)
    if everything:
        closed_since = date.min
    with desk.read() as db:
        plan = own_plan_queries.read_own_plan(
            db, desk.today, closed_since=closed_since, reader=reader
        )
    if reader is not None and not own_plans.has_part(plan, reader):
        raise Refusal(
            f"{reader.name} has no part in your own plan: nothing in it was promised "
            "with them. Nothing was done.",
            "It can be for your manager, coach, mentor or supervisor, and for whoever "
            "a promise in it is with.",
        )
    return plan


def find_plan_reader(desk: Desk, name: str | None, *, private: bool) -> "Person | None":
    """Return who is to read the owner's own plan; None for no name, as it is their own page.

    Raises InvalidInput for `private` with a name, or for the owner's own name, and NotFound if the
    name fits nobody, or more than one person.
    """
    if name is None:
        return None
    if private:
        raise InvalidInput(
            "With --for, --private would show all that is private. Nothing was done.",
            "Pick what is for them, one by one: --include ID",
        )
    from coachlog.store import reading

    with desk.read() as db:
        if is_own_plan(name) or _is_owner_name(db, name):
            raise InvalidInput(
                "--for is for somebody else. Nothing was done.",
                "For a page of your own, leave it out.",
            )
        return reading.find_person(db, name)


def parse_plan_picks(
    plan: OwnPlan, includes: Sequence[str], lesson_ids: Sequence[int]
) -> PlanPicks:
    """Return what the owner picked: promises as `12`, goals as `goal:3`, notes as `note:12.1`.

    Answers are given by their number.

    Raises InvalidInput for what is neither, NotFound for what is not in their plan, and Refusal
    for what was promised in a set, which stays there.
    """
    action_picks, goal_picks, note_picks = set(), set(), set()
    for words in includes:
        pick = words.strip().casefold()
        if pick.startswith(_GOAL_MARK):
            goal_picks.add(_parse_pick(pick.removeprefix(_GOAL_MARK), words))
        elif pick.startswith(_NOTE_MARK):
            note_picks.add(_parse_note_pick(pick.removeprefix(_NOTE_MARK), words))
        else:
            action_picks.add(_parse_pick(pick, words))
    actions = {promise.action.id: promise.action for promise in plan.promises}
    _require_in_plan(action_picks, actions, "promise")
    _require_in_plan(goal_picks, [goal.id for goal in plan.goals], "goal")
    _require_in_plan(lesson_ids, [lesson.id for lesson in plan.lessons], "answer")
    _require_notes(note_picks, actions.values())
    for id in sorted(action_picks):
        if actions[id].set is not None:
            raise Refusal(
                f"Promise {id} was made in a set, and stays there. Nothing was written."
            )
    return PlanPicks(
        frozenset(action_picks),
        frozenset(goal_picks),
        frozenset(lesson_ids),
        frozenset(note_picks),
    )


def _parse_pick(digits: str, words: str) -> int:
    if digits.isascii() and digits.isdigit() and len(digits) < _LONGEST_NUMBER:
        return int(digits)
    raise InvalidInput(
        f"“{shorten_text(words, 40)}” is not the number of a promise, goal or note. "
        "Nothing was written.",
        "A promise is --include 12, a goal goal:3, the first note on promise 12 note:12.1.",
    )


def _parse_note_pick(digits: str, words: str) -> "NoteKey":
    action_digits, _, note_digits = digits.partition(".")
    return _parse_pick(action_digits, words), _parse_pick(note_digits, words)


def _require_notes(picks: Iterable["NoteKey"], actions: Iterable["Action"]) -> None:
    """Raise NotFound for a note that is on no promise of the owner's own plan."""
    keys = {
        (note.action, note.number)
        for action in actions
        for note in list_progress_notes(action)
    }
    for id, number in sorted(picks):
        if (id, number) not in keys:
            raise NotFound(
                f"There is no note {number} on a promise {id} in your own plan. "
                "Nothing was written.",
                f"See: coachlog action show {id}",
            )


def _require_in_plan(picks: Iterable[int], plan_ids: Container[int], noun: str) -> None:
    """Raise NotFound for a number that is not in the owner's own plan."""
    for id in sorted(picks):
        if id not in plan_ids:
            raise NotFound(
                f"There is no {noun} {id} in your own plan. Nothing was written.",
                "See: coachlog plan show me",
            )
