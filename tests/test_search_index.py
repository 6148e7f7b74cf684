"""The index of `search`: in step with the rows, without what is gone, and never in the way."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.model.actions import Promise
from coachlog.model.people import Relationship
from coachlog.model.search import SearchKind
from coachlog.rules.tombstones import (
    Tombstone,
    build_tombstone_digest,
    format_tombstone_list,
)
from coachlog.store.database import Journal
from coachlog.store.erased_lists import ERASED_FILE
from coachlog.store.reading import search_queries
from coachlog.store.schema import MIGRATIONS, split_statements
from coachlog.store.search_index import rebuild_index
from coachlog.store.search_numbers import LARGEST_ID, locate_entry, number_entry
from coachlog.store.search_schema import SEARCH_SQL, SEARCH_VERSION, SEARCHED_COLUMNS
from coachlog.store.writing import (
    action_changes,
    goal_changes,
    note_changes,
    session_changes,
)
from command_support import ScriptedPerson
from conftest import Run
from index_support import assert_in_step, read_index
from store_builders import NOW, TODAY, YESTERDAY, hold, said
from undo_histories import list_commands_run, take_back

MARK = "abraxaszorbel"


def find_mark(path: Path) -> list[Path]:
    """Return the files beside a journal, and the journal, in which the mark can be read."""
    return [
        file
        for file in path.parent.glob(f"{path.name}*")
        if MARK.encode() in file.read_bytes()
    ]


def test_the_virtual_table_is_that_of_the_migration() -> None:
    (step,) = MIGRATIONS.glob(f"{SEARCH_VERSION:04}_*.sql")
    with closing(dbapi2.connect(":memory:")) as db:
        for statement in split_statements(step.read_text(encoding="utf-8")):
            db.execute(statement)
        made = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'")
        assert made.fetchone() == (SEARCH_SQL,)


@pytest.mark.parametrize("table", SEARCHED_COLUMNS)
def test_an_entry_is_found_again_by_its_number(table: str) -> None:
    for id in (1, 7, LARGEST_ID):
        number = number_entry(table, id, TODAY)
        assert locate_entry(number) == (table, id, TODAY)
        assert number < number_entry(table, 1, TODAY + timedelta(days=1)) < 2**63


# In step


@pytest.mark.parametrize("seed", range(4))
def test_the_index_is_in_step_after_any_commands(
    run: Run, home: Path, seed: int
) -> None:
    codes: list[int] = []
    path = home / "coachlog.db"
    for number, command in enumerate(list_commands_run(run, seed, 50, codes)):
        command()
        if number % 5 == 4:
            assert run("undo").code in (0, 3, 4)
        if path.exists():
            assert_in_step(path)
    assert codes.count(0) > 15
    assert read_index(path) != []


@pytest.fixture
def journal(home: Path) -> Journal:
    """A journal in which each kind of entry has the mark; conversation 1 has an answer with it."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        hold(
            change,
            Promise(f"Send {MARK}", "them"),
            new=("Priya Shah", Relationship.REPORT),
            answers=[said("a", f"About {MARK}")],
            on=YESTERDAY,
        )
        note_changes.insert_note(change, 1, MARK, on=TODAY)
    assert len(find_mark(journal.path)) == 1
    return journal


CHANGES: dict[str, Callable[[Any], object]] = {
    "deleted": lambda change: session_changes.mark_session_deleted(change, 1),
    "promise": lambda change: action_changes.insert_action_note(
        change, 1, f"More {MARK}", on=TODAY
    ),
    "goal": lambda change: goal_changes.insert_goal(
        change, goal_of(MARK), on=TODAY, person_id=1
    ),
}


def goal_of(title: str) -> Any:
    from coachlog.model.goals import Goal

    return Goal(title, None, None)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_and_its_undoing_keep_it_in_step(
    journal: Journal, change: Callable[[Any], object]
) -> None:
    before = read_index(journal.path)
    journal.begin_undo_entry()
    with journal.change(NOW) as under_way:
        change(under_way)
    assert read_index(journal.path) != before
    assert_in_step(journal.path)
    take_back(journal)
    assert read_index(journal.path) == before


