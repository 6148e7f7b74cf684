"""A disk that takes no more: it says so, nothing saved is lost, and it goes on afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from coachlog.store.database import Journal
from coachlog.store.reading import session_queries
from store_builders import files, with_promise
from waiting import LIMIT

SAFE = "Everything saved before this is safe"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Host:
    """Runs commands in processes of their own, without loading SQLModel for each."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "host.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._process.communicate(timeout=LIMIT)

    def run(
        self, home: Path, *args: str, words: str = "", size: int | None = None
    ) -> Ran:
        """Run a command that may write no file beyond a size, as a quota has it."""
        line = {"args": ["--home", str(home), *args], "input": words, "size": size}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        return Ran(*json.loads(self._process.stdout.readline()))

    def talk(self, home: Path, words: str, size: int | None = None) -> Ran:
        """Record a conversation in which these words were said."""
        given = {
            "person": "Priya Shah",
            "relationship": "report",
            "template": "grow",
            "answers": {"goal.today": words},
        }
        return self.run(
            home, "session", "new", "--answers", "-", words=json.dumps(given), size=size
        )


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


def said(home: Path) -> list[object]:
    """Return what was said in each session, oldest first."""
    with Journal(home).read() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [
            s.answers[0].value
            for s in reversed(
                session_queries.read_whole_sessions(
                    db, [one.id for one in session_queries.read_sessions(db)]
                )
            )
        ]


def assert_clear(ran: Ran) -> None:
    assert ran.code == 1
    assert ran.out == ""
    assert SAFE in ran.err
    assert "free" in ran.err.casefold()
    assert "Traceback" not in ran.err
    assert "went wrong inside" not in ran.err


def test_a_file_that_cannot_grow_keeps_what_it_had(host: Host, home: Path) -> None:
    assert host.talk(home, "first").code == 0
    assert_clear(host.talk(home, "x" * 60_000, 40_000))
    assert said(home) == ["first"]
    assert host.talk(home, "second").code == 0
    assert said(home) == ["first", "second"]
    assert files(home) == ["coachlog.db"]


