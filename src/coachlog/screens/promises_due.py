"""The owner's promises of a quarter, before they say which were recorded wrongly."""

from collections.abc import Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.interview.corrections import format_promisee
from coachlog.model.actions import Fate
from coachlog.model.progress import DecidedPromise
from coachlog.rules import corrections
from coachlog.rules.promises import find_corrected_fate
from coachlog.rules.tallies import count_fates
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.ledger import render_promise_fates
from coachlog.screens.ratios import format_tally
from coachlog.screens.renderables import Group, Renderable
from coachlog.screens.texts import Text
from coachlog.text import clean_line, cut_line

FEW_KEPT = 3
"""Up to this many kept promises get a line each; more of them share a line, two by two."""


def render_due_promises(
    entries: Sequence[DecidedPromise], today: date, width: int
) -> Group:
    """Return the promises of a quarter with their total: in full if not kept, in short if kept."""
    parts = list(_render_quarter_totals(entries, today))
    kept_entries, other_entries = [], []
    for entry in entries:
        if entry.fate is Fate.KEPT and not find_corrected_fate(entry.action):
            kept_entries.append(entry)
        else:
            other_entries.append(entry)
    if len(kept_entries) <= FEW_KEPT:
        return Group(*parts, "", render_promise_fates(entries, today, width))
    if other_entries:
        parts += ["", render_promise_fates(other_entries, today, width)]
    parts += ["", Text("Kept by the first date:", style=styling.GOOD)]
    return Group(*parts, _render_kept_promises(kept_entries, width))


def _render_quarter_totals(
    entries: Sequence[DecidedPromise], today: date
) -> Iterator[Renderable]:
    """Yield the total of a quarter, then that with earlier corrections if there are any."""
    since, until = corrections.find_quarter(today)
    first_day = dates.format_short_day(since, today)
    last_day = dates.format_short_day(until, today)
    total = format_tally(count_fates(map(corrections.get_recorded_judgement, entries)))
    yield render_sentence(f"First due from {first_day} to {last_day}: {total}.")
    if any(find_corrected_fate(entry.action) for entry in entries):
        total = format_tally(
            count_fates(map(corrections.judge_standing_promise, entries))
        )
        yield render_sentence(f"With your earlier corrections: {total}.", styling.QUIET)


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
    if entry.action.private:
        aside = f"private, {aside}"
    aside = f" ({aside})"
    number = f"{entry.action.id:>3} "
    words = cut_line(clean_line(entry.action.what), room - len(number) - len(aside))
    line = Text(number).append_text(styling.format_typed_words(words))
    return line.append_text(styling.format_typed_words(aside, styling.QUIET))
