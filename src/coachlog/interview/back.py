"""The reply that leads back, in a room of its own: every prompt knows it."""

from typing import Final


class Back:
    """The reply that asks for the previous question."""


BACK: Final = Back()
