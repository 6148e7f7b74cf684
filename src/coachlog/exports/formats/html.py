"""HTML: a page of its own to open in a browser, to print, or to attach to a mail.

It holds all it needs. It runs no script, loads nothing, and its one style is known by its hash:
what somebody typed cannot become any of them.
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

_STYLE = """\
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


def write(document: Document) -> bytes:
    """Return the page in UTF-8, with its style in it."""
    title = Heading(1, document.title)
    page = _PAGE.substitute(
        hash=f"sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}",
        style=_STYLE,
        title=escape(format_plain_text(document.title)),
        blocks="\n".join(_format_html_block(block) for block in (title, *document.blocks)),
    )
    return page.encode()


def _format_html_block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"<h{level}>{_format_html_words(words)}</h{level}>"
        case Paragraph(words):
            return f"<p>{_format_html_words(words)}</p>"
        case Table(columns, rows):
            names = "".join(f'<th scope="col">{_escape_own_words(name)}</th>' for name in columns)
            body = "\n".join(f"<tr>{''.join(map(_format_html_cell, row))}</tr>" for row in rows)
            head = f"<thead><tr>{names}</tr></thead>"
            return f"<table>\n{head}\n<tbody>\n{body}\n</tbody>\n</table>"
        case BulletList(entries):
            items = "\n".join(f"<li>{_format_html_words(entry)}</li>" for entry in entries)
            return f"<ul>\n{items}\n</ul>"
        case Checklist(tasks):
            items = "\n".join(map(_format_html_task, tasks))
            return f'<ul class="tasks">\n{items}\n</ul>'
        case WritingLines(lines):
            return "\n".join(['<div class="write"></div>'] * lines)


def _format_html_cell(words: Words) -> str:
    return f"<td>{_format_html_words(words)}</td>"


def _format_html_task(task: Task) -> str:
    anchor = f' id="{escape(task.anchor)}"' if task.anchor else ""
    parts = [_format_html_words(task.words)]
    if task.due:
        parts.append(
            f'<time datetime="{task.due.isoformat()}">{format_medium_day(task.due)}</time>'
        )
    parts += map(_format_html_words, task.details)
    box = f'<span class="box">{"☑" if task.is_done else "☐"}</span>'
    return f"<li{anchor}>{box}{' · '.join(parts)}</li>"


def _format_html_words(words: Words) -> str:
    return "".join(map(_format_html_inline, words))


def _format_html_inline(inline: Inline) -> str:
    match inline:
        case PlainText(words):
            return _escape_own_words(words)
        case TypedText(
            words
        ):  # on its own, so that a name in Hebrew leaves the words around it alone
            return f"<bdi>{escape(clean_line(words))}</bdi>"
        case StrongText(words):
            return f"<strong>{_format_html_words(words)}</strong>"
        case Emphasis(words):
            return f"<em>{_format_html_words(words)}</em>"
        case Strikethrough(words):
            return f"<s>{_format_html_words(words)}</s>"
        case BlankSpace(width):  # a space is about half as wide as a letter
            return f'<span class="blank">{"&nbsp;" * (2 * width)}</span>'
        case LineBreak():
            return "<br>"


def _escape_own_words(words: str) -> str:
    return escape(clean_text(words))
