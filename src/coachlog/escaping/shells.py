"""Words on the command lines of shells: read as a shell reads them, and written for one to read."""

import re

from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_text

# Texts: most words need none of them, and to compile one takes as long as to read the people.
_PIECE = r"""
      (?P<blank>\s+)
    | \\(?P<escaped>.?)
    | \$'(?P<ansi>(?:[^'\\]|\\.)*\\?)(?P<ansi_end>'?)
    | '(?P<single>[^']*)(?P<single_end>'?)
    | "(?P<double>(?:[^"\\]|\\.)*\\?)(?P<double_end>"?)
    | (?P<plain>[^\s\\'"$]+|\$)
    """
_PIECE_FLAGS = re.VERBOSE | re.DOTALL
_QUOTING_SIGNS = "\\'\"$"
_OPENING_QUOTES = {"ansi": "'", "single": "'", "double": '"'}
_ESCAPE_IN_DOUBLE_QUOTES = r'\\([$`"\\\n])'
_ANSI_ESCAPE = r"(?s)\\(.)"

# Everything in ASCII that some shell may not take literally; a letter of any script is safe.
_BASH_SIGN = r"""([ !"#$&'()*;<>?\[\\\]^`{|}~])"""
_POWERSHELL_PLAIN_WORD = r"[\w./:+=-]+"
# zsh keeps bytes there that are no characters: U+E01F would become a control character.
_PRIVATE_USE = ("\ue000", "\uf8ff")
# PowerShell takes the curly single quotes for straight ones.
_POWERSHELL_QUOTE = "(['\u2018-\u201b])"


class ShellWord(NamedTuple):
    """A word of a command line: as it was typed, what it says, and the quote still open in it."""

    typed: str
    text: str
    open_quote: str = ""


def parse_shell_line(line: str) -> list[ShellWord]:
    """Return the words of a command line as bash and zsh read them, without expanding anything.

    The last is the unfinished word at the end, empty after a blank.
    """
    if not _has_quotes(line):
        texts = line.split()
        if not line or line[-1].isspace():
            texts.append("")
        return [ShellWord(text, text) for text in texts]
    words = [ShellWord("", "")]
    for match in re.finditer(_PIECE, line, _PIECE_FLAGS):
        if match.lastgroup == "blank":
            # A blank before the first word starts none.
            if words[-1].typed:
                words.append(ShellWord("", ""))
            continue
        words[-1] = _append_piece(words[-1], match)
    return words


def parse_shell_word(typed: str) -> ShellWord:
    """Return one word, as `parse_shell_line` reads it; a blank in it ends nothing."""
    if not _has_quotes(typed):
        return ShellWord(typed, typed)
    word = ShellWord("", "")
    for match in re.finditer(_PIECE, typed, _PIECE_FLAGS):
        word = _append_piece(word, match)
    return word


def _has_quotes(text: str) -> bool:
    """Return whether a shell would not take each of the letters for itself."""
    return any(sign in text for sign in _QUOTING_SIGNS)


def _append_piece(word: ShellWord, match: re.Match[str]) -> ShellWord:
    """Return the word with one more quoted or plain piece at its end."""
    kind = _name_piece(match)
    text = match[kind]
    if kind == "double":
        text = re.sub(_ESCAPE_IN_DOUBLE_QUOTES, r"\1", text)
    elif kind == "ansi":
        text = re.sub(_ANSI_ESCAPE, r"\1", text)
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
        and not _has_private_letter(text)
    )


def _has_private_letter(text: str) -> bool:
    first, last = _PRIVATE_USE
    return not text.isascii() and any(first <= letter <= last for letter in text)


def escape_bash_word(text: str, open_quote: str = "") -> str:
    """Return a text so that bash reads exactly it, where a quote may be open at the cursor."""
    if open_quote == "'":
        return text.replace("'", "'\\''")
    if open_quote == '"':
        text = re.sub(r'([\\"$`])', r"\\\1", text)
        # Between double quotes a backslash does not stop the history, and would be kept.
        return text.replace("!", '"\\!"')
    return re.sub(_BASH_SIGN, r"\\\1", text)


def end_bash_word(escaped: str, open_quote: str) -> str:
    """Return an escaped word for readline, which closes a quote unless one stands at the end."""
    if open_quote and escaped.endswith(open_quote):
        return escaped + open_quote
    return escaped


def escape_powershell_word(text: str) -> str:
    """Return a text so that PowerShell reads exactly it: plain, or between single quotes."""
    if re.fullmatch(_POWERSHELL_PLAIN_WORD, text) and not text.startswith("-"):
        return text
    return "'" + re.sub(_POWERSHELL_QUOTE, r"\1\1", text) + "'"
