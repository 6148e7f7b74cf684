"""What stands further to the right, such as what is below a question or a heading."""

from typing import TYPE_CHECKING

from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Chunk

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class IndentedBody:
    """A renderable moved to the right, without trailing spaces."""

    def __init__(self, body: Renderable, spaces: int = 2) -> None:
        self._body = body
        self._spaces = spaces

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "RenderResult":
        """Yield the lines of the body, each after its spaces."""
        narrower = options.update(width=max(1, options.max_width - self._spaces))
        for line in console.render_lines(self._body, narrower, pad=False):
            yield Chunk(" " * self._spaces)
            yield from line
            yield Chunk("\n")
