"""The formats of pages, one module each: adding one touches no other file.

The first word of the module's name is that of the format. A module has the SUFFIXES of its files,
the usual one first, its MEDIA_TYPE, and `write(document)`, which returns the page as bytes. One for
programs has `write_values(contents)` instead, and the PAGES that it can write. SUMMARY says in a
few words what it is for. A library that a format needs is imported within `write`, and
`find_missing_library()` names it where it is not installed.
"""

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from coachlog.errors import InvalidInput
from coachlog.exports.blocks import Document
from coachlog.exports.contents import Contents
from coachlog.model.pages import PageKind
from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_text

DEFAULT_FORMAT = "markdown"
"""The format of a page unless --format or the suffix of a file names another."""

_OTHER_NAMES = {
    "word": "docx",
    "doc": "docx",
    "md": "markdown",
    "txt": "text",
    "htm": "html",
    "web": "html",
    "eml": "mail",
    "email": "mail",
    "excel": "csv",
}
"""What formats are called elsewhere."""

_OTHER_SUFFIXES = {
    ".doc": "For Word, name the file {stem}.docx",
    ".odt": "For Word or LibreOffice, name the file {stem}.docx",
    ".rtf": "For Word, name the file {stem}.docx",
    ".pdf": "Write {stem}.html, open it in a web browser, and print it from there as a PDF.",
    ".xlsx": "For a spreadsheet, name the file {stem}.csv",
    ".xls": "For a spreadsheet, name the file {stem}.csv",
    ".msg": "For a mail, name the file {stem}.eml",
}
"""What to do about files that no format writes."""

_JSON = "application/json"
_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]+", re.IGNORECASE)


class Format(NamedTuple):
    """A format: its name, the suffixes of its files, and the function that prints a document.

    One for programs has `write_values` in its place. `pages` are what it can print, and `library`
    is what is not installed, '' where nothing is missing.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Document], bytes] | None
    write_values: Callable[[Contents], bytes] | None = None
    pages: tuple[PageKind, ...] = tuple(PageKind)
    summary: str = ""
    library: str = ""

    @property
    def is_text(self) -> bool:
        """Return whether its pages are words to read, so that a screen can show them."""
        return is_text_type(self.media_type)

    def print_contents(self, contents: Contents, today: date) -> bytes:
        """Return what is exported in this format, today."""
        if self.write_values is not None:
            return self.write_values(contents)
        assert self.write is not None
        document = contents.build_document()
        if contents.says_day:
            document = document._replace(made_on=today)
        return self.write(document)


def is_text_type(media_type: str) -> bool:
    """Return whether files of this type are words to read; a mail has its words encoded."""
    return media_type.startswith("text/") or media_type == _JSON


def list_format_names() -> list[str]:
    """Return the names of all formats: the first words of the modules of this package."""
    return sorted(name.partition("_")[0] for name in _list_module_names())


def _list_module_names() -> list[str]:
    # `pkgutil` would say it as well, and takes longer to load than the page takes to print.
    return [
        path.stem
        for folder in __path__
        for path in Path(folder).glob("*.py")
        if path.stem != "__init__"
    ]


def find_format(name: str) -> Format:
    """Return the format of this name. Raises InvalidInput, which lists all, if there is none."""
    format_name = name.casefold()
    names = list_format_names()
    if format_name not in names:
        other_name = _OTHER_NAMES.get(format_name)
        hint = f"Choose from: {', '.join(names)}."
        if other_name:
            hint = f"It is called {other_name} here: --format {other_name}"
        raise InvalidInput(
            f"There is no format “{clean_text(name)}”. Nothing was written.", hint
        )
    return _load_format(format_name)


def _load_format(name: str) -> Format:
    module = import_module(f"{__name__}.{_find_module_name(name)}")
    find_missing_library = getattr(module, "find_missing_library", None)
    return Format(
        name,
        module.SUFFIXES,
        module.MEDIA_TYPE,
        getattr(module, "write", None),
        getattr(module, "write_values", None),
        getattr(module, "PAGES", tuple(PageKind)),
        getattr(module, "SUMMARY", ""),
        find_missing_library() if find_missing_library else "",
    )


def list_formats() -> list[Format]:
    """Return all formats, by name."""
    return list(map(_load_format, list_format_names()))


def require_page(page_format: Format, kind: PageKind) -> None:
    """Raise InvalidInput if a format cannot print this kind of page, or its library is missing."""
    if kind not in page_format.pages:
        raise InvalidInput(
            f"There is no {page_format.name} of this page. Nothing was written.",
            "`coachlog export formats` lists which format can write what.",
        )
    if page_format.library:
        raise InvalidInput(
            f"{page_format.name} needs {page_format.library}, which is not installed. "
            "Nothing was written.",
            f"To install it: pip install 'coachlog[{page_format.name}]'. "
            "Or choose another format: --format html",
        )


def _find_module_name(name: str) -> str:
    if name == DEFAULT_FORMAT:
        return name
    names = _list_module_names()
    return next(module for module in names if module.partition("_")[0] == name)


def choose_page_format(name: str | None, target: Path | None) -> Format:
    """Return the format named, else that of the file's suffix, else the usual one.

    Raises InvalidInput if no format has this name or suffix, or if the two do not agree.
    """
    suffix = parse_suffix(target)
    if name is not None:
        page_format = find_format(name)
        if suffix and suffix.casefold() not in page_format.suffixes:
            raise InvalidInput(
                f"--format {page_format.name} does not write {suffix} files. Nothing was written.",
                f"It writes {' and '.join(page_format.suffixes)}.",
            )
        return page_format
    if target is not None and suffix:
        return _find_format_by_suffix(suffix, target)
    return _load_format(DEFAULT_FORMAT)


def parse_suffix(target: Path | None) -> str:
    """Return the suffix of a file, '' for none; the `.2026` at the end of a date does not count."""
    if target is None:
        return ""
    # A file called `.html` has no suffix of its own: its whole name is one.
    suffix = target.suffix or target.name
    if not _SUFFIX.fullmatch(suffix):
        return ""
    return suffix


def _find_format_by_suffix(suffix: str, target: Path) -> Format:
    """Return the format that writes files with this suffix. Raises InvalidInput if none does."""
    suffixes_by_format = []
    # Most are named as their suffix is: the modules of the others need not be loaded then.
    for name in sorted(list_format_names(), key=lambda name: f".{name}" != suffix):
        page_format = _load_format(name)
        if suffix.casefold() in page_format.suffixes:
            return page_format
        suffixes_by_format.append(f"{', '.join(page_format.suffixes)} ({name})")
    hint = f"It can write: {', '.join(suffixes_by_format)}."
    advice = _OTHER_SUFFIXES.get(suffix.casefold())
    if advice:
        stem = clean_text(target.name.removesuffix(suffix))
        hint = advice.format(stem=stem or "page")
    raise InvalidInput(
        f"coachlog cannot write {suffix} files. Nothing was written.", hint
    )
