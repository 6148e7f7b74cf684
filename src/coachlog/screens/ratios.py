"""How promises were kept: two ratios for each person, and in words how their promises ended."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from coachlog.model.progress import Tally
from coachlog.phrasing.fates import describe_tally
from coachlog.screens import styling
from coachlog.screens.columns import Columns, render_sentence

NONE_DUE_YET = "No promise is due yet."
_HEADS = (
    "promises kept",
    "by the first date",
    "counting re-agreed dates",
    "not due yet",
)
_NARROW_HEADS = ("kept", "first date", "incl. re-agreed", "not due")


def render_ratios(
    rows: Iterable[tuple[Text, Tally]], width: int, *, wide_names: bool = False
) -> Columns:
    """Return one row per name: the two ratios, and how many promises are not due yet.

    With `wide_names` the names give way where room is short.
    """
    heads = _HEADS if width >= styling.NARROW_WIDTH else _NARROW_HEADS
    table = Columns(*heads, wide=heads[0] if wide_names else None)
    for name, tally in rows:
        table.add_row(
            name,
            styling.format_share(tally.kept, tally.decided_count),
            _format_honoured_share(tally),
            styling.format_number(tally.pending),
        )
    return table


def _format_honoured_share(tally: Tally) -> Text:
    return styling.format_share(
        tally.kept + tally.kept_as_reagreed, tally.decided_count
    )


def render_both_ratios(
    me: Tally, them: Tally, width: int, correction_words: str = ""
) -> Iterator[RenderableType]:
    """Yield the ratios of the owner and of everybody else, then how their promises ended.

    `correction_words` says how the owner's own ended once corrected; '' without corrections.
    """
    yield render_ratios(
        ((Text("yours", style="bold"), me), (Text("theirs"), them)), width
    )
    if me.decided_count:
        yield render_sentence(f"Yours: {describe_tally(me)}.", styling.QUIET)
    if correction_words:
        yield render_sentence(correction_words, styling.QUIET)
    if them.decided_count:
        yield render_sentence(f"Theirs: {describe_tally(them)}.", styling.QUIET)
    if not (me.decided_count or them.decided_count):
        yield Text(NONE_DUE_YET, style=styling.QUIET)


def format_tally(tally: Tally) -> str:
    """Return how promises ended: `8 kept, 1 missed: 89% (8 of 9) by the first date`.

    The share that counts re-agreed dates follows where there are any.
    """
    words = describe_tally(tally)
    if not words:
        return "none that count"
    if tally.decided_count:
        share = styling.format_share(tally.kept, tally.decided_count)
        words += f": {share.plain} by the first date"
    if tally.kept_as_reagreed:
        words += f", {_format_honoured_share(tally).plain} counting re-agreed dates"
    return words
