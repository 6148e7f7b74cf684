"""`check --mend`: single rows are put back from a good backup, and nothing else changes."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.rules.tombstones import (
    Tombstone,
    build_tombstone_digest,
    format_tombstone_list,
)
from coachlog.store.database import Journal
from coachlog.store.erased_lists import ERASED_FILE
from coachlog.store.search_schema import is_search_table
from command_support import ScriptedPerson
from conftest import NOW, Ran, Run
from index_support import assert_in_step

SECRET = "words that nobody else may read"
PUT_BACK = "Put back what the backup has?"
LATER = "Put back what the backup has, though"
ACCEPT = "Take it as it is now?"
LET_GO = "Let go what belongs to it?"
UNLINK = "Keep it, without that reference?"
REPLY_TABLES = ("pulse_code", "pulse_count", "workshop_code", "workshop_count")
UNWATCHED = ("journal_state", "table_sum", "undo_entry", "undo_step", "event")


def spoil(home: Path, *statements: str) -> None:
    with closing(dbapi2.connect(home / "coachlog.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            db.execute(statement)


def read_rows(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table that is not written by every change."""
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        db.text_factory = lambda octets: octets.decode(errors="surrogateescape")
        tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall()
        return {
            table: sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
            for (table,) in tables
            if table not in UNWATCHED
            and not table.startswith("sqlite_")
            and not is_search_table(table)
        }


def findings(ran: Ran) -> list[dict[str, Any]]:
    return list(json.loads(ran.out)["check"]["findings"])


@pytest.fixture
def kept(example: Run) -> Run:
    """A journal with a good backup of now."""
    assert example("backup", "create").code == 0
    return example


DAMAGES = (
    "UPDATE action SET due = '2027-05-05' WHERE id = 1",
    "UPDATE action SET due = 'x', what = 'y' WHERE id = 1",
    "UPDATE action SET status = 'oqen' WHERE id = 1",
    "UPDATE action SET uid = 'other' WHERE id = 1",
    "UPDATE action SET id = 77 WHERE id = 1",
    "UPDATE action SET row_sum = row_sum + 1 WHERE id = 1",
    "UPDATE action SET row_sum = NULL WHERE id = 1",
    "UPDATE answer SET value = CAST(x'ff22' AS TEXT) WHERE id = 2",
    "UPDATE answer SET value = x'22ff22' WHERE id = 2",
    "DELETE FROM answer WHERE id = 2",
    "DELETE FROM answer",
    "DELETE FROM action WHERE id = 1",
    "DELETE FROM person",
    "UPDATE table_sum SET total = (total | 4096) - (total & 4096) WHERE table_name = 'tag'",
    "UPDATE table_sum SET row_count = 900 WHERE table_name = 'tag'",
    "UPDATE table_sum SET row_count = 'x' WHERE table_name = 'answer'",
    "UPDATE table_sum SET table_name = 'ansver' WHERE table_name = 'answer'",
    "DELETE FROM table_sum WHERE table_name = 'answer'",
    "UPDATE journal_state SET changed_on = 0",
    "UPDATE journal_state SET sum_key = 'ff' || substr(sum_key, 3)",
    "UPDATE journal_state SET uid = 'other'",
    "DELETE FROM journal_state",
    "UPDATE undo_entry SET undone_at = 'x'",
    "DELETE FROM event WHERE id = 1",
    "UPDATE event SET kind = 'x' WHERE id = 1",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_the_backup_has_as_it_was_written_is_put_back(
    kept: Run, home: Path, damage: str
) -> None:
    assert kept("action", "note", "1", "--text", "Half").code == 0
    assert kept("backup", "create").code == 0
    assert kept("note", "priya", "New").code == 0
    rows = read_rows(home)
    spoil(home, damage)
    assert kept("check").code == 1
    ran = kept("check", "--mend", "--yes")
    assert ran.code == 0, ran.err
    assert "Your journal is sound." in ran.out
    assert read_rows(home) == rows
    assert_in_step(home / "coachlog.db")
    assert kept("check").code == 0
    assert kept("action", "note", "1", "--text", "More").code == 0
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        kinds = [kind for (kind,) in db.execute("SELECT kind FROM event ORDER BY id")]
    assert "journal.mended" in kinds


@pytest.mark.usefixtures("screen")
def test_each_is_shown_and_asked_about_and_what_was_there_is_kept(
    kept: Run, home: Path
) -> None:
    rows = read_rows(home)
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    damaged = read_rows(home)
    shown = " ".join(kept("check").out.split())
    assert "has it as it was written: due " in shown
    assert "2026, not 5 May 2027." in shown
    person = ScriptedPerson({PUT_BACK: False, ACCEPT: False})
    ran = kept("check", "--mend", person=person)
    assert (ran.code, read_rows(home)) == (1, damaged)
    assert "Nothing was changed." in ran.out
    person = ScriptedPerson({PUT_BACK: True})
    ran = kept("check", "--mend", person=person)
    assert (ran.code, read_rows(home)) == (0, rows)
    words = " ".join(ran.out.split())
    assert "due " in words
    assert "1 thing is mended. What was there before is backup" in words
    assert "-damaged. Your journal is sound." in words
    assert len(list((home / "backups").glob("*-damaged.db"))) == 1
    assert "undo kept is gone" in ran.err
    assert kept("undo").code == 4


def test_what_was_changed_since_the_backup_is_put_back_only_if_a_person_says_so(
    kept: Run, home: Path
) -> None:
    assert kept("action", "move", "1", "--to", "+2w").code == 0
    spoil(home, f"UPDATE action SET what = '{SECRET}' WHERE id = 1")
    (finding,) = findings(kept("check", "--json"))
    assert (finding["in_backup"], finding["remedy"]) == ("other", "offer")
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "Nothing was changed." in ran.out) == (1, True)
    assert "before a later change" in ran.out
    assert SECRET not in ran.out + ran.err
    person = ScriptedPerson({LATER: False, ACCEPT: True})
    ran = kept("check", "--mend", person=person)
    assert (ran.code, "1 thing is taken as it is now." in ran.out) == (0, True)
    assert kept("action", "show", "1", "--private").code == 0
    assert SECRET in kept("action", "show", "1", "--private").out


