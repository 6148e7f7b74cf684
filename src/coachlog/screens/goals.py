"""Goals as a list, as a page about one, and as part of a plan."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.model.actions import Action
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.phrasing.values import describe_change
from coachlog.rules.goals import ATTAINMENT_WORDS, counts_in_score
from coachlog.screens import styling
from coachlog.screens.charts import MOST_DIGITS, Marks, draw_sparkline
from coachlog.screens.columns import (
    Columns,
    render_facts,
    render_sentence,
    render_two_line_rows,
)
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.lists import READABLE_WIDTH, render_actions
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.screens.widths import has_no_end
from coachlog.text import clean_text, format_count

if TYPE_CHECKING:
    from coachlog.model.attainment import Attainment

MOST_RATINGS_DRAWN = 30
_SCALE_ENDS = {GoalScale.TEN: (1, 10), GoalScale.ATTAINMENT: (-2, 2)}
_GOAL_END_STYLES = {GoalStatus.ACHIEVED: styling.GOOD}


def render_goals(
    goals: Sequence[Goal],
    attainments: "Sequence[Attainment]",
    today: date,
    width: int,
    *,
    with_owner: bool,
) -> Columns:
    """Return goals one per row; two lines each where one does not hold them all.

    Those of somebody with a T-score have their weights, so that it can be computed from them. In a
    pipe there is always a column that says whose they are.
    """
    with_owner = with_owner or has_no_end(width)
    scored_people = [attainment.person for attainment in attainments]
    columns = ["#", "goal", "progress", ""]
    if with_owner:
        columns.insert(2, "whose")
    table = Columns(*columns, right=("#",), wide="goal")
    two_line_rows = []
    for goal in goals:
        standing = _format_short_standing(goal)
        if _has_weight(goal, in_score=goal.person in scored_people):
            standing += f", weight {goal.weight}"
        cells = [Text(standing), _format_review_or_end(goal, today)]
        if with_owner:
            cells.insert(0, _format_goal_owner(goal))
        table.add_row(str(goal.id), _format_goal_title(goal), *cells)
        two_line_rows.append((goal.id, _format_goal_title(goal), _join_facts(cells)))
    if table.has_layout(width, READABLE_WIDTH):
        return table
    return render_two_line_rows("goal", two_line_rows)


def _has_weight(goal: Goal, *, in_score: bool) -> bool:
    """Return whether the weight of a goal is to be shown: it says something, or makes a T-score."""
    return goal.weight > 1 or (in_score and goal.scale is GoalScale.ATTAINMENT)


def _join_facts(facts: Sequence[Text]) -> Text:
    return Text(" · ", style=styling.QUIET).join(fact for fact in facts if fact.plain)


def _format_goal_title(goal: Goal) -> Text:
    return styling.mark_private_words(goal.title, private=goal.private)


def _format_goal_owner(goal: Goal) -> Text:
    if goal.person is None:
        return Text("yours", style="bold")
    return styling.format_typed_words(goal.person.name)


def _format_short_standing(goal: Goal) -> str:
    """Return where a goal is, in our own words: `started at 2, now 8, target 9`."""
    facts = []
    if goal.scale is GoalScale.TEN:
        steps = {"started at": goal.baseline, "now": goal.now, "target": goal.target}
        facts = [
            f"{name} {value}" for name, value in steps.items() if value is not None
        ]
    elif goal.now is not None:
        facts = [ATTAINMENT_WORDS[goal.now]]
    return ", ".join(facts) or "not rated yet"


def format_goal_standing(goal: Goal) -> str:
    """Return where a goal is, followed by the owner's words for the level it has reached."""
    if goal.scale is GoalScale.TEN or goal.now is None:
        return _format_short_standing(goal)
    return f"{_format_short_standing(goal)}: {goal.levels[goal.now + 2]}"


def _format_review_or_end(goal: Goal, today: date) -> Text:
    """Return when a goal is to be reviewed, or when and how it was closed."""
    if goal.closed_on:
        words = f"{goal.status.value} {dates.format_short_day(goal.closed_on, today)}"
        return Text(words, style=_GOAL_END_STYLES.get(goal.status, styling.QUIET))
    if goal.review_on is None:
        return Text("")
    day = dates.format_short_day(goal.review_on, today)
    if goal.review_on < today:
        return Text(f"review was due {day}", style=styling.SOON)
    return Text(f"review {day}")


def format_attainment(
    attainment: "Attainment", today: date, heading: str = "Goal attainment"
) -> Text:
    """Return a T-score in words: of which goals, where they started, and when they were rated."""
    basis = format_count(attainment.goals, "goal")
    if attainment.includes_closed:
        basis += ", including closed ones"
    day = dates.format_short_day(attainment.rated_on, today)
    dropped = f"{attainment.dropped} dropped" if attainment.dropped else "none dropped"
    return Text(
        f"{clean_text(heading)}: T-score {attainment.t_score:.1f} ({basis}; 50 means as "
        f"expected). At the start {attainment.t_score_at_start:.1f}; last rated {day}; "
        f"{dropped}."
    )


