"""Goals below the commands: the T-score, when a goal is reached, what is kept and found again."""

from datetime import date, timedelta
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.errors import CoachlogError, NotFound, Refusal
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import markdown
from coachlog.model.actions import Promise
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.people import Relationship
from coachlog.model.plans import Plan
from coachlog.model.references import PersonRef
from coachlog.rules.goals import (
    compute_attainment_score,
    is_goal_reached,
    judge_attainment,
)
from coachlog.store.database import Journal
from coachlog.store.reading import (
    action_queries,
    goal_queries,
    person_queries,
    plan_queries,
)
from coachlog.store.writing import action_changes, person_changes, session_changes
from coachlog.store.writing.goal_changes import (
    attach_action_to_goal,
    close_goal_row,
    insert_goal,
    insert_rating,
    reopen_goal_row,
    update_action_goal,
)
from store_builders import FRIDAY, NOW, PRIYA, TODAY, YESTERDAY, hold

LEVELS = ("none", "gaps", "four of five", "every day", "asked for")
LAST_WEEK = TODAY - timedelta(days=7)
RUN = Goal(
    "Run the huddle",
    why="Tom is on leave",
    success="Notes are out by noon",
    baseline=3,
    target=8,
    review_on=FRIDAY,
)


# The T-score


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([], None, id="nothing-rated"),
        pytest.param([(0, 1)] * 3, 50.0, id="three-as-expected"),
        pytest.param([(1, 1)] * 3, 63.7, id="three-a-little-better"),
        pytest.param([(-1, 1)] * 3, 36.3, id="three-a-little-worse"),
        pytest.param([(2, 1)], 70.0, id="one-much-better"),
        pytest.param([(-2, 1)], 30.0, id="one-much-worse"),
        pytest.param([(2, 9)], 70.0, id="the-weight-of-one-alone-says-nothing"),
        pytest.param([(1, 3), (0, 2), (-1, 1)], 54.4, id="weights-three-two-one"),
        pytest.param([(2, 1), (-2, 1)], 50.0, id="one-up-one-down"),
        pytest.param([(2, 9), (-2, 1)], 67.1, id="the-heavy-one-counts"),
    ],
)
def test_attainment(scores: list[tuple[int, int]], expected: float | None) -> None:
    score = compute_attainment_score(scores)
    assert (None if score is None else round(score, 1)) == expected


SCORES = st.lists(
    st.tuples(st.integers(-2, 2), st.integers(1, 9)), min_size=1, max_size=12
)


def close(score: float | None, other: float | None) -> bool:
    return score is not None and other is not None and abs(score - other) < 1e-9


@settings(max_examples=50, deadline=None)
@given(SCORES, st.randoms(use_true_random=False), st.integers(2, 5))
def test_neither_the_order_nor_the_unit_of_the_weights_counts(
    scores: list[tuple[int, int]], chance: Any, times: int
) -> None:
    shuffled = [(level, weight * times) for level, weight in scores]
    chance.shuffle(shuffled)
    assert close(compute_attainment_score(scores), compute_attainment_score(shuffled))


@settings(max_examples=50, deadline=None)
@given(SCORES)
def test_what_is_worse_by_as_much_lies_as_far_on_the_other_side_of_50(
    scores: list[tuple[int, int]],
) -> None:
    score = compute_attainment_score(scores)
    turned = compute_attainment_score([(-level, weight) for level, weight in scores])
    assert score is not None
    assert turned is not None
    assert close(score + turned, 100.0)


@settings(max_examples=50, deadline=None)
@given(SCORES, st.data())
def test_a_better_level_is_a_better_score(
    scores: list[tuple[int, int]], data: Any
) -> None:
    number = data.draw(st.integers(0, len(scores) - 1))
    level, weight = scores[number]
    better = [*scores]
    better[number] = (level + 1, weight)
    assert (compute_attainment_score(better) or -inf) > (
        compute_attainment_score(scores) or inf
    )


@settings(max_examples=50, deadline=None)
@given(SCORES)
def test_a_score_never_leaves_its_range(scores: list[tuple[int, int]]) -> None:
    """Two levels away from what was expected, for very many goals that all move alike."""
    score = compute_attainment_score(scores)
    assert score is not None
    assert 50 - 20 / 0.3**0.5 < score < 50 + 20 / 0.3**0.5