def test_a_row_that_the_backup_lacks_can_only_be_taken_as_it_is(
    kept: Run, home: Path
) -> None:
    assert kept("action", "add", "me", "Ring HR").code == 0
    spoil(home, "UPDATE action SET what = 'Rinh HR' WHERE what = 'Ring HR'")
    (finding,) = findings(kept("check", "--json"))
    assert (finding["in_backup"], finding["remedy"]) == ("not there", "accept")
    assert kept("check", "--mend", "--yes").code == 1
    assert kept("check", "--mend", person=ScriptedPerson({ACCEPT: True})).code == 0
    assert kept("check").code == 0


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE action SET due = 'never' WHERE what = 'Ring HR'",
        "UPDATE action SET status = 'oqen' WHERE what = 'Ring HR'",
        "UPDATE action SET what = CAST(x'ff22' AS TEXT) WHERE what = 'Ring HR'",
        "UPDATE action SET person_id = 99 WHERE what = 'Ring HR'",
    ],
)
def test_what_would_still_be_wrong_is_not_taken_as_it_is(
    kept: Run, home: Path, damage: str
) -> None:
    assert kept("action", "add", "me", "Ring HR").code == 0
    spoil(home, damage)
    before = read_rows(home)
    ran = kept("check", "--mend", person=ScriptedPerson({ACCEPT: True}))
    assert (ran.code, read_rows(home)) == (1, before)


def test_without_a_backup_damage_can_be_taken_as_it_is(
    example: Run, home: Path
) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    (finding,) = findings(example("check", "--json"))
    assert (finding["in_backup"], finding["remedy"]) == ("unknown", "accept")
    person = ScriptedPerson({ACCEPT: True})
    assert example("check", "--mend", person=person).code == 0
    assert example("check").code == 0


def test_where_nobody_can_be_asked_nothing_is_changed(kept: Run, home: Path) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    before = (home / "coachlog.db").read_bytes()
    ran = kept("check", "--mend")
    assert (ran.code, "coachlog check --mend --yes" in ran.err) == (2, True)
    assert (home / "coachlog.db").read_bytes() == before
    assert not list((home / "backups").glob("*damaged*"))
    assert kept("check", "--yes").code == 2
    assert kept("check", "--mend", "--json").code == 2
    ran = kept("check", "--mend", "--json", "--yes")
    assert (ran.code, ran.json["check"]["mended"], ran.json["check"]["is_sound"]) == (
        0,
        1,
        True,
    )


