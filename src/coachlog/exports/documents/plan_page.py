"""A person's plan as a page to keep and to sign."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    BlankSpace,
    Block,
    BulletList,
    ChartGroup,
    Checklist,
    Document,
    Heading,
    Paragraph,
    PlainText,
    StrongText,
    TypedText,
    Words,
    build_typed_lines,
    join_words,
)
from coachlog.exports.documents.action_list import (
    build_action_task,
    build_day_cell,
    build_filled_table,
    build_owner_since,
    build_text_cell,
    format_action_status,
)
from coachlog.exports.documents.private_marks import build_private_footer
from coachlog.exports.documents.value_charts import build_goal_chart
from coachlog.model.actions import Action, EventKind
from coachlog.model.goals import Goal
from coachlog.model.people import Relationship
from coachlog.model.plans import Plan
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.task_marks import NO_TASK_MARKS, TaskMarks
from coachlog.phrasing.supports import name_supporters
from coachlog.rules.disclosure import count_private_entries
from coachlog.rules.goals import ATTAINMENT_WORDS
from coachlog.text import format_counts

_PLAN_COLUMNS = (
    "#",
    "Promise",
    "Who",
    "By",
    "Done when",
    "Support",
    "Confidence (1–10)",
    "Status",
)
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
SIGNATURE_SPACE: Words = (
    PlainText(": "),
    BlankSpace(20),
    PlainText(" (date: "),
    BlankSpace(10),
    PlainText(")"),
)


def build_plan_page(
    plan: Plan,
    style: str = "table",
    marks: TaskMarks = NO_TASK_MARKS,
    today: date | None = None,
) -> Document:
    """Return the plan as a page, its actions as a `table` or as `tasks` with their `marks`."""
    actions = name_supporters(plan.actions, plan.supports, _format_owner_name(plan))
    plan = plan._replace(actions=actions)
    title = (
        PlainText("Action plan: "),
        TypedText(plan.person.name),
        PlainText(" and "),
        TypedText(plan.me or f"their {_OWNER_ROLES[plan.person.relationship]}"),
    )
    signatures = (
        (TypedText(plan.person.name), *SIGNATURE_SPACE),
        (TypedText(_format_owner_name(plan)), *SIGNATURE_SPACE),
    )
    blocks = [
        Paragraph(_build_plan_dates(plan)),
        *build_goal_blocks(plan.goals),
        Heading(2, (PlainText("Promises"),)),
        _build_plan_actions_block(plan, style, marks, today),
        *build_detail_blocks(plan.actions),
        *build_progress_blocks(plan.actions),
        Heading(2, (PlainText("Agreed by"),)),
        BulletList(signatures),
        *_build_plan_footer(plan),
    ]
    return Document(title, tuple(blocks))


def _format_owner_name(plan: Plan) -> str:
    """Return the name of the journal's owner, or what they are to this person if they gave none."""
    return plan.me or _OWNER_ROLES[plan.person.relationship].capitalize()


def _build_plan_dates(plan: Plan) -> Words:
    agreed: Words = ()
    if plan.agreed_on:
        agreed = (PlainText(f"Agreed {format_medium_day(plan.agreed_on)}"),)
    review: Words = (PlainText("Review: "), BlankSpace(12))
    if plan.review_on:
        review = (PlainText(f"Review {format_medium_day(plan.review_on)}"),)
    return join_words([agreed, review])


def build_goal_blocks(goals: Iterable[Goal]) -> Iterator[Block]:
    """Yield a heading for each goal, by the number that it has everywhere, with its facts below."""
    for goal in goals:
        yield Heading(2, (PlainText(f"Goal {goal.id}: "), TypedText(goal.title)))
        entries = _list_goal_entries(goal)
        if entries:
            yield BulletList(entries)
        # The title stands above already.
        title = (PlainText(f"Ratings of goal {goal.id}"),)
        charts = tuple(build_goal_chart(goal, title))
        if charts:
            yield ChartGroup(charts)


def _list_goal_entries(goal: Goal) -> tuple[Words, ...]:
    """Return what was typed about a goal, an entry each, and then its own facts in one."""
    entries: list[Words] = []
    if goal.why:
        entries.append((PlainText("Why: "), TypedText(goal.why)))
    if goal.success:
        entries.append((PlainText("Success: "), TypedText(goal.success)))
    if goal.levels:
        entries += _build_level_words(goal)
    facts = join_words(_list_goal_facts(goal))
    return (*entries, facts) if facts else tuple(entries)


