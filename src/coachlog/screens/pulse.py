"""Pulses: a list, and a page of one. Only what five replies or more say together is shown."""

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates
from coachlog.model.pulse import Pulse, Result
from coachlog.rules import pulse_results
from coachlog.rules.pulse_results import HIGH, LOW
from coachlog.screens import charts, styling
from coachlog.screens.columns import Columns

WIDEST_BAR = 30
NO_SCALE = "Two plain statements, no validated scale: something to talk about, not a measurement."


def listed(found: Sequence[Pulse], today: date) -> Columns:
    """Return pulses one a row: when made, how many replied, the means in the order asked."""
    made = Columns("#", "made", "replies", "means", "first statement", wide="first statement")
    for one in found:
        made.add_row(
            str(one.id),
            dates.short(one.made_on, today),
            _replies(one),
            _means(one),
            styling.typed(one.statements[0]),
        )
    return made


def _replies(one: Pulse) -> Text:
    if one.results is None:
        return Text(f"{one.replies} of {pulse_results.NEEDED}", style=styling.SOON)
    return Text(str(one.replies))


def _means(one: Pulse) -> Text:
    if one.results is None:
        return Text(styling.NONE, style=styling.QUIET)
    return Text(" and ".join(f"{result.mean:.1f}" for result in one.results))


def page(found: Pulse, today: date, width: int, *, ascii: bool = False) -> Group:
    """Return one pulse: what the replies say of each statement, or how many are missing."""
    title = Text(f"Pulse {found.id}", style="bold")
    title.append(f" · made {dates.short(found.made_on, today)}", style=styling.QUIET)
    parts: list[RenderableType] = [title, ""]
    if found.results is None:
        return Group(*parts, Text(pulse_results.standing(found.replies, found.shown)))
    for result in found.results:
        parts += [styling.typed(result.statement, "bold cyan")]
        parts += [styling.Indented(_result(result, found, width - 2, ascii=ascii)), ""]
    parts += [
        Text(pulse_results.standing(found.replies, found.shown)),
        Text(NO_SCALE, style=styling.QUIET),
    ]
    return Group(*parts)


def _result(result: Result, found: Pulse, width: int, *, ascii: bool) -> Group:
    words = Text(f"{result.mean:.1f}", style="bold").append(" of 5", style="not bold")
    if result.before is not None:
        words.append(f", before {result.before:.1f} (pulse {found.compared})", style="not bold")
    words.append(f", n = {found.shown}", style="not bold")
    return Group(words, _bars(result.counts, width, ascii=ascii))


def _bars(counts: Sequence[int], width: int, *, ascii: bool) -> Columns:
    """Return a row for each value, the best first, with how many gave it."""
    meanings = {pulse_results.VALUES[0]: LOW, pulse_results.VALUES[-1]: HIGH}
    room = max(5, min(WIDEST_BAR, width - 24))
    grid = Columns("", "", "", "", right=())
    for value in reversed(pulse_results.VALUES):
        count = counts[value - 1]
        grid.add_row(
            str(value),
            Text(meanings.get(value, ""), style=styling.QUIET),
            Text(str(count), style="" if count else styling.QUIET),
            Text(charts.bar(count, sum(counts), room, ascii=ascii)),
        )
    return grid
