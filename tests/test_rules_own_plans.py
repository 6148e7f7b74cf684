"""The owner's own plan: where a promise stands in it, and what one reader of it may see."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.actions import Action, Event, EventKind
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, Rating
from coachlog.model.own_plans import (
    Lesson,
    OwnPlan,
    OwnPromise,
    PlanPicks,
    PlanView,
    ProgressNote,
    PromiseGroup,
    Reservation,
    ReviewDay,
)
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef, SetRef
from coachlog.model.sessions import Answer
from coachlog.model.supports import Support
from coachlog.rules import own_plans

DAY = date(2026, 12, 4)
WARD = SetRef(1, "Ward leads")


def person(id: int, relationship: Relationship) -> Person:
    return Person(id, f"u{id}", f"Person {id}", f"person-{id}", relationship)


BEN = person(1, Relationship.COACH)
HELEN = person(2, Relationship.MANAGER)
AMY = person(3, Relationship.REPORT)
DANA = person(4, Relationship.PEER)
GRACE = person(5, Relationship.COACHEE)
PEOPLE = {someone.id: someone for someone in (BEN, HELEN, AMY, DANA, GRACE)}


def refer(*people: Person) -> tuple[PersonRef, ...]:
    return tuple(PersonRef(someone.id, someone.name) for someone in people)


def action(
    id: int = 1,
    *,
    owner: str = "me",
    plan_of: Person | None = None,
    private: bool = False,
    in_set: bool = False,
) -> Action:
    reference = PersonRef(plan_of.id, plan_of.name) if plan_of else None
    return Action(
        *(id, f"u{id}", reference, None, f"Promise {id}"),
        owner=owner,
        private=private,
        set=WARD if in_set else None,
    )


def goal(id: int, *actions: int, private: bool = False) -> Goal:
    return Goal(f"Goal {id}", id=id, private=private, actions=actions)


def lesson(id: int, *, private: bool = False, health: bool = False) -> Lesson:
    answer = Answer(
        *("look", "learned", "What did you learn?", PromptKind.TEXT, f"Lesson {id}"),
        private=private,
        health=health,
    )
    return Lesson(id, 1, "First plan", DAY, answer)


def promise(
    id: int, *partners: Person, private: bool = False, in_set: bool = False
) -> OwnPromise:
    return OwnPromise(
        action(id, private=private, in_set=in_set),
        PromiseGroup.ALONE,
        refer(*partners),
    )


# Where a promise stands


@pytest.mark.parametrize(
    ("entry", "partners", "expected"),
    [
        pytest.param(action(), [], PromiseGroup.ALONE, id="mine-alone"),
        pytest.param(action(plan_of=BEN), [BEN], PromiseGroup.UP, id="to-my-coach"),
        pytest.param(action(plan_of=HELEN), [HELEN], PromiseGroup.UP, id="manager"),
        pytest.param(action(plan_of=AMY), [AMY], PromiseGroup.TEAM, id="to-my-team"),
        pytest.param(action(plan_of=GRACE), [GRACE], PromiseGroup.TEAM, id="coachee"),
        pytest.param(action(plan_of=DANA), [DANA], PromiseGroup.ACROSS, id="peer"),
        pytest.param(action(in_set=True), [], PromiseGroup.SET, id="in-a-set"),
        pytest.param(
            action(), [BEN, HELEN], PromiseGroup.UP, id="three-in-my-own-plan"
        ),
        pytest.param(
            action(plan_of=AMY),
            [AMY, HELEN],
            PromiseGroup.TEAM,
            id="three-in-the-plan-of-my-report",
        ),
        pytest.param(
            action(owner="them", plan_of=BEN),
            [BEN],
            PromiseGroup.OTHERS,
            id="my-coach-promised",
        ),
        pytest.param(
            action(owner="Helen Marsh"),
            [BEN, HELEN],
            PromiseGroup.OTHERS,
            id="promised-for-my-own-plan",
        ),
        pytest.param(
            action(owner="them", plan_of=AMY), [AMY], None, id="hers-is-in-her-plan"
        ),
        pytest.param(
            action(owner="Helen", plan_of=AMY),
            [AMY, HELEN],
            None,
            id="for-her-plan-it-is-not-mine",
        ),
        pytest.param(
            action(owner="Ann", in_set=True), [], None, id="a-members-in-a-set"
        ),
    ],
)
def test_where_a_promise_stands(
    entry: Action, partners: list[Person], expected: PromiseGroup | None
) -> None:
    assert own_plans.choose_promise_group(entry, partners) == expected


def test_promises_come_group_by_group_in_their_order() -> None:
    promises = [
        promise(1, AMY)._replace(group=PromiseGroup.TEAM),
        promise(2)._replace(group=PromiseGroup.ALONE),
        promise(3, AMY)._replace(group=PromiseGroup.TEAM),
        promise(4, BEN)._replace(group=PromiseGroup.UP),
    ]
    ids = [entry.action.id for entry in own_plans.sort_own_promises(promises)]
    assert ids == [2, 4, 1, 3]


# What a reader sees

WHOLE = OwnPlan(
    me="Tom Reed",
    goals=(goal(1, 11, 13), goal(2, private=True)),
    promises=(
        promise(11),
        promise(12, BEN),
        promise(13, AMY),
        promise(14, private=True),
        promise(15, BEN, private=True),
        promise(16, in_set=True),
        promise(17, BEN, HELEN),
        promise(18, BEN, in_set=True, private=True),
    ),
    lessons=(lesson(21), lesson(22, private=True), lesson(23, health=True)),
    reviews=(
        ReviewDay(DAY, goal=1),
        ReviewDay(DAY, goal=2, private=True),
        ReviewDay(DAY, question="When?", title="First plan"),
        ReviewDay(DAY, question="When?", title="First plan", private=True),
        ReviewDay(DAY, question="When?", title="1:1", partners=refer(HELEN)),
        ReviewDay(DAY, partners=refer(BEN)),
        ReviewDay(DAY, partners=refer(HELEN)),
    ),
    supports=(Support(11, "Helen", "an hour"), Support(13, "me", "a word")),
)


def summarise(plan: OwnPlan) -> dict[str, list[object]]:
    return {
        "promises": [entry.action.id for entry in plan.promises],
        "goals": [(entry.id, entry.actions) for entry in plan.goals],
        "lessons": [entry.id for entry in plan.lessons],
        "supports": [support.action for support in plan.supports],
        "reviews": [WHOLE.reviews.index(review) for review in plan.reviews],
    }


def test_what_my_coach_sees() -> None:
    plan = own_plans.restrict_own_plan(WHOLE, PlanView(BEN, is_page=True))
    assert summarise(plan) == {
        "promises": [11, 12, 17],
        "goals": [(1, (11,))],
        "lessons": [],
        "supports": [],
        "reviews": [0, 5],
    }
    assert plan.reserved_counts == {
        Reservation.OTHERS: 1,
        Reservation.PRIVATE: 4,
        Reservation.HEALTH: 1,
        Reservation.IN_SET: 2,
        Reservation.UNPICKED: 1,
        Reservation.SUPPORT: 1,
        Reservation.NOTES: 0,
    }


@pytest.mark.parametrize(
    ("giver", "giver_id", "partners", "expected"),
    [
        pytest.param(BEN.name, BEN.id, [], True, id="the-readers-own"),
        pytest.param(BEN.name, 9, [], False, id="of-a-namesake"),
        pytest.param("me", None, [], True, id="mine"),
        pytest.param("", None, [], True, id="nobodys"),
        pytest.param(HELEN.name, HELEN.id, [], False, id="somebody-elses"),
        pytest.param(HELEN.name, HELEN.id, [BEN, HELEN], True, id="given-among-three"),
    ],
)
def test_whose_support_my_coach_sees(
    giver: str, giver_id: int | None, partners: list[Person], expected: bool
) -> None:
    entry = promise(11, *partners)
    entry = entry._replace(action=entry.action._replace(support="words"))
    support = Support(11, giver, "words", giver_id=giver_id)
    whole = OwnPlan("Tom", promises=(entry,), supports=(support,))
    plan = own_plans.restrict_own_plan(whole, PlanView(BEN, is_page=True))
    assert bool(plan.supports) is expected
    assert bool(plan.promises[0].action.support) is expected


NOTED = tuple(
    Event(datetime(2026, 12, day, tzinfo=UTC), date(2026, 12, day), kind, note=words)
    for day, kind, words in (
        (1, EventKind.MADE, None),
        (2, EventKind.NOTED, "First"),
        (3, EventKind.EDITED, "what was: Shout"),
        (4, EventKind.NOTED, "Second"),
    )
)


@pytest.mark.parametrize(
    ("view", "notes", "left_out"),
    [
        pytest.param(
            PlanView(), ["First", "what was: Shout", "Second"], [], id="the-owner"
        ),
        pytest.param(
            PlanView(is_page=True),
            ["First", "what was: Shout", "Second"],
            [],
            id="a-page-of-my-own",
        ),
        pytest.param(
            PlanView(BEN, True),
            [],
            [(11, 1, "First"), (11, 2, "Second")],
            id="a-reader",
        ),
        pytest.param(
            PlanView(BEN, True, picks=PlanPicks(notes=frozenset({(11, 2)}))),
            ["Second"],
            [(11, 1, "First")],
            id="picked-one-by-one",
        ),
        pytest.param(
            PlanView(BEN, True, picks=PlanPicks(actions=frozenset({11}))),
            [],
            [(11, 1, "First"), (11, 2, "Second")],
            id="not-with-their-promise",
        ),
    ],
)
def test_what_i_noted_about_a_promise_is_for_nobody_unless_picked(
    view: PlanView, notes: list[str], left_out: list[tuple[int, int, str]]
) -> None:
    entry = promise(11)
    entry = entry._replace(action=entry.action._replace(events=NOTED))
    plan = own_plans.restrict_own_plan(OwnPlan("Tom", promises=(entry,)), view)
    events = plan.promises[0].action.events
    assert [event.note for event in events if event.note] == notes
    assert [
        (note.action, note.number, note.words)
        for note, reason in plan.reserved
        if isinstance(note, ProgressNote) and reason is Reservation.NOTES
    ] == left_out


def test_what_i_wrote_when_i_rated_a_goal_is_for_nobody() -> None:
    rated = goal(1)._replace(ratings=(Rating(DAY, 5, "Slow week"),))
    whole = OwnPlan("Tom", goals=(rated,))
    for view, note in ((PlanView(), "Slow week"), (PlanView(BEN, True), None)):
        plan = own_plans.restrict_own_plan(whole, view)
        assert plan.goals[0].ratings[0].note == note


def test_what_is_picked_is_seen_but_for_what_was_promised_in_a_set() -> None:
    everything = frozenset(range(30))
    picks = PlanPicks(everything, everything, everything)
    plan = own_plans.restrict_own_plan(WHOLE, PlanView(BEN, True, picks=picks))
    assert summarise(plan) == {
        "promises": [11, 12, 13, 14, 15, 17],
        "goals": [(1, (11, 13)), (2, ())],
        "lessons": [21, 22, 23],
        "supports": [11, 13],
        "reviews": [0, 1, 5],
    }
    assert {entry.reason for entry in plan.reserved} == {Reservation.IN_SET}


@pytest.mark.parametrize(
    ("view", "promises", "lessons", "reserved"),
    [
        pytest.param(
            PlanView(), [11, 12, 13, 16, 17], [21], 6, id="the-screen-veils-as-ever"
        ),
        pytest.param(
            PlanView(private=True),
            [11, 12, 13, 14, 15, 16, 17, 18],
            [21, 22, 23],
            0,
            id="the-screen-with-what-is-private",
        ),
        pytest.param(
            PlanView(is_page=True), [11, 12, 13, 17], [], 8, id="a-page-of-my-own"
        ),
        pytest.param(
            PlanView(is_page=True, private=True),
            [11, 12, 13, 14, 15, 17],
            [],
            5,
            id="a-page-of-my-own-with-what-is-private",
        ),
    ],
)
def test_what_the_owner_sees(
    view: PlanView, promises: list[int], lessons: list[int], reserved: int
) -> None:
    plan = own_plans.restrict_own_plan(WHOLE, view)
    assert [entry.action.id for entry in plan.promises] == promises
    assert [entry.id for entry in plan.lessons] == lessons
    assert len(plan.reserved) == reserved


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        pytest.param(BEN, True, id="my-coach-always"),
        pytest.param(HELEN, True, id="my-manager-always"),
        pytest.param(AMY, True, id="whoever-a-promise-is-with"),
        pytest.param(DANA, False, id="a-peer-without-one"),
        pytest.param(GRACE, False, id="a-coachee-without-one"),
    ],
)
def test_who_has_a_part_in_the_plan(reader: Person, expected: bool) -> None:
    assert own_plans.has_part(WHOLE, reader) is expected


@st.composite
def promises(draw: st.DrawFn) -> list[OwnPromise]:
    flags = st.tuples(
        st.lists(st.sampled_from(list(PEOPLE)), unique=True, max_size=3),
        st.booleans(),
        st.booleans(),
    )
    return [
        promise(
            id,
            *(PEOPLE[partner] for partner in partners),
            private=private,
            in_set=in_set,
        )
        for id, (partners, private, in_set) in enumerate(draw(st.lists(flags)))
    ]


@given(promises(), st.sampled_from(list(PEOPLE)), st.frozensets(st.integers(0, 10)))
def test_nobody_sees_unasked_what_was_promised_with_others(
    entries: list[OwnPromise], reader_id: int, picked: frozenset[int]
) -> None:
    """Each entry is seen or left out for a reason, and what is seen was theirs or was picked."""
    whole = OwnPlan("Tom", promises=tuple(entries))
    view = PlanView(PEOPLE[reader_id], True, picks=PlanPicks(picked))
    plan = own_plans.restrict_own_plan(whole, view)
    assert len(plan.promises) + len(plan.reserved) == len(entries)
    for entry in plan.promises:
        assert entry.action.set is None
        if entry.action.id not in picked:
            assert not entry.action.private
            ids = [partner.id for partner in entry.partners]
            assert not ids or reader_id in ids
