"""What decides how a table is laid out: how wide it is at least, and what is never broken."""

COMMAND = "coachlog "
"""How a cell begins that is to be copied whole."""
LEAST_TABLE_WIDTH = 56
"""With less room than this no column is left out: what does not fit comes as records.

A window of 60 columns has as much, inside two indents.
"""
_NARROW_SIGNS = dict.fromkeys([*range(0x2500, 0x25FD), *map(ord, "–—‘’“”…•›→✓")], "-")
_FIRST_OTHER_LETTER = "\u0300"
"""Every letter and sign before it takes one cell, as those of `_NARROW_SIGNS` do."""
NO_WIDTH = 1_000_000
"""The width of a pipe: nothing is folded, cut or left out, and a list has all its columns."""


def has_no_end(width: int) -> bool:
    """Return whether this is the width of a pipe, or what an indent has left of it."""
    return width > NO_WIDTH // 2


def is_narrow(words: str) -> bool:
    """Return whether each character is known to take one cell; False for line ends and tabs."""
    if not words.isprintable():
        return False
    return words.isascii() or max(words.translate(_NARROW_SIGNS)) < _FIRST_OTHER_LETTER


def fits_surely(words: str, width: int) -> bool:
    """Return whether lines are known not to be wider than this; only Rich can tell of others."""
    # No character takes more than two cells.
    if 2 * len(words) <= width:
        return True
    return all(
        2 * len(line) <= width or (len(line) <= width and is_narrow(line))
        for line in words.split("\n")
    )


def count_screen_cells(words: str) -> int:
    """Return how many cells words take on a screen."""
    # Nearly all are plain letters and signs, none of which Rich needs to look up.
    if is_narrow(words):
        return len(words)
    from rich.cells import cell_len

    return cell_len(words)
