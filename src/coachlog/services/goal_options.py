"""What the command line says of a goal, and the questions for what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from coachlog import rules
from coachlog.errors import InvalidInput, NoJournal
from coachlog.interview import Back, Question
from coachlog.model import AnswerValue, Goal, GoalScale, GoalStatus, PromptKind
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error, read_option_text
from coachlog.store.reading import goal_queries
from coachlog.text import clean_line, fold_text

LEVEL_VALUES = (-2, -1, 0, 1, 2)
SCALE_LABELS = {
    GoalScale.TEN: "from 1 to 10",
    GoalScale.ATTAINMENT: "by five levels that we describe now",
}
_LEVEL_QUESTIONS = {
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


def build_goal_from_options(desk: Desk, options: GoalOptions, person_id: int | None) -> Goal:
    """Return the goal that the options describe; what they leave out is asked.

    `Invalid` if there is no title, if the levels are not five, or for a baseline that is the
    target.
    """
    levels = _parse_level_options(options)
    goal = Goal(
        title=read_option_text(options.title) or "",
        why=read_option_text(options.why) or None,
        success=read_option_text(options.success) or None,
        baseline=options.baseline,
        target=options.target,
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
        weight=options.weight,
        review_on=desk.parse_future_day(options.review) if options.review is not None else None,
        private=options.private,
    )
    if desk.interactive:
        goal = _ask_goal_fields(desk, goal, person_id)
    elif not goal.title:
        raise build_missing_error("The goal", "--title TEXT, or --title - for standard input")
    _require_distance(goal)
    return goal


def _parse_level_options(options: GoalOptions) -> tuple[str, ...]:
    """Return the five descriptions, or none; standard input has one a line."""
    if not options.levels:
        return ()
    if options.baseline is not None or options.target is not None:
        raise InvalidInput(
            "A goal has levels, or a baseline and a target, not both.",
            "With levels, the third one is the target.",
        )
    typed = list(options.levels)
    if typed == ["-"]:
        typed = (read_option_text("-", one_line=False) or "").split("\n")
    levels = tuple(words for text in typed if (words := read_option_text(text)))
    if len(levels) != len(LEVEL_VALUES):
        raise InvalidInput(
            f"A goal has five levels, from -2 to +2, none empty; {len(levels)} were given.",
            "Give --level five times; the third one is what you expect.",
        )
    return levels


def _ask_goal_fields(desk: Desk, goal: Goal, person_id: int | None) -> Goal:
    """Return the goal with what was still missing in it.

    A title that an open goal of the same person has is asked again.
    """
    taken = _load_open_titles(desk, person_id)
    if _warn_if_taken(desk, taken, goal.title):
        goal = goal._replace(title="")
    answers: dict[str, AnswerValue] = {}
    before: dict[str, AnswerValue] = {}
    while question := next(
        (q for q in _build_goal_questions(desk, goal, answers) if q.key not in answers), None
    ):
        reply = desk.asker.ask_again(question, before.get(question.key), back=bool(answers))
        if isinstance(reply, Back):
            key, before[key] = answers.popitem()
            continue
        answers[question.key] = reply
        if question.key == "title" and _warn_if_taken(desk, taken, str(reply)):
            del answers["title"]
        if (
            question.key == "target"
            and reply is not None
            and reply == _resolve_baseline(goal, answers)
        ):
            desk.asker.tell("That is where it is already. Where should it be?")
            del answers["target"]
    return _apply_goal_answers(goal, answers)


def _load_open_titles(desk: Desk, person_id: int | None) -> dict[str, int]:
    """Return the titles of someone's open goals, folded, with their numbers."""
    with suppress(NoJournal), desk.read() as db:
        found = goal_queries.read_goals(db, person_id=person_id, owner_only=person_id is None)
        return {fold_text(one.title): one.id for one in found if one.status is GoalStatus.OPEN}
    return {}


def _warn_if_taken(desk: Desk, open_titles: Mapping[str, int], title: str) -> bool:
    """Return whether an open goal is called that, and say so."""
    id = open_titles.get(fold_text(title))
    if id is not None:
        desk.asker.tell(f"Goal {id} has that title already, and is open.")
    return id is not None


def _require_distance(goal: Goal) -> None:
    """Raise `Invalid` for a goal that is reached already on the day it is set."""
    if goal.target is not None and goal.target == goal.baseline:
        raise InvalidInput(
            f"Baseline and target are both {goal.target}: then there is nothing to move.",
            "Give another --baseline or --target.",
        )


