"""What decides how a table is laid out: how wide it is at least, and what is never broken."""

COMMAND = "coachlog "
"""How a cell begins that is to be copied whole."""
LEAST_TABLE_WIDTH = 56
"""With less room than this no column is left out: what does not fit comes as records.

A window of 60 columns has as much, inside two indents.
"""
NO_WIDTH = 1_000_000
"""The width of a pipe: nothing is folded, cut or left out, and a list has all its columns."""


def has_no_end(width: int) -> bool:
    """Return whether this is the width of a pipe, or what an indent has left of it."""
    return width > NO_WIDTH // 2


def count_screen_cells(words: str) -> int:
    """Return how many cells words take on a screen."""
    # Nearly all are plain letters, none of which Rich needs to look up.
    if words.isascii() and words.isprintable():
        return len(words)
    from rich.cells import cell_len

    return cell_len(words)
