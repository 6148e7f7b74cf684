"""Goals: listed, added, rated, closed and opened again.

Each function imports what it alone needs: a list asks nothing, and a change reads little.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog import dates
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Person, PersonRef, Rating
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_option_text
from coachlog.services.results import Result
from coachlog.text import fold_text, shorten_text

if TYPE_CHECKING:
    from coachlog.services.goal_options import GoalOptions


class Attainment(NamedTuple):
    """How far the goals with levels of one person, or of the owner, were reached together.

    `score` is the T-score of the `rated` goals; `closed` says that not all of them are open.
    """

    person: PersonRef | None
    score: float
    goal_count: int
    includes_closed: bool


class GoalList(NamedTuple):
    """The goals to show, and how far each person's goals were reached together."""

    goals: list[Goal]
    attainments: list[Attainment]


def list_goals(
    desk: Desk,
    name: str | None = None,
    *,
    include_closed: bool = False,
    include_details: bool = False,
) -> GoalList:
    """Return the goals of everyone, of the person of this name, or with `me` of the owner.

    `closed` adds those that ended, `whole` the ratings and the numbers of actions. `NotFound` if
    the name is nobody's.
    """
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    own = name is not None and fold_text(name) == "me"
    with desk.read() as db:
        who = None if own else desk.find_person(db, name)
        person_id = who.id if who else None
        every = goal_queries.read_goals(
            db, person_id=person_id, owner_only=own, with_details=include_details
        )
    every = disclosure.veil_everyday_entries(every)
    listed = [goal for goal in every if include_closed or goal.status is GoalStatus.OPEN]
    return GoalList(listed, list(_compute_attainments(every)))


def _compute_attainments(all_goals: Sequence[Goal]) -> Iterator[Attainment]:
    """Yield how far the goals of each person were reached, where enough of them have levels."""
    from coachlog import rules

    for person in dict.fromkeys(goal.person for goal in all_goals):
        goals = [goal for goal in all_goals if goal.person == person]
        scores = rules.list_attainment_ratings(goals)
        score = rules.compute_attainment_score(scores)
        if score is not None:
            still_open = rules.list_attainment_ratings(
                goal for goal in goals if goal.status is GoalStatus.OPEN
            )
            yield Attainment(person, score, len(scores), len(scores) > len(still_open))


def load_goal(desk: Desk, id: int) -> tuple[Goal, list[Action]]:
    """Return one goal with its ratings, and the actions that serve it; `NotFound` if none."""
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.read_goal(db, id), reading.read_actions(db, goal_id=id)


def add_goal(desk: Desk, name: str | None, options: "GoalOptions") -> Result:
    """Add a goal of the person of this name, or of the owner; what is missing is asked.

    `Refused` if an open goal of theirs has the same title.
    """
    from coachlog.services import goal_options

    who = _find_goal_person(desk, name)
    person_id = who.id if who else None
    goal = goal_options.build_goal_from_options(desk, options, person_id)
    from coachlog.store.writing.goal_changes import insert_goal

    with desk.change(create=who is None) as change:
        id = insert_goal(change, goal, on=desk.today, person_id=person_id)
    review = f", review {dates.format_long_day(goal.review_on)}" if goal.review_on else ""
    return Result(
        f"Added goal {id}: {shorten_text(goal.title, 60)}{review}. Next: coachlog goal rate {id}",
        _list_goal_remarks(goal, desk.today),
    )


def _find_goal_person(desk: Desk, name: str | None) -> Person | None:
    """Return whose goals are meant; None for the owner's own."""
    if name is None or fold_text(name) == "me":
        return None
    with desk.read() as db:
        return desk.find_person(db, name)


def _list_goal_remarks(goal: Goal, today: date) -> tuple[str, ...]:
    if goal.review_on is None or goal.review_on >= today:
        return ()
    return (
        f"{dates.format_long_day(goal.review_on)} is gone by. Is that the day to look at it again?",
    )


def rate_goal(desk: Desk, id: int, value: str | None, note: str | None, *, on: date) -> Result:
    """Record how far a goal is on that day; a missing value is asked.

    `Invalid` for a value that is not on the goal's scale; `Refused` if the goal is closed.
    """
    from coachlog import rules
    from coachlog.rules import disclosure
    from coachlog.services import goal_options

    goal = _load_bare_goal(desk, id)
    if value is None:
        number = goal_options.ask_goal_value(desk, goal)
    else:
        number = goal_options.parse_goal_value(goal, value)
    rating = Rating(on, number, read_option_text(note) or None)
    from coachlog.store.writing.goal_changes import insert_rating

    with desk.change() as change:
        insert_rating(change, id, rating)
    (goal,) = disclosure.veil_everyday_entries([_load_bare_goal(desk, id)])
    next_verb = "close" if rules.is_goal_reached(goal) else "show"
    words = _describe_goal_rating(goal, rating, desk.today)
    return Result(f"{words} Next: coachlog goal {next_verb} {id}")


def _load_bare_goal(desk: Desk, id: int) -> Goal:
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.read_goal(db, id)


def _describe_goal_rating(goal: Goal, rating: Rating, today: date) -> str:
    """Return what was rated; of a day before the last rating also that nothing else changed."""
    title = f"{goal.id} {shorten_text(goal.title, 50)}"
    words = f"{title}, {_describe_goal_value(goal, rating.value)}{_describe_goal_target(goal)}"
    if goal.now is None or goal.ratings[-1].on == rating.on:
        return f"Rated: {words}."
    now = goal.now if goal.scale is GoalScale.TEN else _describe_goal_value(goal, goal.now)
    return f"Rated for {dates.format_short_day(rating.on, today)}: {words}; now is still {now}."


def _describe_goal_value(goal: Goal, value: int) -> str:
    from coachlog import rules

    return rules.ATTAINMENT_WORDS[value] if goal.scale is GoalScale.ATTAINMENT else f"{value} of 10"


def _describe_goal_target(goal: Goal) -> str:
    if goal.scale is GoalScale.ATTAINMENT or not goal.target:
        return ""
    return f", target {goal.target}"


def close_goal(desk: Desk, id: int, status: GoalStatus, *, on: date) -> Result:
    """Close a goal on that day, achieved or dropped; `Refused` if it is closed already."""
    from coachlog.store.writing.goal_changes import close_goal_row

    with desk.change() as change:
        title = close_goal_row(change, id, status, on=on)
    word = status.value.capitalize()
    return Result(f"{word}: {id} {shorten_text(title, 50)}. Open again: coachlog goal reopen {id}")


def reopen_goal(desk: Desk, id: int) -> Result:
    """Open a closed goal again; `Refused` if it is open, or if its title is taken by now."""
    from coachlog.store.writing.goal_changes import reopen_goal_row

    with desk.change() as change:
        title = reopen_goal_row(change, id)
    return Result(f"Open again: {id} {shorten_text(title, 50)}. Look: coachlog goal show {id}")
