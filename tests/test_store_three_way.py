"""Conversations of three in the journal: with whom they count, and with whom a promise comes up."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import select

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.model.actions import Promise
from coachlog.model.answers import PromptKind
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.rules.three_way import comes_up_with, is_measured_person, is_owner_plan
from coachlog.store.database import Connection, Journal
from coachlog.store.reading import (
    action_queries,
    brief_queries,
    history_queries,
    merge_queries,
    person_queries,
    plan_queries,
    progress_queries,
    session_queries,
    trend_queries,
)
from coachlog.store.reading.measure_queries import read_measure_values
from coachlog.store.tables.session_rows import SessionPersonRow
from coachlog.store.transactions import Change
from coachlog.store.writing import (
    action_changes,
    draft_changes,
    draft_step_changes,
    merge_changes,
    person_changes,
    session_changes,
    session_start_changes,
)
from store_builders import (
    FRIDAY,
    NOW,
    TEMPLATE,
    TODAY,
    YESTERDAY,
    hold,
    record,
    said,
)

BEN, HELEN, DANA = 1, 2, 3
NAMES = {BEN: "Ben Cole", HELEN: "Helen Carr", DANA: "Dana Lee"}


@pytest.fixture
def journal(home: Path) -> Journal:
    """Ben, a report, Helen, a peer with a rhythm, and Dana, the owner's coach."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        person_changes.insert_person(change, NAMES[BEN], Relationship.REPORT)
        person_changes.insert_person(
            change, NAMES[HELEN], Relationship.PEER, rhythm=Rhythm(14)
        )
        person_changes.insert_person(change, NAMES[DANA], Relationship.COACH)
    return journal


def hold_three(
    change: Change, first: int, third: int, *owners: str, minutes: int | None = 45
) -> int:
    """Return the number of a conversation of three in which each of the owners promised once."""
    start = session_start_changes.SessionStart(
        TEMPLATE, TODAY, "Europe/London", first, third_id=third
    )
    promises = [Promise(f"Of {owner}", owner, FRIDAY) for owner in owners]
    contents = record(said("heard", "Rota"), minutes=minutes, promises=promises)
    contents = contents._replace(is_of_three=True)
    id, _ = draft_changes.insert_held_session(change, start, contents, ["course"])
    return id


def person(db: Connection, id: int) -> Person:
    return person_queries.read_person(db, id)


class Kept(NamedTuple):
    """What is stored of a promise's owner and plan."""

    owner: str
    owner_id: int | None
    plan: int | None


def kept_promises(db: Connection) -> list[Kept]:
    actions = sorted(action_queries.read_actions(db), key=lambda action: action.id)
    return [
        Kept(a.owner, a.owner_id, a.person.id if a.person else None) for a in actions
    ]


@pytest.mark.parametrize(
    ("relationship", "is_mine"),
    [
        (
            relationship,
            relationship.value in ("manager", "coach", "mentor", "supervisor"),
        )
        for relationship in Relationship
    ],
)
def test_the_plan_is_mine_where_the_first_is_up_from_me(
    relationship: Relationship, is_mine: bool
) -> None:
    assert is_owner_plan(relationship) is is_mine


def test_the_promises_of_three_are_in_the_plan_of_the_first(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, BEN, HELEN, "me", "them", "helen carr", "Zoe")
    with journal.read() as db:
        assert kept_promises(db) == [
            Kept("me", None, BEN),
            Kept("them", None, BEN),
            Kept("Helen Carr", HELEN, BEN),
            Kept("Zoe", None, BEN),
        ]


def test_they_are_in_mine_where_the_first_is_my_coach(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, DANA, BEN, "me", "them", "Ben Cole")
    with journal.read() as db:
        assert kept_promises(db) == [
            Kept("me", None, None),
            Kept("Dana Lee", DANA, None),
            Kept("Ben Cole", BEN, None),
        ]


