"""What a person typed, as markdown that shows it exactly as it was typed."""

import re

from coachlog.text import line

_MARKUP = re.compile(r"([\\`*_\[\]<>|~$&])")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)


def escape(words: str) -> str:
    """Return typed words as one line that markdown shows exactly as they were typed."""
    flat = line(words)
    flat = _MARKUP.sub(r"\\\1", flat)
    flat = _EMOJI.sub(r"\\:", flat)
    return _LINE_START.sub(_marked, flat)


def heading(words: str) -> str:
    """Return typed words for a heading, which a `#` at its end would close."""
    flat = line(words)
    bare = flat.rstrip("#")
    # The stand-in keeps a space before the marks, which is part of what was typed.
    return escape(f"{bare}x")[:-1] + "\\#" * (len(flat) - len(bare))


def _marked(match: re.Match[str]) -> str:
    space, mark = match[1], match[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
