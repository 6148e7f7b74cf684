"""Lines that a line above them keeps private: a heading, or a `~` line they are set in below."""

from collections.abc import Sequence

from coachlog.capture.line_marks import LineMarks, read_line_marks
from coachlog.capture.private_signs import is_private_heading
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import clean_paragraphs

_MARKDOWN_HEADING = compile_later(r"\s*#{1,6}\s")


class PrivateSplit(NamedTuple):
    """A text without its private lines, and those lines, most without their marks."""

    open_text: str
    private_lines: tuple[str, ...]


class _PrivateBlock:
    """Whether the lines below one another are private, as far as they have been read."""

    def __init__(self) -> None:
        self._is_open = False
        self._is_section = False
        self._has_lines = False
        self._was_blank = False
        self._indent: int | None = None

    def take_line(self, line: str) -> bool:
        """Take the next line; return whether a line above keeps it private."""
        if is_private_heading(line):
            self._open(is_section=_MARKDOWN_HEADING.match(line) is not None)
            return False
        marks = read_line_marks(line)
        if not marks.words and not marks.is_private:
            self._take_blank()
            return False
        if self._ends_before(line):
            self._is_open = False
        self._was_blank = False
        self._has_lines = True
        if self._is_open:
            return True
        return self._is_below_private_line(marks)

    def _is_below_private_line(self, marks: LineMarks) -> bool:
        """Return whether a line is set in below a private one."""
        if self._indent is not None and marks.indent > self._indent:
            return True
        self._indent = marks.indent if marks.is_private else None
        if marks.is_private and marks.words.endswith((":", "：")):
            self._open(is_section=False)
            self._has_lines = True
        return False

    def _open(self, *, is_section: bool) -> None:
        self._is_open, self._is_section = True, is_section
        self._has_lines = self._was_blank = False

    def _take_blank(self) -> None:
        """A blank line ends a block, unless it stands directly below its heading."""
        self._was_blank = True
        if self._has_lines and not self._is_section:
            self._is_open = False

    def _ends_before(self, line: str) -> bool:
        """Return whether a line is the heading of something else."""
        if _MARKDOWN_HEADING.match(line):
            return True
        is_heading = line.rstrip(" *_").endswith((":", "："))
        return is_heading and self._was_blank and not self._has_lines


def find_private_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers, from 0, of the lines that a line above them keeps private."""
    block = _PrivateBlock()
    numbers = [number for number, line in enumerate(lines) if block.take_line(line)]
    return frozenset(numbers)


def has_private_line(text: str) -> bool:
    """Return whether a line of a text is marked private, such as one that begins with `~`."""
    lines = text.splitlines()
    return any(
        is_private_heading(line) or read_line_marks(line).is_private for line in lines
    )


def split_private_lines(text: str) -> PrivateSplit:
    """Return the open part of a text, and the lines of it that are marked private.

    The headings of private lines go with them. A line with a box or a word such as TODO stays as
    it was typed.
    """
    lines = text.split("\n")
    below_private_lines = find_private_lines(lines)
    open_lines, private_lines = [], []
    for number, line in enumerate(lines):
        marks = read_line_marks(line)
        is_heading = is_private_heading(line)
        if not (is_heading or marks.is_private or number in below_private_lines):
            open_lines.append(line)
        elif is_heading or marks.makes_promise() or marks.is_set_aside:
            private_lines.append(line.strip())
        else:
            private_lines.append(marks.words)
    open_text = clean_paragraphs("\n".join(open_lines))
    return PrivateSplit(open_text, tuple(filter(None, private_lines)))
