"""Words on the command lines of shells: read as a shell reads them, and written for one to read."""

import re
from typing import NamedTuple

from coachlog.text import clean_text

_PIECE = re.compile(
    r"""
      (?P<blank>\s+)
    | \\(?P<escaped>.?)
    | \$'(?P<ansi>(?:[^'\\]|\\.)*\\?)(?P<ansi_end>'?)
    | '(?P<single>[^']*)(?P<single_end>'?)
    | "(?P<double>(?:[^"\\]|\\.)*\\?)(?P<double_end>"?)
    | (?P<plain>[^\s\\'"$]+|\$)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING_QUOTES = {"ansi": "'", "single": "'", "double": '"'}
_ESCAPE_IN_DOUBLE_QUOTES = re.compile(r'\\([$`"\\\n])')
_ANSI_ESCAPE = re.compile(r"\\(.)", re.DOTALL)

# Everything in ASCII that some shell may not take literally; a letter of any script is safe.
_BASH_SIGN = re.compile(r"""([ !"#$&'()*;<>?\[\\\]^`{|}~])""")
_POWERSHELL_PLAIN_WORD = re.compile(r"[\w./:+=-]+")
# zsh keeps bytes there that are no characters: U+E01F would become a control character.
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
# PowerShell takes the curly single quotes for straight ones.
_POWERSHELL_QUOTE = re.compile("(['\u2018-\u201b])")


class ShellWord(NamedTuple):
    """A word of a command line: as it was typed, what it says, and the quote still open in it."""

    typed: str
    text: str
    open_quote: str = ""


def parse_shell_line(line: str) -> list[ShellWord]:
    """Return the words of a command line as bash and zsh read them, without expanding anything.

    The last is the unfinished word at the end, empty after a blank.
    """
    words = [ShellWord("", "")]
    for match in _PIECE.finditer(line):
        if match.lastgroup == "blank":
            # A blank before the first word starts none.
            if words[-1].typed:
                words.append(ShellWord("", ""))
            continue
        words[-1] = _append_piece(words[-1], match)
    return words


def parse_shell_word(typed: str) -> ShellWord:
    """Return one word, as `parse_shell_line` reads it; a blank in it ends nothing."""
    word = ShellWord("", "")
    for match in _PIECE.finditer(typed):
        word = _append_piece(word, match)
    return word


def _append_piece(word: ShellWord, match: re.Match[str]) -> ShellWord:
    """Return the word with one more quoted or plain piece at its end."""
    kind = _name_piece(match)
    text = match[kind]
    if kind == "double":
        text = _ESCAPE_IN_DOUBLE_QUOTES.sub(r"\1", text)
    elif kind == "ansi":
        text = _ANSI_ESCAPE.sub(r"\1", text)
    is_open = kind in _OPENING_QUOTES and not match[f"{kind}_end"]
    return ShellWord(
        word.typed + match[0],
        word.text + text,
        _OPENING_QUOTES[kind] if is_open else "",
    )


def _name_piece(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for kind in ("blank", "escaped", "ansi", "single", "double"):
        if groups[kind] is not None:
            return kind
    return "plain"


def can_stand_in_line(text: str) -> bool:
    """Return whether every shell can take this text as a word, and a terminal can show it.

    Nothing that the journal holds on one line has control characters; what has is not offered.
    """
    return (
        bool(text)
        and clean_text(text) == text
        and "\n" not in text
        and "\t" not in text
        and not _PRIVATE_USE.search(text)
    )


def escape_bash_word(text: str, open_quote: str = "") -> str:
    """Return a text so that bash reads exactly it, where a quote may be open at the cursor."""
    if open_quote == "'":
        return text.replace("'", "'\\''")
    if open_quote == '"':
        text = re.sub(r'([\\"$`])', r"\\\1", text)
        # Between double quotes a backslash does not stop the history, and would be kept.
        return text.replace("!", '"\\!"')
    return _BASH_SIGN.sub(r"\\\1", text)


def end_bash_word(escaped: str, open_quote: str) -> str:
    """Return an escaped word for readline, which closes a quote unless one stands at the end."""
    if open_quote and escaped.endswith(open_quote):
        return escaped + open_quote
    return escaped


def escape_powershell_word(text: str) -> str:
    """Return a text so that PowerShell reads exactly it: plain, or between single quotes."""
    if _POWERSHELL_PLAIN_WORD.fullmatch(text) and not text.startswith("-"):
        return text
    return "'" + _POWERSHELL_QUOTE.sub(r"\1\1", text) + "'"
