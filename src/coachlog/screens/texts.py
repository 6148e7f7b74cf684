"""What screens are made of: words, and which style each part of them has.

Rich's texts do the same, but loading these takes a fifth of a list's time. Texts become Rich's
where Rich alone knows what to do: how to wrap words, widen tabs, and print on its own console.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Union

from coachlog.named_tuples import NamedTuple
from coachlog.screens.widths import count_screen_cells, fits_surely, is_narrow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text as RichText

Span = tuple[int, int, str]
"""Where a style begins and ends in a text, and the words for it."""

_DROPPED_CODES = dict.fromkeys(map(ord, "\a\b\v\f\r"))
"""What Rich drops from every text."""


class Chunk(NamedTuple):
    """Words in one style that are laid out already, such as a part of a line or its end.

    Its fields are those of Rich's segment, which it is on Rich's console.
    """

    text: str
    style: str = ""
    control: None = None

    def __rich_console__(
        self, console: "Console", _options: "ConsoleOptions"
    ) -> "RenderResult":
        """Yield the segment."""
        from rich.segment import Segment

        yield Segment(self.text, console.get_style(self.style) if self.style else None)


class Text:
    """Words with a style, and with others for parts of them."""

    __slots__ = ("_plain", "spans", "style")

    def __init__(
        self, plain: str = "", style: str = "", spans: Iterable[Span] = ()
    ) -> None:
        self._plain = _drop_codes(plain)
        self.style = style
        self.spans = list(spans)

    @classmethod
    def assemble(
        cls, *parts: Union[str, "Text", tuple[str, str]], style: str = ""
    ) -> "Text":
        """Return a text of parts, some with a style."""
        text = cls(style=style)
        for part in parts:
            if isinstance(part, tuple):
                text.append(*part)
            else:
                text.append(part)
        return text

    @property
    def plain(self) -> str:
        """Return the words."""
        return self._plain

    @plain.setter
    def plain(self, words: str) -> None:
        length = len(self._plain)
        self._plain = _drop_codes(words)
        if len(self._plain) < length:
            length = len(self._plain)
            self.spans = [
                (start, min(end, length), style)
                for start, end, style in self.spans
                if start < length
            ]

    @property
    def cell_len(self) -> int:
        """Return how many cells the words take on a screen."""
        return count_screen_cells(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    def __str__(self) -> str:
        return self._plain

    def __repr__(self) -> str:
        return f"Text({self._plain!r}, {self.style!r}, {self.spans!r})"

    def __add__(self, other: Union[str, "Text"]) -> "Text":
        return self.copy().append(other)

    def __getitem__(self, part: slice) -> "Text":
        first, last, _ = part.indices(len(self._plain))
        spans = [
            (max(start, first) - first, min(end, last) - first, style)
            for start, end, style in self.spans
            if max(start, first) < min(end, last)
        ]
        return Text(self._plain[first:last], self.style, spans)

    def copy(self) -> "Text":
        """Return another text that is the same."""
        return Text(self._plain, self.style, self.spans)

    def append(self, words: Union[str, "Text"], style: str | None = None) -> "Text":
        """Add words, or a text; return this text."""
        if not words:
            return self
        return self.append_text(
            words if isinstance(words, Text) else Text(words, style or "")
        )

    def append_text(self, text: "Text") -> "Text":
        """Add a text; return this one."""
        length = len(self._plain)
        self._plain += text._plain
        if text.style:
            self.spans.append((length, len(self._plain), text.style))
        if text.spans:
            self.spans += [
                (start + length, end + length, style)
                for start, end, style in text.spans
            ]
        return self

    def stylize(self, style: str, start: int = 0, end: int | None = None) -> None:
        """Give a part a style, or all of the words."""
        length = len(self._plain)
        end = length if end is None else min(end, length)
        if start < end:
            self.spans.append((start, end, style))

    def rstrip(self) -> None:
        """Drop blanks at the end."""
        self.plain = self._plain.rstrip()

    def join(self, texts: Iterable["Text"]) -> "Text":
        """Return the texts with this one between each and the next."""
        joined = Text(style=self.style)
        for number, text in enumerate(texts):
            if number:
                joined.append(self)
            joined.append_text(text)
        return joined

    def split(self) -> list["Text"]:
        """Return the lines; one where there are no words."""
        if "\n" not in self._plain:
            return [self.copy()]
        lines = []
        start = 0
        for words in self._plain.split("\n"):
            lines.append(self[start : start + len(words)])
            start += len(words) + 1
        return lines

    def fits(self, width: int) -> bool:
        """Return whether the words stay as they are in so many cells, as far as is plain to see."""
        return "\t" not in self._plain and fits_surely(self._plain, width)

    def wrap(self, console: Any, width: int) -> list["Text"]:
        """Return lines of at most so many cells, broken between words where that can be.

        Lines end and keep their blanks as those that Rich wraps.
        """
        if self.fits(width):
            return self.split()
        wrapped: list[Text] = []
        for line in self.split():
            ends = _find_line_ends(line._plain, width)
            if ends is None:
                texts = line.__rich__().wrap(console, width, overflow="fold")
                wrapped += [_convert_rich_text(text) for text in texts]
            else:
                # Nothing but blanks is beyond the width.
                wrapped += [
                    line[start : min(end, start + width)]
                    for start, end in pairwise([0, *ends])
                ]
        return wrapped

    def expand_tabs(self, tab_size: int) -> "Text":
        """Return the text with blanks for tabs."""
        text = self.__rich__()
        text.expand_tabs(tab_size)
        return _convert_rich_text(text)

    def split_styles(self) -> Iterator[Chunk]:
        """Yield the parts of a line that have one style each."""
        spans = self.spans
        if self.style:
            spans = [(0, len(self._plain), self.style), *spans]
        if not spans:
            yield Chunk(self._plain)
            return
        edges = {0, len(self._plain)}
        for start, end, _ in spans:
            edges |= {start, end}
        for start, end in pairwise(sorted(edges)):
            styles = [style for first, last, style in spans if first <= start < last]
            yield Chunk(self._plain[start:end], " ".join(styles))

    def __rich__(self) -> "RichText":
        """Return this as a text of Rich's."""
        from rich.text import Span as RichSpan
        from rich.text import Text as RichText

        spans = [RichSpan(*span) for span in self.spans]
        return RichText(self._plain, self.style, spans=spans)


def _drop_codes(words: str) -> str:
    return words if words.isprintable() else words.translate(_DROPPED_CODES)


def _find_line_ends(words: str, width: int) -> list[int] | None:
    """Return where the lines end that words are broken into; None where only Rich can tell."""
    if not is_narrow(words):
        return None
    ends = []
    place = used = 0
    for word in _split_words(words):
        length = len(word.rstrip())
        if length > width:
            return None
        if used + length > width:
            ends.append(place)
            used = 0
        used += len(word)
        place += len(word)
    return [*ends, len(words)]


def _split_words(words: str) -> Iterator[str]:
    """Yield words with the blanks behind them, the first one with those before it as well."""
    start = 0
    end = len(words) - len(words.lstrip())
    while end < len(words):
        end = words.find(" ", end)
        if end < 0:
            end = len(words)
        while words.startswith(" ", end):
            end += 1
        yield words[start:end]
        start = end


def _convert_rich_text(text: "RichText") -> Text:
    spans = [(start, end, str(style)) for start, end, style in text.spans]
    return Text(text.plain, str(text.style), spans)