def test_a_sound_journal_needs_no_mending(kept: Run, home: Path) -> None:
    before = read_rows(home)
    ran = kept("check", "--mend")
    assert (ran.code, ran.out) == (0, "Your journal is sound.\n")
    assert read_rows(home) == before


def test_what_was_removed_on_purpose_stays_away(kept: Run, home: Path) -> None:
    """A row that the backup has, and the total does not lack, was not lost."""
    answers = kept("session", "show", "1", "--json", "--private").json["session"]
    assert answers
    assert kept("note", "priya", "Half").code == 0
    assert kept("person", "edit", "priya", "--team", "Ward 9").code == 0
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        tags = db.execute("SELECT * FROM session_tag").fetchall()
    assert kept("session", "edit", "1", "--minutes", "31").code == 0
    rows = read_rows(home)
    assert rows["session_tag"] == tags
    spoil(home, "DELETE FROM answer WHERE id = 1")
    assert kept("check", "--mend", "--yes").code == 0
    assert read_rows(home) == rows


@pytest.mark.parametrize("removed", [1, 2])
def test_of_rows_that_are_gone_only_those_that_were_lost_are_named(
    kept: Run, home: Path, removed: int
) -> None:
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        (count,) = db.execute("SELECT count(*) FROM answer").fetchone()
    assert count > 2
    journal = Journal(home)
    with journal.change(NOW) as change:
        change.watch.watch_table("answer")
        change.connection.execute("DELETE FROM answer WHERE id = 3")
    rows = read_rows(home)
    spoil(home, f"DELETE FROM answer WHERE id <= {removed}")
    (finding,) = findings(kept("check", "--json"))
    assert finding["kind"] == "missing rows"
    assert [row["row"] for row in finding["kept_rows"]] == [
        [number] for number in range(1, removed + 1)
    ]
    assert all(row["is_certain"] for row in finding["kept_rows"])
    assert "an answer in conversation 1 with Priya" in finding["kept_rows"][0]["what"]
    assert kept("check", "--mend", "--yes").code == 0
    assert read_rows(home) == rows


def test_a_lost_row_that_was_changed_since_is_offered(kept: Run, home: Path) -> None:
    assert kept("action", "move", "1", "--to", "+2w").code == 0
    spoil(home, "DELETE FROM action WHERE id = 1")
    (finding, *_) = findings(kept("check", "--json"))
    assert (finding["kind"], finding["remedy"]) == ("missing rows", "offer")
    person = ScriptedPerson({LATER: True})
    ran = kept("check", "--mend", person=person)
    assert ran.code == 0, ran.err
    assert kept("check").code == 0


def test_a_row_and_its_parent_are_put_back_together(kept: Run, home: Path) -> None:
    rows = read_rows(home)
    spoil(home, "DELETE FROM answer", "DELETE FROM action", "DELETE FROM session")
    assert kept("check", "--mend", "--yes").code == 0
    assert read_rows(home) == rows


def test_a_row_whose_parent_cannot_come_back_stays_away(kept: Run, home: Path) -> None:
    """The conversation was recorded again since, and its number is another one's."""
    assert kept("session", "edit", "1", "--minutes", "31").code == 0
    rows = read_rows(home)
    spoil(home, "DELETE FROM session", "DELETE FROM answer")
    before = read_rows(home)
    ran = kept(
        "check",
        "--mend",
        person=ScriptedPerson({PUT_BACK: True, LATER: False, ACCEPT: False}),
    )
    assert ran.code == 1
    assert "refers to something that is not there" in ran.err
    assert {**read_rows(home), "answer": []} == {**before, "answer": []}
    assert rows != before


def test_a_place_that_is_taken_is_said_and_nothing_is_half_done(
    kept: Run, home: Path
) -> None:
    spoil(home, "DELETE FROM answer WHERE id = 1")
    journal = Journal(home)
    with closing(dbapi2.connect(home / "backups" / _backup_name(home))) as db:
        (uid,) = db.execute("SELECT uid FROM answer WHERE id = 1").fetchone()
    with journal.change(NOW) as change:
        change.watch.watch_table("answer")
        change.connection.execute("UPDATE answer SET uid = ? WHERE id = 2", (uid,))
    before = read_rows(home)
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "something else has taken its place" in ran.err) == (1, True)
    assert read_rows(home) == before


