"""The owner's own plan: where each promise stands in it, and who may see what of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from coachlog.model.actions import ME, Action
from coachlog.model.goals import Goal
from coachlog.model.own_plans import (
    Lesson,
    OwnPlan,
    OwnPromise,
    PlanView,
    ProgressNote,
    PromiseGroup,
    Reservation,
    ReservedEntry,
    ReviewDay,
)
from coachlog.model.people import Direction, Person
from coachlog.model.supports import Support
from coachlog.rules import disclosure
from coachlog.rules.directions import find_direction, is_above_owner
from coachlog.rules.disclosure import (
    SHOWN,
    Secret,
    find_reservation,
    find_secrets,
    judge_access,
)
from coachlog.rules.progress_notes import keep_progress_notes, list_progress_notes

Entry = TypeVar("Entry", OwnPromise, Goal, Lesson, Support, ProgressNote)

ACTION_MARK, GOAL_MARK, ANSWER_MARK, NOTE_MARK = "", "goal:", "answer:", "note:"
"""What the number of each kind of entry begins with where it is picked for a page."""
_DIRECTION_GROUPS = {
    Direction.UP: PromiseGroup.UP,
    Direction.TEAM: PromiseGroup.TEAM,
    Direction.ACROSS: PromiseGroup.ACROSS,
}


def choose_promise_group(
    action: Action, partners: Sequence[Person]
) -> PromiseGroup | None:
    """Return where a promise stands in the owner's own plan; None where it is no part of it.

    `partners` are the people with whom it was made. Every promise of the owner's is part of it,
    whoever it was made with. Somebody else's is part of it if it was made for that plan, or is in
    the plan kept with somebody above the owner.
    """
    if action.owner != ME:
        is_kept_above = any(map(is_above_owner, _list_plan_people(action, partners)))
        is_for_owner = action.person is None or is_kept_above
        return PromiseGroup.OTHERS if is_for_owner and not action.set else None
    if action.set is not None:
        return PromiseGroup.SET
    if not partners:
        return PromiseGroup.ALONE
    people = _list_plan_people(action, partners) or list(partners)
    if any(map(is_above_owner, people)):
        return PromiseGroup.UP
    return _DIRECTION_GROUPS[find_direction(people[0].relationship)]


def _list_plan_people(action: Action, partners: Iterable[Person]) -> list[Person]:
    """Return the person in whose plan a promise is; nobody for the owner's own plan."""
    if action.person is None:
        return []
    return [partner for partner in partners if partner.id == action.person.id]


def sort_own_promises(promises: Iterable[OwnPromise]) -> list[OwnPromise]:
    """Return the promises group by group; those of a group stay in their order."""
    groups = list(PromiseGroup)
    return sorted(promises, key=lambda promise: groups.index(promise.group))


def has_part(plan: OwnPlan, reader: Person) -> bool:
    """Return whether somebody has a part in the owner's own plan.

    They have one if they are up from the owner, as it is shaped with them, or if something in it
    was promised with them.
    """
    if is_above_owner(reader):
        return True
    return any(reader.id in _list_partner_ids(promise) for promise in plan.promises)


def is_shareable(plan: OwnPlan) -> bool:
    """Return whether anything in a plan is for whoever reads it: a goal, promise or answer."""
    return bool(plan.goals or plan.promises or plan.lessons)


def restrict_own_plan(plan: OwnPlan, view: PlanView) -> OwnPlan:
    """Return what is seen of the owner's own plan, and the rest as `reserved`.

    A reader sees what is the owner's alone, and what was promised with them. What was promised with
    others, what is private or about health, and what was learned is on a page only if it was
    picked; what was promised in a set never is. Support that somebody else gives for what is the
    owner's alone is left out, and so is what the owner noted about promises, or when they rated a
    goal. Goals keep the numbers of the promises seen.
    """
    picks = view.picks
    promises, reserved_promises = _split_own_entries(
        plan.promises,
        lambda promise: _judge_own_entry(
            promise.action,
            _list_partner_ids(promise),
            view,
            is_picked=promise.action.id in picks.actions,
        ),
    )
    goals, reserved_goals = _split_own_entries(
        plan.goals,
        lambda goal: _judge_own_entry(goal, (), view, is_picked=goal.id in picks.goals),
    )
    lessons, reserved_lessons = _split_own_entries(
        plan.lessons, lambda lesson: _judge_lesson(lesson, view)
    )
    action_ids = {promise.action.id for promise in promises}
    supports, reserved_supports = _split_supports(plan.supports, promises, view)
    seen_ids = {support.action for support in supports}
    promises = [_hide_support(promise, seen_ids) for promise in promises]
    promises, reserved_notes = _split_notes(promises, view)
    goal_ids = {goal.id for goal in goals}
    return plan._replace(
        reader=view.reader,
        promises=tuple(promises),
        goals=tuple(_keep_goal_actions(goal, action_ids, view) for goal in goals),
        lessons=tuple(lessons),
        reviews=tuple(
            review for review in plan.reviews if _is_review_seen(review, goal_ids, view)
        ),
        supports=tuple(supports),
        reserved=(
            *reserved_promises,
            *reserved_goals,
            *reserved_lessons,
            *reserved_supports,
            *reserved_notes,
        ),
    )


