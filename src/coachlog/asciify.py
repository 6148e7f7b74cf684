"""Text as ASCII, cell for cell, for terminals, printers and readers that know nothing else."""

from typing import TextIO

UNKNOWN_CHARACTER = "?"
_LIKENESS_PAIRS = (
    ("‘’‚‛′`", "'"),
    ("“”„‟″", '"'),
    ("«‹←◂◀≤", "<"),
    ("»›→▸▶➜≥", ">"),
    ("‐‑‒–—―−─━╌╍┄┅┈┉═╴╶╸╺", "-"),
    ("│┃║╎╏┆┇┊┋╵╷╹╻¦", "|"),
    ("┌┐└┘├┤┬┴┼╭╮╯╰┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬✚", "+"),
    ("•●◆★☆∗◉", "*"),
    ("○◌◯°", "o"),
    ("▁", "_"),
    ("·▂▏", "."),
    ("▃▎░", ":"),
    ("▄▍▌", "-"),
    ("▅▋▒", "="),
    ("▆▊", "+"),
    ("▇▉▓", "*"),
    ("█▀▐■", "#"),
    ("□▢", "."),
    ("…≈", "~"),
    ("↑▲△", "^"),
    ("↓▼▽✓✔", "v"),
    ("↗⁄÷", "/"),
    ("↘", "\\"),
    ("×✗✘", "x"),
    ("¡", "!"),
    ("ßẞ", "s"),
    ("øœ", "o"),
    ("ØŒ", "O"),
    ("æ", "a"),
    ("Æ", "A"),
    ("łŁ£", "L"),
    ("đð", "d"),
    ("ĐÐ", "D"),
    ("þ", "t"),
    ("Þ", "T"),
    ("ı", "i"),
    ("ħ", "h"),
    ("€", "E"),
)
_LIKENESSES = {ord(one): plain for many, plain in _LIKENESS_PAIRS for one in many}
_LIKENESSES[ord("ł")] = "l"
_JOINER = "\u200d"


def asciify_text(text: str) -> str:
    """Return the text in ASCII, each character as wide as it was: columns stay aligned.

    Letters lose their accents, the signs that coachlog draws with have a likeness, anything else
    is `?`; what is two cells wide is two characters, and what has no width is left out.
    """
    if text.isascii():
        return text
    if _JOINER in text:
        text = _strip_joiners(text)
    return "".join(one if one.isascii() else _asciify_character(one) for one in text)


def _asciify_character(character: str) -> str:
    if found := _LIKENESSES.get(ord(character)):
        return found
    from unicodedata import category, combining, east_asian_width, normalize

    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return ""
    width = 2 if east_asian_width(character) in "WF" else 1
    base = "".join(one for one in normalize("NFKD", character) if one.isascii())
    return base.ljust(width) if 0 < len(base) <= width else UNKNOWN_CHARACTER * width


def _strip_joiners(text: str) -> str:
    """Return the text without what a joiner adds to a sign: a family is as wide as one person."""
    first, *rest = text.split(_JOINER)
    return first + "".join(part if part[:1].isalpha() else part[1:] for part in rest)


def needs_ascii(stream: object) -> bool:
    """Return whether a stream cannot take the signs that coachlog draws with."""
    try:
        "›·…“”─".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


class AsciiStream:
    """A stream that takes any text and passes it on in ASCII; what it was asked, it still is."""

    encoding = "ascii"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Pass the text on and return how long it was."""
        self._stream.write(asciify_text(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written on its way."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Return whether this is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the open file."""
        return self._stream.fileno()
