"""Sections of a screen that share its lines: whole rows give way, and words are never cut.

A row is a list of lines that have been wrapped already. Rich would wrap all of them once more, and
measure each cell twice, so the lines of a screen of sections are printed as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from coachlog.named_tuples import NamedTuple
from coachlog.screens import styling
from coachlog.screens.texts import Text
from coachlog.screens.widths import count_screen_cells

if TYPE_CHECKING:
    pass

Lines = list[Text]
NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_WHOLE_PART = 24
"""Cells of a part that is not broken: a date, or how long something is overdue."""

INDENT = 2
"""Cells before each line of a section, under its heading."""


class Section(NamedTuple):
    """Rows under a heading. At least `least` of them are shown, whatever the room.

    Up to `most` are shown before blank lines, and all of them where there is room for these too.
    The section with the highest `rank` gives way first, of several the longest.
    `render_more` returns the lines below that many rows, for those that are not shown. `aside` is
    after the heading, and dim.
    """

    heading: str
    rows: Sequence[Lines]
    render_more: Callable[[int], Lines] = lambda _row_count: []
    least: int = 1
    most: int = 1000
    rank: int = 0
    aside: str = ""


def lay_out_sections(sections: Sequence[Section], room: int) -> Lines:
    """Return sections on `room` lines, or more if their least rows need more.

    Blank lines stand before sections only where there is room for them.
    """
    counts = [min(len(section.rows), section.most) for section in sections]
    while _count_lines(sections, counts) > room:
        number = _find_section_to_shorten(sections, counts)
        if number is None:
            break
        counts[number] -= 1
    room_with_blanks = room - len(sections)
    has_blanks = _count_lines(sections, counts) <= room_with_blanks
    if has_blanks:
        counts = _lengthen_sections(sections, counts, room_with_blanks)
    lines: Lines = []
    for section, count in zip(sections, counts, strict=True):
        if has_blanks:
            lines.append(Text())
        lines += _render_section(section, count)
    return lines


def _find_section_to_shorten(
    sections: Sequence[Section], counts: Sequence[int]
) -> int | None:
    """Return the place of the section that gives way next; None if none can."""
    candidates = [
        (section.rank, len(_list_section_lines(section, count)), number)
        for number, (section, count) in enumerate(zip(sections, counts, strict=True))
        if count > section.least
    ]
    if not candidates:
        return None
    return max(candidates)[2]


def _lengthen_sections(
    sections: Sequence[Section], counts: Sequence[int], room: int
) -> list[int]:
    """Return how many rows each section has once those beyond its most have used the room."""
    longer_counts = list(counts)
    for number, section in enumerate(sections):
        while longer_counts[number] < len(section.rows):
            longer_counts[number] += 1
            if _count_lines(sections, longer_counts) > room:
                longer_counts[number] -= 1
                break
    return longer_counts


def _count_lines(sections: Sequence[Section], counts: Sequence[int]) -> int:
    lines = 0
    for section, count in zip(sections, counts, strict=True):
        lines += bool(section.heading) + len(_list_section_lines(section, count))
    return lines


def _list_section_lines(section: Section, row_count: int) -> Lines:
    lines: Lines = []
    for row in section.rows[:row_count]:
        lines += row
    return lines + section.render_more(row_count)


def _render_section(section: Section, row_count: int) -> Iterator[Text]:
    if section.heading:
        heading = styling.format_heading(section.heading)
        if section.aside:
            heading = Text.assemble(heading, (f" · {section.aside}", styling.QUIET))
        yield heading
    for line in _list_section_lines(section, row_count):
        yield Text(" " * INDENT).append_text(line)


def wrap_text(words: Text, width: int) -> Lines:
    """Return words on lines of at most `width` cells, broken between words where that can be."""
    return [_free_blanks(line) for line in _break_lines(words, width)]


def _free_blanks(line: Text) -> Text:
    """Return a line with the blanks at which it was not to be broken as any others."""
    if NO_BREAK not in line.plain:
        return line
    line = line.copy()
    line.plain = line.plain.replace(NO_BREAK, " ")
    return line


def _break_lines(words: Text, width: int) -> Lines:
    plain = words.plain
    if "\n" not in plain and count_screen_cells(plain) <= width:
        return [words]
    lines = []
    for paragraph in words.split():
        for start, end in _break_paragraph(paragraph.plain, max(1, width)):
            lines.append(paragraph[start:end])
    return lines


def _break_paragraph(plain: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a paragraph start and end; a word longer than a line is cut."""
    start = 0
    while count_screen_cells(plain[start:]) > width:
        end = _find_row_end(plain, start, width)
        space = plain.rfind(" ", start, end + 1)
        if space <= start:  # what stays whole is wider than a line
            space = plain.rfind(NO_BREAK, start, end + 1)
        if space > start:
            yield start, space
            start = space + 1
        else:
            yield start, end
            start = end
    yield start, len(plain)