def render_plan_goals(goals: Sequence[Goal], today: date) -> Iterator[Renderable]:
    """Yield the goals of a plan: each with why, success, where it is, and its promises."""
    table = Columns("#", "goal", right=("#",), wide="goal")
    for goal in goals:
        words = _format_goal_title(goal)
        for name, answer in (("why", goal.why), ("success", goal.success)):
            if answer:
                words.append("\n").append(f"{name}: ", style=styling.QUIET)
                words.append(clean_text(answer))
        facts = [
            styling.format_typed_words(format_goal_standing(goal)),
            _format_review_or_end(goal, today),
        ]
        if goal.actions:
            noun = "promise" if len(goal.actions) == 1 else "promises"
            facts.append(Text(f"{noun} {', '.join(map(str, goal.actions))}"))
        words.append("\n").append_text(_join_facts(facts))
        table.add_row(str(goal.id), words)
    yield table


def render_goal(
    goal: Goal,
    actions: Sequence[Action],
    attainment: "Attainment | None",
    today: date,
    width: int,
    marks: Marks = Marks.BLOCKS,
) -> Group:
    """Return one goal: what it is, its levels in words, every rating, its promises.

    `attainment` is that of all goals with levels of the same person, if there are enough.
    """
    title = Text(f"{goal.id}  ", style="bold")
    title.append_text(styling.format_typed_words(goal.title, "bold"))
    parts: list[Renderable] = [
        title,
        IndentedBody(_render_goal_facts(goal, today, in_score=attainment is not None)),
    ]
    if goal.levels:
        levels = IndentedBody(_render_goal_levels(goal))
        parts += ["", styling.format_heading("Levels"), levels]
    ratings = IndentedBody(_render_goal_ratings(goal, today, marks))
    parts += ["", styling.format_heading("Ratings"), ratings]
    if attainment is not None:
        # What was dropped or never rated is not in the score.
        heading = "The other goals"
        if counts_in_score(goal):
            heading = "With the other goals"
        line = format_attainment(attainment, today, heading)
        parts += ["", render_sentence(line)]
    if actions:
        promises = render_actions(actions, today, width - 2, with_person=False)
        parts += [
            "",
            styling.format_heading("Promises"),
            IndentedBody(promises),
        ]
    return Group(*parts)


def _render_goal_facts(goal: Goal, today: date, *, in_score: bool) -> Columns:
    weight, privacy = "", ""
    if _has_weight(goal, in_score=in_score):
        weight = str(goal.weight)
    if goal.private:
        privacy = "yes: left out of plans and exports"
    facts = [
        ("whose", _format_goal_owner(goal)),
        ("why", styling.format_typed_words(goal.why)),
        ("success", styling.format_typed_words(goal.success)),
        ("progress", styling.format_typed_words(format_goal_standing(goal))),
        ("status", _format_goal_status(goal, today)),
        ("weight", Text(weight)),
        ("private", Text(privacy)),
    ]
    return render_facts(facts)


def _format_goal_status(goal: Goal, today: date) -> Text:
    if goal.closed_on:
        return _format_review_or_end(goal, today)
    status = Text(f"open since {dates.format_short_day(goal.opened_on, today)}")
    if goal.review_on:
        status.append(" · ").append_text(_format_review_or_end(goal, today))
    return status


def _render_goal_levels(goal: Goal) -> Columns:
    """Return the five levels in words, the best first, with a mark at the one reached."""
    table = Columns("", "", "")
    for value in range(2, -3, -1):
        name = ATTAINMENT_WORDS[value]
        name_style, words_style = styling.QUIET, ""
        if value == goal.now:
            name += " (now)"
            name_style = words_style = "bold"
        words = styling.format_typed_words(goal.levels[value + 2], words_style)
        table.add_row(
            _format_rating_value(goal, value), Text(name, style=name_style), words
        )
    return table


def _render_goal_ratings(goal: Goal, today: date, marks: Marks) -> Renderable:
    if not goal.ratings:
        return Text(f"None yet: coachlog goal rate {goal.id}", style=styling.QUIET)
    points = goal.ratings
    if goal.baseline is not None:
        points = (Rating(goal.opened_on, goal.baseline, "Where it started."), *points)
    table = Columns("", "", "")
    for rating in points:
        table.add_row(
            Text(dates.format_short_day(rating.on, today), style=styling.QUIET),
            _format_rating_value(goal, rating.value),
            styling.format_typed_words(rating.note),
        )
    if len(points) == 1:
        return table
    return Group(table, _draw_rating_trend(goal, points, today, marks))


def _format_rating_value(goal: Goal, value: int) -> Text:
    if goal.scale is GoalScale.ATTAINMENT and value != 0:
        return Text(f"{value:+d}")
    return Text(f"{value:2d}")


def _draw_rating_trend(
    goal: Goal, points: Sequence[Rating], today: date, marks: Marks
) -> Text:
    """Return the ratings in a row, and in words how far they went since the goal started."""
    low, high = _SCALE_ENDS[goal.scale]
    values = [rating.value for rating in points]
    if len(values) <= MOST_DIGITS:
        cells = [_format_rating_value(goal, value).plain.strip() for value in values]
        drawing = " ".join(cells)
    else:
        drawing = draw_sparkline(values[-MOST_RATINGS_DRAWN:], low, high, marks=marks)
    since = dates.format_short_day(points[0].on, today)
    count = format_count(len(goal.ratings), "rating")
    change = values[-1] - values[0]
    words = describe_change(change) if change else "unchanged"
    return Text(f"{drawing}  {words} since {since}, {count}")
