"""What a change came to, in words for whoever asked for it."""

from typing import NamedTuple


class Result(NamedTuple):
    """One line that says what was done and what to type next, and remarks beside it."""

    message: str
    remarks: tuple[str, ...] = ()
