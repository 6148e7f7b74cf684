"""Files are written whole or not at all, for their owner alone, and nothing is left beside them."""

import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coachlog import files
from coachlog.errors import InvalidInput, Refusal, StorageFailure

LONG = "x" * 4096


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let this process write no file beyond so many bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    files.write_file(tmp_path / "plan.md", "words", force=False)
    assert contents(tmp_path) == {"plan.md": "words"}
    assert rights(tmp_path / "plan.md") == 0o600
    assert (tmp_path / "plan.md").stat().st_nlink == 1


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    files.write_file(tmp_path / "page", b"\xff\r\n", force=False)
    assert (tmp_path / "page").read_bytes() == b"\xff\r\n"


def test_a_name_that_is_taken_stays_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("mine")
    with pytest.raises(Refusal, match=r"already exists\. Nothing"):
        files.write_file(target, "words", force=False)
    assert contents(tmp_path) == {"plan.md": "mine"}
    files.write_file(target, "words", force=True)
    assert contents(tmp_path) == {"plan.md": "words"}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("link", "is a link to .*mine.md"),
        ("link to nowhere", "is a link to .*nowhere"),
        ("link to itself", "is a link to "),
        ("pipe", "is not a file"),
        ("read-only", "is read-only"),
    ],
)
def test_what_is_not_to_be_overwritten_stays_even_if_forced(
    tmp_path: Path, kind: str, reason: str, *, force: bool
) -> None:
    target, other = tmp_path / "plan.md", tmp_path / "mine.md"
    other.write_text("mine")
    other.chmod(0o444)
    if kind == "pipe":
        os.mkfifo(target)
    elif kind == "read-only":
        target = other
    else:
        leads_to = {"link": "mine.md", "link to nowhere": "nowhere"}
        target.symlink_to(leads_to.get(kind, "plan.md"))
    before = sorted(path.lstat() for path in tmp_path.iterdir())
    with pytest.raises(Refusal, match=rf"{reason}.*\. Nothing was written"):
        files.write_file(target, "words", force=force)
    assert sorted(path.lstat() for path in tmp_path.iterdir()) == before
    assert other.read_text() == "mine"


def test_a_file_of_its_own_is_written_where_its_link_leads(tmp_path: Path) -> None:
    target, other = tmp_path / "plan.md", tmp_path / "mine.md"
    other.write_text("mine")
    other.chmod(0o444)
    target.symlink_to("mine.md")
    files.rewrite_file(target, "words")
    assert (target.is_symlink(), other.read_text()) == (True, "words")


def test_a_folder_is_not_said_to_be_overwritten(tmp_path: Path) -> None:
    with pytest.raises(
        Refusal, match=r"is a folder\. Nothing was written\."
    ) as refused:
        files.write_file(tmp_path, "words", force=False)
    assert refused.value.hint == "Name a file in it."


