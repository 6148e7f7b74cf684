"""Queries of what a set does between two meetings: offers, asks, check-ins, and who helped."""

from datetime import date, timedelta

from coachlog.model.references import SetRef
from coachlog.model.set_support import (
    AgreedCheckIn,
    BuddyPair,
    HelpCount,
    SupportLine,
)
from coachlog.model.sets import LearningSet
from coachlog.model.today import CheckIn
from coachlog.rules.buddies import find_check_in, pair_buddies
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import HELD_SESSION
from coachlog.store.reading.set_queries import MEMBER_NAME, read_set
from coachlog.store.rows import RowReader, parse_stored_date, parse_stored_json

HELPED_PROMPT = "helped"
"""The id of the question at the end of a meeting for who helped since the last one, and how."""

_LINE_READER = RowReader(
    SupportLine,
    "set_support",
    set=("learning_set.id", "learning_set.name"),
    member=("set_member.id", "set_member.person_id", MEMBER_NAME),
)


def read_support_lines(
    db: Connection, set_id: int, *, include_closed: bool = False
) -> list[SupportLine]:
    """Return the offers and asks of a set, the oldest first; closed ones too if asked for."""
    open_only = "" if include_closed else "AND set_support.done_on IS NULL"
    rows = db.execute(
        f"""
        SELECT {_LINE_READER.columns} FROM set_support
        CROSS JOIN learning_set ON learning_set.id = set_support.set_id
        CROSS JOIN set_member ON set_member.id = set_support.member_id
        LEFT JOIN person ON person.id = set_member.person_id
        WHERE set_support.set_id = ? {open_only} ORDER BY set_support.id
        """,
        (set_id,),
    )
    return _LINE_READER.read_all(rows)


def count_meetings(db: Connection, set_id: int) -> int:
    """Return how many meetings a set has held."""
    (count,) = db.execute(
        f"""
        SELECT count(*) FROM meeting CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {HELD_SESSION}
        """,
        (set_id,),
    ).fetchone()
    return int(count)


def read_agreed_check_ins(
    db: Connection, set_id: int, meetings: int
) -> list[AgreedCheckIn]:
    """Return the days agreed since the last of so many meetings, in the order they were."""
    rows = db.execute(
        'SELECT member_id, "on" FROM set_check_in WHERE set_id = ? AND meetings = ? ORDER BY id',
        (set_id, meetings),
    )
    return [AgreedCheckIn(member, parse_stored_date(day)) for member, day in rows]


def read_buddy_pairs(
    db: Connection, learning_set: LearningSet, meetings: int, today: date
) -> list[BuddyPair]:
    """Return who is paired with whom after so many meetings, and when they check in.

    Those whose last day in the set is today are buddies of nobody until it meets again.
    """
    agreed_check_ins = read_agreed_check_ins(db, learning_set.id, meetings)
    staying_members = learning_set.list_members_on(today + timedelta(days=1))
    pairs = []
    for members in pair_buddies(staying_members, meetings):
        member_ids = {member.id for member in members}
        pairs.append(BuddyPair(members, find_check_in(member_ids, agreed_check_ins)))
    return pairs


def count_helps(db: Connection, set_id: int) -> HelpCount:
    """Return how many lines say that somebody helped, and in how many meetings there are any.

    Nobody's lines are counted apart from those of others.
    """
    rows = db.execute(
        f"""
        SELECT answer.value FROM meeting
        CROSS JOIN session ON session.id = meeting.session_id
        CROSS JOIN answer ON answer.session_id = session.id
        WHERE meeting.set_id = ? AND {HELD_SESSION}
        AND answer.prompt = ? AND answer.slot_id IS NULL AND answer.kind = 'text'
        AND answer.value <> 'null'
        """,
        (set_id, HELPED_PROMPT),
    )
    counts = [_count_written_lines(parse_stored_json(value)) for (value,) in rows]
    return HelpCount(sum(counts), sum(map(bool, counts)))


def _count_written_lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def read_check_ins(db: Connection, since: date, until: date) -> list[CheckIn]:
    """Return the check-ins agreed for these days, the earliest first.

    Without those that a meeting has overtaken, or of sets that no longer meet.
    """
    rows = db.execute(
        'SELECT DISTINCT set_id FROM set_check_in WHERE "on" BETWEEN ? AND ?',
        (since.isoformat(), until.isoformat()),
    ).fetchall()
    check_ins = []
    for (set_id,) in rows:
        learning_set = read_set(db, set_id)
        if learning_set.archived:
            continue
        ref = SetRef(learning_set.id, learning_set.name)
        meetings = count_meetings(db, set_id)
        for pair in read_buddy_pairs(db, learning_set, meetings, since):
            if pair.check_in is not None and since <= pair.check_in <= until:
                check_ins.append(
                    CheckIn(pair.check_in, ref, learning_set.slug, pair.refs)
                )
    return sorted(check_ins, key=lambda check_in: (check_in.on, check_in.set.name))
