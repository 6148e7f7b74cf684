"""`coachlog export table`: whole tables as CSV, read back with the standard library."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.escaping.comma_separated import read_cell
from coachlog.exports.tables.csv_lines import write_csv_pieces
from coachlog.exports.tables.table_columns import TABLE_COLUMNS
from coachlog.model.notes import Note
from coachlog.model.tables import TableKind
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.text import clean_text
from command_support import READABLE, ScriptedPerson, built, hold, snapshot
from command_table import fill_all
from conftest import Ran, Run
from store_builders import TODAY
from typed_pages import NASTY

BOM = "\ufeff"


def read_rows(text: str) -> list[dict[str, str]]:
    """Return the rows by the names of their columns, the guard taken off."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: read_cell(cell) for name, cell in row.items()} for row in rows]


def export(run: Run, *words: str) -> list[dict[str, str]]:
    ran = run("export", "table", *words)
    assert ran.code == 0, ran.err
    return read_rows(ran.out)


def list_audit_kinds(home: Path) -> list[str]:
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        return [kind for (kind,) in db.execute("SELECT kind FROM event ORDER BY id")]


# The page that says how to read one

PAGE = (Path(__file__).parent.parent / "docs/scripts.md").read_text(encoding="utf-8")


def load_recipe() -> Callable[[Path], list[dict[str, str]]]:
    """Return the function that the page gives to scripts."""
    match = re.search(r"```python\n(def read_table.*?)```", PAGE, re.S)
    assert match
    names: dict[str, Any] = {}
    exec(match[1], names)
    read: Callable[[Path], list[dict[str, str]]] = names["read_table"]
    return read


@given(
    words=st.lists(st.text() | st.text("=+-@'\t\r\n\",; x"), max_size=4),
    bom=st.booleans(),
)
def test_the_recipe_of_the_page_reads_what_was_typed(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], bom: bool
) -> None:
    notes = [Note(number, text, TODAY, link=text) for number, text in enumerate(words)]
    path = tmp_path_factory.getbasetemp() / "notes.csv"
    pieces = write_csv_pieces(TableKind.NOTES, [notes], mark=bom)
    path.write_bytes(b"".join(pieces))
    rows = load_recipe()(path)
    assert [row["words"] for row in rows] == [clean_text(text) for text in words]
    assert [row["link"] for row in rows] == [row["words"] for row in rows]
    assert [row["id"] for row in rows] == [str(note.id) for note in notes]


def test_the_page_has_the_columns_of_each_table() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|$", PAGE, re.M))
    assert rows == {
        kind.value: ", ".join(columns) for kind, columns in TABLE_COLUMNS.items()
    }


# What is in a table


@pytest.mark.parametrize("kind", TableKind)
def test_a_table_has_a_row_for_each_entry_under_stable_names(
    run: Run, home: Path, kind: TableKind
) -> None:
    built(run, home, fill_all)
    ran = run("export", "table", kind, "--private")
    assert ran.code == 0, ran.err
    header, *rows = csv.reader(io.StringIO(ran.out, newline=""))
    assert header == [*TABLE_COLUMNS[kind]]
    assert rows != []


NAMES = {
    TableKind.SESSIONS: "id uid status template title held_on minutes people people_ids set set_id "
    "tags cancelled_by",
    TableKind.ACTIONS: "id uid person person_id session set set_id what owner due original_due "
    "done_when support if_then confidence private status closed_on carried goal",
    TableKind.GOALS: "id uid person person_id title why success scale baseline now target levels "
    "weight review_on private status opened_on closed_on actions",
    TableKind.MEASURES: "measure value low high on person person_id session private",
    TableKind.NOTES: "id kind words link written_on status said_on person person_id",
}


@pytest.mark.parametrize("kind", TableKind)
def test_no_column_is_renamed_or_removed(kind: TableKind) -> None:
    """A new one comes last: scripts may count columns."""
    names = NAMES[kind].split()
    assert [*TABLE_COLUMNS[kind]][: len(names)] == names


