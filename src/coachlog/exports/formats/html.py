"""HTML: a page complete in itself, to open in a browser, to print or to attach to an email.

It runs no script, loads nothing, and allows only its own style, by its hash: nothing that somebody
typed can become a script or a style.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from string import Template

from coachlog.dates import format_medium_day
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
    format_plain_text,
)
from coachlog.text import clean_line, clean_text

SUFFIXES = (".html", ".htm")
MEDIA_TYPE = "text/html"

NARROW_STYLE = """\
@media screen { .scroll { overflow-x: auto; } }
@media screen and (max-width: 40rem) {
  table, tbody, tr, td { display: block; width: auto; }
  table { overflow-wrap: anywhere; }
  thead { display: none; }
  tr { border: 1px solid #8a938d; margin: 0 0 .75rem; padding: .25rem 0; }
  td { border: 0; padding: .15rem .5rem; }
  td[data-label]::before { content: attr(data-label) ": "; font-weight: bold; } }
"""
"""On a phone a row of a table is a box, its cells one below the other, each with its column.

Where a word is too long for a table that is one, the table can be pushed sideways.
"""

_STYLE = (
    """\
:root { color-scheme: light dark; --line: #c9ccc6; --soft: #5a645f; }
body { margin: 0 auto; padding: 2rem 1rem; max-width: 56rem; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1, h2, h3 { line-height: 1.25; margin: 1.5em 0 .5em; break-after: avoid; }
h1 { margin-top: 0; }
p, ul, table { margin: .75rem 0; }
ul { padding-left: 1.25rem; }
.tasks { list-style: none; padding-left: 0; }
.tasks > li { padding-left: 1.75rem; text-indent: -1.75rem; }
.box { display: inline-block; width: 1.75rem; text-indent: 0; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem;
  text-align: left; vertical-align: top; }
td:empty { height: 2.2rem; }
tr, li { break-inside: avoid; }
em { color: var(--soft); }
.blank { border-bottom: 1px solid; }
.write { border-bottom: 1px solid var(--line); height: 2.2rem; }
@media (prefers-color-scheme: dark) { :root { --line: #4a534e; --soft: #a3ada8; } }
@media print { :root { color-scheme: light; --line: #999999; --soft: #333333; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } }
"""
    + NARROW_STYLE
)
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
$blocks
</body>
</html>
""")


_INLINE_TAGS: dict[type[Inline], str] = {
    StrongText: "strong",
    Emphasis: "em",
    Strikethrough: "s",
}


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with its style in it."""
    return format_html_page(document, _STYLE).encode()


def format_html_page(document: Document, style: str) -> str:
    """Return the page with this style in it, which is the only one that it allows."""
    title = Heading(1, document.title)
    digest = sha256(style.encode()).digest()
    return _PAGE.substitute(
        hash=f"sha256-{b64encode(digest).decode()}",
        style=style,
        title=escape(clean_line(format_plain_text(document.title))),
        blocks="\n".join(map(_format_html_block, (title, *document.blocks))),
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
            return "\n".join(
                ['<ul class="tasks">', *map(_format_html_task, tasks), "</ul>"]
            )
        case WritingLines(lines):
            return "\n".join(['<div class="write"></div>'] * lines)


def _format_html_table(table: Table) -> str:
    names = ""
    for column in table.columns:
        names += f'<th scope="col">{_escape_own_words(column)}</th>'
    rows = []
    for row in table.rows:
        cells = map(_format_html_cell, table.columns, row)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    body = "\n".join(rows)
    return (
        f'<div class="scroll">\n<table>\n<thead><tr>{names}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def _format_html_cell(column: str, words: Words) -> str:
    label = f' data-label="{_escape_own_words(column)}"' if column else ""
    return f"<td{label}>{_format_html_words(words)}</td>"


def _format_html_task(task: Task) -> str:
    anchor = ""
    if task.anchor:
        anchor = f' id="{escape(task.anchor)}"'
    mark = "☑" if task.is_done else "☐"
    parts = [_format_html_words(task.words)]
    if task.due:
        day = format_medium_day(task.due)
        parts.append(f'<time datetime="{task.due.isoformat()}">{day}</time>')
    parts += map(_format_html_words, task.details)
    return f'<li{anchor}><span class="box">{mark}</span>{" · ".join(parts)}</li>'


def _format_html_words(words: Words) -> str:
    return "".join(map(_format_html_inline, words))


def _format_html_inline(inline: Inline) -> str:
    match inline:
        case PlainText(words):
            return _escape_own_words(words)
        case TypedText(words):
            # Isolated, so that a name in Hebrew leaves the words around it alone.
            return f"<bdi>{escape(clean_line(words))}</bdi>"
        case StrongText(inside) | Emphasis(inside) | Strikethrough(inside):
            tag = _INLINE_TAGS[type(inline)]
            return f"<{tag}>{_format_html_words(inside)}</{tag}>"
        case BlankSpace(width):
            # A space is about half as wide as a letter.
            return f'<span class="blank">{"&nbsp;" * (2 * width)}</span>'
        case LineBreak():
            return "<br>"


def _escape_own_words(words: str) -> str:
    return escape(clean_text(words))
