"""The formats of pages, one module each: adding one touches no other file.

A module has SUFFIXES of files, the usual one first, its MEDIA_TYPE, and `write(document)`, which
returns the page as bytes. A library that a format needs is imported within `write`.
"""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import InvalidInput
from coachlog.exports.blocks import Document
from coachlog.text import clean_text

DEFAULT_FORMAT = "markdown"
"""The format of a page where neither --format nor the suffix of a file names another."""

_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]+", re.IGNORECASE)


class Format(NamedTuple):
    """A way to print a document: its name, the suffixes of its files, and what prints it."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Document], bytes]


def list_format_names() -> list[str]:
    """Return the names of all formats: the modules of this package."""
    from pkgutil import iter_modules  # the usual page asks for no list

    return sorted(module.name for module in iter_modules(__path__))


def find_format(name: str) -> Format:
    """Return the format of this name; `Invalid` names the formats there are."""
    known = name.casefold()
    if known not in list_format_names():
        raise InvalidInput(
            f"There is no format “{clean_text(name)}”.",
            f"There are: {', '.join(list_format_names())}.",
        )
    return _load_format(known)


def _load_format(name: str) -> Format:
    module = import_module(f"{__name__}.{name}")
    return Format(name, module.SUFFIXES, module.MEDIA_TYPE, module.write)


def choose_page_format(name: str | None, target: Path | None) -> Format:
    """Return the format named, else the one that the file's suffix means, else the usual one.

    `Invalid` for a name or a suffix that no format has, and where the two do not agree.
    """
    suffix = parse_suffix(target)
    if name is None:
        return _find_format_by_suffix(suffix) if suffix else _load_format(DEFAULT_FORMAT)
    format = find_format(name)
    if suffix and suffix.casefold() not in format.suffixes:
        raise InvalidInput(
            f"--format {format.name} does not write {suffix} files. Nothing was written.",
            f"It writes {' and '.join(format.suffixes)}.",
        )
    return format


def parse_suffix(target: Path | None) -> str:
    """Return the suffix of a file, '' for none; the `.2026` at the end of a date is none."""
    if target is None:
        return ""
    suffix = target.suffix or target.name  # `.html` alone has no stem
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _find_format_by_suffix(suffix: str) -> Format:
    """Return the format that writes files with this suffix."""
    formats = [_load_format(name) for name in list_format_names()]
    for format in formats:
        if suffix.casefold() in format.suffixes:
            return format
    raise InvalidInput(
        f"No format writes {suffix} files. Nothing was written.",
        f"These can be written: {_describe_formats(formats)}.",
    )


def _describe_formats(formats: Iterable[Format]) -> str:
    return ", ".join(f"{', '.join(format.suffixes)} ({format.name})" for format in formats)
