"""A person's plan as a page that they would want to keep."""

from collections.abc import Iterable, Iterator, Sequence

from coachlog import rules
from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    BlankSpace,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    PlainText,
    StrongText,
    Table,
    TypedText,
    Words,
    build_typed_lines,
    join_words,
)
from coachlog.exports.documents.action_list import (
    EMPTY_CELL,
    build_action_task,
    build_due_cell,
    build_text_cell,
    format_action_status,
)
from coachlog.model import Action, EventKind, Goal, Relationship
from coachlog.model.plans import Plan
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.rules import disclosure
from coachlog.text import format_counts

_PLAN_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Support", "Sure", "Status")
_OWNER_ROLES = {
    Relationship.REPORT: "line manager",
    Relationship.COACHEE: "coach",
    Relationship.PEER: "colleague",
    Relationship.MANAGER: "report",
    Relationship.MENTEE: "mentor",
    Relationship.COACH: "coachee",
    Relationship.MENTOR: "mentee",
    Relationship.SUPERVISOR: "supervisee",
}
_SIGNATURE_SPACE: Words = (
    PlainText(": "),
    BlankSpace(20),
    PlainText(" (date: "),
    BlankSpace(10),
    PlainText(")"),
)


def build_plan_page(plan: Plan, style: str = "table") -> Document:
    """Return the plan as a page, its actions as a `table` or as `tasks` to tick."""
    title = (
        PlainText("Action plan: "),
        TypedText(plan.person.name),
        PlainText(" and "),
        TypedText(_format_owner_in_title(plan)),
    )
    blocks = [
        Paragraph(_build_plan_dates(plan)),
        *_build_goal_blocks(plan.goals),
        Heading(2, (PlainText("Actions"),)),
        _build_plan_actions_block(plan, style),
        *_build_detail_blocks(plan.actions),
        *_build_progress_blocks(plan.actions),
        Heading(2, (PlainText("Agreed by"),)),
        BulletList(
            (
                (TypedText(plan.person.name), *_SIGNATURE_SPACE),
                (TypedText(_format_owner_name(plan)), *_SIGNATURE_SPACE),
            )
        ),
        *_build_plan_footer(plan),
    ]
    return Document(title, tuple(blocks))


def _format_owner_in_title(plan: Plan) -> str:
    """Return the owner's name, or what they are to this person when they gave none."""
    return plan.me or f"their {_OWNER_ROLES[plan.person.relationship]}"


def _format_owner_name(plan: Plan) -> str:
    return plan.me or _OWNER_ROLES[plan.person.relationship].capitalize()


def _build_plan_dates(plan: Plan) -> Words:
    agreed: Words = (
        (PlainText(f"Agreed {format_medium_day(plan.agreed_on)}"),) if plan.agreed_on else ()
    )
    if plan.review_on:
        return join_words([agreed, (PlainText(f"Review {format_medium_day(plan.review_on)}"),)])
    return join_words([agreed, (PlainText("Review: "), BlankSpace(12))])


def _build_goal_blocks(goals: Iterable[Goal]) -> Iterator[Block]:
    for number, goal in enumerate(goals, start=1):
        yield Heading(2, (PlainText(f"Goal {number}: "), TypedText(goal.title)))
        if words := join_words(_build_goal_facts(goal)):
            yield Paragraph(words)


def _build_goal_facts(goal: Goal) -> Iterator[Words]:
    if goal.why:
        yield PlainText("Why: "), TypedText(goal.why)
    if goal.success:
        yield PlainText("Success: "), TypedText(goal.success)
    yield from _build_level_words(goal) if goal.levels else _build_scale_words(goal)
    if goal.closed_on:
        yield (PlainText(f"{goal.status.value.capitalize()} {format_medium_day(goal.closed_on)}"),)
    elif goal.review_on:
        yield (PlainText(f"Review {format_medium_day(goal.review_on)}"),)
    if goal.actions:
        yield (PlainText(f"Actions: {', '.join(map(str, goal.actions))}"),)


def _build_scale_words(goal: Goal) -> Iterator[Words]:
    steps = (("then", goal.baseline), ("now", goal.now), ("target", goal.target))
    words = " → ".join(f"{name} {level}" for name, level in steps if level is not None)
    if words:
        yield (PlainText(words[0].upper() + words[1:]),)


def _build_level_words(goal: Goal) -> Iterator[Words]:
    if goal.now is not None:
        yield (
            PlainText(f"Now {rules.ATTAINMENT_WORDS[goal.now]}: "),
            TypedText(goal.levels[goal.now + 2]),
        )
    yield PlainText("Expected: "), TypedText(goal.levels[2])


def _build_plan_actions_block(plan: Plan, style: str) -> Block:
    if not plan.actions:
        return Paragraph((PlainText("No actions yet."),))
    if style == "tasks":
        return Checklist(
            tuple(
                build_action_task(action, _build_plan_owner_words(action, plan))
                for action in plan.actions
            )
        )
    return Table(
        _PLAN_COLUMNS, tuple(_build_plan_action_row(action, plan) for action in plan.actions)
    )


def _build_plan_action_row(action: Action, plan: Plan) -> tuple[Words, ...]:
    return (
        (PlainText(str(action.id)),),
        build_typed_lines(action.what),
        _build_plan_owner_words(action, plan),
        build_due_cell(action.due),
        build_text_cell(action.done_when),
        build_text_cell(action.support),
        (PlainText(str(action.confidence or EMPTY_CELL)),),
        (PlainText(format_action_status(action)),),
    )


def _build_plan_owner_words(action: Action, plan: Plan) -> Words:
    if action.owner == "me":
        return (StrongText((TypedText(_format_owner_name(plan)),)),)
    return (TypedText(plan.person.name if action.owner == "them" else action.owner),)


def _build_detail_blocks(actions: Sequence[Action]) -> Iterator[Block]:
    """Yield what is listed below the table, such as the plans for when it gets hard."""
    for field in PROMISE_FIELDS.values():
        if not field.heading:
            continue
        details = [(action.id, getattr(action, field.name)) for action in actions]
        entries = tuple(
            (TypedText(words), PlainText(f" (action {id})")) for id, words in details if words
        )
        if entries:
            yield Heading(2, (PlainText(field.heading),))
            yield BulletList(entries)


def _build_progress_blocks(actions: Iterable[Action]) -> Iterator[Block]:
    """Yield what was noted on the actions, in the order of the days."""
    notes = sorted(
        (event.on, action.id, event.note or "")
        for action in actions
        for event in action.events
        if event.kind is EventKind.NOTED
    )
    if notes:
        yield Heading(2, (PlainText("Progress"),))
        yield BulletList(
            tuple(
                (PlainText(f"{format_medium_day(on)}, action {id}: "), *build_typed_lines(note))
                for on, id, note in notes
            )
        )


def _build_plan_footer(plan: Plan) -> Iterator[Block]:
    actions = disclosure.count_private_entries(plan.actions)
    goals = disclosure.count_private_entries(plan.goals)
    if private := format_counts((actions, "private action"), (goals, "private goal")):
        yield Paragraph((Emphasis((PlainText(f"Includes {private}."),)),))
