"""The journal file: created whole or not at all, never replaced, never left half-changed."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    JournalLocked,
    JournalNotBegun,
    NoJournal,
    NotFound,
    Refusal,
    StorageFailure,
)
from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.model.references import PersonRef
from coachlog.store.database import Journal
from coachlog.store.reading import action_queries, person_queries, session_queries
from coachlog.store.schema import APPLICATION_ID, MIGRATIONS, split_statements
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_step_changes,
    person_changes,
    session_changes,
)
from store_builders import FRIDAY, NOW, PRIYA, TODAY, files, hold, said, with_promise

HERE = Path(__file__).parent

NEWEST = max(int(step.name[:4]) for step in MIGRATIONS.glob("*.sql"))


def plain(path: Path) -> dbapi2.Connection:
    """Open a file with the driver alone, as any other program would."""
    return dbapi2.connect(path, isolation_level=None)


def modes(home: Path) -> dict[str, str]:
    return {name: oct((home / name).stat().st_mode & 0o777) for name in files(home)}


def words(journal: Journal) -> list[str]:
    """Return the words of the promises in the journal."""
    with journal.read() as db:
        return [action.what for action in action_queries.read_actions(db)]


def add(
    journal: Journal, what: str, *, create: bool = False, wait: float | None = None
) -> None:
    with journal.change(NOW, create=create, wait=wait) as change:
        action_changes.insert_action(change, Promise(what, "me"), on=TODAY)


def outcome(act: Callable[[], object]) -> CoachlogError | None:
    try:
        act()
    except CoachlogError as error:
        return error
    return None


# The first journal


def test_a_first_change_makes_the_journal_and_its_folders(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there" / "yet"
    add(Journal(home), "first", create=True)
    assert words(Journal(home)) == ["first"]
    assert files(home) == ["coachlog.db"]


def test_an_empty_folder_for_backups_does_not_stop_the_first_journal(
    home: Path,
) -> None:
    (home / "backups").mkdir(parents=True)
    add(Journal(home), "first", create=True)
    assert words(Journal(home)) == ["first"]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077], ids=oct)
def test_nobody_else_may_read_the_journal_whatever_the_umask(
    tmp_path: Path, mask: int
) -> None:
    home = tmp_path / "new" / "home"
    before = os.umask(mask)
    try:
        journal = with_promise(home)
        with journal.change(NOW) as change, journal.read():
            action_changes.mark_action_done(change, 1, on=TODAY)
            during = modes(home)
    finally:
        os.umask(before)
    assert during == {f"coachlog.db{part}": "0o600" for part in ("", "-shm", "-wal")}
    assert modes(home) == {"coachlog.db": "0o600"}
    folders = (home, home.parent)
    assert [oct(folder.stat().st_mode & 0o777) for folder in folders] == [
        "0o700",
        "0o700",
    ]


def test_the_umask_of_the_caller_comes_back(home: Path) -> None:
    before = os.umask(0o022)
    try:
        with_promise(home)
    finally:
        assert os.umask(before) == 0o022


def test_reading_and_changing_leave_one_file(home: Path) -> None:
    journal = with_promise(home)
    assert words(journal) == ["Send the notes"]
    assert files(home) == ["coachlog.db"]


def test_an_error_in_a_block_undoes_all_of_it_and_leaves_one_file(home: Path) -> None:
    journal = with_promise(home)

    def half_way() -> None:
        with journal.change(NOW) as change:
            action_changes.mark_action_done(change, 1, on=TODAY)
            person_changes.insert_person(change, "Ada", Relationship.PEER)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        half_way()
    with journal.read() as db:
        assert action_queries.read_action(db, 1).status == "open"
        assert [person.name for person in person_queries.read_people(db)] == [
            "Priya Shah"
        ]
    assert files(home) == ["coachlog.db"]


def test_the_writing_connection_keeps_the_rules(home: Path) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        connection = change.db_session.connection()
        names = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                *("journal_mode", "synchronous", "foreign_keys", "secure_delete"),
                *(
                    "trusted_schema",
                    "fullfsync",
                    "checkpoint_fullfsync",
                    "busy_timeout",
                ),
                *("application_id", "user_version"),
            )
        }
    assert names == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "busy_timeout": 5000,
        "application_id": 0x434C4F47,
        "user_version": NEWEST,
    }


def test_a_change_waits_as_long_as_asked_and_the_next_five_seconds(home: Path) -> None:
    journal = with_promise(home)
    waits = []
    for wait in (0.25, None, 0.0, None):
        with journal.change(NOW, wait=wait) as change:
            connection = change.db_session.connection()
            waits.append(connection.exec_driver_sql("PRAGMA busy_timeout").scalar())
    with journal.read() as db:
        waits.append(db.execute("PRAGMA busy_timeout").fetchone()[0])
    assert waits == [250, 5000, 0, 5000, 5000]


def test_a_change_holds_the_write_lock_from_its_first_moment(home: Path) -> None:
    journal = with_promise(home)
    with journal.change(NOW) as change:
        change.db_session.connection()
        with pytest.raises(JournalLocked):
            add(Journal(home), "second", wait=0.01)
    assert words(journal) == ["Send the notes"]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM action",
        "UPDATE action SET what = 'x'",
        "INSERT INTO tag (uid, name) VALUES ('t', 'x')",
        "DROP TABLE action",
        "PRAGMA user_version = 9",
    ],
)
def test_a_reading_connection_cannot_change_anything(home: Path, sql: str) -> None:
    journal = with_promise(home)
    before = journal.path.read_bytes()
    with pytest.raises(StorageFailure, match="read-only"), journal.read() as db:
        db.execute(sql)
    assert journal.path.read_bytes() == before


def test_a_reader_sees_one_state_while_another_writes(home: Path) -> None:
    journal = with_promise(home)
    with journal.read() as db:
        before = action_queries.read_actions(db)
        add(Journal(home), "second")
        assert action_queries.read_actions(db) == before
    assert words(journal) == ["Send the notes", "second"]


# No journal, or something else in its place


def nothing(home: Path) -> None:
    assert not home.exists()


def bare(home: Path) -> None:
    home.mkdir()


def with_backup(home: Path) -> None:
    (home / "backups").mkdir(parents=True)
    (home / "backups" / "coachlog-2026-11-22.db").write_bytes(b"kept")


def with_log(home: Path) -> None:
    home.mkdir()
    (home / "coachlog.db-wal").write_bytes(b"x" * 5000)


@pytest.mark.parametrize("make", [nothing, bare])
def test_without_a_journal_there_is_nothing_to_read_or_change(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home)
    errors = [
        outcome(lambda: words(Journal(home))),
        outcome(lambda: add(Journal(home), "x")),
    ]
    assert [(type(error), error and error.exit_code) for error in errors] == [
        (JournalNotBegun, 10)
    ] * 2
    assert str(errors[0]) == f"There is no journal in {home} yet."
    assert not (home / "coachlog.db").exists()


@pytest.mark.parametrize("make", [with_backup, with_log])
def test_a_journal_that_went_missing_is_not_replaced_by_an_empty_one(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home)
    before = {name: (home / name).read_bytes() for name in files(home)}
    error = outcome(lambda: add(Journal(home), "x", create=True))
    assert isinstance(error, NoJournal)
    assert "missing" in error.message
    assert (error.hint or "").startswith("Put coachlog.db back.")
    assert {name: (home / name).read_bytes() for name in files(home)} == before


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def cut_in_the_middle(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def cut_inside_the_first_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:700])


def another_database(path: Path) -> None:
    path.unlink()
    with closing(plain(path)) as db:
        db.execute("CREATE TABLE song (name TEXT)")


def another_application(path: Path) -> None:
    with closing(plain(path)) as db:
        db.execute("PRAGMA application_id = 1")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda p: p.write_bytes(b""), "empty (0 bytes)", id="empty"),
        pytest.param(
            lambda p: p.write_bytes(b"\n"), "too short (1 bytes)", id="one-byte"
        ),
        pytest.param(cut_short, "too short (100 bytes)", id="cut-short"),
        pytest.param(
            cut_inside_the_first_page, "damaged", id="cut-inside-the-first-page"
        ),
        pytest.param(cut_in_the_middle, "damaged", id="cut-in-the-middle"),
        pytest.param(
            lambda p: p.write_bytes(bytes(range(256)) * 64),
            "not a journal",
            id="random-bytes",
        ),
        pytest.param(lambda p: p.write_bytes(bytes(8192)), "not a journal", id="zeros"),
        pytest.param(another_database, "not a coachlog journal", id="another-database"),
        pytest.param(
            another_application, "not a coachlog journal", id="another-application"
        ),
    ],
)
def test_a_damaged_journal_is_refused_and_left_as_it_is(
    home: Path, damage: Callable[[Path], object], message: str
) -> None:
    path = with_promise(home).path
    damage(path)
    before = path.read_bytes()
    errors = [
        outcome(lambda: words(Journal(home))),
        outcome(lambda: add(Journal(home), "x")),
        outcome(lambda: add(Journal(home), "x", create=True)),
    ]
    assert [type(error) for error in errors] == [DamagedJournal] * 3
    assert {message in str(error) for error in errors} == {True}
    assert path.read_bytes() == before
    assert files(home) == ["coachlog.db"]


def test_a_damaged_journal_names_the_newest_good_backup(home: Path) -> None:
    path = with_promise(home).path
    (home / "backups").mkdir()
    contents = [path.read_bytes(), path.read_bytes(), b"not a journal"]
    names = ["coachlog-older.db", "coachlog-a-newer.db", "coachlog-newest.db"]
    for day, (name, content) in enumerate(zip(names, contents, strict=True)):
        (home / "backups" / name).write_bytes(content)
        os.utime(home / "backups" / name, (day, day))
    path.write_bytes(b"")
    error = outcome(lambda: words(Journal(home)))
    assert error is not None
    newest_good = home / "backups" / "coachlog-a-newer.db"
    assert error.hint == (
        "`coachlog check` says what is damaged, and what can be mended.\n"
        f"The newest good backup is {newest_good}. To put it in the journal's place "
        "(the damaged file is kept): coachlog backup restore"
    )


def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(home: Path) -> None:
    path = with_promise(home).path
    with closing(plain(path)) as db:
        db.execute(f"PRAGMA user_version = {NEWEST + 7}")
    before = path.read_bytes()
    errors = [
        outcome(lambda: words(Journal(home))),
        outcome(lambda: add(Journal(home), "x")),
    ]
    assert [(type(error), error and error.exit_code) for error in errors] == [
        (Refusal, 4)
    ] * 2
    for error in errors:
        assert f"version {NEWEST + 7}" in str(error)
        assert f"version {NEWEST}" in str(error)
    assert path.read_bytes() == before
    assert files(home) == ["coachlog.db"]


def folder_in_place(home: Path) -> None:
    (home / "coachlog.db").mkdir(parents=True)


def home_is_a_file(home: Path) -> None:
    home.write_text("not a folder")


def home_inside_a_file(home: Path) -> None:
    home.parent.joinpath("file").write_text("not a folder")
    home.symlink_to(home.parent / "file" / "home")


@pytest.mark.parametrize("make", [folder_in_place, home_is_a_file, home_inside_a_file])
def test_a_place_that_cannot_hold_a_journal_is_a_clear_error(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home)
    errors = [
        outcome(lambda: words(Journal(home))),
        outcome(lambda: add(Journal(home), "x", create=True)),
    ]
    assert [error is not None and str(home) in error.message for error in errors] == [
        True,
        True,
    ]
    assert all(
        isinstance(error, StorageFailure | NoJournal | DamagedJournal)
        for error in errors
    )
    assert not (home / "coachlog.db").is_file()


@pytest.mark.parametrize("make", [nothing, bare], ids=lambda make: make.__name__)
def test_where_a_journal_can_be_kept_nothing_is_raised_or_created(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home)
    before = files(home)
    Journal(home).require_writable_home()
    Journal(home / "not" / "there").require_writable_home()
    assert files(home) == before


@pytest.mark.parametrize("make", [home_is_a_file])
def test_a_file_in_place_of_the_folder_is_reported_before_a_word_is_typed(
    home: Path, make: Callable[[Path], None]
) -> None:
    make(home)
    for place in (home, home / "not" / "there"):
        with pytest.raises(
            StorageFailure, match=r"home is a file, so .* cannot hold a journal"
        ):
            Journal(place).require_writable_home()


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_beyond_64_bits_is_not_found_and_changes_nothing(
    home: Path, number: int
) -> None:
    journal = with_promise(home)
    acts: list[Callable[[Change], object]] = [
        lambda c: action_changes.mark_action_done(c, number, on=TODAY),
        lambda c: session_changes.update_session(c, number, minutes=5),
        lambda c: person_changes.update_person(c, number, team="x"),
        lambda c: draft_step_changes.update_draft_token(c, number, NOW),
    ]

    def both(act: Callable[[Change], object]) -> None:
        with journal.change(NOW) as change:
            action_changes.insert_action_note(
                change, 1, "undone with the rest", on=TODAY
            )
            act(change)

    for act in acts:
        error = outcome(lambda act=act: both(act))  # type: ignore[misc]
        assert isinstance(error, NotFound)
    with journal.read() as db:
        assert len(action_queries.read_action(db, 1).events) == 1


AS_NOBODY = """
import contextlib, io, os, sys
from pathlib import Path
from coachlog.cli import run
from coachlog.errors import StorageFailure
from coachlog.store.database import Journal

