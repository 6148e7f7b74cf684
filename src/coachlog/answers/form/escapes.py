"""Lines of an answer that look like the form's own, and are not."""

import re

# What a person writes at the start of a line must not be taken for the form's own.
_RESERVED_LINE = re.compile(r"(\s*)(\\*(?:#{1,3} |<!--|.*-->\s*$).*)", re.DOTALL)


def escape_form_line(row: str) -> str:
    """Return a line of an answer so that it is not read as the form's own heading or comment."""
    match = _RESERVED_LINE.fullmatch(row)
    if match is None:
        return row
    space, words = match.groups()
    return f"{space}\\{words}"


def unescape_form_line(row: str) -> str:
    """Return a line of an answer as it was before `escape_form_line`."""
    match = _RESERVED_LINE.fullmatch(row)
    if match is None:
        return row
    space, words = match.groups()
    return space + words.removeprefix("\\")
