"""The unfinished forms in the home: started in an editor and not recorded yet.

Their names are numbers: a list of processes and the list of recent files of an editor show them,
and are to say nothing of who talks about what. Those of earlier versions named both.
"""

import re
from itertools import count
from pathlib import Path

from coachlog.patterns import compile_later

FORM_COMMAND = "coachlog session new --editor --form"
FORM_PATTERN = "form-*.md"
_TITLE = compile_later(r"^# +(?P<title>.*?) *(?:\{#[^{}]*\})? *$", re.MULTILINE)


def list_unfinished_forms(home: Path) -> list[Path]:
    """Return the paths of the forms in the home, sorted by name."""
    if not home.is_dir():
        return []
    return sorted(home.glob(FORM_PATTERN))


def choose_form_stem(home: Path) -> str:
    """Return the name of the next form without its suffix: `form-1`, or the first free number."""
    taken_names = {path.stem for path in list_unfinished_forms(home)}
    stems = (f"form-{number}" for number in count(1))
    return next(stem for stem in stems if stem not in taken_names)


def read_form_title(path: Path) -> str:
    """Return what a form says it is, such as `GROW with Priya Shah`; '' if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""
    # What is wrong with a form may be written above its title.
    match = _TITLE.search(text)
    return match["title"] if match else ""
