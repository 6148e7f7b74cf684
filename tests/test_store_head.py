"""`journal.head`: what it says about the journal beside it, and that it never stands in the way."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.store.journal_files import JournalFiles
from coachlog.store.journal_head import (
    HEAD_BYTES,
    HeadVerdict,
    JournalHead,
    format_head,
    judge_head,
    parse_head,
    read_head,
    write_head,
)

HEAD = JournalHead("2cb1e19e-f201-47cc-be36-c1b4c2b2cf4c", "0f" * 8, 12)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=64)
HEADS = st.builds(
    JournalHead,
    WORDS.filter(lambda word: word.strip("-")),
    WORDS.filter(lambda word: word.strip("-")),
    st.integers(0, 2**63 - 1),
)


# The judgement


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        (None, HeadVerdict.UNKNOWN),
        (HEAD, HeadVerdict.SAME),
        (HEAD._replace(change_count=11), HeadVerdict.BEHIND),
        (HEAD._replace(change_count=0), HeadVerdict.BEHIND),
        (HEAD._replace(change_count=13), HeadVerdict.AHEAD),
        (HEAD._replace(epoch="f0" * 8), HeadVerdict.REPLACED),
        (HEAD._replace(epoch="f0" * 8, change_count=99), HeadVerdict.REPLACED),
        (HEAD._replace(journal="another"), HeadVerdict.MOVED),
    ],
)
def test_what_a_head_says(head: JournalHead | None, verdict: HeadVerdict) -> None:
    assert judge_head(head, HEAD) is verdict


@given(HEADS, HEADS)
def test_only_an_equal_head_is_the_same(head: JournalHead, other: JournalHead) -> None:
    assert (judge_head(head, other) is HeadVerdict.SAME) == (head == other)


# The bytes


def test_a_head_as_it_is_for_ever() -> None:
    """Another layout would make every head on a disk unreadable, and so blind, once."""
    line, end = format_head(HEAD).split(b"  ", 1)
    assert line == (
        b"coachlog head 1 2cb1e19e-f201-47cc-be36-c1b4c2b2cf4c 0f0f0f0f0f0f0f0f 12 "
        b"776d3946a688537e"
    )
    assert end.strip(b" ") == b"\n"


@given(HEADS)
def test_what_is_formatted_is_parsed_and_has_one_length(head: JournalHead) -> None:
    data = format_head(head)
    assert (parse_head(data), len(data)) == (head, HEAD_BYTES)
    assert HEAD_BYTES < 512


@given(HEADS, st.integers(0, HEAD_BYTES * 8 - 1))
def test_every_flipped_bit_is_noticed(head: JournalHead, bit: int) -> None:
    data = bytearray(format_head(head))
    data[bit // 8] ^= 1 << bit % 8
    assert parse_head(bytes(data)) is None


@given(HEADS, HEADS, st.integers(0, HEAD_BYTES))
def test_a_torn_write_is_the_one_head_or_the_other_or_none(
    old: JournalHead, new: JournalHead, place: int
) -> None:
    data = format_head(new)[:place] + format_head(old)[place:]
    assert parse_head(data) in (old, new, None)
    assert parse_head(format_head(new)[:place]) in (new, None)


@given(st.binary(max_size=HEAD_BYTES + 1))
def test_foreign_bytes_are_no_head(data: bytes) -> None:
    assert parse_head(data) is None


@pytest.mark.parametrize(
    "head",
    [
        HEAD._replace(journal=""),
        HEAD._replace(journal="two words"),
        HEAD._replace(epoch="é"),
        HEAD._replace(epoch="a" * 65),
        HEAD._replace(change_count=-1),
        HEAD._replace(change_count=2**63),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    tmp_path: Path, head: JournalHead
) -> None:
    """Nor is anything raised: the change it is about is saved by then."""
    write_head(tmp_path / "journal.head", head)
    assert not list(tmp_path.iterdir())


# The file


def test_what_is_written_is_read(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In place, into the same private file."""
    mask = os.umask(0)
    request.addfinalizer(lambda: os.umask(mask))
    path = tmp_path / "journal.head"
    assert read_head(path) is None
    write_head(path, HEAD)
    before = path.stat()
    newer = HEAD._replace(change_count=13)
    write_head(path, newer)
    assert read_head(path) == newer
    assert (before.st_mode & 0o777, before.st_size) == (0o600, HEAD_BYTES)
    assert path.stat().st_ino == before.st_ino
    assert [entry.name for entry in tmp_path.iterdir()] == ["journal.head"]


def test_it_is_never_synced_nor_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync would cost a change as much as its commit, and an empty file would be a blind one."""
    calls: list[str] = []
    for name in ("fsync", "fdatasync", "ftruncate", "replace", "rename"):
        if hasattr(os, name):
            monkeypatch.setattr(os, name, lambda *_args, name=name: calls.append(name))
    write_head(tmp_path / "journal.head", HEAD)
    write_head(tmp_path / "journal.head", HEAD._replace(change_count=13))
    assert calls == []


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"something", b"\0" * HEAD_BYTES, b"x" * 999),
        *(format_head(HEAD) + b"\n", format_head(HEAD)[:-1]),
    ],
)
def test_what_is_no_head_is_read_as_none_and_written_over(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "journal.head"
    path.write_bytes(content)
    assert read_head(path) is None
    write_head(path, HEAD)
    assert read_head(path) == HEAD


def in_a_missing_folder(folder: Path) -> Path:
    return folder / "missing" / "journal.head"


def a_folder(folder: Path) -> Path:
    path = folder / "journal.head"
    path.mkdir()
    return path


def a_pipe(folder: Path) -> Path:
    path = folder / "journal.head"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("build", [in_a_missing_folder, a_folder, a_pipe])
def test_a_head_that_can_be_neither_read_nor_written_is_none(
    tmp_path: Path, build: Any
) -> None:
    path = build(tmp_path)
    write_head(path, HEAD)
    assert read_head(path) is None


@pytest.mark.parametrize("call", ["open", "pwrite"])
def test_a_disk_that_refuses_is_left_to_the_next_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "journal.head"
    write_head(path, HEAD)

    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        write_head(path, HEAD._replace(change_count=13))
    assert read_head(path) == HEAD


def test_it_lies_beside_the_journal_file_itself(tmp_path: Path) -> None:
    """Where the name in the home is a link, its head is that of what the link leads to."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (elsewhere / "mine.db").touch()
    (home / "coachlog.db").symlink_to(elsewhere / "mine.db")
    real_folder = Path(os.path.realpath(elsewhere))
    assert JournalFiles(home).head == real_folder / "journal.head"


def test_a_head_with_a_second_name_is_replaced_and_the_other_stays(
    tmp_path: Path,
) -> None:
    """A copy of a home made of hard links (`cp -al`) has the head of the first one."""
    path, second = tmp_path / "journal.head", tmp_path / "second"
    write_head(path, HEAD)
    second.hardlink_to(path)
    later = HEAD._replace(change_count=HEAD.change_count + 1)
    write_head(path, later)
    assert (read_head(path), read_head(second)) == (later, HEAD)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_head_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    path, target = tmp_path / "journal.head", tmp_path / "of somebody else"
    target.write_text("theirs")
    path.symlink_to(target)
    write_head(path, HEAD)
    assert (target.read_text(), read_head(path)) == ("theirs", HEAD)


def test_a_link_to_itself_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "journal.head"
    path.symlink_to(path)
    write_head(path, HEAD)
    assert read_head(path) == HEAD
