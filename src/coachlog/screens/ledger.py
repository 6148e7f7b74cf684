"""The ledger: every promise that counts in the ratios, how it ended and why, with the totals."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coachlog import dates
from coachlog.model.actions import Fate
from coachlog.model.batches import convert_batches
from coachlog.model.ledger import Ledger
from coachlog.model.progress import DecidedPromise, Tally
from coachlog.phrasing.fates import (
    describe_fate_reason,
    describe_ledger_caveats,
    describe_ledger_fate,
    describe_tally,
)
from coachlog.phrasing.values import describe_share
from coachlog.rules import corrections
from coachlog.rules.promises import Judgement, find_correction
from coachlog.rules.tallies import build_tally
from coachlog.screens import styling
from coachlog.screens.columns import (
    COLUMN_GAP,
    Cell,
    Columns,
    Row,
    StyledParts,
    render_sentence,
    render_two_line_rows,
)
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Text
from coachlog.screens.widths import LEAST_TABLE_WIDTH
from coachlog.text import clean_text, extract_first_name

_LEDGER_ORDER = (*corrections.WORST_FIRST, Fate.PENDING)

LEAST_PROMISE_WIDTH = 30
"""The words of a promise never get fewer cells than this beside other columns."""


def render_ledger(ledger: Ledger, today: date, width: int) -> Iterator[Renderable]:
    """Yield every promise with how it ended and why, the owner's first, then totals.

    The totals equal the ratios. Corrected promises come first, then missed ones. What is yielded is
    printed as it comes: there can be more promises than memory should hold.
    """
    for heading, side in (("Yours", ledger.me), ("Theirs", ledger.them)):
        yield ""
        yield styling.format_heading(heading)
        if side:
            survey = _LedgerSurvey(side, today, width - 2)
            promises = side.select(survey.sort_ids())
            table = _build_fate_table(promises, survey, today, width - 2)
            yield from table.split(indent=2)
            yield from _render_ledger_totals(survey)
        else:
            yield IndentedBody(Text("None counts yet.", style=styling.QUIET))


class _LedgerSurvey:
    """What is known of promises once they were gone through: their order, widths and totals."""

    def __init__(
        self, promises: Iterable[DecidedPromise], today: date, width: int
    ) -> None:
        self.caveat_width = 0
        self.recorded: Counter[Judgement] = Counter()
        self.standing: Counter[Judgement] = Counter()
        # There can be more numbers than a list should hold.
        self._ids: defaultdict[tuple[bool, int], array[int]] = defaultdict(
            lambda: array("q")
        )

        def build_row(promise: DecidedPromise) -> Row:
            self._add(promise, today)
            return _list_fate_cells(promise, today)

        rows = convert_batches(promises, build_row)
        self.measures = _start_fate_table().measure_rows(rows.split(), width)

    @property
    def number_width(self) -> int:
        """Return how many cells the longest number of a promise takes."""
        return self.measures.widths[0]

    def _add(self, promise: DecidedPromise, today: date) -> None:
        if promise.caveats:
            caveats = describe_ledger_caveats(promise, today)
            self.caveat_width = max(self.caveat_width, len(caveats))
        recorded = standing = corrections.get_recorded_judgement(promise)
        if promise.action.events:
            standing = corrections.judge_standing_promise(promise)
        self.recorded[recorded] += 1
        self.standing[standing] += 1
        is_as_recorded = standing.fate is recorded.fate
        rank = _LEDGER_ORDER.index(promise.fate)
        self._ids[is_as_recorded, rank].append(promise.action.id)

    def sort_ids(self) -> Sequence[int]:
        """Return the numbers of the promises: corrected ones first, then the missed ones."""
        ids: array[int] = array("q")
        for rank in sorted(self._ids):
            ids += self._ids[rank]
        return ids


def render_promise_fates(
    promises: Iterable[DecidedPromise], today: date, width: int
) -> Columns:
    """Return promises one per line, or two lines each where one does not hold them all."""
    survey = _LedgerSurvey(promises, today, width)
    return _build_fate_table(promises, survey, today, width)


def _start_fate_table() -> Columns:
    return Columns("#", "promise", "with", "why", right=("#",), wide="promise")


def _build_fate_table(
    promises: Iterable[DecidedPromise],
    survey: _LedgerSurvey,
    today: date,
    width: int,
) -> Columns:
    indent = survey.number_width + COLUMN_GAP

    def build_rows(promise: DecidedPromise) -> Iterator[Row]:
        yield _list_fate_cells(promise, today)
        if caveats := describe_ledger_caveats(promise, today):
            yield [Text(" " * indent + caveats, style=styling.QUIET)]

    table = _start_fate_table()
    table.add_rows(promises, build_rows, survey.measures)
    has_room = not survey.caveat_width or indent + survey.caveat_width <= width
    if width < LEAST_TABLE_WIDTH or (
        has_room and table.fits(width, least_width=LEAST_PROMISE_WIDTH)
    ):
        return table

    def build_two_lines(promise: DecidedPromise) -> tuple[int, Text, Text]:
        words = styling.format_promise_words(promise.action)
        return promise.action.id, words, _format_promise_details(promise, today)

    return render_two_line_rows("promise", convert_batches(promises, build_two_lines))


def _list_fate_cells(promise: DecidedPromise, today: date) -> Row:
    words: Cell = styling.format_promise_cell(promise.action)
    if correction := _format_correction_line(promise, today):
        words = styling.format_promise_words(promise.action).append_text(correction)
    return [
        str(promise.action.id),
        words,
        _name_promise_person(promise),
        _describe_promise_fate(promise, today),
    ]


def _has_corrected_fate(promise: DecidedPromise) -> bool:
    return corrections.judge_standing_fate(promise) is not promise.fate


def _format_promise_details(promise: DecidedPromise, today: date) -> Text:
    """Return the second line of a promise: with whom, how it ended, and any correction."""
    details = Text()
    if name := _name_promise_person(promise):
        details.append(f"with {name} · ")
    for words, style in _describe_promise_fate(promise, today):
        details.append(words, style)
    details.append_text(_format_caveat_line(promise, today))
    if correction := _format_correction_line(promise, today):
        details.append_text(correction)
    return details


def _format_caveat_line(promise: DecidedPromise, today: date) -> Text:
    """Return a further line with what is counted aloud of a promise; empty if nothing is."""
    words = describe_ledger_caveats(promise, today)
    return Text(f"\n{words}" if words else "", style=styling.QUIET)


def _format_correction_line(promise: DecidedPromise, today: date) -> Text | None:
    """Return a further line with the owner's correction, or None without one in force."""
    correction = find_correction(promise.action)
    if (
        correction is None
        or correction.fate is None
        or not _has_corrected_fate(promise)
    ):
        return None
    fate = corrections.FATE_WORDS[correction.fate]
    day = dates.format_short_day(correction.on, today)
    line = Text(f"\ncorrected to {fate} on {day}", style=styling.SOON)
    if correction.note:
        line.append_text(
            styling.format_typed_words(f": {correction.note}", styling.QUIET)
        )
    return line


