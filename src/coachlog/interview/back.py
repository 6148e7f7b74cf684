"""The reply that leads back to the question before: every prompt knows it."""

from typing import Final


class Back:
    """The reply that asks for the previous question."""


BACK: Final = Back()
