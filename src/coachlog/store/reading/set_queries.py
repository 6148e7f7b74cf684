"""Questions about action learning sets, their members, their promises and their meetings."""

from coachlog.errors import NotFound
from coachlog.model import Action, Answer, MemberRef, Session
from coachlog.model.sets import LearningSet, Member, SetSummary, Slot
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import SELECT_ACTIONS, attach_action_events
from coachlog.store.reading.person_queries import match_by_name
from coachlog.store.reading.row_filters import HELD_SESSION, OPEN_ACTION, build_placeholders
from coachlog.store.rows import ACTION_READER, SESSION_READER, RowReader, parse_stored_date
from coachlog.text import clean_text, find_nearest_words

_MEMBER_NAME = (
    "coalesce(person.name, nullif((SELECT value FROM setting WHERE key = 'me'), ''), 'me')"
)
"""How a member is called: the owner of the journal by the name given, else `me`."""

_SET_READER = RowReader(
    LearningSet,
    "learning_set",
    deferred_fields=("members",),
    archived="learning_set.archived_at IS NOT NULL",
)
_MEMBER_READER = RowReader(
    Member,
    "set_member",
    person="set_member.person_id",
    name=_MEMBER_NAME,
    slug="coalesce(person.slug, 'me')",
    archived="person.archived_at IS NOT NULL",
)
_MEMBER_REF_COLUMNS = f"set_member.id, set_member.person_id, {_MEMBER_NAME}"
_SLOT_READER = RowReader(
    Slot,
    "slot",
    deferred_fields=("answers", "actions"),
    number="slot.position",
    presenter=("set_member.id", "set_member.person_id", _MEMBER_NAME),
)
MEMBERS_WITH_PERSON = "set_member LEFT JOIN person ON person.id = set_member.person_id"


def read_sets(db: Connection, *, include_archived: bool = False) -> list[LearningSet]:
    """Return the sets by name, each with all its members; with `archived`, those put aside too."""
    where = "" if include_archived else "WHERE archived_at IS NULL"
    rows = db.execute(
        f"SELECT {_SET_READER.columns} FROM learning_set {where} ORDER BY name COLLATE NOCASE"
    )
    found = _SET_READER.read_all(rows)
    members: dict[int, list[Member]] = {}
    for row in db.execute(
        f"SELECT {_MEMBER_READER.columns}, set_id FROM {MEMBERS_WITH_PERSON} ORDER BY 1"
    ):
        members.setdefault(row[-1], []).append(_MEMBER_READER.read(row))
    return [one._replace(members=tuple(members.get(one.id, ()))) for one in found]


def read_set(db: Connection, id: int) -> LearningSet:
    """Return the set with this number, archived or not; `NotFound` if there is none."""
    row = db.execute(
        f"SELECT {_SET_READER.columns} FROM learning_set WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no set {id}.")
    members = db.execute(
        f"SELECT {_MEMBER_READER.columns} FROM {MEMBERS_WITH_PERSON} WHERE set_id = ? ORDER BY 1",
        (id,),
    )
    return _SET_READER.read(row)._replace(members=tuple(_MEMBER_READER.read_all(members)))


def find_set(db: Connection, query: str) -> LearningSet:
    """Return the one set of this name or handle, or with this unique beginning.

    Case and accents do not matter. `NotFound` names the candidates, or the nearest names.
    """
    known = read_sets(db, include_archived=True)
    found = match_by_name(known, query)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.name for one in found)
        raise NotFound(
            f"“{clean_text(query)}” could be: {names}.", "Type a little more of the name."
        )
    near = find_nearest_words(query, [one.name for one in known])
    add = "To make one: coachlog set add NAME --member NAME --member NAME"
    hint = f"Did you mean {' or '.join(near)}? {add}" if near else add
    raise NotFound(f"There is no set called “{clean_text(query)}” in the journal.", hint)