THREE = {
    "with": ["Priya Shah", "Ben Ek"],
    "template": "three-way",
    "held_on": "2026-11-20",
    "answers": {"learning.keep": f"Of three: {MARK}"},
    "actions": [{"what": f"Ring the {MARK}", "owner": "Ben Ek"}],
    "tags": ["rota"],
}


@pytest.fixture
def three(run: Run, journal: Journal) -> Run:
    """A journal in which Priya Shah, Ben Ek and a tag are in the labels of entries."""
    with journal.change(NOW) as change:
        goal_changes.insert_goal(change, goal_of(MARK), on=TODAY, person_id=1)
    for name in ("Ben Ek", "Ann Obi"):
        assert run("person", "add", name, "-r", "manager").code == 0
    ran = run("session", "new", "--answers", "-", input=json.dumps(THREE))
    assert ran.code == 0, ran.err
    return run


@pytest.mark.parametrize(
    "line",
    [
        "person merge ann ben --yes",
        "person merge ann priya --yes",
        "session edit 2 --tag audit",
        "session edit 2 --untag rota",
        "session edit 2 --with ann --with ben",
        "session edit 1 --with ann",
        "session delete 2 --yes",
        "action edit 2 --owner me",
        "goal edit 1 --title Other",
    ],
)
def test_labels_are_in_step(three: Run, journal: Journal, line: str) -> None:
    before = read_index(journal.path)
    ran = three(*line.split())
    assert ran.code == 0, ran.err
    assert read_index(journal.path) != before
    assert_in_step(journal.path)
    assert three("undo").code == 0
    assert read_index(journal.path) == before


NARROWED = (
    *("--person priya", "--person ben", "--person ann", "--tag rota"),
    *("--template three-way", "--template grow", "--person ben --kind promise"),
    *(f"--kind {kind}" for kind in SearchKind),
)


