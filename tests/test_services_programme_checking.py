"""A holder's folder is checked: what is usable is listed, and the rest named with its reason."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from coachlog.errors import CoachlogError, InvalidInput, Refusal
from coachlog.model.programme import Holder, HolderList, OmittedFile
from coachlog.sealed.age_files import seal_alike
from coachlog.sealed.faults import FaultyFile, WrongKey
from coachlog.sealed.halves import write_halves
from coachlog.sealed.join_files import digest_terms
from coachlog.sealed.lists import parse_list_file
from coachlog.services.programme import folder_halves
from coachlog.services.programme.checking import check_folder
from coachlog.services.programme.keys import create_key_file, load_holder_key
from programme_support import (
    COORDINATOR,
    GOVERNANCE,
    KEYS,
    QUARTER,
    Office,
    build_contribution,
    build_programme,
    fill_office,
    make_sparse_file,
    open_office,
    split_contribution_of,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path)


def check(
    office: Office, holder: object = COORDINATOR, **options: object
) -> HolderList:
    return check_folder(
        office.desk(COORDINATOR if holder is COORDINATOR else GOVERNANCE),
        office.folder(COORDINATOR if holder is COORDINATOR else GOVERNANCE),
        office.key(COORDINATOR if holder is COORDINATOR else GOVERNANCE),
        office.join_file,
        office.root / f"{holder}-list.jsonl",
        **options,  # type: ignore[arg-type]
    )


def reasons(holder_list: HolderList) -> dict[str, str]:
    return {file.name: file.reason for file in holder_list.omitted}


def test_each_holder_lists_what_managers_sent(office: Office) -> None:
    sent = fill_office(office)
    lists = [check(office, holder) for holder in (COORDINATOR, GOVERNANCE)]
    for holder_list in lists:
        lines = {
            (line.number, line.member, line.edition, line.group)
            for line in holder_list.contributions
        }
        assert lines == {
            (whole.number, whole.member, 1, whole.places[office.programme.breakdown])
            for whole in sent
        }
        assert holder_list.omitted == ()
    assert lists[0].contributions != lists[1].contributions  # the digests differ


def test_the_list_that_is_written_has_no_value(office: Office) -> None:
    fill_office(office)
    holder_list = check(office)
    file = office.root / "coordinator-list.jsonl"
    with file.open("rb") as stream:
        assert parse_list_file(stream) == holder_list
    fields = {
        name for line in file.read_text().splitlines()[1:] for name in json.loads(line)
    }
    assert fields == {"number", "member", "edition", "group", "digest"}
    assert file.stat().st_mode & 0o077 == 0


def test_the_same_check_again_is_the_same_list(office: Office) -> None:
    fill_office(office)
    assert check(office) == check(office)
    log = json.loads(
        (office.root / "coordinator-home/programme/k7m2p9qd.json").read_text()
    )["log"]
    deed = "checked 2026Q4 as coordinator: 20 contributions, 0 left out"
    assert log == [{"on": "2027-01-11", "deed": deed}] * 2


def test_another_list_overwrites_none(office: Office) -> None:
    fill_office(office)
    check(office)
    office.send(build_contribution(99))
    with pytest.raises(Refusal, match="already exists"):
        check(office)
    assert len(check(office, force=True).contributions) == 21


def seal_alone(office: Office, **changes: object) -> bytes:
    whole = build_contribution(50)
    half = split_contribution_of(whole)[0]._replace(**changes)  # type: ignore[arg-type]
    (content,) = write_halves([half])
    keys = {COORDINATOR: office.programme.keys[COORDINATOR]}
    return seal_alike({COORDINATOR: content}, keys)[COORDINATOR]


def put_into(name: str, build: Callable[[Office], bytes]) -> Callable[[Office], None]:
    def put(office: Office) -> None:
        (office.folder() / name).write_bytes(build(office))

    return put


def send_other_quarter(office: Office) -> None:
    office.send(build_contribution(50, quarter="2026Q3"), [COORDINATOR])


def send_for_other_holder(office: Office) -> None:
    (path,) = office.send(build_contribution(50), [GOVERNANCE])
    path.rename(office.folder() / "mixed.age")


def send_copy(office: Office) -> None:
    first = min(office.folder().iterdir())
    (office.folder() / "zz copy (1).age").write_bytes(first.read_bytes())


def build_unsealed() -> bytes:
    return write_halves(split_contribution_of(build_contribution(50)))[0]


def build_other_json() -> bytes:
    recipient = pyrage.x25519.Recipient.from_str(KEYS[COORDINATOR].public)
    return bytes(pyrage.encrypt(b"{}".ljust(4096), [recipient]))


WRONG_KEY = "cannot be opened with this key: it is sealed to another one, or damaged"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(put_into("a.age", lambda _: b""), "is empty", id="empty"),
        pytest.param(
            put_into("a.age", lambda office: seal_alone(office)[:-7]),
            "is cut short",
            id="truncated",
        ),
        pytest.param(
            put_into("a.age", lambda office: seal_alone(office)[:-5] + b"aaaaa"),
            "is damaged",
            id="damaged",
        ),
        pytest.param(
            put_into("a.age", lambda _: bytes(pyrage.passphrase.encrypt(b"x", "p"))),
            "is sealed with a passphrase, not to a key",
            id="passphrase",
        ),
        pytest.param(send_for_other_holder, WRONG_KEY, id="halves-mixed"),
        pytest.param(
            put_into("a.age", lambda office: seal_alone(office, holder=GOVERNANCE)),
            "is the half for the second holder",
            id="sealed-to-the-wrong-holder",
        ),
        pytest.param(
            put_into("a.age", lambda office: seal_alone(office, programme="aaaaaaaa")),
            "is for another programme",
            id="other-programme",
        ),
        pytest.param(
            put_into("a.age", lambda office: seal_alone(office, vector=2)),
            "is from a newer coachlog",
            id="newer",
        ),
        pytest.param(
            put_into("a.age", lambda _: build_unsealed()),
            "is a contribution that is not sealed",
            id="not-sealed",
        ),
        pytest.param(
            put_into("a.age", lambda _: build_other_json()),
            "is another kind of file, not a contribution that is not sealed",
            id="other-content",
        ),
        pytest.param(
            lambda office: make_sparse_file(office.folder() / "a", 500_000_000),
            "is larger than any contribution",
            id="500-mb",
        ),
        pytest.param(
            put_into("photo.jpg", lambda _: b"\xff\xd8\xff"),
            "is not an age file",
            id="photo",
        ),
        pytest.param(
            lambda office: (office.folder() / "sub").mkdir(),
            "is a folder; what is in it was not read",
            id="folder",
        ),
        pytest.param(
            lambda office: os.mkfifo(office.folder() / "pipe"),
            "is not a file",
            id="pipe",
        ),
        pytest.param(
            lambda office: (office.folder() / "link").symlink_to("nowhere"),
            "cannot be read (No such file or directory)",
            id="broken-link",
        ),
    ],
)
def test_what_is_no_use_is_named_and_the_rest_goes_on(
    office: Office, spoil: Callable[[Office], None], reason: str
) -> None:
    fill_office(office)
    spoil(office)
    holder_list = check(office)
    assert len(holder_list.contributions) == 20
    assert list(reasons(holder_list).values()) == [reason]


def test_a_copy_counts_once_and_is_named(office: Office) -> None:
    fill_office(office)
    first = min(path.name for path in office.folder().iterdir())
    send_copy(office)
    holder_list = check(office)
    assert len(holder_list.contributions) == 20
    reason = f"is a copy of {first}, which counts once"
    assert holder_list.omitted == (OmittedFile("zz copy (1).age", reason),)


def test_armoured_halves_are_read(office: Office) -> None:
    (path,) = office.send(build_contribution(1), [COORDINATOR])
    recipient = pyrage.x25519.Recipient.from_str(KEYS[COORDINATOR].public)
    content = pyrage.decrypt(
        path.read_bytes(),
        [pyrage.x25519.Identity.from_str(KEYS[COORDINATOR].secret)],
    )
    before = check(office).contributions
    path.write_bytes(pyrage.encrypt(content, [recipient], armored=True))
    assert check(office, force=True).contributions == before


def test_hidden_files_are_not_looked_at(office: Office) -> None:
    fill_office(office)
    (office.folder() / ".DS_Store").write_bytes(b"x")
    assert check(office).omitted == ()


def test_a_quarter_can_be_named(office: Office) -> None:
    fill_office(office)
    send_other_quarter(office)
    holder_list = check(office, quarter="2026Q3")
    assert (len(holder_list.contributions), holder_list.omitted) == (1, ())
    names = tuple(sorted(path.name for path in office.folder().glob("*2026Q4*")))
    assert holder_list.other_quarters == {"2026Q4": names}


@pytest.mark.parametrize("words", ["2026-Q3", "q3 2026", "2026 q3", "Q3/2026"])
def test_a_quarter_is_understood_as_people_write_it(office: Office, words: str) -> None:
    fill_office(office)
    send_other_quarter(office)
    assert check(office, quarter=words).quarter == "2026Q3"


def test_the_last_quarter_is_checked_and_the_others_in_the_folder_are_said(
    office: Office,
) -> None:
    """Even where most files are of another: the folder of a year has all of its quarters."""
    for member in range(5):
        office.send(build_contribution(member, quarter="2026Q3"), [COORDINATOR])
    office.send(build_contribution(9), [COORDINATOR])
    holder_list = check(office)
    assert (holder_list.quarter, len(holder_list.contributions)) == ("2026Q4", 1)
    counts = {name: len(names) for name, names in holder_list.other_quarters.items()}
    assert (counts, holder_list.omitted) == ({"2026Q3": 5}, ())
    with (office.root / "coordinator-list.jsonl").open("rb") as stream:
        assert parse_list_file(stream) == holder_list._replace(other_quarters={})


def test_a_quarter_without_a_contribution_has_no_list(office: Office) -> None:
    fill_office(office)
    with pytest.raises(InvalidInput) as refusal:
        check(office, quarter="2026Q1")
    assert refusal.value.message == (
        f"{office.folder()} has no contribution of 2026Q1. Nothing was written."
    )
    assert refusal.value.hint == "It has 20 of 2026Q4. To list those: --quarter 2026Q4"


def test_what_is_no_quarter_is_answered_with_one(office: Office) -> None:
    fill_office(office)
    with pytest.raises(InvalidInput) as refusal:
        check(office, quarter="2026Q9")
    assert refusal.value.message == "“2026Q9” is not a quarter. Nothing was written."
    assert refusal.value.hint == (
        "Write it as 2026Q4, which is the last that is over, or: last"
    )


def test_one_broken_file_among_hundreds_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many that other processes read them."""
    monkeypatch.setattr(folder_halves, "BATCH_FILES", 100)
    sent = [build_contribution(member) for member in range(300)]
    for whole in sent:
        (path,) = office.send(whole, [COORDINATOR])
    path.write_bytes(path.read_bytes()[:-3])
    holder_list = check(office)
    assert {line.number for line in holder_list.contributions} == {
        whole.number for whole in sent[:-1]
    }
    assert holder_list.omitted == (OmittedFile(path.name, "is cut short"),)


