"""The forms in the home that were begun in an editor and not stored yet."""

from pathlib import Path

FORM_NEXT = "coachlog session new --editor --form"
FORMS = "form-*.md"


def waiting(home: Path) -> list[Path]:
    """Return the forms in the home, by name."""
    return sorted(home.glob(FORMS)) if home.is_dir() else []
