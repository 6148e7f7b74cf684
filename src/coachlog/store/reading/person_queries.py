"""Questions about people and the owner."""

from typing import Any, TypeVar

from coachlog import text
from coachlog.errors import NotFound
from coachlog.model import Contact, Note, Person
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD, OPEN_ACTION, OUTSIDE_SETS
from coachlog.store.rows import NOTE, PERSON, day

Named = TypeVar("Named", bound=Any)
"""Who or what has a name, a handle, and may be archived."""

PERSON_ROWS = f"SELECT {PERSON.columns} FROM person"


def people(db: Connection, *, archived: bool = False) -> list[Person]:
    """Return the people by name; with `archived`, those too who were put aside."""
    where = "" if archived else "WHERE archived_at IS NULL"
    rows = db.execute(f"{PERSON_ROWS} {where} ORDER BY name COLLATE NOCASE")
    return PERSON.all(rows)


def person(db: Connection, wanted: str) -> Person:
    """Return the one person with this slug or full name, or the unique beginning of a word of it.

    Case and accents do not matter. `NotFound` names the candidates when several match, or the
    nearest names when none does. Someone archived is found when nobody else matches.
    """
    known = people(db, archived=True)
    found = matching(known, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{p.name} ({p.slug})" for p in found)
        raise NotFound(f"“{wanted}” could be: {names}.", "Type a little more of the name.")
    if text.fold(wanted) == "me":
        raise NotFound("“me” is you, not someone you talk with.", "coachlog action list --owner me")
    raise NotFound(f"There is nobody called “{wanted}” in the journal.", _who_then(wanted, known))


def matching(known: list[Named], wanted: str) -> list[Named]:
    """Return those meant by a name: the one with that handle or full name, or all that begin so.

    Who has only a later word that begins so counts where no name does; a title is no word. Someone
    archived stands back, but never so far that a namesake's later word is taken for their name.
    """
    key = text.fold(wanted)
    exact = [p for p in known if p.slug == key] or [p for p in known if text.fold(p.name) == key]
    if exact or not key:
        return exact
    names = [p for p in known if p.slug.startswith(key) or _begins(p, key)]
    words = [p for p in known if p not in names and _has_word(p, key)]
    return (
        [p for p in names if not p.archived]
        or names + [p for p in words if not p.archived]
        or words
    )


def _begins(who: Any, key: str) -> bool:
    name = text.fold(who.name)
    return name.startswith(key) or text.untitled(name).startswith(key)


def _has_word(who: Any, key: str) -> bool:
    return f" {key}" in f" {text.untitled(text.fold(who.name))}"


def _who_then(wanted: str, known: list[Person]) -> str:
    near = text.nearest(wanted, [p.name for p in known])
    if not text.line(wanted):
        return "`coachlog person list` shows everyone."
    add = f'To add them: coachlog person add "{wanted}" --relationship report'
    return f"Did you mean {' or '.join(near)}? {add}" if near else add


def person_by_id(db: Connection, id: int) -> Person:
    """Return the person with this number; `NotFound` if there is none."""
    row = db.execute(f"{PERSON_ROWS} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no person {id}.")
    return PERSON.read(row)


def used_templates(db: Connection, person_id: int) -> list[str]:
    """Return the ids of the templates used with someone, the one used most first.

    Of those used as often, the one used last comes first.
    """
    rows = db.execute(
        f"""
        SELECT template FROM session WHERE person_id = ? AND {HELD}
        GROUP BY template ORDER BY count(*) DESC, max(held_on) DESC
        """,
        (person_id,),
    )
    return [row[0] for row in rows]


def handle(db: Connection, session_id: int) -> str | None:
    """Return the handle of the person a session was with; None for a talk alone."""
    row = db.execute(
        "SELECT slug FROM person WHERE id = (SELECT person_id FROM session WHERE id = ?)",
        (session_id,),
    ).fetchone()
    return row[0] if row else None


def me(db: Connection) -> str | None:
    """Return the owner's name for plans; '' when they chose to give none, None when not asked."""
    row = db.execute("SELECT value FROM setting WHERE key = 'me'").fetchone()
    return row[0] if row else None


def parked_notes(db: Connection, person_id: int | None) -> list[Note]:
    """Return what is parked for the next talk with someone, the oldest first; none for nobody."""
    rows = db.execute(
        f"SELECT {NOTE.columns} FROM note WHERE person_id = ? AND settled_at IS NULL ORDER BY id",
        (person_id,),
    )
    return NOTE.all(rows)


def contacts(db: Connection, *, archived: bool = False, to_talk: bool = False) -> list[Contact]:
    """Return everyone, `archived` or not at will, with the day last seen and how much is open.

    What was promised in a set does not count: it comes back there, not in a talk with them. With
    `to_talk`, those are left out who are only met in a set: no talk was held, none is due.
    """
    where = ["1" if archived else "archived_at IS NULL"]
    if to_talk:
        where.append(
            "(every_days IS NOT NULL OR last_held IS NOT NULL "
            "OR person.id NOT IN (SELECT person_id FROM set_member WHERE person_id IS NOT NULL))"
        )
    rows = db.execute(
        f"""
        SELECT {PERSON.columns},
               (SELECT max(held_on) FROM session WHERE session.person_id = person.id
                AND {HELD}) AS last_held,
               (SELECT count(*) FROM action WHERE action.person_id = person.id
                AND {OPEN_ACTION}
                AND {OUTSIDE_SETS})
        FROM person WHERE {" AND ".join(where)} ORDER BY name COLLATE NOCASE
        """
    )
    return [Contact(PERSON.read(row), day(row[-2]), row[-1]) for row in rows]