def read_set_summaries(db: Connection, *, include_archived: bool = False) -> list[SetSummary]:
    """Return the sets by name with their meetings held, the last one, and open promises."""
    counted = {
        id: (meetings, parse_stored_date(last))
        for id, meetings, last in db.execute(
            f"""
            SELECT set_id, count(*), max(held_on) FROM meeting
            CROSS JOIN session ON session.id = meeting.session_id
            WHERE {HELD_SESSION} GROUP BY set_id
            """
        )
    }
    is_open = dict(
        db.execute(
            f"""
            SELECT set_id, count(*) FROM set_action JOIN action ON action.id = set_action.action_id
            WHERE {OPEN_ACTION} GROUP BY set_id
            """
        ).fetchall()
    )
    return [
        SetSummary(one, *counted.get(one.id, (0, None)), is_open.get(one.id, 0))
        for one in read_sets(db, include_archived=include_archived)
    ]


def read_open_set_actions(db: Connection, learning_set: LearningSet) -> list[Action]:
    """Return the open promises made in a set, member by member as they came into it.

    Those of one member come by date, those without a date last.
    """
    rows = db.execute(
        f"""
        {SELECT_ACTIONS} JOIN set_action ON set_action.action_id = action.id
        WHERE set_action.set_id = ? AND {OPEN_ACTION}
        ORDER BY action.due IS NULL, action.due, action.id
        """,
        (learning_set.id,),
    )
    place = {member.person: number for number, member in enumerate(learning_set.members)}

    def order(action: Action) -> int:
        if action.owner == "me":
            return place.get(None, -1)
        return place.get(action.person.id, len(place)) if action.person else len(place)

    return sorted(attach_action_events(db, ACTION_READER.read_all(rows)), key=order)


def read_set_meetings(db: Connection, set_id: int) -> list[Session]:
    """Return the meetings that a set held, the newest first, without what was said."""
    rows = db.execute(
        f"""
        SELECT {SESSION_READER.columns} FROM session
        JOIN meeting ON meeting.session_id = session.id
        LEFT JOIN person ON person.id = session.person_id
        WHERE meeting.set_id = ? AND {HELD_SESSION}
        ORDER BY session.held_on DESC, session.id DESC
        """,
        (set_id,),
    )
    return SESSION_READER.read_all(rows)


def read_present_members(
    db: Connection, session_ids: list[int]
) -> dict[int, tuple[MemberRef, ...]]:
    """Return those present, by session, in the order they came into the set."""
    found: dict[int, tuple[MemberRef, ...]] = {}
    for id, *member in db.execute(
        f"""
        SELECT participant.session_id, {_MEMBER_REF_COLUMNS} FROM participant
        CROSS JOIN set_member ON set_member.id = participant.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE participant.session_id IN ({build_placeholders(session_ids)}) ORDER BY set_member.id
        """,
        session_ids,
    ):
        found[id] = (*found.get(id, ()), MemberRef(*member))
    return found


def read_slots(
    db: Connection,
    session_ids: list[int],
    answers_by_slot: dict[int, list[Answer]],
    actions: list[Action],
) -> dict[int, tuple[Slot, ...]]:
    """Return the slots of sessions in their order, with `said` by slot and the actions of each."""
    of_slot: dict[int, list[Action]] = {}
    by_id = {action.id: action for action in actions}
    rows = db.execute(
        f"""
        SELECT {_SLOT_READER.columns}, slot.session_id
        FROM slot CROSS JOIN set_member ON set_member.id = slot.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE slot.session_id IN ({build_placeholders(session_ids)}) ORDER BY slot.session_id, slot.position
        """,
        session_ids,
    ).fetchall()
    ids = [row[0] for row in rows]
    for slot_id, action_id in db.execute(
        f"""
        SELECT slot_id, action_id FROM set_action WHERE slot_id IN ({build_placeholders(ids)}) ORDER BY action_id
        """,
        ids,
    ):
        if action_id in by_id:
            of_slot.setdefault(slot_id, []).append(by_id[action_id])
    found: dict[int, tuple[Slot, ...]] = {}
    for row in rows:
        slot = _SLOT_READER.read(row)
        slot = slot._replace(
            answers=tuple(answers_by_slot.get(slot.id, ())), actions=tuple(of_slot.get(slot.id, ()))
        )
        found[row[-1]] = (*found.get(row[-1], ()), slot)
    return found
