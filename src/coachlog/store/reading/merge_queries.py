"""Queries before two people become one: what would move, and what speaks against it."""

from datetime import date

from coachlog.model.merges import PersonContents, SharedMeeting, SharedSet
from coachlog.names.spelling import is_same_name
from coachlog.store.database import Connection
from coachlog.store.rows import parse_stored_date


def read_person_contents(db: Connection, person_id: int, name: str) -> PersonContents:
    """Return how much in the journal belongs to a person, hidden rows included.

    `name` finds the promises that they made in other people's conversations.
    """
    return PersonContents(
        conversations=_count_sessions(db, person_id, "status <> 'draft'"),
        drafts=_count_sessions(db, person_id, "status = 'draft'"),
        promises=_count_rows(db, "action", person_id),
        goals=_count_rows(db, "goal", person_id),
        notes=_count_rows(db, "note", person_id),
        encounters=_count_rows(db, "encounter", person_id),
        memberships=_count_rows(db, "set_member", person_id),
        promises_elsewhere=_count_promises_elsewhere(db, person_id, name),
    )


def _count_sessions(db: Connection, person_id: int, condition: str) -> int:
    query = f"SELECT count(*) FROM session WHERE person_id = ? AND {condition}"
    (own_count,) = db.execute(query, (person_id,)).fetchone()
    (other_count,) = db.execute(
        f"""
        SELECT count(*) FROM session_person CROSS JOIN session ON session.id = session_id
        WHERE session_person.person_id = ? AND {condition}
        """,
        (person_id,),
    ).fetchone()
    return int(own_count + other_count)


def _count_rows(db: Connection, table: str, person_id: int) -> int:
    query = f"SELECT count(*) FROM {table} WHERE person_id = ?"
    return int(db.execute(query, (person_id,)).fetchone()[0])


def _count_promises_elsewhere(db: Connection, person_id: int, name: str) -> int:
    rows = db.execute(
        """
        SELECT owner, count(*) FROM action
        WHERE owner NOT IN ('me', 'them') AND person_id IS NOT ? GROUP BY owner
        """,
        (person_id,),
    )
    return sum(count for owner, count in rows if is_same_name(owner, name))


def find_shared_meeting(
    db: Connection, person_id: int, other_person_id: int
) -> SharedMeeting | None:
    """Return the latest conversation in which both people were, a set's meeting or another.

    None if there is none. Deleted ones do not count.
    """
    people = {"one": person_id, "other": other_person_id}
    presence = """
        (session.person_id = :{who}
         OR EXISTS (SELECT 1 FROM session_person
                    WHERE session_id = session.id AND person_id = :{who})
         OR EXISTS (SELECT 1 FROM participant CROSS JOIN set_member ON set_member.id = member_id
                    WHERE session_id = session.id AND person_id = :{who}))
    """
    row = db.execute(
        f"""
        SELECT id, title, held_on FROM session
        WHERE deleted_at IS NULL AND {presence.format(who="one")}
        AND {presence.format(who="other")} ORDER BY held_on DESC, id DESC LIMIT 1
        """,
        people,
    ).fetchone()
    if row is None:
        return None
    return SharedMeeting(row[0], row[1], parse_stored_date(row[2]) or date.min)


def find_shared_set(
    db: Connection, person_id: int, other_person_id: int
) -> SharedSet | None:
    """Return a set in which both people are now, each in another role; None if there is none."""
    row = db.execute(
        """
        SELECT learning_set.name, learning_set.slug
        FROM set_member AS one CROSS JOIN set_member AS other ON other.set_id = one.set_id
        CROSS JOIN learning_set ON learning_set.id = one.set_id
        WHERE one.person_id = ? AND other.person_id = ? AND one.role <> other.role
        AND one.left_on IS NULL AND other.left_on IS NULL LIMIT 1
        """,
        (person_id, other_person_id),
    ).fetchone()
    return SharedSet(*row) if row else None


def find_meeting_draft_id(db: Connection, person_id: int) -> int | None:
    """Return the number of a meeting under way in a set of this person's; None if there is none."""
    row = db.execute(
        """
        SELECT draft.session_id FROM draft CROSS JOIN session ON session.id = draft.session_id
        CROSS JOIN meeting ON meeting.session_id = session.id
        WHERE session.deleted_at IS NULL AND EXISTS (
            SELECT 1 FROM set_member
            WHERE set_member.set_id = meeting.set_id AND set_member.person_id = ?
        ) LIMIT 1
        """,
        (person_id,),
    ).fetchone()
    return row[0] if row else None
