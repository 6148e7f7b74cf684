"""Lines that were typed for questions before these were asked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class LinesAhead:
    """The lines that answer the next questions, one each; a question asked again gets none."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._question = ""

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, lines: Sequence[str], question: str = "") -> None:
        """Keep lines for the questions after one, by default the last that was asked."""
        self._lines = list(lines)
        self._question = question or self._question

    def take(self, question: str, *, continues: bool = False) -> str | None:
        """Return the line for a question; None without one, or if it did not take the last line.

        A question `continues` if it takes several lines.
        """
        is_asked_again = question == self._question and not continues
        self._question = question
        if not self._lines or is_asked_again:
            return None
        return self._lines.pop(0)

    def drop(self) -> list[str]:
        """Forget the lines, and return those that had words."""
        words = [line for line in self._lines if line.strip()]
        self._lines = []
        return words

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Let a question that comes between be asked: none of the lines answers it."""
        lines, question = self._lines, self._question
        self._lines = []
        try:
            yield
        finally:
            self._lines, self._question = lines, question