def test_a_name_taken_while_it_is_written_stays(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    with files.stage_files({target: "words"}, force=False) as publish:
        target.write_text("theirs")
        with pytest.raises(Refusal):
            publish()
    assert contents(tmp_path) == {"plan.md": "theirs"}


def test_what_is_staged_and_not_published_leaves_nothing(tmp_path: Path) -> None:
    with files.stage_files({tmp_path / "a": "1", tmp_path / "b": "2"}, force=False):
        names = [path.name for path in tmp_path.iterdir()]
        assert len(names) == 2
        assert all(name.startswith(f".coachlog-{os.getpid()}-") for name in names)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_the_old_file_or_none(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "plan.md"
    if force:
        target.write_text("old")
    with no_file_beyond(100), pytest.raises(StorageFailure, match="cannot be written"):
        files.write_file(target, LONG, force=force)
    assert contents(tmp_path) == ({"plan.md": "old"} if force else {})


def test_of_several_pages_all_are_written_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    with no_file_beyond(100), pytest.raises(StorageFailure):
        files.write_files(folder, {"a.md": "short", "b.md": LONG}, force=False)
    assert not folder.exists()
    files.write_files(folder, {"a.md": "short", "b.md": LONG}, force=False)
    assert contents(folder) == {"a.md": "short", "b.md": LONG}
    assert rights(folder) == 0o700
    with pytest.raises(Refusal):
        files.write_files(folder, {"c.md": "more", "a.md": "other"}, force=False)
    assert contents(folder) == {"a.md": "short", "b.md": LONG}


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidInput, match="so they need a folder"):
        files.write_files(tmp_path / "file", {"a": "1"}, force=True)
    with pytest.raises(StorageFailure, match=r"is a folder\. Nothing"):
        files.write_file(tmp_path / "folder", "words", force=True)


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "prompts"
    paths = [files.write_new_file(folder, "walk", ".toml", f"{n}") for n in range(3)]
    assert [path.name for path in paths] == ["walk.toml", "walk.2.toml", "walk.3.toml"]
    assert contents(folder) == {
        "walk.toml": "0",
        "walk.2.toml": "1",
        "walk.3.toml": "2",
    }
    assert [rights(folder.parent), rights(folder), rights(paths[0])] == [
        0o700,
        0o700,
        0o600,
    ]


def test_a_new_file_on_a_full_disk_is_not_there(tmp_path: Path) -> None:
    with no_file_beyond(100), pytest.raises(StorageFailure):
        files.write_new_file(tmp_path, "walk", ".toml", LONG)
    assert contents(tmp_path) == {}


def gone() -> int:
    """Return the number of a process that was there and is no more."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


DAY = 24 * 60 * 60


@pytest.mark.parametrize(
    ("name", "days", "stays"),
    [
        pytest.param(
            ".coachlog-{gone}-a1b2_c3d.part", 0, False, id="of-one-that-was-killed"
        ),
        pytest.param(
            ".coachlog-{gone}-a1b2_c3d.part-journal", 0, False, id="beside-it"
        ),
        pytest.param(".coachlog-{runs}-a1b2_c3d.part", 0, True, id="of-one-that-runs"),
        pytest.param(
            ".coachlog-{runs}-a1b2_c3d.part", 0.9, True, id="of-one-that-runs-long"
        ),
        pytest.param(
            ".coachlog-{runs}-a1b2_c3d.part", 1.1, False, id="older-than-a-day"
        ),
        pytest.param(
            ".coachlog-{here}-a1b2_c3d.part", 0, False, id="of-one-that-had-our-number"
        ),
        pytest.param(
            ".coachlog-1-a1b2_c3d.part", 0, True, id="of-another-users-program"
        ),
        pytest.param(".coachlog-999999999-a1b2_c3d.part", 0, False, id="of-no-process"),
        pytest.param(".coachlog-demo-a1b2_c3d", 9, False, id="an-old-demo"),
        pytest.param(".coachlog-demo-a1b2_c3d", 0, True, id="a-new-demo"),
        pytest.param("coachlog-schema-4.db.part", 9, False, id="an-old-copy"),
        pytest.param("coachlog-schema-4.db.part", 0, True, id="a-new-copy"),
        pytest.param(".coachlog-{gone}-notes.part", 9, True, id="another-name"),
        pytest.param("coachlog-schema-4.db", 9, True, id="a-copy"),
    ],
)
def test_what_a_killed_coachlog_left_is_swept_away_and_nothing_else(
    tmp_path: Path, name: str, days: float, stays: bool
) -> None:
    leftover = tmp_path / name.format(gone=gone(), runs=os.getppid(), here=os.getpid())
    leftover.write_text("half of it")
    then = leftover.stat().st_mtime - days * DAY
    os.utime(leftover, (then, then))
    with files.open_part_file(tmp_path / "plan.md") as part:
        assert part.path.exists()
        assert leftover.exists() == stays


def test_a_part_whose_name_is_taken_takes_the_next_or_one_of_the_same_content(
    tmp_path: Path,
) -> None:
    def publish(content: str) -> str:
        with files.open_part_file(tmp_path / "copy.db") as part:
            part.fill(content)
            return part.publish_new("-", or_same=True).name

    assert [publish(content) for content in ("a", "b", "a", "b", "c")] == [
        *("copy.db", "copy-2.db", "copy.db", "copy-2.db", "copy-3.db"),
    ]
    assert contents(tmp_path) == {"copy.db": "a", "copy-2.db": "b", "copy-3.db": "c"}


def test_without_links_a_name_is_taken_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems, such as those of memory sticks, know no hard links."""

    def no_links(*_args: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    files.write_file(tmp_path / "plan.md", "words", force=False)
    with pytest.raises(Refusal):
        files.write_file(tmp_path / "plan.md", "other", force=False)
    assert contents(tmp_path) == {"plan.md": "words"}


def test_without_links_a_name_that_was_taken_in_vain_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StorageFailure):
        files.write_files(tmp_path / "pages", {"a.md": "words"}, force=False)
    assert contents(tmp_path) == {}
