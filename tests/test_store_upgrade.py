"""Journals of every earlier schema are upgraded, and nothing in them is lost."""

import re
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from coachlog.model.notes import Note, NoteKind, NoteStatus
from coachlog.model.people import Relationship
from coachlog.model.references import PersonRef
from coachlog.rules.promises import find_owner_on
from coachlog.store.database import Journal
from coachlog.store.journal_files import JOURNAL_FILE
from coachlog.store.reading import (
    action_queries,
    note_queries,
    person_queries,
    session_queries,
)
from coachlog.store.schema import APPLICATION_ID, MIGRATIONS, split_statements
from coachlog.store.search_schema import is_search_table
from coachlog.store.writing import action_changes, person_changes
from store_builders import NOW, TODAY, hold, said
from test_store_schema import described, differences, shape

DAY, MOMENT = "'2026-11-20'", "'2026-11-20 09:30:00.000000'"
SCHEMAS = {
    1: f"""
INSERT INTO person (uid, name, slug, relationship, role, team, every_days, created_at, archived_at)
VALUES ('p1', 'Priya Shah', 'priya-shah', 'report', 'Sister', 'Ward 7', 14, {MOMENT}, NULL),
       ('p2', 'Al Øst', 'al-ost', 'mentee', NULL, NULL, NULL, {MOMENT}, {MOMENT}),
       ('p3', 'Gone', 'gone', 'peer', NULL, NULL, NULL, {MOMENT}, NULL);
INSERT INTO setting VALUES ('me', 'Tom Reed');
INSERT INTO tag (name) VALUES ('handover'), ('focus'), ('gone');
INSERT INTO session (uid, person_id, status, template, title, template_hash, held_on, zone, minutes,
                     created_at, updated_at, deleted_at)
VALUES ('s1', 1, 'held', 'grow', 'GROW', 'x', {DAY}, 'Europe/London', 40, {MOMENT}, {MOMENT}, NULL),
       ('s2', NULL, 'draft', 'solo', 'Solo', 'x', {DAY}, 'UTC', NULL, {MOMENT}, {MOMENT}, {MOMENT});
INSERT INTO action (uid, person_id, session_id, what, owner, due, original_due, done_when, support,
                    if_then, confidence, private, status, closed_on, carried, created_at,
                    updated_at, deleted_at)
VALUES ('a1', 1, 1, 'Send the notes', 'me', {DAY}, {DAY}, 'sent', 'a list', 'If x, then y', 8, 0,
        'open', NULL, 2, {MOMENT}, {MOMENT}, NULL),
       ('a2', NULL, NULL, 'Rest', 'Dana', NULL, NULL, NULL, NULL, NULL, NULL, 1,
        'done', {DAY}, 0, {MOMENT}, {MOMENT}, {MOMENT});
INSERT INTO answer (session_id, position, stage, stage_title, prompt, question, kind, value,
                    private, "key", health, measure, low, high, options)
VALUES (1, 1, 'goal', 'Goal', 'now', 'Now?', 'text', '"said 1"', 1, 0, 1, NULL, NULL, NULL, NULL),
       (1, 2, 'goal', 'Goal', 'sure', 'Sure?', 'scale', '7', 0, 1, 0, 'confidence', 1, 10, NULL),
       (1, 3, 'goal', 'Goal', 'way', 'Way?', 'choice', '"a"', 0, 0, 0, NULL, NULL, NULL, '["a"]'),
       (1, 4, 'goal', 'Goal', 'gone', 'Gone?', 'line', '"gone"', 0, 0, 0, NULL, NULL, NULL, NULL);
INSERT INTO draft VALUES (2, 'title = "Solo"', 'token', '["focus"]', 'goal.now', 'half', {MOMENT});
INSERT INTO session_tag VALUES (1, 1), (1, 2);
INSERT INTO action_event (action_id, session_id, at, "on", kind, due, note)
VALUES (1, 1, {MOMENT}, {DAY}, 'made', {DAY}, NULL),
       (1, NULL, {MOMENT}, {DAY}, 'edited', NULL, 'owner was: them'),
       (2, NULL, {MOMENT}, {DAY}, 'done', NULL, NULL),
       (2, NULL, {MOMENT}, {DAY}, 'noted', NULL, 'gone');
INSERT INTO draft_step (session_id, "key", value) VALUES (2, 'goal.today', '"x"'), (2, 'gone', '1');
INSERT INTO event (at, kind, row_id) VALUES ({MOMENT}, 'session.held', 1), ({MOMENT}, 'gone', NULL);
""",
    2: f"""
UPDATE person SET paused_until = '2026-12-24' WHERE id = 1;
INSERT INTO session (uid, person_id, status, template, title, template_hash, held_on, zone,
                     created_at, updated_at, cancelled_by)
VALUES ('s3', 1, 'cancelled', '', 'Cancelled', '', {DAY}, 'UTC', {MOMENT}, {MOMENT}, 'them');
INSERT INTO goal (uid, person_id, title, why, success, scale, baseline, target, levels, weight,
                  review_on, private, status, opened_on, closed_on, created_at, updated_at)
VALUES ('g1', 1, 'Lead', 'why', 'success', 'ten', 3, 8, NULL, 1, {DAY}, 0, 'open', {DAY}, NULL,
        {MOMENT}, {MOMENT});
INSERT INTO goal_action VALUES (1, 1);
INSERT INTO rating (goal_id, at, "on", value, note)
VALUES (1, {MOMENT}, {DAY}, 3, 'why'), (1, {MOMENT}, {DAY}, 4, NULL),
       (1, {MOMENT}, {DAY}, 5, 'gone');
INSERT INTO note (uid, person_id, words, written_on, created_at, settled_at, session_id)
VALUES ('n1', 1, 'Ask about the rota', {DAY}, {MOMENT}, NULL, NULL),
       ('n2', 1, 'Ask about leave', {DAY}, {MOMENT}, {MOMENT}, 1),
       ('n3', 2, 'gone', {DAY}, {MOMENT}, NULL, NULL);
""",
    3: f"""
INSERT INTO learning_set (uid, name, slug, every_days, rules_agreed_on, created_at)
VALUES ('l1', 'Ward leads', 'ward-leads', 42, {DAY}, {MOMENT});
INSERT INTO set_member (set_id, person_id, role, joined_on, left_on)
VALUES (1, NULL, 'facilitator', {DAY}, NULL), (1, 1, 'member', {DAY}, {DAY}),
       (1, 1, 'member', {DAY}, NULL), (1, 2, 'coach', {DAY}, NULL);
INSERT INTO meeting VALUES (1, 1);
INSERT INTO participant VALUES (1, 1), (1, 2);
INSERT INTO slot (uid, session_id, position, member_id, issue, minutes)
VALUES ('t1', 1, 1, 2, 'Too many meetings', 40);
INSERT INTO set_action VALUES (1, 1, 1);
INSERT INTO answer (session_id, position, stage, stage_title, prompt, question, kind, value,
                    private, "key", health, slot_id)
VALUES (1, 5, 'turn', 'Turn', 'asked', 'Asked?', 'questions', '[]', 0, 0, 0, 1),
       (1, 6, 'turn', 'Turn', 'gone', 'Gone?', 'promises', '[]', 0, 0, 0, 1);
INSERT INTO action_event (action_id, session_id, at, "on", kind, note, fate)
VALUES (1, 1, {MOMENT}, {DAY}, 'corrected', 'late', 'kept_late'),
       (1, 1, {MOMENT}, {DAY}, 'noted', 'gone', NULL);
""",
    4: f"""
INSERT INTO pulse (uid, tag, secret, statements, made_on, created_at)
VALUES ('u1', 'K7', 's', '["One.", "Two."]', {DAY}, {MOMENT});
INSERT INTO pulse_code VALUES (1, '00000');
INSERT INTO pulse_count VALUES (1, 1, 5, 5, 0);
""",
    5: """
UPDATE learning_set SET every_days = NULL, every_months = 2;
INSERT INTO session_person VALUES (1, 2);
UPDATE note SET kind = 'evidence', link = 'page 3' WHERE id = 2;
""",
    6: """
INSERT INTO person_handle VALUES ('priya-reed', 1, 'p8');
""",
    7: f"""
UPDATE person SET archived_on = {DAY} WHERE id = 2;
UPDATE action_event SET recorded_on = {DAY};
""",
    8: """
UPDATE pulse SET team_size = 7;
""",
    9: "",
    10: f"""
INSERT INTO note (uid, person_id, words, written_on, created_at, settled_at, said_on, kind)
VALUES ('n4', 1, 'Well done', {DAY}, {MOMENT}, {MOMENT}, {DAY}, 'thanks'),
       ('n5', 1, 'gone', {DAY}, {MOMENT}, NULL, NULL, 'seen');
""",
}
"""What each schema can hold and the one before it cannot, as SQL."""

