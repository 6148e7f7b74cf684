"""The themes of a workshop, as they are kept in a column of JSON."""

from collections.abc import Iterable
from typing import Any

from coachlog.model.workshops import WorkshopTheme
from coachlog.store.rows import UnreadableValue, parse_stored_json


def list_theme_fields(themes: Iterable[WorkshopTheme]) -> list[dict[str, Any]]:
    """Return what is stored of themes, as JSON has it."""
    return [{"title": theme.title, "lines": list(theme.lines)} for theme in themes]


def parse_stored_themes(column: str) -> tuple[WorkshopTheme, ...]:
    """Return the themes in a column of JSON. Raises `UnreadableValue` for anything else."""
    try:
        return tuple(
            WorkshopTheme(row["title"], tuple(row["lines"]))
            for row in parse_stored_json(column)
        )
    except (KeyError, TypeError, ValueError):
        raise UnreadableValue from None
