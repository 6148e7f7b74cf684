"""`coachlog doctor`: each state a home can be in, what is said of it, and that nothing is touched.

What the disk of this machine is like is left out of these reports: `MACHINE` names those things.
"""

import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.model.checkup import CheckState, Diagnosis
from coachlog.rules.places import DiskKind
from coachlog.services.checkups.copies import describe_second_place, read_backup_day
from coachlog.services.checkups.disk import describe_disk, format_bytes, judge_room
from coachlog.services.checkups.soundness import judge_engine
from coachlog.store import journal_look
from coachlog.store.disk_probing import (
    FreeRoom,
    find_synced_parents,
    keeps_others_out,
    read_device_layers,
)
from coachlog.store.journal_files import JournalFiles
from coachlog.store.schema import MIGRATIONS
from conftest import NOW, Ran, Run
from store_builders import with_promise
from test_store_database import of_first_release, open_to_all

MACHINE = {"engine", "place", "locks", "room", "encryption"}
SOURCE = str(Path(sys.modules["coachlog"].__file__ or "").parents[1])


def snap(folder: Path) -> list[tuple[object, ...]]:
    """Return all there is to see of a folder: names, times, modes, numbers and contents."""
    seen: list[tuple[object, ...]] = []
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        seen.append((path, status.st_ino, status.st_mode, status.st_mtime_ns, content))
    return seen


def findings(ran: Ran) -> dict[str, list[dict[str, Any]]]:
    """Return what was found by what it is about, without what is this machine's."""
    by_about: dict[str, list[dict[str, Any]]] = {}
    for finding in ran.json["findings"]:
        if finding["about"] not in MACHINE:
            by_about.setdefault(finding["about"], []).append(finding)
    return by_about


def states(ran: Ran) -> dict[str, list[str]]:
    return {
        about: [finding["state"] for finding in found]
        for about, found in findings(ran).items()
    }


# Where all is well


def test_a_home_in_order(example: Run) -> None:
    ran = example("doctor", "--json")
    assert states(ran) == {
        "journal": ["fine"],
        "search": ["fine"],
        "links": ["fine"],
        "writing": ["fine"],
        "files": ["fine"],
        "permissions": ["fine"],
        "clock": ["fine"],
        "backups": ["caution"],
        "second place": ["caution"],
        "leftovers": ["fine"],
        "templates": ["fine"],
        "settings": ["fine"],
    }
    assert "coachlog backup create" in findings(ran)["backups"][0]["mend"]
    is_wrong = any(finding["state"] == "wrong" for finding in ran.json["findings"])
    assert ran.code == int(is_wrong)


def test_json_has_the_same_fields_for_each_finding(example: Run, home: Path) -> None:
    ran = example("doctor", "--json")
    assert list(ran.json) == ["schema", "findings", "home", "coachlog"]
    assert ran.json["home"] == str(home)
    fields = {tuple(finding) for finding in ran.json["findings"]}
    assert fields == {("about", "state", "words", "mend", "mendable")}


def test_the_heaviest_comes_first(example: Run, home: Path) -> None:
    (home / "config.toml").write_text("pager = 3\nfoo = 1\n")
    found = example("doctor", "--json").json["findings"]
    order = [state.value for state in CheckState]
    ranks = [order.index(finding["state"]) for finding in found]
    assert ranks == sorted(ranks)
    assert found[0]["state"] == "wrong"


def test_in_a_pipe_it_is_a_line_for_each_with_four_fields(example: Run) -> None:
    lines = example("doctor").out.splitlines()
    assert {line.count("\t") for line in lines} == {3}
    assert "fine\tjournal\tSound: every value in it was read.\t" in lines


