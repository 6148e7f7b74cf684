"""Questions about people and the owner."""

from typing import Any, TypeVar

from coachlog import text
from coachlog.errors import NotFound
from coachlog.model import Contact, Note, Person
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import ACTION_OUTSIDE_SETS, HELD_SESSION, OPEN_ACTION
from coachlog.store.rows import NOTE_READER, PERSON_READER, parse_stored_date

Candidate = TypeVar("Candidate", bound=Any)
"""Who or what has a name, a handle, and may be archived."""

SELECT_PEOPLE = f"SELECT {PERSON_READER.columns} FROM person"


def read_people(db: Connection, *, include_archived: bool = False) -> list[Person]:
    """Return the people by name; with `archived`, those too who were put aside."""
    where = "" if include_archived else "WHERE archived_at IS NULL"
    rows = db.execute(f"{SELECT_PEOPLE} {where} ORDER BY name COLLATE NOCASE")
    return PERSON_READER.read_all(rows)


def find_person(db: Connection, query: str) -> Person:
    """Return the one person with this slug or full name, or the unique beginning of a word of it.

    Case and accents do not matter. `NotFound` names the candidates when several match, or the
    nearest names when none does. Someone archived is found when nobody else matches.
    """
    known = read_people(db, include_archived=True)
    found = match_by_name(known, query)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{p.name} ({p.slug})" for p in found)
        raise NotFound(f"“{query}” could be: {names}.", "Type a little more of the name.")
    if text.fold_text(query) == "me":
        raise NotFound("“me” is you, not someone you talk with.", "coachlog action list --owner me")
    raise NotFound(
        f"There is nobody called “{query}” in the journal.", _suggest_person(query, known)
    )


def match_by_name(candidates: list[Candidate], query: str) -> list[Candidate]:
    """Return those meant by a name: the one with that handle or full name, or all that begin so.

    Who has only a later word that begins so counts where no name does; a title is no word. Someone
    archived stands back, but never so far that a namesake's later word is taken for their name.
    """
    key = text.fold_text(query)
    exact = [p for p in candidates if p.slug == key] or [
        p for p in candidates if text.fold_text(p.name) == key
    ]
    if exact or not key:
        return exact
    names = [p for p in candidates if p.slug.startswith(key) or _has_name_prefix(p, key)]
    words = [p for p in candidates if p not in names and _has_word_prefix(p, key)]
    return (
        [p for p in names if not p.archived]
        or names + [p for p in words if not p.archived]
        or words
    )


def _has_name_prefix(candidate: Any, key: str) -> bool:
    name = text.fold_text(candidate.name)
    return name.startswith(key) or text.strip_title(name).startswith(key)


def _has_word_prefix(candidate: Any, key: str) -> bool:
    return f" {key}" in f" {text.strip_title(text.fold_text(candidate.name))}"


def _suggest_person(query: str, people: list[Person]) -> str:
    near = text.find_nearest_words(query, [p.name for p in people])
    if not text.clean_line(query):
        return "`coachlog person list` shows everyone."
    add = f'To add them: coachlog person add "{query}" --relationship report'
    return f"Did you mean {' or '.join(near)}? {add}" if near else add


def read_person(db: Connection, id: int) -> Person:
    """Return the person with this number; `NotFound` if there is none."""
    row = db.execute(f"{SELECT_PEOPLE} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return PERSON_READER.read(row)


def read_used_template_ids(db: Connection, person_id: int) -> list[str]:
    """Return the ids of the templates used with someone, the one used most first.

    Of those used as often, the one used last comes first.
    """
    rows = db.execute(
        f"""
        SELECT template FROM session WHERE person_id = ? AND {HELD_SESSION}
        GROUP BY template ORDER BY count(*) DESC, max(held_on) DESC
        """,
        (person_id,),
    )
    return [row[0] for row in rows]


def read_session_handle(db: Connection, session_id: int) -> str | None:
    """Return the handle of the person a session was with; None for a talk alone."""
    row = db.execute(
        "SELECT slug FROM person WHERE id = (SELECT person_id FROM session WHERE id = ?)",
        (session_id,),
    ).fetchone()
    return row[0] if row else None


def read_owner_name(db: Connection) -> str | None:
    """Return the owner's name for plans; '' when they chose to give none, None when not asked."""
    row = db.execute("SELECT value FROM setting WHERE key = 'me'").fetchone()
    return row[0] if row else None


def read_parked_notes(db: Connection, person_id: int | None) -> list[Note]:
    """Return what is parked for the next talk with someone, the oldest first; none for nobody."""
    rows = db.execute(
        f"SELECT {NOTE_READER.columns} FROM note WHERE person_id = ? AND settled_at IS NULL ORDER BY id",
        (person_id,),
    )
    return NOTE_READER.read_all(rows)


def read_contacts(
    db: Connection, *, include_archived: bool = False, talk_partners_only: bool = False
) -> list[Contact]:
    """Return everyone, `archived` or not at will, with the day last seen and how much is open.

    What was promised in a set does not count: it comes back there, not in a talk with them. With
    `to_talk`, those are left out who are only met in a set: no talk was held, none is due.
    """
    where = ["1" if include_archived else "archived_at IS NULL"]
    if talk_partners_only:
        where.append(
            "(every_days IS NOT NULL OR last_held IS NOT NULL "
            "OR person.id NOT IN (SELECT person_id FROM set_member WHERE person_id IS NOT NULL))"
        )
    rows = db.execute(
        f"""
        SELECT {PERSON_READER.columns},
               (SELECT max(held_on) FROM session WHERE session.person_id = person.id
                AND {HELD_SESSION}) AS last_held,
               (SELECT count(*) FROM action WHERE action.person_id = person.id
                AND {OPEN_ACTION}
                AND {ACTION_OUTSIDE_SETS})
        FROM person WHERE {" AND ".join(where)} ORDER BY name COLLATE NOCASE
        """
    )
    return [Contact(PERSON_READER.read(row), parse_stored_date(row[-2]), row[-1]) for row in rows]
