"""A file that is edited, and what editors leave beside it."""

from contextlib import suppress
from pathlib import Path

# What vim and Emacs leave beside a file: backups, locks and swap files.
_EDITOR_FILE_NAMES = ("{name}~", "#{name}#", ".{name}.swp", ".{name}.swo")


def remove_editor_files(path: Path) -> None:
    """Remove a file that was edited, and what editors leave beside it.

    Raises OSError if the file itself cannot be removed.
    """
    for name in _EDITOR_FILE_NAMES:
        with suppress(OSError):
            path.with_name(name.format(name=path.name)).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