@pytest.mark.usefixtures("screen")
def test_on_a_screen_each_state_has_a_heading(example: Run, home: Path) -> None:
    (home / "config.toml").write_text("foo = 1\n")
    out = example("doctor").out
    assert out.startswith(str(home))
    assert out.index("Worth a look") < out.index("In order")
    assert "there is no setting foo" in out


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [60, 80])
def test_on_a_narrow_screen_no_command_and_no_path_that_fits_is_broken(
    example: Run, home: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """At 60 columns the column of words was 44 cells wide, and cut the name of a backup."""
    monkeypatch.setenv("COLUMNS", str(width))
    name = f"coachlog-2026-11-23-{'2' * 32}.db"
    (home / "backups").mkdir(exist_ok=True)
    (home / "backups" / name).write_bytes(b"no journal")
    (home / "prompts").mkdir()
    (home / "prompts" / "a-rather-long-name.toml").write_text("title = 1")
    lines = example("doctor").out.splitlines()
    assert any(name in line for line in lines)
    (check,) = [line.strip() for line in lines if "template check" in line]
    assert check.endswith("coachlog template check a-rather-long-name")
    assert max(map(len, lines)) <= max(width, len(str(home)))


@pytest.mark.parametrize("is_known", [False, True])
def test_a_second_place_that_is_not_made_yet_says_how(
    example: Run, tmp_path: Path, is_known: bool
) -> None:
    """It was said to be out, and to be copied to by itself; it never was."""
    folder = tmp_path / "stick" / "coachlog"
    folder.parent.mkdir()
    if is_known:
        folder.mkdir()
    example("config", "set", "backup.folder", str(folder))
    if is_known:
        folder.rename(tmp_path / "pulled out")
        ran = example("config", "set", "backup.folder", str(folder))
        assert ran.err.endswith("Backups are copied to it once it is.\n")
    (found,) = findings(example("doctor", "--json"))["second place"]
    assert ("coachlog backup create" in found["mend"]) is not is_known


# Journals that cannot be opened


def overwrite(home: Path, place: int, data: bytes) -> None:
    with (home / "coachlog.db").open("rb+") as file:
        file.seek(place)
        file.write(data)


def replace_journal(home: Path, make: Callable[[Path], object]) -> None:
    (home / "coachlog.db").unlink()
    make(home / "coachlog.db")


def make_foreign(path: Path) -> None:
    with closing(dbapi2.connect(str(path))) as db:
        db.execute("CREATE TABLE x (y)")


def set_version(home: Path, version: int) -> None:
    with closing(dbapi2.connect(str(home / "coachlog.db"))) as db:
        db.execute(f"PRAGMA user_version={version}")


def remove_home(home: Path) -> None:
    shutil.rmtree(home)


def put_a_file_in_place(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("a file")


def link_nowhere(home: Path) -> None:
    replace_journal(home, lambda path: path.symlink_to(path.parent / "gone.db"))


BROKEN = [
    pytest.param(
        lambda home: overwrite(home, 0, b"X"),
        "is damaged, or is not a journal",
        id="header",
    ),
    pytest.param(
        lambda home: overwrite(home, 4096, b"\xff" * 4096), "is damaged", id="a-page"
    ),
    pytest.param(
        lambda home: os.truncate(home / "coachlog.db", 20_000),
        "bytes are missing",
        id="cut-off",
    ),
    pytest.param(
        lambda home: os.truncate(home / "coachlog.db", 0), "is empty", id="empty"
    ),
    pytest.param(
        lambda home: replace_journal(home, Path.mkdir), "is a folder", id="a-folder"
    ),
    pytest.param(
        lambda home: replace_journal(home, os.mkfifo), "is not a file", id="a-pipe"
    ),
    pytest.param(
        lambda home: replace_journal(home, make_foreign),
        "is not a coachlog journal",
        id="another-programs",
    ),
    pytest.param(
        lambda home: set_version(home, 99),
        "a newer version of coachlog wrote it",
        id="newer",
    ),
    pytest.param(
        lambda home: (home / "coachlog.db").unlink(),
        "coachlog-home.txt beside it shows that there was one",
        id="missing",
    ),
    pytest.param(link_nowhere, "is a link to", id="a-link-to-nowhere"),
    pytest.param(put_a_file_in_place, "is a file", id="a-file-as-home"),
]


@pytest.mark.parametrize(("spoil", "words"), BROKEN)
@pytest.mark.parametrize("options", [(), ("--json",), ("--mend",)], ids=str)
def test_a_journal_that_cannot_be_used_is_reported_and_left_alone(
    example: Run,
    home: Path,
    spoil: Callable[[Path], object],
    words: str,
    options: tuple[str, ...],
) -> None:
    """With `--mend`, too: what is damaged is not put in order."""
    spoil(home)
    before = snap(home.parent)
    ran = example("doctor", *options)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert words in ran.out
    assert snap(home.parent) == before


BROKEN_OR_GONE = [
    *(pytest.param(state.values[0], id=state.id) for state in BROKEN),
    pytest.param(remove_home, id="no-home"),
]


@pytest.mark.parametrize("spoil", BROKEN_OR_GONE)
def test_help_and_the_version_need_no_journal(
    example: Run, home: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(home)
    before = snap(home.parent)
    for words in (("--help",), ("--version",), ("doctor", "--help"), ("help", "plan")):
        assert example(*words).code == 0
    assert snap(home.parent) == before


def test_where_there_is_no_home_nothing_is_wrong_with_a_journal(
    run: Run, home: Path
) -> None:
    ran = run("doctor", "--json")
    assert findings(ran)["journal"][0]["state"] == "caution"
    assert "There is no journal in" in findings(ran)["journal"][0]["words"]
    assert run("doctor", "--mend", "--json").json == ran.json
    assert not home.exists()


def test_the_newest_good_copy_of_a_damaged_journal_is_named(
    example: Run, home: Path
) -> None:
    (home / "backups").mkdir(0o700)
    copy = home / "backups" / "coachlog-2026-11-20.db"
    shutil.copy(home / "coachlog.db", copy)
    overwrite(home, 4096, b"\xff" * 4096)
    (found,) = findings(example("doctor", "--json"))["journal"]
    assert f"The newest good backup is {copy}." in found["mend"]


# Journals that others are at work on, or were


def test_an_earlier_schema_is_judged_and_not_upgraded(run: Run, home: Path) -> None:
    of_first_release(home)
    home.chmod(0o700)
    before = snap(home)
    assert states(run("doctor", "--json"))["journal"] == ["fine"]
    assert snap(home) == before


KILLED = """
import os, signal, sys
from datetime import date, timedelta
from pathlib import Path
from coachlog.store.database import Journal
from coachlog.store.writing import action_changes
from store_builders import NOW
from sqlcipher3 import dbapi2

journal = Journal(Path(sys.argv[1]))
reader = dbapi2.connect(str(journal.path))
reader.execute("SELECT 1 FROM person").fetchall()  # so that the log is not put in place
with journal.change(NOW + timedelta(days=1)) as change:
    action_changes.insert_action_note(change, 1, "half-way", on=date.today())
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(home: Path) -> Path:
    """A home in which a killed run left a log with the last change."""
    with_promise(home)
    path = os.pathsep.join([SOURCE, str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(home)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (home / "coachlog.db-wal").stat().st_size > 0
    return home


needs_memory = pytest.mark.skipif(
    not Path("/dev/shm").is_dir(), reason="a log is joined in memory"
)


@needs_memory
@pytest.mark.parametrize("has_index", [True, False])
def test_a_log_that_a_killed_run_left_is_looked_at_and_left(
    killed: Path, run: Run, has_index: bool
) -> None:
    if not has_index:
        (killed / "coachlog.db-shm").unlink()
    before = snap(killed)
    assert states(run("doctor", "--json"))["journal"] == ["fine"]
    assert snap(killed) == before
    assert not list(Path("/dev/shm").glob(f".coachlog-{os.getpid()}-*"))


@needs_memory
def test_a_log_with_a_flipped_bit_is_wrong_and_left(killed: Path, run: Run) -> None:
    log = killed / "coachlog.db-wal"
    data = bytearray(log.read_bytes())
    data[100] ^= 1
    log.write_bytes(data)
    before = snap(killed)
    assert states(run("doctor", "--json"))["journal"] == ["wrong"]
    assert snap(killed) == before


@needs_memory
def test_a_journal_that_is_looked_at_has_no_name_in_memory(killed: Path) -> None:
    """A run that is killed while it looks would leave a copy of it to others."""
    before = {*Path("/dev/shm").rglob("*")}
    with journal_look._open_untouched(JournalFiles(killed)) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (1,)
        assert {*Path("/dev/shm").rglob("*")} <= before


@needs_memory
def test_what_is_only_in_the_log_counts(killed: Path, run: Run) -> None:
    """The change there was made a day later than all that is in the journal's own file."""
    assert states(run("doctor", "--json"))["clock"] == ["wrong"]
    (killed / "coachlog.db-wal").unlink()
    assert states(run("doctor", "--json"))["clock"] == ["fine"]


def test_a_journal_in_use_is_looked_at(example: Run, home: Path) -> None:
    with closing(dbapi2.connect(str(home / "coachlog.db"))) as db:
        db.execute("BEGIN IMMEDIATE")
        assert states(example("doctor", "--json"))["journal"] == ["fine"]


# The clock


@pytest.mark.parametrize(
    ("moved", "state"),
    [
        (timedelta(days=-1), "wrong"),
        (timedelta(minutes=-6), "wrong"),
        (timedelta(minutes=-4), "fine"),
        (timedelta(days=400), "fine"),
    ],
    ids=str,
)
def test_a_clock_behind_the_last_change(
    example: Run, moved: timedelta, state: str
) -> None:
    ran = example("doctor", "--json", clock=lambda: NOW + moved)
    assert states(ran)["clock"] == [state]


# Who can read it, links, leftovers, the marker: what can be mended


def open_files(home: Path) -> None:
    (home / "coachlog.db").chmod(0o644)


def open_folder(home: Path) -> None:
    home.chmod(0o755)


def open_to_writers(home: Path) -> None:
    home.chmod(0o777)


def open_backups(home: Path) -> None:
    (home / "backups").mkdir(0o700)
    shutil.copy(home / "coachlog.db", home / "backups" / "coachlog-2026-11-23.db")
    (home / "backups").chmod(0o750)


def add_link(home: Path) -> None:
    (home.parent / "second.db").hardlink_to(home / "coachlog.db")


def add_leftover(home: Path) -> None:
    (home / ".coachlog-999999999-abcdefgh.part").write_bytes(b"half")


def remove_marker(home: Path) -> None:
    (home / "coachlog-home.txt").unlink()


MENDABLE = [
    (open_files, "permissions", "wrong"),
    (open_folder, "permissions", "caution"),
    (open_to_writers, "permissions", "wrong"),
    (open_backups, "permissions", "caution"),
    (add_link, "links", "wrong"),
    (add_leftover, "leftovers", "caution"),
    (remove_marker, "marker", "caution"),
]


@pytest.mark.parametrize(("spoil", "about", "state"), MENDABLE)
def test_what_is_harmless_is_mended_only_when_asked(
    example: Run, home: Path, spoil: Callable[[Path], object], about: str, state: str
) -> None:
    spoil(home)
    before = snap(home.parent)
    (found,) = findings(example("doctor", "--json"))[about]
    assert (found["state"], found["mendable"]) == (state, True)
    assert snap(home.parent) == before
    mended = example("doctor", "--mend", "--json")
    assert states(mended)[about][0] == "mended"
    again = states(example("doctor", "--json"))
    assert again.get(about, ["fine"]) == ["fine"]
    assert example("action", "list").code == 0


def test_nothing_to_mend_changes_nothing(example: Run, home: Path) -> None:
    before = snap(home.parent)
    assert "mended" not in str(states(example("doctor", "--mend", "--json")))
    assert snap(home.parent) == before


def test_a_folder_with_other_things_in_it_is_not_closed(
    example: Run, home: Path
) -> None:
    (home / "my letters").mkdir()
    home.chmod(0o755)
    (found,) = findings(example("doctor", "--json"))["permissions"]
    assert (found["mendable"], found["mend"]) == (
        False,
        f"To close it: chmod go= {home}",
    )
    (home / "coachlog.db").chmod(0o644)  # which is mended
    example("doctor", "--mend")
    assert stat.S_IMODE(home.stat().st_mode) == 0o755
    assert stat.S_IMODE((home / "coachlog.db").stat().st_mode) == 0o600


def test_mending_leaves_a_log_and_an_old_schema_alone(run: Run, home: Path) -> None:
    of_first_release(home)
    (home / "coachlog.db").chmod(0o644)
    ran = run("doctor", "--mend", "--json")
    assert states(ran)["permissions"][0] == "mended"
    with closing(dbapi2.connect(str(home / "coachlog.db"))) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)


# Backups


def add_backup(home: Path, name: str, content: bytes | None = None) -> Path:
    folder = home / "backups"
    folder.mkdir(0o700, exist_ok=True)
    path = folder / name
    path.write_bytes(content or (home / "coachlog.db").read_bytes())
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("coachlog-2026-11-23.db", "fine", "is of Mon 23 Nov (today)."),
        ("coachlog-2026-11-16.db", "fine", "is of Mon 16 Nov (7 days ago)."),
        ("coachlog-2026-11-15.db", "caution", "is of Sun 15 Nov (8 days ago)."),
        (
            "coachlog-2025-11-15-2.db",
            "caution",
            "is of Sat 15 Nov 2025 (373 days ago).",
        ),
    ],
)
def test_the_age_of_the_newest_good_backup(
    example: Run, home: Path, name: str, state: str, words: str
) -> None:
    add_backup(home, name)
    (found,) = findings(example("doctor", "--json"))["backups"]
    assert (found["state"], words in found["words"]) == (state, True)


