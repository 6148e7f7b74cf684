"""Pulses as a list, and a page about one. Nothing is shown before there are five replies."""

from collections.abc import Sequence
from datetime import date

from coachlog import dates
from coachlog.model.pulse import Pulse, PulseChange, StatementResult
from coachlog.model.replies import BandCounts
from coachlog.phrasing.pulse import CHANGE_WORDS, describe_reply_surplus
from coachlog.phrasing.replies import describe_reply_standing
from coachlog.rules.pulse_results import HIGH_WORDS, LOW_WORDS
from coachlog.rules.reply_counts import (
    BAND_NAMES,
    EXACT_REPLIES,
    REPLIES_NEEDED,
)
from coachlog.screens import styling
from coachlog.screens.charts import Marks
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.reply_bars import (
    ALL_ALIKE,
    BANDS_ONLY,
    PROTECTION,
    render_reply_bars,
)
from coachlog.screens.texts import Text

NO_SCALE = (
    "Two plain statements, not a validated scale: "
    "something to talk about, not a measurement."
)


def render_pulses(pulses: Sequence[Pulse], today: date) -> Columns:
    """Return pulses one per row: when made, how many replied, how many gave 4 or 5."""
    names = ("#", "tag", "made", "replies", "4 or 5", "first statement")
    table = Columns(*names, wide=names[-1])
    for pulse in pulses:
        table.add_row(
            str(pulse.id),
            pulse.tag,
            dates.format_short_day(pulse.made_on, today),
            _format_reply_count(pulse),
            _format_high_answers(pulse),
            styling.format_typed_words(pulse.statements[0]),
        )
    return table


def _format_reply_count(pulse: Pulse) -> Text:
    if pulse.team_size is None:
        return Text(str(pulse.replies))
    return Text(f"{pulse.replies} of {pulse.team_size}")


def _format_high_answers(pulse: Pulse) -> Text:
    """Return how many gave 4 or 5 to each statement: `2 and 5 of 6`; else what is missing."""
    if pulse.results is None:
        return Text(f"{REPLIES_NEEDED - pulse.replies} more needed", style=styling.SOON)
    counts = " and ".join(str(result.bands[-1]) for result in pulse.results)
    return Text(f"{counts} of {pulse.shown}")


def render_pulse(
    pulse: Pulse, today: date, width: int, *, marks: Marks = Marks.BLOCKS
) -> Group:
    """Return one pulse: the replies to each statement, or how many replies are still missing."""
    title = Text(f"Pulse {pulse.id}", style="bold")
    made_on = dates.format_short_day(pulse.made_on, today)
    title.append(f" · tag {pulse.tag} · made {made_on}", style=styling.QUIET)
    parts: list[Renderable] = [title, ""]
    for result in pulse.results or ():
        body = _render_pulse_result(result, pulse, width - 2, marks=marks)
        parts.append(styling.format_typed_words(result.statement, "bold cyan"))
        parts += [IndentedBody(body), ""]
    parts.append(render_sentence(describe_reply_standing(pulse.replies, pulse.shown)))
    parts.append(_render_response(pulse))
    if pulse.results is not None:
        parts += _render_pulse_limits(pulse)
    return Group(*parts)


def _render_response(pulse: Pulse) -> Renderable:
    """Return how many of the team replied, or that this is not known."""
    if pulse.team_size is None:
        words = Text("Response rate: not known, as the size of the team was not given.")
    elif pulse.response_rate is None:
        words = Text(describe_reply_surplus(pulse.replies, pulse.team_size))
        if pulse.results is not None:
            words.append(" So they are not compared with another pulse.")
    else:
        words = Text("Response rate: ")
        words.append_text(styling.format_share(pulse.replies, pulse.team_size))
        words.append(".")
    return render_sentence(words)


def _render_pulse_limits(pulse: Pulse) -> list[Renderable]:
    sentences = [NO_SCALE, PROTECTION]
    if pulse.shown < EXACT_REPLIES:
        sentences.insert(0, BANDS_ONLY)
    return [render_sentence(words, styling.QUIET) for words in sentences]


def _render_pulse_result(
    result: StatementResult, pulse: Pulse, width: int, *, marks: Marks
) -> Group:
    parts: list[Renderable] = [_format_reply_numbers(result, pulse)]
    parts.append(
        render_reply_bars(
            result.bands,
            result.counts,
            width,
            meanings=(LOW_WORDS, HIGH_WORDS),
            marks=marks,
        )
    )
    if result.before_bands is not None:
        parts.append(_render_both_ends(result.bands, result.before_bands))
    if result.counts is None and pulse.shown >= EXACT_REPLIES:
        parts.append(render_sentence(ALL_ALIKE, styling.QUIET))
    return Group(*parts)


def _format_reply_numbers(result: StatementResult, pulse: Pulse) -> Text:
    """Return how many replies there are: `6 replies, 7 in pulse 1: no clear change`."""
    words = Text(f"{pulse.shown} replies")
    if result.change is None:
        return words
    words.append(f", {pulse.compared_shown} in pulse {pulse.compared}: ")
    is_clear = result.change is not PulseChange.UNCLEAR
    return words.append(
        CHANGE_WORDS[result.change], style="bold" if is_clear else styling.QUIET
    )


def _render_both_ends(bands: BandCounts, before: BandCounts) -> Columns:
    """Return how many were at each end of the scale, and in the earlier pulse."""
    words = _format_band_change(bands, before, -1).append("; ")
    words.append_text(_format_band_change(bands, before, 0)).append(".")
    return render_sentence(words)


def _format_band_change(bands: BandCounts, before: BandCounts, place: int) -> Text:
    words = Text(f"{BAND_NAMES[place]} from ")
    words.append_text(styling.format_share(bands[place], sum(bands)))
    words.append(", was ")
    return words.append_text(styling.format_share(before[place], sum(before)))