def ran(home, line):
    sys.argv = ["coachlog", "--home", home, *line.split()]
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        code = run()
        out.flush()
    return code, out.buffer.getvalue().decode()

writable, closed, *homes = sys.argv[1:]
lines = ["action list", "action done 1", "action list"]
for line in lines:  # what is loaded now need not be read from folders that only root may read
    ran(writable, line)
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for home in homes:
    for line in lines:
        code, out = ran(home, line)
        print(code, "notes" in out, flush=True)
    Journal(Path(home)).require_writable_home()  # there is one: it can be looked at
try:
    Journal(Path(closed, "new", "home")).require_writable_home()
except StorageFailure as error:
    print(error.message, flush=True)
"""


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user can reach; pytest's own are closed to all but one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def of_first_release(home: Path) -> Path:
    """Make a journal of the first schema with one promise, and return its path."""
    home.mkdir()
    path = home / "coachlog.db"
    with closing(plain(path)) as db:
        for statement in split_statements(
            (MIGRATIONS / "0001_first.sql").read_text(encoding="utf-8")
        ):
            db.execute(statement)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute("PRAGMA user_version=1")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(
            "INSERT INTO action (uid, what, owner, private, status, carried, created_at, "
            "updated_at) VALUES "
            "('a', 'Send the notes', 'me', 0, 'open', 0, '2026-11-23', '2026-11-23')"
        )
    return path


def list_names(home: Path) -> list[str]:
    """Return the names of everything in a folder, folders included."""
    return sorted(path.name for path in home.iterdir())


def open_to_all(path: Path) -> bool:
    """Whether any user may read a file: every folder above it can be passed through."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


