"""How promises were kept, as a screen says it: a row of ratios each, and the fates in words."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import Tally
from coachlog.phrasing import fates
from coachlog.screens import styling
from coachlog.screens.columns import Columns, sentence

NARROW = 76
_HEADS = ("promises kept", "by the first date", "or a re-agreed one", "not due yet")
_NARROW_HEADS = ("kept", "first date", "or re-agreed", "not due")


def ratios(rows: Iterable[tuple[Text, Tally]], width: int, *, wide: bool = False) -> Columns:
    """Return whose promises they are with the two ratios and what is not due yet, a row each.

    With `wide` it is the names that give way where room is short.
    """
    heads = _HEADS if width >= NARROW else _NARROW_HEADS
    table = Columns(*heads, wide=heads[0] if wide else None)
    for name, tally in rows:
        table.add_row(
            name,
            styling.ratio(tally.strict, tally, tally.kept),
            styling.ratio(tally.honoured, tally, tally.kept + tally.kept_as_reagreed),
            Text(str(tally.pending or styling.NONE)),
        )
    return table


def yours_and_theirs(
    me: Tally, them: Tally, width: int, corrected: str = ""
) -> Iterator[RenderableType]:
    """Yield the ratios of the owner and of the others, then how their promises ended.

    `corrected` says what the owner's come to with the corrections in force; '' without any.
    """
    yield ratios(((Text("yours", style="bold"), me), (Text("theirs"), them)), width)
    if me.decided:
        yield sentence(f"Yours: {fates.counts(me)}.", styling.QUIET)
    if corrected:
        yield sentence(corrected, styling.QUIET)
    if them.decided:
        yield sentence(f"Theirs: {fates.counts(them)}.", styling.QUIET)
    if not (me.decided or them.decided):
        yield Text("No promise has come due yet.", style=styling.QUIET)


def shares(tally: Tally) -> str:
    """Return fates and ratios: `8 kept, 1 missed: 89% (8 of 9) by the first date`.

    The share by a re-agreed date follows where it is another one.
    """
    words = fates.counts(tally)
    if tally.decided:
        words += f": {styling.ratio(tally.strict, tally, tally.kept).plain} by the first date"
    if tally.kept_as_reagreed:
        count = tally.kept + tally.kept_as_reagreed
        words += f", {styling.ratio(tally.honoured, tally, count).plain} or a re-agreed one"
    return words or "none that count"
