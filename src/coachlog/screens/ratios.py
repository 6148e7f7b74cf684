"""How promises were kept, as a screen says it: a row of ratios each, and the fates in words."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import Tally
from coachlog.phrasing import fates
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence

NARROW_WIDTH = 76
_HEADS = ("promises kept", "by the first date", "or a re-agreed one", "not due yet")
_NARROW_HEADS = ("kept", "first date", "or re-agreed", "not due")


def render_ratios(
    rows: Iterable[tuple[Text, Tally]], width: int, *, wide_names: bool = False
) -> Columns:
    """Return whose promises they are with the two ratios and what is not due yet, a row each.

    With `wide` it is the names that give way where room is short.
    """
    heads = _HEADS if width >= NARROW_WIDTH else _NARROW_HEADS
    table = Columns(*heads, wide=heads[0] if wide_names else None)
    for name, tally in rows:
        table.add_row(
            name,
            styling.format_ratio(tally.strict_share, tally, tally.kept),
            styling.format_ratio(tally.honoured_share, tally, tally.kept + tally.kept_as_reagreed),
            Text(str(tally.pending or styling.NO_NUMBER)),
        )
    return table


def render_both_ratios(
    me: Tally, them: Tally, width: int, correction_words: str = ""
) -> Iterator[RenderableType]:
    """Yield the ratios of the owner and of the others, then how their promises ended.

    `corrected` says what the owner's come to with the corrections in force; '' without any.
    """
    yield render_ratios(((Text("yours", style="bold"), me), (Text("theirs"), them)), width)
    if me.decided_count:
        yield render_sentence(f"Yours: {fates.describe_tally(me)}.", styling.QUIET)
    if correction_words:
        yield render_sentence(correction_words, styling.QUIET)
    if them.decided_count:
        yield render_sentence(f"Theirs: {fates.describe_tally(them)}.", styling.QUIET)
    if not (me.decided_count or them.decided_count):
        yield Text("No promise has come due yet.", style=styling.QUIET)


def format_tally(tally: Tally) -> str:
    """Return fates and ratios: `8 kept, 1 missed: 89% (8 of 9) by the first date`.

    The share by a re-agreed date follows where it is another one.
    """
    words = fates.describe_tally(tally)
    if tally.decided_count:
        words += f": {styling.format_ratio(tally.strict_share, tally, tally.kept).plain} by the first date"
    if tally.kept_as_reagreed:
        count = tally.kept + tally.kept_as_reagreed
        words += (
            f", {styling.format_ratio(tally.honoured_share, tally, count).plain} or a re-agreed one"
        )
    return words or "none that count"
