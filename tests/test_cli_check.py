"""`check`: each entry is looked at, and what is damaged is named by what it belongs to."""

import json
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from conftest import Ran, Run
from store_builders import files

SECRET = "words that nobody else may read"


def spoil(home: Path, *statements: str) -> None:
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            db.execute(statement)


def keep_backup(home: Path) -> Path:
    backup = home / "backups" / "coachlog-kept.db"
    backup.parent.mkdir()
    shutil.copy(home / "coachlog.db", backup)
    return backup


def findings(ran: Ran) -> list[dict[str, Any]]:
    return list(json.loads(ran.out)["check"]["findings"])


@pytest.mark.usefixtures("screen")
def test_a_sound_journal_is_said_to_be_sound(example: Run) -> None:
    ran = example("check")
    assert ran.code == 0
    first, second = ran.out.splitlines()
    assert first == "Your journal is sound."
    assert second.endswith("tables, each as it was written.")


@pytest.mark.usefixtures("screen")
def test_what_is_damaged_is_named_by_what_it_belongs_to(
    example: Run, home: Path
) -> None:
    backup = keep_backup(home)
    spoil(
        home,
        f"UPDATE answer SET value = '\"{SECRET}\"' WHERE id = 1",
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
    )
    ran = example("check")
    assert ran.code == 1
    assert "2 things are wrong with your journal." in ran.err
    words = " ".join(ran.out.split())
    answer = "An answer in conversation 1 with Priya Shah, [^:]+: it is not as it was"
    assert re.search(answer, words)
    assert "Promise 1 with Priya Shah: it is not as it was written." in ran.out
    assert "  table answer, row 1\n  The backup of" in ran.out
    assert re.search(r"has it as it was written: “value” differs\.", words)
    assert re.search(r"has it as it was written: due [^;]+, not 5 May 2027\.", words)
    assert backup.name in ran.out.replace("\n", "")
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize(
    ("statement", "kind", "place"),
    [
        ("DELETE FROM answer WHERE id = 2", "missing rows", "as it was written"),
        ("INSERT INTO tag (uid, name) VALUES ('t9', 'x')", "row", "not there"),
        ("UPDATE person SET name = 'Priyb'", "row", "as it was written"),
        ("UPDATE answer SET row_sum = 5 WHERE id = 2", "row", "the same as now"),
        ("UPDATE table_sum SET total = total + 1 WHERE table_name = 'tag'", "", ""),
        ("UPDATE journal_state SET changed_on = 0", "state", "unknown"),
        ("DROP INDEX ix_hold_person", "schema", "unknown"),
    ],
)
def test_each_kind_of_damage_has_its_finding(
    example: Run, home: Path, statement: str, kind: str, place: str
) -> None:
    keep_backup(home)
    spoil(home, statement)
    ran = example("check", "--json")
    assert ran.code == 1
    (finding, *_) = findings(ran)
    if kind:
        assert (finding["kind"], finding["in_backup"]) == (kind, place)


def test_a_journal_that_cannot_be_opened_is_checked_as_far_as_it_goes(
    example: Run, home: Path
) -> None:
    spoil(
        home,
        "UPDATE answer SET value = 'null' WHERE id = 1",
        "CREATE VIEW foreign_view AS SELECT 1",
    )
    before = (home / "coachlog.db").read_bytes()
    ran = example("check", "--json")
    assert ran.code == 1
    assert "did not write" in json.loads(ran.out)["check"]["reason"]
    kinds = {finding["kind"] for finding in findings(ran)}
    assert kinds == {"schema", "row"}
    assert (home / "coachlog.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a journal" * 100])
def test_a_file_that_is_no_journal_is_one_finding(
    example: Run, home: Path, content: bytes
) -> None:
    (home / "coachlog.db").write_bytes(content)
    ran = example("check", "--json")
    assert (ran.code, len(findings(ran))) == (1, 1)
    assert (home / "coachlog.db").read_bytes() == content
    assert files(home) == ["coachlog.db"]


def test_a_lost_change_is_accepted_once(example: Run, home: Path) -> None:
    older = (home / "coachlog.db").read_bytes()
    line = "action", "note", "1", "--text", "Half"
    assert example(*line).code == 0
    (home / "coachlog.db").write_bytes(older)
    assert "check --accept" in example("action", "list").err
    assert example(*line).code == 4
    checked = example("check", "--json")
    assert [finding["kind"] for finding in findings(checked)] == ["lost changes"]
    assert (checked.code, example("check", "--accept", "--yes").code) == (1, 0)
    assert example("action", "list").err == ""
    assert example(*line).code == 0