@pytest.mark.skipif(
    os.getuid() == 0 and not open_to_all(MIGRATIONS / "0001_first.sql"),
    reason="root gives up its rights for this test, and could not read coachlog's files then",
)
def test_in_a_read_only_folder_reading_works_and_changing_is_refused(
    reachable: Path,
) -> None:
    """A folder or a file that cannot be written to, as any user but root would meet it."""
    elsewhere = with_promise(reachable / "elsewhere").home
    closed = reachable / "closed"
    closed.mkdir(0o500)
    homes = []
    for mode in (0o500, 0o700):
        home = with_promise(reachable / oct(mode)).home
        (home / "coachlog.db").chmod(0o400)
        home.chmod(mode)
        homes.append(home)
    if os.getuid() == 0:
        for path in reachable.rglob("*"):
            os.chown(path, 65534, 65534)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, *map(str, (elsewhere, closed, *homes))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        *("0 True", "1 False", "0 True") * 2,
        f"{closed} cannot be written to, so {closed / 'new' / 'home'} cannot hold a journal.",
    ], done.stderr
    assert "Traceback" not in done.stderr
    for home in homes:
        assert f"The journal in {home} cannot be written to" in done.stderr
        assert files(home) == ["coachlog.db"]
        home.chmod(0o700)
        (home / "coachlog.db").chmod(0o600)
        assert words(Journal(home)) == ["Send the notes"]
        assert files(home) == ["coachlog.db"]


