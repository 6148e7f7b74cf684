"""Goals: how far each is, in words; a list, a page of one, the part of a plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Goal, GoalScale, GoalStatus, Rating
from coachlog.screens import lists, styling
from coachlog.screens.columns import Columns, two_lines_each
from coachlog.text import clean, plural

BARS = "▁▂▃▄▅▆▇█"


def listed(found: Sequence[Goal], today: date, width: int, *, whose: bool) -> Columns:
    """Return goals one a row; two lines each when one does not hold them all."""
    names = ["#", "goal", *(["whose"] if whose else []), "where it is", ""]
    table = Columns(*names, right=("#",), wide="goal")
    for goal in found:
        table.add_row(str(goal.id), _title(goal), *_cells(goal, today, whose))
    if table.fits(width, least=lists.READABLE):
        return table
    return two_lines_each(
        "goal", ((goal.id, _title(goal), _below(goal, today, whose)) for goal in found)
    )


def _cells(goal: Goal, today: date, whose: bool) -> list[Text]:
    return [*([_whose(goal)] if whose else []), Text(_short(goal)), _ends(goal, today)]


def _below(goal: Goal, today: date, whose: bool) -> Text:
    cells = _cells(goal, today, whose)
    return Text(" · ", style=styling.QUIET).join(cell for cell in cells if cell.plain)


def _title(goal: Goal) -> Text:
    return styling.words(goal.title, private=goal.private)


def _whose(goal: Goal) -> Text:
    return styling.typed(goal.person.name) if goal.person else Text("yours", style="bold")


def _short(goal: Goal) -> str:
    """Return where a goal is, in a few words of our own."""
    if goal.scale is GoalScale.ATTAINMENT:
        return "not rated yet" if goal.now is None else rules.ATTAINED[goal.now]
    steps = (("then", goal.baseline), ("now", goal.now), ("target", goal.target))
    return ", ".join(f"{name} {n}" for name, n in steps if n is not None) or "not rated yet"


def standing(goal: Goal) -> str:
    """Return where a goal is; by levels with the words of the level, written before the period."""
    if goal.scale is GoalScale.TEN or goal.now is None:
        return _short(goal)
    return f"{_short(goal)}: {goal.levels[goal.now + 2]}"


def _ends(goal: Goal, today: date) -> Text:
    """Return when a goal is looked at again, or how it ended."""
    if goal.closed_on:
        style = styling.GOOD if goal.status is GoalStatus.ACHIEVED else styling.QUIET
        return Text(f"{goal.status.value} {dates.short(goal.closed_on, today)}", style=style)
    if goal.review_on is None:
        return Text("")
    late = goal.review_on < today
    words = f"review {'was due ' if late else ''}{dates.short(goal.review_on, today)}"
    return Text(words, style=styling.SOON if late else "")


def attained(score: float, count: int, whose: str | None = None, *, closed: bool = False) -> Text:
    """Return a T-score in words, with how many goals it counts, and if `closed` ones are in it."""
    of = f" of {clean(whose)}" if whose else ""
    counted = plural(count, "goal") + (", closed goals count as well" if closed else "")
    return Text(f"Goal attainment{of}: T = {score:.1f} ({counted}; 50 is as expected)")


def planned(found: Sequence[Goal], today: date) -> Iterator[RenderableType]:
    """Yield the goals of a plan: each with why, success, where it is, and its actions' numbers."""
    made = Columns("#", "goal", right=("#",), wide="goal")
    for goal in found:
        words = _title(goal)
        for name, said in (("why", goal.why), ("success", goal.success)):
            if said:
                words.append("\n").append(f"{name}: ", style=styling.QUIET).append(clean(said))
        facts = [styling.typed(standing(goal)), _ends(goal, today), Text(_numbers(goal))]
        joined = Text(" · ", style=styling.QUIET).join(fact for fact in facts if fact.plain)
        made.add_row(str(goal.id), words.append("\n").append_text(joined))
    yield made


