"""What screens are printed on, in place of Rich's console, which takes longer to load than to draw.

Every byte that is printed is as Rich's console prints it, and is Rich's where there are colours or
words to be wrapped: what a console does between a screen and a stream is all that is written anew,
as far as screens use it. Prompts, progress bars, pictures, whoever listens, and Windows have Rich's
console (`terminal/console.py`).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import IO, TYPE_CHECKING, Any, cast

from coachlog.named_tuples import NamedTuple
from coachlog.screens.renderables import Renderable
from coachlog.screens.texts import Chunk, Text
from coachlog.screens.widths import fits_surely, has_no_end

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

    Part = Segment | Chunk
    """Words that are laid out."""

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
        self.color_system = "standard" if has_codes else None
        self._no_color = no_color
        self._codes: dict[str | Style, tuple[str, str]] = {}
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
        parts: Iterable[Part] = self._render(page, Room(width), end)
        if crop and not (has_no_end(width) and self.color_system is None):
            parts = _crop_parts([*parts], width)
        self.file.write(self._encode(parts))
        self.file.flush()

    def _render(
        self, page: Renderable, room: Room, end: str = "\n"
    ) -> "Iterator[Part]":
        if room.max_width < 1:
            return
        if isinstance(page, str):
            page = Text(page)
        if isinstance(page, Chunk):
            yield page
        elif isinstance(page, Text):
            lines = page.wrap(self, room.max_width)
            for number, line in enumerate(lines, start=1):
                yield from line.split_styles()
                yield Chunk("\n" if number < len(lines) else end)
        else:
            body: Any = page
            for part in body.__rich_console__(self, room):
                if isinstance(part, tuple):  # a chunk, or a segment of Rich's
                    yield cast("Part", part)
                else:
                    yield from self._render(part, room)

    def _encode(self, parts: "Iterable[Part]") -> str:
        if self.color_system is None:
            return "".join([part.text for part in parts])
        pieces = []
        for words, style, _ in parts:
            if style and words:
                start, end = self._codes.get(style) or self._find_codes(style)
                words = f"{start}{words}{end}"
            pieces.append(words)
        return "".join(pieces)

    def _find_codes(self, style: "str | Style") -> tuple[str, str]:
        """Return what Rich writes before and after words in a style."""
        from rich.color import ColorSystem

        whole_style = self.get_style(style)
        if self._no_color:
            whole_style = whole_style.without_color
        letter = "x"
        codes = whole_style.render(letter, color_system=ColorSystem.STANDARD)
        start, _, end = codes.partition(letter)
        self._codes[style] = start, end
        return start, end

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
        self, page: Renderable, room: Room, *, pad: bool = False
    ) -> "list[list[Part]]":
        """Return the lines of a page, without what is wider than the room; nothing is padded."""
        return _split_lines(_crop_parts([*self._render(page, room)], room.max_width))

    def get_style(
        self, style: "str | Style", *, default: "Style | None" = None
    ) -> "Style":
        """Return a style by the words for it; nobody needs a default, as the words are ours."""
        from rich.style import Style

        return Style.parse(style) if isinstance(style, str) else style


def _crop_parts(parts: "list[Part]", width: int) -> "list[Part]":
    """Return the parts without what is wider than this."""
    if fits_surely("".join([part.text for part in parts]), width):
        return parts
    from rich.segment import Segment

    # Rich need not know of styles to cut a part short.
    segments: list[Any] = [Segment(*part) for part in parts]
    lines = Segment.split_and_crop_lines(segments, width, pad=False)
    return [segment for line in lines for segment in line]


def _split_lines(parts: "list[Part]") -> "list[list[Part]]":
    """Return the parts of each line, without its end."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        first, *others = part.text.split("\n")
        if not others:
            lines[-1].append(part)
            continue
        kind: Any = type(part)
        if first:
            lines[-1].append(kind(first, part.style))
        for words in others:
            lines.append([kind(words, part.style)] if words else [])
    return lines if lines[-1] else lines[:-1]


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
