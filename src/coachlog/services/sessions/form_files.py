"""The unfinished forms in the home: started in an editor and not recorded yet."""

from pathlib import Path

FORM_COMMAND = "coachlog session new --editor --form"
FORM_PATTERN = "form-*.md"


def list_unfinished_forms(home: Path) -> list[Path]:
    """Return the paths of the forms in the home, sorted by name."""
    if not home.is_dir():
        return []
    return sorted(home.glob(FORM_PATTERN))
