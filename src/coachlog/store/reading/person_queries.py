"""Queries of people and of the owner, and the search for somebody by name."""

from datetime import date

from coachlog import text
from coachlog.errors import NotFound, Refusal
from coachlog.model.people import Contact, Person, Relationship
from coachlog.names.matching import is_meant_by, label_candidates, match_by_name
from coachlog.names.spelling import has_letter, is_same_name
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    ACTION_OUTSIDE_SETS,
    ACTION_WITH_PERSON,
    HELD_SESSION,
    OPEN_ACTION,
    SET_MEMBER,
    build_held_day,
    select_sessions_with,
)
from coachlog.store.reading.three_way_filters import PEOPLE_ABOVE
from coachlog.store.rows import RowReader, parse_stored_date

OWN_PLAN_HINT = "Your own plan: coachlog plan show me"
"""What to type where somebody is named who is the owner."""

OTHER_HANDLES = (
    "(SELECT CASE WHEN count(*) THEN json_group_array(slug) END FROM person_handle "
    "WHERE person_handle.person_id = {person})"
)
"""The SQL of a person's other handles; NULL for none, which is read without `json`."""

PERSON_READER = RowReader(
    Person,
    "person",
    archived="person.archived_at IS NOT NULL",
    other_handles=OTHER_HANDLES.format(person="person.id"),
)

SELECT_PEOPLE = f"SELECT {PERSON_READER.columns} FROM person"


def read_people(db: Connection, *, include_archived: bool = False) -> list[Person]:
    """Return the people by name, archived ones too if asked for."""
    where = "" if include_archived else "WHERE archived_at IS NULL"
    rows = db.execute(f"{SELECT_PEOPLE} {where} ORDER BY sort_name(name), name, id")
    return PERSON_READER.read_all(rows)


def find_person(db: Connection, query: str) -> Person:
    """Return the one person whose slug or name this is, or the only one it is a part of.

    Case and accents do not matter; see `names.match_by_name`. Raises `NotFound`, with the
    candidates if there are several, or else with the nearest names.
    """
    people = read_people(db, include_archived=True)
    matches = match_by_name(people, query)
    if len(matches) == 1:
        return matches[0]
    # A damaged name is not to be taken for one that is not there.
    from coachlog.store.shown_rows import require_sound_names

    require_sound_names(db)
    if matches:
        raise NotFound(
            f"“{query}” could be: {label_candidates(matches)}.",
            "Type a little more of the name.",
        )
    if text.fold_text(query) == "me":
        raise NotFound("“me” is you, not someone you talk with.", OWN_PLAN_HINT)
    own_name = read_owner_name(db)
    if own_name and is_meant_by(query, own_name):
        raise NotFound(
            f"“{query}” is your own name, and nobody else’s in your journal.",
            OWN_PLAN_HINT,
        )
    raise NotFound(
        f"There is nobody by the name of “{query}” in your journal.",
        _suggest_person(query, people),
    )


def _suggest_person(query: str, people: list[Person]) -> str:
    """Return the hint for a name that nobody has: the nearest names, and how to add someone."""
    if not text.clean_line(query):
        return "`coachlog person list` shows everyone."
    if not has_letter(query):
        return "A name is needed here, not a number: `coachlog person list` shows everyone."
    hint = f'To add them: coachlog person add "{query}"'
    near_names = text.find_nearest_words(query, [person.name for person in people])
    if near_names:
        return f"Did you mean {' or '.join(near_names)}? {hint}"
    return hint


