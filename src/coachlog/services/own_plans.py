"""The owner's own plan: as they see it, and as whoever reads it may."""

import re
from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput, NotFound, Refusal
from coachlog.model.own_plans import OwnPlan, PlanPicks, PlanView
from coachlog.rules import own_plans
from coachlog.rules.progress_notes import list_progress_notes
from coachlog.services.desk import Desk, is_own_plan
from coachlog.services.own_plan_names import is_owner_name
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.people import Person
    from coachlog.rules.progress_notes import NoteKey

_DAYS_CLOSED = 28
"""What was done or dropped within so many days is in the owner's own plan."""
_PICK_NOUNS = {
    own_plans.ACTION_MARK: "promise",
    own_plans.GOAL_MARK: "goal",
    own_plans.ANSWER_MARK: "answer",
}
_PICK_NUMBERS = re.compile(r"([0-9]{1,18})(?:[.]([0-9]{1,18}))?")
"""A number and, for a note, its place among those on a promise."""


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
    from coachlog.store.reading import person_queries

    with desk.read() as db:
        if is_own_plan(name) or is_owner_name(db, name):
            raise InvalidInput(
                "--for is for somebody else. Nothing was done.",
                "For a page of your own, leave it out.",
            )
        return person_queries.find_person(db, name)


def parse_plan_picks(
    plan: OwnPlan, includes: Sequence[str], lesson_ids: Sequence[int]
) -> PlanPicks:
    """Return what the owner picked: a promise as `12`, `goal:3`, `answer:4`, `note:12.1`.

    `lesson_ids` are more answers, by their numbers alone. Raises InvalidInput for what is none of
    these, NotFound for what is not in their plan, and Refusal for what was promised in a set, which
    stays there.
    """
    picks: dict[str, set[int]] = {mark: set() for mark in _PICK_NOUNS}
    picks[own_plans.ANSWER_MARK].update(lesson_ids)
    note_picks: set[NoteKey] = set()
    for words in includes:
        mark, id, place = _parse_pick(words)
        if mark == own_plans.NOTE_MARK:
            note_picks.add((id, place))
        else:
            picks[mark].add(id)
    actions = {promise.action.id: promise.action for promise in plan.promises}
    plan_ids: dict[str, Container[int]] = {
        own_plans.ACTION_MARK: actions,
        own_plans.GOAL_MARK: [goal.id for goal in plan.goals],
        own_plans.ANSWER_MARK: [lesson.id for lesson in plan.lessons],
    }
    for mark, ids in picks.items():
        _require_in_plan(ids, plan_ids[mark], _PICK_NOUNS[mark])
    _require_notes(note_picks, actions.values())
    action_picks = picks[own_plans.ACTION_MARK]
    for id in sorted(action_picks):
        if actions[id].set is not None:
            raise Refusal(
                f"Promise {id} was made in a set, and stays there. Nothing was written."
            )
    return PlanPicks(
        actions=frozenset(action_picks),
        goals=frozenset(picks[own_plans.GOAL_MARK]),
        lessons=frozenset(picks[own_plans.ANSWER_MARK]),
        notes=frozenset(note_picks),
    )


def _parse_pick(words: str) -> tuple[str, int, int]:
    """Return the mark of what is picked, its number and, of a note, its place: `note:12.1`.

    `goal:3` is a goal, `12` a promise; these have the place 0.
    """
    pick = words.strip().casefold()
    mark = own_plans.ACTION_MARK
    if ":" in pick:
        mark = pick[: pick.index(":") + 1]
    numbers = _PICK_NUMBERS.fullmatch(pick.removeprefix(mark))
    is_note = mark == own_plans.NOTE_MARK
    if numbers and (is_note or mark in _PICK_NOUNS):
        id, place = numbers.groups()
        if is_note == bool(place):
            return mark, int(id), int(place or 0)
    raise InvalidInput(
        f"“{shorten_text(words, 40)}” is not the number of a promise, goal or note. "
        "Nothing was written.",
        "A promise is --include 12, a goal --include goal:3, an answer --learned 4, "
        "the first note on promise 12 --include note:12.1.",
    )


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
