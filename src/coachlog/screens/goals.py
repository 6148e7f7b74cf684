"""Goals: how far each is, in words; a list, a page of one, the part of a plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Rating
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns, render_two_line_rows
from coachlog.text import clean_text, format_count

BARS = "▁▂▃▄▅▆▇█"


def render_goals(goals: Sequence[Goal], today: date, width: int, *, with_owner: bool) -> Columns:
    """Return goals one a row; two lines each when one does not hold them all."""
    names = ["#", "goal", *(["whose"] if with_owner else []), "where it is", ""]
    table = Columns(*names, right=("#",), wide="goal")
    for goal in goals:
        table.add_row(
            str(goal.id), _format_goal_title(goal), *_format_goal_cells(goal, today, with_owner)
        )
    if table.fits(width, least_width=lists.READABLE_WIDTH):
        return table
    return render_two_line_rows(
        "goal",
        (
            (goal.id, _format_goal_title(goal), _format_goal_details(goal, today, with_owner))
            for goal in goals
        ),
    )


def _format_goal_cells(goal: Goal, today: date, with_owner: bool) -> list[Text]:
    return [
        *([_format_goal_owner(goal)] if with_owner else []),
        Text(_format_short_standing(goal)),
        _format_review_or_end(goal, today),
    ]


def _format_goal_details(goal: Goal, today: date, with_owner: bool) -> Text:
    cells = _format_goal_cells(goal, today, with_owner)
    return Text(" · ", style=styling.QUIET).join(cell for cell in cells if cell.plain)


def _format_goal_title(goal: Goal) -> Text:
    return styling.mark_private_words(goal.title, private=goal.private)


def _format_goal_owner(goal: Goal) -> Text:
    return (
        styling.format_typed_words(goal.person.name) if goal.person else Text("yours", style="bold")
    )


def _format_short_standing(goal: Goal) -> str:
    """Return where a goal is, in a few words of our own."""
    if goal.scale is GoalScale.ATTAINMENT:
        return "not rated yet" if goal.now is None else rules.ATTAINMENT_WORDS[goal.now]
    steps = (("then", goal.baseline), ("now", goal.now), ("target", goal.target))
    return ", ".join(f"{name} {n}" for name, n in steps if n is not None) or "not rated yet"


def format_goal_standing(goal: Goal) -> str:
    """Return where a goal is; by levels with the words of the level, written before the period."""
    if goal.scale is GoalScale.TEN or goal.now is None:
        return _format_short_standing(goal)
    return f"{_format_short_standing(goal)}: {goal.levels[goal.now + 2]}"


def _format_review_or_end(goal: Goal, today: date) -> Text:
    """Return when a goal is looked at again, or how it ended."""
    if goal.closed_on:
        style = styling.GOOD if goal.status is GoalStatus.ACHIEVED else styling.QUIET
        return Text(
            f"{goal.status.value} {dates.format_short_day(goal.closed_on, today)}", style=style
        )
    if goal.review_on is None:
        return Text("")
    late = goal.review_on < today
    words = f"review {'was due ' if late else ''}{dates.format_short_day(goal.review_on, today)}"
    return Text(words, style=styling.SOON if late else "")


def format_attainment(
    score: float, goal_count: int, owner: str | None = None, *, with_closed: bool = False
) -> Text:
    """Return a T-score in words, with how many goals it counts, and if `closed` ones are in it."""
    of = f" of {clean_text(owner)}" if owner else ""
    counted = format_count(goal_count, "goal") + (
        ", closed goals count as well" if with_closed else ""
    )
    return Text(f"Goal attainment{of}: T = {score:.1f} ({counted}; 50 is as expected)")


def render_plan_goals(goals: Sequence[Goal], today: date) -> Iterator[RenderableType]:
    """Yield the goals of a plan: each with why, success, where it is, and its actions' numbers."""
    made = Columns("#", "goal", right=("#",), wide="goal")
    for goal in goals:
        words = _format_goal_title(goal)
        for name, said in (("why", goal.why), ("success", goal.success)):
            if said:
                words.append("\n").append(f"{name}: ", style=styling.QUIET).append(clean_text(said))
        facts = [
            styling.format_typed_words(format_goal_standing(goal)),
            _format_review_or_end(goal, today),
            Text(_format_action_numbers(goal)),
        ]
        joined = Text(" · ", style=styling.QUIET).join(fact for fact in facts if fact.plain)
        made.add_row(str(goal.id), words.append("\n").append_text(joined))
    yield made


