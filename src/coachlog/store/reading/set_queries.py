"""Queries of action learning sets, their members, promises, meetings and slots."""

from datetime import date

from coachlog.errors import NotFound
from coachlog.model.actions import Action
from coachlog.model.references import MemberRef
from coachlog.model.sessions import Answer, Session
from coachlog.model.sets import LearningSet, MeetingDays, Member, SetSummary, Slot
from coachlog.names.matching import label_candidates, match_by_name
from coachlog.rules.next_meetings import find_next_meeting
from coachlog.rules.next_talks import NEXT_TALK_PROMPTS
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    ACTION_READER,
    SELECT_ACTIONS,
    attach_action_events,
)
from coachlog.store.reading.person_queries import OTHER_HANDLES
from coachlog.store.reading.row_filters import (
    CANCELLED_SESSION,
    HELD_SESSION,
    OPEN_ACTION,
    build_placeholders,
)
from coachlog.store.reading.session_readers import SESSION_READER
from coachlog.store.rows import RowReader, parse_stored_date, parse_stored_json
from coachlog.text import clean_text, find_nearest_words

_OWNER_NAME = "(SELECT value FROM setting WHERE key = 'me')"
MEMBER_NAME = f"coalesce(person.name, nullif({_OWNER_NAME}, ''), 'me')"
"""A member's name; the owner's is the one they gave, or else `me`."""

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
    name=MEMBER_NAME,
    slug="coalesce(person.slug, 'me')",
    archived="person.archived_at IS NOT NULL",
    other_handles=OTHER_HANDLES.format(person="set_member.person_id"),
)
_MEMBER_REF_COLUMNS = f"set_member.id, set_member.person_id, {MEMBER_NAME}"
_SLOT_READER = RowReader(
    Slot,
    "slot",
    deferred_fields=("answers", "actions"),
    number="slot.position",
    presenter=("set_member.id", "set_member.person_id", MEMBER_NAME),
)
MEMBERS_WITH_PERSON = "set_member LEFT JOIN person ON person.id = set_member.person_id"


def read_sets(db: Connection, *, include_archived: bool = False) -> list[LearningSet]:
    """Return the sets by name, each with all its members; archived sets too if asked for."""
    where = "" if include_archived else "WHERE archived_at IS NULL"
    rows = db.execute(
        f"SELECT {_SET_READER.columns} FROM learning_set {where} ORDER BY sort_name(name)"
    )
    sets = _SET_READER.read_all(rows)
    member_rows = db.execute(
        f"SELECT {_MEMBER_READER.columns}, set_id FROM {MEMBERS_WITH_PERSON} ORDER BY 1"
    )
    members: dict[int, list[Member]] = {}
    for row in member_rows:
        members.setdefault(row[-1], []).append(_MEMBER_READER.read(row))
    return [
        learning_set._replace(members=tuple(members.get(learning_set.id, ())))
        for learning_set in sets
    ]


def read_set(db: Connection, id: int) -> LearningSet:
    """Return the set with this number, archived or not. Raises `NotFound` if there is none."""
    row = db.execute(
        f"SELECT {_SET_READER.columns} FROM learning_set WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no set {id}.")
    members = db.execute(
        f"SELECT {_MEMBER_READER.columns} FROM {MEMBERS_WITH_PERSON} WHERE set_id = ? ORDER BY 1",
        (id,),
    )
    return _SET_READER.read(row)._replace(
        members=tuple(_MEMBER_READER.read_all(members))
    )


def find_set(db: Connection, query: str) -> LearningSet:
    """Return the one set whose name or slug this is, or the only one it is a part of.

    Case and accents do not matter; see `names.match_by_name`. Raises `NotFound`, with the
    candidates if there are several, or else with the nearest names.
    """
    sets = read_sets(db, include_archived=True)
    matches = match_by_name(sets, query)
    if len(matches) == 1:
        return matches[0]
    # A damaged name is not to be taken for one that is not there.
    from coachlog.store.shown_rows import require_sound_names

    require_sound_names(db)
    if matches:
        raise NotFound(
            f"“{clean_text(query)}” could be: {label_candidates(matches)}.",
            "Type a little more of the name.",
        )
    hint = "To make one: coachlog set add NAME --member NAME --member NAME"
    near_names = find_nearest_words(query, [learning_set.name for learning_set in sets])
    if near_names:
        hint = f"Did you mean {' or '.join(near_names)}? {hint}"
    raise NotFound(
        f"There is no set by the name of “{clean_text(query)}” in your journal.", hint
    )


def read_set_summaries(
    db: Connection, *, include_archived: bool = False
) -> list[SetSummary]:
    """Return the sets by name, with their meetings, the day of the last, and open promises."""
    meeting_rows = db.execute(
        f"""
        SELECT set_id, count(*), max(held_on) FROM meeting
        CROSS JOIN session ON session.id = meeting.session_id
        WHERE {HELD_SESSION} GROUP BY set_id
        """
    )
    meetings = {id: (count, last_held) for id, count, last_held in meeting_rows}
    action_rows = db.execute(
        f"""
        SELECT set_id, count(*) FROM set_action JOIN action ON action.id = set_action.action_id
        WHERE {OPEN_ACTION} GROUP BY set_id
        """
    )
    open_counts = dict(action_rows.fetchall())
    summaries = []
    for learning_set in read_sets(db, include_archived=include_archived):
        meeting_count, last_held = meetings.get(learning_set.id, (0, None))
        summary = SetSummary(
            set=learning_set,
            meetings=meeting_count,
            last_held=parse_stored_date(last_held),
            open=open_counts.get(learning_set.id, 0),
            next_meeting=find_next_meeting(
                read_meeting_days(db, learning_set.id), learning_set
            ),
        )
        summaries.append(summary)
    return summaries


