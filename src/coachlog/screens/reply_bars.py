"""How often each number from 1 to 5 was given, as bars, and what is said beside them."""

from collections.abc import Sequence

from coachlog.model.replies import BandCounts
from coachlog.rules.reply_counts import BAND_NAMES, EXACT_REPLIES, REPLY_VALUES
from coachlog.screens import styling
from coachlog.screens.charts import Marks, draw_bar
from coachlog.screens.columns import Columns
from coachlog.screens.texts import Text

LONGEST_BAR, SHORTEST_BAR = 30, 5
CELLS_WITHOUT_BAR = 28
"""Cells that a row of replies takes before its bar."""

BANDS_ONLY = f"Below {EXACT_REPLIES} replies, answers are shown in three bands only."
ALL_ALIKE = "The answers are all alike, so only the bands are shown."
PROTECTION = (
    "This keeps single replies from a look, not from anyone who sets out to read them: "
    "docs/privacy.md says how."
)


def render_reply_bars(
    bands: BandCounts,
    exact_counts: Sequence[int] | None,
    width: int,
    *,
    meanings: tuple[str, str],
    marks: Marks,
) -> Columns:
    """Return a row for each value or band from the best down, with how many people gave it.

    `meanings` are those of 1 and 5.
    """
    names: Sequence[str] = BAND_NAMES
    counts: Sequence[int] = bands
    # Only 1 and 5 have a meaning in words, which the other number in their band does not share.
    low_words, high_words = f" (1 = {meanings[0]})", f" (5 = {meanings[1]})"
    if exact_counts is not None:
        names, counts = [str(value) for value in REPLY_VALUES], exact_counts
        low_words, high_words = f" ({meanings[0]})", f" ({meanings[1]})"
    words_by_name = {names[0]: low_words, names[-1]: high_words}
    room = max(SHORTEST_BAR, min(LONGEST_BAR, width - CELLS_WITHOUT_BAR))
    table = Columns("", "", "")
    for name, count in zip(reversed(names), reversed(counts), strict=True):
        table.add_row(
            Text(name).append(words_by_name.get(name, ""), style=styling.QUIET),
            Text(str(count), style="" if count else styling.QUIET),
            Text(draw_bar(count, sum(counts), room, marks=marks)),
        )
    return table