def _format_action_numbers(goal: Goal) -> str:
    if not goal.actions:
        return ""
    return f"{'action' if len(goal.actions) == 1 else 'actions'} " + ", ".join(
        map(str, goal.actions)
    )


def render_goal(goal: Goal, actions: Sequence[Action], today: date, width: int) -> Group:
    """Return one goal: what it is, its levels in words, every rating, its actions."""
    title = Text(f"{goal.id}  ", style="bold").append_text(
        styling.format_typed_words(goal.title, "bold")
    )
    parts: list[RenderableType] = [title, styling.IndentedBody(_render_goal_facts(goal, today))]
    if goal.levels:
        parts += [
            "",
            styling.format_heading("Levels"),
            styling.IndentedBody(_render_goal_levels(goal)),
        ]
    parts += [
        "",
        styling.format_heading("Ratings"),
        styling.IndentedBody(_render_goal_ratings(goal, today)),
    ]
    if actions:
        shown = lists.render_actions(actions, today, width - 2, with_person=False)
        parts += ["", styling.format_heading("Actions"), styling.IndentedBody(shown)]
    return Group(*parts)


def _render_goal_facts(goal: Goal, today: date) -> Columns:
    grid = Columns("", "")
    status = Text(f"open since {dates.format_short_day(goal.opened_on, today)}")
    if goal.closed_on:
        status = _format_review_or_end(goal, today)
    elif goal.review_on:
        status.append(" · ").append_text(_format_review_or_end(goal, today))
    facts = [
        ("whose", _format_goal_owner(goal)),
        ("why", styling.format_typed_words(goal.why)),
        ("success", styling.format_typed_words(goal.success)),
        ("where it is", styling.format_typed_words(format_goal_standing(goal))),
        ("status", status),
        ("weight", Text(f"{goal.weight} of 9" if goal.weight > 1 else "")),
        ("private", Text("yes: left out of plans and exports" if goal.private else "")),
    ]
    for name, cell in facts:
        if cell.plain:
            grid.add_row(Text(name, style=styling.QUIET), cell)
    return grid


def _render_goal_levels(goal: Goal) -> Columns:
    """Return the five descriptions, the best first, the one reached last marked."""
    grid = Columns("", "", "")
    for value in range(2, -3, -1):
        here = value == goal.now
        name = f"{rules.ATTAINMENT_WORDS[value]}{' (now)' if here else ''}"
        grid.add_row(
            _format_rating_value(goal, value),
            Text(name, style="bold" if here else styling.QUIET),
            styling.format_typed_words(goal.levels[value + 2], "bold" if here else ""),
        )
    return grid


def _render_goal_ratings(goal: Goal, today: date) -> RenderableType:
    if not goal.ratings:
        return Text(f"None yet: coachlog goal rate {goal.id}", style=styling.QUIET)
    grid = Columns("", "", "")
    for rating in _list_rating_points(goal):
        words = styling.format_typed_words(rating.note)
        grid.add_row(
            Text(dates.format_short_day(rating.on, today), style=styling.QUIET),
            _format_rating_value(goal, rating.value),
            words,
        )
    return (
        Group(grid, _draw_rating_trend(goal, today)) if len(_list_rating_points(goal)) > 1 else grid
    )


def _list_rating_points(goal: Goal) -> tuple[Rating, ...]:
    """Return where a goal began, if that is known, and every rating since."""
    if goal.baseline is None:
        return goal.ratings
    return (Rating(goal.opened_on, goal.baseline, "Where it began."), *goal.ratings)


def _format_rating_value(goal: Goal, value: int) -> Text:
    signed = goal.scale is GoalScale.ATTAINMENT and value
    return Text(f"{value:+d}" if signed else f"{value:2d}")


def _draw_rating_trend(goal: Goal, today: date) -> Text:
    """Return the ratings as bars, and in words how far they went since the goal began."""
    points = _list_rating_points(goal)
    first, last = points[0], points[-1]
    low, high = (-2, 2) if goal.scale is GoalScale.ATTAINMENT else (1, 10)
    bars = "".join(
        BARS[round((rating.value - low) / (high - low) * (len(BARS) - 1))]
        for rating in points[-30:]
    )
    change = last.value - first.value
    way = f"{'up' if change > 0 else 'down'} {abs(change)}" if change else "unchanged"
    count = format_count(len(goal.ratings), "rating")
    return Text(f"{bars}  {way} since {dates.format_short_day(first.on, today)}, {count}")
