"""GitHub markdown: a page reads the same as plain text, in an editor and on a web page."""

import re

from coachlog.exports.blocks import (
    Blank,
    Block,
    Break,
    BulletList,
    Checklist,
    Document,
    Emphasis,
    Heading,
    Inline,
    Paragraph,
    Plain,
    Strikethrough,
    Strong,
    Table,
    Task,
    Typed,
    Words,
    WritingLines,
)
from coachlog.text import line

SUFFIXES = (".md", ".markdown")
MEDIA_TYPE = "text/markdown"

_MARKUP = re.compile(r"([\\`*_\[\]<>|~$&])")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_FIRST_BREAKS = re.compile(r"^(?:<br>)+")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with a blank line between its blocks."""
    title = Heading(1, document.title)
    blocks = [_block(block) for block in (title, *document.blocks)]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escape(words: str) -> str:
    """Return typed words as one line that markdown shows exactly as they were typed."""
    return _LINE_START.sub(_without_meaning, _without_markup(line(words)))


def _without_markup(words: str) -> str:
    return _EMOJI.sub(r"\\:", _MARKUP.sub(r"\\\1", words))


def _without_meaning(match: re.Match[str]) -> str:
    """Return the mark at the start of a line so that it begins no heading and no list."""
    space, mark = match[1], match[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {_heading(words)}"
        case Paragraph(words):
            return _words(words)
        case Table(columns, rows):
            cells = [tuple(map(_words, row)) for row in rows]
            return "\n".join(map(_row, (columns, ("---",) * len(columns), *cells)))
        case BulletList(entries):
            return "\n".join(f"- {_words(entry)}" for entry in entries)
        case Checklist(tasks):
            return "\n".join(map(_task, tasks))
        case WritingLines(lines):
            return "\n\n".join(["___"] * lines)


def _row(cells: tuple[str, ...]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _task(task: Task) -> str:
    parts = [f"- [{'x' if task.done else ' '}] {_words(task.words)}"]
    if task.due:
        parts.append(f"📅 {task.due.isoformat()}")
    parts += [f"· {_words(detail)}" for detail in task.details]
    if task.anchor:
        parts.append(f"<!-- {task.anchor} -->")
    return " ".join(parts)


def _heading(words: Words) -> str:
    """Return the words of a heading, which a `#` at its end would close."""
    if not words or not isinstance(words[-1], Typed):
        return _words(words)
    flat = line(words[-1].words)
    bare = flat.rstrip("#")
    # The stand-in keeps a space before the marks, which is part of what was typed.
    last = escape(f"{bare}x")[:-1] + "\\#" * (len(flat) - len(bare))
    return _words(words[:-1]) + last


def _words(words: Words) -> str:
    # With nothing before it, a line break would begin a block of HTML.
    return _FIRST_BREAKS.sub("", "".join(map(_inline, words)))


def _inline(inline: Inline) -> str:
    match inline:
        case Plain(words):
            return _without_markup(words)
        case Typed(words):
            return escape(words)
        case Strong(words):
            return _between("**", words)
        case Emphasis(words):
            return _between("*", words)
        case Strikethrough(words):
            return _between("~~", words)
        case Blank(width):
            return "_" * width
        case Break():
            return "<br>"


def _between(marks: str, words: Words) -> str:
    """Return the words between two marks, or nothing: marks around nothing would be seen."""
    text = _words(words)
    return f"{marks}{text}{marks}" if text else ""