def _build_goal_questions(
    desk: Desk, goal: Goal, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    if not goal.title:
        yield Question(
            "title",
            "What is the goal?",
            PromptKind.LINE,
            required=True,
            help="What will be different, in one sentence.",
        )
    rated = goal.baseline is not None or goal.target is not None
    if not goal.levels and not rated:
        yield Question(
            "scale",
            "How will you both see how far it is?",
            PromptKind.CHOICE,
            required=True,
            options=tuple(SCALE_LABELS.values()),
            values=tuple(SCALE_LABELS),
        )
    if answers.get("scale") == GoalScale.ATTAINMENT:
        for level in (0, 1, 2, -1, -2):
            yield Question(
                f"level.{level}",
                f"{level:+d}: {_LEVEL_QUESTIONS[level]}"
                if level
                else f"0: {_LEVEL_QUESTIONS[level]}",
                PromptKind.LINE,
                required=True,
                help="Something you could both see or count." if not level else None,
            )
    elif not goal.levels:
        if goal.baseline is None:
            yield Question("baseline", "Where is it today, from 1 to 10?", PromptKind.SCALE)
        if goal.target is None:
            yield Question("target", "Where should it be, from 1 to 10?", PromptKind.SCALE)
    if goal.review_on is None:
        yield Question(
            "review",
            "When will you look at it again?",
            PromptKind.DATE,
            help="fri, +6w, end of month. Enter leaves it open.",
            base=desk.today,
            since=desk.today,
        )


def _resolve_baseline(goal: Goal, answers: Mapping[str, AnswerValue]) -> AnswerValue:
    return answers.get("baseline") if goal.baseline is None else goal.baseline


def _apply_goal_answers(goal: Goal, answers: Mapping[str, AnswerValue]) -> Goal:
    given = {name: answers[name] for name in ("title", "baseline", "target") if name in answers}
    if answers.get("scale") == GoalScale.ATTAINMENT:
        given["scale"] = GoalScale.ATTAINMENT
        levels = tuple(str(answers[f"level.{level}"]) for level in LEVEL_VALUES)
        goal = goal._replace(levels=levels)
    if isinstance(review := answers.get("review"), str):
        goal = goal._replace(review_on=date.fromisoformat(review))
    return goal._replace(**given)  # type: ignore[arg-type]


def ask_goal_value(desk: Desk, goal: Goal) -> int:
    """Return how far the goal is, asked for; `Invalid` names VALUE without one."""
    if not desk.interactive:
        raise build_missing_error(
            "How far it is", f"coachlog goal rate {goal.id} VALUE ({_describe_value_range(goal)})"
        )
    ask, last = f"How far is “{goal.title}”?", "Not rated before."
    if goal.scale is GoalScale.ATTAINMENT:
        if goal.now is not None:
            last = f"Last time: {rules.ATTAINMENT_WORDS[goal.now]}."
        rows = tuple(
            f"{level:+d} {words}" if level else f"0 {words}"
            for level, words in zip(LEVEL_VALUES, goal.levels, strict=True)
        )
        values = tuple(map(str, LEVEL_VALUES))
        question = Question(
            *("value", ask, PromptKind.CHOICE),
            required=True,
            help=last,
            options=rows,
            values=values,
        )
    else:
        if goal.now is not None:
            last = f"Last time: {goal.now}."
        question = Question(
            "value", f"{ask} From 1 to 10.", PromptKind.SCALE, required=True, help=last
        )
    return int(str(desk.asker.ask_again(question, None, back=False)))


def parse_goal_value(goal: Goal, text: str) -> int:
    """Return a value as it was typed for a goal; `Invalid` if it is not a number on its scale."""
    words = clean_line(text)
    low, high = (-2, 2) if goal.scale is GoalScale.ATTAINMENT else (1, 10)
    try:
        value = int(words.replace("−", "-"))
    except ValueError:
        value = high + 1
    if not low <= value <= high:
        raise InvalidInput(
            f"“{words[:40]}” should be a whole number {_describe_value_range(goal)}."
        )
    return value


def _describe_value_range(goal: Goal) -> str:
    return "from -2 to +2" if goal.scale is GoalScale.ATTAINMENT else "from 1 to 10"