def test_where_no_further_process_can_be_started_one_reads_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_office(office)
    monkeypatch.setattr(folder_halves, "BATCH_FILES", 5)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert len(check(office).contributions) == 20


def test_a_key_that_opens_nothing_is_said_to_be_the_wrong_one(office: Office) -> None:
    for whole in map(build_contribution, range(3)):
        (path,) = office.send(whole, [GOVERNANCE])
        path.rename(office.folder() / path.name)
    with pytest.raises(WrongKey) as refusal:
        check(office)
    assert refusal.value.exit_code == 12
    assert refusal.value.message == (
        f"None of the 3 files in {office.folder()} can be opened with this key, which is that "
        "of the coordinator. Nothing was changed."
    )
    assert not (office.root / "coordinator-list.jsonl").exists()


def test_a_half_that_is_named_for_the_other_holder_is_to_be_deleted(
    office: Office,
) -> None:
    fill_office(office)
    (path,) = office.send(build_contribution(50), [GOVERNANCE])
    path.rename(office.folder() / path.name)
    assert reasons(check(office)) == {
        path.name: "is for the second holder: delete it, and ask for the one that ends in "
        "-coordinator.age"
    }


@pytest.mark.parametrize("first", [COORDINATOR, GOVERNANCE])
def test_a_home_checks_the_folder_of_one_holder_only(
    office: Office, first: Holder
) -> None:
    fill_office(office)
    check(office, first)
    second = GOVERNANCE if first is COORDINATOR else COORDINATOR
    output = office.file("more.jsonl")
    with pytest.raises(Refusal) as refusal:
        check_folder(
            office.desk(first),
            office.folder(second),
            office.key(second),
            office.join_file,
            output,
        )
    assert refusal.value.message == (
        f"This home has already checked 2026Q4 as {first.words}. Nobody may hold both folders "
        "and both keys: whoever does can read every manager's numbers. Nothing was written."
    )
    assert not output.exists()