def _list_goal_facts(goal: Goal) -> list[Words]:
    facts: list[Words] = []
    if not goal.levels:
        facts.append(_build_scale_words(goal))
    if goal.closed_on:
        status = goal.status.value.capitalize()
        facts.append((PlainText(f"{status} {format_medium_day(goal.closed_on)}"),))
    elif goal.review_on:
        facts.append((PlainText(f"Review {format_medium_day(goal.review_on)}"),))
    if goal.actions:
        facts.append((PlainText(f"Promises: {', '.join(map(str, goal.actions))}"),))
    return facts


def _build_scale_words(goal: Goal) -> Words:
    """Return the numbers of a goal on a scale: `Start 3 → now 5 → target 8`; none without any."""
    steps = []
    for label, level in (
        ("start", goal.baseline),
        ("now", goal.now),
        ("target", goal.target),
    ):
        if level is not None:
            steps.append(f"{label} {level}")
    if not steps:
        return ()
    words = " → ".join(steps)
    return (PlainText(words[0].upper() + words[1:]),)


def _build_level_words(goal: Goal) -> Iterator[Words]:
    """Yield the level reached and the level expected, in the words of the goal."""
    # Levels run from -2 to +2, so the expected one, 0, is the third.
    if goal.now is not None:
        lead = PlainText(f"Now {ATTAINMENT_WORDS[goal.now]}: ")
        yield lead, TypedText(goal.levels[goal.now + 2])
    yield PlainText("Expected: "), TypedText(goal.levels[2])


def _build_plan_actions_block(
    plan: Plan, style: str, marks: TaskMarks, today: date | None
) -> Block:
    if not plan.actions:
        return Paragraph((PlainText("No promises in this plan."),))
    if style == "tasks":
        tasks = []
        for action in plan.actions:
            tasks.append(
                build_action_task(action, _build_plan_owner_words(action, plan), marks)
            )
        return Checklist(tuple(tasks))
    rows = [_build_plan_action_row(action, plan, today) for action in plan.actions]
    return build_filled_table(_PLAN_COLUMNS, rows)


def _build_plan_action_row(
    action: Action, plan: Plan, today: date | None
) -> tuple[Words, ...]:
    return (
        (PlainText(str(action.id)),),
        build_typed_lines(action.what),
        _build_plan_owner_words(action, plan),
        build_day_cell(action.due),
        build_text_cell(action.done_when),
        build_text_cell(action.support),
        (PlainText(str(action.confidence or EMPTY_CELL)),),
        (PlainText(format_action_status(action, today)),),
    )


def _build_plan_owner_words(action: Action, plan: Plan) -> Words:
    return (*_build_plan_owner_name(action, plan), *build_owner_since(action))


def _build_plan_owner_name(action: Action, plan: Plan) -> Words:
    if action.owner == "me":
        return (StrongText((TypedText(_format_owner_name(plan)),)),)
    if action.owner == "them":
        return (TypedText(plan.person.name),)
    return (TypedText(action.owner),)


def build_detail_blocks(actions: Sequence[Action]) -> Iterator[Block]:
    """Yield the fields that are listed below the table, such as the if-then plans."""
    for field in PROMISE_FIELDS.values():
        if not field.heading:
            continue
        entries: list[Words] = []
        for action in actions:
            text = getattr(action, field.name)
            if text:
                entries.append((TypedText(text), PlainText(f" (promise {action.id})")))
        if entries:
            yield Heading(2, (PlainText(field.heading),))
            yield BulletList(tuple(entries))


def build_progress_blocks(actions: Iterable[Action]) -> Iterator[Block]:
    """Yield the progress noted on the actions, day by day."""
    notes = []
    for action in actions:
        for event in action.events:
            if event.kind is EventKind.NOTED:
                notes.append((event.on, action.id, event.note or ""))
    entries: list[Words] = []
    for day, action_id, note in sorted(notes):
        lead = PlainText(f"{format_medium_day(day)}, promise {action_id}: ")
        entries.append((lead, *build_typed_lines(note)))
    if entries:
        yield Heading(2, (PlainText("Progress"),))
        yield BulletList(tuple(entries))


def _build_plan_footer(plan: Plan) -> Iterator[Block]:
    private_actions = count_private_entries(plan.actions)
    private_goals = count_private_entries(plan.goals)
    counts = format_counts(
        (private_actions, "private promise"), (private_goals, "private goal")
    )
    if counts:
        yield build_private_footer(counts)
