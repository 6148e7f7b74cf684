"""Pulses: a list, and a page of one. Only what five replies or more say together is shown."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.pulse import Pulse, StatementResult
from coachlog.rules import pulse_results
from coachlog.rules.pulse_results import HIGH_WORDS, LOW_WORDS
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns

WIDEST_BAR = 30
NO_SCALE = "Two plain statements, no validated scale: something to talk about, not a measurement."


def render_pulses(pulses: Sequence[Pulse], today: date) -> Columns:
    """Return pulses one a row: when made, how many replied, the means in the order asked."""
    made = Columns("#", "made", "replies", "means", "first statement", wide="first statement")
    for one in pulses:
        made.add_row(
            str(one.id),
            dates.format_short_day(one.made_on, today),
            _format_pulse_replies(one),
            _format_pulse_means(one),
            styling.format_typed_words(one.statements[0]),
        )
    return made


def _format_pulse_replies(pulse: Pulse) -> Text:
    if pulse.results is None:
        return Text(f"{pulse.replies} of {pulse_results.REPLIES_NEEDED}", style=styling.SOON)
    return Text(str(pulse.replies))


def _format_pulse_means(pulse: Pulse) -> Text:
    if pulse.results is None:
        return Text(styling.NO_NUMBER, style=styling.QUIET)
    return Text(" and ".join(f"{result.mean:.1f}" for result in pulse.results))


def render_pulse(pulse: Pulse, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return one pulse: what the replies say of each statement, or how many are missing."""
    title = Text(f"Pulse {pulse.id}", style="bold")
    title.append(f" · made {dates.format_short_day(pulse.made_on, today)}", style=styling.QUIET)
    parts: list[RenderableType] = [title, ""]
    if pulse.results is None:
        return Group(
            *parts, Text(pulse_results.describe_pulse_standing(pulse.replies, pulse.shown))
        )
    for result in pulse.results:
        parts += [styling.format_typed_words(result.statement, "bold cyan")]
        parts += [
            styling.IndentedBody(_render_pulse_result(result, pulse, width - 2, ascii=ascii)),
            "",
        ]
    parts += [
        Text(pulse_results.describe_pulse_standing(pulse.replies, pulse.shown)),
        Text(NO_SCALE, style=styling.QUIET),
    ]
    return Group(*parts)


def _render_pulse_result(
    result: StatementResult, pulse: Pulse, width: int, *, ascii: bool
) -> Group:
    words = Text(f"{result.mean:.1f}", style="bold").append(" of 5", style="not bold")
    if result.before is not None:
        words.append(f", before {result.before:.1f} (pulse {pulse.compared})", style="not bold")
    words.append(f", n = {pulse.shown}", style="not bold")
    return Group(words, _render_reply_bars(result.counts, width, ascii=ascii))


def _render_reply_bars(counts: Sequence[int], width: int, *, ascii: bool) -> Columns:
    """Return a row for each value, the best first, with how many gave it."""
    meanings = {
        pulse_results.REPLY_VALUES[0]: LOW_WORDS,
        pulse_results.REPLY_VALUES[-1]: HIGH_WORDS,
    }
    room = max(5, min(WIDEST_BAR, width - 24))
    grid = Columns("", "", "", "", right=())
    for value in reversed(pulse_results.REPLY_VALUES):
        count = counts[value - 1]
        grid.add_row(
            str(value),
            Text(meanings.get(value, ""), style=styling.QUIET),
            Text(str(count), style="" if count else styling.QUIET),
            Text(charts.draw_bar(count, sum(counts), room, ascii=ascii)),
        )
    return grid
