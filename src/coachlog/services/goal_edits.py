"""Changes to a goal: from options, or asked for one after the other."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.goals import Goal, GoalScale
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.services.desk import Desk
from coachlog.services.goal_options import (
    build_level_question,
    parse_typed_levels,
    require_distance,
)
from coachlog.services.goal_values import LEVEL_VALUES, parse_review_day
from coachlog.services.inputs import build_no_change_error, read_option_text
from coachlog.services.results import Result
from coachlog.store.reading import goal_queries
from coachlog.text import shorten_text

_FIELDS_WHILE_OPEN = ("baseline", "target", "levels", "weight", "review_on")
"""What a closed goal keeps: how it ended was judged by it."""
_FIELDS_BEFORE_RATING = ("target", "levels", "weight")
"""What a goal keeps from its first rating on: every rating, and its T-score, is read by it."""
_ASKED_LEVEL = "level.{value}"


class GoalChanges(NamedTuple):
    """The options of a changed goal on the command line; None for an option that was not given.

    Texts are as they were typed: `-` stands for standard input, '' removes a detail. A baseline or
    a target of 0 removes it.
    """

    title: str | None = None
    why: str | None = None
    success: str | None = None
    baseline: int | None = None
    target: int | None = None
    levels: Sequence[str] = ()
    weight: int | None = None
    review: str | None = None
    private: bool | None = None


def edit_goal(desk: Desk, id: int, changes: GoalChanges) -> Result:
    """Change what a goal says; without options, each is asked for.

    Raises Refusal for what would make a rating, or how a goal ended, mean something else; also if
    it says all of that already. Raises InvalidInput for a goal without a title or a distance, and
    DamagedJournal if it is not as it was written.
    """
    from coachlog.store.shown_rows import require_sound_entries

    with desk.read() as db:
        goal = goal_queries.read_goal(db, id)
        require_sound_entries(db, goals=[id])
    fields = _collect_goal_fields(desk, goal, changes)
    fields = {
        name: value for name, value in fields.items() if getattr(goal, name) != value
    }
    if not fields:
        raise Refusal(f"Goal {id} already says that. Nothing was changed.")
    remarks = []
    if fields.get("levels") and goal.scale is GoalScale.TEN:
        fields |= {"scale": GoalScale.ATTAINMENT, "baseline": None, "target": None}
        remarks.append(
            "It is rated on five levels from now on, no longer from 1 to 10."
        )
    changed_goal = goal._replace(**fields)  # type: ignore[arg-type]
    _refuse_unfit_fields(goal, fields)
    if goal.ratings:
        _refuse_falsified_ratings(goal, fields)
    require_distance(changed_goal)
    remarks += _describe_review_doubts(changed_goal, fields, desk.today)
    from coachlog.store.writing.goal_changes import update_goal

    with desk.change() as change:
        update_goal(change, id, **fields)
    (shown_goal,) = disclosure.veil_everyday_entries([changed_goal])
    title = shorten_text(shown_goal.title, 50)
    return Result(
        f"Changed: {id} {title}. See: coachlog goal show {id}", tuple(remarks)
    )


def _collect_goal_fields(
    desk: Desk, goal: Goal, changes: GoalChanges
) -> dict[str, object]:
    """Return the new values by the name of their field; without any option, each is asked for."""
    if changes == GoalChanges():
        return _ask_goal_changes(desk, goal)
    fields = {
        name: getattr(changes, name)
        for name in ("weight", "private")
        if getattr(changes, name) is not None
    }
    fields |= _read_typed_texts(changes)
    for name in ("baseline", "target"):
        value = getattr(changes, name)
        if value is not None:
            fields[name] = value or None
    if changes.levels:
        fields["levels"] = parse_typed_levels(changes.levels)
    if changes.review is not None:
        fields["review_on"] = parse_review_day(desk, changes.review)
    return fields


def _read_typed_texts(changes: GoalChanges) -> dict[str, object]:
    """Return the texts of the options by the name of their field, None for one to remove."""
    texts: dict[str, object] = {}
    for name in ("title", "why", "success"):
        words = getattr(changes, name)
        if words is not None:
            texts[name] = read_option_text(words)
    if "title" in texts and not texts["title"]:
        raise InvalidInput("A goal needs a title. Nothing was changed.")
    return texts


def _refuse_unfit_fields(goal: Goal, fields: dict[str, object]) -> None:
    """Raise Refusal for what a closed goal keeps, InvalidInput for what one with levels lacks."""
    if goal.closed_on and any(name in fields for name in _FIELDS_WHILE_OPEN):
        raise Refusal(
            f"Goal {goal.id} is already {goal.status.value}, and was judged by what it says. "
            "Nothing was changed.",
            f"To reopen it: coachlog goal reopen {goal.id}",
        )
    has_levels = goal.scale is GoalScale.ATTAINMENT
    if has_levels and (fields.get("baseline") or fields.get("target")):
        raise InvalidInput(
            f"Goal {goal.id} has five levels, and the third is its target. Nothing was changed."
        )


def _refuse_falsified_ratings(goal: Goal, fields: dict[str, object]) -> None:
    """Raise Refusal if ratings would mean something else, InvalidInput for an answered review."""
    for name in _FIELDS_BEFORE_RATING:
        if name not in fields:
            continue
        thing = "other levels" if name == "levels" else f"another {name}"
        effect = "count differently" if name == "weight" else "mean something else"
        raise Refusal(
            f"Goal {goal.id} has been rated already: with {thing}, its ratings would {effect}. "
            "Nothing was changed.",
            f"For {thing}, drop it and add another: "
            f"coachlog goal close {goal.id} --dropped",
        )
    if "baseline" in fields:
        raise Refusal(
            f"Goal {goal.id} has been rated since, from where it started. Nothing was changed."
        )
    review_on = fields.get("review_on")
    rated_on = goal.ratings[-1].on
    if isinstance(review_on, date) and review_on <= rated_on:
        raise InvalidInput(
            f"Goal {goal.id} was rated on {dates.format_long_day(rated_on)}, which answers a "
            f"review on {dates.format_long_day(review_on)}. Nothing was changed.",
            "Choose a later day.",
        )


def _describe_review_doubts(
    goal: Goal, fields: dict[str, object], today: date
) -> Iterator[str]:
    """Yield a remark on a new review day that has passed."""
    if "review_on" in fields and goal.review_on and goal.review_on < today:
        day = dates.format_long_day(goal.review_on)
        yield f"{day} has passed. Is that the right day for the review?"


def _ask_goal_changes(desk: Desk, goal: Goal) -> dict[str, object]:
    """Return the answers by the name of their field; each is offered as it is."""
    if not desk.interactive:
        raise build_no_change_error("--title, --why, --review or another option")
    answers: dict[str, AnswerValue] = {}
    for question, value in _build_change_questions(desk, goal):
        reply = desk.asker.ask_again(question, value)
        if isinstance(reply, Back):
            break
        answers[question.key] = reply
    return _convert_answers(goal, answers)


def _build_change_questions(
    desk: Desk, goal: Goal
) -> Iterator[tuple[Question, AnswerValue]]:
    """Yield a question for each field that can still change, with what stands there now."""
    title = Question("title", "What is the goal?", PromptKind.LINE, required=True)
    yield title, goal.title
    yield Question("why", "Why does it matter?", PromptKind.LINE), goal.why or ""
    success = "How will you know that it has been reached?"
    yield Question("success", success, PromptKind.LINE), goal.success or ""
    if goal.closed_on:
        return
    if not goal.ratings:
        yield from _build_distance_questions(goal)
    review = Question(
        "review_on",
        "When will you look at it again?",
        PromptKind.DATE,
        help="fri, +6w, end of month. Enter leaves it blank.",
        base=desk.today,
    )
    yield review, goal.review_on.isoformat() if goal.review_on else None


def _build_distance_questions(
    goal: Goal,
) -> Iterator[tuple[Question, AnswerValue]]:
    """Yield a question for each field by which ratings are read, as long as there are none."""
    if goal.scale is GoalScale.TEN:
        start = "Where did it start, from 1 to 10?"
        yield Question("baseline", start, PromptKind.SCALE), goal.baseline
        target = "Where should it be, from 1 to 10?"
        yield Question("target", target, PromptKind.SCALE), goal.target
        return
    for value in LEVEL_VALUES:
        key = _ASKED_LEVEL.format(value=value)
        yield build_level_question(key, value), goal.levels[value + 2]


def _convert_answers(goal: Goal, answers: dict[str, AnswerValue]) -> dict[str, object]:
    """Return what was answered as fields of a goal: texts, numbers, levels and a date."""
    levels = {_ASKED_LEVEL.format(value=value): value for value in LEVEL_VALUES}
    fields = _convert_fields(
        {key: value for key, value in answers.items() if key not in levels}
    )
    changed = list(goal.levels)
    for key in levels.keys() & answers.keys():
        changed[levels[key] + 2] = str(answers[key])
    return fields | {"levels": tuple(changed)}


def _convert_fields(answers: dict[str, AnswerValue]) -> dict[str, object]:
    """Return what was answered by field: what was left blank is None, the review is a date."""
    fields: dict[str, object] = {key: value or None for key, value in answers.items()}
    review_on = fields.get("review_on")
    if review_on:
        fields["review_on"] = date.fromisoformat(str(review_on))
    return fields
