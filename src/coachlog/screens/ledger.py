"""The ledger: every promise that counts in the ratios, how it ended and why, with the totals."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Fate
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.phrasing.fates import (
    describe_fate_reason,
    describe_ledger_caveats,
    describe_ledger_fate,
    describe_tally,
)
from coachlog.phrasing.values import describe_share
from coachlog.rules import corrections
from coachlog.rules.tallies import count_fates
from coachlog.screens import styling
from coachlog.screens.columns import (
    COLUMN_GAP,
    Columns,
    render_sentence,
    render_two_line_rows,
)
from coachlog.screens.widths import LEAST_TABLE_WIDTH
from coachlog.text import extract_first_name

_LEDGER_ORDER = (*corrections.WORST_FIRST, Fate.PENDING)

LEAST_PROMISE_WIDTH = 30
"""The words of a promise never get fewer cells than this beside other columns."""


def render_ledger(
    entries: Sequence[DecidedPromise], today: date, width: int
) -> Iterator[RenderableType]:
    """Yield every promise with how it ended and why, the owner's first, then totals.

    The totals equal the ratios. Corrected promises come first, then missed ones.
    """
    for heading, owner in (("Yours", "me"), ("Theirs", "them")):
        promises = [entry for entry in entries if entry.side == owner]
        promises.sort(key=_rank_ledger_entry)
        yield ""
        yield styling.format_heading(heading)
        if promises:
            yield styling.IndentedBody(render_promise_fates(promises, today, width - 2))
            yield from _render_ledger_totals(promises)
        else:
            yield styling.IndentedBody(Text("None counts yet.", style=styling.QUIET))


def render_promise_fates(
    entries: Sequence[DecidedPromise], today: date, width: int
) -> Columns:
    """Return promises one per line, or two lines each where one does not hold them all."""
    table = Columns("#", "promise", "with", "why", right=("#",), wide="promise")
    number_width = max((len(str(entry.action.id)) for entry in entries), default=0)
    indent = " " * (number_width + COLUMN_GAP)
    caveat_lines = []
    for entry in entries:
        words = format_promise_words(entry.action)
        words.append_text(_format_correction_line(entry, today))
        table.add_row(
            str(entry.action.id),
            words,
            _format_entry_person(entry),
            _format_entry_fate(entry, today),
        )
        if caveats := describe_ledger_caveats(entry, today):
            caveat_lines.append(indent + caveats)
            table.add_line(Text(caveat_lines[-1], style=styling.QUIET))
    is_wide_enough = all(len(line) <= width for line in caveat_lines)
    if width < LEAST_TABLE_WIDTH or (
        is_wide_enough and table.fits(width, least_width=LEAST_PROMISE_WIDTH)
    ):
        return table
    rows = []
    for entry in entries:
        words = format_promise_words(entry.action)
        rows.append((entry.action.id, words, _format_entry_details(entry, today)))
    return render_two_line_rows("promise", rows)


def format_promise_words(action: Action) -> Text:
    """Return the words of a promise, or the name of its set where they are not to be shown."""
    if action.set is not None and not action.what:
        return styling.format_typed_words(f"(in {action.set.name})", styling.QUIET)
    return styling.mark_private_words(action.what, private=action.private)


def _rank_ledger_entry(entry: DecidedPromise) -> tuple[bool, int]:
    return not _has_corrected_fate(entry), _LEDGER_ORDER.index(entry.fate)


def _has_corrected_fate(entry: DecidedPromise) -> bool:
    return corrections.judge_standing_fate(entry) is not entry.fate


def _format_entry_details(entry: DecidedPromise, today: date) -> Text:
    """Return the second line of a promise: with whom, how it ended, and any correction."""
    details = Text()
    name = _format_entry_person(entry)
    if name.plain:
        details.append("with ").append_text(name).append(" · ")
    details.append_text(_format_entry_fate(entry, today))
    details.append_text(_format_caveat_line(entry, today))
    return details.append_text(_format_correction_line(entry, today))


def _format_caveat_line(entry: DecidedPromise, today: date) -> Text:
    """Return a further line with what is counted aloud of a promise; empty if nothing is."""
    words = describe_ledger_caveats(entry, today)
    return Text(f"\n{words}" if words else "", style=styling.QUIET)


def _format_correction_line(entry: DecidedPromise, today: date) -> Text:
    """Return a further line with the owner's correction; empty without one in force."""
    correction = rules.find_correction(entry.action)
    if correction is None or correction.fate is None or not _has_corrected_fate(entry):
        return Text("")
    fate = corrections.FATE_WORDS[correction.fate]
    day = dates.format_short_day(correction.on, today)
    line = Text(f"\ncorrected to {fate} on {day}", style=styling.SOON)
    if correction.note:
        line.append_text(
            styling.format_typed_words(f": {correction.note}", styling.QUIET)
        )
    return line


def _format_entry_person(entry: DecidedPromise) -> Text:
    """Return who made a promise to the owner or, of the owner's, in whose plan it is, if any."""
    action = entry.action
    if entry.side == "them" and action.owner not in ("me", "them"):
        return styling.format_typed_words(extract_first_name(action.owner))
    if action.person is None:
        return Text("")
    return styling.format_typed_words(extract_first_name(action.person.name))


def _format_entry_fate(entry: DecidedPromise, today: date) -> Text:
    words = Text(describe_ledger_fate(entry), style=_FATE_STYLES[entry.fate])
    return words.append(f": {describe_fate_reason(entry, today)}", style=styling.QUIET)


_FATE_STYLES = {
    Fate.KEPT: styling.GOOD,
    Fate.REAGREED: styling.GOOD,
    Fate.LATE: styling.SOON,
    Fate.MISSED: styling.SOON,
    Fate.RELEASED: styling.QUIET,
    Fate.PENDING: styling.QUIET,
}


def _render_ledger_totals(
    entries: Sequence[DecidedPromise],
) -> Iterator[RenderableType]:
    """Yield the total of the lines above, and their total with corrections where there are any."""
    # Counted from the lines themselves, so that anybody can check the ratios by hand.
    recorded = count_fates(map(corrections.get_recorded_judgement, entries))
    corrected = count_fates(map(corrections.judge_standing_promise, entries))
    yield styling.IndentedBody(render_sentence(f"Overall, {_format_total(recorded)}"))
    if corrected != recorded:
        words = f"With your corrections, {_format_total(corrected)}"
        yield styling.IndentedBody(render_sentence(words))


def _format_total(tally: Tally) -> str:
    """Return both ratios as they stand above the ledger, and the lines they are counted from."""
    first = describe_share(*tally.first_date) or "none"
    agreed = describe_share(*tally.as_agreed) or "none"
    ratios = f"{first} by the first date and {agreed} as agreed"
    return f"{ratios}: {describe_tally(tally)}."
