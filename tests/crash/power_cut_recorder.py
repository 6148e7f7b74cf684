"""Writes to journals while all that it writes is logged: `power_cut_recorder.py FOLDER`.

Each home in the folder is a scene. What is acknowledged is said to the null device, so that it is
in the same log: `SCENE begins`, `ack N`.
"""

import os
import sys
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import nursery
from loosened import (
    LessDurableConnection,
    SmallLogConnection,
    loosen_connections,
)
from sqlcipher3 import dbapi2

from coachlog.model.people import Relationship
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.writing import person_changes
from store_builders import NOW

STEPS = 3 * nursery.STEPS + 3
ANSWER_SCENES = ("alone", "beside", "small-log", "normal")


def make_journals_to_change(folder: Path) -> None:
    """Make the journals that the scenes with answers begin with."""
    for scene in ANSWER_SCENES:
        with Journal(folder / scene).change(NOW, create=True):
            pass


def save_answers(home: Path, steps: int) -> None:
    """Save the steps of some conversations, and acknowledge each."""
    journal, token = Journal(home), ""
    for number in range(1, steps + 1):
        with journal.change(NOW, create=True) as change:
            token = nursery.step(change, number, token)
        remark(f"ack {number}")


def save_answers_beside_another(home: Path) -> None:
    """Save them while another program has the journal open, so that the log is not emptied."""
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as other:
        other.execute("SELECT count(*) FROM session").fetchone()
        save_answers(home, STEPS)


def upgrade(home: Path) -> None:
    with Journal(home).change(NOW) as change:
        person_changes.insert_person(change, "Jo March", Relationship.PEER)
    remark("ack 1")


def remark(words: str) -> None:
    handle = os.open(os.devnull, os.O_WRONLY)
    os.write(handle, words.encode())
    os.close(handle)


def main() -> None:
    folder = Path(sys.argv[1])
    remark("alone begins")
    save_answers(folder / "alone", STEPS)
    remark("beside begins")
    save_answers_beside_another(folder / "beside")
    remark("first begins")
    save_answers(folder / "first", 1)
    remark("upgraded begins")
    upgrade(folder / "upgraded")
    remark("unsynced begins")
    with patch("coachlog.files.sync_folder"):
        save_answers(folder / "unsynced", 1)
    remark("small-log begins")
    loosen_connections(SmallLogConnection)
    save_answers_beside_another(folder / "small-log")
    remark("normal begins")
    loosen_connections(LessDurableConnection)
    save_answers_beside_another(folder / "normal")


if __name__ == "__main__":
    main()