def read_person(db: Connection, id: int) -> Person:
    """Return the person with this number, archived or not. Raises `NotFound` if there is none."""
    row = db.execute(f"{SELECT_PEOPLE} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return PERSON_READER.read(row)


def has_people_above(db: Connection) -> bool:
    """Return whether anyone in the journal, not archived, is up from the owner."""
    row = db.execute(
        f"SELECT EXISTS (SELECT 1 FROM person WHERE relationship IN ({PEOPLE_ABOVE}) "
        "AND archived_at IS NULL)"
    ).fetchone()
    return bool(row[0])


def read_used_template_ids(db: Connection, person_id: int) -> list[str]:
    """Return the ids of the templates used with someone, the most used first, then the latest."""
    rows = db.execute(
        f"""
        SELECT template FROM session WHERE person_id = ? AND {HELD_SESSION}
        GROUP BY template ORDER BY count(*) DESC, max(held_on) DESC
        """,
        (person_id,),
    )
    return [row[0] for row in rows]


def read_usual_template_ids(db: Connection, since: date) -> list[str]:
    """Return the ids of the templates used since a day, the most used first, then the latest."""
    rows = db.execute(
        f"""
        SELECT template FROM session WHERE held_on >= ? AND {HELD_SESSION}
        GROUP BY template ORDER BY count(*) DESC, max(held_on) DESC, template
        """,
        (since.isoformat(),),
    )
    return [row[0] for row in rows]


def read_last_session_ids(db: Connection, person_id: int, count: int) -> list[int]:
    """Return the numbers of the last sessions held with a person, the latest first."""
    rows = db.execute(
        f"{select_sessions_with('?1', HELD_SESSION)} ORDER BY held_on DESC, id DESC LIMIT ?2",
        (person_id, count),
    )
    return [id for id, _ in rows]


def read_session_handle(db: Connection, session_id: int) -> tuple[str | None, bool]:
    """Return the slug of the person in whose plan a session's promises are, `me` for the owner's.

    None for a talk alone or a meeting. Beside it stands whether that person is up from the owner.
    """
    row = db.execute(
        """
        SELECT slug, relationship,
               EXISTS (SELECT 1 FROM session_person WHERE session_id = session.id)
        FROM session CROSS JOIN person ON person.id = session.person_id WHERE session.id = ?
        """,
        (session_id,),
    ).fetchone()
    if row is None:
        return None, False
    slug, relationship, is_of_three = row
    # Only what has just been recorded is looked up here.
    from coachlog.rules.three_way import is_owner_plan

    is_above = is_owner_plan(Relationship(relationship))
    if is_of_three and is_above:
        return "me", False
    return str(slug), is_above


def read_owner_name(db: Connection) -> str | None:
    """Return the owner's name: '' if they chose to give none, None if they were never asked."""
    row = db.execute("SELECT value FROM setting WHERE key = 'me'").fetchone()
    return row[0] if row else None


def refuse_own_name(name: str, own_name: str | None) -> None:
    """Raise `Refusal` if a name for somebody else is the owner's own."""
    if own_name and is_same_name(name, own_name):
        raise Refusal(
            f"{own_name} is your own name in this journal. Nothing was changed.",
            f"{OWN_PLAN_HINT}. If this is someone else, add a middle initial or a place "
            "to tell them apart: "
            "“Tom Reed (ward 7)”.",
        )


def read_contacts(
    db: Connection, *, include_archived: bool = False, talk_partners_only: bool = False
) -> list[Contact]:
    """Return people by name with the days of the last talk and `met`, and their open promises.

    Promises made in a set do not count: they come back at its meetings. With `talk_partners_only`,
    those are left out who are only members of a set: with no talk held so far and no rhythm agreed.
    """
    conditions = ["1" if include_archived else "archived_at IS NULL"]
    if talk_partners_only:
        conditions.append(
            "(every_days IS NOT NULL OR every_months IS NOT NULL OR last_held IS NOT NULL "
            f"OR NOT {SET_MEMBER})"
        )
    rows = db.execute(
        f"""
        SELECT {PERSON_READER.columns},
               {build_held_day("max", "person.id")} AS last_held,
               (SELECT count(*) FROM action
                WHERE {ACTION_WITH_PERSON.format(person="person.id")} AND {OPEN_ACTION}
                AND {ACTION_OUTSIDE_SETS}),
               (SELECT max("on") FROM encounter WHERE person_id = person.id)
        FROM person WHERE {" AND ".join(conditions)} ORDER BY sort_name(name), name, id
        """
    )
    contacts = []
    for row in rows:
        last_held, open_count, last_met = row[-3:]
        person = PERSON_READER.read(row)
        contact = Contact(
            person,
            parse_stored_date(last_held),
            open_count,
            parse_stored_date(last_met),
        )
        contacts.append(contact)
    return contacts
