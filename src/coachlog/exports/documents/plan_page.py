"""A person's plan as a page that they would want to keep."""

from collections.abc import Iterable, Iterator, Sequence

from coachlog import rules
from coachlog.dates import medium
from coachlog.exports.blocks import (
    Blank,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Paragraph,
    Plain,
    Strong,
    Table,
    Typed,
    Words,
    joined,
    typed_lines,
)
from coachlog.exports.documents.action_list import NONE, cell, due_cell, status, task
from coachlog.model import Action, EventKind, Goal, Relationship
from coachlog.model.plans import Plan
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.rules import disclosure
from coachlog.text import counts

_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Support", "Sure", "Status")
_ROLES = {
    Relationship.REPORT: "line manager",
    Relationship.COACHEE: "coach",
    Relationship.PEER: "colleague",
    Relationship.MANAGER: "report",
    Relationship.MENTEE: "mentor",
    Relationship.COACH: "coachee",
    Relationship.MENTOR: "mentee",
    Relationship.SUPERVISOR: "supervisee",
}
_TO_SIGN: Words = (Plain(": "), Blank(20), Plain(" (date: "), Blank(10), Plain(")"))


def plan_document(plan: Plan, style: str = "table") -> Document:
    """Return the plan as a page, its actions as a `table` or as `tasks` to tick."""
    title = (Plain("Action plan: "), Typed(plan.person.name), Plain(" and "), Typed(_me(plan)))
    blocks = [
        Paragraph(_dates(plan)),
        *_goals(plan.goals),
        Heading(2, (Plain("Actions"),)),
        _actions(plan, style),
        *_details_apart(plan.actions),
        *_progress(plan.actions),
        Heading(2, (Plain("Agreed by"),)),
        BulletList(((Typed(plan.person.name), *_TO_SIGN), (Typed(_my_name(plan)), *_TO_SIGN))),
        *_footer(plan),
    ]
    return Document(title, tuple(blocks))


def _me(plan: Plan) -> str:
    """Return the owner's name, or what they are to this person when they gave none."""
    return plan.me or f"their {_ROLES[plan.person.relationship]}"


def _my_name(plan: Plan) -> str:
    return plan.me or _ROLES[plan.person.relationship].capitalize()


def _dates(plan: Plan) -> Words:
    agreed: Words = (Plain(f"Agreed {medium(plan.agreed_on)}"),) if plan.agreed_on else ()
    if plan.review_on:
        return joined([agreed, (Plain(f"Review {medium(plan.review_on)}"),)])
    return joined([agreed, (Plain("Review: "), Blank(12))])


def _goals(goals: Iterable[Goal]) -> Iterator[Block]:
    for number, goal in enumerate(goals, start=1):
        yield Heading(2, (Plain(f"Goal {number}: "), Typed(goal.title)))
        if words := joined(_goal(goal)):
            yield Paragraph(words)


def _goal(goal: Goal) -> Iterator[Words]:
    if goal.why:
        yield Plain("Why: "), Typed(goal.why)
    if goal.success:
        yield Plain("Success: "), Typed(goal.success)
    yield from _levels(goal) if goal.levels else _on_the_scale(goal)
    if goal.closed_on:
        yield (Plain(f"{goal.status.value.capitalize()} {medium(goal.closed_on)}"),)
    elif goal.review_on:
        yield (Plain(f"Review {medium(goal.review_on)}"),)
    if goal.actions:
        yield (Plain(f"Actions: {', '.join(map(str, goal.actions))}"),)


def _on_the_scale(goal: Goal) -> Iterator[Words]:
    steps = (("then", goal.baseline), ("now", goal.now), ("target", goal.target))
    words = " → ".join(f"{name} {level}" for name, level in steps if level is not None)
    if words:
        yield (Plain(words[0].upper() + words[1:]),)


def _levels(goal: Goal) -> Iterator[Words]:
    if goal.now is not None:
        yield Plain(f"Now {rules.ATTAINED[goal.now]}: "), Typed(goal.levels[goal.now + 2])
    yield Plain("Expected: "), Typed(goal.levels[2])


def _actions(plan: Plan, style: str) -> Block:
    if not plan.actions:
        return Paragraph((Plain("No actions yet."),))
    if style == "tasks":
        return Checklist(tuple(task(action, _owner(action, plan)) for action in plan.actions))
    return Table(_COLUMNS, tuple(_row(action, plan) for action in plan.actions))


def _row(action: Action, plan: Plan) -> tuple[Words, ...]:
    return (
        (Plain(str(action.id)),),
        typed_lines(action.what),
        _owner(action, plan),
        due_cell(action.due),
        cell(action.done_when),
        cell(action.support),
        (Plain(str(action.confidence or NONE)),),
        (Plain(status(action)),),
    )


def _owner(action: Action, plan: Plan) -> Words:
    if action.owner == "me":
        return (Strong((Typed(_my_name(plan)),)),)
    return (Typed(plan.person.name if action.owner == "them" else action.owner),)


def _details_apart(actions: Sequence[Action]) -> Iterator[Block]:
    """Yield what is listed below the table, such as the plans for when it gets hard."""
    for field in PROMISE_FIELDS.values():
        if not field.heading:
            continue
        details = [(action.id, getattr(action, field.name)) for action in actions]
        entries = tuple((Typed(words), Plain(f" (action {id})")) for id, words in details if words)
        if entries:
            yield Heading(2, (Plain(field.heading),))
            yield BulletList(entries)


def _progress(actions: Iterable[Action]) -> Iterator[Block]:
    """Yield what was noted on the actions, in the order of the days."""
    notes = sorted(
        (event.on, action.id, event.note or "")
        for action in actions
        for event in action.events
        if event.kind is EventKind.NOTED
    )
    if notes:
        yield Heading(2, (Plain("Progress"),))
        yield BulletList(
            tuple(
                (Plain(f"{medium(on)}, action {id}: "), *typed_lines(note))
                for on, id, note in notes
            )
        )


def _footer(plan: Plan) -> Iterator[Block]:
    actions = disclosure.private_count(plan.actions)
    goals = disclosure.private_count(plan.goals)
    if private := counts((actions, "private action"), (goals, "private goal")):
        yield Paragraph((Emphasis((Plain(f"Includes {private}."),)),))
