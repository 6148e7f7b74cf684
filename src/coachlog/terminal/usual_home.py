"""The usual place of a journal: where the system keeps what programs store for a user."""

import os
import sys
from pathlib import Path

FOLDER_NAME = "coachlog"


def find_usual_home() -> Path | None:
    """Return the folder of a journal where none is chosen; None for a user without a home folder.

    It is the one that platformdirs names. That library takes a tenth of the time of a short
    command, so on Linux the plain case goes without it: both variables as they should be.
    """
    data_folder = _find_linux_data_folder()
    if data_folder is not None:
        return data_folder / FOLDER_NAME
    from platformdirs import user_data_path

    try:
        usual_home = user_data_path(FOLDER_NAME, appauthor=False, roaming=False)
    except RuntimeError:
        return None
    # Earlier versions of the library return `~` as the name of a folder.
    return usual_home if usual_home.is_absolute() else None


def _find_linux_data_folder() -> Path | None:
    """Return what the XDG base directory specification names; None where it leaves any doubt."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    chosen_folder = os.environ.get("XDG_DATA_HOME")
    if chosen_folder:
        return Path(chosen_folder) if Path(chosen_folder).is_absolute() else None
    if not Path(os.environ.get("HOME", "")).is_absolute():
        return None
    return Path("~/.local/share").expanduser()
