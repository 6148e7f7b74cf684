"""Questions about action learning sets, their members, their promises and their meetings."""

from coachlog.errors import NotFound
from coachlog.model import Action, Answer, MemberRef, Session
from coachlog.model.sets import LearningSet, Listed, Member, Slot
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_ROWS, with_events
from coachlog.store.reading.person_queries import matching
from coachlog.store.reading.row_filters import HELD, OPEN_ACTION, marks
from coachlog.store.rows import ACTION, SESSION, RowReader, day
from coachlog.text import clean, nearest

_NAME = "coalesce(person.name, nullif((SELECT value FROM setting WHERE key = 'me'), ''), 'me')"
"""How a member is called: the owner of the journal by the name given, else `me`."""

_SET = RowReader(
    LearningSet, "learning_set", later=("members",), archived="learning_set.archived_at IS NOT NULL"
)
_MEMBER = RowReader(
    Member,
    "set_member",
    person="set_member.person_id",
    name=_NAME,
    slug="coalesce(person.slug, 'me')",
    archived="person.archived_at IS NOT NULL",
)
_REF = f"set_member.id, set_member.person_id, {_NAME}"
_SLOT = RowReader(
    Slot,
    "slot",
    later=("answers", "actions"),
    number="slot.position",
    presenter=("set_member.id", "set_member.person_id", _NAME),
)
MEMBER_ROWS = "set_member LEFT JOIN person ON person.id = set_member.person_id"


def sets(db: Connection, *, archived: bool = False) -> list[LearningSet]:
    """Return the sets by name, each with all its members; with `archived`, those put aside too."""
    where = "" if archived else "WHERE archived_at IS NULL"
    rows = db.execute(
        f"SELECT {_SET.columns} FROM learning_set {where} ORDER BY name COLLATE NOCASE"
    )
    found = _SET.all(rows)
    members: dict[int, list[Member]] = {}
    for row in db.execute(f"SELECT {_MEMBER.columns}, set_id FROM {MEMBER_ROWS} ORDER BY 1"):
        members.setdefault(row[-1], []).append(_MEMBER.read(row))
    return [one._replace(members=tuple(members.get(one.id, ()))) for one in found]


def set_by_id(db: Connection, id: int) -> LearningSet:
    """Return the set with this number, archived or not; `NotFound` if there is none."""
    row = db.execute(f"SELECT {_SET.columns} FROM learning_set WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no set {id}.")
    members = db.execute(
        f"SELECT {_MEMBER.columns} FROM {MEMBER_ROWS} WHERE set_id = ? ORDER BY 1", (id,)
    )
    return _SET.read(row)._replace(members=tuple(_MEMBER.all(members)))


def find(db: Connection, wanted: str) -> LearningSet:
    """Return the one set of this name or handle, or with this unique beginning.

    Case and accents do not matter. `NotFound` names the candidates, or the nearest names.
    """
    known = sets(db, archived=True)
    found = matching(known, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.name for one in found)
        raise NotFound(f"“{clean(wanted)}” could be: {names}.", "Type a little more of the name.")
    near = nearest(wanted, [one.name for one in known])
    add = "To make one: coachlog set add NAME --member NAME --member NAME"
    hint = f"Did you mean {' or '.join(near)}? {add}" if near else add
    raise NotFound(f"There is no set called “{clean(wanted)}” in the journal.", hint)


def listed(db: Connection, *, archived: bool = False) -> list[Listed]:
    """Return the sets by name with their meetings held, the last one, and open promises."""
    counted = {
        id: (meetings, day(last))
        for id, meetings, last in db.execute(
            f"""
            SELECT set_id, count(*), max(held_on) FROM meeting
            CROSS JOIN session ON session.id = meeting.session_id
            WHERE {HELD} GROUP BY set_id
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
        Listed(one, *counted.get(one.id, (0, None)), is_open.get(one.id, 0))
        for one in sets(db, archived=archived)
    ]


def promises(db: Connection, found: LearningSet) -> list[Action]:
    """Return the open promises made in a set, member by member as they came into it.

    Those of one member come by date, those without a date last.
    """
    rows = db.execute(
        f"""
        {ACTION_ROWS} JOIN set_action ON set_action.action_id = action.id
        WHERE set_action.set_id = ? AND {OPEN_ACTION}
        ORDER BY action.due IS NULL, action.due, action.id
        """,
        (found.id,),
    )
    place = {member.person: number for number, member in enumerate(found.members)}

    def order(action: Action) -> int:
        if action.owner == "me":
            return place.get(None, -1)
        return place.get(action.person.id, len(place)) if action.person else len(place)

    return sorted(with_events(db, ACTION.all(rows)), key=order)


def meetings(db: Connection, set_id: int) -> list[Session]:
    """Return the meetings that a set held, the newest first, without what was said."""
    rows = db.execute(
        f"""
        SELECT {SESSION.columns} FROM session
        JOIN meeting ON meeting.session_id = session.id
        LEFT JOIN person ON person.id = session.person_id
        WHERE meeting.set_id = ? AND {HELD}
        ORDER BY session.held_on DESC, session.id DESC
        """,
        (set_id,),
    )
    return SESSION.all(rows)


def present(db: Connection, session_ids: list[int]) -> dict[int, tuple[MemberRef, ...]]:
    """Return those present, by session, in the order they came into the set."""
    found: dict[int, tuple[MemberRef, ...]] = {}
    for id, *member in db.execute(
        f"""
        SELECT participant.session_id, {_REF} FROM participant
        CROSS JOIN set_member ON set_member.id = participant.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE participant.session_id IN ({marks(session_ids)}) ORDER BY set_member.id
        """,
        session_ids,
    ):
        found[id] = (*found.get(id, ()), MemberRef(*member))
    return found


def slots(
    db: Connection,
    session_ids: list[int],
    said: dict[int, list[Answer]],
    actions: list[Action],
) -> dict[int, tuple[Slot, ...]]:
    """Return the slots of sessions in their order, with `said` by slot and the actions of each."""
    of_slot: dict[int, list[Action]] = {}
    by_id = {action.id: action for action in actions}
    rows = db.execute(
        f"""
        SELECT {_SLOT.columns}, slot.session_id
        FROM slot CROSS JOIN set_member ON set_member.id = slot.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE slot.session_id IN ({marks(session_ids)}) ORDER BY slot.session_id, slot.position
        """,
        session_ids,
    ).fetchall()
    ids = [row[0] for row in rows]
    for slot_id, action_id in db.execute(
        f"""
        SELECT slot_id, action_id FROM set_action WHERE slot_id IN ({marks(ids)}) ORDER BY action_id
        """,
        ids,
    ):
        if action_id in by_id:
            of_slot.setdefault(slot_id, []).append(by_id[action_id])
    found: dict[int, tuple[Slot, ...]] = {}
    for row in rows:
        slot = _SLOT.read(row)
        slot = slot._replace(
            answers=tuple(said.get(slot.id, ())), actions=tuple(of_slot.get(slot.id, ()))
        )
        found[row[-1]] = (*found.get(row[-1], ()), slot)
    return found
