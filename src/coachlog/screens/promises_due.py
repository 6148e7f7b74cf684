"""The owner's promises of a quarter, before they say which are told wrongly."""

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
"""Kept promises that have a line each; more of them stand two in a line."""


def render_due_promises(entries: Sequence[DecidedPromise], today: date, width: int) -> Group:
    """Return the promises with their sum: what was not kept in full, what was kept in short."""
    since, until = corrections.find_quarter(today)
    span = f"First due from {dates.format_short_day(since, today)} to {dates.format_short_day(until, today)}"
    tally = Tally(**Counter(one.fate.value for one in entries))
    parts: list[RenderableType] = [render_sentence(f"{span}: {format_tally(tally)}.")]
    if any(rules.find_corrected_fate(one.action) for one in entries):
        now = Tally(**Counter(corrections.judge_standing_fate(one).value for one in entries))
        parts.append(
            render_sentence(f"As you corrected them before: {format_tally(now)}.", styling.QUIET)
        )
    kept = [
        one
        for one in entries
        if one.fate is Fate.KEPT and not rules.find_corrected_fate(one.action)
    ]
    told = list(entries) if len(kept) <= FEW_KEPT else [one for one in entries if one not in kept]
    if told:
        parts += ["", render_promise_fates(told, today, width)]
    if len(kept) > FEW_KEPT:
        parts += [
            "",
            Text("Kept, with their first date:", style=styling.GOOD),
            _render_kept_promises(kept, width),
        ]
    return Group(*parts)


def _render_kept_promises(entries: Sequence[DecidedPromise], width: int) -> Columns:
    room = (width - 2) // 2
    made = Columns("", "")
    half = (len(entries) + 1) // 2
    for number in range(half):
        pair = entries[number::half]
        made.add_row(*(_format_kept_promise(one, room) for one in pair))
    return made


def _format_kept_promise(entry: DecidedPromise, room: int) -> Text:
    assert entry.action.original_due is not None
    due = entry.action.original_due
    when = f"{due.day} {dates.MONTH_NAMES[due.month - 1][:3]}"
    aside = f" ({', '.join(filter(None, (format_promisee(entry), when)))})"
    number = f"{entry.action.id:>3} "
    words = cut_line(clean_line(entry.action.what), room - len(number) - len(aside))
    return (
        Text(number)
        .append_text(styling.format_typed_words(words))
        .append_text(styling.format_typed_words(aside, styling.QUIET))
    )
