"""The ledger: every promise that counts in the ratios, how it ended and why, and the sums."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from coachlog import dates, rules
from coachlog.model import Action, Fate
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.phrasing.fates import TALLY_WORDS, describe_fate_reason, describe_tally
from coachlog.rules import corrections
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence, render_two_line_rows
from coachlog.text import extract_first_name


def render_ledger(
    entries: Sequence[DecidedPromise], today: date, width: int
) -> Iterator[RenderableType]:
    """Yield every promise with its fate and why, mine first, then sums that equal the ratios.

    What the owner corrected comes first, then what was missed.
    """
    for name, owner in (("Yours", "me"), ("Theirs", "them")):
        listed = [entry for entry in entries if entry.action.owner == owner]
        listed.sort(key=_rank_ledger_entry)
        yield ""
        yield styling.format_heading(name)
        if listed:
            yield styling.IndentedBody(render_promise_fates(listed, today, width - 2))
            yield from _render_ledger_sums(listed)
        else:
            yield styling.IndentedBody(Text("None has come due yet.", style=styling.QUIET))


def render_promise_fates(entries: Sequence[DecidedPromise], today: date, width: int) -> Columns:
    """Return promises one a line, or two lines each where one does not hold them all."""
    table = Columns("#", "promise", "with", "so", right=("#",), wide="promise")
    for entry in entries:
        words = format_promise_words(entry.action).append_text(
            _format_correction_line(entry, today)
        )
        table.add_row(
            str(entry.action.id),
            words,
            _format_action_person(entry.action),
            _format_entry_fate(entry, today),
        )
    if table.fits(width, least_width=30):
        return table
    return render_two_line_rows(
        "promise",
        (
            (
                entry.action.id,
                format_promise_words(entry.action),
                _format_entry_details(entry, today),
            )
            for entry in entries
        ),
    )


def format_promise_words(action: Action) -> Text:
    """Return the words of a promise; of one without them the set, or that it is private."""
    if action.set is not None and not action.what:
        return styling.format_typed_words(f"(in {action.set.name})", styling.QUIET)
    return styling.mark_private_words(action.what, private=action.private)


def _rank_ledger_entry(entry: DecidedPromise) -> tuple[bool, int]:
    return not _has_corrected_fate(entry), corrections.WORST_FIRST.index(entry.fate)


def _has_corrected_fate(entry: DecidedPromise) -> bool:
    return corrections.judge_standing_fate(entry) is not entry.fate


def _format_entry_details(entry: DecidedPromise, today: date) -> Text:
    """Return the second line of a promise: with whom, how it ended, and what was corrected."""
    details = Text()
    if entry.action.person:
        details.append("with ").append_text(_format_action_person(entry.action)).append(" · ")
    return details.append_text(_format_entry_fate(entry, today)).append_text(
        _format_correction_line(entry, today)
    )


def _format_correction_line(entry: DecidedPromise, today: date) -> Text:
    """Return a line of its own that says what the owner corrected; nothing if nothing stands."""
    correction = rules.find_correction(entry.action)
    if correction is None or correction.fate is None or not _has_corrected_fate(entry):
        return Text("")
    fate, day = (
        corrections.FATE_WORDS[correction.fate],
        dates.format_short_day(correction.on, today),
    )
    words = Text(f"\ncorrected to {fate} on {day}", style=styling.SOON)
    if correction.note:
        words.append_text(styling.format_typed_words(f": {correction.note}", styling.QUIET))
    return words


def _format_action_person(action: Action) -> Text:
    return styling.format_typed_words(
        extract_first_name(action.person.name) if action.person else ""
    )


def _format_entry_fate(entry: DecidedPromise, today: date) -> Text:
    kept = entry.fate in (Fate.KEPT, Fate.REAGREED)
    words = Text(TALLY_WORDS[entry.fate], style=styling.GOOD if kept else styling.SOON)
    return words.append(f": {describe_fate_reason(entry, today)}", style=styling.QUIET)


def _render_ledger_sums(entries: Sequence[DecidedPromise]) -> Iterator[RenderableType]:
    """Yield what the lines above add up to, counted anew: it has to equal the ratios.

    Where some were corrected, so do the lines as they then are.
    """
    recorded = Tally(**Counter(entry.fate.value for entry in entries))
    now = Tally(**Counter(corrections.judge_standing_fate(entry).value for entry in entries))
    yield styling.IndentedBody(
        render_sentence(f"In all: {describe_tally(recorded)}: {recorded.decided_count} decided.")
    )
    if now != recorded:
        words = f"As corrected: {describe_tally(now)}: {now.decided_count} decided."
        yield styling.IndentedBody(render_sentence(words))