def test_whose_folder_a_home_looked_into_is_not_read_from_the_words_of_its_log(
    office: Office,
) -> None:
    """But of a memory that has no field for it, which an older coachlog wrote."""
    fill_office(office)
    check(office)
    path = office.root / "coordinator-home/programme/k7m2p9qd.json"
    fields = json.loads(path.read_text("utf-8"))
    assert fields["folders"] == {
        "coordinator": {"deed": "checked", "quarter": "2026Q4"}
    }
    older = {name: value for name, value in fields.items() if name != "folders"}
    reworded = {**fields, "log": [{"on": "2027-01-11", "deed": "looked around"}]}
    for memory in (older, reworded):
        path.write_text(json.dumps(memory), encoding="utf-8")
        with pytest.raises(Refusal, match="already checked 2026Q4 as the coordinator"):
            check_folder(
                office.desk(),
                office.folder(GOVERNANCE),
                office.key(GOVERNANCE),
                office.join_file,
                office.file("more.jsonl"),
            )
    path.write_text(json.dumps({**reworded, "folders": {}}), encoding="utf-8")
    check(office)
    assert json.loads(path.read_text("utf-8"))["folders"] == fields["folders"]
    look = {"deed": "eaten", "quarter": "2026Q4"}
    damaged = {**fields, "folders": {"coordinator": look}}
    path.write_text(json.dumps(damaged), encoding="utf-8")
    with pytest.raises(FaultyFile):
        check(office)


