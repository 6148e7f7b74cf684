"""Queries of one action learning set's figures: promises, turns, questions and measures.

However many meetings there were, the same number of queries is run.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from coachlog.model.actions import Action
from coachlog.model.progress import Tally, Trend, TrendPoint
from coachlog.model.set_progress import (
    MeetingFigures,
    MemberFigures,
    QuestionCounts,
    SetFigures,
)
from coachlog.model.sets import LearningSet, Member, SetRole
from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import build_sort_key
from coachlog.rules import disclosure, figures, measure_trends, tallies, turns
from coachlog.rules.disclosure import Audience, SecrecyMarks
from coachlog.rules.promises import find_owner_at_first_date
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import ACTION_READER, attach_action_events
from coachlog.store.reading.promise_figure_queries import (
    PromiseScope,
    read_promise_remarks,
)
from coachlog.store.reading.row_filters import (
    HELD_SESSION,
    LIVE_ACTION,
    OWNER_AT_FIRST_DATE,
    build_placeholders,
)

PersonId = int
"""A person's number, or `OWNER_ID` for the owner of the journal."""

OWNER_ID = 0


class _MemberTurns(NamedTuple):
    """How often a member presented, and for how many minutes, where these were noted."""

    turns: int = 0
    minutes: int | None = None
    noted: int = 0


def read_set_progress(
    db: Connection,
    today: date,
    learning_set: LearningSet,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> SetFigures:
    """Return the figures of a set: its meetings, promises, turns, questions and measures.

    They count the meetings held and the promises first due from `since` to `until`, both days
    included, or all of them. Measures are what the set said of itself, not what one member said in
    a slot; those private or about health are left out and counted, unless `private`.
    """
    scope = PromiseScope(today, since=since, until=until, set=learning_set.id)
    meetings = _read_held_meetings(db, learning_set, since, until)
    session_ids = [meeting.session for meeting in meetings]
    member_actions = [
        (person_id, action)
        for person_id, action in _read_set_actions(db, learning_set)
        if tallies.is_due_within(action, since, until)
    ]
    actions = [action for _, action in member_actions]
    promises, me, them = _tally_by_owner(actions, today)
    member_figures = _list_member_figures(
        learning_set,
        _count_attendance(db, session_ids),
        _count_member_turns(db, session_ids),
        member_actions,
        today,
    )
    questions = _count_meeting_questions(db, session_ids)
    measures, withheld = _read_set_trends(db, session_ids, private=private)
    return SetFigures(
        name=learning_set.name,
        slug=learning_set.slug,
        members=len(learning_set.list_current_members()),
        meetings=tuple(
            meeting._replace(questions=questions[meeting.session])
            for meeting in meetings
        ),
        promises=promises,
        me=me,
        them=them,
        people=tuple(member_figures),
        measures=measures,
        since=since,
        until=until,
        withheld=withheld,
        id=learning_set.id,
        uid=learning_set.uid,
        **read_promise_remarks(db, scope)._asdict(),
    )


def read_set_tallies(
    db: Connection, today: date, learning_set: LearningSet, since: date, until: date
) -> tuple[Tally, Tally, Tally]:
    """Return the tallies of the promises first due in a period: all, the owner's, the others'."""
    actions = [
        action
        for _, action in _read_set_actions(db, learning_set)
        if tallies.is_due_within(action, since, until)
    ]
    return _tally_by_owner(actions, today)


def _tally_by_owner(
    actions: Sequence[Action], today: date
) -> tuple[Tally, Tally, Tally]:
    """Return the tally of these promises: of all, of the owner's, of the others'."""
    return (
        tallies.tally_fates(actions, today),
        tallies.tally_fates(_filter_by_first_owner(actions, "me"), today),
        tallies.tally_fates(_filter_by_first_owner(actions, "them"), today),
    )


def _filter_by_first_owner(actions: Iterable[Action], owner: str) -> list[Action]:
    """Return the promises that count for `me` or for `them`."""
    return [action for action in actions if find_owner_at_first_date(action) == owner]


def _read_held_meetings(
    db: Connection, learning_set: LearningSet, since: date | None, until: date | None
) -> list[MeetingFigures]:
    """Return the meetings held in a period, the oldest first, without their questions."""
    rows = db.execute(
        f"""
        SELECT session.id, held_on, minutes,
               (SELECT count(*) FROM participant WHERE participant.session_id = session.id)
        FROM meeting CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {HELD_SESSION} AND held_on BETWEEN ? AND ?
        ORDER BY held_on, session.id
        """,
        (
            learning_set.id,
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        ),
    )
    return [
        MeetingFigures(
            session=id,
            held_on=date.fromisoformat(on),
            minutes=minutes,
            present=present_count,
        )
        for id, on, minutes, present_count in rows
    ]


def _read_set_actions(
    db: Connection, learning_set: LearningSet
) -> list[tuple[PersonId, Action]]:
    """Return the promises that members made in a set, each with the number of who made it."""
    rows = db.execute(
        f"""
        SELECT {ACTION_READER.columns}, action.person_id
        FROM set_action CROSS JOIN action ON action.id = set_action.action_id
             LEFT JOIN person ON person.id = action.person_id
        WHERE set_action.set_id = ? AND {OWNER_AT_FIRST_DATE} IN ('me', 'them')
              AND {LIVE_ACTION}
        ORDER BY action.id
        """,
        (learning_set.id,),
    ).fetchall()
    actions = attach_action_events(db, ACTION_READER.read_all(rows))
    member_actions = []
    for row, action in zip(rows, actions, strict=True):
        is_owners = find_owner_at_first_date(action) == "me"
        member_actions.append((OWNER_ID if is_owners else row[-1], action))
    return member_actions


def _count_attendance(db: Connection, session_ids: list[int]) -> Counter[int]:
    """Return how many of these meetings each member was at, by the number of their row."""
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
) -> dict[int, _MemberTurns]:
    """Return by member's row how often they presented, and for how many minutes, if known."""
    rows = db.execute(
        f"""
        SELECT member_id, count(*), sum(minutes), count(minutes) FROM slot
        WHERE session_id IN ({build_placeholders(session_ids)}) GROUP BY member_id
        """,
        session_ids,
    )
    return {member: _MemberTurns(*counts) for member, *counts in rows}