def test_an_old_backup_of_a_journal_that_did_not_change_is_no_worry(
    example: Run, home: Path
) -> None:
    add_backup(home, "coachlog-2026-11-23.db")
    later = example("doctor", "--json", clock=lambda: NOW + timedelta(days=60))
    assert states(later)["backups"] == ["fine"]


def test_a_damaged_backup_is_named_and_an_older_good_one_counts(
    example: Run, home: Path
) -> None:
    good = add_backup(home, "coachlog-2026-11-20.db")
    bad = add_backup(home, "coachlog-2026-11-22.db", b"not a journal")
    os.utime(good, (1, 1))
    os.utime(bad, (2, 2))
    wrong, fine = findings(example("doctor", "--json"))["backups"]
    assert (wrong["state"], bad.name in wrong["words"]) == ("wrong", True)
    assert (fine["state"], good.name in fine["words"]) == ("fine", True)


def test_the_day_of_a_backup_without_one_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "coachlog-schema-7.db"
    path.touch()
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert read_backup_day(path, NOW) == date(2026, 11, 23)
    path = tmp_path / "coachlog-2026-13-45.db"
    path.touch()
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert read_backup_day(path, NOW) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days_behind", "is_same_disk", "state"),
    [
        (0, False, CheckState.FINE),
        (7, False, CheckState.FINE),
        (8, False, CheckState.CAUTION),
        (0, True, CheckState.CAUTION),
    ],
)
def test_what_is_said_of_a_second_place(
    days_behind: int, is_same_disk: bool, state: CheckState
) -> None:
    words = "The newest copy in /media/stick is of Mon 23 Nov (today)."
    diagnosis = describe_second_place(words, days_behind, is_same_disk=is_same_disk)
    assert (diagnosis.about, diagnosis.state) == ("second place", state)
    assert diagnosis.words.startswith(words)
    assert bool(diagnosis.mend) == (state is CheckState.CAUTION)


