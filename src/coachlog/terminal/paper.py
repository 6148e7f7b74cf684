"""What screens are printed on, in place of Rich's console, which takes longer to load than to draw.

Texts, styles and segments are Rich's own, and so is every byte that is printed: what a console does
between a screen and a stream is all that is written anew, as far as screens use it. Prompts,
progress bars, pictures, whoever listens, and Windows have Rich's console (`terminal/console.py`).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import IO, Any

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from coachlog.named_tuples import NamedTuple
from coachlog.screens.renderables import Renderable
from coachlog.screens.widths import has_no_end

_USUAL_COLUMNS, _USUAL_LINES = 80, 25


class Room(NamedTuple):
    """What a renderable may take up, and how texts in it are wrapped: as each says of itself."""

    max_width: int
    justify: None = None
    overflow: None = None
    no_wrap: None = None

    def update(self, width: int) -> "Room":
        """Return a room of another width."""
        return Room(width)


class _Copy(StringIO):
    """What is printed while a paper is captured."""

    def get(self) -> str:
        return self.getvalue()


class Paper:
    """A stream with the width, the height and the colours that screens are drawn with there.

    It takes styles only if it `has_codes`; with `no_color` they keep what is no colour, such as
    bold. Without a width and a height of its own it is as large as the window.
    """

    tab_size = 8

    def __init__(
        self,
        file: IO[str],
        *,
        has_codes: bool,
        no_color: bool = False,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        self.file = file
        # Screens have the terminal's own sixteen colours, however many more there are.
        self.color_system = ColorSystem.STANDARD if has_codes else None
        self._no_color = no_color
        self._width = width
        self._height = height

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        columns = self._width or _read_size("COLUMNS") or _measure_window()[0]
        return columns or _USUAL_COLUMNS

    @property
    def height(self) -> int:
        """Return how many lines there are."""
        lines = self._height or _read_size("LINES") or _measure_window()[1]
        return lines or _USUAL_LINES

    @property
    def options(self) -> Room:
        """Return the room that a page has, as large as the paper."""
        return Room(self.width)

    def print(
        self, page: Renderable = "", *, end: str = "\n", crop: bool = True
    ) -> None:
        """Print a page, or a blank line; with `crop`, without what is wider than the paper.

        `end` is printed after a text and after words.
        """
        width = self.width
        if isinstance(page, str | Text):
            # As on a console: how a text is wrapped is for it to say only within another page.
            words = Text(page) if isinstance(page, str) else page
            page = Text(end=end).join([words])
        segments = self._render(page, Room(width))
        if crop and not (has_no_end(width) and self.color_system is None):
            lines = Segment.split_and_crop_lines(segments, width, pad=False)
            segments = (segment for line in lines for segment in line)
        self.file.write(self._encode(segments))
        self.file.flush()

    def _render(self, page: Renderable, room: Room) -> Iterator[Segment]:
        if room.max_width < 1:
            return
        body: Any = Text(page) if isinstance(page, str) else page
        for part in body.__rich_console__(self, room):
            if isinstance(part, Segment):
                yield part
            else:
                yield from self._render(part, room)

    def _encode(self, segments: Iterable[Segment]) -> str:
        if self._no_color:
            segments = Segment.remove_color(segments)
        system = self.color_system
        return "".join(
            style.render(words, color_system=system) if style else words
            for words, style, _ in segments
        )

    @contextmanager
    def capture(self) -> Iterator[_Copy]:
        """Keep what is printed from the stream, and yield what gets it in its place."""
        copy, file = _Copy(), self.file
        self.file = copy
        try:
            yield copy
        finally:
            self.file = file

    def render_lines(
        self, page: Renderable, room: Room, *, pad: bool
    ) -> list[list[Segment]]:
        """Return the lines of a page, without what is wider than the room; padded or not."""
        segments = self._render(page, room)
        lines = Segment.split_and_crop_lines(
            segments, room.max_width, pad=pad, include_new_lines=False
        )
        return list(lines)

    def get_style(self, style: str | Style, *, default: Style | None = None) -> Style:
        """Return a style by the words for it; nobody needs a default, as the words are ours."""
        return Style.parse(style) if isinstance(style, str) else style


def _read_size(name: str) -> int:
    """Return the number that is in a variable; 0 for none."""
    value = os.environ.get(name, "")
    return int(value) if value.isdecimal() else 0


def _measure_window() -> tuple[int, int]:
    """Return the columns and lines of the window; 0 for what the terminal does not know."""
    for stream in range(3):
        with suppress(OSError):
            return os.get_terminal_size(stream)
    return 0, 0
