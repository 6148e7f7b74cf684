"""The forms in the home that were begun in an editor and not stored yet."""

from pathlib import Path

FORM_COMMAND = "coachlog session new --editor --form"
FORM_PATTERN = "form-*.md"


def list_unfinished_forms(home: Path) -> list[Path]:
    """Return the forms in the home, by name."""
    return sorted(home.glob(FORM_PATTERN)) if home.is_dir() else []