@pytest.mark.parametrize(
    ("kind", "line", "key"),
    [
        ("sessions", "session list --all --json", "sessions"),
        ("actions", "action list --all --private --json", "actions"),
        ("goals", "goal list --all --private --json", "goals"),
    ],
)
def test_a_table_says_what_json_says(
    run: Run, home: Path, kind: str, line: str, key: str
) -> None:
    built(run, home, fill_all)
    rows = {row["id"]: row for row in export(run, kind, "--private")}
    entries = {str(entry["id"]): entry for entry in run(*line.split()).json[key]}
    assert rows.keys() == entries.keys()
    for id, row in rows.items():
        entry = entries[id]
        for name in row.keys() & entry.keys():
            value = entry[name]
            if isinstance(value, bool):
                value = json.dumps(value)
            elif isinstance(value, list):
                separator = "\n" if name == "levels" else "; "
                # The owner, who is among the members of a set, has no number.
                value = separator.join(str(part) for part in value if part is not None)
            elif kind == "actions" and entry["set"] and name == "what":
                value = ""
            assert row[name] == ("" if value is None else str(value)), (id, name)


def test_days_are_iso_and_numbers_are_untouched(run: Run) -> None:
    hold(
        run,
        held_on="2026-11-20",
        actions=[{"what": "Ask", "owner": "me", "due": "2026-11-27", "confidence": 8}],
    )
    goal = ("goal", "add", "priya", "--title", "Lead", "--levels")
    assert run(*goal, "a", "b", "c", "d", "e").code in (0, 2)
    (row,) = export(run, "actions")
    assert (row["due"], row["confidence"], row["private"]) == (
        "2026-11-27",
        "8",
        "false",
    )
    assert "'" not in run("export", "table", "actions").out


@pytest.mark.parametrize("name", NASTY)
def test_whatever_was_typed_comes_back(run: Run, name: str) -> None:
    words = NASTY[name][:2_000]
    hold(
        run,
        actions=[{"what": words, "owner": "me", "done_when": words, "support": words}],
    )
    stored = run("action", "list", "--json").json["actions"][0]
    (row,) = export(run, "actions")
    for field in ("what", "done_when", "support"):
        assert row[field] == clean_text(stored[field])
    printed = run("export", "table", "actions").out
    assert not {"\x1b", "\x00", "\x9b", "\u202e"} & {*printed}


def test_a_mark_at_the_beginning_is_there_only_on_request(run: Run) -> None:
    hold(run)
    assert run("export", "table", "sessions").out.startswith("id,uid")
    assert run("export", "table", "sessions", "--bom").out.startswith(f"{BOM}id,uid")


# What is private


def fill_private(run: Run) -> None:
    hold(
        run,
        actions=[
            {"what": "openmark", "owner": "me", "due": "2026-11-27"},
            {"what": "privatemark", "owner": "me", "private": True},
        ],
    )
    assert run("goal", "add", "priya", "--title", "goalmark", "--private").code == 0
    assert run("note", "priya", "notemark").code == 0


def test_private_words_are_not_in_it_unless_they_are_asked_for(run: Run) -> None:
    fill_private(run)
    ran = run("export", "table", "actions")
    assert [row["what"] for row in read_rows(ran.out)] == ["openmark", "(private)"]
    assert "The words of 1 private entry are not shown" in ran.err
    assert export(run, "goals")[0]["title"] == "(private)"
    ran = run("export", "table", "notes")
    assert read_rows(ran.out) == []
    assert "1 private entry is not shown; to see it, add --private." in ran.err
    asked = run("export", "table", "actions", "--private")
    assert "privatemark" in asked.out
    assert "This table includes 1 private entry." in asked.err
    assert export(run, "goals", "--private")[0]["title"] == "goalmark"
    assert export(run, "notes", "--private")[0]["words"] == "notemark"


def test_private_words_in_a_file_are_asked_about_once_more(
    run: Run, tmp_path: Path
) -> None:
    fill_private(run)
    target = tmp_path / "notes.csv"
    line = ("export", "table", "notes", "--private", "-o", str(target))
    question = f"This includes the words of private notes. Write it to {target}?"
    ran = run(*line, person=ScriptedPerson({question: False}))
    assert (ran.code, target.exists()) == (4, False)
    assert "Nothing was written." in ran.err
    assert run(*line, person=ScriptedPerson({question: True})).code == 0
    assert "notemark" in target.read_text()
    # Where nobody can be asked, and with --yes, --private has said it.
    assert run(*line, "--force").code == 0
    assert run(*line, "--force", "--yes", person=ScriptedPerson({})).code == 0


# Where it goes


def write(run: Run, target: Path | str, *words: str) -> Ran:
    return run("export", "table", "sessions", "-o", str(target), *words)


