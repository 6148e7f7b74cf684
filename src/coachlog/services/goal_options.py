"""A goal from the command line, and the questions for what the options leave out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from coachlog.errors import InvalidInput, NoJournal, Refusal
from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.goals import Goal, GoalScale, GoalStatus
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.rules.goals import ATTAINMENT_WORDS
from coachlog.services.desk import Desk
from coachlog.services.goal_values import LEVEL_VALUES, describe_value_range
from coachlog.services.inputs import read_option_lines, read_option_text
from coachlog.store.reading import goal_queries
from coachlog.text import fold_text

SCALE_LABELS = {
    GoalScale.TEN: "from 1 to 10",
    GoalScale.ATTAINMENT: "on five levels that you describe now",
}
# In the order in which they are asked: the expected level first, since the others build on it.
_LEVEL_QUESTIONS = {
    0: "What do you expect by then?",
    1: "What would be more than you expect?",
    2: "What would be much more than you expect?",
    -1: "What would be less than you expect?",
    -2: "What would be much less than you expect?",
}
_NOT_RATED_HELP = "Not rated yet."


class GoalOptions(NamedTuple):
    """The options of a goal on the command line; None for an option that was not given.

    Texts are as they were typed: `-` stands for standard input. `levels` are the five descriptions,
    the lowest first, or one `-`.
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


def build_goal_from_options(
    desk: Desk, options: GoalOptions, person_id: int | None
) -> Goal:
    """Return the goal that the options describe; what they leave out is asked for.

    Raises InvalidInput if there is no title, if there are not five levels, or if the baseline is
    the target.
    """
    levels = _parse_level_options(options)
    review_on = None
    if options.review is not None:
        review_on = desk.parse_future_day(options.review)
    goal = Goal(
        title=read_option_text(options.title) or "",
        why=read_option_text(options.why),
        success=read_option_text(options.success),
        baseline=options.baseline,
        target=options.target,
        scale=GoalScale.ATTAINMENT if levels else GoalScale.TEN,
        levels=levels,
        weight=options.weight,
        review_on=review_on,
        private=options.private,
    )
    if not goal.title:
        desk.require_asker(
            "the title of the goal", "--title TEXT, or --title - for standard input"
        )
    if desk.interactive:
        goal = _ask_goal_fields(desk, goal, person_id)
    require_distance(goal)
    return goal


def _parse_level_options(options: GoalOptions) -> tuple[str, ...]:
    """Return the five descriptions, or none; standard input has one on each line."""
    if not options.levels:
        return ()
    if options.baseline is not None or options.target is not None:
        raise InvalidInput(
            "A goal has levels, or a baseline and a target, not both.",
            "With levels, the third one is the target.",
        )
    return parse_typed_levels(options.levels)


def parse_typed_levels(texts: Sequence[str]) -> tuple[str, ...]:
    """Return five descriptions, the lowest first; one `-` is standard input, one on each line.

    Raises InvalidInput if there are not five.
    """
    levels = tuple(filter(None, read_option_lines(texts)))
    if len(levels) != len(LEVEL_VALUES):
        raise InvalidInput(
            f"A goal needs five levels, from -2 to +2, none of them empty; you gave {len(levels)}.",
            "Use --level five times; the third one is what you expect.",
        )
    return levels


def _ask_goal_fields(desk: Desk, goal: Goal, person_id: int | None) -> Goal:
    """Return the goal with what was still missing in it.

    A title that another open goal of the same person has is asked for again.
    """
    open_titles = _load_open_titles(desk, person_id)
    if _warn_if_title_taken(desk, open_titles, goal.title):
        goal = goal._replace(title="")
    answers: dict[str, AnswerValue] = {}
    previous: dict[str, AnswerValue] = {}
    while True:
        question = _find_next_question(desk, goal, answers)
        if question is None:
            return _apply_goal_answers(goal, answers)
        key = question.key
        reply = desk.asker.ask_again(question, previous.get(key), back=bool(answers))
        if isinstance(reply, Back):
            last_key, last_answer = answers.popitem()
            previous[last_key] = last_answer
        elif key == "title" and _warn_if_title_taken(desk, open_titles, str(reply)):
            continue
        elif key == "target" and _is_baseline(goal, answers, reply):
            desk.asker.tell("It is already there. Where should it be?")
        else:
            answers[key] = reply


