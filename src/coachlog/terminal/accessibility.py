"""Whether questions are asked line by line: for a screen reader, or where nothing can be drawn."""

from collections.abc import Mapping

ACCESSIBLE_VARIABLES = ("COACHLOG_ACCESSIBLE", "ACCESSIBLE")
_UNDRAWABLE = ("dumb", "unknown")


def wants_lines(variables: Mapping[str, str], *, is_asked_for: bool = False) -> bool:
    """Return whether to ask line by line: no cursor is moved, and nothing is drawn twice.

    A terminal that cannot move its cursor leaves no choice. Else the first of these that is there
    decides: the option --accessible (`is_asked_for`), COACHLOG_ACCESSIBLE, ACCESSIBLE. With 0 a
    variable says no; one that is set to nothing is not there.
    """
    if is_asked_for or is_undrawable(variables):
        return True
    values = [variables.get(name, "") for name in ACCESSIBLE_VARIABLES]
    return next(filter(None, values), "0") != "0"


def is_undrawable(variables: Mapping[str, str]) -> bool:
    """Return whether the terminal says of itself that it can only print lines."""
    return variables.get("TERM", "").lower() in _UNDRAWABLE