OLD_AS_NOBODY = """
import os, sys
from coachlog.cli import run

def ran(home):
    sys.argv = ["coachlog", "--home", home, "action", "list"]
    return run()

writable, *homes = sys.argv[1:]
ran(writable)  # what is loaded now need not be read from folders that only root may read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print([ran(home) for home in homes])
"""


@pytest.mark.skipif(
    os.getuid() == 0 and not open_to_all(MIGRATIONS / "0001_first.sql"),
    reason="root gives up its rights for this test, and could not read coachlog's files then",
)
@pytest.mark.parametrize(
    "backups", [False, True], ids=["never-copied", "copied-before"]
)
def test_an_older_journal_in_a_read_only_folder_has_to_be_upgraded_elsewhere(
    reachable: Path, *, backups: bool
) -> None:
    """Neither a copy nor a log is left there; in a writable folder it is upgraded."""
    homes = {}
    for what, folder, file in (
        *(("folder", 0o500, 0o600), ("file", 0o700, 0o400), ("both", 0o500, 0o400)),
        ("neither", 0o700, 0o600),
    ):
        home = homes[what] = reachable / what
        of_first_release(home)
        if backups:
            (home / "backups").mkdir()
            (home / "backups" / "mine.db").write_bytes(b"kept")
        (home / "coachlog.db").chmod(file)
        home.chmod(folder)
    before = {what: (files(home), list_names(home)) for what, home in homes.items()}
    of_first_release(reachable / "elsewhere")
    if os.getuid() == 0:
        for path in reachable.rglob("*"):
            os.chown(path, 65534, 65534)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            OLD_AS_NOBODY,
            *map(str, (reachable / "elsewhere", *homes.values())),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    after = {what: (files(home), list_names(home)) for what, home in homes.items()}
    assert done.stdout.splitlines()[-1:] == ["[1, 1, 1, 0]"], done.stderr
    message = " ".join(done.stderr.split())
    for what in ("folder", "file", "both"):
        home = homes[what]
        assert (
            f"{home / 'coachlog.db'} was made by an earlier version of coachlog: its schema is"
            in message
        )
        assert (
            f"Copy {home} to a place where you can write and choose the copy with --home"
            in message
        )
        assert after[what] == before[what]
    assert "Permission denied" not in message
    assert "backups/coachlog-schema-1.db" in after["neither"][0]
    for home in homes.values():
        home.chmod(0o700)


