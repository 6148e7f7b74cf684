"""What screens are made of, named here so that they need not load Rich's console to be drawn."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Union

from coachlog.screens.texts import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, ConsoleRenderable

Renderable = Union["ConsoleRenderable", Text, str]
"""What can be printed: a text, a screen of coachlog's, or words."""


class Group:
    """Renderables, one below the other."""

    def __init__(self, *parts: Renderable) -> None:
        self._parts = parts

    def __rich_console__(
        self, _console: "Console", _options: "ConsoleOptions"
    ) -> Iterator[Renderable]:
        """Yield the parts."""
        yield from self._parts


class Page:
    """Renderables, one below the other, of which each is made as it is printed.

    There can be more of them than memory should hold.
    """

    def __init__(self, list_parts: Callable[[], Iterable[Renderable]]) -> None:
        self._list_parts = list_parts

    def split(self) -> Iterator[Renderable]:
        """Return the parts, each to be printed before the next one is made."""
        return iter(self._list_parts())

    def __rich_console__(
        self, _console: "Console", _options: "ConsoleOptions"
    ) -> Iterator[Renderable]:
        """Yield the parts."""
        yield from self._list_parts()