SHORTENED = (
    "answer",
    "action_event",
    "rating",
    "tag",
    "set_member",
    "note",
    "person",
    "event",
)
"""Tables whose last row was taken away: its number must not be given again."""
LOCAL_DAYS = dict.fromkeys(
    ("person.added_on", "person.archived_on", "action_event.recorded_on"), "2026-11-20"
)
"""The days that are made of moments which were there."""
TRAVELLING = ("answer", "action_event", "rating", "tag", "set_member")
UUID4 = re.compile(
    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)

Rows = list[dict[str, Any]]


def earlier(home: Path, schema: int, *more: str) -> Journal:
    """Return a journal of that schema, with rows in every table and some deleted."""
    home.mkdir()
    with closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None)) as db:
        db.execute("BEGIN")
        for step in sorted(MIGRATIONS.glob("*.sql"))[:schema]:
            script = step.read_text(encoding="utf-8") + SCHEMAS[int(step.name[:4])]
            for statement in split_statements(script):
                db.execute(statement)
        for table in set(SHORTENED) & set(tables(db)):
            db.execute(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
        for sql in more:
            db.execute(sql)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={schema}")
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode=WAL")
    return Journal(home)


def plain(home: Path) -> Any:
    return closing(dbapi2.connect(home / JOURNAL_FILE, isolation_level=None))


def tables(db: Any) -> list[str]:
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    # Not the index of `search`, which is made of the others.
    return sorted(name for (name,) in rows if not is_search_table(name))


def rows(db: Any, table: str) -> Rows:
    """Return all rows of a table, by the names of its columns, in the order of their numbers."""
    cursor = db.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def numbering(db: Any) -> dict[str, int]:
    """Return the highest number that each table ever used."""
    return dict(db.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"))


@pytest.fixture(params=SCHEMAS)
def schema(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


def upgrade(journal: Journal) -> Journal:
    with journal.read():
        return journal


def test_the_journals_to_upgrade_have_rows_in_every_table(
    home: Path, schema: int
) -> None:
    earlier(home, schema)
    with plain(home) as db:
        assert [table for table in tables(db) if not rows(db, table)] == []


def test_every_row_is_kept_with_its_number(home: Path, schema: int) -> None:
    journal = earlier(home, schema)
    with plain(home) as db:
        before = {table: rows(db, table) for table in tables(db)}
    upgrade(journal)
    with plain(home) as db:
        after = {
            table: [{name: row[name] for name in there[0]} for row in rows(db, table)]
            for table, there in before.items()
        }
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert after == before


def test_what_an_earlier_schema_did_not_know_is_empty(home: Path, schema: int) -> None:
    journal = earlier(home, schema)
    with plain(home) as db:
        before = {table: rows(db, table)[0] for table in tables(db)}
    upgrade(journal)
    with plain(home) as db:
        new = {
            f"{table}.{name}": row[name]
            for table, there in before.items()
            for row in rows(db, table)
            for name in row.keys() - there.keys() - {"uid", "row_sum"}
        }
    assert new.pop("note.kind", "raise") == "raise"
    days = {new.pop(name, day) for name, day in LOCAL_DAYS.items()}
    assert days == {"2026-11-20"}
    assert set(new.values()) <= {None}


def test_no_number_is_given_twice(home: Path, schema: int) -> None:
    journal = earlier(home, schema)
    with plain(home) as db:
        before = numbering(db)
        highest = {
            table: rows(db, table)[-1]["id"] for table in set(SHORTENED) & before.keys()
        }
    upgrade(journal)
    with plain(home) as db:
        assert numbering(db) == before
    assert all(before[table] == last + 1 for table, last in highest.items())


def test_every_row_that_travels_has_a_uid_of_its_own(home: Path, schema: int) -> None:
    upgrade(earlier(home, schema))
    with plain(home) as db:
        uids = [row["uid"] for table in TRAVELLING for row in rows(db, table)]
    assert [uid for uid in uids if not UUID4.fullmatch(uid)] == []
    assert [uid for uid, count in Counter(uids).items() if count > 1] == []


def test_new_rows_get_one_as_well(home: Path, schema: int) -> None:
    journal = earlier(home, schema)
    with journal.change(NOW) as change:
        hold(change, person=1, answers=[said("today", "x")], tags=["new"])
        action_changes.insert_action_note(change, 1, "half of it", on=TODAY)
    with plain(home) as db:
        for table in ("answer", "action_event", "tag"):
            new = rows(db, table)[-1]
            assert UUID4.fullmatch(new["uid"])
            assert new["id"] == numbering(db)[table]


def test_an_upgraded_journal_is_like_a_new_one(home: Path, schema: int) -> None:
    upgrade(earlier(home, schema))
    with plain(home) as db, closing(described()) as new:
        assert shape(db) == shape(new)
    with plain(home) as db:
        assert differences(db) == []


def test_it_can_be_read(home: Path, schema: int) -> None:
    with earlier(home, schema).read() as db:
        session = session_queries.read_session(db, 1)
        priya = person_queries.find_person(db, "priya")
        events = action_queries.read_action(db, 1).events
        assert [
            p.name for p in person_queries.read_people(db, include_archived=True)
        ] == [
            "Al Øst",
            "Priya Shah",
        ]
    assert [answer.value for answer in session.answers][:3] == ["said 1", 7, "a"]
    assert session.tags == ("focus", "handover")
    assert (priya.relationship, priya.every_days) == ("report", 14)
    assert [event.kind for event in events][:2] == ["made", "edited"]


def test_a_parked_note_is_there_to_be_raised(home: Path) -> None:
    with earlier(home, 4).read() as db:
        assert note_queries.read_open_notes(db, 1) == [
            Note(
                *(1, "Ask about the rota", date(2026, 11, 20), NoteKind.RAISE),
                person=PersonRef(1, "Priya Shah"),
            )
        ]


def test_a_note_said_in_a_conversation_was_said_on_its_day(home: Path) -> None:
    with earlier(home, 5).read() as db:
        note = note_queries.read_note(db, 2)
    assert (note.status, note.said_on) == (NoteStatus.SAID, date(2026, 11, 20))
    assert (note.kind, note.link) == (NoteKind.EVIDENCE, "page 3")


@pytest.mark.parametrize(
    "kind", [Relationship.COACH, Relationship.MENTOR, Relationship.SUPERVISOR]
)
def test_an_upgraded_journal_takes_the_new_relationships(
    home: Path, kind: Relationship
) -> None:
    journal = earlier(home, 4)
    with journal.change(NOW) as change:
        id = person_changes.insert_person(change, "Jo March", kind)
    with journal.read() as db:
        assert (id, person_queries.find_person(db, "jo").relationship) == (4, kind)


def test_no_copy_of_a_word_is_left_where_tables_were_rebuilt(home: Path) -> None:
    """Otherwise, what is erased later would stay readable in the file."""
    many = """
        WITH RECURSIVE place (n) AS (VALUES (1000) UNION ALL SELECT n + 1 FROM place WHERE n < 2999)
        INSERT INTO answer (session_id, position, stage, stage_title, prompt, question, kind, value,
                            private, "key", health)
        SELECT 1, n, '', '', '', '', 'text', 'said ' || n, 0, 0, 0 FROM place
    """
    journal = upgrade(earlier(home, 4, many))
    words = Counter(re.findall(rb"said \d{4}", journal.path.read_bytes()))
    assert [word for word, count in words.items() if count > 1] == []
    assert len(words) == 2000


# Who owned a promise


EDITED = (
    "INSERT INTO action_event (action_id, at, 'on', kind, note) "
    f"VALUES (2, {MOMENT}, '{{on}}', 'edited', '{{note}}')"
)


@pytest.mark.parametrize(
    ("changes", "owners"),
    [
        pytest.param([], ["Dana", "Dana", "Dana"], id="never-changed"),
        pytest.param(
            [("11-21", "owner was: them")], ["them", "Dana", "Dana"], id="once"
        ),
        pytest.param(
            [("11-21", "owner was: them"), ("11-22", "owner was: me")],
            ["them", "me", "Dana"],
            id="twice",
        ),
        pytest.param(
            [("11-22", "owner was: them"), ("11-22", "owner was: Bo")],
            ["them", "them", "Dana"],
            id="twice-in-a-day",
        ),
        pytest.param(
            [("11-21", "what was: Walk; private was: False; owner was: Bo (ward 7)")],
            ["Bo (ward 7)", "Dana", "Dana"],
            id="with-other-changes",
        ),
        pytest.param(
            [("11-21", "what was: x; owner was: Eve; owner was: Bo")],
            ["Bo", "Dana", "Dana"],
            id="words-that-look-like-it",
        ),
        pytest.param(
            [
                ("11-21", "what was: x; owner was: Dana"),
                ("11-22", "goal was: x; owner was: Bo"),
            ],
            ["Dana", "Dana", "Dana"],
            id="words-that-cannot-be-it",
        ),
        pytest.param(
            [("11-21", "what was: The owner was: unclear"), ("11-22", "goal was: 3")],
            ["Dana", "Dana", "Dana"],
            id="other-changes-only",
        ),
    ],
)
def test_an_owner_that_was_noted_in_words_is_read(
    home: Path, changes: list[tuple[str, str]], owners: list[str]
) -> None:
    events = [EDITED.format(on=f"2026-{on}", note=note) for on, note in changes]
    journal = earlier(home, 4, "UPDATE action SET deleted_at = NULL", *events)
    with journal.read() as db:
        rest = action_queries.read_action(db, 2)
    assert [find_owner_on(rest, date(2026, 11, day)) for day in (20, 21, 22)] == owners


def test_both_owners_of_a_noted_change_are_filled_in_once(home: Path) -> None:
    """Only in what was edited: in a note of progress the same words are the owner's own."""
    noted = "INSERT INTO action_event (action_id, at, 'on', kind, note) VALUES "
    journal = earlier(
        *(home, 4, "UPDATE action SET deleted_at = NULL"),
        *(
            EDITED.format(on=f"2026-11-{day}", note=note)
            for day, note in (
                *((20, "owner was: them"), (21, "confidence was: 7; owner was: me")),
                *((21, "done_when was: (nothing)"), (22, "owner was: Bo")),
            )
        ),
        f"{noted} (2, {MOMENT}, '2026-11-22', 'noted', 'owner was: Eve')",
        f"{noted} (1, {MOMENT}, '2026-11-22', 'edited', 'private was: False; owner was: Bo')",
    )
    upgrade(journal)
    with plain(home) as db:
        owners = db.execute(
            "SELECT action_id, note, old_owner, new_owner FROM action_event "
            "WHERE old_owner IS NOT NULL OR note LIKE '%owner%' ORDER BY id"
        ).fetchall()
    assert owners == [
        (1, "owner was: them", "them", "Bo"),
        (2, "owner was: them", "them", "me"),
        (2, "confidence was: 7; owner was: me", "me", "Bo"),
        (2, "owner was: Bo", "Bo", "Dana"),
        (2, "owner was: Eve", None, None),
        (1, "private was: False; owner was: Bo", "Bo", "me"),
    ]


def test_a_promise_whose_words_tell_of_an_owner_keeps_its_own(home: Path) -> None:
    journal = upgrade(earlier(home, 4))
    with journal.change(NOW) as change:
        action_changes.update_action(change, 1, on=TODAY, what="Walk; owner was: Bob")
    with journal.change(NOW) as change:
        action_changes.update_action(change, 1, on=TODAY, what="Walk")
    with journal.read() as db:
        walk = action_queries.read_action(db, 1)
    assert walk.events[-1].note == "what was: Walk; owner was: Bob"
    assert find_owner_on(walk, date(2026, 11, 21)) == "me"


def test_notes_and_events_tell_the_owners_together(home: Path) -> None:
    note = EDITED.format(on="2026-11-21", note="owner was: them")
    journal = earlier(home, 4, "UPDATE action SET deleted_at = NULL", note)
    with journal.change(NOW) as change:
        action_changes.update_action(change, 2, on=TODAY, owner="me")
    with journal.read() as db:
        rest = action_queries.read_action(db, 2)
    assert [find_owner_on(rest, date(2026, 11, day)) for day in (20, 22, 23)] == [
        *("them", "Dana", "me"),
    ]
    assert rest.events[-1][2:] == (
        "edited",
        None,
        "owner was: Dana",
        None,
        None,
        "Dana",
        "me",
        TODAY,
    )


# Days that were moments


@pytest.mark.parametrize(
    ("session", "kind", "at", "on", "recorded_on"),
    [
        pytest.param("NULL", "done", "20 23:30", "20", "20", id="late-in-the-east"),
        pytest.param("NULL", "done", "20 19:00", "21", "21", id="morning-in-auckland"),
        pytest.param("NULL", "done", "20 09:00", "13", "20", id="entered-a-week-later"),
        pytest.param("NULL", "noted", "21 01:30", "20", "20", id="evening-in-st-johns"),
        pytest.param("1", "carried", "21 09:00", "20", "21", id="a-talk-entered-later"),
    ],
)
def test_the_day_an_event_was_recorded_is_never_before_the_day_it_happened(
    *, home: Path, session: str, kind: str, at: str, on: str, recorded_on: str
) -> None:
    event = (
        "INSERT INTO action_event (uid, action_id, session_id, at, 'on', kind) VALUES "
        f"('e9', 1, {session}, '2026-11-{at}:00.000000', '2026-11-{on}', '{kind}')"
    )
    with earlier(home, 6, event).read() as db:
        last_event = action_queries.read_action(db, 1).events[-1]
    assert last_event.recorded_on == date.fromisoformat(f"2026-11-{recorded_on}")


def test_the_day_of_archiving_is_known(home: Path) -> None:
    upgrade(earlier(home, 6))
    with plain(home) as db:
        days = [(row["added_on"], row["archived_on"]) for row in rows(db, "person")]
    assert days == [("2026-11-20", None), ("2026-11-20", "2026-11-20")]
