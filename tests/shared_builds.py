"""What takes long and is the same for every test is made once.

A long journal is made once for all the processes that run tests; a short one, and what SQLAlchemy
works out, once for each of them.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest
    from sqlalchemy import Engine

_MADE: dict[object, dict[Path, bytes]] = {}


def once(
    factory: "pytest.TempPathFactory", name: str, make: Callable[[Path], object]
) -> Path:
    """Return a folder that `make` fills for the first who asks; the others wait. Not to be changed.

    It has its name only when it is complete. If making it fails, the next who asks tries again.
    """
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # it is that of all processes of one run
    made, part = folder / name, folder / f"{name}.part"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(made)
    return made


def copied(home: Path, name: object, make: Callable[[], object]) -> None:
    """Fill a home as `make` does: run for the first home of that name, copied for all others."""
    before = set(home.rglob("*"))
    assert home / "coachlog.db" not in before, "a copy would take its place"
    if name not in _MADE:
        make()
        files = [
            path for path in home.rglob("*") if path.is_file() and path not in before
        ]
        _MADE[name] = {path.relative_to(home): path.read_bytes() for path in files}
        return
    for path, data in _MADE[name].items():
        (home / path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / path).touch(mode=0o600)
        (home / path).write_bytes(data)


def prepare_once() -> None:
    """Let all commands run in this process use what the first of them found out.

    SQLAlchemy keeps what it has compiled with an engine and its dialect. A process of coachlog runs
    one command; tests run thousands in one, and doing this anew was much of all their time.
    """
    import sqlalchemy
    from sqlcipher3 import dbapi2

    create = sqlalchemy.create_engine
    ours = {"module": dbapi2, "poolclass": sqlalchemy.NullPool}
    first = create("sqlite://", **ours)
    with first.connect():
        pass  # now the dialect knows its SQLite
    compiled: dict[Any, Any] = {}

    def create_engine(url: Any, **how: Any) -> "Engine":
        engine = create(url, **how)
        if ours.items() <= how.items():
            engine.dialect = first.dialect
            engine.update_execution_options(compiled_cache=compiled)
        return engine

    sqlalchemy.create_engine = create_engine