def name_pick(entry: OwnPromise | Goal | Lesson | Support | ProgressNote) -> str:
    """Return how an entry is picked for a page: `12`, `goal:3`, `answer:4`, `note:12.1`.

    Support goes with its promise, and has its number. A note has its place among those on it.
    """
    if isinstance(entry, ProgressNote):
        return f"{NOTE_MARK}{entry.action}.{entry.number}"
    if isinstance(entry, Goal):
        return f"{GOAL_MARK}{entry.id}"
    if isinstance(entry, Lesson):
        return f"{ANSWER_MARK}{entry.id}"
    if isinstance(entry, Support):
        return f"{ACTION_MARK}{entry.action}"
    return f"{ACTION_MARK}{entry.action.id}"


def _split_supports(
    supports: Iterable[Support], promises: Iterable[OwnPromise], view: PlanView
) -> tuple[list[Support], list[ReservedEntry]]:
    """Return the support that is seen for promises that are, and what is left out of it."""
    partner_ids = {
        promise.action.id: _list_partner_ids(promise) for promise in promises
    }

    def judge(support: Support) -> Reservation | None:
        is_seen = view.reader is None or disclosure.is_support_seen(
            support,
            partner_ids[support.action],
            view.reader,
            is_picked=support.action in view.picks.actions,
        )
        return None if is_seen else Reservation.SUPPORT

    known_supports = [support for support in supports if support.action in partner_ids]
    return _split_own_entries(known_supports, judge)


def _split_notes(
    promises: list[OwnPromise], view: PlanView
) -> tuple[list[OwnPromise], list[ReservedEntry]]:
    """Return promises with the notes on them that are seen, and what is left out of these."""
    if view.reader is None:
        return promises, []
    picks = view.picks.notes
    noted_promises = []
    reserved_notes = []
    for promise in promises:
        action = keep_progress_notes(promise.action, picks)
        noted_promises.append(promise._replace(action=action))
        reserved_notes += [
            ReservedEntry(note, Reservation.NOTES)
            for note in list_progress_notes(promise.action)
            if (note.action, note.number) not in picks
        ]
    return noted_promises, reserved_notes


def _hide_support(promise: OwnPromise, seen_ids: Collection[int]) -> OwnPromise:
    """Return a promise without the words of its support, unless these are seen."""
    if promise.action.id in seen_ids:
        return promise
    return promise._replace(action=promise.action._replace(support=None))


def _split_own_entries(
    entries: Iterable[Entry], judge: Callable[[Entry], Reservation | None]
) -> tuple[list[Entry], list[ReservedEntry]]:
    """Return the entries that are seen, and those left out with the reason."""
    visible_entries = []
    reserved_entries = []
    for entry in entries:
        reason = judge(entry)
        if reason is None:
            visible_entries.append(entry)
        else:
            reserved_entries.append(ReservedEntry(entry, reason))
    return visible_entries, reserved_entries


def _judge_own_entry(
    entry: Any, partner_ids: Collection[int], view: PlanView, *, is_picked: bool
) -> Reservation | None:
    """Return why an entry is left out; None if it is seen."""
    if view.reader is not None or view.is_page:
        reader_id = view.reader.id if view.reader else None
        return find_reservation(
            entry, partner_ids, reader_id, is_picked=is_picked or view.private
        )
    audience = disclosure.EVERYDAY_AUDIENCE
    access = judge_access(entry, audience, private=view.private)
    if access == SHOWN:
        return None
    if Secret.HEALTH in find_secrets(entry):
        return Reservation.HEALTH
    return Reservation.PRIVATE


def _judge_lesson(lesson: Lesson, view: PlanView) -> Reservation | None:
    """Return why something learned is left out: from a page, because nobody picked it."""
    is_picked = lesson.id in view.picks.lessons
    is_for_page = view.reader is not None or view.is_page
    reason = _judge_own_entry(lesson.answer, (), view, is_picked=is_picked)
    if reason is None and is_for_page and not is_picked:
        return Reservation.UNPICKED
    return reason


def _list_partner_ids(promise: OwnPromise) -> tuple[int, ...]:
    return tuple(partner.id for partner in promise.partners)


def _keep_goal_actions(goal: Goal, action_ids: Collection[int], view: PlanView) -> Goal:
    """Return a goal with those of its actions that are seen; for a reader, without notes."""
    ratings = goal.ratings
    if view.reader is not None:
        ratings = tuple(rating._replace(note=None) for rating in ratings)
    return goal._replace(
        actions=tuple(id for id in goal.actions if id in action_ids), ratings=ratings
    )


def _is_review_seen(
    review: ReviewDay, goal_ids: Collection[int], view: PlanView
) -> bool:
    """Return whether a day of review is seen: with its goal, or by whom it is with.

    A day that the owner set themselves, alone, is seen by nobody else.
    """
    if review.goal is not None:
        return review.goal in goal_ids
    if review.private and not view.private:
        return False
    if view.reader is None:
        return True
    return view.reader.id in [partner.id for partner in review.partners]
