"""How promises were kept: two ratios for each person, and in words how their promises ended."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import Caveats, Slips, Tally
from coachlog.phrasing.fates import describe_caveats, describe_slips, describe_tally
from coachlog.phrasing.values import describe_share
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence

NONE_DUE_YET = "No promise is due yet."
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
) -> Iterator[RenderableType]:
    """Yield the ratios of the owner and of everybody else, then how their promises ended.

    `correction_words` says how the owner's own ended once corrected; '' without corrections.
    `directions` are rows below the owner's.
    """
    rows = [(Text("yours", style="bold"), me), *directions, (Text("theirs"), them)]
    yield render_ratios(rows, width)
    if describe_tally(me):
        yield render_sentence(f"Yours: {describe_tally(me)}.", styling.QUIET)
    if correction_words:
        yield render_sentence(correction_words, styling.QUIET)
    if describe_tally(them):
        yield render_sentence(f"Theirs: {describe_tally(them)}.", styling.QUIET)
    if not (me.has_come_due or them.has_come_due):
        yield Text(NONE_DUE_YET, style=styling.QUIET)


def render_ratio_remarks(
    whose: str, slips: Slips, caveats: Caveats
) -> Iterator[RenderableType]:
    """Yield how far dates slipped, and in one line what to know beside the ratios."""
    slip_words, caveat_words = describe_slips(slips), describe_caveats(caveats)
    if slip_words:
        yield render_sentence(f"Slips ({whose}): {slip_words}.", styling.QUIET)
    if caveat_words:
        yield render_sentence(
            f"Worth knowing ({whose}): {caveat_words}.", styling.QUIET
        )


def format_tally(tally: Tally) -> str:
    """Return how promises ended: `8 kept, 1 missed: 8 of 9 by the first date`.

    The share as agreed follows where it is another one.
    """
    words = describe_tally(tally)
    if not words:
        return "none that count"
    if tally.first_date.of:
        words += f": {describe_share(*tally.first_date)} by the first date"
    if tally.as_agreed.of and tally.as_agreed != tally.first_date:
        words += f", {describe_share(*tally.as_agreed)} as agreed"
    return words
