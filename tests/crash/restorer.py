"""Restores backups in forked processes that are killed, and swaps a journal under writers.

Each line on standard input is one JSON list; so is each answer:

    ["call", HOME, NUMBER]           restore its backup, killed before that system call: null,
                                     or how many it made
    ["swaps", HOME, WRITERS, COUNT]  let processes write while the file is swapped so often: how
                                     many changes they say were saved, how many swaps there were

With `--name-first`, the journal loses its name before the backup gets it: the mistake the tests
must notice.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sabotage import patch
from traced_child import NoTracing, run_until_call
from writer import write

from coachlog import files
from coachlog.errors import CoachlogError
from coachlog.store import restoring
from coachlog.store.connections import open_file
from coachlog.store.database import Journal
from coachlog.store.home_lock import hold_alone
from coachlog.store.journal_files import JournalFiles
from store_builders import NOW, with_promise

WAIT_SECONDS = 60.0


def restore_backup(home: Path) -> None:
    journal = Journal(home)
    (backup,) = [path for path in journal.files.backups.glob("*.db") if path.is_file()]
    with journal.stage_restore(backup, NOW) as staged:
        journal.restore(staged, NOW)


def kill_at_call(home: Path, number: int | None) -> int | str | None:
    try:
        return run_until_call(partial(restore_backup, home), number)
    except NoTracing:
        return "no tracing"


def swap_by_itself(home: Path, wait_seconds: float = WAIT_SECONDS) -> None:
    """Put a copy of the journal in its place, in the steps of a restore."""
    journal_files = JournalFiles(home)
    with (
        hold_alone(home, wait_seconds),
        files.open_part_file(journal_files.journal) as part,
    ):
        with open_file(journal_files.journal, "rw", WAIT_SECONDS) as connection:
            connection.execute("VACUUM INTO ?", (str(part.path),))
        with open_file(part.path, "rw") as connection:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        restoring.StagedJournal(journal_files, part).take_place()


def write_while(going: Path, home: Path, name: str) -> int:
    """Return how many changes were saved; one that says that it was not counts for nothing."""
    total = 0
    while going.exists():
        with suppress(CoachlogError):
            total += write(home, name, 1, 30.0, default=False)
    return total


def write_during_swaps(home: Path, writers: int, count: int) -> tuple[int, int]:
    """Let processes write until the file has been swapped so often; return what was saved."""
    with tempfile.TemporaryDirectory() as folder:
        going = Path(folder) / "going"
        going.touch()
        (saved, save) = os.pipe()
        for number in range(writers):
            if os.fork() == 0:
                total = write_while(going, home, f"w{number}")
                os.write(save, f"{total}\n".encode())
                os._exit(0)
        for _ in range(count):
            swap_by_itself(home)
        going.unlink()
        for _ in range(writers):
            os.wait()
        os.close(save)
        with os.fdopen(saved) as totals:
            return sum(int(line) for line in totals), count


def take_name_first() -> None:
    publish = files.PartFile.publish

    def remove_and_publish(part: files.PartFile, *, force: bool) -> None:
        if force and part.target.name == "coachlog.db":
            part.target.unlink()
            # A run makes a call or two more than another, so one call may be killed in none.
            for _ in range(5):
                part.target.exists()
        publish(part, force=force)

    patch(files.PartFile, "publish", remove_and_publish)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = with_promise(Path(folder))  # loads all that is needed
        journal.back_up(NOW.date())
        restore_backup(Path(folder))
    mistakes = {
        "--name-first": take_name_first,
    }
    for flag in sys.argv[1:]:
        mistakes[flag]()
    jobs: dict[str, Callable[..., Any]] = {
        "call": kill_at_call,
        "swaps": write_during_swaps,
    }
    for line in sys.stdin:
        job, home, *values = json.loads(line)
        os.write(1, (json.dumps(jobs[job](Path(home), *values)) + "\n").encode())


if __name__ == "__main__":
    main()