@pytest.mark.parametrize("size", [0, 4_096, 20_000, 60_000])
def test_no_room_for_a_first_journal_leaves_nothing_half_made(
    host: Host, home: Path, size: int
) -> None:
    assert_clear(host.talk(home, "x" * 60_000, size))
    assert files(home) == []
    assert host.talk(home, "first").code == 0
    assert said(home) == ["first"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB in memory; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", "size=1000k,mode=700", "tmpfs", str(place)]
    try:
        made = subprocess.run(line, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `mount` here")
    if made.returncode:
        pytest.skip(f"a small disk cannot be made here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill_up(disk: Path) -> Path:
    """Leave no byte free, and return the file that takes them."""
    hog = disk / "hog"
    with hog.open("wb", buffering=0) as handle:
        try:
            while True:
                handle.write(b"x" * 4096)
        except OSError:
            return hog


def test_a_full_disk_keeps_what_it_had_and_goes_on_when_there_is_room(
    host: Host, tiny_disk: Path
) -> None:
    home = tiny_disk / "home"
    assert host.talk(home, "first").code == 0
    hog = fill_up(tiny_disk)
    full = host.talk(home, "x" * 60_000)
    assert_clear(full)
    assert "disk" in full.err
    hog.unlink()
    assert said(home) == ["first"]
    assert host.talk(home, "second").code == 0
    assert said(home) == ["first", "second"]
    assert files(home) == ["coachlog.db"]


def test_on_a_full_disk_the_doctor_reports_and_writes_nothing(
    host: Host, tiny_disk: Path
) -> None:
    home = tiny_disk / "home"
    assert host.talk(home, "first").code == 0
    fill_up(tiny_disk)
    before = {path: path.stat().st_mtime_ns for path in tiny_disk.rglob("*")}
    ran = host.run(home, "doctor")
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "wrong\troom\tThe disk is full (0 kB free)" in ran.out
    assert "fine\tjournal\t" in ran.out
    assert {path: path.stat().st_mtime_ns for path in tiny_disk.rglob("*")} == before
    for words in ("--help", "--version"):
        assert host.run(home, words).code == 0


def test_a_disk_that_fills_up_in_the_middle_of_a_session(
    host: Host, tiny_disk: Path
) -> None:
    home = tiny_disk / "home"
    saved: list[int] = []
    while (ran := host.talk(home, f"{len(saved)} " + "x" * 60_000)).code == 0:
        saved.append(len(saved))
    assert_clear(ran)
    assert [str(words).split()[0] for words in said(home)] == [str(n) for n in saved]
    assert saved != []


def test_a_full_disk_can_be_read(host: Host, tiny_disk: Path) -> None:
    """SQLite wants 32 kB of shared memory beside the journal even to read it."""
    home = tiny_disk / "home"
    assert host.talk(home, "first").code == 0
    fill_up(tiny_disk)
    shown = host.run(home, "session", "list")
    assert (shown.code, shown.err) == (0, "")
    assert "Priya Shah" in shown.out
    assert said(home) == ["first"]


def list_paths(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("size", [0, 1, 1_000])
def test_no_room_for_a_template_leaves_no_part_of_it(
    host: Host, home: Path, size: int
) -> None:
    ran = host.run(home, "template", "new", "Walk", size=size)
    assert (ran.code, ran.out) == (1, "")
    assert f"{home / 'prompts/walk.toml'} cannot be written (File too large)" in ran.err
    assert list_paths(home) == ["prompts"]
    assert host.run(home, "template", "list").err == ""
    assert host.run(home, "template", "new", "Walk").code == 0


def test_no_room_for_the_schema_leaves_the_template_alone(
    host: Host, home: Path
) -> None:
    assert host.run(home, "template", "new", "Run").code == 0
    size = (home / "prompts/run.toml").stat().st_size + 100
    ran = host.run(home, "template", "new", "Walk", size=size)
    assert (ran.code, "schema" in ran.err) == (0, True)
    assert list_paths(home) == [
        "prompts",
        "prompts/.template.schema.json",
        "prompts/run.toml",
        "prompts/walk.toml",
    ]


def test_no_room_for_a_template_on_a_full_disk(host: Host, tiny_disk: Path) -> None:
    home = tiny_disk / "home"
    (home / "prompts").mkdir(parents=True)
    hog = fill_up(tiny_disk)
    ran = host.run(home, "template", "new", "Walk")
    assert (ran.code, ran.out) == (1, "")
    assert "No space left on device" in ran.err
    hog.unlink()
    assert list_paths(tiny_disk) == ["home", "home/prompts"]
    assert host.run(home, "template", "list").err == ""
    assert host.run(home, "template", "new", "Walk").code == 0


def test_no_room_for_a_first_journal_on_a_full_disk(
    host: Host, tiny_disk: Path
) -> None:
    hog = fill_up(tiny_disk)
    home = tiny_disk / "home"
    assert_clear(host.talk(home, "first"))
    hog.unlink()
    assert files(tiny_disk) == []
    assert host.talk(home, "first").code == 0
    assert said(home) == ["first"]


# What leaves the journal

EXPORTS = (
    ("ics --titles", "due.ics"),
    ("export table sessions", "talks.csv"),
    ("export table actions", "promises.csv"),
    ("export progress", "year.html"),
    ("export progress priya", "year.json"),
    ("plan export priya", "plan.docx"),
    ("plan export priya", "plan.md"),
    ("history export priya", "history.html"),
    ("session export 1", "talk.txt"),
)
"""Commands that write a file, each with the name of one."""
each_export = pytest.mark.parametrize(
    ("line", "name"), EXPORTS, ids=[name for _, name in EXPORTS]
)
UNNOTED = "could not be noted in the journal"


def export(
    host: Host, home: Path, line: str, target: Path | str, size: int | None = None
) -> Ran:
    return host.run(home, *line.split(), "-o", str(target), "--force", size=size)


def count_exports(home: Path) -> int:
    """Return how many exports the journal has noted."""
    with Journal(home).read() as db:
        (count,) = db.execute(
            "SELECT count(*) FROM event WHERE kind LIKE '%.exported'"
        ).fetchone()
    return int(count)


def assert_not_written(ran: Ran, target: Path, reason: str) -> None:
    assert (ran.code, ran.out) == (1, "")
    assert f"{target} cannot be written ({reason})" in ran.err
    assert "Traceback" not in ran.err


@each_export
def test_no_room_for_a_file_leaves_what_was_there(
    host: Host, home: Path, tmp_path: Path, line: str, name: str
) -> None:
    with_promise(home)
    folder = tmp_path / "pages"
    folder.mkdir()
    target = folder / name
    assert export(host, home, line, target).code == 0
    length = target.stat().st_size
    target.write_text("mine")
    for size in (0, 1, length - 1):
        ran = export(host, home, line, target, size)
        assert_not_written(ran, target, "File too large")
        assert (files(folder), target.read_text()) == ([name], "mine")
    assert count_exports(home) == 1
    assert export(host, home, line, target).code == 0
    assert target.stat().st_size > len("mine")


@each_export
def test_a_full_disk_takes_no_file_and_keeps_the_one_it_has(
    host: Host, home: Path, tiny_disk: Path, line: str, name: str
) -> None:
    with_promise(home)
    target = tiny_disk / name
    target.write_text("mine")
    hog = fill_up(tiny_disk)
    ran = export(host, home, line, target)
    assert_not_written(ran, target, "No space left on device")
    assert (files(tiny_disk), target.read_text()) == (sorted(["hog", name]), "mine")
    assert count_exports(home) == 0
    hog.unlink()
    assert export(host, home, line, target).code == 0
    assert count_exports(home) == 1


@each_export
def test_a_journal_on_a_full_disk_can_be_exported_elsewhere(
    host: Host, tmp_path: Path, tiny_disk: Path, line: str, name: str
) -> None:
    """That it was cannot be noted then, which is said."""
    home = tiny_disk / "home"
    with_promise(home)
    hog = fill_up(tiny_disk)
    target = tmp_path / name
    ran = export(host, home, line, target)
    assert (ran.code, UNNOTED in ran.err) == (0, True)
    assert f"Wrote {target}" in ran.out
    assert target.stat().st_size > 0
    hog.unlink()
    assert count_exports(home) == 0
    assert host.run(home, "check").code == 0


@each_export
def test_a_reader_that_has_gone_ends_an_export_quietly(
    home: Path, tmp_path: Path, line: str, name: str
) -> None:
    with_promise(home)
    words = [sys.executable, "-m", "coachlog", "--home", str(home), *line.split()]
    format = {".docx": ["--format", "docx"], ".html": ["--format", "html"]}
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = subprocess.run(
            [*words, "-o", "-", *format.get(Path(name).suffix, [])],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=LIMIT,
        )
    finally:
        os.close(writer)
    assert ran.returncode == 1
    assert not {"Traceback", "BrokenPipe", "inside coachlog"} & {*ran.stderr.split()}
    assert "could not" not in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


# Backups


def test_no_room_for_a_backup_stops_no_change(host: Host, home: Path) -> None:
    with_promise(home)  # on an earlier day
    # A backup is packed, and so may be a page smaller than the journal itself.
    size = (home / "coachlog.db").stat().st_size - 4096 - 1
    ran = host.run(home, "action", "note", "1", "--text", "Half", size=size)
    assert (ran.code, "could not be made" in ran.err) == (0, True)
    assert files(home) == ["coachlog.db"]
    ran = host.run(home, "action", "note", "1", "--text", "More")
    assert (ran.code, ran.err) == (0, "")
    (backup,) = [name for name in files(home) if name != "coachlog.db"]
    assert backup.startswith("backups/coachlog-20")


def test_no_room_for_a_backup_that_is_asked_for(host: Host, home: Path) -> None:
    with_promise(home)
    ran = host.run(home, "backup", "create", size=40_000)
    assert (ran.code, ran.out, "Nothing was changed." in ran.err) == (1, "", True)
    assert files(home) == ["coachlog.db"]
    assert host.run(home, "backup", "create").code == 0


def test_no_room_to_restore_leaves_the_journal_as_it_is(host: Host, home: Path) -> None:
    with_promise(home)
    assert host.run(home, "backup", "create").code == 0
    assert host.run(home, "action", "note", "1", "--text", "Later").code == 0
    before = (home / "coachlog.db").read_bytes()
    for size in (0, 40_000, 300_000):
        ran = host.run(home, "backup", "restore", "--yes", size=size)
        assert (ran.code, "Nothing was changed." in ran.err) == (1, True)
        assert (home / "coachlog.db").read_bytes() == before
        assert [name for name in files(home) if ".part" in name] == []


def test_a_second_place_that_fills_up_half_way_keeps_nothing_broken(
    host: Host, home: Path, tiny_disk: Path
) -> None:
    with_promise(home)
    assert host.run(home, "config", "set", "backup.folder", str(tiny_disk)).code == 0
    assert host.run(home, "backup", "create").code == 0
    kept = files(tiny_disk)
    assert host.run(home, "action", "note", "1", "--text", "Later").code == 0
    fill_up(tiny_disk)
    ran = host.run(home, "backup", "create")
    assert (ran.code, "could not be copied" in ran.err) == (0, True)
    assert sorted(files(tiny_disk)) == sorted([*kept, "hog"])
