"""What a command is about: something to choose from a list, or to find by words."""

from coachlog.named_tuples import NamedTuple


class SubjectRow(NamedTuple):
    """One thing to choose: what a command takes for it, how it is shown, and by what it is found.

    `title` are its own words, which alone may be typed whole; `other_words` are those around it,
    such as the person it is with.
    """

    value: int | str
    label: str
    title: str = ""
    other_words: str = ""
