"""Patterns that are compiled when they are first used: a run uses few of those that it loads."""

import re
from typing import Any, cast


def compile_later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern, as `re.compile` does, that is compiled once something is asked of it."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))


class _LatePattern:
    """Stands for a pattern, and hands on to it what is asked."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # Kept here, so that it is asked for once; `re` keeps what it compiles.
        value = getattr(re.compile(*self._arguments), name)
        vars(self)[name] = value
        return value
