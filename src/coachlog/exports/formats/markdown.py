"""GitHub Markdown, which reads as well as plain text in an editor as it does on a web page."""

import re
from collections.abc import Iterable

from coachlog.dates import format_medium_day
from coachlog.escaping.markdown import (
    escape_markdown,
    escape_markdown_heading,
    escape_markdown_signs,
)
from coachlog.escaping.task_lines import escape_task_words
from coachlog.exports.blocks import (
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

SUFFIXES = (".md", ".markdown")
MEDIA_TYPE = "text/markdown"
SUMMARY = "text with headings and tables, as notes and wikis take it"

_LEADING_BREAKS = re.compile(r"^(?:<br>)+")


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with a blank line between its blocks."""
    title = Heading(1, document.title)
    blocks = flatten_blocks((title, *document.blocks))
    texts = map(_format_markdown_block, blocks)
    page = "\n\n".join(filter(None, texts)) + "\n"
    return page.encode()


def _format_markdown_block(block: FlatBlock) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {_format_markdown_heading(words)}"
        case Paragraph(words):
            return _format_markdown_words(words)
        case Table():
            return _format_markdown_table(block)
        case BulletList(entries):
            return "\n".join(f"- {_format_markdown_words(entry)}" for entry in entries)
        case Checklist(tasks):
            return "\n".join(map(_format_markdown_task, tasks))
        case WritingLines(lines):
            return "\n\n".join(["___"] * lines)


def _format_markdown_table(table: Table) -> str:
    rules = ("---:" if column in table.right else "---" for column in table.columns)
    rows = [_format_markdown_row(table.columns), _format_markdown_row(rules)]
    for cells in table.rows:
        rows.append(_format_markdown_row(map(_format_markdown_words, cells)))
    return "\n".join(rows)


def _format_markdown_row(cells: Iterable[str]) -> str:
    row = "|"
    for cell in cells:
        # An empty cell takes one space, not two.
        row += f" {cell} |" if cell else " |"
    return row


def _format_markdown_task(task: Task) -> str:
    """Return a task with its fields last, in the order in which Obsidian's plug-in has them.

    It reads them from the end of the line, and none before which anything else is.
    """
    mark = "x" if task.is_done else " "
    if task.is_dropped:
        mark = "-"
    words = [task.words, *task.details]
    parts = [" · ".join(map(_format_task_words, words))]
    if task.id:
        parts.append(f"🆔 {task.id}")
    if task.made_on:
        parts.append(f"➕ {task.made_on.isoformat()}")
    if task.due:
        parts.append(f"📅 {task.due.isoformat()}")
    if task.closed_on:
        sign = "❌" if task.is_dropped else "✅"
        parts.append(f"{sign} {task.closed_on.isoformat()}")
    return f"- [{mark}] {' '.join(parts)}"


def _format_task_words(words: Words) -> str:
    return escape_task_words(_format_markdown_words(words))


def _format_markdown_heading(words: Words) -> str:
    """Return the words of a heading, without a bare `#` at the end, which would close it."""
    if not words or not isinstance(words[-1], TypedText):
        return _format_markdown_words(words)
    ending = escape_markdown_heading(words[-1].words)
    return _format_markdown_words(words[:-1]) + ending


def _format_markdown_words(words: Words) -> str:
    text = "".join(map(_format_markdown_inline, words))
    # With nothing before it, a line break would start a block of HTML.
    return _LEADING_BREAKS.sub("", text)


def _format_markdown_inline(inline: Inline) -> str:
    match inline:
        case PlainText(words) | StatusText(words):
            return escape_markdown_signs(words)
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
        case DayText(day):
            return format_medium_day(day)
        case LineBreak():
            return "<br>"


def _enclose_in_marks(marks: str, words: Words) -> str:
    """Return the words between two marks; '' for no words, as the marks alone would be seen."""
    text = _format_markdown_words(words)
    return f"{marks}{text}{marks}" if text else ""
