"""What the command line says of a goal, and the questions for what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from coachlog import rules
from coachlog.errors import Invalid, NoJournal
from coachlog.interview import Back, Question
from coachlog.model import Goal, GoalScale, GoalStatus, Kind, Value
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing, option_text
from coachlog.store.reading import goal_queries
from coachlog.text import fold, line

LEVELS = (-2, -1, 0, 1, 2)
HOW = {
    GoalScale.TEN: "from 1 to 10",
    GoalScale.ATTAINMENT: "by five levels that we describe now",
}
_DESCRIBE = {
    -2: "What would be much less than you expect?",
    -1: "What would be less than you expect?",
    0: "What do you expect by then?",
    1: "What would be more than you expect?",
    2: "What would be much more than you expect?",
}


class GoalOptions(NamedTuple):
    """What the command line says of a goal; None where it says nothing.

    Texts are as they were typed: `-` stands for standard input. `levels` are the descriptions, the
    lowest first, or one `-`.
    """

    title: str | None = None
    why: str | None = None
    success: str | None = None
    baseline: int | None = None
    target: int | None = None
    levels: Sequence[str] = ()
    weight: int = 1
    review: str | None = None
    private: bool = False


def new_goal(desk: Desk, options: GoalOptions, person_id: int | None) -> Goal:
    """Return the goal that the options describe; what they leave out is asked.

    `Invalid` if there is no title, if the levels are not five, or for a baseline that is the
    target.
    """
    levels = _levels(options)
    goal = Goal(
        title=option_text(options.title) or "",
        why=option_text(options.why) or None,
        success=option_text(options.success) or None,
        baseline=options.baseline,
        target=options.target,
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
        weight=options.weight,
        review_on=desk.future(options.review) if options.review is not None else None,
        private=options.private,
    )
    if desk.interactive:
        goal = _ask_rest(desk, goal, person_id)
    elif not goal.title:
        raise missing("The goal", "--title TEXT, or --title - for standard input")
    _require_distance(goal)
    return goal


def _levels(options: GoalOptions) -> tuple[str, ...]:
    """Return the five descriptions, or none; standard input has one a line."""
    if not options.levels:
        return ()
    if options.baseline is not None or options.target is not None:
        raise Invalid(
            "A goal has levels, or a baseline and a target, not both.",
            "With levels, the third one is the target.",
        )
    typed = list(options.levels)
    if typed == ["-"]:
        typed = (option_text("-", one_line=False) or "").split("\n")
    levels = tuple(words for text in typed if (words := option_text(text)))
    if len(levels) != len(LEVELS):
        raise Invalid(
            f"A goal has five levels, from -2 to +2, none empty; {len(levels)} were given.",
            "Give --level five times; the third one is what you expect.",
        )
    return levels


def _ask_rest(desk: Desk, goal: Goal, person_id: int | None) -> Goal:
    """Return the goal with what was still missing in it.

    A title that an open goal of the same person has is asked again.
    """
    taken = _titles(desk, person_id)
    if _is_taken(desk, taken, goal.title):
        goal = goal._replace(title="")
    answers: dict[str, Value] = {}
    before: dict[str, Value] = {}
    while question := next(
        (q for q in _questions(desk, goal, answers) if q.key not in answers), None
    ):
        reply = desk.asker.again(question, before.get(question.key), back=bool(answers))
        if isinstance(reply, Back):
            key, before[key] = answers.popitem()
            continue
        answers[question.key] = reply
        if question.key == "title" and _is_taken(desk, taken, str(reply)):
            del answers["title"]
        if question.key == "target" and reply is not None and reply == _baseline(goal, answers):
            desk.asker.tell("That is where it is already. Where should it be?")
            del answers["target"]
    return _answered(goal, answers)


def _titles(desk: Desk, person_id: int | None) -> dict[str, int]:
    """Return the titles of someone's open goals, folded, with their numbers."""
    with suppress(NoJournal), desk.read() as db:
        found = goal_queries.goals(db, person_id=person_id, own=person_id is None)
        return {fold(one.title): one.id for one in found if one.status is GoalStatus.OPEN}
    return {}


def _is_taken(desk: Desk, taken: Mapping[str, int], title: str) -> bool:
    """Return whether an open goal is called that, and say so."""
    id = taken.get(fold(title))
    if id is not None:
        desk.asker.tell(f"Goal {id} is called that already, and is open.")
    return id is not None


