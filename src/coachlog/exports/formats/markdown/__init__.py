"""A plan as GitHub markdown: a page that the other person would want to keep."""

from collections.abc import Iterator

from coachlog import rules
from coachlog.dates import medium
from coachlog.exports.markup import escape, heading
from coachlog.model import Action, ActionStatus, EventKind, Goal, Plan, Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.text import clean, counts

STYLES = ("table", "tasks")

_COLUMNS = ("#", "Action", "Who", "By", "Done when", "Support", "Sure", "Status")
_ROLES = {
    Relationship.REPORT: "line manager",
    Relationship.COACHEE: "coach",
    Relationship.PEER: "colleague",
    Relationship.MANAGER: "report",
    Relationship.MENTEE: "mentor",
}


def export(plan: Plan, style: str = "table") -> str:
    """Return the plan as a markdown page, its actions as a `table` or as `tasks` to tick."""
    body = _tasks(plan) if style == "tasks" else _table(plan)
    blocks = [
        f"# Action plan: {escape(plan.person.name)} and {heading(me(plan))}",
        _dates(plan),
        *_goals(plan),
        "## Actions",
        body if plan.actions else "No actions yet.",
        *_apart(plan),
        *_progress(plan),
        "## Agreed by",
        _signatures(plan),
        *_footer(plan),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def me(plan: Plan) -> str:
    """Return the owner's name, or what they are to this person when they gave none."""
    return plan.me or f"their {_ROLES[plan.person.relationship]}"


def _my_name(plan: Plan) -> str:
    return escape(plan.me or _ROLES[plan.person.relationship].capitalize())


def lines(words: str) -> str:
    """Return typed words as they stand in a cell or a paragraph, each of their lines on its own."""
    return "<br>".join(escape(row) for row in clean(words).split("\n") if row.strip())


def _dates(plan: Plan) -> str:
    agreed = f"Agreed {medium(plan.agreed_on)}" if plan.agreed_on else ""
    review = f"Review {medium(plan.review_on)}" if plan.review_on else "Review: ____________"
    return " · ".join(part for part in (agreed, review) if part)


def _goals(plan: Plan) -> Iterator[str]:
    for number, goal in enumerate(plan.goals, start=1):
        yield f"## Goal {number}: {heading(goal.title)}"
        yield _goal(goal)


def _goal(goal: Goal) -> str:
    parts = [
        f"Why: {escape(goal.why)}" if goal.why else "",
        f"Success: {escape(goal.success)}" if goal.success else "",
        _by_levels(goal) if goal.levels else _on_the_scale(goal),
        _ends(goal),
        f"Actions: {', '.join(map(str, goal.actions))}" if goal.actions else "",
    ]
    return " · ".join(part for part in parts if part)


def _on_the_scale(goal: Goal) -> str:
    steps = (("then", goal.baseline), ("now", goal.now), ("target", goal.target))
    words = " → ".join(f"{name} {level}" for name, level in steps if level is not None)
    return words[:1].upper() + words[1:]


def _by_levels(goal: Goal) -> str:
    now = ""
    if goal.now is not None:
        now = f"Now {rules.ATTAINED[goal.now]}: {escape(goal.levels[goal.now + 2])} · "
    return f"{now}Expected: {escape(goal.levels[2])}"


def _ends(goal: Goal) -> str:
    if goal.closed_on:
        return f"{goal.status.value.capitalize()} {medium(goal.closed_on)}"
    return f"Review {medium(goal.review_on)}" if goal.review_on else ""


def _table(plan: Plan) -> str:
    rows = ["| " + " | ".join(_COLUMNS) + " |", "|" + " --- |" * len(_COLUMNS)]
    rows += ["| " + " | ".join(_cells(action, plan)) + " |" for action in plan.actions]
    return "\n".join(rows)


def _cells(action: Action, plan: Plan) -> Iterator[str]:
    yield str(action.id)
    yield lines(action.what)
    yield _owner(action, plan)
    yield medium(action.due) if action.due else "–"
    yield lines(action.done_when or "–")
    yield lines(action.support or "–")
    yield str(action.confidence or "–")
    yield status(action)


def _tasks(plan: Plan) -> str:
    return "\n".join(task(action, _owner(action, plan)) for action in plan.actions)


def task(action: Action, owner: str) -> str:
    """Return an action as a line to tick; `owner` is who has it, as markdown."""
    tick = " " if action.status is ActionStatus.OPEN else "x"
    what = lines(action.what)
    if action.status is ActionStatus.DROPPED:
        what = f"~~{what}~~ (dropped)"
    parts = [f"- [{tick}] {what} ({owner})"]
    if action.due:
        parts.append(f"📅 {action.due.isoformat()}")
    if action.done_when:
        parts.append(f"· done when: {lines(action.done_when)}")
    if action.support:
        parts.append(f"· support: {lines(action.support)}")
    return " ".join([*parts, f"<!-- A{action.id} -->"])


def _owner(action: Action, plan: Plan) -> str:
    if action.owner == "me":
        return f"**{_my_name(plan)}**"
    return escape(plan.person.name if action.owner == "them" else action.owner)


def status(action: Action) -> str:
    """Return what became of an action: `open`, `done 24 November 2026`."""
    if action.status is ActionStatus.OPEN:
        moved = action.due != action.original_due and action.original_due is not None
        return f"open, moved from {medium(action.original_due)}" if moved else "open"  # type: ignore[arg-type]
    return (
        f"{action.status.value} {medium(action.closed_on)}" if action.closed_on else action.status
    )


def _apart(plan: Plan) -> Iterator[str]:
    """Yield what is listed apart from the table, such as the plans for when it gets hard."""
    for field in (field for field in PROMISE_FIELDS.values() if field.heading):
        said = [(action.id, getattr(action, field.name)) for action in plan.actions]
        rows = [f"- {escape(words)} (action {id})" for id, words in said if words]
        if rows:
            yield f"## {field.heading}"
            yield "\n".join(rows)


def _progress(plan: Plan) -> Iterator[str]:
    notes = sorted(
        (event.on, action.id, event.note or "")
        for action in plan.actions
        for event in action.events
        if event.kind is EventKind.NOTED
    )
    if notes:
        yield "## Progress"
        yield "\n".join(f"- {medium(on)}, action {id}: {lines(note)}" for on, id, note in notes)


def _signatures(plan: Plan) -> str:
    names = (escape(plan.person.name), _my_name(plan))
    return "\n".join(f"- {name}: ____________________ (date: __________)" for name in names)


def _footer(plan: Plan) -> Iterator[str]:
    actions = sum(action.private for action in plan.actions)
    goals = sum(goal.private for goal in plan.goals)
    if private := counts((actions, "private action"), (goals, "private goal")):
        yield f"*Includes {private}.*"