def test_a_folder_without_a_contribution_is_refused_with_reasons(
    office: Office,
) -> None:
    for number in range(7):
        (office.folder() / f"photo{number}.jpg").write_bytes(b"x")
    with pytest.raises(InvalidInput) as refusal:
        check(office)
    lines = refusal.value.message.splitlines()
    assert lines[1] == "  - photo0.jpg is not an age file"
    assert lines[-1] == "  - and 2 more"
    assert not (office.root / "coordinator-list.jsonl").exists()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing", "cannot be read"),
        ("file", "is a file: name the folder that it is in"),
    ],
)
def test_a_folder_that_is_none_is_said(office: Office, kind: str, words: str) -> None:
    office.folder().rmdir()
    if kind == "file":
        office.folder().write_text("x")
    with pytest.raises(InvalidInput, match=words):
        check(office)


def test_names_from_strangers_are_cleaned(office: Office) -> None:
    fill_office(office)
    for name in ("a\x1b[31m\n.age", "\u202eb.age", " ", "\udce9.age"):
        (office.folder() / name).write_bytes(b"x")
    assert sorted(reasons(check(office))) == [
        "(a file without a name)",
        "\\xe9.age",
        "a�[31m .age",
        "b.age",
    ]


def test_a_key_is_written_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    public = create_key_file(file)
    programme = build_programme()._replace(keys={GOVERNANCE: public})
    holder, key = load_holder_key(file, programme)
    assert (holder, key.public) == (GOVERNANCE, public)
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_bytes()
    with pytest.raises(Refusal, match="could never be opened"):
        create_key_file(file)
    assert file.read_bytes() == before


def test_the_key_of_another_programme_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    create_key_file(file)
    with pytest.raises(WrongKey) as refusal:
        load_holder_key(file, build_programme())
    assert refusal.value.message == (
        f"{file} is not a key of the programme “Leading well”. Nothing was changed."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"x" * 2_000_000, "is larger than any of its kind"),
        (b"junk", "is not the file of a key"),
    ],
)
def test_a_file_that_is_no_key_is_named(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "key.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CoachlogError) as refusal:
        load_holder_key(file, build_programme())
    assert refusal.value.message == f"{file} {words}. Nothing was changed."


def test_a_pipe_is_no_key(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidInput, match="is not a file"):
        load_holder_key(tmp_path / "pipe", build_programme())


def test_what_is_remembered_of_a_programme_is_not_lost_when_it_is_damaged(
    office: Office,
) -> None:
    fill_office(office)
    check(office)
    memory = office.root / "coordinator-home/programme/k7m2p9qd.json"
    assert memory.stat().st_mode & 0o077 == 0
    for damaged in (memory.read_bytes()[:50], b"[]", b'{"coachlog": "memory"}'):
        memory.write_bytes(damaged)
        with pytest.raises(FaultyFile) as refusal:
            check(office)
        assert refusal.value.message.startswith(f"{memory} is ")
        assert memory.read_bytes() == damaged


def test_the_quarter_of_most_files_is_listed(office: Office) -> None:
    send_other_quarter(office)
    fill_office(office)
    assert check(office).quarter == QUARTER


def test_a_contribution_made_by_another_copy_of_the_programme_is_left_out(
    office: Office,
) -> None:
    """Whoever raises a cap in their own copy could add as much as it takes to print a sum."""
    fill_office(office)
    caps = {**office.programme.caps, "minutes": 100_000}
    terms = digest_terms(office.programme._replace(caps=caps))
    (path, *_) = office.send(build_contribution(99)._replace(terms=terms))
    holder_list = check_folder(
        office.desk(),
        office.folder(),
        office.key(),
        office.join_file,
        office.file("list.jsonl"),
    )
    assert [file.name for file in holder_list.omitted] == [path.name]
    assert "another copy of the programme's file" in holder_list.omitted[0].reason
    # It goes to the other holder, to whom the names of files are nothing.
    assert path.name not in office.file("list.jsonl").read_text("utf-8")
