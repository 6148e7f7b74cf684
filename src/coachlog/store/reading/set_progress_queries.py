"""The figures of one action learning set: promises, turns, questions, measures.

However many meetings there were, the same number of questions is asked.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from coachlog import rules
from coachlog.model import Action
from coachlog.model.progress import DecidedPromise, Tally, Trend, TrendPoint
from coachlog.model.set_progress import MeetingFigures, MemberFigures, QuestionCounts, SetFigures
from coachlog.model.sets import LearningSet, Member, SetRole
from coachlog.rules import disclosure, figures, turns
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import attach_action_events
from coachlog.store.reading.row_filters import HELD_SESSION, LIVE_ACTION, build_placeholders
from coachlog.store.rows import ACTION_READER

PersonId = int
"""Whose a promise or a turn is: the number of a person, or that of the owner of the journal."""

OWNER_ID = 0


def read_set_progress(
    db: Connection,
    today: date,
    learning_set: LearningSet,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> SetFigures:
    """Return the figures of a set: its promises, whose turn it was, what was asked, its measures.

    From `since` to `until`, both included, count the meetings held and the promises first due;
    without them all do. Measures are those of the set itself, not what one member said in a slot;
    what is private or about health is left out of them and counted, unless `private`.
    """
    meetings = _read_held_meetings(db, learning_set, since, until)
    ids = [meeting.session for meeting in meetings]
    promised = [
        one
        for one in _read_set_actions(db, learning_set)
        if figures.is_due_within(one[1], since, until)
    ]
    measures, withheld = _read_set_trends(db, ids, private=private)
    asked = _count_meeting_questions(db, ids)
    whole, me, them = (
        figures.tally_fates((action for _, action in promised if action.owner in owners), today)
        for owners in (("me", "them"), ("me",), ("them",))
    )
    return SetFigures(
        name=learning_set.name,
        slug=learning_set.slug,
        members=len(learning_set.list_current_members()),
        meetings=tuple(one._replace(questions=asked[one.session]) for one in meetings),
        promises=whole,
        me=me,
        them=them,
        people=tuple(
            _list_member_figures(
                learning_set,
                _count_attendance(db, ids),
                _count_member_turns(db, ids),
                promised,
                today,
            )
        ),
        measures=measures,
        since=since,
        until=until,
        withheld=withheld,
        id=learning_set.id,
        uid=learning_set.uid,
    )


def read_set_ledger(
    db: Connection,
    today: date,
    learning_set: LearningSet,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> list[DecidedPromise]:
    """Return each promise of a set that counts in its ratios, mine first, then by first date.

    With its words, as these are the set's own figures; those of private ones only with `private`.
    """
    decided = [
        DecidedPromise(disclosure.veil_entry(action, Audience.SET_MEMBER, private=private), fate)
        for _, action in _read_set_actions(db, learning_set)
        if figures.is_due_within(action, since, until)
        and (fate := rules.judge_fate(action, today)) in rules.DECIDED_FATES
    ]
    return sorted(
        decided, key=lambda one: (one.action.owner, one.action.original_due, one.action.id)
    )


def _read_held_meetings(
    db: Connection, learning_set: LearningSet, since: date | None, until: date | None
) -> list[MeetingFigures]:
    rows = db.execute(
        f"""
        SELECT session.id, held_on, minutes,
               (SELECT count(*) FROM participant WHERE participant.session_id = session.id)
        FROM meeting CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {HELD_SESSION} AND held_on BETWEEN ? AND ?
        ORDER BY held_on, session.id
        """,
        (learning_set.id, (since or date.min).isoformat(), (until or date.max).isoformat()),
    )
    return [
        MeetingFigures(id, date.fromisoformat(on), minutes, count)
        for id, on, minutes, count in rows
    ]


def _read_set_actions(db: Connection, learning_set: LearningSet) -> list[tuple[PersonId, Action]]:
    """Return the promises that members made in a set, each with whose it is."""
    rows = db.execute(
        f"""
        SELECT {ACTION_READER.columns}, action.person_id
        FROM set_action CROSS JOIN action ON action.id = set_action.action_id
             LEFT JOIN person ON person.id = action.person_id
        WHERE set_action.set_id = ? AND action.owner IN ('me', 'them')
              AND {LIVE_ACTION}
        ORDER BY action.id
        """,
        (learning_set.id,),
    ).fetchall()
    actions = attach_action_events(db, ACTION_READER.read_all(rows))
    whose = [
        OWNER_ID if one.owner == "me" else row[-1] for row, one in zip(rows, actions, strict=True)
    ]
    return [*zip(whose, actions, strict=True)]


def _count_attendance(db: Connection, session_ids: list[int]) -> Counter[int]:
    """Return at how many of these meetings each member was, by the number of their time in it."""
    rows = db.execute(
        f"""
        SELECT member_id, count(*) FROM participant
        WHERE session_id IN ({build_placeholders(session_ids)}) GROUP BY member_id
        """,
        session_ids,
    )
    return Counter(dict(rows.fetchall()))


def _count_member_turns(
    db: Connection, session_ids: list[int]
) -> dict[int, tuple[int, int | None]]:
    """Return how often each member presented, and the minutes known of it, as `_count_attendance` does."""
    rows = db.execute(
        f"""
        SELECT member_id, count(*), sum(minutes) FROM slot
        WHERE session_id IN ({build_placeholders(session_ids)}) GROUP BY member_id
        """,
        session_ids,
    )
    return {member: (count, minutes) for member, count, minutes in rows}


def _count_meeting_questions(db: Connection, session_ids: list[int]) -> dict[int, QuestionCounts]:
    """Return how many questions were asked in each meeting, in whichever slot, and their tags."""
    counts: dict[int, Counter[str]] = {id: Counter() for id in session_ids}
    for id, value in db.execute(
        f"""
        SELECT session_id, value FROM answer
        WHERE session_id IN ({build_placeholders(session_ids)}) AND kind = 'questions' AND value <> 'null'
        """,
        session_ids,
    ):
        for one in json.loads(value):
            counts[id].update(["asked", one.get("tag") or ""])
    return {id: _build_question_counts(found) for id, found in counts.items()}


def _build_question_counts(counts: Counter[str]) -> QuestionCounts:
    return QuestionCounts(counts["asked"], **{tag: counts[tag] for tag in QUESTION_TAGS})


def _list_member_figures(
    learning_set: LearningSet,
    attendance: Mapping[int, int],
    member_turns: Mapping[int, tuple[int, int | None]],
    member_actions: Iterable[tuple[PersonId, Action]],
    today: date,
) -> Iterator[MemberFigures]:
    """Yield what each person did: the owner first, then by name, never by rank."""
    theirs: dict[PersonId, list[Action]] = {}
    for whose, action in member_actions:
        theirs.setdefault(whose, []).append(action)
    people = [
        _build_member_figures(
            times, attendance, member_turns, figures.tally_fates(theirs.get(whose, ()), today)
        )
        for whose, times in _group_memberships(learning_set).items()
    ]
    judged = {
        one.member.id: (one.turns, one.present)
        for one in people
        if one.member.role is SetRole.MEMBER and one.member.left_on is None
    }
    flags = turns.judge_turn_shares(judged)
    people.sort(key=lambda one: (one.member.person is not None, one.member.name.casefold()))
    for one in people:
        yield one._replace(under_half=flags.get(one.member.id))


def _group_memberships(learning_set: LearningSet) -> dict[PersonId, list[Member]]:
    """Return all times that each person had in a set: who left and came back has two."""
    times: dict[PersonId, list[Member]] = {}
    for member in learning_set.members:
        times.setdefault(member.person or OWNER_ID, []).append(member)
    return times


def _build_member_figures(
    memberships: list[Member],
    attendance: Mapping[int, int],
    member_turns: Mapping[int, tuple[int, int | None]],
    promises: Tally,
) -> MemberFigures:
    """Return what one person did over all their times in a set."""
    slots = [member_turns.get(member.id, (0, None)) for member in memberships]
    minutes = [long for _, long in slots if long is not None]
    return MemberFigures(
        memberships[-1],
        present=sum(attendance.get(member.id, 0) for member in memberships),
        turns=sum(count for count, _ in slots),
        minutes=sum(minutes) if minutes else None,
        promises=promises,
    )


def _read_set_trends(
    db: Connection, session_ids: list[int], *, private: bool
) -> tuple[tuple[Trend, ...], int]:
    """Return the trends of what the set said of itself, and how many values are left out."""
    rows = db.execute(
        f"""
        SELECT answer.measure, answer.low, answer.high, session.held_on, answer.value,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.id IN ({build_placeholders(session_ids)}) AND answer.slot_id IS NULL
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
        ORDER BY session.held_on, session.id, answer.position
        """,
        session_ids,
    ).fetchall()
    values = disclosure.split_entries(
        rows, Audience.SET_MEMBER, private=private, key=lambda row: SecrecyMarks(*row[-2:])
    )
    said: list[figures.MeasureValue] = [
        (measure, None, low, high, TrendPoint(date.fromisoformat(on), int(value)))
        for measure, low, high, on, value, *_ in values.visible_entries
    ]
    return figures.build_trends(said), values.withheld
