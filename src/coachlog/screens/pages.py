"""Pages that can be longer than memory should hold."""

from collections.abc import Callable, Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


class Page:
    """A renderable whose parts come one after the other; they are made as they are printed."""

    def __init__(self, list_parts: Callable[[], Iterable[RenderableType]]) -> None:
        self._list_parts = list_parts

    def split(self) -> Iterator[RenderableType]:
        """Return the parts, each to be printed before the next one is made."""
        return iter(self._list_parts())

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Yield all parts."""
        yield from self._list_parts()
