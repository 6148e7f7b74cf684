"""GitHub markdown: a page reads the same as plain text, in an editor and on a web page."""

import re

from coachlog.exports.blocks import (
    BlankSpace,
    Block,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    PlainText,
    Strikethrough,
    StrongText,
    Table,
    Task,
    TypedText,
    Words,
    WritingLines,
)
from coachlog.text import clean_line

SUFFIXES = (".md", ".markdown")
MEDIA_TYPE = "text/markdown"

_MARKUP_SIGN = re.compile(r"([\\`*_\[\]<>|~$&])")
_EMOJI_START = re.compile(r":(?=[\w+-]+:)")
_LEADING_BREAKS = re.compile(r"^(?:<br>)+")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with a blank line between its blocks."""
    title = Heading(1, document.title)
    blocks = [_format_markdown_block(block) for block in (title, *document.blocks)]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escape_markdown(words: str) -> str:
    """Return typed words as one line that markdown shows exactly as they were typed."""
    return _LINE_START.sub(_escape_line_start, _escape_markup(clean_line(words)))


def _escape_markup(words: str) -> str:
    return _EMOJI_START.sub(r"\\:", _MARKUP_SIGN.sub(r"\\\1", words))


def _escape_line_start(match: re.Match[str]) -> str:
    """Return the mark at the start of a line so that it begins no heading and no list."""
    space, mark = match[1], match[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _format_markdown_block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {_format_markdown_heading(words)}"
        case Paragraph(words):
            return _format_markdown_words(words)
        case Table(columns, rows):
            cells = [tuple(map(_format_markdown_words, row)) for row in rows]
            return "\n".join(map(_format_markdown_row, (columns, ("---",) * len(columns), *cells)))
        case BulletList(entries):
            return "\n".join(f"- {_format_markdown_words(entry)}" for entry in entries)
        case Checklist(tasks):
            return "\n".join(map(_format_markdown_task, tasks))
        case WritingLines(lines):
            return "\n\n".join(["___"] * lines)


def _format_markdown_row(cells: tuple[str, ...]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _format_markdown_task(task: Task) -> str:
    parts = [f"- [{'x' if task.is_done else ' '}] {_format_markdown_words(task.words)}"]
    if task.due:
        parts.append(f"📅 {task.due.isoformat()}")
    parts += [f"· {_format_markdown_words(detail)}" for detail in task.details]
    if task.anchor:
        parts.append(f"<!-- {task.anchor} -->")
    return " ".join(parts)


def _format_markdown_heading(words: Words) -> str:
    """Return the words of a heading, which a `#` at its end would close."""
    if not words or not isinstance(words[-1], TypedText):
        return _format_markdown_words(words)
    flat = clean_line(words[-1].words)
    bare = flat.rstrip("#")
    # The stand-in keeps a space before the marks, which is part of what was typed.
    last = escape_markdown(f"{bare}x")[:-1] + "\\#" * (len(flat) - len(bare))
    return _format_markdown_words(words[:-1]) + last


def _format_markdown_words(words: Words) -> str:
    # With nothing before it, a line break would begin a block of HTML.
    return _LEADING_BREAKS.sub("", "".join(map(_format_markdown_inline, words)))


def _format_markdown_inline(inline: Inline) -> str:
    match inline:
        case PlainText(words):
            return _escape_markup(words)
        case TypedText(words):
            return escape_markdown(words)
        case StrongText(words):
            return _enclose_in_marks("**", words)
        case Emphasis(words):
            return _enclose_in_marks("*", words)
        case Strikethrough(words):
            return _enclose_in_marks("~~", words)
        case BlankSpace(width):
            return "_" * width
        case LineBreak():
            return "<br>"


def _enclose_in_marks(marks: str, words: Words) -> str:
    """Return the words between two marks, or nothing: marks around nothing would be seen."""
    text = _format_markdown_words(words)
    return f"{marks}{text}{marks}" if text else ""
