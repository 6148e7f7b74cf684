"""Workshops as tests make them: a file of themes, and the command that reads it."""

from collections.abc import Sequence
from pathlib import Path

from coachlog.model.replies import ReplyKey, ReplyValues
from coachlog.rules.reply_codes import CODE_ALPHABET, format_reply_code
from coachlog.store.database import Journal
from coachlog.store.reading.workshop_queries import read_workshop_keys
from conftest import Ran, Run

THEMES = """\
# What the day is about
Ask first: A question before any advice.
  Count to five after it.
Keep your word: What is said is done, or moved in time.
- The shadow you cast: People read what you do.
"""


def write_themes(folder: Path, text: str = THEMES) -> Path:
    """Return the path of a new file of themes in a folder."""
    path = folder / "themes.txt"
    path.write_text(text, encoding="utf-8")
    return path


def make_workshop(run: Run, folder: Path, name: str = "Winter 12") -> Ran:
    """Make a workshop of three themes, with its pages in the folder."""
    themes = write_themes(folder)
    return run("workshop", "new", name, "--themes", str(themes), "-o", str(folder))


def read_keys(home: Path) -> dict[int, ReplyKey]:
    """Return the keys of all workshops, by number."""
    with Journal(home).read() as db:
        return {key.survey: key for key in read_workshop_keys(db)}


def write_codes(
    home: Path, answers: Sequence[ReplyValues], id: int = 1, start: int = 0
) -> list[str]:
    """Return codes as the page makes them, each with a nonce of its own."""
    key = read_keys(home)[id]
    return [
        format_reply_code(key, _spell_nonce(start + number), reply)
        for number, reply in enumerate(answers)
    ]


def _spell_nonce(number: int) -> str:
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in (20, 15, 10, 5, 0))