def test_the_doctor_and_tab_know_of_lost_changes(
    example: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = (home / "coachlog.db").read_bytes()
    assert example("action", "note", "1", "--text", "Half").code == 0
    (home / "coachlog.db").write_bytes(older)
    (first, *_) = json.loads(example("doctor", "--json").out)["findings"]
    assert (first["about"], first["state"]) == ("journal", "wrong")
    # A shell would print a remark into the line that is being typed.
    monkeypatch.setenv("_COACHLOG_COMPLETE", "zsh")
    ran = example("action", "done", "")
    assert (bool(ran.out), ran.err) == (True, "")


def test_a_damaged_row_is_not_accepted(example: Run, home: Path) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    assert example("check", "--accept", "--yes").code == 1
    assert example("check").code == 1


def lose_a_change(run: Run, home: Path) -> None:
    older = (home / "coachlog.db").read_bytes()
    run("action", "note", "1", "--text", "Half")
    (home / "coachlog.db").write_bytes(older)


def test_lost_changes_are_accepted_where_only_undo_is_damaged(
    example: Run, home: Path
) -> None:
    """Emptying it is a change, which is refused until the loss is accepted."""
    assert example("action", "note", "1", "--text", "Half").code == 0
    lose_a_change(example, home)
    spoil(home, "UPDATE undo_entry SET undone_at = '2027-05-05 10:00:00.000000'")
    assert example("check", "--accept", "--yes").code == 0


def test_the_doctor_knows_of_a_journal_that_was_moved_here(
    example: Run, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert example("--home", str(other), "action", "add", "me", "Half").code == 0
    shutil.copy(other / "coachlog.db", home / "coachlog.db")
    found = json.loads(example("doctor", "--json").out)["findings"]
    (finding,) = [each for each in found if each["about"] == "journal"]
    assert (finding["state"], "moved here" in finding["words"]) == ("caution", True)


@pytest.mark.usefixtures("screen")
def test_lost_changes_are_not_accepted_while_anything_else_is_wrong(
    example: Run, home: Path
) -> None:
    lose_a_change(example, home)
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    head = (home / "journal.head").read_bytes()
    ran = example("check", "--accept", "--yes")
    assert (ran.code, "2 things are wrong" in ran.err) == (1, True)
    assert (home / "journal.head").read_bytes() == head
    assert "To change it as it is" not in example("check").out
    assert example("action", "note", "2", "--text", "Half").code == 4


def test_a_change_that_meets_a_damaged_row_names_it_and_changes_nothing(
    example: Run, home: Path
) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    before = (home / "coachlog.db").read_bytes()
    ran = example("action", "move", "1", "--to", "+2w")
    assert ran.code == 1
    assert ran.err.startswith(
        "Promise 1 with Priya Shah is damaged: it is not as it was written. "
        "Nothing was changed."
    )
    assert "coachlog check" in ran.err
    assert (home / "coachlog.db").read_bytes() == before


# What is shown or handed over is verified


SHOWING_LINES = (
    "session show 1",
    "session edit 1 --minutes 30",
    "session export 1",
    "plan show priya",
    "plan export priya",
    "plan export me --yes",
    "history export priya",
    "action show 1",
    "person show priya",
)
FIGURES_AND_LISTS = ("action list", "progress", "session list", "person list")


@pytest.mark.parametrize(
    "line",
    [
        "ics",
        "history export priya",
        "plan export priya",
        "export table goals",
        "goal list",
        "goal show 1",
        "brief priya",
    ],
)
def test_an_entry_that_cannot_be_read_is_named(
    example: Run, home: Path, line: str
) -> None:
    """A list verifies nothing, and yet says which entry it is that it cannot read."""
    words = ("goal", "add", "priya", "--title", "A fair rota", "--review", "2027-02-01")
    assert example(*words).code == 0
    spoil(home, "UPDATE goal SET review_on = '2027-02-31'")
    ran = example(*line.split())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Goal 1 with Priya Shah is damaged: it is not as it was")


def test_of_more_than_damaged_entries_the_whole_journal_is_named(
    example: Run, home: Path
) -> None:
    assert example("goal", "add", "priya", "--title", "A fair rota").code == 0
    spoil(
        home,
        "UPDATE goal SET review_on = '2027-02-31'",
        "DELETE FROM answer WHERE id = 1",
    )
    ran = example("goal", "list")
    assert (ran.code, ran.out) == (1, "")
    assert "coachlog.db is damaged. It has been left as it is." in ran.err


@pytest.mark.parametrize("line", SHOWING_LINES)
def test_what_is_shown_or_handed_over_is_verified(
    example: Run, home: Path, line: str
) -> None:
    assert example(*line.split()).code == 0
    spoil(
        home,
        "UPDATE action SET due = '2027-05-05'",
        "UPDATE answer SET stage = 'spoilt'",
    )
    ran = example(*line.split())
    assert ran.code == 1
    assert ("is damaged: it is not as it was written. It is not shown." in ran.err) or (
        "Nothing was changed" in ran.err
    )
    assert "coachlog check" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("line", ["plan export priya", "action show 1"])
def test_the_talk_that_a_promise_is_from_is_verified_with_it(
    example: Run, home: Path, line: str
) -> None:
    spoil(home, "UPDATE session SET held_on = '2026-11-01'")
    ran = example(*line.split())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Conversation 1 with Priya Shah")


@pytest.mark.parametrize("line", FIGURES_AND_LISTS)
def test_lists_and_figures_are_not_verified(
    example: Run, home: Path, line: str
) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05'")
    assert example(*line.split()).code == 0


@pytest.mark.parametrize("table", ["answer", "action", "slot", "action_event"])
@pytest.mark.parametrize("line", ["--whole-set --yes", "--output {home}/pages"])
def test_the_pages_of_a_set_are_verified(
    year: Path, run: Run, home: Path, table: str, line: str
) -> None:
    shutil.copytree(year, home)
    words = (
        "plan",
        "export",
        "--set",
        "ward",
        *line.format(home=home).split(),
        "--force",
    )
    assert run(*words).code == 0
    spoil(home, f"UPDATE {table} SET uid = 'spoilt ' || uid")
    assert run(*words).code == 1