def test_damage_in_the_file_is_left_to_a_restore(kept: Run, home: Path) -> None:
    spoil(
        home,
        "DROP INDEX ix_hold_person",
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
    )
    before = (home / "coachlog.db").read_bytes()
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "coachlog backup restore" in ran.err) == (1, True)
    assert (home / "coachlog.db").read_bytes() == before


def test_a_journal_that_lost_changes_is_mended_once_that_is_accepted(
    kept: Run, home: Path
) -> None:
    older = (home / "coachlog.db").read_bytes()
    assert kept("action", "note", "1", "--text", "Half").code == 0
    (home / "coachlog.db").write_bytes(older)
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    assert kept("check", "--mend", "--yes").code == 4
    ran = kept("check", "--mend", "--yes", "--accept")
    assert ran.code == 0, ran.err
    assert kept("action", "note", "1", "--text", "Half").code == 0


def test_what_changes_between_the_look_and_the_mending_stops_it(
    kept: Run, home: Path
) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")

    class Busy(ScriptedPerson):
        def agrees(self, question: str) -> bool:
            spoil(home, "UPDATE action SET due = '2028-05-05' WHERE id = 1")
            return super().agrees(question)

    ran = kept("check", "--mend", person=Busy({PUT_BACK: True}))
    assert (ran.code, "changed meanwhile" in ran.err) == (4, True)
    assert "2028-05-05" in str(read_rows(home)["action"])


def test_another_change_meanwhile_is_kept(kept: Run, home: Path) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")

    class Busy(ScriptedPerson):
        def agrees(self, question: str) -> bool:
            assert kept("note", "priya", "Half").code == 0
            return super().agrees(question)

    assert kept("check", "--mend", person=Busy({PUT_BACK: True})).code == 0
    assert "Half" in str(read_rows(home)["note"])


def test_a_folder_that_cannot_be_written_to_stops_it(kept: Run, home: Path) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    before = (home / "coachlog.db").read_bytes()
    shutil.rmtree(home / "backups")
    (home / "backups").write_text("in the way")
    person = ScriptedPerson({ACCEPT: True})
    assert kept("check", "--mend", person=person).code == 1
    assert (home / "coachlog.db").read_bytes() == before


def test_two_faults_in_one_table_are_told_apart(kept: Run, home: Path) -> None:
    """A lost row hides behind a damaged one of the same table until that is mended."""
    rows = read_rows(home)
    spoil(
        home,
        "UPDATE answer SET row_sum = row_sum + 1 WHERE id = 1",
        "DELETE FROM answer WHERE id = 2",
        "UPDATE answer SET value = '3' WHERE id = 3",
    )
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, read_rows(home)) == (0, rows)
    assert "3 things are mended." in ran.out


def _backup_name(home: Path) -> str:
    (path,) = (home / "backups").glob("*.db")
    return path.name


def test_what_was_erased_does_not_come_back(kept: Run, home: Path) -> None:
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        (uid,) = db.execute("SELECT uid FROM answer WHERE id = 2").fetchone()
    tombstone = Tombstone(build_tombstone_digest("answer", uid), NOW.date())
    words = format_tombstone_list([tombstone])
    (home / "backups" / ERASED_FILE).write_text(words)
    spoil(home, "DELETE FROM answer WHERE id = 2")
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "it was erased since" in ran.err) == (1, True)
    assert (2,) not in {row[:1] for row in read_rows(home)["answer"]}


def test_what_the_second_place_lists_as_erased_does_not_come_back(
    kept: Run, home: Path, tmp_path: Path
) -> None:
    """The list beside the journal's own backups was the only one that was read."""
    stick = tmp_path / "stick"
    stick.mkdir()
    assert kept("config", "set", "backup.folder", str(stick)).code == 0
    with closing(dbapi2.connect(home / "coachlog.db")) as db:
        (uid,) = db.execute("SELECT uid FROM answer WHERE id = 2").fetchone()
    tombstone = Tombstone(build_tombstone_digest("answer", uid), NOW.date())
    words = format_tombstone_list([tombstone])
    (stick / ERASED_FILE).write_text(words)
    (home / "backups" / ERASED_FILE).write_text(f"{words[:-9]}x")
    spoil(home, "DELETE FROM answer WHERE id = 2")
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "it was erased since" in ran.err) == (1, True)
    assert "cannot be read whole, so something that was erased may come back" in ran.err
    assert (2,) not in {row[:1] for row in read_rows(home)["answer"]}