def _find_next_question(
    desk: Desk, goal: Goal, answers: Mapping[str, AnswerValue]
) -> Question | None:
    """Return the first question without an answer, None if there is none left."""
    for question in _build_goal_questions(desk, goal, answers):
        if question.key not in answers:
            return question
    return None


def _load_open_titles(desk: Desk, person_id: int | None) -> dict[str, int]:
    """Return the titles of someone's open goals, folded, with their numbers."""
    with suppress(NoJournal), desk.read() as db:
        goals = goal_queries.read_goals(
            db, person_id=person_id, owner_only=person_id is None
        )
        return {
            fold_text(goal.title): goal.id
            for goal in goals
            if goal.status is GoalStatus.OPEN
        }
    return {}


def _warn_if_title_taken(
    desk: Desk, open_titles: Mapping[str, int], title: str
) -> bool:
    """Return whether an open goal has that title, and say so if it has."""
    id = open_titles.get(fold_text(title))
    if id is None:
        return False
    desk.asker.tell(f"Goal {id} is open and already has that title.")
    return True


def _is_baseline(
    goal: Goal, answers: Mapping[str, AnswerValue], target: AnswerValue
) -> bool:
    """Return whether a target is where the goal starts, so that there is nothing to achieve."""
    baseline = answers.get("baseline") if goal.baseline is None else goal.baseline
    return target is not None and target == baseline


def require_distance(goal: Goal) -> None:
    """Raise InvalidInput for a goal that is reached on the day it is set."""
    if goal.target is not None and goal.target == goal.baseline:
        raise InvalidInput(
            f"The baseline and the target are both {goal.target}, so there is nothing to achieve.",
            "Use a different --baseline or --target.",
        )