def _find_row_end(plain: str, start: int, width: int) -> int:
    """Return the end of as many characters as fit, and of one at least."""
    # No character is narrower than nothing, so as many as there are cells may be too many only.
    end = min(len(plain), start + width)
    while end > start + 1 and count_screen_cells(plain[start:end]) > width:
        end -= 1
    while end < len(plain) and count_screen_cells(plain[start : end + 1]) <= width:
        end += 1
    return end


def join_cells(
    cells: Sequence[Sequence[Text]], widths: Sequence[int], gap: int = 2
) -> Lines:
    """Return wrapped cells side by side, without blanks at the ends of lines."""
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        line = Text()
        blanks = 0
        for cell, width in zip(cells, widths, strict=True):
            if number < len(cell) and cell[number].plain:
                line.append(" " * blanks).append_text(cell[number])
                blanks = width - count_screen_cells(cell[number].plain)
            else:
                blanks += width
            blanks += gap
        lines.append(line)
    return lines


def measure_cells(cells: Iterable[Text]) -> int:
    """Return the width of the widest of these cells; 0 for none."""
    return max((count_screen_cells(cell.plain) for cell in cells), default=0)


def hang_text(lead: str, words: Text, width: int) -> Lines:
    """Return words after a lead, their further lines under their first word."""
    lead_width = count_screen_cells(lead)
    room = max(1, width - lead_width)
    return join_cells([[Text(lead)], wrap_text(words, room)], [lead_width, room], gap=0)


def render_command_line(words: str, command: str, width: int) -> Lines:
    """Return words with their command after them, or on a line of its own to stay in one piece."""
    line = styling.format_typed_words(f"{words}: ")
    command_text = styling.format_typed_words(command, styling.QUIET)
    if line.cell_len + command_text.cell_len <= width:
        return [line.append_text(command_text)]
    line.rstrip()
    return [*wrap_text(line, width), *hang_text("  ", command_text, width)]


def join_parts(parts: Iterable[Text], longest_whole: int = LONGEST_WHOLE_PART) -> Text:
    """Return the parts that have words one after the other: `Send the list · Priya · today`.

    A line is broken after a dot and not within a short part after the first: dates stay whole.
    """
    line = Text()
    for part in parts:
        if not part.plain:
            continue
        if line.plain:
            line.append(f"{NO_BREAK}· ", style=styling.QUIET)
            if part.cell_len <= longest_whole:
                part = part.copy()
                part.plain = part.plain.replace(" ", NO_BREAK)
        line.append_text(part)
    return line


def render_rows(
    rows: Sequence[Sequence[Text]], width: int, *, has_numbers: bool = False
) -> list[Lines]:
    """Return rows in columns where each fits on a line, else one part after the other.

    With `has_numbers`, the further lines of a row stay under the words after its number.
    """
    if not rows:
        return []
    widths = [measure_cells(column) for column in zip(*rows, strict=True)]
    if has_numbers:
        rows = [(Text(f"{row[0].plain:>{widths[0]}}"), *row[1:]) for row in rows]
    if sum(widths) + 2 * (len(widths) - 1) <= width:
        return [join_cells(list(zip(row, strict=True)), widths) for row in rows]
    lines = []
    for row in rows:
        line = join_parts(row[has_numbers:])
        if has_numbers:
            lines.append(hang_text(f"{row[0].plain}  ", line, width))
        else:
            lines.append(hang_further_lines(line, width))
    return lines


def hang_further_lines(words: Text, width: int) -> Lines:
    """Return words on lines of which the further ones are indented."""
    if count_screen_cells(words.plain) <= width:
        return wrap_text(words, width)
    first, *others = wrap_text(words, width - INDENT)
    return [first, *(Text(" " * INDENT).append_text(line) for line in others)]