def test_a_journal_that_was_moved_here_is_checked_before_it_is_asked_about(
    kept: Run, home: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert kept("--home", str(other), "action", "add", "me", "Ring HR").code == 0
    spoil(other, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    shutil.copy(other / "coachlog.db", home / "coachlog.db")
    person = ScriptedPerson()
    ran = kept("action", "drop", "1", person=person)
    assert (ran.code, person.asked) == (1, [])
    assert "another journal" in ran.err
    assert "it is damaged. Nothing was changed." in ran.err


def test_where_nothing_can_be_mended_unasked_yes_is_not_offered(
    example: Run, home: Path
) -> None:
    spoil(home, "UPDATE action SET due = '2027-05-05' WHERE id = 1")
    ran = example("check", "--mend")
    assert (ran.code, "--yes" in ran.err) == (2, False)
    assert "In a terminal: coachlog check --mend" in ran.err


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", ["60", "80"])
def test_what_belongs_to_a_finding_stays_indented_and_is_counted_once(
    kept: Run, home: Path, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    spoil(
        home,
        "UPDATE action SET due = '2027-05-05', closed_on = '2027-05-05', "
        "what = upper(what), carried = 7 WHERE id = 1",
    )
    ran = kept("check")
    finding, *_ = ran.out.split("\n\n")
    _first, *others = finding.splitlines()
    assert len(others) > 2
    assert all(line.startswith("  ") for line in others)
    assert (ran.out + ran.err).count("1 thing is wrong") == 1


def test_of_words_it_is_said_how_many_characters_differ(kept: Run, home: Path) -> None:
    spoil(home, "UPDATE action SET what = 'X' || substr(what, 2) WHERE id = 1")
    ran = kept("check", "--mend", person=ScriptedPerson({PUT_BACK: True}))
    assert "1 of " in ran.out
    assert " characters in “what” differs" in ran.out


@pytest.mark.parametrize("value", ["CAST(x'22ff22' AS TEXT)", "'[1'", "'[[1'"])
def test_a_row_that_nobody_can_read_keeps_no_other_from_being_mended(
    kept: Run, home: Path, value: str
) -> None:
    assert kept("goal", "add", "--title", "Sleep more").code == 0
    spoil(
        home,
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
        f"UPDATE goal SET levels = {value} WHERE id = (SELECT max(id) FROM goal)",
    )
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "1 thing is mended." in ran.out) == (1, True), ran.err
    (finding,) = findings(kept("check", "--json"))
    assert finding["remedy"] == "restore"
    spoil(home, "DELETE FROM search_data")
    ran = kept("check", "--mend", "--yes")
    assert (ran.code, "1 thing is mended." in ran.out) == (1, True), ran.err
    assert_in_step(home / "coachlog.db")
    assert kept("search", "sleep").out == ""


def test_what_hangs_on_a_loss_is_named_and_let_go_once_a_person_says_so(
    kept: Run, home: Path
) -> None:
    """A promise that is newer than the backup is lost, and its story is left behind."""
    assert kept("action", "add", "priya", "Send the minutes by 2026-12-16").code == 0
    (number,) = (row[0] for row in read_rows(home)["action"] if "minutes" in str(row))
    spoil(home, f"DELETE FROM action WHERE id = {number}")
    story = f"a step in the story of promise {number}"
    loss, hanging = findings(kept("check", "--json"))
    assert (loss["remedy"], hanging["remedy"]) == ("accept", "let go")
    assert story in loss["consequence"]
    assert f"without promise {number}" in hanging["consequence"]
    # Left, as nobody says what becomes of it.
    assert kept("check", "--mend", "--yes").code == 1
    person = ScriptedPerson({ACCEPT: False})
    assert kept("check", "--mend", person=person).code == 1
    assert all(ACCEPT in question for question in person.asked)
    ran = kept("check", "--mend", person=ScriptedPerson({ACCEPT: True, LET_GO: True}))
    assert ran.code == 0, ran.err
    words = " ".join(ran.out.split())
    assert f"story of promise {number}. If it stays lost, that is let go next" in words
    assert "1 thing is let go." in words
    assert kept("check").code == 0
    assert not [p for p in (home / "backups").glob("*.db") if "damaged" in p.name][1:]
    assert kept("backup", "create").code == 0


def test_a_promise_outlives_the_lost_conversation_in_which_it_was_made(
    kept: Run, home: Path
) -> None:
    ran = kept("log", "priya", input="Budgets.\n- Send figures by 2026-12-11\n#rota\n")
    assert ran.code == 0, ran.err
    (number,) = [max(row[0] for row in read_rows(home)["session"])]
    promises = len(read_rows(home)["action"])
    spoil(home, f"DELETE FROM session WHERE id = {number}")
    answers = {ACCEPT: True, LET_GO: True, UNLINK: True}
    person = ScriptedPerson(answers)
    ran = kept("check", "--mend", person=person)
    assert ran.code == 0, ran.err
    assert f"an answer in conversation {number}" in ran.out
    rows = read_rows(home)
    assert len(rows["action"]) == promises
    assert number not in {row[2] for row in rows["answer"]}
    # Together, not one by one.
    assert len(person.asked) == 3
    assert kept("check").code == 0
    assert kept("action", "list").code == 0


def test_what_hangs_on_a_lost_pulse_is_no_damage_of_the_file(
    kept: Run, home: Path, tmp_path: Path
) -> None:
    assert kept("pulse", "new", "-o", str(tmp_path)).code == 0
    assert kept("pulse", "add", "4", "5").code == 0
    spoil(home, "DELETE FROM pulse")
    faults = findings(kept("check", "--json"))
    assert {finding["kind"] for finding in faults} == {"missing rows", "pointer"}
    # Neither a code nor a reply: the pulse alone is named.
    hanging = [finding for finding in faults if finding["kind"] == "pointer"]
    assert {tuple(finding["row"]) for finding in hanging} == {(1,)}
    ran = kept("check", "--mend", person=ScriptedPerson({ACCEPT: True, LET_GO: True}))
    assert ran.code == 0, ran.err
    assert "row 1/" not in ran.out
    assert read_rows(home)["pulse_count"] == []


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM action WHERE id = 1",
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
    ],
)
def test_a_promise_that_is_put_back_from_earlier_stands_as_its_story_says(
    kept: Run, home: Path, damage: str
) -> None:
    assert kept("action", "move", "1", "--to", "2027-02-03").code == 0
    assert kept("action", "note", "1", "--text", "Half").code == 0
    rows = read_rows(home)
    spoil(home, damage)
    ran = kept("check", "--mend", person=ScriptedPerson({LATER: True}))
    assert (ran.code, "its state follow its story" in " ".join(ran.out.split())) == (
        0,
        True,
    )
    assert read_rows(home)["action"][0][:-1] == rows["action"][0][:-1]
    assert kept("check").code == 0