def test_both_are_in_the_conversation(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = hold_three(change, BEN, HELEN, "me")
    with journal.read() as db:
        session = session_queries.read_session(db, id)
        listed = [
            [one.id for one in session_queries.read_sessions(db, person_id=who)]
            for who in (BEN, HELEN, DANA)
        ]
    both = (PersonRef(BEN, NAMES[BEN]), PersonRef(HELEN, NAMES[HELEN]))
    assert (session.people, session.with_whom) == (both, "Ben Cole and Helen Carr")
    assert listed == [[id], [id], []]


def test_it_counts_as_held_with_both(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold(change, person=HELEN, on=YESTERDAY, minutes=15)
        hold_three(change, BEN, HELEN, "me")
    with journal.read() as db:
        contacts = {c.person.id: c.last_held for c in person_queries.read_contacts(db)}
        people = progress_queries.read_progress(db, TODAY).people
        helen = progress_queries.read_progress(db, TODAY, person(db, HELEN))
        last = brief_queries.read_brief(db, person(db, HELEN), TODAY).last_session
        plan = plan_queries.read_plan(db, person(db, HELEN))
        themes = trend_queries.read_themes(db, person(db, HELEN))
        episodes = history_queries.read_history(db, person(db, HELEN)).sessions
    assert contacts == {BEN: TODAY, HELEN: TODAY, DANA: None}
    assert {
        one.person.id: (one.sessions, one.minutes, one.last_held) for one in people
    } == {
        BEN: (1, 45, TODAY),
        HELEN: (2, 60, TODAY),
        DANA: (0, 0, None),
    }
    assert [(day.date, day.sessions, day.minutes) for day in helen.days] == [
        (YESTERDAY, 1, 15),
        (TODAY, 1, 45),
    ]
    assert (helen.first_held, helen.long_gaps) == (YESTERDAY, 0)
    assert last is not None
    assert last.held_on == TODAY
    assert plan.agreed_on == TODAY
    assert [theme.tag for theme in themes] == ["course"]
    assert [len(episode.session.answers) for episode in episodes] == [0, 1]


@pytest.mark.parametrize(("minutes", "share"), [(45, 75), (None, None)])
def test_it_is_part_of_the_time_that_both_had(
    home: Path, minutes: int | None, share: int | None
) -> None:
    """Minutes that nobody noted leave the time of both unknown."""
    journal = Journal(home)
    with journal.change(NOW - timedelta(days=200), create=True) as change:
        for name in ("Ben Cole", "Helen Carr", "Dana Lee", "Ida Jones"):
            person_changes.insert_person(change, name, Relationship.PEER)
    with journal.change(NOW) as change:
        for who in (BEN, HELEN, DANA, 4):
            hold(change, person=who, on=YESTERDAY, minutes=30)
        hold_three(change, BEN, HELEN, minutes=minutes)
    with journal.read() as db:
        people = progress_queries.read_progress(db, TODAY).people
    shares = [one.fairness for one in people if one.person.id in (BEN, HELEN)]
    assert [one and (one.sessions, one.minutes) for one in shares] == [(2, share)] * 2


def test_a_conversation_of_three_is_one_in_all(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, BEN, HELEN, "me")
    with journal.read() as db:
        days = progress_queries.read_progress(db, TODAY).days
    assert [(day.sessions, day.minutes) for day in days] == [(1, 45)]


OWNERS = ("me", "them", "Third")
PAIRS = [(BEN, HELEN), (HELEN, BEN), (DANA, BEN), (BEN, DANA), (DANA, HELEN)]


@pytest.mark.parametrize(("first", "third"), PAIRS)
def test_with_whom_a_promise_comes_up(journal: Journal, first: int, third: int) -> None:
    """The rule and the SQL agree, and nobody sees what was promised to somebody else alone."""
    owners = [NAMES[third] if owner == "Third" else owner for owner in OWNERS]
    with journal.change(NOW) as change:
        hold_three(change, first, third, *owners)
        for who in (BEN, HELEN, DANA):  # between me and each of them alone
            hold(change, Promise("Alone", "me"), Promise("Alone", "them"), person=who)
        hold(change, Promise("Alone", "me"))
    with journal.read() as db:
        every = {action.id: action for action in action_queries.read_actions(db)}
        of_three = {id for id, action in every.items() if action.what != "Alone"}
        open_counts = {c.person.id: c.open for c in person_queries.read_contacts(db)}
        for who in (BEN, HELEN, DANA):
            found = {
                action.id for action in action_queries.read_actions(db, person_id=who)
            }
            planned = {
                action.id
                for action in action_queries.read_actions(
                    db, person_id=who, plan_only=True
                )
            }
            expected = {
                id
                for id, action in every.items()
                if action.person and action.person.id == who
            }
            assert planned == expected
            if who in (first, third):
                for id in of_three:
                    action = every[id]
                    plan = action.person.id if action.person else None
                    if comes_up_with(who, action.owner, action.owner_id, plan):
                        expected.add(id)
            assert found == expected
            assert open_counts[who] == len(expected)
            shown = {
                action.id
                for action in plan_queries.read_plan(db, person(db, who)).actions
            }
            assert shown == expected


@pytest.mark.parametrize(("first", "third"), PAIRS)
def test_what_is_measured_is_about_one_of_three(
    journal: Journal, first: int, third: int
) -> None:
    """The rule, and each query that reads measures: the first's, or mine where the plan is mine."""
    with journal.change(NOW) as change:
        start = session_start_changes.SessionStart(
            TEMPLATE, TODAY, "Europe/London", first, third_id=third
        )
        scale = said("sure", 4, PromptKind.SCALE)
        contents = record(scale._replace(measure="sure", low=1, high=10))
        draft_changes.insert_held_session(
            change, start, contents._replace(is_of_three=True)
        )
    with journal.read() as db:
        about = []
        for who in (BEN, HELEN, DANA):
            person_of_journal = person(db, who)
            attendees = (first, third)
            is_about = who in attendees and is_measured_person(
                person_of_journal, attendees
            )
            history = history_queries.read_history(db, person_of_journal)
            counts = [
                len(list(read_measure_values(db, who))),
                len(trend_queries.read_measure_trends(db, person=person_of_journal)[0]),
                sum(len(episode.measures) for episode in history.sessions),
            ]
            assert counts == [is_about] * 3
            about.append(is_about)
        assert len(list(read_measure_values(db, None))) == (not any(about))
        for who in (BEN, HELEN, DANA):
            seen = list(read_measure_values(db, None, reader_id=who))
            assert len(seen) == (not any(about) and who in (first, third))
        (trend,), _ = trend_queries.read_measure_trends(db, measure="sure")
        assert (trend.person is not None) == any(about)


def test_a_name_that_changes_is_followed(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, BEN, HELEN, "Helen Carr")
        person_changes.update_person(change, HELEN, name="Helen Stone")
    with journal.read() as db:
        assert kept_promises(db) == [Kept("Helen Stone", HELEN, BEN)]


@pytest.mark.parametrize(("first", "third"), [(BEN, HELEN), (DANA, HELEN)])
def test_a_name_that_changes_is_followed_where_it_is_a_former_owners(
    journal: Journal, first: int, third: int
) -> None:
    """Helen promised it by Friday, and gave it to me later: it counts for her, by any name."""
    next_week = timedelta(days=7)
    with journal.change(NOW) as change:
        hold_three(change, first, third, NAMES[third])
    with journal.change(NOW + next_week) as change:
        action_changes.update_action(change, 1, on=TODAY + next_week, owner="me")
    for name in (None, "Helen Carr-Ek"):
        if name:
            with journal.change(NOW) as change:
                person_changes.update_person(change, third, name=name)
        with journal.read() as db:
            people = progress_queries.read_progress(db, TODAY + next_week).people
        counts = {row.person.id: row.them.missed for row in people}
        assert counts == {BEN: 0, HELEN: 1, DANA: 0}


def test_another_owner_is_known_by_their_number_too(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, BEN, HELEN, "me", "Helen Carr")
        action_changes.update_action(change, 1, on=TODAY, owner="Helen Carr")
        action_changes.update_action(change, 2, on=TODAY, owner="Dana Lee")
    with journal.read() as db:
        assert kept_promises(db) == [
            Kept("Helen Carr", HELEN, BEN),
            Kept("Dana Lee", None, BEN),
        ]


def test_a_merger_moves_the_second_with_what_they_promised(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = hold_three(change, BEN, HELEN, "me", "Helen Carr")
        merge_changes.merge_person_rows(change, DANA, HELEN)
    with journal.read() as db:
        assert [ref.id for ref in session_queries.read_session(db, id).people] == [
            BEN,
            DANA,
        ]
        assert kept_promises(db)[1] == Kept("Dana Lee", DANA, BEN)


def test_two_of_one_conversation_are_not_one_person(journal: Journal) -> None:
    with journal.change(NOW) as change:
        hold_three(change, BEN, HELEN, "me")
    with journal.read() as db:
        assert merge_queries.find_shared_meeting(db, HELEN, BEN) is not None
        assert merge_queries.read_person_contents(db, HELEN, "Helen Carr").conversations


@pytest.mark.parametrize(("kept", "other"), [(BEN, HELEN), (HELEN, BEN)])
def test_in_a_deleted_one_they_may_be(journal: Journal, kept: int, other: int) -> None:
    with journal.change(NOW) as change:
        id = hold_three(change, BEN, HELEN, "me", "them", "Helen Carr")
        session_changes.mark_session_deleted(change, id)
        merge_changes.merge_person_rows(change, kept, other)
        session_changes.mark_session_restored(change, id)
    with journal.read() as db:
        assert [one.id for one in session_queries.read_session(db, id).people] == [kept]
        assert kept_promises(db) == [
            Kept("me", None, kept),
            Kept("them", None, kept),
            Kept("them", None, kept),
        ]


def test_a_draft_is_with_both_and_takes_them_along(journal: Journal) -> None:
    start = session_start_changes.SessionStart(
        TEMPLATE,
        TODAY,
        "Europe/London",
        BEN,
        new_third=("Ivy Ong", Relationship.PEER, NO_RHYTHM),
    )
    with journal.change(NOW) as change:
        id, _ = draft_step_changes.insert_draft(change, start)
    with journal.read() as db:
        draft = session_queries.read_draft(db, id)
        (listed,) = session_queries.read_drafts(db)
        ivy = person_queries.find_person(db, "ivy")
        assert [draft.is_with(person(db, who)) for who in (BEN, HELEN)] == [True, False]
    assert draft.is_with(ivy)
    assert (draft.with_whom, listed.third) == ("Ben Cole and Ivy Ong", ivy)
    with journal.change(NOW) as change:
        draft_changes.delete_draft(change, id, draft.updated_at)
        assert change.db_session.exec(select(SessionPersonRow)).all() == []


def test_the_same_conversation_is_one_with_the_same_two(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = hold_three(change, BEN, HELEN)
    with journal.read() as db:
        found = [
            session_queries.read_same_day_session_ids(
                db, "grow", TODAY, person_id=BEN, set_id=None, third_id=third
            )
            for third in (HELEN, DANA, None)
        ]
    assert found == [[id], [], []]


def test_deleted_ones_are_found_by_either(journal: Journal) -> None:
    with journal.change(NOW) as change:
        id = hold_three(change, BEN, HELEN)
        session_changes.mark_session_deleted(change, id)
    with journal.read() as db:
        found = [
            [
                one.id
                for one in session_queries.read_sessions(
                    db, person_id=who, deleted_only=True
                )
            ]
            for who in (BEN, HELEN, DANA)
        ]
    assert found == [[id], [id], []]
