"""A home in odd states: what is missing, left behind, open to others, or cannot be locked."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.errors import (
    CoachlogError,
    DamagedJournal,
    JournalLocked,
    NoJournal,
    StorageFailure,
)
from coachlog.store.database import Journal
from coachlog.store.journal_files import MARKER_FILE
from coachlog.store.opening import JournalOpener
from coachlog.store.reading import action_queries
from coachlog.store.writing import action_changes
from store_builders import NOW, PRIYA, TODAY, hold, with_promise
from test_files import gone
from test_store_upgrade import SCHEMAS, earlier

SOURCE = str(Path(sys.modules["coachlog"].__file__ or "").parents[1])


def note(home: Path, words: str = "on its way") -> list[str]:
    """Change the journal, and return what was told on the way."""
    told: list[str] = []
    with Journal(home, tell=told.append).change(NOW) as change:
        action_changes.insert_action_note(change, 1, words, on=TODAY)
    return told


def list_notes(home: Path) -> list[str | None]:
    with Journal(home).read() as db:
        events = action_queries.read_action(db, 1).events
    return [event.note for event in events if event.kind == "noted"]


def run_coachlog(
    home: Path | str, *words: str, before: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*before, sys.executable, "-m", "coachlog", "--home", str(home), *words],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )


# The marker


def test_a_journal_and_its_marker_are_made_together(home: Path) -> None:
    with_promise(home)
    names = sorted(path.name for path in home.iterdir())
    assert names == ["coachlog-home.txt", "coachlog.db", "home.lock", "journal.head"]
    assert stat.S_IMODE((home / MARKER_FILE).stat().st_mode) == 0o600
    assert "never begins an empty journal" in (home / MARKER_FILE).read_text()


def test_a_journal_of_an_earlier_version_gets_a_marker_with_its_next_change(
    home: Path,
) -> None:
    with_promise(home)
    (home / MARKER_FILE).unlink()
    list_notes(home)
    assert not (home / MARKER_FILE).exists()
    note(home)
    assert (home / MARKER_FILE).exists()


def test_a_marker_that_cannot_be_written_stops_no_change(home: Path) -> None:
    with_promise(home)
    (home / MARKER_FILE).unlink()
    (home / MARKER_FILE).symlink_to(home / "nowhere" / "else")
    note(home)
    assert list_notes(home) == ["on its way"]


def move_away(home: Path) -> None:
    (home / "coachlog.db").rename(home.parent / "elsewhere.db")


def leave_a_dangling_link(home: Path) -> None:
    move_away(home)
    (home / MARKER_FILE).unlink()
    (home / "coachlog.db").symlink_to(home.parent / "nowhere.db")


def leave_backups(home: Path) -> None:
    move_away(home)
    (home / MARKER_FILE).unlink()
    (home / "backups").mkdir()
    shutil.copy(home.parent / "elsewhere.db", home / "backups" / "coachlog-1.db")


def leave_a_log(home: Path) -> None:
    move_away(home)
    (home / MARKER_FILE).unlink()
    (home / "coachlog.db-wal").write_bytes(b"x" * 5000)


def unplug_the_disk(home: Path) -> None:
    home.rename(home.parent / "disk")
    home.symlink_to(home.parent / "nowhere")


TRACES = [move_away, leave_a_dangling_link, leave_backups, leave_a_log, unplug_the_disk]


@pytest.mark.parametrize("lose", TRACES)
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("person", "list"),
        ("person", "add", "Ann Obi", "-r", "peer"),
        ("plan", "show", "priya"),
    ],
    ids=" ".join,
)
def test_a_missing_journal_is_neither_replaced_nor_greeted_as_a_first_use(
    home: Path, lose: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    with_promise(home)
    lose(home)
    ran = run_coachlog(home, *words)
    assert (ran.returncode, ran.stdout) == (10, "")
    assert f"{home / 'coachlog.db'} is missing: " in ran.stderr
    assert "No empty journal has been put in its place." in ran.stderr
    assert not (home / "coachlog.db").is_file()


def test_the_newest_good_copy_is_named_where_the_journal_is_missing(home: Path) -> None:
    with_promise(home)
    leave_backups(home)
    (home / "backups" / "coachlog-2.db").write_bytes(b"not a journal")
    with pytest.raises(NoJournal) as caught:
        note(home)
    copy = home / "backups" / "coachlog-1.db"
    assert f"put the newest good backup, {copy}, in its place" in (
        caught.value.hint or ""
    )
    shutil.copy(copy, home / "coachlog.db")
    note(home)
    assert list_notes(home) == ["on its way"]


def test_a_journal_that_came_back_is_used_as_before(home: Path) -> None:
    with_promise(home)
    move_away(home)
    with pytest.raises(NoJournal):
        note(home)
    (home.parent / "elsewhere.db").rename(home / "coachlog.db")
    note(home)
    assert list_notes(home) == ["on its way"]


@pytest.mark.parametrize("own", ["prompts", "config.toml"])
def test_own_templates_and_settings_alone_are_no_trace_of_a_journal(
    home: Path, own: str
) -> None:
    home.mkdir()
    (home / own).mkdir()
    assert Journal(home).exists() is False
    assert "Welcome" in run_coachlog(home).stdout


def test_a_journal_reached_by_a_link_keeps_its_log_beside_the_file(
    home: Path, tmp_path: Path
) -> None:
    """Where it cannot be written to, what is still in the log has to be read all the same."""
    with_promise(home)
    other = tmp_path / "other"
    other.mkdir()
    (other / "coachlog.db").symlink_to(home / "coachlog.db")
    assert Journal(other).files.log == Path(f"{os.path.realpath(home)}/coachlog.db-wal")
    note(other)
    assert list_notes(home) == ["on its way"]


# Odd places


@pytest.mark.parametrize(
    ("place", "message"),
    [
        pytest.param("a/" * 1500, "is too long a path for a journal", id="1500-parts"),
        pytest.param("b" * 300, "is too long a path for a journal", id="a-long-name"),
    ],
)
def test_a_path_too_long_for_a_journal_is_refused_before_anything_is_made(
    tmp_path: Path, place: str, message: str
) -> None:
    for words in ((), ("person", "add", "Ann", "-r", "peer"), ("template", "list")):
        ran = run_coachlog(f"{tmp_path}/{place}", *words)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert message in ran.stderr
        assert len(ran.stderr) < 400
    assert list(tmp_path.iterdir()) == []


def test_a_path_of_the_longest_length_holds_a_journal_and_its_backups(
    tmp_path: Path,
) -> None:
    home = tmp_path
    while len(os.fsencode(home)) < 420:
        home /= "d" * min(100, 440 - len(os.fsencode(home)) - 1)
    ran = run_coachlog(home, "person", "add", "Ann Obi", "-r", "peer")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert run_coachlog(home, "person", "list").returncode == 0


@pytest.mark.parametrize("words", [(), ("person", "list"), ("person", "add", "A")])
def test_a_file_where_the_home_should_be_is_said_to_be_one(
    home: Path, words: tuple[str, ...]
) -> None:
    home.write_text("a file")
    for place in (home, home / "below"):
        ran = run_coachlog(place, *words)
        assert ran.returncode in (1, 2)
        assert ran.stdout == ""
        if ran.returncode == 1:
            assert f"{home} is a file, so {place} cannot hold a journal." in ran.stderr
    assert home.read_text() == "a file"


def test_the_home_of_an_unknown_user_is_said_to_be_one() -> None:
    ran = run_coachlog("~nosuchuser/x", "person", "list")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "names the home of a user who is not known here" in ran.stderr


# Open to others


@pytest.mark.parametrize("mode", [0o644, 0o666, 0o640, 0o604])
def test_a_journal_that_others_can_read_is_closed_to_them_and_that_is_said(
    home: Path, mode: int
) -> None:
    path = with_promise(home).path
    path.chmod(mode)
    assert note(home) == [
        f"{path} could be read by other users of this computer. "
        "From now on, only you can read it."
    ]
    assert stat.S_IMODE(path.stat().st_mode) == mode & 0o700
    assert note(home) == []


def test_backups_that_others_can_read_are_closed_to_them_too(home: Path) -> None:
    path = with_promise(home).path
    (home / "backups").mkdir()
    copy = home / "backups" / "coachlog-schema-1.db"
    shutil.copy(path, copy)
    copy.chmod(0o644)
    assert [words.split()[0] for words in note(home)] == [str(copy)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


# A second name


def test_a_hard_linked_journal_gets_a_file_of_its_own_and_that_is_said(
    home: Path, tmp_path: Path
) -> None:
    path = with_promise(home).path
    other = tmp_path / "other.db"
    other.hardlink_to(path)
    (words,) = note(home)
    assert words.startswith(f"{path} had a second name on this disk (a hard link)")
    assert (path.stat().st_nlink, other.stat().st_nlink) == (1, 1)
    assert list_notes(home) == ["on its way"]
    assert note(home, "again") == []
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(other, elsewhere / "coachlog.db")
    assert list_notes(elsewhere) == []


def test_what_was_in_the_log_is_in_both_files_after_they_are_separated(
    home: Path, tmp_path: Path
) -> None:
    """As a run that was killed leaves it."""
    path = with_promise(home).path
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom test_store_home import note\n"
        "from coachlog.store.database import Journal\n"
        "with Journal(Path(sys.argv[1])).read():\n"
        "    note(Path(sys.argv[1]), 'in the log')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([SOURCE, str(Path(__file__).parent)])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert (home / "coachlog.db-wal").stat().st_size > 0
    (tmp_path / "other.db").hardlink_to(path)
    note(home)
    assert list_notes(home) == ["in the log", "on its way"]


# Left behind


@pytest.mark.parametrize("folder", [".", "backups", "prompts"])
def test_what_a_killed_run_left_in_the_home_is_swept_by_the_next_change(
    home: Path, folder: str
) -> None:
    with_promise(home)
    (home / folder).mkdir(exist_ok=True)
    names = [f".coachlog-{gone()}-a1b2c3d4.part{end}" for end in ("", "-journal")]
    for name in names:
        (home / folder / name).write_text("a whole copy")
    list_notes(home)
    assert all((home / folder / name).exists() for name in names)
    note(home)
    assert not any((home / folder / name).exists() for name in names)


def test_what_a_running_process_is_writing_is_not_swept(home: Path) -> None:
    with_promise(home)
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom coachlog import files\n"
        "with files.open_part_file(Path(sys.argv[1])) as part:\n"
        "    print(part.path, flush=True)\n    sys.stdin.read()\n"
        "    part.fill('whole')\n    part.publish(force=False)\n"
    )
    target = home / "page.md"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
    ) as writer:
        assert writer.stdout is not None
        part = Path(writer.stdout.readline().strip())
        note(home)
        assert part.exists()
        writer.communicate("")
    assert target.read_text() == "whole"


def test_what_a_killed_export_left_is_swept_by_the_next_into_that_folder(
    home: Path, tmp_path: Path
) -> None:
    with Journal(home).change(NOW, create=True) as change:
        hold(change, new=PRIYA)
    leftover = tmp_path / f".coachlog-{gone()}-a1b2c3d4.part"
    leftover.write_text("half a plan")
    target = str(tmp_path / "plan.md")
    ran = run_coachlog(home, "plan", "export", "priya", "--output", target)
    assert ran.returncode == 0
    assert not leftover.exists()


# A disk without locks

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="there is no `strace` here"
)


@needs_strace
@pytest.mark.parametrize("words", [("action", "list"), ("action", "done", "1")])
def test_a_disk_that_keeps_no_locks_is_said_to_keep_none(
    home: Path, words: tuple[str, ...]
) -> None:
    with_promise(home)
    shutil.copytree(home, home.parent / "copy")
    log = home.parent / "calls"
    watch = ("strace", "-o", str(log), "-e", "trace=fcntl")
    run_coachlog(home.parent / "copy", *words, before=watch)
    calls = [line for line in log.read_text().splitlines() if "fcntl(" in line]
    # Python makes such calls too as it starts, and would not start without.
    first_lock = next(n for n, call in enumerate(calls, start=1) if "F_SETLK" in call)
    refuse = ("-e", f"inject=fcntl:error=ENOLCK:when={first_lock}+")
    ran = run_coachlog(home, *words, before=("strace", "-o", str(log), *refuse))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert f"The disk with {home} keeps no locks" in ran.stderr
    assert "another coachlog" not in ran.stderr.casefold()


def test_a_journal_that_is_locked_is_said_to_be_locked(home: Path) -> None:
    path = with_promise(home).path
    code = (
        "import sys\nfrom sqlcipher3 import dbapi2\n"
        "db = dbapi2.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('BEGIN IMMEDIATE')\nprint('locked', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        began = time.monotonic()
        ran = run_coachlog(home, "action", "done", "1")
        assert time.monotonic() - began >= 5
        other.communicate("")
    assert ran.returncode == 11
    assert ran.stderr.startswith("Another coachlog is writing to the journal")


def test_a_file_replaced_while_a_change_waited_loses_nothing(home: Path) -> None:
    """The change would have gone to a file that no longer has a name."""
    path = with_promise(home).path
    journal = Journal(home)
    opened = journal._open_to_write

    def open_late() -> object:
        connection = opened()
        shutil.copy(path, home / "new.db")
        (home / "new.db").replace(path)
        return connection

    journal._open_to_write = open_late  # type: ignore[method-assign]
    with (
        pytest.raises(Exception, match="in the journal's place"),
        journal.change(NOW) as change,
    ):
        action_changes.insert_action_note(change, 1, "lost", on=TODAY)
    assert list_notes(home) == []
    assert note(home) == []


def test_a_place_that_cannot_be_written_to_says_so_before_a_word_is_typed(
    home: Path,
) -> None:
    home.write_text("a file")
    with pytest.raises(StorageFailure):
        Journal(home).require_writable_home()


# What is damaged, or another program's, is left as it is


def copy_of_every_file(home: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.name: (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in home.iterdir()
    }


def zero_a_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:8192] = bytes(4096)
    path.write_bytes(data)


def raise_the_version(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(data)


def name_another_program(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[68:72] = b"SONG"
    path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil", [zero_a_page, raise_the_version, name_another_program]
)
def test_only_a_journal_that_can_be_used_is_put_in_order(
    home: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = with_promise(home).path
    (home / MARKER_FILE).unlink()
    spoil(path)
    path.chmod(0o644)
    (tmp_path / "other.db").hardlink_to(path)
    before = copy_of_every_file(home)
    told: list[str] = []
    with pytest.raises(CoachlogError), Journal(home, tell=told.append).change(NOW):
        pass
    assert copy_of_every_file(home) == before
    assert path.stat().st_nlink == 2
    assert told == []


def test_a_copy_with_the_same_damage_is_not_offered(home: Path) -> None:
    path = with_promise(home).path
    (home / "backups").mkdir()
    for number, spoilt in enumerate([False, True]):
        copy = home / "backups" / f"coachlog-{number}.db"
        shutil.copy(path, copy)
        if spoilt:
            with closing(dbapi2.connect(copy, isolation_level=None)) as db:
                db.execute("UPDATE action SET due = 'never'")
        os.utime(copy, (number, number))
    (home / "backups" / "odd.db").symlink_to("/nowhere")
    os.mkfifo(home / "backups" / "pipe.db")
    path.write_bytes(b"")
    with pytest.raises(DamagedJournal) as caught:
        note(home)
    assert f"The newest good backup is {home / 'backups' / 'coachlog-0.db'}. " in (
        caught.value.hint or ""
    )


def test_a_dangling_marker_is_a_trace_too(home: Path) -> None:
    home.mkdir()
    (home / MARKER_FILE).symlink_to("/nowhere")
    with pytest.raises(NoJournal):
        Journal(home).exists()


def test_a_log_left_alone_is_named_so_that_it_can_be_moved_away(home: Path) -> None:
    with_promise(home)
    leave_a_log(home)
    with pytest.raises(NoJournal) as caught:
        note(home)
    assert (caught.value.hint or "").endswith(
        "or move coachlog.db-wal to a safe place first."
    )


def test_something_else_in_place_of_the_backups_is_named(home: Path) -> None:
    earlier(home, max(SCHEMAS) - 1)
    (home / "backups").write_text("a file")
    with pytest.raises(StorageFailure, match="backups is not a folder"):
        note(home)


def test_a_journal_that_is_just_being_created_has_no_second_name(home: Path) -> None:
    """Its part has the same file until it is removed."""
    path = with_promise(home).path
    part = home / f".coachlog-{os.getppid()}-a1b2c3d4.part"
    part.hardlink_to(path)
    assert note(home) == []
    assert path.stat().st_ino == part.stat().st_ino
    assert list_notes(home) == ["on its way"]


# Another file in the journal's place


def swap(home: Path, other: Path) -> None:
    """Put another journal in the place of this one, as a restore does."""
    for suffix in ("-wal", "-shm"):
        Path(f"{home / 'coachlog.db'}{suffix}").unlink(missing_ok=True)
    other.replace(home / "coachlog.db")


def note_and(home: Path, act: Callable[[], object]) -> None:
    """Change the journal, and do something else before the change is committed."""
    with Journal(home).change(NOW) as change:
        action_changes.insert_action_note(change, 1, "lost", on=TODAY)
        act()


@pytest.fixture
def restored(home: Path, tmp_path: Path) -> Path:
    """Return another journal, in which a note says so, to put in the place of the first."""
    with_promise(home)
    shutil.copytree(home, tmp_path / "other")
    note(tmp_path / "other", "restored")
    return tmp_path / "other" / "coachlog.db"


def test_a_change_is_not_committed_into_a_file_that_was_replaced_meanwhile(
    home: Path, restored: Path
) -> None:
    with pytest.raises(JournalLocked) as error:
        note_and(home, lambda: swap(home, restored))
    assert "This was not saved." in error.value.message
    assert list_notes(home) == ["restored"]
    note(home)
    assert list_notes(home) == ["restored", "on its way"]


def test_a_change_is_not_committed_where_the_file_has_lost_its_name(
    home: Path,
) -> None:
    path = with_promise(home).path
    with pytest.raises(JournalLocked):
        note_and(home, lambda: path.rename(path.with_name("away.db")))


def test_a_file_replaced_while_it_is_opened_is_opened_again(
    home: Path, restored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be read together with the log of the other one."""
    open_to_read = JournalOpener.open_to_read
    openings = []

    def open_as_it_is_replaced(opener: JournalOpener) -> Any:
        connection = open_to_read(opener)
        openings.append(connection)
        if len(openings) == 1:
            swap(home, restored)
            note(home)
        return connection

    note(home, "old")
    monkeypatch.setattr(JournalOpener, "open_to_read", open_as_it_is_replaced)
    assert list_notes(home) == ["restored", "on its way"]
    assert len(openings) > 1