def test_a_story_that_is_damaged_is_not_followed(kept: Run, home: Path) -> None:
    earlier = read_rows(home)["action"]
    assert kept("action", "move", "1", "--to", "2027-02-03").code == 0
    spoil(
        home,
        "UPDATE action SET due = '2027-05-05' WHERE id = 1",
        "UPDATE action_event SET due = '2027-05-05' WHERE kind = 'moved'",
    )
    person = ScriptedPerson({LATER: True, ACCEPT: False})
    assert kept("check", "--mend", person=person).code == 1
    assert read_rows(home)["action"] == earlier


def test_what_the_log_has_as_deleted_comes_back_deleted(kept: Run, home: Path) -> None:
    rows = read_rows(home)
    assert kept("session", "delete", "1", "--yes").code == 0
    spoil(home, "UPDATE session SET deleted_at = NULL WHERE id = 1")
    person = ScriptedPerson({LATER: True})
    ran = kept("check", "--mend", person=person)
    assert ran.code == 0, ran.err
    assert "The audit log has it as deleted on " in " ".join(ran.out.split())
    assert kept("session", "restore", "1").code == 0
    assert [row[-3] for row in read_rows(home)["action"]] == [
        row[-3] for row in rows["action"]
    ]
    assert kept("check").code == 0


def test_a_deletion_that_was_undone_is_not_done_again(kept: Run, home: Path) -> None:
    assert kept("session", "delete", "1", "--yes").code == 0
    assert kept("undo").code == 0
    assert kept("session", "edit", "1", "--minutes", "31").code == 0
    spoil(home, "UPDATE session SET minutes = 7 WHERE id = 1")
    assert kept("check", "--mend", person=ScriptedPerson({LATER: True})).code == 0
    assert kept("session", "restore", "1").code == 4
