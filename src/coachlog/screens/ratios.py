"""How promises were kept: two ratios for each person, and in words how their promises ended."""

from collections.abc import Iterable, Iterator, Sequence

from coachlog.model.progress import Caveats, Slips, Tally
from coachlog.phrasing.fates import describe_caveats, describe_slips, describe_tally
from coachlog.phrasing.ratios import RATIO_NOTE
from coachlog.phrasing.values import describe_share
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Text

_HEADS = (
    "promises kept",
    "by the first date",
    "as agreed",
    "not due yet",
)
_NARROW_HEADS = ("promises\nkept", "by the\nfirst date", "as\nagreed", "not due\nyet")


NamedTally = tuple[Text, Tally]
"""A row of ratios: whose promises they are, and how these ended."""


def render_ratios(
    rows: Iterable[NamedTally], width: int, *, wide_names: bool = False
) -> Columns:
    """Return one row per name: the two ratios, and how many promises are not due yet.

    With `wide_names` the names give way where room is short.
    """
    heads = _HEADS if width >= styling.NARROW_WIDTH else _NARROW_HEADS
    table = Columns(*heads, wide=heads[0] if wide_names else None)
    for name, tally in rows:
        table.add_row(
            name,
            styling.format_share(*tally.first_date),
            styling.format_share(*tally.as_agreed),
            styling.format_number(tally.pending),
        )
    return table


def render_both_ratios(
    me: Tally,
    them: Tally,
    width: int,
    correction_words: str = "",
    directions: Sequence[NamedTally] = (),
    none_due_words: str = "",
) -> Iterator[Renderable]:
    """Yield the ratios of the owner and of everybody else, then how their promises ended.

    `correction_words` says how the owner's own ended once corrected; '' without corrections.
    `directions` are rows below the owner's. `none_due_words` says why there is none to speak of.
    """
    rows = [(Text("yours", style="bold"), me), *directions, (Text("theirs"), them)]
    yield render_ratios(rows, width)
    if any(has_ratio(tally) for _, tally in rows):
        yield render_sentence(RATIO_NOTE, styling.QUIET)
    if describe_tally(me):
        yield render_sentence(f"Yours: {describe_tally(me)}.", styling.QUIET)
    if correction_words:
        yield render_sentence(correction_words, styling.QUIET)
    if describe_tally(them):
        yield render_sentence(f"Theirs: {describe_tally(them)}.", styling.QUIET)
    if none_due_words:
        yield Text(none_due_words, style=styling.QUIET)


def has_ratio(tally: Tally) -> bool:
    """Return whether a promise counts in one of the two ratios."""
    return bool(tally.first_date.of or tally.as_agreed.of)


def describe_none_due(
    tallies: Sequence[Tally],
    caveats: Sequence[Caveats],
    *,
    in_period: bool,
    has_others: bool = False,
) -> str:
    """Return why none of these promises has come due, or that there are none; '' if one has.

    `has_others` says that there are promises that count for neither side.
    """
    if any(tally.has_come_due for tally in tallies):
        return ""
    is_pending = any(tally.pending for tally in tallies)
    # Those that are in no ratio are counted in a line of their own.
    has_hidden = any(each.hidden or each.handed_over for each in caveats)
    if in_period:
        return _describe_none_due_in_period(is_pending, has_hidden)
    has_undated = any(each.without_date for each in caveats)
    has_uncounted = any((has_hidden, has_undated, has_others))
    return _describe_none_due_ever(is_pending, has_uncounted)


def _describe_none_due_ever(is_pending: bool, has_uncounted: bool) -> str:
    if is_pending:
        return "No promise is due yet."
    return "No promise counts yet." if has_uncounted else "No promises yet."


def _describe_none_due_in_period(is_pending: bool, has_uncounted: bool) -> str:
    if is_pending:
        return "No promise that is first due in this period is due yet."
    if has_uncounted:
        return "No promise counts in this period."
    return "No promise was first due in this period."


def render_ratio_remarks(
    whose: str, slips: Slips, caveats: Caveats
) -> Iterator[Renderable]:
    """Yield how far dates slipped, and in one line what to know beside the ratios."""
    slip_words, caveat_words = describe_slips(slips), describe_caveats(caveats)
    if slip_words:
        yield render_sentence(f"Of {whose}, {slip_words}.", styling.QUIET)
    if caveat_words:
        yield render_sentence(
            f"Worth knowing ({whose}): {caveat_words}.", styling.QUIET
        )


def format_tally(tally: Tally) -> str:
    """Return how promises ended: `8 kept, 1 missed. That is 8 of 9 by the first date`.

    The share as agreed follows where it is another one.
    """
    words = describe_tally(tally)
    if not words:
        return "none that count"
    shares = []
    if tally.first_date.of:
        shares.append(f"{describe_share(*tally.first_date)} by the first date")
    if tally.as_agreed.of and tally.as_agreed != tally.first_date:
        shares.append(f"{describe_share(*tally.as_agreed)} as agreed")
    if not shares:
        return words
    return f"{words}. That is {' and '.join(shares)}"
