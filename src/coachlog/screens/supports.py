"""Who supports which promise, and how."""

from collections.abc import Sequence

from rich.text import Text

from coachlog.model.plans import Support
from coachlog.screens import styling
from coachlog.screens.columns import Columns
from coachlog.text import clean_line, shorten_text

_LONGEST_PROMISE = 50


def render_supports(supports: Sequence[Support]) -> Columns:
    """Return the support for promises one per row: the number, who gives what, and for what."""
    table = Columns("", "")
    width = max(len(str(support.action)) for support in supports)
    for support in supports:
        words = Text()
        if support.giver:
            name = "you" if support.giver == "me" else clean_line(support.giver)
            words.append(name, style="bold")
        if support.giver and support.words:
            words.append(": ")
        words.append(clean_line(support.words))
        promise = clean_line(shorten_text(support.what, _LONGEST_PROMISE))
        words.append(f" ({promise})", style=styling.QUIET)
        table.add_row(f"{support.action:>{width}}", words)
    return table
