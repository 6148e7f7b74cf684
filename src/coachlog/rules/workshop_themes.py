"""The themes of a workshop, read from a file: all of them, or every fault in them."""

from collections.abc import Iterator, Sequence
from typing import Any

from coachlog.bullets import strip_bullets
from coachlog.errors import InvalidInput
from coachlog.model.workshops import WorkshopTheme
from coachlog.text import clean_line, clean_text, fold_text, shorten_text
from coachlog.toml import parse_toml

MAX_THEMES = 12
"""As many as a participant can choose from, and a reply code can hold."""
MAX_TITLE_LENGTH = 40
MAX_LINES = 3
MAX_LINE_LENGTH = 120
"""The limits of what fits on a card, in characters and lines."""
MAX_WORKSHOP_NAME_LENGTH = 60
MAX_FAULTS = 20
"""The faults that are named at most: a file that is none of themes has one on every line."""

_THEME_KEYS = ("title", "lines")
_EXAMPLE = "One theme a line, such as “Ask first: a question before any advice”."
_TOML_EXAMPLE = 'Each theme: [[theme]], title = "..." and lines = ["..."].'


def validate_workshop_name(name: str) -> str:
    """Return the name as one line; raises InvalidInput if there is none, or it is too long."""
    words = clean_line(name)
    if not words:
        raise InvalidInput(
            "A workshop needs a name.",
            'coachlog workshop new "Winter 12" --themes FILE',
        )
    if len(words) > MAX_WORKSHOP_NAME_LENGTH:
        raise InvalidInput(
            f"That name is too long: {len(words)} characters "
            f"(the limit is {MAX_WORKSHOP_NAME_LENGTH})."
        )
    return words


def parse_themes(text: str, source: str, *, is_toml: bool) -> tuple[WorkshopTheme, ...]:
    """Return the themes in a text, which is TOML or has one a line; `source` names its file.

    Raises InvalidInput with every fault.
    """
    faults: list[str] = []
    themes = (
        _parse_toml_themes(text, source, faults)
        if is_toml
        else _parse_theme_lines(text)
    )
    # Where no theme could be read, that is said already.
    if themes or not faults:
        faults += _list_theme_faults(themes)
    if faults:
        example = _TOML_EXAMPLE if is_toml else _EXAMPLE
        raise _build_themes_error(source, faults, example)
    return tuple(themes)


def _parse_theme_lines(text: str) -> list[WorkshopTheme]:
    """Return the themes of a text: `Title: a sentence`; a line that is set in goes on with it.

    Lines that are empty, or begin with `#`, count for nothing.
    """
    themes: list[WorkshopTheme] = []
    for row in clean_text(text).split("\n"):
        if not row.strip() or row.startswith("#"):
            continue
        if row[0].isspace() and themes:
            last = themes[-1]
            themes[-1] = last._replace(lines=(*last.lines, clean_line(row)))
            continue
        title, _colon, sentence = strip_bullets(row.strip()).partition(":")
        sentence = clean_line(sentence)
        themes.append(WorkshopTheme(clean_line(title), (sentence,) if sentence else ()))
    return themes


def _parse_toml_themes(
    text: str, source: str, faults: list[str]
) -> list[WorkshopTheme]:
    """Return the themes of a TOML text, each as far as it can be read; adds faults to the list."""
    try:
        table = parse_toml(text)
    except ValueError as error:
        message = f"it is not TOML: {clean_line(str(error))}"
        raise _build_themes_error(source, [message], _TOML_EXAMPLE) from None
    for key in table:
        if key != "theme":
            faults.append(
                f"there is no key “{_shorten_typed(key)}”; a theme is [[theme]]"
            )
    rows = table.get("theme", [])
    if not isinstance(rows, list):
        faults.append("theme: it must be a list of tables, each under [[theme]]")
        return []
    return [
        _read_toml_theme(row, number, faults)
        for number, row in enumerate(rows, start=1)
    ]


def _read_toml_theme(row: Any, number: int, faults: list[str]) -> WorkshopTheme:
    if not isinstance(row, dict):
        faults.append(f"theme {number}: it must be a table, under [[theme]]")
        return WorkshopTheme("?", ("?",))
    for key in row:
        if key not in _THEME_KEYS:
            faults.append(
                f"theme {number}: there is no key “{_shorten_typed(key)}”; "
                "there are title and lines"
            )
    title, lines = row.get("title", ""), row.get("lines", [])
    if not isinstance(title, str):
        faults.append(f"theme {number}: title must be text in quotes")
        title = "?"
    if isinstance(lines, str):
        lines = [lines]
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        faults.append(f"theme {number}: lines must be a list of texts in quotes")
        lines = ["?"]
    return WorkshopTheme(clean_line(title), tuple(map(clean_line, lines)))


def _list_theme_faults(themes: Sequence[WorkshopTheme]) -> Iterator[str]:
    """Yield what is wrong with themes, each by its number."""
    if not themes:
        yield "it has no theme"
    if len(themes) > MAX_THEMES:
        yield f"it has {len(themes)} themes (the limit is {MAX_THEMES})"
    numbers: dict[str, int] = {}
    for number, theme in enumerate(themes, start=1):
        for fault in (
            *_list_title_faults(theme.title),
            *_list_line_faults(theme.lines),
        ):
            yield f"theme {number}{_name_theme(theme)}: {fault}"
        folded = fold_text(theme.title)
        # A title that is missing, or of the wrong kind, is said already.
        if folded.strip("?") and numbers.setdefault(folded, number) != number:
            yield (
                f"theme {number}{_name_theme(theme)}: it has the same title as theme "
                f"{numbers[folded]}"
            )


def _name_theme(theme: WorkshopTheme) -> str:
    return f" (“{_shorten_typed(theme.title)}”)" if theme.title.strip("?") else ""


def _shorten_typed(words: str) -> str:
    return shorten_text(clean_line(words), 40)


def _list_title_faults(title: str) -> Iterator[str]:
    if not title:
        yield "it has no title"
    if len(title) > MAX_TITLE_LENGTH:
        yield (
            f"its title is too long: {len(title)} characters "
            f"(the limit is {MAX_TITLE_LENGTH})"
        )


def _list_line_faults(lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        yield "add a colon and what it means in your own words"
    if len(lines) > MAX_LINES:
        yield f"it has {len(lines)} lines (the limit is {MAX_LINES})"
    for number, line in enumerate(lines, start=1):
        if not line:
            yield f"line {number} is empty"
        if len(line) > MAX_LINE_LENGTH:
            yield (
                f"line {number} is too long: {len(line)} characters "
                f"(the limit is {MAX_LINE_LENGTH})"
            )


def _build_themes_error(
    source: str, faults: Sequence[str], example: str
) -> InvalidInput:
    """Return the error that nothing was made, with each fault on a line of its own."""
    lines = [f"{source} cannot be used. Nothing was changed."]
    lines += [f"  - {fault}." for fault in faults[:MAX_FAULTS]]
    if len(faults) > MAX_FAULTS:
        lines.append(f"  - and {len(faults) - MAX_FAULTS} more.")
    return InvalidInput("\n".join(lines), example)