def name_second_place(run: Run, home: Path) -> Path:
    """Return a second place with a backup in it."""
    stick = home.parent / "stick"
    stick.mkdir(exist_ok=True)
    assert run("config", "set", "backup.folder", str(stick)).code == 0
    assert run("backup", "create").code == 0
    return stick


def take_for_another_journal(stick: Path) -> None:
    sign = stick / "coachlog-backups.txt"
    sign.write_text("Journal: 11111111-1111-1111-1111-111111111111\n")


def cut_off(stick: Path) -> None:
    (copy,) = stick.glob("*.db")
    os.truncate(copy, 4096)


def put_another_copy(stick: Path) -> None:
    (copy,) = stick.glob("*.db")
    other = with_promise(stick / "other")
    shutil.copy(other.path, copy)


def take_for_a_file(stick: Path) -> None:
    shutil.rmtree(stick)
    stick.touch()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (take_for_another_journal, "holds the backups of another journal"),
        (cut_off, "is damaged, or cannot be read."),
        (put_another_copy, "is of another journal."),
        (take_for_a_file, "is not a folder"),
    ],
)
def test_a_second_place_that_cannot_be_counted_on_is_wrong(
    example: Run, home: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(name_second_place(example, home))
    ran = example("doctor", "--json")
    worst, *others = findings(ran)["second place"]
    assert ran.code == 1
    assert (worst["state"], words in worst["words"]) == ("wrong", True)
    assert not any("The newest good copy" in other["words"] for other in others)


def test_an_older_good_copy_in_the_second_place_counts(
    example: Run, home: Path
) -> None:
    stick = name_second_place(example, home)
    (copy,) = stick.glob("*.db")
    shutil.copy(copy, stick / "coachlog-2026-11-20.db")
    cut_off_copy = copy
    os.truncate(cut_off_copy, 4096)
    wrong, other = findings(example("doctor", "--json"))["second place"]
    assert wrong["state"] == "wrong"
    assert "is of Fri 20 Nov" in other["words"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coachlog-2026-11-20-before-restore.db", "only those that restores made"),
        ("coachlog-2026-12-24.db", "no good backup of this journal of today or before"),
        (None, "There is no backup of this journal yet."),
    ],
)
def test_where_no_backup_is_of_today_or_before(
    example: Run, home: Path, name: str | None, words: str
) -> None:
    if name:
        add_backup(home, name)
    last = findings(example("doctor", "--json"))["backups"][-1]
    assert (last["state"], words in last["words"]) == ("caution", True)
    assert "backup create" in last["mend"]
    (home / "coachlog.db").write_bytes(b"")
    last = findings(example("doctor", "--json"))["backups"][-1]
    assert words in last["words"]
    assert "backup create" not in str(last["mend"])
    if name:
        short_name = name.removeprefix("coachlog-").removesuffix(".db")
        hint = example("action", "list").err
        assert f"coachlog backup restore {short_name}" in hint


