"""Plain text without any markup, to paste into a chat, a mail or a text field.

What a chat would take for markup is not used: no pipes, stars, number signs or lists of dashes. A
paragraph stays one line, however long, since whatever it is pasted into wraps lines itself. Where
markdown has a table, each row is an entry with what is known about it.
"""

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    EMPTY_CELL,
    BlankSpace,
    BulletList,
    Checklist,
    DayText,
    Document,
    Emphasis,
    FlatBlock,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    PlainText,
    StatusText,
    Strikethrough,
    StrongText,
    Table,
    Task,
    TypedText,
    Words,
    WritingLines,
    flatten_blocks,
)
from coachlog.text import clean_line, clean_text

SUFFIXES = (".txt", ".text")
MEDIA_TYPE = "text/plain"
SUMMARY = "text without any markup, to paste"

_BULLET = "• "
_BOX, _TICKED_BOX = "☐ ", "☑ "
_INDENT = "  "
"""What stands before the further lines of an entry; its first one has a mark of this width."""
_SEPARATOR = " · "
_NUMBER_COLUMN = "#"
_BLANK_WIDTH, _LINE_WIDTH = 10, 40
"""The width of a cell to fill in, and of a line to write on, in characters."""


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with a blank line between its blocks but none below a label."""
    return format_text_page(document).encode()


def format_text_page(document: Document) -> str:
    """Return the page as text that ends in one line end."""
    text = _format_text_words(document.title)
    below_label = False
    for block in flatten_blocks(document.blocks):
        block_text = _format_text_block(block)
        if not block_text:
            continue
        is_apart = not below_label or isinstance(block, Heading)
        text += "\n\n" if is_apart else "\n"
        text += block_text
        below_label = _is_label(block)
    return text + "\n"


def _is_label(block: FlatBlock) -> bool:
    """Return whether a block belongs to the one below it: a heading, a question or `Promises:`."""
    match block:
        case Heading() | Paragraph((StrongText(), *_)):
            return True
        case Paragraph((*_, PlainText(words))):
            return words.endswith(":")
        case _:
            return False


def _format_text_block(block: FlatBlock) -> str:
    match block:
        case Heading(_, words) | Paragraph(words):
            return _format_text_words(words)
        case Table():
            entries = [_format_text_row(block.columns, row) for row in block.rows]
            return "\n".join(entries)
        case BulletList(entries):
            texts = [
                _format_text_entry(_BULLET, _format_text_words(e)) for e in entries
            ]
            return "\n".join(texts)
        case Checklist(tasks):
            return "\n".join(map(_format_text_task, tasks))
        case WritingLines(lines):
            return "\n".join(["_" * _LINE_WIDTH] * lines)


def _format_text_row(columns: tuple[str, ...], row: tuple[Words, ...]) -> str:
    """Return a row as an entry: what it is about, and below that each cell with its column."""
    if not any(row):
        blanks = [f"{column}: {'_' * _BLANK_WIDTH}" for column in columns]
        return _BULLET + _SEPARATOR.join(blanks)
    cells = [_format_text_words(words) for words in row]
    facts = list(zip(columns, cells, strict=True))
    lead = cells[0]
    if columns[0] == _NUMBER_COLUMN and len(columns) > 1:
        # Elsewhere on the page it is referred to as `promise 3`.
        lead = f"{columns[1]} {cells[0]}: {cells[1]}"
        facts = facts[1:]
    details = []
    for column, cell in facts[1:]:
        if cell not in ("", EMPTY_CELL):
            details.append(f"{column}: {cell}")
    lines = [lead]
    if details:
        lines.append(_SEPARATOR.join(details))
    return _format_text_entry(_BULLET, "\n".join(lines))


def _format_text_task(task: Task) -> str:
    parts = [_format_text_words(task.words)]
    if task.due:
        parts.append(format_medium_day(task.due))
    parts += map(_format_text_words, task.details)
    box = _TICKED_BOX if task.is_done else _BOX
    return _format_text_entry(box, _SEPARATOR.join(parts))


def _format_text_entry(mark: str, text: str) -> str:
    """Return an entry with its mark, and its further lines below the words of the first."""
    return mark + text.replace("\n", f"\n{_INDENT}")


def _format_text_words(words: Words) -> str:
    return "".join(map(_format_text_inline, words))


def _format_text_inline(inline: Inline) -> str:
    match inline:
        case PlainText(words) | StatusText(words):
            return clean_text(words)
        case TypedText(words):
            # On one line, so that nothing typed can look like a heading or an entry.
            return clean_line(words)
        case StrongText(inside) | Emphasis(inside) | Strikethrough(inside):
            return _format_text_words(inside)
        case BlankSpace(width):
            return "_" * width
        case DayText(day):
            return format_medium_day(day)
        case LineBreak():
            return "\n"