def read_open_set_actions(db: Connection, learning_set: LearningSet) -> list[Action]:
    """Return the open promises made in a set, member by member in the order they joined.

    Each member's come by due date, those without one last.
    """
    rows = db.execute(
        f"""
        {SELECT_ACTIONS} JOIN set_action ON set_action.action_id = action.id
        WHERE set_action.set_id = ? AND {OPEN_ACTION}
        ORDER BY action.due IS NULL, action.due, action.id
        """,
        (learning_set.id,),
    )
    actions = attach_action_events(db, ACTION_READER.read_all(rows))
    places = {member.person: place for place, member in enumerate(learning_set.members)}

    def find_place(action: Action) -> int:
        if action.owner == "me":
            return places.get(None, -1)
        if action.person is None:
            return len(places)
        return places.get(action.person.id, len(places))

    return sorted(actions, key=find_place)


def read_set_meetings(db: Connection, set_id: int) -> list[Session]:
    """Return the meetings that a set held, the newest first, without answers and actions."""
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


def read_meeting_days(db: Connection, set_id: int) -> MeetingDays:
    """Return when a set last met, when it agreed to meet next, and what was cancelled since."""
    last = db.execute(
        f"""
        SELECT session.id, session.held_on FROM meeting
        CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {HELD_SESSION}
        ORDER BY session.held_on DESC, session.id DESC LIMIT 1
        """,
        (set_id,),
    ).fetchone()
    session_id, last_held = last or (None, None)
    cancelled = db.execute(
        f"""
        SELECT session.held_on FROM meeting
        CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {CANCELLED_SESSION} AND session.held_on > ?
        ORDER BY session.held_on
        """,
        (set_id, last_held or ""),
    )
    return MeetingDays(
        last_held=parse_stored_date(last_held),
        agreed=_read_agreed_meeting(db, session_id),
        cancelled=tuple(date.fromisoformat(day) for (day,) in cancelled),
        session=session_id,
    )


def _read_agreed_meeting(db: Connection, session_id: int | None) -> date | None:
    """Return the day that was agreed in a meeting for the next one."""
    row = db.execute(
        f"""
        SELECT value FROM answer
        WHERE session_id = ? AND slot_id IS NULL AND kind = 'date' AND value <> 'null'
        AND prompt IN ({build_placeholders(NEXT_TALK_PROMPTS)})
        AND NOT private AND NOT health
        """,
        (session_id, *NEXT_TALK_PROMPTS),
    ).fetchone()
    return date.fromisoformat(parse_stored_json(row[0])) if row else None


def read_present_members(
    db: Connection, session_ids: list[int]
) -> dict[int, tuple[MemberRef, ...]]:
    """Return the members present, by session, in the order they joined the set."""
    rows = db.execute(
        f"""
        SELECT participant.session_id, {_MEMBER_REF_COLUMNS} FROM participant
        CROSS JOIN set_member ON set_member.id = participant.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE participant.session_id IN ({build_placeholders(session_ids)}) ORDER BY set_member.id
        """,
        session_ids,
    )
    members: dict[int, tuple[MemberRef, ...]] = {}
    for session_id, *columns in rows:
        members[session_id] = (*members.get(session_id, ()), MemberRef(*columns))
    return members


def read_slots(
    db: Connection,
    session_ids: list[int],
    slot_answers: dict[int, list[Answer]],
    actions: list[Action],
) -> dict[int, tuple[Slot, ...]]:
    """Return the slots of sessions, by session and in order, each with its answers and actions.

    `slot_answers` has the answers by the number of the slot's row; `actions` are those of all the
    sessions.
    """
    rows = db.execute(
        f"""
        SELECT {_SLOT_READER.columns}, slot.session_id
        FROM slot CROSS JOIN set_member ON set_member.id = slot.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE slot.session_id IN ({build_placeholders(session_ids)})
        ORDER BY slot.session_id, slot.position
        """,
        session_ids,
    ).fetchall()
    slots = [_SLOT_READER.read(row) for row in rows]
    slot_actions = _group_actions_by_slot(db, [slot.id for slot in slots], actions)
    session_slots: dict[int, tuple[Slot, ...]] = {}
    for row, slot in zip(rows, slots, strict=True):
        session_id = row[-1]
        slot_with_contents = slot._replace(
            answers=tuple(slot_answers.get(slot.id, ())),
            actions=tuple(slot_actions.get(slot.id, ())),
        )
        session_slots[session_id] = (
            *session_slots.get(session_id, ()),
            slot_with_contents,
        )
    return session_slots


def _group_actions_by_slot(
    db: Connection, slot_ids: list[int], actions: list[Action]
) -> dict[int, list[Action]]:
    rows = db.execute(
        f"""
        SELECT slot_id, action_id FROM set_action
        WHERE slot_id IN ({build_placeholders(slot_ids)}) ORDER BY action_id
        """,
        slot_ids,
    )
    actions_by_id = {action.id: action for action in actions}
    slot_actions: dict[int, list[Action]] = {}
    for slot_id, action_id in rows:
        # Those of a deleted session are missing, unless they were asked for.
        if action_id in actions_by_id:
            slot_actions.setdefault(slot_id, []).append(actions_by_id[action_id])
    return slot_actions