# The files of a home


def put_folder(path: Path) -> None:
    path.mkdir()


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


def put_link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("name", ["journal.head", "home.lock"])
@pytest.mark.parametrize(
    ("put", "words"),
    [(put_folder, "a folder"), (put_pipe, "a pipe"), (put_link, "a link")],
)
def test_what_lies_in_the_place_of_a_file_is_wrong(
    example: Run, home: Path, name: str, put: Callable[[Path], None], words: str
) -> None:
    (home / name).unlink()
    put(home / name)
    ran = example("doctor", "--json")
    (diagnosis,) = findings(ran)["files"]
    assert (ran.code, diagnosis["state"]) == (1, "wrong")
    assert f"{home / name} is {words}" in diagnosis["words"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_a_file_of_another_user_is_wrong(example: Run, home: Path) -> None:
    os.chown(home / "journal.head", 65534, 65534)
    (diagnosis,) = findings(example("doctor", "--json"))["files"]
    assert diagnosis["state"] == "wrong"
    assert "belongs to another user" in diagnosis["words"]
    assert str(home / "journal.head") in diagnosis["mend"]


# Templates and settings


def test_a_faulty_template_is_named_with_what_shows_the_rest(
    example: Run, home: Path
) -> None:
    (home / "prompts").mkdir(0o700)
    (home / "prompts" / "bad.toml").write_text("x = 1\n")
    (found,) = findings(example("doctor", "--json"))["templates"]
    assert found["state"] == "wrong"
    assert found["words"].startswith(f"{home}/prompts/bad.toml cannot be used: unknown")
    assert found["mend"].endswith(": coachlog template check bad")


def test_settings_that_cannot_be_read(example: Run, home: Path) -> None:
    (home / "config.toml").write_text("= =")
    (found,) = findings(example("doctor", "--json"))["settings"]
    assert (found["state"], "The defaults are used." in found["words"]) == (
        "wrong",
        True,
    )


def test_settings_with_a_wrong_value_and_an_unknown_key(
    example: Run, home: Path
) -> None:
    (home / "config.toml").write_text("pager = 3\nhome.kees = true\n")
    wrong, unknown = findings(example("doctor", "--json"))["settings"]
    assert (wrong["state"], unknown["state"]) == ("wrong", "caution")
    assert wrong["mend"].endswith(": coachlog config unset pager")
    assert "Did you mean home.keys?" in unknown["words"]


def test_a_path_of_any_bytes_is_shown(tmp_path: Path, run: Run) -> None:
    home = os.fsdecode(os.fsencode(tmp_path) + b"/h\xe9")
    ran = run("--home", home, "doctor", "--json")
    assert "h\\xe9" in ran.json["home"]
    assert ran.code in (0, 1)


# The disk, from values that no machine need have


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (DiskKind.LOCAL, CheckState.FINE),
        (DiskKind.NETWORK, CheckState.WRONG),
        (DiskKind.SHARED, CheckState.WRONG),
        (DiskKind.MEMORY, CheckState.CAUTION),
        (DiskKind.UNKNOWN, CheckState.UNKNOWN),
    ],
)
def test_what_is_said_of_a_disk(kind: DiskKind, state: CheckState) -> None:
    diagnosis = describe_disk(kind, "/x/coachlog.db", "somefs")
    assert (diagnosis.state, "(somefs)" in diagnosis.words) == (state, True)