def test_a_read_only_log_is_made_writable_by_the_next_change(
    tmp_path: Path,
) -> None:
    """Read by an earlier coachlog while it was locked, a journal refused every later change."""
    journal = with_promise(tmp_path)
    beside = [tmp_path / "coachlog.db-wal", tmp_path / "coachlog.db-shm"]
    with closing(plain(journal.path)) as reader:
        reader.execute("SELECT count(*) FROM action").fetchone()
        for path in beside:
            path.chmod(0o400)
        with journal.change(NOW) as change:
            action_changes.insert_action_note(change, 1, "freed", on=TODAY)
        assert modes(tmp_path) == dict.fromkeys(files(tmp_path), "0o600")
    with journal.read() as db:
        assert action_queries.read_action(db, 1).events[-1].note == "freed"


# Two at once

START_TOGETHER = """
import os, sys
from pathlib import Path
from store_builders import NOW, TODAY
from coachlog.model.actions import Promise
from coachlog.store.writing import action_changes
from coachlog.store.database import Journal

for number in range(20):
    children = []
    start, go = os.pipe()
    for name in ("one", "other"):
        children.append(os.fork())
        if children[-1] == 0:
            code = 1
            try:
                os.close(go)
                os.read(start, 1)  # it ends when both are there
                with Journal(Path(sys.argv[1], str(number))).change(NOW, create=True) as change:
                    action_changes.insert_action(change, Promise(name, "me"), on=TODAY)
                code = 0
            finally:
                os._exit(code)
    os.close(start)
    os.close(go)
    print([os.waitpid(child, 0)[1] for child in children])
"""


def test_two_first_changes_at_once_make_one_journal_with_both(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START_TOGETHER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        check=True,
    )
    assert done.stdout.splitlines() == ["[0, 0]"] * 20
    homes = [tmp_path / str(number) for number in range(20)]
    results = [(sorted(words(Journal(home))), files(home)) for home in homes]
    assert results == [(["one", "other"], ["coachlog.db"])] * 20


OVERTAKEN = """
import os, sys
from pathlib import Path
from store_builders import NOW, TODAY
from coachlog.model.actions import Promise
from coachlog.store import schema
from coachlog.store.writing import action_changes
from coachlog.store.database import Journal

given = schema.split_statements
home = Path(sys.argv[1])

def add(what):
    with Journal(home).change(NOW, create=True) as change:
        action_changes.insert_action(change, Promise(what, "me"), on=TODAY)

def overtaken(script):
    schema.split_statements = given
    child = os.fork()
    if child == 0:
        try:
            add("one")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    yield from given(script)

schema.split_statements = overtaken
add("other")
"""


