"""HTML: a page complete in itself, to open in a browser, to print or to attach to an email.

It runs no script, loads nothing, and allows only its own style, by its hash: nothing that somebody
typed can become a script or a style.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from string import Template

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    BlankSpace,
    Block,
    BulletList,
    Chart,
    ChartGroup,
    Checklist,
    DayText,
    Document,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    PageSection,
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
    format_plain_text,
)
from coachlog.exports.page_style import PAGE_STYLE, build_filter_style
from coachlog.text import build_slug, clean_line, clean_text

SUFFIXES = (".html", ".htm")
MEDIA_TYPE = "text/html"
SUMMARY = "a page for a web browser, to read or to print"

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '$hash'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>$title</title>
<style>$style</style>
</head>
<body>
<main>
$blocks
</main>
</body>
</html>
""")


_LONG_WORD, _WORD_PIECE = 24, 8
"""The letters in a row from which a word may be broken in a cell, and those of a piece of it."""

_WORDS_KEPT = 256
"""Names, questions and words of coachlog's own come again and again on a page: as many are kept."""

_INLINE_TAGS: dict[type[Inline], str] = {
    StrongText: "strong",
    Emphasis: "em",
    Strikethrough: "s",
}


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with its style in it."""
    kinds = document.filters
    style = PAGE_STYLE + build_filter_style(kinds)
    blocks = [*map(_format_html_block, (_get_title(document), *document.blocks))]
    if kinds:
        # Below the title and the paragraph of facts.
        blocks.insert(2, _format_filters(kinds))
    return _fill_page(document, style, blocks).encode()


def format_flat_html_page(document: Document, style: str) -> str:
    """Return the page without charts and choices, with this style, the only one that it allows."""
    blocks = flatten_blocks((_get_title(document), *document.blocks))
    return _fill_page(document, style, map(_format_html_block, blocks))


def _get_title(document: Document) -> Heading:
    return Heading(1, document.title)


def _fill_page(document: Document, style: str, blocks: Iterable[str]) -> str:
    digest = sha256(style.encode()).digest()
    return _PAGE.substitute(
        hash=f"sha256-{b64encode(digest).decode()}",
        style=style,
        title=escape(clean_line(format_plain_text(document.title))),
        blocks="\n".join(blocks),
    )


def _format_filters(kinds: Sequence[str]) -> str:
    """Return the choice of what is shown of a page: everything, or one kind."""
    choices: list[str] = []
    for kind in ("Everything", *kinds):
        state = " checked" if not choices else ""
        choices.append(
            f'<label><input type="radio" name="show" id="show-{build_slug(kind)}"{state}>'
            f"{_escape_own_words(kind)}</label>"
        )
    return "\n".join(
        ['<fieldset class="filters">', "<legend>Show</legend>", *choices, "</fieldset>"]
    )


def _format_html_block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"<h{level}>{_format_html_words(words)}</h{level}>"
        case Paragraph(words):
            return f"<p>{_format_html_words(words)}</p>"
        case Table():
            return _format_html_table(block)
        case BulletList(entries):
            items = [f"<li>{_format_html_words(entry)}</li>" for entry in entries]
            return "\n".join(["<ul>", *items, "</ul>"])
        case Checklist(tasks):
            items = list(map(_format_html_task, tasks))
            return "\n".join(['<ul class="tasks">', *items, "</ul>"])
        case WritingLines(lines):
            return "\n".join(['<div class="write"></div>'] * lines)
        case PageSection():
            return _format_html_section(block)
        case ChartGroup(charts):
            figures = map(_format_html_chart, charts)
            return "\n".join(['<div class="charts">', *figures, "</div>"])


def _format_html_section(section: PageSection) -> str:
    """Return a section with every kind in it as a class, by which it is shown or hidden."""
    name = "part" if section.kind else "part timeline"
    classes = [name, *map(_build_kind_class, _list_kinds(section))]
    blocks = map(_format_html_block, section.blocks)
    return "\n".join([f'<div class="{" ".join(classes)}">', *blocks, "</div>"])


@cache
def _build_kind_class(kind: str) -> str:
    return f"of-{build_slug(kind)}"


def _list_kinds(section: PageSection) -> list[str]:
    kinds = [section.kind] if section.kind else []
    for block in section.blocks:
        if isinstance(block, PageSection):
            kinds += _list_kinds(block)
    return list(dict.fromkeys(kinds))


def _format_html_chart(chart: Chart) -> str:
    # Imported here, since most pages have no charts.
    from coachlog.exports.svg_charts import draw_svg_chart

    drawing = draw_svg_chart(chart, format_plain_text(chart.title))
    caption = f"<figcaption>{_format_html_words(chart.title)}</figcaption>"
    table = ""
    if chart.table is not None:
        rows = _format_html_table(chart.table)
        table = f"\n<details><summary>As a table</summary>\n{rows}\n</details>"
    return f"<figure>{caption}\n{drawing}{table}</figure>"


def _format_html_table(table: Table) -> str:
    names = ""
    for column in table.columns:
        side = ' class="right"' if column in table.right else ""
        words = _escape_own_words(column)
        names += f'<th scope="col" role="columnheader"{side}>{words}</th>'
    rows = []
    for row in table.rows:
        cells = (
            _format_html_cell(column, words, is_right=column in table.right)
            for column, words in zip(table.columns, row, strict=True)
        )
        rows.append(f'<tr role="row">{"".join(cells)}</tr>')
    body = "\n".join(rows)
    # The roles are those that the elements have, until a narrow window lays them out as boxes.
    return (
        '<div class="scroll">\n<table role="table">\n'
        f'<thead role="rowgroup"><tr role="row">{names}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>\n</div>'
    )


def _format_html_cell(column: str, words: Words, *, is_right: bool) -> str:
    label = f' data-label="{_escape_own_words(column)}"' if column else ""
    side = ' class="right"' if is_right else ""
    return (
        f'<td role="cell"{side}{label}>{_format_html_words(words, in_cell=True)}</td>'
    )


def _format_html_task(task: Task) -> str:
    anchor = ""
    if task.anchor:
        anchor = f' id="{escape(task.anchor)}"'
    mark = "☑" if task.is_done else "☐"
    parts = [_format_html_words(task.words)]
    if task.due:
        parts.append(_format_html_day(task.due))
    parts += map(_format_html_words, task.details)
    return f'<li{anchor}><span class="box">{mark}</span>{" · ".join(parts)}</li>'


def _format_html_words(words: Words, *, in_cell: bool = False) -> str:
    return "".join([_format_html_inline(inline, in_cell) for inline in words])


def _format_html_inline(inline: Inline, in_cell: bool) -> str:
    match inline:
        case TypedText(words):
            return _format_typed_words(words, in_cell)
        case PlainText(words):
            return _escape_own_words(words)
        case StatusText(words, tone):
            return f'<span class="status {tone}">{_escape_own_words(words)}</span>'
        case StrongText(inside) | Emphasis(inside) | Strikethrough(inside):
            tag = _INLINE_TAGS[type(inline)]
            return f"<{tag}>{_format_html_words(inside, in_cell=in_cell)}</{tag}>"
        case BlankSpace(width):
            # A space is about half as wide as a letter.
            return f'<span class="blank">{"&nbsp;" * (2 * width)}</span>'
        case DayText(day):
            return _format_html_day(day)
        case LineBreak():
            return "<br>"


def _format_html_day(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{format_medium_day(day)}</time>'


def _break_long_words(line: str) -> str:
    """Return a line, escaped, whose long words a browser may break: else they widen the table."""
    if len(line) < _LONG_WORD:
        return escape(line)
    # A clean line has no NUL. Only plain letters are parted: others may belong together.
    parted = re.sub(rf"[!-~]{{{_LONG_WORD},}}", _part_word, line)
    return escape(parted).replace("\0", "<wbr>")


def _part_word(match: re.Match[str]) -> str:
    return re.sub(rf"[!-~]{{{_WORD_PIECE}}}(?=[!-~])", "\\g<0>\0", match[0])


@lru_cache(_WORDS_KEPT)
def _format_typed_words(words: str, in_cell: bool) -> str:
    # Isolated, so that a name in Hebrew leaves the words around it alone.
    line = clean_line(words)
    return f"<bdi>{_break_long_words(line) if in_cell else escape(line)}</bdi>"


@lru_cache(_WORDS_KEPT)
def _escape_own_words(words: str) -> str:
    return escape(clean_text(words))