MB = 1_000_000


@pytest.mark.parametrize(
    ("free", "has_no_names", "size", "state"),
    [
        (0, False, 0, CheckState.WRONG),
        (1 * MB, False, 0, CheckState.WRONG),
        (2 * MB, False, 0, CheckState.CAUTION),
        (30 * MB, False, 1 * MB, CheckState.FINE),
        (30 * MB, False, 40 * MB, CheckState.WRONG),
        (100 * MB, False, 40 * MB, CheckState.CAUTION),
        (900 * MB, True, 1 * MB, CheckState.WRONG),
    ],
)
def test_how_much_room_is_enough(
    free: int, has_no_names: bool, size: int, state: CheckState
) -> None:
    assert judge_room(FreeRoom(free, has_no_names), size).state is state


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 kB"),
        (640_000, "640 kB"),
        (1_500_000, "1.5 MB"),
        (84_000_000_000, "84 GB"),
        (2_000_000_000_000, "2,000 GB"),
    ],
)
def test_bytes_as_people_say_them(count: int, words: str) -> None:
    assert format_bytes(count) == words


def test_an_engine_with_the_bug_is_wrong() -> None:
    assert judge_engine("3.51.1") == Diagnosis(
        "engine",
        CheckState.WRONG,
        "SQLite 3.51.1 can lose changes when two coachlogs write at one moment (its WAL-reset "
        "bug).",
        "To update coachlog on this machine: pipx upgrade coachlog",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="locks of a handle are Linux's")
