"""Pulses as a list, and a page about one. Nothing is shown before there are five replies."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.pulse import Pulse, StatementResult
from coachlog.phrasing.pulse import describe_pulse_standing
from coachlog.rules.pulse_results import (
    HIGH_WORDS,
    LOW_WORDS,
    REPLIES_NEEDED,
    REPLY_VALUES,
)
from coachlog.screens import styling
from coachlog.screens.charts import draw_bar
from coachlog.screens.columns import Columns, render_sentence

LONGEST_BAR, SHORTEST_BAR = 30, 5
CELLS_WITHOUT_BAR = 24
"""Cells that a row of replies takes before its bar."""

NO_SCALE = (
    "Two plain statements, not a validated scale: "
    "something to talk about, not a measurement."
)


def render_pulses(pulses: Sequence[Pulse], today: date) -> Columns:
    """Return pulses one per row: when made, how many replied, the means in question order."""
    table = Columns(
        "#", "made", "replies", "means", "first statement", wide="first statement"
    )
    for pulse in pulses:
        replies = Text(f"{pulse.replies} of {REPLIES_NEEDED}", style=styling.SOON)
        means = Text(styling.NO_NUMBER, style=styling.QUIET)
        if pulse.results is not None:
            replies = Text(str(pulse.replies))
            means = Text(" and ".join(f"{result.mean:.1f}" for result in pulse.results))
        table.add_row(
            str(pulse.id),
            dates.format_short_day(pulse.made_on, today),
            replies,
            means,
            styling.format_typed_words(pulse.statements[0]),
        )
    return table


def render_pulse(
    pulse: Pulse, today: date, width: int, *, ascii: bool = False
) -> Group:
    """Return one pulse: the replies to each statement, or how many replies are still missing."""
    title = Text(f"Pulse {pulse.id}", style="bold")
    title.append(
        f" · made {dates.format_short_day(pulse.made_on, today)}", style=styling.QUIET
    )
    parts: list[RenderableType] = [title, ""]
    for result in pulse.results or ():
        body = _render_pulse_result(result, pulse, width - 2, ascii=ascii)
        parts.append(styling.format_typed_words(result.statement, "bold cyan"))
        parts += [styling.IndentedBody(body), ""]
    parts.append(Text(describe_pulse_standing(pulse.replies, pulse.shown)))
    if pulse.results is not None:
        parts.append(render_sentence(NO_SCALE, styling.QUIET))
    return Group(*parts)


def _render_pulse_result(
    result: StatementResult, pulse: Pulse, width: int, *, ascii: bool
) -> Group:
    words = Text(f"{result.mean:.1f}", style="bold").append(" of 5", style="not bold")
    if result.before is not None:
        words.append(
            f", was {result.before:.1f} (pulse {pulse.compared})", style="not bold"
        )
    words.append(f", n = {pulse.shown}", style="not bold")
    return Group(words, _render_reply_bars(result.counts, width, ascii=ascii))


def _render_reply_bars(counts: Sequence[int], width: int, *, ascii: bool) -> Columns:
    """Return a row for each value from the best down, with how many people gave it."""
    meanings = {REPLY_VALUES[0]: LOW_WORDS, REPLY_VALUES[-1]: HIGH_WORDS}
    room = max(SHORTEST_BAR, min(LONGEST_BAR, width - CELLS_WITHOUT_BAR))
    table = Columns("", "", "", "")
    for value in reversed(REPLY_VALUES):
        count = counts[value - 1]
        table.add_row(
            str(value),
            Text(meanings.get(value, ""), style=styling.QUIET),
            Text(str(count), style="" if count else styling.QUIET),
            Text(draw_bar(count, sum(counts), room, ascii=ascii)),
        )
    return table