def test_a_file_is_its_owners_alone_and_the_last_line_says_who_can_read_it(
    run: Run, tmp_path: Path
) -> None:
    hold(run)
    target = tmp_path / "talks.csv"
    ran = write(run, target)
    assert (
        ran.out
        == f"Wrote {target}: 1 conversation, as csv. It opens in a spreadsheet.\n{READABLE}"
    )
    assert target.stat().st_mode & 0o777 == 0o600
    # The line ends of the standard, which a captured stream shows as its own.
    page = target.read_bytes().decode()
    assert page.count("\r\n") == page.count("\n") == 2
    assert page.replace("\r\n", "\n") == run("export", "table", "sessions").out
    assert [*tmp_path.glob(".coachlog*")] == []


def test_every_table_that_leaves_is_on_record(
    run: Run, home: Path, tmp_path: Path
) -> None:
    hold(run)
    before = snapshot(run)
    assert "table.exported" not in list_audit_kinds(home)
    assert write(run, tmp_path / "talks.csv").code == 0
    assert list_audit_kinds(home)[-1] == "table.exported"
    assert write(run, "-").code == 0
    assert list_audit_kinds(home)[-2:] == ["table.exported"] * 2
    assert snapshot(run) == before
    # It is nothing to take back.
    assert "table" not in run("undo", "--list").out
    taken = write(run, tmp_path / "talks.csv")
    assert taken.code == 4
    assert list_audit_kinds(home).count("table.exported") == 2


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("there.csv", 4, "already exists. Nothing was written."),
        ("folder", 4, "is a folder. Nothing was written."),
        ("talks.xlsx", 2, "A table is written as CSV, not as .xlsx."),
        (".ics", 2, "A table is written as CSV, not as .ics."),
        ("CON", 2, "CON cannot be the name of a file on Windows"),
        ("aux.csv", 2, "aux.csv cannot be the name of a file on Windows"),
        ("Lpt1 .csv", 2, "Lpt1 .csv cannot be the name of a file on Windows"),
        ("no/such/talks.csv", 1, "no/such. Nothing was written."),
        ("t" * 300 + ".csv", 1, "cannot be written (File name too long)"),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    run: Run, home: Path, tmp_path: Path, name: str, code: int, words: str
) -> None:
    hold(run)
    (tmp_path / "there.csv").write_text("mine")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    ran = write(run, tmp_path / name)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "there.csv").read_text() == "mine"
    # A name that is too long is noticed only when the file gets it.
    if "long" not in words:
        assert "table.exported" not in list_audit_kinds(home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_refused(run: Run, tmp_path: Path) -> None:
    hold(run)
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    ran = write(run, folder / "talks.csv")
    assert (ran.code, "cannot be written (Permission denied)" in ran.err) == (1, True)


def test_force_overwrites(run: Run, tmp_path: Path) -> None:
    hold(run)
    target = tmp_path / "talks.csv"
    target.write_text("mine")
    assert write(run, target, "--force").code == 0
    assert target.read_text().startswith("id,uid")


# What is asked for


def test_a_table_that_does_not_exist_is_answered_with_those_that_do(run: Run) -> None:
    ran = run("export", "table", "people")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no table “people”." in ran.err
    assert "The tables are: sessions, actions, goals, measures, notes." in ran.err


def test_without_a_name_it_is_asked(run: Run) -> None:
    hold(run)
    ran = run("export", "table")
    assert (ran.code, ran.out) == (2, "")
    assert "Add one of: sessions, actions, goals, measures, notes" in ran.err
    person = ScriptedPerson({"Which table?": TableKind.SESSIONS})
    ran = run("export", "table", person=person)
    assert (ran.code, len(read_rows(ran.out))) == (0, 1)


def test_without_a_journal_there_is_no_table(run: Run, tmp_path: Path) -> None:
    ran = write(run, tmp_path / "talks.csv")
    assert (ran.code, ran.out) == (10, "")
    assert [*tmp_path.iterdir()] == []


def test_a_damaged_row_leaves_no_file(run: Run, home: Path, tmp_path: Path) -> None:
    hold(run)
    with closing(dbapi2.connect(str(home / JOURNAL_FILE))) as db:
        db.execute("UPDATE session SET held_on = 'no day'")
        db.commit()
    ran = write(run, tmp_path / "talks.csv")
    assert ran.code == 1
    assert not (tmp_path / "talks.csv").exists()
    assert [*tmp_path.glob(".coachlog*")] == []