def test_a_lock_that_works_keeps_others_out(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"")
    before = snap(tmp_path)
    assert keeps_others_out(file)
    assert keeps_others_out(file), "the lock is gone again"
    assert snap(tmp_path) == before


def test_a_program_for_syncing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_synced_parents(str(inner)) == {str(tmp_path): "Syncthing"}


def test_a_home_that_is_synced_is_wrong(tmp_path: Path, run: Run) -> None:
    """By the real path: the link has a name of which nobody would think it."""
    (tmp_path / "OneDrive - Ward").mkdir()
    (tmp_path / "journal").symlink_to(tmp_path / "OneDrive - Ward")
    home = tmp_path / "journal"
    with_promise(home)
    ran = run("--home", str(home), "doctor", "--json")
    places = [f for f in ran.json["findings"] if f["about"] == "place"]
    assert (ran.code, "is in a folder of OneDrive" in str(places)) == (1, True)


def test_the_layers_of_a_disk_are_read_from_sysfs(tmp_path: Path) -> None:
    """A partition on a whole disk, with LVM on dm-crypt above it."""
    disk = tmp_path / "devices" / "sda"
    partition = disk / "sda1"
    crypt, lvm = tmp_path / "devices" / "dm-0", tmp_path / "devices" / "dm-1"
    for device, uuid in ((crypt, "CRYPT-LUKS2-0-x"), (lvm, "LVM-abc")):
        (device / "dm").mkdir(parents=True)
        (device / "dm" / "uuid").write_text(f"{uuid}\n")
        (device / "slaves").mkdir()
    partition.mkdir(parents=True)
    (partition / "partition").write_text("1\n")
    (disk / "slaves").mkdir()
    (crypt / "slaves" / "sda1").symlink_to(partition)
    (lvm / "slaves" / "dm-0").symlink_to(crypt)
    layer = read_device_layers(lvm)
    assert layer.uuid == "LVM-abc"
    assert [lower.uuid for lower in layer.lower_layers] == ["CRYPT-LUKS2-0-x"]
    (plain,) = layer.lower_layers[0].lower_layers
    assert [lower.uuid for lower in plain.lower_layers] == [""]


