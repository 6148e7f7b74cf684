"""Goals: listed, added, rated, closed and reopened.

Each function imports only what it needs: a list asks nothing, and a change reads little.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.errors import InvalidInput
from coachlog.model.actions import Action
from coachlog.model.attainment import Attainment
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk, is_own_plan
from coachlog.services.inputs import read_option_text
from coachlog.services.results import UNDO_STEP, Result, phrase_other_day
from coachlog.text import shorten_text

if TYPE_CHECKING:
    from coachlog.services.goal_options import GoalOptions


class GoalList(NamedTuple):
    """The goals to show, and how far each person's goals, taken together, were reached."""

    goals: list[Goal]
    attainments: list[Attainment]


def list_goals(
    desk: Desk,
    name: str | None = None,
    *,
    include_closed: bool = False,
    private: bool = False,
) -> GoalList:
    """Return the goals of everyone, of the person of this name, or with `me` of the owner.

    `include_closed` adds those that ended, `private` the words of private goals. Raises NotFound if
    the name fits nobody, or more than one person.
    """
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    owner_only = name is not None and is_own_plan(name)
    with desk.read() as db:
        person_id = None if owner_only else desk.find_person_id(db, name)
        all_goals = goal_queries.read_goals(
            db, person_id=person_id, owner_only=owner_only, with_details=True
        )
    all_goals = disclosure.veil_everyday_entries(all_goals, private=private)
    attainments = list(_compute_attainments(all_goals))
    if include_closed:
        return GoalList(all_goals, attainments)
    open_goals = [goal for goal in all_goals if goal.status is GoalStatus.OPEN]
    return GoalList(open_goals, attainments)


def _compute_attainments(all_goals: Sequence[Goal]) -> Iterator[Attainment]:
    """Yield how far the goals of each person were reached, where enough of them have levels."""
    from coachlog.rules.goals import judge_attainment

    for person in dict.fromkeys(goal.person for goal in all_goals):
        attainment = judge_attainment(
            goal for goal in all_goals if goal.person == person
        )
        if attainment is not None:
            yield attainment


class GoalOverview(NamedTuple):
    """One goal with the actions that serve it, and how far it and its like were reached together.

    `attainment` is None for a goal without levels, and where there are too few with them.
    """

    goal: Goal
    actions: list[Action]
    attainment: Attainment | None


def load_goal(desk: Desk, id: int, *, private: bool = False) -> GoalOverview:
    """Return one goal with its ratings, and the actions that serve it.

    Without `private`, those that are private come without their words. Raises NotFound if there is
    no such goal, and DamagedJournal if anything in this is not as it was written.
    """
    from coachlog.rules import disclosure
    from coachlog.store.reading import action_queries, goal_queries
    from coachlog.store.shown_rows import require_sound_entries, require_sound_promises

    alike_goals: list[Goal] = []
    with desk.read() as db:
        goal = goal_queries.read_goal(db, id)
        actions = action_queries.read_actions(db, goal_id=id)
        require_sound_promises(db, actions)
        if goal.scale is GoalScale.ATTAINMENT:
            alike_goals = goal_queries.read_goals(
                db,
                person_id=goal.person.id if goal.person else None,
                owner_only=goal.person is None,
                with_details=True,
            )
        require_sound_entries(db, goals=[id, *(goal.id for goal in alike_goals)])
    (shown_goal,) = disclosure.veil_everyday_entries([goal], private=private)
    return GoalOverview(
        goal=shown_goal,
        actions=disclosure.veil_everyday_entries(actions, private=private),
        attainment=next(_compute_attainments(alike_goals), None),
    )


def add_goal(desk: Desk, name: str | None, options: "GoalOptions") -> Result:
    """Add a goal of the person of this name, or of the owner; what is missing is asked for.

    Raises Refusal if an open goal of theirs has the same title.
    """
    from coachlog.rules import disclosure
    from coachlog.services import goal_options

    person = desk.load_plan_person(name)
    person_id = person.id if person else None
    goal = goal_options.build_goal_from_options(desk, options, person_id)
    from coachlog.store.writing.goal_changes import insert_goal

    with desk.change(create=person is None) as change:
        id = insert_goal(change, goal, on=desk.today, person_id=person_id)
    title = disclosure.veil_everyday_words(goal.title, private=goal.private)
    words = shorten_text(title, 60)
    remarks = []
    if goal.review_on:
        day = dates.format_long_day(goal.review_on)
        words += f", review {day}"
        if goal.review_on < desk.today:
            remarks.append(f"{day} has passed. Is that the right day for the review?")
    return Result(
        f"Added goal {id}: {words}. Next: coachlog goal rate {id}", tuple(remarks)
    )


