"""Goals: listed, added, rated, closed and opened again.

Each function imports what it alone needs: a list asks nothing, and a change reads little.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coachlog import dates
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Person, PersonRef, Rating
from coachlog.services.desk import Desk
from coachlog.services.inputs import option_text
from coachlog.services.results import Result
from coachlog.text import fold, short

if TYPE_CHECKING:
    from coachlog.services.goal_options import GoalOptions


class Attainment(NamedTuple):
    """How far the goals with levels of one person, or of the owner, were reached together.

    `score` is the T-score of the `rated` goals; `closed` says that not all of them are open.
    """

    person: PersonRef | None
    score: float
    rated: int
    closed: bool


class GoalList(NamedTuple):
    """The goals to show, and how far each person's goals were reached together."""

    goals: list[Goal]
    attainments: list[Attainment]


def list_goals(
    desk: Desk, name: str | None = None, *, closed: bool = False, whole: bool = False
) -> GoalList:
    """Return the goals of everyone, of the person of this name, or with `me` of the owner.

    `closed` adds those that ended, `whole` the ratings and the numbers of actions. `NotFound` if
    the name is nobody's.
    """
    from coachlog.rules import disclosure
    from coachlog.store.reading import goal_queries

    own = name is not None and fold(name) == "me"
    with desk.read() as db:
        who = None if own else desk.person(db, name)
        person_id = who.id if who else None
        every = goal_queries.goals(db, person_id=person_id, own=own, whole=whole)
    every = disclosure.everyday(every)
    listed = [goal for goal in every if closed or goal.status is GoalStatus.OPEN]
    return GoalList(listed, list(_attainments(every)))


def _attainments(every: Sequence[Goal]) -> Iterator[Attainment]:
    """Yield how far the goals of each person were reached, where enough of them have levels."""
    from coachlog import rules

    for person in dict.fromkeys(goal.person for goal in every):
        goals = [goal for goal in every if goal.person == person]
        scores = rules.scores(goals)
        score = rules.attainment(scores)
        if score is not None:
            still_open = rules.scores(goal for goal in goals if goal.status is GoalStatus.OPEN)
            yield Attainment(person, score, len(scores), len(scores) > len(still_open))


def get(desk: Desk, id: int) -> tuple[Goal, list[Action]]:
    """Return one goal with its ratings, and the actions that serve it; `NotFound` if none."""
    from coachlog.store import reading
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.goal(db, id), reading.actions(db, goal_id=id)


def add(desk: Desk, name: str | None, options: "GoalOptions") -> Result:
    """Add a goal of the person of this name, or of the owner; what is missing is asked.

    `Refused` if an open goal of theirs has the same title.
    """
    from coachlog.services import goal_options

    who = _person(desk, name)
    person_id = who.id if who else None
    goal = goal_options.new_goal(desk, options, person_id)
    from coachlog.store.writing.goal_changes import add_goal

    with desk.change(create=who is None) as change:
        id = add_goal(change, goal, on=desk.today, person_id=person_id)
    review = f", review {dates.long(goal.review_on)}" if goal.review_on else ""
    return Result(
        f"Added goal {id}: {short(goal.title, 60)}{review}. Next: coachlog goal rate {id}",
        _remarks(goal, desk.today),
    )


def _person(desk: Desk, name: str | None) -> Person | None:
    """Return whose goals are meant; None for the owner's own."""
    if name is None or fold(name) == "me":
        return None
    with desk.read() as db:
        return desk.person(db, name)


def _remarks(goal: Goal, today: date) -> tuple[str, ...]:
    if goal.review_on is None or goal.review_on >= today:
        return ()
    return (f"{dates.long(goal.review_on)} is gone by. Is that the day to look at it again?",)


def rate(desk: Desk, id: int, value: str | None, note: str | None, *, on: date) -> Result:
    """Record how far a goal is on that day; a missing value is asked.

    `Invalid` for a value that is not on the goal's scale; `Refused` if the goal is closed.
    """
    from coachlog import rules
    from coachlog.rules import disclosure
    from coachlog.services import goal_options

    goal = _goal(desk, id)
    if value is None:
        number = goal_options.ask_value(desk, goal)
    else:
        number = goal_options.value_of(goal, value)
    rating = Rating(on, number, option_text(note) or None)
    from coachlog.store.writing.goal_changes import rate

    with desk.change() as change:
        rate(change, id, rating)
    (goal,) = disclosure.everyday([_goal(desk, id)])
    next_verb = "close" if rules.reached(goal) else "show"
    words = _rated(goal, rating, desk.today)
    return Result(f"{words} Next: coachlog goal {next_verb} {id}")


def _goal(desk: Desk, id: int) -> Goal:
    from coachlog.store.reading import goal_queries

    with desk.read() as db:
        return goal_queries.goal(db, id)


def _rated(goal: Goal, rating: Rating, today: date) -> str:
    """Return what was rated; of a day before the last rating also that nothing else changed."""
    title = f"{goal.id} {short(goal.title, 50)}"
    words = f"{title}, {_value_in_words(goal, rating.value)}{_target(goal)}"
    if goal.now is None or goal.ratings[-1].on == rating.on:
        return f"Rated: {words}."
    now = goal.now if goal.scale is GoalScale.TEN else _value_in_words(goal, goal.now)
    return f"Rated for {dates.short(rating.on, today)}: {words}; now is still {now}."


def _value_in_words(goal: Goal, value: int) -> str:
    from coachlog import rules

    return rules.ATTAINED[value] if goal.scale is GoalScale.ATTAINMENT else f"{value} of 10"


def _target(goal: Goal) -> str:
    if goal.scale is GoalScale.ATTAINMENT or not goal.target:
        return ""
    return f", target {goal.target}"


def close(desk: Desk, id: int, status: GoalStatus, *, on: date) -> Result:
    """Close a goal on that day, achieved or dropped; `Refused` if it is closed already."""
    from coachlog.store.writing.goal_changes import close_goal

    with desk.change() as change:
        title = close_goal(change, id, status, on=on)
    word = status.value.capitalize()
    return Result(f"{word}: {id} {short(title, 50)}. Open again: coachlog goal reopen {id}")


def reopen(desk: Desk, id: int) -> Result:
    """Open a closed goal again; `Refused` if it is open, or if its title is taken by now."""
    from coachlog.store.writing.goal_changes import reopen_goal

    with desk.change() as change:
        title = reopen_goal(change, id)
    return Result(f"Open again: {id} {short(title, 50)}. Look: coachlog goal show {id}")