@pytest.mark.parametrize("options", NARROWED)
def test_labels_keep_nothing_from_being_found(
    three: Run, options: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert three("action", "note", "2", "--text", f"Rang {MARK}").code == 0
    assert three("goal", "edit", "1", "--why", f"For {MARK}").code == 0
    words = ("search", MARK, *options.split(), "--private", "--json")
    ran = three(*words)
    monkeypatch.setattr(search_queries, "_list_filter_labels", lambda _: [])
    assert (three(*words).out, ran.code) == (ran.out, 0)
    # Each of these finds something but two.
    nothing = ("--person ann", "--kind conversation")
    assert (ran.json["hits"] == []) is (options in nothing)


@pytest.mark.parametrize("word", ["§p1", "p1", "§1", "§", "trota"])
def test_a_label_is_no_word(three: Run, word: str) -> None:
    ran = three("search", word, "--private")
    assert (ran.out, "§" in ran.err) == ("", False)


def test_another_day_is_another_number(run: Run, journal: Journal) -> None:
    assert run("session", "edit", "1", "--on", "2026-11-02").code == 0
    assert {locate_entry(doc).on.day for doc, _, _ in read_index(journal.path)} == {
        *(2, 23)
    }
    assert_in_step(journal.path)


@pytest.mark.usefixtures("journal")
def test_what_changes_no_words_leaves_the_index_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coachlog.store import search_index

    def refuse(*_: object) -> bool:
        raise AssertionError("the index was looked at")

    monkeypatch.setattr(search_index, "update_index", refuse)
    for line in (
        "action move 1 --to 2026-12-24",
        "action done 1",
        "action reopen 1",
        "note --said 1",
        "person edit priya --role nurse",
        "met priya",
    ):
        assert run(*line.split()).code == 0, line


# Nothing lingers


def remove_words(path: Path) -> None:
    """Take the marked rows out, as if they were erased, through the watch of a change."""
    journal = Journal(path.parent)
    journal.keeps_undo = False
    with journal.change(NOW) as change:
        change.watch.watch_all_tables()
        for statement in (
            "DELETE FROM note",
            "DELETE FROM answer",
            "UPDATE action SET what = 'gone'",
        ):
            change.connection.execute(statement)


def test_nothing_of_erased_words_is_left_in_the_file(journal: Journal) -> None:
    remove_words(journal.path)
    # Not in the index; what undo keeps of them is another table.
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete=ON")
        db.execute("DELETE FROM undo_step")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert find_mark(journal.path) == []
    assert_in_step(journal.path)


# Damage


DAMAGE = {
    "a page of it": "UPDATE search_data SET block = zeroblob(9) WHERE id > 10",
    "its structure": "UPDATE search_data SET block = zeroblob(4) WHERE id <= 10",
    "its settings": "DELETE FROM search_config",
    "all of it": "DELETE FROM search_data",
}


@pytest.fixture(params=[*DAMAGE.values()], ids=[*DAMAGE])
def damaged(journal: Journal, request: pytest.FixtureRequest) -> Journal:
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute(request.param)
    return journal


def test_a_damaged_index_blocks_nothing_and_is_mended(
    run: Run, damaged: Journal
) -> None:
    for line in (
        "note priya Ask about leave",
        "action add priya Ring the ward",
        "action done 1",
        "session delete 1 --yes",
        "undo",
        "backup create",
    ):
        ran = run(*line.split())
        assert ran.code == 0, (line, ran.err)
    for line in ("brief priya", "history priya --private"):
        assert run(*line.split()).code == 0
    checked = run("check")
    assert (checked.code, "doctor --mend" in checked.err) == (1, True)
    assert run("doctor").code == 1

    mended = run("doctor", "--mend")

    assert "The index of search is made anew." in mended.out
    assert run("check").code == 0
    assert_in_step(damaged.path)
    assert run("search", "leave", "--private").out != ""


def test_search_says_that_its_index_is_damaged(run: Run, journal: Journal) -> None:
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute(DAMAGE["its settings"])
    ran = run("search", "about")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "The index of search is damaged.\n"
        "To make it anew, from what is on record: coachlog doctor --mend\n"
    )


def test_damage_elsewhere_is_not_taken_for_that_of_the_index(
    run: Run, journal: Journal
) -> None:
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("UPDATE person SET name = 'Other'")
        db.execute(DAMAGE["its settings"])
    ran = run("search", "about")
    assert (ran.code, "index of search" in ran.err) == (1, False)


def test_the_index_is_made_anew_without_a_trace_of_the_old(journal: Journal) -> None:
    before = read_index(journal.path)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        assert rebuild_index(db) == len({doc for doc, _, _ in before})
        settings = dict(db.execute("SELECT k, v FROM search_config"))
    assert read_index(journal.path) == before
    assert (settings["secure-delete"], settings["hashsize"]) == (1, 1024 * 1024)


def test_check_makes_a_damaged_index_anew(run: Run, damaged: Journal) -> None:
    mended = run("check", "--mend", "--yes")
    assert mended.code == 0, mended.err
    assert "1 thing is mended." in mended.out
    assert run("check").code == 0
    assert_in_step(damaged.path)


def test_it_is_in_step_with_what_check_has_mended(run: Run, journal: Journal) -> None:
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("UPDATE action SET what = 'Ask the dean' WHERE id = 1")
    person = ScriptedPerson({"Take it as it is now?": True})
    assert run("check", "--mend", person=person).code == 0
    assert_in_step(journal.path)
    assert run("search", "dean").out != ""


