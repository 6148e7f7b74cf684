"""The figures of one action learning set: promises, turns, questions, measures.

However many meetings there were, the same number of questions is asked.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from coachlog import rules
from coachlog.model import Action
from coachlog.model.progress import Decided, Point, Tally, Trend
from coachlog.model.set_progress import Held, MemberFigures, Questions, SetFigures
from coachlog.model.sets import LearningSet, Member, Role
from coachlog.rules import disclosure, figures, turns
from coachlog.rules.disclosure import Audience, Marks
from coachlog.rules.question_tags import TAGS
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import with_events
from coachlog.store.reading.row_filters import HELD, LIVE_ACTION, marks
from coachlog.store.rows import ACTION

Whose = int
"""Whose a promise or a turn is: the number of a person, or that of the owner of the journal."""

OWNER = 0


def set_progress(
    db: Connection,
    today: date,
    found: LearningSet,
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
    meetings = _meetings(db, found, since, until)
    ids = [meeting.session for meeting in meetings]
    promised = [one for one in _promised(db, found) if figures.within(one[1], since, until)]
    measures, withheld = _measures(db, ids, private=private)
    asked = _asked(db, ids)
    whole, me, them = (
        figures.tally((action for _, action in promised if action.owner in owners), today)
        for owners in (("me", "them"), ("me",), ("them",))
    )
    return SetFigures(
        name=found.name,
        slug=found.slug,
        members=len(found.current()),
        meetings=tuple(one._replace(questions=asked[one.session]) for one in meetings),
        promises=whole,
        me=me,
        them=them,
        people=tuple(_people(found, _present(db, ids), _turns(db, ids), promised, today)),
        measures=measures,
        since=since,
        until=until,
        withheld=withheld,
        id=found.id,
        uid=found.uid,
    )


def set_ledger(
    db: Connection,
    today: date,
    found: LearningSet,
    *,
    since: date | None = None,
    until: date | None = None,
    private: bool = False,
) -> list[Decided]:
    """Return each promise of a set that counts in its ratios, mine first, then by first date.

    With its words, as these are the set's own figures; those of private ones only with `private`.
    """
    decided = [
        Decided(disclosure.veil(action, Audience.SET_MEMBER, private=private), fate)
        for _, action in _promised(db, found)
        if figures.within(action, since, until)
        and (fate := rules.fate(action, today)) in rules.DECIDED
    ]
    return sorted(
        decided, key=lambda one: (one.action.owner, one.action.original_due, one.action.id)
    )


def _meetings(
    db: Connection, found: LearningSet, since: date | None, until: date | None
) -> list[Held]:
    rows = db.execute(
        f"""
        SELECT session.id, held_on, minutes,
               (SELECT count(*) FROM participant WHERE participant.session_id = session.id)
        FROM meeting CROSS JOIN session ON session.id = meeting.session_id
        WHERE meeting.set_id = ? AND {HELD} AND held_on BETWEEN ? AND ?
        ORDER BY held_on, session.id
        """,
        (found.id, (since or date.min).isoformat(), (until or date.max).isoformat()),
    )
    return [Held(id, date.fromisoformat(on), minutes, count) for id, on, minutes, count in rows]


def _promised(db: Connection, found: LearningSet) -> list[tuple[Whose, Action]]:
    """Return the promises that members made in a set, each with whose it is."""
    rows = db.execute(
        f"""
        SELECT {ACTION.columns}, action.person_id
        FROM set_action CROSS JOIN action ON action.id = set_action.action_id
             LEFT JOIN person ON person.id = action.person_id
        WHERE set_action.set_id = ? AND action.owner IN ('me', 'them')
              AND {LIVE_ACTION}
        ORDER BY action.id
        """,
        (found.id,),
    ).fetchall()
    actions = with_events(db, ACTION.all(rows))
    whose = [
        OWNER if one.owner == "me" else row[-1] for row, one in zip(rows, actions, strict=True)
    ]
    return [*zip(whose, actions, strict=True)]


def _present(db: Connection, ids: list[int]) -> Counter[int]:
    """Return at how many of these meetings each member was, by the number of their time in it."""
    rows = db.execute(
        f"""
        SELECT member_id, count(*) FROM participant
        WHERE session_id IN ({marks(ids)}) GROUP BY member_id
        """,
        ids,
    )
    return Counter(dict(rows.fetchall()))


def _turns(db: Connection, ids: list[int]) -> dict[int, tuple[int, int | None]]:
    """Return how often each member presented, and the minutes known of it, as `_present` does."""
    rows = db.execute(
        f"""
        SELECT member_id, count(*), sum(minutes) FROM slot
        WHERE session_id IN ({marks(ids)}) GROUP BY member_id
        """,
        ids,
    )
    return {member: (count, minutes) for member, count, minutes in rows}


def _asked(db: Connection, ids: list[int]) -> dict[int, Questions]:
    """Return how many questions were asked in each meeting, in whichever slot, and their tags."""
    counts: dict[int, Counter[str]] = {id: Counter() for id in ids}
    for id, value in db.execute(
        f"""
        SELECT session_id, value FROM answer
        WHERE session_id IN ({marks(ids)}) AND kind = 'questions' AND value <> 'null'
        """,
        ids,
    ):
        for one in json.loads(value):
            counts[id].update(["asked", one.get("tag") or ""])
    return {id: _questions(found) for id, found in counts.items()}


def _questions(counts: Counter[str]) -> Questions:
    return Questions(counts["asked"], **{tag: counts[tag] for tag in TAGS})


def _people(
    found: LearningSet,
    present: Mapping[int, int],
    had: Mapping[int, tuple[int, int | None]],
    promised: Iterable[tuple[Whose, Action]],
    today: date,
) -> Iterator[MemberFigures]:
    """Yield what each person did: the owner first, then by name, never by rank."""
    theirs: dict[Whose, list[Action]] = {}
    for whose, action in promised:
        theirs.setdefault(whose, []).append(action)
    people = [
        _person(times, present, had, figures.tally(theirs.get(whose, ()), today))
        for whose, times in _times(found).items()
    ]
    judged = {
        one.member.id: (one.turns, one.present)
        for one in people
        if one.member.role is Role.MEMBER and one.member.left_on is None
    }
    flags = turns.under_half(judged)
    people.sort(key=lambda one: (one.member.person is not None, one.member.name.casefold()))
    for one in people:
        yield one._replace(under_half=flags.get(one.member.id))


def _times(found: LearningSet) -> dict[Whose, list[Member]]:
    """Return all times that each person had in a set: who left and came back has two."""
    times: dict[Whose, list[Member]] = {}
    for member in found.members:
        times.setdefault(member.person or OWNER, []).append(member)
    return times


def _person(
    times: list[Member],
    present: Mapping[int, int],
    had: Mapping[int, tuple[int, int | None]],
    promises: Tally,
) -> MemberFigures:
    """Return what one person did over all their times in a set."""
    slots = [had.get(member.id, (0, None)) for member in times]
    minutes = [long for _, long in slots if long is not None]
    return MemberFigures(
        times[-1],
        present=sum(present.get(member.id, 0) for member in times),
        turns=sum(count for count, _ in slots),
        minutes=sum(minutes) if minutes else None,
        promises=promises,
    )


def _measures(db: Connection, ids: list[int], *, private: bool) -> tuple[tuple[Trend, ...], int]:
    """Return the trends of what the set said of itself, and how many values are left out."""
    rows = db.execute(
        f"""
        SELECT answer.measure, answer.low, answer.high, session.held_on, answer.value,
               answer.private, answer.health
        FROM session CROSS JOIN answer ON answer.session_id = session.id
        WHERE session.id IN ({marks(ids)}) AND answer.slot_id IS NULL
              AND answer.measure IS NOT NULL AND answer.kind = 'scale' AND answer.value <> 'null'
        ORDER BY session.held_on, session.id, answer.position
        """,
        ids,
    ).fetchall()
    values = disclosure.split(
        rows, Audience.SET_MEMBER, private=private, key=lambda row: Marks(*row[-2:])
    )
    said: list[figures.Said] = [
        (measure, None, low, high, Point(date.fromisoformat(on), int(value)))
        for measure, low, high, on, value, *_ in values.shown
    ]
    return figures.trends(said), values.withheld