def _numbers(goal: Goal) -> str:
    if not goal.actions:
        return ""
    return f"{'action' if len(goal.actions) == 1 else 'actions'} " + ", ".join(
        map(str, goal.actions)
    )


def page(found: Goal, actions: Sequence[Action], today: date, width: int) -> Group:
    """Return one goal: what it is, its levels in words, every rating, its actions."""
    title = Text(f"{found.id}  ", style="bold").append_text(styling.typed(found.title, "bold"))
    parts: list[RenderableType] = [title, styling.Indented(_facts(found, today))]
    if found.levels:
        parts += ["", styling.heading("Levels"), styling.Indented(_levels(found))]
    parts += ["", styling.heading("Ratings"), styling.Indented(_ratings(found, today))]
    if actions:
        shown = lists.actions(actions, today, width - 2, person=False)
        parts += ["", styling.heading("Actions"), styling.Indented(shown)]
    return Group(*parts)


def _facts(goal: Goal, today: date) -> Columns:
    grid = Columns("", "")
    status = Text(f"open since {dates.short(goal.opened_on, today)}")
    if goal.closed_on:
        status = _ends(goal, today)
    elif goal.review_on:
        status.append(" · ").append_text(_ends(goal, today))
    facts = [
        ("whose", _whose(goal)),
        ("why", styling.typed(goal.why)),
        ("success", styling.typed(goal.success)),
        ("where it is", styling.typed(standing(goal))),
        ("status", status),
        ("weight", Text(f"{goal.weight} of 9" if goal.weight > 1 else "")),
        ("private", Text("yes: left out of plans and exports" if goal.private else "")),
    ]
    for name, cell in facts:
        if cell.plain:
            grid.add_row(Text(name, style=styling.QUIET), cell)
    return grid


def _levels(goal: Goal) -> Columns:
    """Return the five descriptions, the best first, the one reached last marked."""
    grid = Columns("", "", "")
    for value in range(2, -3, -1):
        here = value == goal.now
        name = f"{rules.ATTAINED[value]}{' (now)' if here else ''}"
        grid.add_row(
            _value(goal, value),
            Text(name, style="bold" if here else styling.QUIET),
            styling.typed(goal.levels[value + 2], "bold" if here else ""),
        )
    return grid


def _ratings(goal: Goal, today: date) -> RenderableType:
    if not goal.ratings:
        return Text(f"None yet: coachlog goal rate {goal.id}", style=styling.QUIET)
    grid = Columns("", "", "")
    for rating in _points(goal):
        words = styling.typed(rating.note)
        grid.add_row(
            Text(dates.short(rating.on, today), style=styling.QUIET),
            _value(goal, rating.value),
            words,
        )
    return Group(grid, _trend(goal, today)) if len(_points(goal)) > 1 else grid


def _points(goal: Goal) -> tuple[Rating, ...]:
    """Return where a goal began, if that is known, and every rating since."""
    if goal.baseline is None:
        return goal.ratings
    return (Rating(goal.opened_on, goal.baseline, "Where it began."), *goal.ratings)


def _value(goal: Goal, value: int) -> Text:
    signed = goal.scale is GoalScale.ATTAINMENT and value
    return Text(f"{value:+d}" if signed else f"{value:2d}")


def _trend(goal: Goal, today: date) -> Text:
    """Return the ratings as bars, and in words how far they went since the goal began."""
    points = _points(goal)
    first, last = points[0], points[-1]
    low, high = (-2, 2) if goal.scale is GoalScale.ATTAINMENT else (1, 10)
    bars = "".join(
        BARS[round((rating.value - low) / (high - low) * (len(BARS) - 1))]
        for rating in points[-30:]
    )
    change = last.value - first.value
    way = f"{'up' if change > 0 else 'down'} {abs(change)}" if change else "unchanged"
    count = plural(len(goal.ratings), "rating")
    return Text(f"{bars}  {way} since {dates.short(first.on, today)}, {count}")