def aim(scale: GoalScale = GoalScale.ATTAINMENT, **fields: Any) -> Goal:
    levels = LEVELS if scale is GoalScale.ATTAINMENT else ()
    return Goal("t", **{"id": 5} | fields, scale=scale, levels=levels)


TEN = GoalScale.TEN


def levelled(*values: int, weight: int = 1, **fields: Any) -> Goal:
    """Return a goal with levels, rated once a week up to today."""
    weeks = range(len(values) - 1, -1, -1)
    ratings = tuple(
        Rating(TODAY - timedelta(weeks=ago), value)
        for ago, value in zip(weeks, values, strict=True)
    )
    now = values[-1] if values else None
    return aim(now=now, ratings=ratings, weight=weight, **fields)


DROPPED: dict[str, Any] = {"status": GoalStatus.DROPPED, "closed_on": TODAY}


@pytest.mark.parametrize(
    ("goals", "figures"),
    [
        pytest.param([], None, id="none"),
        pytest.param([levelled(2)] * 2, None, id="two-are-too-few"),
        pytest.param(
            [levelled(2), levelled(2), aim(TEN, now=2), levelled()],
            None,
            id="neither-another-scale-nor-without-a-rating",
        ),
        pytest.param(
            [levelled(2), levelled(2), levelled(2, **DROPPED)],
            None,
            id="nor-one-that-was-dropped",
        ),
        pytest.param([levelled(0)] * 3, (50.0, 50.0, 3, False, 0), id="as-expected"),
        pytest.param(
            [levelled(1)] * 3, (63.7, 63.7, 3, False, 0), id="a-little-better"
        ),
        pytest.param(
            [levelled(-2, 1, weight=3), levelled(-1, 0, weight=2), levelled(-1)],
            (54.4, 30.2, 3, False, 0),
            id="where-they-began",
        ),
        pytest.param(
            [levelled(-2, 0, baseline=-1), levelled(0), levelled(0)],
            (50.0, 45.4, 3, False, 0),
            id="a-baseline-is-the-start",
        ),
        pytest.param(
            [
                *(levelled(0), levelled(0)),
                levelled(0, status=GoalStatus.ACHIEVED, closed_on=TODAY),
                *(levelled(-2, **DROPPED), aim(**DROPPED)),
            ],
            (50.0, 50.0, 3, True, 2),
            id="closed-ones-count-and-dropped-ones-are-counted",
        ),
    ],
)
def test_goals_are_scored_together_from_three_on(
    goals: list[Goal], figures: tuple[Any, ...] | None
) -> None:
    found = judge_attainment(goals)
    if found is None:
        assert figures is None
        return
    assert found.rated_on == TODAY
    assert figures == (
        round(found.t_score, 1),
        round(found.t_score_at_start, 1),
        found.goals,
        found.includes_closed,
        found.dropped,
    )


def test_the_latest_rating_of_all_is_the_day_of_a_score() -> None:
    week = timedelta(weeks=1)
    goals = [aim(now=0, ratings=(Rating(TODAY - ago * week, 0),)) for ago in (5, 2, 9)]
    found = judge_attainment(goals)
    assert found is not None
    assert found.rated_on == TODAY - 2 * week


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        pytest.param(aim(), False, id="levels-never-rated"),
        pytest.param(aim(now=-1), False, id="levels-below"),
        pytest.param(aim(now=0), True, id="levels-as-expected"),
        pytest.param(aim(now=2), True, id="levels-above"),
        pytest.param(aim(TEN, baseline=3, target=8), False, id="never-rated"),
        pytest.param(aim(TEN, baseline=3, target=8, now=7), False, id="on-the-way"),
        pytest.param(aim(TEN, baseline=3, target=8, now=8), True, id="there"),
        pytest.param(aim(TEN, baseline=3, target=8, now=10), True, id="past-it"),
        pytest.param(
            aim(TEN, baseline=8, target=3, now=4), False, id="downwards-on-the-way"
        ),
        pytest.param(aim(TEN, baseline=8, target=3, now=3), True, id="downwards-there"),
        pytest.param(aim(TEN, target=8, now=8), True, id="without-a-baseline"),
        pytest.param(aim(TEN, baseline=3, now=10), False, id="without-a-target"),
    ],
)
def test_reached(goal: Goal, expected: bool) -> None:
    assert is_goal_reached(goal) is expected


# Kept, and found again