def _name_promise_person(promise: DecidedPromise) -> str:
    """Return who made a promise to the owner or, of the owner's, in whose plan it is, if any."""
    action = promise.action
    if promise.side == "them" and action.owner not in ("me", "them"):
        return clean_text(extract_first_name(action.owner))
    if action.person is None:
        return ""
    return clean_text(extract_first_name(action.person.name))


def _describe_promise_fate(promise: DecidedPromise, today: date) -> StyledParts:
    style = _FATE_STYLES[promise.fate]
    reason = describe_fate_reason(promise, today)
    return (
        (describe_ledger_fate(promise), style),
        (f": {reason}", f"{style} {styling.QUIET}"),
    )


_FATE_STYLES = {
    Fate.KEPT: styling.GOOD,
    Fate.REAGREED: styling.GOOD,
    Fate.LATE: styling.SOON,
    Fate.MISSED: styling.SOON,
    Fate.RELEASED: styling.QUIET,
    Fate.PENDING: styling.QUIET,
}


def _render_ledger_totals(survey: _LedgerSurvey) -> Iterator[Renderable]:
    """Yield the total of the lines above, and their total with corrections where there are any."""
    # Counted from the lines themselves, so that anybody can check the ratios by hand.
    recorded = build_tally(survey.recorded)
    corrected = build_tally(survey.standing)
    yield IndentedBody(render_sentence(f"Overall, {_format_total(recorded)}"))
    if corrected != recorded:
        words = f"With your corrections, {_format_total(corrected)}"
        yield IndentedBody(render_sentence(words))


def _format_total(tally: Tally) -> str:
    """Return both ratios as they stand above the ledger, and the lines they are counted from."""
    first = describe_share(*tally.first_date) or "none"
    agreed = describe_share(*tally.as_agreed) or "none"
    ratios = f"{first} by the first date and {agreed} as agreed"
    return f"{ratios}: {describe_tally(tally)}."
