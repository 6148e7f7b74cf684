"""The outcome of a change, in words for the person who asked for it."""

from typing import NamedTuple


class Result(NamedTuple):
    """One line that says what was done and what to type next, with remarks to go beside it."""

    message: str
    remarks: tuple[str, ...] = ()