@pytest.mark.parametrize("lost", ["session", "action"])
def test_what_is_let_go_leaves_it(run: Run, journal: Journal, lost: str) -> None:
    with journal.change(NOW) as change:
        action_changes.insert_action_note(change, 1, "Ask the provost", on=TODAY)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute(f"DELETE FROM {lost} WHERE id = 1")
    answers = ("Take it as it is now?", "Let go what belongs", "Keep it, without")
    person = ScriptedPerson(dict.fromkeys(answers, True))
    ran = run("check", "--mend", person=person)
    assert (ran.code, " let go." in ran.out) == (0, True), ran.err
    assert_in_step(journal.path)
    words = {word for _doc, _place, word in read_index(journal.path)}
    assert ("provost" in words, "about" in words) == (
        (True, False) if lost == "session" else (False, True)
    )
    assert run("check").code == 0


UNREADABLE_ROWS = {
    "a text of other octets": "UPDATE note SET words = CAST(x'41ff' AS TEXT)",
    "an answer of half a list": "UPDATE answer SET value = '[1' WHERE id = 2",
    "a day that is none": "UPDATE note SET written_on = '2026-13-45'",
    "a day of other octets": "UPDATE note SET written_on = CAST(x'ff' AS TEXT)",
    "a conversation's day": "UPDATE session SET held_on = 'soon' WHERE id = 2",
    "a promise's day": "UPDATE action_event SET \"on\" = CAST(x'ff' AS TEXT) WHERE "
    "action_id = 2 AND kind = 'made'",
    "levels": "UPDATE goal SET levels = '[1'",
}


@pytest.mark.parametrize("damage", UNREADABLE_ROWS.values(), ids=UNREADABLE_ROWS)
def test_what_is_let_go_leaves_it_while_another_row_cannot_be_read(
    run: Run, journal: Journal, damage: str
) -> None:
    with journal.change(NOW) as change:
        hold(
            change,
            Promise("Ring the dean", "me"),
            person=1,
            answers=[said("b", "Ask the bursar")],
            on=TODAY,
        )
        goal_changes.insert_goal(change, goal_of("Sleep"), on=TODAY, person_id=1)
        note_changes.insert_note(change, 1, "Thank the porter", on=TODAY)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        for table in ("session", "action", "note"):
            db.execute(f"DELETE FROM {table} WHERE id = 1")
        db.execute(damage)
    questions = ("Take it as it is now?", "Let go what belongs", "Keep it, without")
    person = ScriptedPerson(dict.fromkeys(questions, (True,) * 9))
    ran = run("check", "--mend", person=person)
    assert (" let go." in ran.out, " still wrong." in ran.err) == (True, True)
    words = {word for _doc, _place, word in read_index(journal.path)}
    assert (MARK in words, "about" in words) == (False, False)
    assert "porter" in words or "note" in damage
    assert_in_step(journal.path)
    assert run("search", "porter", "--private").code == 0


def test_what_comes_back_deleted_is_not_in_it(run: Run, journal: Journal) -> None:
    assert run("backup", "create").code == 0
    assert run("session", "delete", "1", "--yes").code == 0
    before = read_index(journal.path)
    with closing(dbapi2.connect(journal.path, isolation_level=None)) as db:
        db.execute("UPDATE session SET deleted_at = NULL WHERE id = 1")
    person = ScriptedPerson({"Put back what the backup has, though": True})
    ran = run("check", "--mend", person=person)
    assert ran.code == 0, ran.err
    assert read_index(journal.path) == before
    assert_in_step(journal.path)


def test_nothing_that_was_erased_comes_back_into_it(
    run: Run, journal: Journal, home: Path
) -> None:
    assert run("backup", "create").code == 0
    with closing(dbapi2.connect(journal.path)) as db:
        ((uid,),) = db.execute("SELECT uid FROM person WHERE id = 1").fetchall()
        before = db.execute("SELECT count(*) FROM search_docsize").fetchall()
    tombstone = Tombstone(build_tombstone_digest("person", uid), TODAY)
    (home / "backups" / ERASED_FILE).write_text(format_tombstone_list([tombstone]))
    assert run("backup", "restore", "--yes").code == 0
    with closing(dbapi2.connect(journal.path)) as db:
        assert db.execute("SELECT count(*) FROM search_docsize").fetchall() != before
    assert find_mark(journal.path) == []
    assert_in_step(journal.path)