def rate_goal(
    desk: Desk,
    id: int,
    value: str | None,
    note: str | None,
    *,
    on: date,
    review: str | None = None,
) -> Result:
    """Record how far a goal had got on that day; a missing value is asked for.

    A rating on or after the day of its review answers it, and asks for the next, which `review`
    gives. Raises InvalidInput for a value that is not on the goal's scale, and Refusal for a closed
    goal.
    """
    from coachlog.rules import disclosure
    from coachlog.rules.goals import is_goal_reached

    goal = _load_bare_goal(desk, id)
    number = _settle_goal_value(desk, goal, value)
    rating = Rating(on=on, value=number, note=read_option_text(note))
    answered_review = (
        goal.review_on if goal.review_on and goal.review_on <= on else None
    )
    next_review = _settle_next_review(desk, review, rating, answered_review)
    from coachlog.store.reading import goal_queries
    from coachlog.store.writing.goal_changes import insert_rating

    with desk.change() as change:
        insert_rating(change, id, rating, next_review)
        goal = goal_queries.read_goal(change.connection, id)
    (goal,) = disclosure.veil_everyday_entries([goal])
    next_verb = "close" if is_goal_reached(goal) else "show"
    words = _describe_goal_rating(goal, rating, desk.today)
    remarks = []
    if answered_review and not next_review:
        day = dates.format_long_day(answered_review)
        remarks.append(
            f"That answers the review of {day}. For the next one: coachlog goal edit {id} "
            "--review DATE"
        )
    return Result(f"{words} Next: coachlog goal {next_verb} {id}", tuple(remarks))


def _settle_goal_value(desk: Desk, goal: Goal, value: str | None) -> int:
    """Return how far a goal has got, as it was typed, or else asked for."""
    if value is None:
        from coachlog.services.goal_options import ask_goal_value

        return ask_goal_value(desk, goal)
    from coachlog.services.goal_values import parse_goal_value

    return parse_goal_value(goal, value)


def _settle_next_review(
    desk: Desk, review: str | None, rating: Rating, answered_review: date | None
) -> date | None:
    """Return when to look at a goal again: as given or, if a review is answered, as asked for.

    Raises InvalidInput for a day that is not after the rating.
    """
    if review is None:
        if answered_review is None or not desk.interactive:
            return None
        from coachlog.services.goal_options import ask_next_review

        return ask_next_review(desk, rating.on)
    from coachlog.services.goal_values import parse_review_day

    next_review = parse_review_day(desk, review)
    if next_review is not None and next_review <= rating.on:
        raise InvalidInput(
            f"{dates.format_long_day(next_review)} is not after the day of this rating, which "
            "answers a review on that day. Nothing was changed.",
            "Choose a later day.",
        )
    return next_review


def _load_bare_goal(desk: Desk, id: int) -> Goal:
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.read_goal(db, id)


def _describe_goal_rating(goal: Goal, rating: Rating, today: date) -> str:
    """Return what was rated and, if there is a later rating, that it remains the latest."""
    from coachlog.rules.goals import ATTAINMENT_WORDS

    title = f"{goal.id} {shorten_text(goal.title, 50)}"
    latest = goal.now
    if goal.scale is GoalScale.ATTAINMENT:
        words = f"{title}, {ATTAINMENT_WORDS[rating.value]}"
        now = "" if latest is None else ATTAINMENT_WORDS[latest]
    else:
        words = f"{title}, {rating.value} of 10"
        if goal.target:
            words += f", target {goal.target}"
        now = str(latest)
    if latest is None or goal.ratings[-1].on == rating.on:
        return f"Rated: {words}."
    day = dates.format_short_day(rating.on, today)
    return f"Rated for {day}: {words}; the latest rating is still {now}."


def close_goal(desk: Desk, id: int, status: GoalStatus | None, *, on: date) -> Result:
    """Close a goal on that day, achieved or dropped; None is achieved, if it has been reached.

    Where what is on record says otherwise, it is asked for. Raises Refusal if it is closed already.
    """
    if status is None:
        status = _settle_goal_end(desk, id)
    from coachlog.store.writing.goal_changes import close_goal_row

    with desk.change() as change:
        title = close_goal_row(change, id, status, on=on)
    outcome = f"{status.value.capitalize()}{phrase_other_day(on, desk.today)}"
    return Result(f"{outcome}: {id} {shorten_text(title, 50)}. {UNDO_STEP}")


def _settle_goal_end(desk: Desk, id: int) -> GoalStatus:
    """Return how a goal ends: achieved, unless it is short of its target and somebody says so."""
    from coachlog.rules.goals import is_goal_short

    goal = _load_bare_goal(desk, id)
    if goal.closed_on or not is_goal_short(goal):
        return GoalStatus.ACHIEVED
    from coachlog.services import goal_options

    return goal_options.ask_goal_end(desk, goal)


def reopen_goal(desk: Desk, id: int) -> Result:
    """Reopen a closed goal; raises Refusal if it is open, or another open goal has its title."""
    from coachlog.store.writing.goal_changes import reopen_goal_row

    with desk.change() as change:
        title = reopen_goal_row(change, id)
    return Result(
        f"Reopened: {id} {shorten_text(title, 50)}. See: coachlog goal show {id}"
    )