def _require_distance(goal: Goal) -> None:
    """Raise `Invalid` for a goal that is reached already on the day it is set."""
    if goal.target is not None and goal.target == goal.baseline:
        raise Invalid(
            f"Baseline and target are both {goal.target}: then there is nothing to move.",
            "Give another --baseline or --target.",
        )


def _questions(desk: Desk, goal: Goal, answers: Mapping[str, Value]) -> Iterator[Question]:
    if not goal.title:
        yield Question(
            "title",
            "What is the goal?",
            Kind.LINE,
            required=True,
            help="What will be different, in one sentence.",
        )
    rated = goal.baseline is not None or goal.target is not None
    if not goal.levels and not rated:
        yield Question(
            "scale",
            "How will you both see how far it is?",
            Kind.CHOICE,
            required=True,
            options=tuple(HOW.values()),
            values=tuple(HOW),
        )
    if answers.get("scale") == GoalScale.ATTAINMENT:
        for level in (0, 1, 2, -1, -2):
            yield Question(
                f"level.{level}",
                f"{level:+d}: {_DESCRIBE[level]}" if level else f"0: {_DESCRIBE[level]}",
                Kind.LINE,
                required=True,
                help="Something you could both see or count." if not level else None,
            )
    elif not goal.levels:
        if goal.baseline is None:
            yield Question("baseline", "Where is it today, from 1 to 10?", Kind.SCALE)
        if goal.target is None:
            yield Question("target", "Where should it be, from 1 to 10?", Kind.SCALE)
    if goal.review_on is None:
        yield Question(
            "review",
            "When will you look at it again?",
            Kind.DATE,
            help="fri, +6w, end of month. Enter leaves it open.",
            base=desk.today,
            since=desk.today,
        )


def _baseline(goal: Goal, answers: Mapping[str, Value]) -> Value:
    return answers.get("baseline") if goal.baseline is None else goal.baseline


def _answered(goal: Goal, answers: Mapping[str, Value]) -> Goal:
    given = {name: answers[name] for name in ("title", "baseline", "target") if name in answers}
    if answers.get("scale") == GoalScale.ATTAINMENT:
        given["scale"] = GoalScale.ATTAINMENT
        levels = tuple(str(answers[f"level.{level}"]) for level in LEVELS)
        goal = goal._replace(levels=levels)
    if isinstance(review := answers.get("review"), str):
        goal = goal._replace(review_on=date.fromisoformat(review))
    return goal._replace(**given)  # type: ignore[arg-type]


def ask_value(desk: Desk, goal: Goal) -> int:
    """Return how far the goal is, asked for; `Invalid` names VALUE without one."""
    if not desk.interactive:
        raise missing("How far it is", f"coachlog goal rate {goal.id} VALUE ({_range(goal)})")
    ask, last = f"How far is “{goal.title}”?", "Not rated before."
    if goal.scale is GoalScale.ATTAINMENT:
        if goal.now is not None:
            last = f"Last time: {rules.ATTAINED[goal.now]}."
        rows = tuple(
            f"{level:+d} {words}" if level else f"0 {words}"
            for level, words in zip(LEVELS, goal.levels, strict=True)
        )
        values = tuple(map(str, LEVELS))
        question = Question(
            *("value", ask, Kind.CHOICE), required=True, help=last, options=rows, values=values
        )
    else:
        if goal.now is not None:
            last = f"Last time: {goal.now}."
        question = Question("value", f"{ask} From 1 to 10.", Kind.SCALE, required=True, help=last)
    return int(str(desk.asker.again(question, None, back=False)))


def value_of(goal: Goal, typed: str) -> int:
    """Return a value as it was typed for a goal; `Invalid` if it is not a number on its scale."""
    words = line(typed)
    low, high = (-2, 2) if goal.scale is GoalScale.ATTAINMENT else (1, 10)
    try:
        value = int(words.replace("−", "-"))
    except ValueError:
        value = high + 1
    if not low <= value <= high:
        raise Invalid(f"“{words[:40]}” should be a whole number {_range(goal)}.")
    return value


def _range(goal: Goal) -> str:
    return "from -2 to +2" if goal.scale is GoalScale.ATTAINMENT else "from 1 to 10"