def _build_goal_questions(
    desk: Desk, goal: Goal, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield the questions for what is missing in a goal, as far as the answers decide them."""
    if not goal.title:
        yield Question(
            "title",
            "What is the goal?",
            PromptKind.LINE,
            required=True,
            help="What will be different, in one sentence.",
        )
    if not goal.levels:
        yield from _build_scale_questions(goal, answers)
    if goal.review_on is None:
        yield Question(
            "review",
            "When will you look at it again?",
            PromptKind.DATE,
            help="fri, +6w, end of month. Enter leaves it blank.",
            base=desk.today,
            since=desk.today,
        )


def _build_scale_questions(
    goal: Goal, answers: Mapping[str, AnswerValue]
) -> Iterator[Question]:
    """Yield which scale, and then the questions of that scale: five levels, or from 1 to 10."""
    # A baseline or a target from the options settles the scale: then it is from 1 to 10.
    if goal.baseline is None and goal.target is None:
        yield Question(
            "scale",
            "How will you measure progress?",
            PromptKind.CHOICE,
            required=True,
            options=tuple(SCALE_LABELS.values()),
            values=tuple(SCALE_LABELS),
        )
    if answers.get("scale") == GoalScale.ATTAINMENT:
        for level in _LEVEL_QUESTIONS:
            yield build_level_question(f"level.{level}", level)
        return
    if goal.baseline is None:
        yield Question("baseline", "Where is it today, from 1 to 10?", PromptKind.SCALE)
    if goal.target is None:
        yield Question("target", "Where should it be, from 1 to 10?", PromptKind.SCALE)


def build_level_question(key: str, level: int) -> Question:
    """Return the question what it would take to be on a level, from -2 to +2."""
    return Question(
        key,
        f"{_format_level(level)}: {_LEVEL_QUESTIONS[level]}",
        PromptKind.LINE,
        required=True,
        help="Something you could both see or count." if level == 0 else None,
    )


def ask_next_review(desk: Desk, rated_on: date) -> date | None:
    """Return when the goal will be looked at again, None if that is left blank."""
    question = Question(
        "review",
        "When will you look at it again?",
        PromptKind.DATE,
        help="fri, +6w, end of month. Enter leaves it blank.",
        base=desk.today,
        since=max(rated_on, desk.today) + timedelta(days=1),
    )
    reply = desk.asker.ask_again(question, None, back=False)
    return date.fromisoformat(reply) if isinstance(reply, str) and reply else None


def ask_goal_end(desk: Desk, goal: Goal) -> GoalStatus:
    """Return how a goal ends that is not where it should be; raises Refusal if it stays open.

    Raises InvalidInput where nobody can be asked.
    """
    standing = _describe_shortfall(goal)
    if not desk.interactive:
        raise InvalidInput(
            f"Goal {goal.id} {standing}, so it is not closed as achieved unasked. "
            "Nothing was changed.",
            f"Use --achieved or --dropped, or rate it first: coachlog goal rate {goal.id}",
        )
    rows: list[tuple[str, GoalStatus | None]] = [
        ("leave it open", None),
        ("dropped", GoalStatus.DROPPED),
        ("achieved all the same", GoalStatus.ACHIEVED),
    ]
    question = f"Goal {goal.id} {standing}. How does it end?"
    choice = desk.asker.choose(question, rows, is_statement=True)
    if not isinstance(choice, GoalStatus):
        raise Refusal("Nothing was changed.")
    return choice


def _describe_shortfall(goal: Goal) -> str:
    """Return where a goal is that has not been reached: `was last rated 5 of 10, target 8`."""
    assert goal.now is not None
    if goal.scale is GoalScale.ATTAINMENT:
        return f"was last rated “{ATTAINMENT_WORDS[goal.now]}”"
    return f"was last rated {goal.now} of 10, target {goal.target}"


def _format_level(level: int) -> str:
    """Return a level with its sign: `-1`, `0`, `+1`."""
    return f"{level:+d}" if level else "0"


def _apply_goal_answers(goal: Goal, answers: Mapping[str, AnswerValue]) -> Goal:
    fields: dict[str, Any] = {}
    for key in ("title", "baseline", "target"):
        if key in answers:
            fields[key] = answers[key]
    if answers.get("scale") == GoalScale.ATTAINMENT:
        fields["scale"] = GoalScale.ATTAINMENT
        fields["levels"] = tuple(
            str(answers[f"level.{level}"]) for level in LEVEL_VALUES
        )
    review = answers.get("review")
    if isinstance(review, str):
        fields["review_on"] = date.fromisoformat(review)
    return goal._replace(**fields)


def ask_goal_value(desk: Desk, goal: Goal) -> int:
    """Return how far the goal has got, asked for; raises InvalidInput where nobody can be asked."""
    # The question names the goal as a list does: its number was typed, so the words are known.
    (goal,) = disclosure.veil_everyday_entries([goal])
    asker = desk.require_asker(
        "a value",
        f"VALUE ({describe_value_range(goal)}): coachlog goal rate {goal.id} VALUE",
    )
    if goal.scale is GoalScale.ATTAINMENT:
        question = _build_level_value_question(goal)
    else:
        question = Question(
            "value",
            f"How far along is “{goal.title}”, from 1 to 10?",
            PromptKind.SCALE,
            required=True,
            help=_NOT_RATED_HELP if goal.now is None else f"Last time: {goal.now}.",
        )
    return int(str(asker.ask_again(question, None, back=False)))


def _build_level_value_question(goal: Goal) -> Question:
    descriptions = goal.levels
    if disclosure.count_veiled_entries([goal]):
        descriptions = tuple(ATTAINMENT_WORDS[level] for level in LEVEL_VALUES)
    rows = [
        f"{_format_level(level)} {words}"
        for level, words in zip(LEVEL_VALUES, descriptions, strict=True)
    ]
    last_help = _NOT_RATED_HELP
    if goal.now is not None:
        last_help = f"Last time: {ATTAINMENT_WORDS[goal.now]}."
    return Question(
        "value",
        f"How far along is “{goal.title}”?",
        PromptKind.CHOICE,
        required=True,
        help=last_help,
        options=tuple(rows),
        values=tuple(map(str, LEVEL_VALUES)),
    )