def _count_meeting_questions(
    db: Connection, session_ids: list[int]
) -> dict[int, QuestionCounts]:
    """Return how many questions were asked in each meeting, in all and by tag."""
    rows = db.execute(
        f"""
        SELECT session_id, value FROM answer
        WHERE session_id IN ({build_placeholders(session_ids)})
              AND kind = 'questions' AND value <> 'null'
        """,
        session_ids,
    )
    tags: dict[int, list[str]] = {id: [] for id in session_ids}
    for session_id, value in rows:
        for question in json.loads(value):
            tags[session_id].append(question.get("tag") or "")
    return {
        id: _build_question_counts(question_tags) for id, question_tags in tags.items()
    }


def _build_question_counts(tags: list[str]) -> QuestionCounts:
    """Return the counts of questions with these tags; one without a tag has ''."""
    return QuestionCounts(
        asked=len(tags), **{tag: tags.count(tag) for tag in QUESTION_TAGS}
    )


def _list_member_figures(
    learning_set: LearningSet,
    attendance: Mapping[int, int],
    member_turns: Mapping[int, _MemberTurns],
    member_actions: Iterable[tuple[PersonId, Action]],
    today: date,
) -> Iterator[MemberFigures]:
    """Yield what each person did: the owner first, then by name, never by rank."""
    actions: dict[PersonId, list[Action]] = {}
    for person_id, action in member_actions:
        actions.setdefault(person_id, []).append(action)
    all_figures = []
    for person_id, memberships in _group_memberships(learning_set).items():
        tally = tallies.tally_fates(actions.get(person_id, ()), today)
        all_figures.append(
            _build_member_figures(memberships, attendance, member_turns, tally)
        )
    # Only current members take turns: facilitators and coaches do not present.
    turn_counts = {
        entry.member.id: (entry.turns, entry.present)
        for entry in all_figures
        if entry.member.role is SetRole.MEMBER and entry.member.left_on is None
    }
    comparisons = turns.compare_turn_shares(turn_counts)
    all_figures.sort(
        key=lambda entry: (
            entry.member.person is not None,
            build_sort_key(entry.member.name),
        )
    )
    for entry in all_figures:
        comparison = comparisons.get(entry.member.id)
        if comparison is None:
            yield entry
            continue
        yield entry._replace(
            under_half=comparison.under_half,
            turn_share=comparison.share,
            usual_share=comparison.usual_share,
        )


def _group_memberships(learning_set: LearningSet) -> dict[PersonId, list[Member]]:
    """Return the rows of each person in a set: someone who left and came back has two."""
    memberships: dict[PersonId, list[Member]] = {}
    for member in learning_set.members:
        memberships.setdefault(member.person or OWNER_ID, []).append(member)
    return memberships


def _build_member_figures(
    memberships: list[Member],
    attendance: Mapping[int, int],
    member_turns: Mapping[int, _MemberTurns],
    tally: Tally,
) -> MemberFigures:
    """Return what one person did over all their times in a set."""
    turn_counts = [
        member_turns.get(member.id, _MemberTurns()) for member in memberships
    ]
    turn_count = sum(turn.turns for turn in turn_counts)
    noted_count = sum(turn.noted for turn in turn_counts)
    return MemberFigures(
        member=memberships[-1],
        present=sum(attendance.get(member.id, 0) for member in memberships),
        turns=turn_count,
        minutes=figures.sum_up_minutes(
            turn_count, noted_count, (turn.minutes for turn in turn_counts)
        ),
        promises=tally,
        minutes_noted=noted_count,
    )


def _read_set_trends(
    db: Connection, session_ids: list[int], *, private: bool
) -> tuple[tuple[Trend, ...], int]:
    """Return the trends of what a set said of itself, and how many values are left out."""
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
        rows,
        Audience.SET_MEMBER,
        private=private,
        key=lambda row: SecrecyMarks(*row[-2:]),
    )
    measured: list[measure_trends.MeasureValue] = [
        (measure, None, low, high, TrendPoint(date.fromisoformat(on), int(value)))
        for measure, low, high, on, value, *_ in values.visible_entries
    ]
    return measure_trends.build_trends(measured), values.withheld
