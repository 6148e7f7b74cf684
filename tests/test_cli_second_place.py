"""What a copy in the second place of backups is good for, once the journal is damaged."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from command_support import ScriptedPerson
from conftest import NOW, Ran, Run

PUT_BACK = "Put back what the backup has?"
ACCEPT = "Take it as it is now?"
GO_ON = "Go on with the journal as it is"
SECRET = "words that nobody else may read"


def on_day(days: int) -> Callable[[], datetime]:
    return lambda: NOW + timedelta(days=days)


def spoil(path: Path, *statements: str) -> None:
    with closing(dbapi2.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            db.execute(statement)


def read_due(home: Path, number: int) -> str:
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        (due,) = db.execute("SELECT due FROM action WHERE id = ?", (number,)).fetchone()
    return str(due)


def findings(ran: Ran) -> list[dict[str, Any]]:
    return list(json.loads(ran.out)["check"]["findings"])


def lose_sight_of(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


@pytest.fixture
def stick(example: Run, home: Path, tmp_path: Path) -> Path:
    """A stick with the newest good copy: the one of the same day in the home is damaged.

    The promise that was added on the day in between is in none that is older.
    """
    folder = tmp_path / "a stick"
    folder.mkdir()
    assert example("config", "set", "backup.folder", str(folder)).code == 0
    assert example("backup", "create").code == 0
    added = example("action", "add", "me", SECRET, "--due", "+2w", clock=on_day(1))
    assert added.code == 0
    assert example("backup", "create", clock=on_day(2)).code == 0
    assert len(list(folder.glob("*.db"))) >= 2
    spoil(
        home / "backups" / "coachlog-2026-11-25.db",
        "UPDATE action SET due = '2027-05-05' WHERE id = 4",
    )
    return folder


def test_the_newest_good_copy_is_looked_for_in_the_second_place_too(
    example: Run, home: Path, stick: Path
) -> None:
    due = read_due(home, 4)
    spoil(
        home / "coachlog.db",
        "UPDATE action SET due = '2027-05-05' WHERE due IS NOT NULL",
    )
    ran = example("check", "--json", clock=on_day(2))
    assert ran.json["check"]["backup"] == str(stick / "coachlog-2026-11-25.db")
    assert {found["in_backup"] for found in findings(ran)} == {"as it was written"}
    (found, *_) = json.loads(example("doctor", "--json", clock=on_day(2)).out)[
        "findings"
    ]
    assert found["mend"].endswith(
        f"coachlog backup restore '{stick}/coachlog-2026-11-25.db'"
    )
    ran = example("check", "--mend", "--yes", clock=on_day(2))
    assert (ran.code, read_due(home, 4)) == (0, due)


def test_a_stick_that_is_away_or_of_another_journal_is_not_asked(
    example: Run, home: Path, stick: Path
) -> None:
    spoil(home / "coachlog.db", "UPDATE action SET due = '2027-05-05' WHERE id = 4")
    sign = stick / "coachlog-backups.txt"
    words = sign.read_text()
    sign.write_text(words.replace("Journal: ", "Journal: other"))
    (found,) = findings(example("check", "--json", clock=on_day(2)))
    assert (found["in_backup"], found["remedy"]) == ("not there", "accept")
    sign.write_text(words)
    lose_sight_of(stick)
    (found,) = findings(example("check", "--json", clock=on_day(2)))
    assert (found["in_backup"], found["remedy"]) == ("not there", "accept")


def test_a_copy_in_the_second_place_that_has_nothing_more_is_left_alone(
    example: Run, home: Path, stick: Path
) -> None:
    good_one = (stick / "coachlog-2026-11-25.db").read_bytes()
    (home / "backups" / "coachlog-2026-11-25.db").write_bytes(good_one)
    spoil(home / "coachlog.db", "UPDATE action SET due = '2027-05-05' WHERE id = 4")
    ran = example("check", "--json", clock=on_day(2))
    path = home / "backups" / "coachlog-2026-11-25.db"
    assert ran.json["check"]["backup"] == str(path)


def test_of_one_day_the_copy_with_more_changes_is_taken(
    example: Run, home: Path, stick: Path
) -> None:
    good_one = (stick / "coachlog-2026-11-25.db").read_bytes()
    (home / "backups" / "coachlog-2026-11-25.db").write_bytes(good_one)
    added = example("action", "add", "me", "Later", "--due", "+2w", clock=on_day(2))
    assert added.code == 0
    assert example("backup", "create", clock=on_day(2)).code == 0
    (home / "backups" / "coachlog-2026-11-25-2.db").unlink()
    spoil(home / "coachlog.db", "UPDATE action SET due = '2027-05-05' WHERE id = 5")
    ran = example("check", "--json", clock=on_day(2))
    assert ran.json["check"]["backup"] == str(stick / "coachlog-2026-11-25-2.db")


@pytest.mark.usefixtures("screen")
def test_what_would_be_taken_as_it_is_is_shown_first(
    example: Run, home: Path, stick: Path
) -> None:
    """Days, numbers and states are; of words, only the column."""
    lose_sight_of(stick)
    spoil(home / "coachlog.db", "UPDATE action SET due = '2027-05-05' WHERE id = 4")
    person = ScriptedPerson({ACCEPT: True})
    ran = example("check", "--mend", person=person, clock=on_day(2))
    words = " ".join(ran.out.split())
    assert "As it is now:" in words
    assert "due 5 May 2027;" in words
    assert "status open;" in words
    assert "“what” and “owner” are not shown." in words
    assert "private" not in words
    assert SECRET not in words
    assert ran.code == 0


# Changes that were lost


@pytest.fixture
def older(home: Path, stick: Path) -> Path:
    """A journal that is older than its head: an older copy was put in its place."""
    older = home / "backups" / "coachlog-2026-11-23.db"
    (home / "coachlog.db").write_bytes(older.read_bytes())
    return stick


@pytest.mark.usefixtures("screen", "older")
def test_where_a_backup_has_what_is_lost_that_is_named_first(
    example: Run, stick: Path
) -> None:
    ran = example("check", clock=on_day(2))
    out = " ".join(ran.out.split())
    assert "has all of them." in out or "has it." in out
    command = f"coachlog backup restore '{stick}/coachlog-2026-11-25.db'"
    accept = "coachlog check --accept"
    assert ran.err.index(command) < ran.err.index(accept)
    assert (ran.out + ran.err).count("--accept") == 1
    assert ran.code == 1


@pytest.mark.usefixtures("screen")
def test_where_no_backup_has_what_is_lost_none_is_named(
    example: Run, home: Path, older: Path
) -> None:
    lose_sight_of(older)
    (home / "backups" / "coachlog-2026-11-25.db").unlink()
    (home / "backups" / "coachlog-2026-11-24.db").unlink()
    ran = example("check", clock=on_day(2))
    assert "has nothing of what is lost." in ran.out
    assert "backup restore" not in ran.err
    assert "coachlog check --accept" in ran.err


@pytest.mark.usefixtures("older")
def test_it_is_asked_before_a_journal_that_lost_changes_is_taken_as_it_is(
    example: Run, home: Path
) -> None:
    head = (home / "journal.head").read_bytes()
    assert example("check", "--accept", clock=on_day(2)).code == 2
    assert example("check", "--accept", "--json", clock=on_day(2)).code == 2
    person = ScriptedPerson({GO_ON: False})
    ran = example("check", "--accept", person=person, clock=on_day(2))
    assert (ran.code, (home / "journal.head").read_bytes()) == (4, head)
    person = ScriptedPerson({GO_ON: True})
    ran = example("check", "--accept", person=person, clock=on_day(2))
    assert (ran.code, "From now on, it is changed as it is." in ran.out) == (0, True)
    assert example("check", clock=on_day(2)).code == 0


@pytest.mark.usefixtures("older", "screen")
def test_with_yes_only_what_was_done_is_said(example: Run) -> None:
    ran = example("check", "--accept", "--yes", clock=on_day(2))
    assert ran.out == (
        "The journal is taken as it is. From now on, it is changed as it is.\n"
    )
    assert (ran.code, ran.err) == (0, "")


# Backups that are damaged themselves


def test_each_damaged_copy_is_named_however_old_it_is(
    example: Run, home: Path, stick: Path
) -> None:
    older_ones = [
        home / "backups" / "coachlog-2026-11-23.db",
        stick / "coachlog-2026-11-23.db",
    ]
    for path in older_ones:
        spoil(path, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    newest = "2026-11-25"
    ran = example("backup", "check", clock=on_day(2))
    assert ran.code == 1
    states = dict(line.split("\t") for line in ran.out.splitlines())
    faulty_names = {name for name, state in states.items() if state != "sound"}
    assert faulty_names == {newest, "2026-11-23", str(older_ones[1])}
    assert str(stick / "coachlog-2026-11-25.db") in states
    found = json.loads(example("doctor", "--json", clock=on_day(2)).out)["findings"]
    words = [each["words"] for each in found if each["state"] == "wrong"]
    assert any(
        "coachlog-2026-11-25.db and coachlog-2026-11-23.db in" in each for each in words
    )
    assert any(
        f"coachlog-2026-11-23.db in {stick} is damaged." in each for each in words
    )
    mends = [each["mend"] for each in found if each["about"] == "backups"]
    assert mends[0] == "Move them away, so that nobody counts on them."


@pytest.mark.usefixtures("stick")
def test_a_list_marks_the_newest_ones_that_are_damaged(example: Run) -> None:
    ran = example("backup", "list", clock=on_day(2))
    states = [line.split("\t")[3] for line in ran.out.splitlines()]
    assert states == ["damaged", "1", "1"]
    assert "1 backup is not sound: coachlog backup check" in ran.err
    rows = example("backup", "list", "--json", clock=on_day(2)).json["backups"]
    assert [row["fault"] for row in rows] == ["is damaged", None, None]


def test_a_copy_of_a_damaged_journal_does_not_count_in_a_check(
    example: Run, home: Path
) -> None:
    assert example("backup", "create").code == 0
    spoil(home / "coachlog.db", "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    assert example("backup", "create").code == 1
    ran = example("backup", "check")
    assert "2026-11-23-damaged\tof a damaged journal, as its name says" in ran.out
    assert (ran.code, ran.err) == (0, "")
    spoil(
        home / "backups" / "coachlog-2026-11-23.db",
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
    )
    ran = example("backup", "check")
    assert (ran.code, "It has been left as it is." in ran.err) == (1, True)
