"""What is JSON already when it is read."""

from coachlog.named_tuples import NamedTuple


class WrittenJson(NamedTuple):
    """The text of an object, laid out as an item of the one list that a command prints."""

    text: str


ITEM_LEVEL = 2
"""How deep such an item is in the document."""
