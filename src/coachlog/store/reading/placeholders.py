"""What a list of values becomes in a question."""

from collections.abc import Sequence


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value, with commas between them."""
    return ",".join("?" * len(values))
