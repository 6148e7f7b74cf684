"""Open promises with their words wrapped and never cut, for the home page and a brief."""

from collections.abc import Callable, Sequence
from datetime import date

from coachlog.model.actions import Action
from coachlog.screens import styling
from coachlog.screens.lists import format_short_due
from coachlog.screens.sections import (
    INDENT,
    Lines,
    hang_text,
    join_cells,
    join_parts,
    measure_cells,
    wrap_text,
)
from coachlog.screens.texts import Text

WIDEST_NAME = 24

Format = Callable[[Action], Text]


def render_promise_rows(
    actions: Sequence[Action],
    today: date,
    width: int,
    *,
    format_words: Format,
    format_name: Format,
    others: Sequence[Action] = (),
) -> list[Lines]:
    """Return a row for each promise: in columns, or one part after the other on a narrow screen.

    The columns are wide enough for the promises of `others` too, which are in another section.
    """
    everything = [*actions, *others]
    number_width = max((len(str(action.id)) for action in everything), default=0)
    if width < styling.NARROW_WIDTH - INDENT:
        rows = []
        for action in actions:
            parts = (
                format_words(action),
                format_name(action),
                format_short_due(action, today),
            )
            line = join_parts(parts)
            rows.append(hang_text(f"{action.id:>{number_width}}  ", line, width))
        return rows
    name_width = min(
        measure_cells(map(format_name, everything)), max(WIDEST_NAME, width // 4)
    )
    due_width = measure_cells(format_short_due(action, today) for action in everything)
    longest = measure_cells(map(format_words, everything))
    # The date stays near the words where these are short.
    words_width = min(longest, width - number_width - name_width - due_width - 6)
    widths = [number_width, words_width, name_width, due_width]
    rows = []
    for action in actions:
        cells = [
            [Text(f"{action.id:>{number_width}}")],
            wrap_text(format_words(action), words_width),
            wrap_text(format_name(action), name_width),
            [format_short_due(action, today)],
        ]
        rows.append(join_cells(cells, widths))
    return rows
