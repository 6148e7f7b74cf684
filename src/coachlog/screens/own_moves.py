"""What moved for the owner, and who supports what: sections of a brief."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import Action
from coachlog.model.brief import GoalMove, OwnMoves
from coachlog.model.goals import GoalScale
from coachlog.model.measures import MeasureReading
from coachlog.model.supports import Support
from coachlog.phrasing.values import phrase_measure_name
from coachlog.rules.goals import ATTAINMENT_WORDS
from coachlog.screens import styling
from coachlog.screens.sections import (
    Lines,
    Section,
    render_command_line,
    render_rows,
)
from coachlog.screens.texts import Text
from coachlog.text import clean_line, extract_first_name

_RANK = 2
"""As for measures and goals: rows give way before those of promises and answers."""


def build_moves_section(
    moves: OwnMoves, today: date, width: int, *, is_first: bool
) -> Section:
    """Return what moved for the owner: goals, measures, and promises done."""
    cells = [
        *(_list_goal_move_cells(move) for move in moves.goals),
        *(_list_reading_cells(reading, today) for reading in moves.measures),
        *(_list_done_promise_cells(action, today) for action in moves.promises),
    ]
    heading = "Moved in the last four weeks"
    if not is_first:
        heading = f"Moved since {dates.format_short_day(moves.since, today)}"
    return _build_section(heading, render_rows(cells, width), "me", width)


def _build_section(
    heading: str, rows: Sequence[Lines], plan: str, width: int
) -> Section:
    """Return rows that give way before promises do; a plan shows those that are left out."""

    def render_more(row_count: int) -> Lines:
        others = len(rows) - row_count
        if not others:
            return []
        command = f"coachlog plan show {plan}"
        return render_command_line(f"{others} more", command, width)

    return Section(heading, rows, render_more, rank=_RANK)


def _list_goal_move_cells(move: GoalMove) -> list[Text]:
    goal = move.goal
    words = styling.mark_private_words(clean_line(goal.title), private=goal.private)
    facts = _describe_goal_change(move)
    if goal.closed_on:
        facts = goal.status.value
    return [Text(f"goal {goal.id}", style=styling.QUIET), words, Text(facts)]


def _describe_goal_change(move: GoalMove) -> str:
    """Return where a goal is, and where it was: `now 6, was 4`."""
    if move.goal.now is None:
        return "not rated yet"
    before = ""
    if move.before is not None:
        before = f", was {_describe_level(move.before, move.goal.scale)}"
    return f"now {_describe_level(move.goal.now, move.goal.scale)}{before}"


def _describe_level(value: int, scale: GoalScale) -> str:
    if scale is GoalScale.ATTAINMENT:
        return ATTAINMENT_WORDS[value]
    return str(value)


def _list_reading_cells(reading: MeasureReading, today: date) -> list[Text]:
    words = styling.mark_private_words(
        phrase_measure_name(reading.measure), private=reading.private
    )
    facts = f"{reading.value} of {reading.high}"
    if reading.before is not None and reading.before_on is not None:
        day = dates.format_short_day(reading.before_on, today)
        facts += f", was {reading.before} on {day}"
    return [Text("measure", style=styling.QUIET), words, Text(facts)]


def _list_done_promise_cells(action: Action, today: date) -> list[Text]:
    words = styling.mark_private_words(clean_line(action.what), private=action.private)
    facts = styling.format_action_due(action, today)
    if action.person:
        name = clean_line(extract_first_name(action.person.name))
        facts.append(f" (with {name})", style=styling.QUIET)
    return [Text(f"promise {action.id}", style=styling.QUIET), words, facts]


def build_support_section(
    supports: Sequence[Support], slug: str, width: int
) -> Section:
    """Return the support that the owner and the person give each other, for which promise."""
    cells = []
    for support in supports:
        giver = Text("you", style="bold")
        if support.giver != "me":
            giver = Text(clean_line(extract_first_name(support.giver)))
        words = styling.format_typed_words(clean_line(support.words))
        if support.words and support.what:
            words.append(", ")
        if support.what:
            words.append(f"for “{clean_line(support.what)}”")
        cells.append([Text(str(support.action)), giver, words])
    rows = render_rows(cells, width, has_numbers=True)
    return _build_section("Support", rows, slug, width)
