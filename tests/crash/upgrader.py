"""Upgrades journals in forked processes, killed or at once; SQLModel is loaded only once.

Each line on standard input is one JSON list; so is each answer:

    ["kill", HOME, SECONDS]    kill a process so long after it started: null
    ["call", HOME, NUMBER]     kill it before that system call: null, or how many it made
    ["race", HOME, COUNT]      let so many processes begin together: how each of them ended

With `--piecemeal`, the steps of an upgrade are not in one transaction; with `--stale`, each process
takes the version it read first for the one there is: the mistakes the tests must notice.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from loosened import PiecemealConnection, StaleConnection, loosen_connections
from traced_child import NoTracing, run_until_call

from coachlog.model.people import Relationship
from coachlog.store.database import Journal
from coachlog.store.writing import person_changes
from store_builders import NOW, with_promise


def upgrade_by_change(home: Path, name: str) -> None:
    with Journal(home).change(NOW) as change:
        person_changes.insert_person(change, name, Relationship.PEER)


def upgrade_by_reading(home: Path) -> None:
    with Journal(home).read() as db:
        db.execute("SELECT count(*) FROM person").fetchone()


def kill_after(home: Path, seconds: float) -> None:
    child = os.fork()
    if child == 0:
        try:
            upgrade_by_change(home, "Jo March")
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def kill_at_call(home: Path, number: int | None) -> int | str | None:
    try:
        return run_until_call(partial(upgrade_by_change, home, "Jo March"), number)
    except NoTracing:
        return "no tracing"


def race(home: Path, count: int) -> list[str]:
    """Return "done", or the error, of each of several processes that upgrade a journal at once.

    Two of five only read.
    """
    with tempfile.TemporaryDirectory() as folder:
        (start, go), (arrived, arrive) = os.pipe(), os.pipe()
        for number in range(count):
            if os.fork() == 0:
                os.close(go)
                wait: Callable[[], object] = partial(_wait_for_others, arrive, start)
                StaleConnection.wait = wait
                if "--stale" not in sys.argv:
                    wait()
                _end_race(home, number, Path(folder) / str(number))
        for _ in range(count):
            os.read(arrived, 1)
        os.close(go)
        for _ in range(count):
            os.wait()
        for end in (start, arrived, arrive):
            os.close(end)
        return [path.read_text() for path in sorted(Path(folder).iterdir())]


def _wait_for_others(arrive: int, start: int) -> None:
    """Say that this process is here, and return when all are."""
    os.write(arrive, b".")
    os.read(start, 1)


def _end_race(home: Path, number: int, ending: Path) -> None:
    try:
        if number % 5 in (1, 3):
            upgrade_by_reading(home)
        else:
            upgrade_by_change(home, f"Person {number}")
        ending.write_text("done")
    except BaseException as error:
        ending.write_text(repr(error))
    finally:
        os._exit(0)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        upgrade_by_reading(with_promise(Path(folder)).home)  # loads all that is needed
    if "--piecemeal" in sys.argv:
        loosen_connections(PiecemealConnection)
    if "--stale" in sys.argv:
        loosen_connections(StaleConnection)
    jobs: dict[str, Callable[..., Any]] = {
        "kill": kill_after,
        "call": kill_at_call,
        "race": race,
    }
    for line in sys.stdin:
        job, home, value = json.loads(line)
        os.write(1, (json.dumps(jobs[job](Path(home), value)) + "\n").encode())


if __name__ == "__main__":
    main()
