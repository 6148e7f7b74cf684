"""The owner's promises of a quarter, before they say which were recorded wrongly."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.interview.corrections import format_promisee
from coachlog.model import Fate
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.rules import corrections
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.ledger import render_promise_fates
from coachlog.screens.ratios import format_tally
from coachlog.text import clean_line, cut_line

FEW_KEPT = 3
"""Up to this many kept promises get a line each; more of them share a line, two by two."""


def render_due_promises(entries: Sequence[DecidedPromise], today: date, width: int) -> Group:
    """Return the promises of a quarter with their total: in full if not kept, in short if kept."""
    parts: list[RenderableType] = [render_sentence(_format_quarter_total(entries, today))]
    corrected_words = _format_corrected_total(entries)
    if corrected_words:
        parts.append(render_sentence(corrected_words, styling.QUIET))
    kept_entries = [entry for entry in entries if _is_kept_uncorrected(entry)]
    full_entries = [entry for entry in entries if not _is_kept_uncorrected(entry)]
    if len(kept_entries) <= FEW_KEPT:
        full_entries = list(entries)
    if full_entries:
        parts += ["", render_promise_fates(full_entries, today, width)]
    if len(kept_entries) > FEW_KEPT:
        parts += ["", Text("Kept by the first date:", style=styling.GOOD)]
        parts.append(_render_kept_promises(kept_entries, width))
    return Group(*parts)


def _is_kept_uncorrected(entry: DecidedPromise) -> bool:
    return entry.fate is Fate.KEPT and not rules.find_corrected_fate(entry.action)


def _format_quarter_total(entries: Sequence[DecidedPromise], today: date) -> str:
    since, until = corrections.find_quarter(today)
    first_day = dates.format_short_day(since, today)
    last_day = dates.format_short_day(until, today)
    tally = Tally(**Counter(entry.fate.value for entry in entries))
    return f"First due from {first_day} to {last_day}: {format_tally(tally)}."


def _format_corrected_total(entries: Sequence[DecidedPromise]) -> str:
    """Return the total with earlier corrections; '' without any."""
    if not any(rules.find_corrected_fate(entry.action) for entry in entries):
        return ""
    tally = Tally(**Counter(corrections.judge_standing_fate(entry).value for entry in entries))
    return f"With your earlier corrections: {format_tally(tally)}."


def _render_kept_promises(entries: Sequence[DecidedPromise], width: int) -> Columns:
    """Return the promises in two columns, read downwards."""
    room = (width - 2) // 2
    table = Columns("", "")
    row_count = (len(entries) + 1) // 2
    for number in range(row_count):
        pair = entries[number::row_count]
        table.add_row(*(_format_kept_promise(entry, room) for entry in pair))
    return table


def _format_kept_promise(entry: DecidedPromise, room: int) -> Text:
    """Return a kept promise in `room` cells: `12 Send the rota (Amy, 4 May)`."""
    due = entry.action.original_due
    assert due is not None
    aside = f"{due.day} {dates.MONTH_NAMES[due.month - 1][:3]}"
    if promisee := format_promisee(entry):
        aside = f"{promisee}, {aside}"
    aside = f" ({aside})"
    number = f"{entry.action.id:>3} "
    words = cut_line(clean_line(entry.action.what), room - len(number) - len(aside))
    line = Text(number).append_text(styling.format_typed_words(words))
    return line.append_text(styling.format_typed_words(aside, styling.QUIET))
