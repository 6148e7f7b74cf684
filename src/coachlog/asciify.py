"""Text as ASCII, cell for cell, for terminals, printers and programs that read nothing else."""

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
    ("ł", "l"),
    ("Ł£", "L"),
    ("đð", "d"),
    ("ĐÐ", "D"),
    ("þ", "t"),
    ("Þ", "T"),
    ("ı", "i"),
    ("ħ", "h"),
    ("€", "E"),
)
_LIKENESSES: dict[str, str] = {}
for _characters, _likeness in _LIKENESS_PAIRS:
    _LIKENESSES |= dict.fromkeys(_characters, _likeness)
_JOINER = "\u200d"


def asciify_text(text: str) -> str:
    """Return the text in ASCII, each character as wide as before, so that columns stay aligned.

    Letters lose their accents, symbols that coachlog draws with become the nearest ASCII one, and
    anything else becomes `?`. A character two cells wide becomes two; one without width is dropped.
    """
    if text.isascii():
        return text
    if _JOINER in text:
        text = _strip_joiners(text)
    return "".join(map(_asciify_character, text))


def _asciify_character(character: str) -> str:
    if character.isascii():
        return character
    if character in _LIKENESSES:
        return _LIKENESSES[character]
    from unicodedata import category, combining, east_asian_width, normalize

    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return ""
    width = 2 if east_asian_width(character) in "WF" else 1
    base = "".join(filter(str.isascii, normalize("NFKD", character)))
    if base and len(base) <= width:
        return base.ljust(width)
    return UNKNOWN_CHARACTER * width


def _strip_joiners(text: str) -> str:
    """Return the text without the emoji that are joined to another: a family becomes one person.

    Terminals show joined emoji as one, as wide as the first. Letters that are joined stay.
    """
    plain_text, *parts = text.split(_JOINER)
    for part in parts:
        plain_text += part if part[:1].isalpha() else part[1:]
    return plain_text


def needs_ascii(stream: object) -> bool:
    """Return whether a stream cannot encode the symbols that coachlog draws with."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "›·…“”─".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return False


class AsciiStream:
    """A text stream that passes everything on to another one in ASCII."""

    encoding = "ascii"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text in ASCII and return the length of the original."""
        self._stream.write(asciify_text(text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Return whether this is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the file descriptor of the stream."""
        return self._stream.fileno()
