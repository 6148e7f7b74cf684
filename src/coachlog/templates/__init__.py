"""Guided conversations as files: found, read strictly, checked, described, begun anew.

Finding and reading files is loaded with the first call. Every page that shows an answer needs to
know its kind, and so `kinds`; the rest would be a tenth of what such a command takes.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coachlog.templates.library import available, builtin_folder, files, find, ids, load
    from coachlog.templates.parsing import parse

__all__ = ["available", "builtin_folder", "files", "find", "ids", "load", "parse"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from coachlog.templates import library

    return getattr(library, name)
