"""A mail that has not been sent, to open in a mail program: the page as plain text and as HTML.

It names no sender and no recipient, since coachlog keeps no addresses. It has no date and no number
of its own either, so that the same page is always the same file.
"""

import re
from typing import TYPE_CHECKING, Any

from coachlog.exports.blocks import Document, format_plain_text
from coachlog.exports.formats.html import format_flat_html_page
from coachlog.exports.formats.text import format_text_page
from coachlog.exports.page_style import NARROW_STYLE
from coachlog.text import clean_line, cut_line

if TYPE_CHECKING:
    from email.header import Header
    from email.message import Message

SUFFIXES = (".eml",)
MEDIA_TYPE = "message/rfc822"
SUMMARY = "a mail that has not been sent, to open in a mail program"

_STYLE = (
    """\
body { font-family: "Segoe UI", Roboto, Arial, sans-serif; font-size: 11pt; line-height: 1.4; }
h1 { font-size: 16pt; margin: 0 0 8pt; }
h2 { font-size: 13pt; margin: 16pt 0 6pt; }
h3 { font-size: 11pt; margin: 12pt 0 4pt; }
p, ul, table { margin: 6pt 0; }
ul { padding-left: 18pt; }
.tasks { list-style: none; padding-left: 0; }
.box { padding-right: 4pt; }
table { border-collapse: collapse; }
th, td { border: 1px solid #b5bab2; padding: 3pt 6pt; text-align: left; vertical-align: top; }
th.right, td.right { text-align: right; }
.blank { text-decoration: underline; }
.write { border-bottom: 1px solid #b5bab2; height: 24pt; }
"""
    + NARROW_STYLE
)
"""Plain rules only: mail programs know no variables, and few know more than these properties.

Those of the desktop that do not know a rule for narrow windows leave it out.

Words have no colour of their own, so that they can be read on whatever background they are put.
"""

_BOUNDARY = "=_coachlog_page_"
"""What parts the two bodies: neither can contain it, as there every `=` is written `=3D`."""

_LONGEST_SUBJECT = 200
"""The characters of a subject; the title stands in full above the page."""

_MAX_BODY_LINE = 72
"""The characters of a line, less than the 76 allowed, so that `_HARD_LINE` has room to grow."""

_HARD_LINE = re.compile(r"^(?:F(?=rom )|\.$)", re.MULTILINE)
"""The first sign of a line that ends a mail elsewhere: `From ` in a mailbox, a dot on its way."""


def write(document: Document) -> bytes:
    """Return the mail in ASCII, with the line ends that the standard asks for."""
    # Here, since a page in another format has no use for them.
    from email.message import Message
    from email.policy import compat32

    mail: Message[Any, Any] = Message()
    mail["Subject"] = _build_subject(document)
    mail["X-Unsent"] = "1"
    mail["MIME-Version"] = "1.0"
    mail.add_header("Content-Type", "multipart/alternative", boundary=_BOUNDARY)
    # In the order of rising fidelity: a program shows the last part that it can.
    mail.attach(_build_body_part("plain", format_text_page(document)))
    mail.attach(_build_body_part("html", format_flat_html_page(document, _STYLE)))
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n"))


def _build_subject(document: Document) -> "Header":
    """Return the title of the page as a subject.

    Encoded here, and not by `EmailMessage`, which would first decode what somebody typed: of
    `=?utf-8?q?=0D=0ABcc:_...?=` in a title it makes a header of its own.
    """
    from email.header import Header

    title = clean_line(format_plain_text(document.title))
    is_plain = title.isascii() and "=?" not in title
    charset = "us-ascii" if is_plain else "utf-8"
    return Header(cut_line(title, _LONGEST_SUBJECT), charset, header_name="Subject")


def _build_body_part(subtype: str, text: str) -> "Message":
    """Return one body of the mail, as lines that every server and every mailbox file takes."""
    from email.message import Message
    from email.quoprimime import body_encode

    part = Message()
    part.add_header("Content-Type", f"text/{subtype}", charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    encoded = body_encode(text.encode().decode("latin-1"), maxlinelen=_MAX_BODY_LINE)
    part.set_payload(_HARD_LINE.sub(lambda sign: f"={ord(sign[0]):02X}", encoded))
    return part
