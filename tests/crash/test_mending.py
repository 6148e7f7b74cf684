"""Flipped bits are mended from a backup: what was flipped is as it was, and all else is untouched.

A journal with a backup, and with changes since, is damaged in the bytes of its file or in its rows.
"""

import random
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from damage import Damage
from marked_journal import write_marked_journal
from sqlcipher3 import dbapi2
from test_soundness import list_row_flips

from coachlog.store import journal_mending
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.search_schema import is_search_table
from conftest import Run
from shared_builds import once
from test_cli_mend import REPLY_TABLES, UNWATCHED, read_rows

CHUNKS = 4


@pytest.fixture(scope="session")
def marked(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(
        tmp_path_factory, "marked", lambda home: write_marked_journal(year, home)
    )


@pytest.fixture
def changed(marked: Path, home: Path, run: Run) -> Run:
    """A journal with a good backup, and with changes of another kind since."""
    shutil.copytree(marked, home)
    assert run("backup", "create").code == 0
    assert run("action", "add", "me", "Ring HR").code == 0
    empty_log(home)
    return run


def empty_log(home: Path) -> None:
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def flip_values(home: Path, seed: int, count: int) -> list[tuple[str, str]]:
    """Flip a bit in each of some values, in the backup's rows; return their tables and columns."""
    chance = random.Random(seed)
    places = []
    flipped_rows: set[tuple[str, int]] = set()
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("PRAGMA ignore_check_constraints=ON")
        names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = [
            name
            for (name,) in names.fetchall()
            if name not in (*UNWATCHED, *REPLY_TABLES)
            and not name.startswith("sqlite_")
            and not is_search_table(name)
            and db.execute(f"SELECT 1 FROM {name}").fetchone()
        ]
        for _ in range(count):
            table = chance.choice(tables)
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            keys = [
                row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5]
            ]
            column = chance.choice(
                [name for name in columns if name not in keys] or keys
            )
            rows = db.execute(
                f'SELECT rowid, CAST("{column}" AS BLOB), typeof("{column}") FROM {table} '
                f'WHERE length("{column}") > 0'
            ).fetchall()
            if not rows:
                continue
            row_id, octets, kind = chance.choice(rows)
            # With its sum and a value damaged, nobody knows what a row was.
            if (table, row_id) in flipped_rows:
                continue
            flipped_rows.add((table, row_id))
            changed_octets = bytearray(octets)
            changed_octets[chance.randrange(len(octets))] ^= 1 << chance.randrange(8)
            try:
                db.execute(
                    f'UPDATE {table} SET "{column}" = CAST(? AS {kind}) WHERE rowid = ?',
                    (bytes(changed_octets), row_id),
                )
            except dbapi2.IntegrityError:
                continue
            places.append((table, column))
    return places


def mend_values(run: Run, home: Path, seed: int) -> None:
    rows = read_rows(home)
    places = flip_values(home, seed, 3)
    ran = run("check", "--mend", "--yes")
    assert ran.code == 0, (seed, places, ran.out, ran.err)
    assert read_rows(home) == rows, (seed, places)
    assert run("check").code == 0


# With the last, a state is no text any more.
@pytest.mark.parametrize("seed", [*range(8), 216])
def test_flipped_bits_of_values_are_mended(changed: Run, home: Path, seed: int) -> None:
    mend_values(changed, home, seed)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_flipped_bit_of_values_is_mended(
    changed: Run, home: Path, chunk: int
) -> None:
    for seed in range(100 + chunk, 300, CHUNKS):
        mend_values(changed, home, seed)


def mend_flips(run: Run, home: Path, flips: list[Damage]) -> tuple[int, int]:
    """Mend each flip; return how many were mended, and how many only a restore helps."""
    path = home / JOURNAL_FILE
    sound, rows = path.read_bytes(), read_rows(home)
    mended_count = left_count = 0
    for flip in flips:
        path.write_bytes(flip.damage(sound))
        ran = run("check", "--mend", "--yes")
        if ran.code == 0:
            assert read_rows(home) == rows, flip.name
            mended_count += 1
        else:
            assert path.read_bytes() == flip.damage(sound), (flip.name, ran.err)
            left_count += 1
        for suffix in ("-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        (home / "journal.head").unlink(missing_ok=True)
        for backup in (home / "backups").glob("*-damaged*"):
            backup.unlink()
    return mended_count, left_count


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_flipped_bit_of_the_file_is_mended_or_left(
    changed: Run, home: Path, marked: Path, chunk: int
) -> None:
    flips = list_row_flips(marked, 40)[chunk::CHUNKS]
    mended_count, left_count = mend_flips(changed, home, flips)
    assert mended_count > left_count


def test_a_kill_in_between_leaves_all_as_it_was(
    changed: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip_values(home, 5, 3)
    before = (home / JOURNAL_FILE).read_bytes()

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal_mending, "log_change", stop)
    assert changed("check", "--mend", "--yes").code != 0
    empty_log(home)
    assert (home / JOURNAL_FILE).read_bytes() == before
