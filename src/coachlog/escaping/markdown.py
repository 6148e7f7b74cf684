"""GitHub Markdown: typed words that a reader sees as they were typed, and in which links work.

Backslashes keep words from being markup. They do not help in two places. In an address they would
be part of it, so an address that needs one is put between angle brackets, or where those do not
help it is the words of a link whose target has the signs as `%7C`. And GitHub looks for people,
issues and commits once everything else is read, so an empty comment parts `@name` and `#12`.
"""

import re
from urllib.parse import quote

from coachlog.text import clean_line

_MARKUP_SIGN = re.compile(r"([\\`*_\[\]<>|~$&])")
_EMOJI_START = re.compile(r":(?=[\w+-]+:)")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")

_ADDRESS = re.compile(
    r"((?<![A-Za-z])(?:https?|ftp)://\S+|(?<![^\s*_~(])www\.\S+)", re.IGNORECASE
)
_WHOLE_ADDRESS = re.compile(
    r"(?:\w+://[a-z0-9-]+|www)(?:\.[a-z0-9-]+)*(?:[/:?#].*)?", re.IGNORECASE
)
_ADDRESS_END = re.compile(r"[?!.,:;*_~`'\"»›”’…]+$")
_DEAD_IN_BRACKETS = re.compile(r"[|`\\]|&#?\w+;")
"""What ends an address between angle brackets, or means something else there."""
_DEAD_WITHOUT_BRACKETS = re.compile(r"[\\`*\[\]|$]|&#?\w+;")
_TARGET_SIGN = re.compile(r"[|`\\<>\s]")
_ADDRESS_START = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_LINK_START = re.compile(r"\w(?=://)|www(?=\.)", re.IGNORECASE)
_MENTION = re.compile(
    r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])|#(?=\d)|\bGH-(?=\d)", re.IGNORECASE
)
_HEX = "[0-9a-f]"
# Nothing is parted inside an address of e-mail, which would be no link any more.
_COMMIT = re.compile(
    rf"(?<!\w)(?:{_HEX}{{40}}|(?=\d*[a-f])(?=[a-f]*\d){_HEX}{{7,39}}|(?<=\w@){_HEX}{{7,39}})"
    r"(?!\w|[@-]|\\_|\.\w)",
    re.IGNORECASE,
)
_COMMIT_PIECE = re.compile(rf"{_HEX}{{6}}(?={_HEX})", re.IGNORECASE)
"""What is too short to be the name of a commit."""


def escape_markdown(words: str) -> str:
    """Return typed words as one line that Markdown shows exactly as they were typed."""
    return _LINE_START.sub(_escape_line_start, _escape_line(clean_line(words)))


def escape_markdown_signs(words: str) -> str:
    """Return words without markup in them; an address or a mention in them is not looked for."""
    return _EMOJI_START.sub(r"\\:", _MARKUP_SIGN.sub(r"\\\1", words))


def escape_markdown_heading(words: str) -> str:
    """Return typed words as the end of a heading: a bare `#` there would close it."""
    line = clean_line(words)
    stem = line.rstrip("#")
    words_before = stem.rstrip()
    if stem == line or (words_before and words_before == stem):
        return escape_markdown(line)
    space = stem[len(words_before) :]
    return escape_markdown(words_before) + space + "\\#" * (len(line) - len(stem))


def _escape_line(line: str) -> str:
    # `split` puts the addresses, which the pattern has in a group, at every other place.
    pieces = _ADDRESS.split(line)
    for index, piece in enumerate(pieces):
        pieces[index] = _escape_address(piece) if index % 2 else _escape_words(piece)
        # An exclamation mark before a link would make an image of it.
        if index and pieces[index].startswith("[") and pieces[index - 1].endswith("!"):
            pieces[index - 1] = pieces[index - 1].removesuffix("!") + "\\!"
    return "".join(pieces)


def _escape_words(words: str) -> str:
    escaped = _COMMIT.sub(_part_commit, escape_markdown_signs(words))
    return _MENTION.sub(r"\g<0><!-- -->", escaped)


def _part_commit(match: re.Match[str]) -> str:
    return _COMMIT_PIECE.sub(r"\g<0><!-- -->", match[0])


def _escape_address(text: str) -> str:
    """Return an address so that it is a link, with what a sentence puts behind it."""
    address = _trim_address(text)
    rest = _escape_line(text[len(address) :])
    has_host = _WHOLE_ADDRESS.fullmatch(address) is not None
    if has_host and escape_markdown_signs(text) == text:
        return text
    if not address.casefold().startswith("www."):
        if not _DEAD_IN_BRACKETS.search(address):
            return f"<{address}>{rest}"
    # Only an address with a scheme may be between brackets.
    elif (
        has_host
        and rest == text[len(address) :]
        and not _DEAD_WITHOUT_BRACKETS.search(text)
    ):
        return text
    if has_host:
        return _build_link(address) + rest
    # No link then, rather than one that shows the backslashes.
    return _LINK_START.sub(r"\g<0><!-- -->", _escape_words(text))


def _build_link(address: str) -> str:
    """Return an address as the words of a link to it, without a link inside those words."""
    words = _ADDRESS_START.sub(r"\\\g<0>", escape_markdown_signs(address))
    target = _TARGET_SIGN.sub(lambda match: quote(match[0]), address)
    if address.casefold().startswith("www."):
        target = f"http://{target}"
    return f"[{words}](<{target.replace('&', '&amp;')}>)"


def _trim_address(text: str) -> str:
    """Return an address without the full stop, the bracket or the quote that follows it."""
    address = _ADDRESS_END.sub("", re.split("[<>]", text)[0])
    while address.endswith(")") and address.count(")") > address.count("("):
        address = _ADDRESS_END.sub("", address.removesuffix(")"))
    return address


def _escape_line_start(match: re.Match[str]) -> str:
    """Return the mark at the start of a line so that it starts neither a heading nor a list."""
    space, mark = match.groups()
    # The number of a list has its backslash behind it, before the full stop.
    if mark.isdigit():
        return f"{space}{mark}\\"
    return f"{space}\\{mark}"