def test_a_first_change_overtaken_while_creating_the_journal_keeps_the_other_one(
    home: Path,
) -> None:
    subprocess.run(
        [sys.executable, "-c", OVERTAKEN, str(home)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        check=True,
    )
    assert words(Journal(home)) == ["one", "other"]
    assert files(home) == ["coachlog.db"]


def test_a_journal_that_another_process_writes_to_is_locked_not_broken(
    home: Path,
) -> None:
    journal = with_promise(home)
    with closing(plain(journal.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        error = outcome(lambda: add(journal, "x", wait=0.01))
        assert words(journal) == ["Send the notes"]  # reading does not wait
        other.execute("COMMIT")
    assert isinstance(error, JournalLocked)
    assert error.exit_code == 11
    add(journal, "second")
    assert words(journal) == ["Send the notes", "second"]


# Migrations


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A folder with the released migrations and room for a next one."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for step in MIGRATIONS.glob("*.sql"):
        (folder / step.name).write_bytes(step.read_bytes())
    return folder


def next_step(steps: Path, *sql: str) -> str:
    """Add a migration after the last one, and return its number as in file names."""
    number = f"{max(int(step.name[:4]) for step in steps.glob('*.sql')) + 1:04}"
    (steps / f"{number}_next.sql").write_text(";\n".join(sql) + ";\n")
    return number


def version(path: Path) -> int:
    with closing(plain(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def promises_in(path: Path) -> list[str]:
    with closing(plain(path)) as db:
        return [row[0] for row in db.execute("SELECT what FROM action ORDER BY id")]


@pytest.mark.parametrize("how", ["read", "change"])
def test_an_older_journal_is_copied_and_upgraded(
    home: Path, steps: Path, how: str
) -> None:
    path = with_promise(home).path
    next_step(steps, "ALTER TABLE person ADD COLUMN pronouns TEXT")
    next_step(
        steps,
        "UPDATE person SET pronouns = 'she'",
        "CREATE TABLE later (id INTEGER, row_sum INTEGER)",
    )
    journal = Journal(home, steps)
    if how == "read":
        assert words(journal) == ["Send the notes"]
    else:
        with journal.change(NOW) as change:
            action_changes.insert_action_note(change, 1, "on its way", on=TODAY)
    with closing(plain(path)) as db:
        assert db.execute("SELECT pronouns FROM person").fetchall() == [("she",)]
        assert db.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert version(path) == NEWEST + 2
    assert files(home) == [f"backups/coachlog-schema-{NEWEST}.db", "coachlog.db"]
    copy = home / "backups" / f"coachlog-schema-{NEWEST}.db"
    assert (version(copy), promises_in(copy)) == (NEWEST, ["Send the notes"])
    assert modes(home)[f"backups/coachlog-schema-{NEWEST}.db"] == "0o600"
    assert oct(copy.parent.stat().st_mode & 0o777) == "0o700"


def test_a_journal_of_the_first_release_is_upgraded(home: Path) -> None:
    path = of_first_release(home)
    assert words(Journal(home)) == ["Send the notes"]
    assert version(path) == NEWEST
    assert files(home) == ["backups/coachlog-schema-1.db", "coachlog.db"]


def test_an_existing_copy_is_never_overwritten(home: Path) -> None:
    """The journal that was copied is restored, changed and upgraded again."""
    path = of_first_release(home)
    words(Journal(home))
    copies = home / "backups"
    path.write_bytes((copies / "coachlog-schema-1.db").read_bytes())
    with closing(plain(path)) as db:
        db.execute("UPDATE action SET what = 'Rest'")
    assert words(Journal(home)) == ["Rest"]
    assert {name: promises_in(copies / name) for name in list_names(copies)} == {
        "coachlog-schema-1.db": ["Send the notes"],
        "coachlog-schema-1-2.db": ["Rest"],
    }


def test_no_copy_is_made_of_a_journal_that_another_process_has_just_upgraded(
    home: Path,
) -> None:
    """Its schema was read before that: a copy made now would be of the newest one."""
    of_first_release(home)
    journal = Journal(home)
    words(journal)
    (home / "backups" / "coachlog-schema-1.db").unlink()
    with closing(plain(journal.path)) as db:
        journal._opener.build_upgrade().upgrade_schema(db)
    assert files(home) == ["coachlog.db"]


@pytest.mark.parametrize("earlier", [True, False], ids=["an-earlier-copy", "no-other"])
def test_a_journal_with_dangling_rows_is_not_restored_from_its_own_copy(
    home: Path, *, earlier: bool
) -> None:
    path = of_first_release(home)
    if earlier:
        (home / "backups").mkdir()
        with closing(plain(path)) as db:
            db.execute(
                "VACUUM INTO ?", (str(home / "backups" / "coachlog-schema-1.db"),)
            )
    with closing(plain(path)) as db:
        db.execute(
            "INSERT INTO action_event (action_id, at, 'on', kind) "
            "VALUES (99, '2026-11-23', '2026-11-23', 'noted')"
        )
    errors = [outcome(lambda: words(Journal(home))) for _ in range(3)]
    assert {type(error) for error in errors} == {DamagedJournal}
    (hint,) = {error.hint for error in errors if error}
    assert (
        hint
        == "`coachlog check` says what is damaged, and what can be mended.\n"
        + (
            f"The newest good backup is {home / 'backups' / 'coachlog-schema-1.db'}. "
            "To put it in the journal's place (the damaged file is kept): coachlog backup restore"
            if earlier
            else f"There is no good copy in {home / 'backups'}. Keep the file, and restore "
            "coachlog.db from a backup of this computer."
        )
    )
    copy = (
        f"backups/coachlog-schema-1{'-2' if earlier else ''}.db"  # one, however often
    )
    assert files(home) == sorted({"backups/coachlog-schema-1.db", copy, "coachlog.db"})


KILLED = """
import os, signal, sys
from pathlib import Path
from store_builders import NOW
from coachlog.files import PartFile
from coachlog.store import schema
from coachlog.store.database import Journal

PartFile.flush = lambda part: os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "make":
    def die(script):
        os.kill(os.getpid(), signal.SIGKILL)
    schema.split_statements = die
with Journal(Path(sys.argv[1])).change(NOW, create=True) as change:
    change.db_session.connection()
"""


@pytest.mark.parametrize("what", ["upgrade", "make"])
def test_what_a_killed_upgrade_left_is_removed_by_the_next(
    home: Path, what: str
) -> None:
    """It is a copy of the whole journal, or the start of one."""
    if what == "upgrade":
        of_first_release(home)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home), what],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert [name for name in files(home) if name.endswith(".part")] != []
    add(Journal(home), "x", create=True)
    copies = ["backups/coachlog-schema-1.db"] if what == "upgrade" else []
    assert files(home) == [*copies, "coachlog.db"]


SECOND = (
    "INSERT INTO session (uid, status, template, title, template_hash, held_on, zone, created_at, "
    "updated_at) VALUES ('s', 'held', 'quick', 'Note', '', '2026-11-20', 'UTC', '2026-11-20', "
    "'2026-11-20')",
    "INSERT INTO action (uid, what, owner, private, status, carried, created_at, updated_at) "
    "VALUES ('a', 'Send the notes', 'me', 0, 'open', 0, '2026-11-20', '2026-11-20')",
    *(
        "INSERT INTO answer (session_id, position, stage, stage_title, prompt, question, kind, "
        f"value, private, key, health) VALUES (1, {place}, 'a', 'A', 'p{place}', '?', 'text', "
        f"'\"said {place}\"', 1, 0, 0)"
        for place in (1, 2, 3)
    ),
    *(
        "INSERT INTO action_event (action_id, session_id, at, 'on', kind, due, note) VALUES "
        f"(1, 1, '2026-11-20 09:30:00.000000', '2026-11-20', '{kind}', '2026-11-27', 'x')"
        for kind in ("made", "moved", "noted")
    ),
    "DELETE FROM answer WHERE id = 3",
    "DELETE FROM action_event WHERE id = 3",
)


def columns(db: Any, table: str) -> str:
    """Return the columns of a table, as a SELECT lists them."""
    return ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA table_info({table})"))


def test_rebuilt_tables_keep_every_row_and_never_reuse_a_number(home: Path) -> None:
    """The third schema rebuilds `answer` and `action_event`, with more kinds in their checks."""
    home.mkdir()
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as db:
        for step in ("0001_first.sql", "0002_goals_and_notes.sql"):
            for statement in split_statements(
                (MIGRATIONS / step).read_text(encoding="utf-8")
            ):
                db.execute(statement)
        for sql in SECOND:
            db.execute(sql)
        old_columns = {
            table: columns(db, table) for table in ("answer", "action_event")
        }
        before = {
            table: db.execute(f"SELECT {names} FROM {table} ORDER BY id").fetchall()
            for table, names in old_columns.items()
        }
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute("PRAGMA user_version=2")
        db.execute("PRAGMA journal_mode=WAL")
    journal = Journal(home)
    with journal.read() as db:
        session = session_queries.read_session(db, 1)
        assert [answer.value for answer in session.answers] == ["said 1", "said 2"]
        assert [e.kind for e in action_queries.read_action(db, 1).events] == [
            "made",
            "moved",
        ]
        added = {"answer": "slot_id", "action_event": "fate"}
        after = {
            table: db.execute(
                f"SELECT {names}, {added[table]} FROM {table} ORDER BY id"
            ).fetchall()
            for table, names in old_columns.items()
        }
        assert after == {
            table: [(*row, None) for row in rows] for table, rows in before.items()
        }
    with journal.change(NOW) as change:
        action_changes.insert_action_note(change, 1, "on its way", on=TODAY)
        hold(change, answers=[said("today", "x")])
    with closing(plain(journal.path)) as db:
        assert db.execute("SELECT max(id) FROM answer").fetchone() == (4,)
        assert db.execute("SELECT max(id) FROM action_event").fetchone() == (4,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_copy_made_before_a_migration_opens_as_a_journal(
    tmp_path: Path, home: Path, steps: Path
) -> None:
    with_promise(home)
    next_step(steps, "DELETE FROM action_event", "DELETE FROM action")
    assert words(Journal(home, steps)) == []
    back = tmp_path / "back"
    back.mkdir()
    (home / "backups" / f"coachlog-schema-{NEWEST}.db").rename(back / "coachlog.db")
    assert words(Journal(back)) == ["Send the notes"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("SELECT * FROM nowhere", id="wrong-sql"),
        pytest.param("INSERT INTO person (uid) VALUES ('x')", id="a-constraint"),
        pytest.param(
            "INSERT INTO action_event (uid, action_id, at, 'on', kind) "
            "VALUES ('e', 99, '2026-11-23', '2026-11-23', 'noted')",
            id="a-row-that-points-nowhere",
        ),
    ],
)
def test_a_step_that_fails_changes_nothing(home: Path, steps: Path, fault: str) -> None:
    journal = with_promise(home)
    before = journal.path.read_bytes()
    next_step(
        steps,
        "CREATE TABLE later (id INTEGER, row_sum INTEGER)",
        "UPDATE action SET what = 'changed'",
    )
    next_step(steps, fault)
    with pytest.raises((CoachlogError, dbapi2.Error)):
        words(Journal(home, steps))
    assert journal.path.read_bytes() == before
    assert words(journal) == ["Send the notes"]
    assert files(home) == [f"backups/coachlog-schema-{NEWEST}.db", "coachlog.db"]


def test_an_older_journal_is_not_upgraded_without_a_copy(
    home: Path, steps: Path
) -> None:
    path = with_promise(home).path
    (home / "backups").write_text("in the way of the folder")
    next_step(steps, "CREATE TABLE later (id INTEGER, row_sum INTEGER)")
    with pytest.raises(StorageFailure):
        words(Journal(home, steps))
    assert version(path) == NEWEST


def test_a_first_journal_whose_migrations_fail_is_not_left(
    home: Path, steps: Path
) -> None:
    next_step(steps, "SELECT * FROM nowhere")
    with pytest.raises(dbapi2.Error):
        add(Journal(home, steps), "x", create=True)
    assert files(home) == []
    add(Journal(home), "x", create=True)
    assert words(Journal(home)) == ["x"]


CUT_OFF = """
import os, sys
import coachlog.store.writing.session_changes
from pathlib import Path
from store_builders import NOW, TODAY
from coachlog.store import schema
from coachlog.store.database import Journal

given = schema.split_statements

def live(home, last):
    def until(script):
        for number, statement in enumerate(given(script), start=1):
            if number == last:
                os._exit(9)
            yield statement

    schema.split_statements = until
    with Journal(home).change(NOW, create=True):
        pass

for last in range(1, int(sys.argv[2]) + 1):
    child = os.fork()
    if child == 0:
        try:
            live(Path(sys.argv[1], str(last)), last)
        finally:
            os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
STATEMENTS = len(list(split_statements((MIGRATIONS / "0001_first.sql").read_text())))


def test_a_crash_while_the_first_journal_is_created_leaves_none(tmp_path: Path) -> None:
    """At every statement; the files left beside the journal do no harm."""
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(tmp_path), str(STATEMENTS)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        check=True,
    )
    assert done.stdout.splitlines() == ["9"] * STATEMENTS
    for last in range(1, STATEMENTS + 1):
        home = tmp_path / str(last)
        assert isinstance(outcome(lambda home=home: words(Journal(home))), NoJournal)  # type: ignore[misc]
        add(Journal(home), "x", create=True)
        assert words(Journal(home)) == ["x"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("A;\nB;\n", ["A;\n", "B;\n"], id="two"),
        pytest.param("A\n(b);\n", ["A\n(b);\n"], id="over-two-lines"),
        pytest.param("A 'x;\ny';\n", ["A 'x;\ny';\n"], id="a-semicolon-in-words"),
        pytest.param("-- why; really\nA;\n", ["-- why; really\nA;\n"], id="a-comment"),
        pytest.param("A;\nB", ["A;\n", "B"], id="without-the-last-semicolon"),
        pytest.param(
            "CREATE TRIGGER t BEGIN\n DELETE FROM a;\nEND;\nB;\n",
            ["CREATE TRIGGER t BEGIN\n DELETE FROM a;\nEND;\n", "B;\n"],
            id="a-trigger",
        ),
    ],
)
def test_statements(script: str, expected: list[str]) -> None:
    assert list(split_statements(script)) == expected


def test_moments_are_kept_in_utc_whatever_the_zone_of_the_clock(home: Path) -> None:
    from zoneinfo import ZoneInfo

    journal = with_promise(home)
    with journal.change(NOW.astimezone(ZoneInfo("Asia/Tokyo"))) as change:
        action_changes.insert_action_note(
            change, 1, "on its way", on=date(2026, 11, 23)
        )
    with journal.read() as db:
        assert [event.at for event in action_queries.read_action(db, 1).events] == [
            NOW,
            NOW,
        ]


def test_a_person_and_their_promise_outlive_a_second_opening(home: Path) -> None:
    with Journal(home).change(NOW, create=True) as change:
        hold(change, Promise("Send the notes", "them", FRIDAY), new=PRIYA)
    with Journal(home).change(NOW) as change:
        action_changes.mark_action_done(change, 1, on=TODAY)
    with Journal(home).read() as db:
        action = action_queries.read_action(db, 1)
    assert action.person == PersonRef(1, "Priya Shah")
    assert (action.status, action.closed_on) == ("done", TODAY)