@pytest.fixture
def journal(home: Path) -> Journal:
    """Priya and Ada; goal 1 is Priya's, 2 Ada's, 3 the owner's own."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        priya = person_changes.insert_person(change, *PRIYA)
        ada = person_changes.insert_person(change, "Ada", Relationship.PEER)
        insert_goal(change, RUN, on=LAST_WEEK, person_id=priya)
        insert_goal(change, aim(weight=3), on=TODAY, person_id=ada)
        insert_goal(change, Goal("Listen"), on=TODAY)
    return journal


def test_a_goal_comes_back_as_it_was_given(journal: Journal) -> None:
    with journal.read() as db:
        hers, by_levels = goal_queries.read_goal(db, 1), goal_queries.read_goal(db, 2)
    priya, ada = PersonRef(1, "Priya Shah"), PersonRef(2, "Ada")
    assert hers == RUN._replace(id=1, uid=hers.uid, person=priya, opened_on=LAST_WEEK)
    assert by_levels == aim(
        id=2, uid=by_levels.uid, person=ada, weight=3, opened_on=TODAY
    )
    assert len(hers.uid) == 36


def test_now_is_the_rating_of_the_latest_day_and_of_that_the_last_given(
    journal: Journal,
) -> None:
    typed_ratings = [
        (TODAY, 5, None),
        (YESTERDAY, 9, "early"),
        (TODAY, 6, "again"),
        (LAST_WEEK, 3, None),
    ]
    with journal.change(NOW) as change:
        for on, value, note in typed_ratings:
            insert_rating(change, 1, Rating(on, value, note))
    with journal.read() as db:
        goal = goal_queries.read_goal(db, 1)
    assert goal.now == 6
    assert goal.baseline == 3
    assert goal.ratings == (
        Rating(LAST_WEEK, 3),
        Rating(YESTERDAY, 9, "early"),
        Rating(TODAY, 5),
        Rating(TODAY, 6, "again"),
    )


def test_a_first_rating_sets_nothing_else(journal: Journal) -> None:
    with journal.read() as db:
        before = goal_queries.read_goal(db, 3)
    with journal.change(NOW) as change:
        insert_rating(change, 3, Rating(TODAY, 4))
    with journal.read() as db:
        assert goal_queries.read_goal(db, 3) == before._replace(
            now=4, ratings=(Rating(TODAY, 4),)
        )


def test_goals_come_open_first_mine_before_theirs_then_closed_newest_first(
    journal: Journal,
) -> None:
    with journal.change(NOW) as change:
        early = insert_goal(change, Goal("early"), on=YESTERDAY)
        late = insert_goal(change, Goal("late"), on=TODAY)
        close_goal_row(change, early, GoalStatus.ACHIEVED, on=YESTERDAY)
        close_goal_row(change, late, GoalStatus.DROPPED, on=TODAY)
    with journal.read() as db:
        assert [goal.id for goal in goal_queries.read_goals(db)] == [
            3,
            2,
            1,
            late,
            early,
        ]
        assert [goal.id for goal in goal_queries.read_goals(db, person_id=1)] == [1]
        assert [goal.id for goal in goal_queries.read_goals(db, owner_only=True)] == [
            3,
            late,
            early,
        ]
        whole = goal_queries.read_goals(db, with_details=True)
        assert whole == [goal_queries.read_goal(db, goal.id) for goal in whole]


def test_goals_cost_as_many_statements_however_many_there_are(journal: Journal) -> None:
    def sent() -> int:
        messages: list[str] = []
        with journal.read() as db:
            db.set_trace_callback(messages.append)
            goal_queries.read_goals(db, with_details=True)
            db.set_trace_callback(None)
        return len(messages)

    before = sent()
    with journal.change(NOW) as change:
        for number in range(20):
            id = insert_goal(change, Goal(str(number)), on=TODAY)
            insert_rating(change, id, Rating(TODAY, 4))
    assert sent() == before == 3


@pytest.mark.parametrize("status", [GoalStatus.ACHIEVED, GoalStatus.DROPPED])
def test_a_closed_goal_is_neither_closed_again_nor_rated_until_it_is_opened(
    journal: Journal, status: GoalStatus
) -> None:
    with journal.read() as db:
        before = goal_queries.read_goal(db, 1)
    with journal.change(NOW) as change:
        assert close_goal_row(change, 1, status, on=YESTERDAY) == "Run the huddle"
    with journal.read() as db:
        assert goal_queries.read_goal(db, 1) == before._replace(
            status=status, closed_on=YESTERDAY
        )
    for attempt in (
        lambda change: close_goal_row(change, 1, GoalStatus.ACHIEVED, on=TODAY),
        lambda change: insert_rating(change, 1, Rating(TODAY, 5)),
    ):
        refused = pytest.raises(Refusal, match=f"Goal 1 is already {status.value}")
        with refused, journal.change(NOW) as change:
            attempt(change)
    with journal.change(NOW) as change:
        assert reopen_goal_row(change, 1) == "Run the huddle"
    with journal.read() as db:
        assert goal_queries.read_goal(db, 1) == before
    with pytest.raises(Refusal, match="Goal 1 is open"), journal.change(NOW) as change:
        reopen_goal_row(change, 1)


@pytest.mark.parametrize("id", [0, 99])
def test_an_unknown_goal_is_not_found(journal: Journal, id: int) -> None:
    with pytest.raises(NotFound, match=f"There is no goal {id}."), journal.read() as db:
        goal_queries.read_goal(db, id)
    with pytest.raises(NotFound), journal.change(NOW) as change:
        insert_rating(change, id, Rating(TODAY, 1))


# The actions of a goal


def promised(journal: Journal, person_id: int | None = 1, what: str = "Draft") -> int:
    with journal.change(NOW) as change:
        return action_changes.insert_action(
            change, Promise(what, "me", FRIDAY), on=TODAY, person_id=person_id
        )


def test_a_goal_owns_actions_and_each_has_one_goal_at_most(journal: Journal) -> None:
    id = promised(journal)
    with journal.change(NOW) as change:
        other = insert_goal(change, Goal("Sleep"), on=TODAY, person_id=1)
    notes = []
    for goal_id in (1, other, None):
        with journal.change(NOW) as change:
            update_action_goal(change, id, goal_id, on=TODAY)
        with journal.read() as db:
            action = action_queries.read_action(db, id)
            owners = [
                goal.id
                for goal in goal_queries.read_goals(db, with_details=True)
                if id in goal.actions
            ]
            by_goal = [
                action.id
                for action in action_queries.read_actions(db, goal_id=goal_id or 1)
            ]
        assert (action.goal, owners) == (goal_id, [goal_id] if goal_id else [])
        assert by_goal == ([id] if goal_id else [])
        notes = [event.note for event in action.events[1:]]
    assert notes == ["goal was: (nothing)", "goal was: 1", f"goal was: {other}"]


@pytest.mark.parametrize(
    ("whose", "goal_id", "error"),
    [
        pytest.param(2, 1, Refusal, id="another-persons-action"),
        pytest.param(None, 1, Refusal, id="an-action-of-my-own"),
        pytest.param(1, 3, Refusal, id="a-goal-of-my-own"),
        pytest.param(1, 99, NotFound, id="no-such-goal"),
    ],
)
def test_a_goal_owns_no_action_of_another_plan(
    journal: Journal, whose: int | None, goal_id: int, error: type[CoachlogError]
) -> None:
    id = promised(journal, whose)
    with pytest.raises(error), journal.change(NOW) as change:
        update_action_goal(change, id, goal_id, on=TODAY)
    with journal.read() as db:
        assert (
            action_queries.read_action(db, id).goal,
            len(action_queries.read_action(db, id).events),
        ) == (
            None,
            1,
        )


def test_a_closed_goal_takes_no_more_actions(journal: Journal) -> None:
    id = promised(journal)
    with journal.change(NOW) as change:
        close_goal_row(change, 1, GoalStatus.ACHIEVED, on=TODAY)
    with pytest.raises(Refusal, match="achieved"), journal.change(NOW) as change:
        attach_action_to_goal(change, id, 1)


def test_actions_of_a_deleted_session_leave_their_goal(journal: Journal) -> None:
    with journal.change(NOW) as change:
        talk = hold(change, Promise("Draft", "me"), person=1)
        update_action_goal(change, 1, 1, on=TODAY)
    with journal.read() as db:
        assert goal_queries.read_goal(db, 1).actions == (1,)
    with journal.change(NOW) as change:
        session_changes.mark_session_deleted(change, talk)
    with journal.read() as db:
        assert goal_queries.read_goal(db, 1).actions == ()


# Goals in a plan


def plan(journal: Journal, **how: bool) -> Plan:
    with journal.read() as db:
        return plan_queries.read_plan(
            db, person_queries.find_person(db, "priya"), **how
        )


def test_a_plan_has_the_goals_of_its_person_alone(journal: Journal) -> None:
    with journal.read() as db:
        assert plan(journal).goals == (goal_queries.read_goal(db, 1),)


def test_a_plan_shows_goals_closed_since_the_talk_before_the_last(
    journal: Journal,
) -> None:
    days = (LAST_WEEK - timedelta(days=1), LAST_WEEK, YESTERDAY)
    with journal.change(NOW) as change:
        hold(change, person=1, on=LAST_WEEK)
        hold(change, person=1, on=TODAY)
        for day in days:
            id = insert_goal(change, Goal(day.isoformat()), on=day, person_id=1)
            close_goal_row(change, id, GoalStatus.ACHIEVED, on=day)
    titles = ["Run the huddle", YESTERDAY.isoformat(), LAST_WEEK.isoformat()]
    assert [goal.title for goal in plan(journal).goals] == titles
    assert [goal.title for goal in plan(journal, include_closed=True).goals] == [
        *titles,
        days[0].isoformat(),
    ]


def test_a_private_goal_is_in_a_plan_only_when_asked_for(journal: Journal) -> None:
    with journal.change(NOW) as change:
        insert_goal(change, Goal("Cope", private=True), on=TODAY, person_id=1)
    kept_back, asked_for = plan(journal), plan(journal, private=True)
    assert [goal.title for goal in kept_back.goals] == ["Run the huddle"]
    assert (kept_back.withheld, kept_back.goals_withheld) == (0, 1)
    assert [goal.title for goal in asked_for.goals] == ["Run the huddle", "Cope"]
    assert asked_for.goals_withheld == 0


def test_a_goal_in_a_plan_names_no_action_that_is_not_shown(journal: Journal) -> None:
    with journal.change(NOW) as change:
        for private in (False, True):
            promise = Promise("x", "me", private=private)
            id = action_changes.insert_action(change, promise, on=TODAY, person_id=1)
            attach_action_to_goal(change, id, 1)
    assert plan(journal).goals[0].actions == (1,)
    assert plan(journal, private=True).goals[0].actions == (1, 2)


# Goals on a page


@pytest.mark.parametrize(
    ("goal", "line"),
    [
        pytest.param(aim(TEN), "", id="nothing-known"),
        pytest.param(
            aim(TEN, baseline=3, target=8), "- Start 3 → target 8", id="not-rated"
        ),
        pytest.param(
            aim(TEN, baseline=3, now=5, target=8, actions=(1, 4)),
            "- Start 3 → now 5 → target 8 · Promises: 1, 4",
            id="rated-with-actions",
        ),
        pytest.param(aim(TEN, now=5), "- Now 5", id="rated-without-a-baseline"),
        pytest.param(
            aim(TEN, target=8, review_on=FRIDAY),
            "- Target 8 · Review 27 November 2026",
            id="review",
        ),
        pytest.param(aim(), "- Expected: four of five", id="levels-not-rated"),
        pytest.param(
            aim(now=-1),
            "- Now less than expected: gaps\n- Expected: four of five",
            id="levels",
        ),
        pytest.param(
            aim(
                now=0,
                status=GoalStatus.ACHIEVED,
                closed_on=YESTERDAY,
                review_on=date(2027, 1, 1),
            ),
            "- Now as expected: four of five\n- Expected: four of five\n"
            "- Achieved 22 November 2026",
            id="achieved",
        ),
    ],
)
def test_a_goal_on_a_page(journal: Journal, goal: Goal, line: str) -> None:
    page = markdown.write(
        build_plan_page(plan(journal)._replace(goals=(goal,), me="Tom"))
    ).decode()
    between = page.partition("## Goal 5: t\n")[2].partition("## Promises")[0]
    assert between.strip() == line


def test_levels_on_a_page_are_shown_as_they_were_typed(journal: Journal) -> None:
    goal = aim(now=0)._replace(levels=("a", "b", "*all* | <b>", "d", "e"))
    page = markdown.write(
        build_plan_page(plan(journal)._replace(goals=(goal,)))
    ).decode()
    assert (
        "- Now as expected: \\*all\\* \\| \\<b\\>\n- Expected: \\*all\\* \\| \\<b\\>\n"
        in page
    )