# A user without a home

HOMELESS = """
import os, sys
from coachlog.cli import run

def ran(*words):
    sys.argv = ["coachlog", *words]
    return run()

home = sys.argv[1]
ran("--home", home, "doctor")  # what is loaded now need not be read from closed folders
os.environ.clear()
os.setgid(64123)
os.setuid(64123)
print("@@@", ran("doctor"), ran("--version"), ran("--help"))
print("@@@", ran("--home", home, "doctor"))
"""


@pytest.mark.skipif(
    os.getuid() != 0
    or not open_to_all(MIGRATIONS / "0001_first.sql")
    or 64123 in (user.pw_uid for user in pwd.getpwall()),
    reason="only root can become a user that is not there",
)
def test_a_user_without_a_home_is_told_to_choose_a_folder(reachable: Path) -> None:
    home = with_promise(reachable / "home").home
    for path in (home, *home.iterdir()):
        os.chown(path, 64123, 64123)
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS, str(home)],
        cwd=reachable,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )
    assert "@@@ 2 0 0" in done.stdout, done.stderr
    assert "This user has no home folder" in done.stderr
    assert "Something went wrong" not in done.stderr
    assert "fine\tjournal\tSound" in done.stdout.partition("@@@ 2 0 0")[2]
    assert sorted(path.name for path in reachable.iterdir()) == ["home"]


# As an ordinary user, whom modes keep out


AS_ORDINARY_USER = """
import os, sys
from coachlog.cli import run

def ran(home):
    sys.argv = ["coachlog", "--home", home, "doctor", "--json"]
    return run()

other, home = sys.argv[1:]
ran(other)  # what is loaded now need not be read from folders that only root may read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print("@@@")
print(ran(home))
"""


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user can reach; pytest's own are closed to all but one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(
    os.getuid() == 0 and not open_to_all(MIGRATIONS / "0001_first.sql"),
    reason="root gives up its rights for this test, and could not read coachlog's files then",
)
@pytest.mark.parametrize(
    ("home_mode", "file_mode", "about", "words"),
    [
        pytest.param(
            0o000, 0o600, "journal", "Permission denied", id="unreadable-home"
        ),
        pytest.param(
            0o700, 0o000, "journal", "Permission denied", id="unreadable-file"
        ),
        pytest.param(0o500, 0o600, "writing", "cannot write to", id="read-only-home"),
        pytest.param(0o700, 0o400, "writing", "cannot write to", id="read-only-file"),
    ],
)
def test_what_an_ordinary_user_may_not_read_or_write(
    reachable: Path, home_mode: int, file_mode: int, about: str, words: str
) -> None:
    other = with_promise(reachable / "other").home
    home = with_promise(reachable / "home").home
    (home / "coachlog.db").chmod(file_mode)
    home.chmod(home_mode)
    if os.getuid() == 0:
        for path in (other, *other.iterdir(), home, *home.iterdir()):
            os.chown(path, 65534, 65534)
    done = subprocess.run(
        [sys.executable, "-c", AS_ORDINARY_USER, str(other), str(home)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )
    report, _, code = done.stdout.partition("@@@\n")[2].rpartition("}")
    found = json.loads(report + "}")["findings"]
    assert int(code) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert words in str(
        [f for f in found if (f["about"], f["state"]) == (about, "wrong")]
    )
    home.chmod(0o700)
    assert sorted(path.name for path in home.iterdir()) == [
        "coachlog-home.txt",
        "coachlog.db",
        "home.lock",
        "journal.head",
    ]
