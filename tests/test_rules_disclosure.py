"""Who may see what: the policy as a table, and the split and the veil that keep to it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.actions import Action, Event, EventKind, Promise
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, GoalScale, Rating
from coachlog.model.measures import MeasureReading
from coachlog.model.notes import Note
from coachlog.model.people import Person, Relationship
from coachlog.model.references import MemberRef, PersonRef, SetRef
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.model.sets import Slot
from coachlog.rules import disclosure
from coachlog.rules.disclosure import NEVER, ON_REQUEST, SHOWN, Access, Audience, Secret

DAY = date(2026, 11, 23)
WARD_LEADS = SetRef(1, "Ward leads")
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def answer(*, private: bool = False, health: bool = False) -> Answer:
    return Answer(
        "goal",
        "why",
        "Why?",
        PromptKind.TEXT,
        "Because",
        private=private,
        health=health,
    )


def action(*, private: bool = False, in_set: bool = False) -> Action:
    return Action(
        *(1, "u1", PersonRef(3, "Ann Obi"), 2, "Ask HR"),
        owner="me",
        done_when="HR has answered",
        support="Dana",
        if_then="If not, then ring",
        private=private,
        events=(Event(AT, DAY, EventKind.NOTED, note="Half way"),),
        set=WARD_LEADS if in_set else None,
    )


def goal(*, private: bool = False) -> Goal:
    return Goal(
        *("Run the huddle", "It frees me", "Twice a week"),
        scale=GoalScale.ATTAINMENT,
        levels=("none", "one", "two", "three", "four"),
        private=private,
        ratings=(Rating(DAY, 1, "Nearly"),),
    )


def measure(*, private: bool = False) -> MeasureReading:
    return MeasureReading("sleep", 3, 1, 10, DAY, private=private)


NOTE = Note(1, "Ask about the rota", DAY)
PLAIN = (answer(), action(), goal(), measure())


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(answer(), set(), id="answer"),
        pytest.param(answer(private=True), {Secret.PRIVATE}, id="private-answer"),
        pytest.param(answer(health=True), {Secret.HEALTH}, id="answer-about-health"),
        pytest.param(
            answer(private=True, health=True),
            {Secret.PRIVATE, Secret.HEALTH},
            id="both",
        ),
        pytest.param(action(), set(), id="promise"),
        pytest.param(action(private=True), {Secret.PRIVATE}, id="private-promise"),
        pytest.param(action(in_set=True), {Secret.IN_SET}, id="promise-of-a-set"),
        pytest.param(goal(private=True), {Secret.PRIVATE}, id="private-goal"),
        pytest.param(measure(private=True), {Secret.PRIVATE}, id="private-measure"),
        pytest.param(NOTE, {Secret.NOTE}, id="note"),
        pytest.param(
            disclosure.SecrecyMarks(False, True),
            {Secret.HEALTH},
            id="marks-of-an-answer",
        ),
    ],
)
def test_what_is_secret_about_an_entry(entry: Any, expected: set[Secret]) -> None:
    assert disclosure.find_secrets(entry) == expected


@pytest.mark.parametrize("private", [False, True])
def test_what_cannot_say_whether_it_is_private_is_refused(private: bool) -> None:
    """A new kind of entry is not shown by oversight."""
    person = Person(1, "u1", "Ann Obi", "ann-obi", Relationship.PEER)
    with pytest.raises(TypeError, match="Person does not say whether it is private"):
        disclosure.split_entries([person], Audience.OTHER_PERSON, private=private)


# The policy


SECRETS = {
    Secret.PRIVATE: answer(private=True),
    Secret.HEALTH: answer(health=True),
    Secret.IN_SET: action(in_set=True),
    Secret.NOTE: NOTE,
}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        # private, health, in a set, note
        (Audience.OWNER, (SHOWN, SHOWN, SHOWN, SHOWN)),
        (Audience.OWNER_AT_SCREEN, (ON_REQUEST, ON_REQUEST, SHOWN, ON_REQUEST)),
        (Audience.OTHER_PERSON, (ON_REQUEST, ON_REQUEST, NEVER, NEVER)),
        (Audience.COACH, (ON_REQUEST, ON_REQUEST, NEVER, NEVER)),
        (Audience.SET_MEMBER, (ON_REQUEST, ON_REQUEST, SHOWN, NEVER)),
        (Audience.PROGRAMME, (NEVER, NEVER, NEVER, NEVER)),
    ],
)
def test_the_policy(audience: Audience, expected: tuple[Access, ...]) -> None:
    usual = tuple(
        disclosure.judge_access(entry, audience) for entry in SECRETS.values()
    )
    on_request = tuple(
        disclosure.judge_access(entry, audience, private=True)
        for entry in SECRETS.values()
    )
    assert usual == expected
    assert on_request == tuple(
        SHOWN if cell == ON_REQUEST else cell for cell in expected
    )


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("entry", PLAIN, ids=lambda entry: type(entry).__name__)
def test_what_is_not_secret_is_shown_to_everyone(
    entry: Any, audience: Audience
) -> None:
    assert disclosure.judge_access(entry, audience) == SHOWN


def test_every_audience_has_a_line_for_every_secret() -> None:
    assert {audience: set(row) for audience, row in disclosure.POLICY.items()} == {
        audience: set(Secret) for audience in Audience
    }


def test_everyday_screens_are_for_an_owner_whom_others_may_watch() -> None:
    assert disclosure.EVERYDAY_AUDIENCE is Audience.OWNER_AT_SCREEN


# The split


@pytest.mark.parametrize(
    ("audience", "private", "visible", "withheld", "apart"),
    [
        pytest.param(Audience.OWNER, False, "abcd", 0, 0, id="owner"),
        pytest.param(
            Audience.OWNER_AT_SCREEN, False, "ac", 2, 0, id="owner-at-the-screen"
        ),
        pytest.param(Audience.OTHER_PERSON, False, "a", 1, 2, id="the-other-person"),
        pytest.param(
            Audience.OTHER_PERSON, True, "ab", 0, 2, id="the-other-person-on-request"
        ),
        pytest.param(Audience.SET_MEMBER, False, "ac", 2, 0, id="set-member"),
        pytest.param(
            Audience.SET_MEMBER, True, "abcd", 0, 0, id="set-member-on-request"
        ),
        pytest.param(
            Audience.PROGRAMME, True, "a", 0, 3, id="programme-whatever-is-asked"
        ),
    ],
)
def test_what_is_shown_and_how_much_is_not(
    audience: Audience, private: bool, visible: str, withheld: int, apart: int
) -> None:
    entries = {
        "a": action(),
        "b": action(private=True),
        "c": action(in_set=True),
        "d": action(private=True, in_set=True),
    }
    result = disclosure.split_entries(
        entries.items(), audience, private=private, key=lambda item: item[1]
    )
    assert "".join(name for name, _ in result.visible_entries) == visible
    assert (result.withheld, result.apart) == (withheld, apart)


@pytest.mark.parametrize(
    ("entry", "private", "expected"),
    [
        pytest.param(answer(health=True), False, ((), 1, 0), id="health"),
        pytest.param(
            answer(health=True), True, ((answer(health=True),), 0, 0), id="asked"
        ),
        pytest.param(NOTE, True, ((), 0, 1), id="a-note-never"),
    ],
)
def test_what_the_other_person_is_shown(
    entry: Any, private: bool, expected: tuple[Any, ...]
) -> None:
    assert (
        disclosure.split_entries([entry], Audience.OTHER_PERSON, private=private)
        == expected
    )


def test_what_may_come_up_between_two() -> None:
    mine, hers, private = action(), action(in_set=True), action(private=True)
    assert disclosure.exclude_set_actions([mine, hers, private]) == (mine, private)


entries = st.lists(
    st.one_of(
        st.builds(answer, private=st.booleans(), health=st.booleans()),
        st.builds(action, private=st.booleans(), in_set=st.booleans()),
        st.builds(goal, private=st.booleans()),
        st.builds(measure, private=st.booleans()),
        st.builds(disclosure.SecrecyMarks, st.booleans(), st.booleans()),
        st.just(NOTE),
    )
)


@given(entries, st.sampled_from(Audience), st.booleans())
def test_nothing_secret_is_shown_and_nothing_is_lost(
    mixed: list[Any], audience: Audience, private: bool
) -> None:
    split = disclosure.split_entries(mixed, audience, private=private)
    policy = disclosure.POLICY[audience]
    granted = {SHOWN, ON_REQUEST} if private else {SHOWN}
    assert all(
        policy[secret] in granted
        for entry in split.visible_entries
        for secret in disclosure.find_secrets(entry)
    )
    assert len(split.visible_entries) + split.withheld + split.apart == len(mixed)
    assert [entry for entry in mixed if entry in split.visible_entries] == list(
        split.visible_entries
    )


@given(entries, st.sampled_from(Audience))
def test_asking_shows_what_was_withheld_and_nothing_else(
    mixed: list[Any], audience: Audience
) -> None:
    before = disclosure.split_entries(mixed, audience)
    after = disclosure.split_entries(mixed, audience, private=True)
    assert len(after.visible_entries) == len(before.visible_entries) + before.withheld
    assert (after.withheld, after.apart) == (0, before.apart)


# The veil


BARE = action()._replace(
    done_when=None,
    support=None,
    if_then=None,
    events=(Event(AT, DAY, EventKind.NOTED),),
)


@pytest.mark.parametrize(
    ("promise", "audience", "private", "expected"),
    [
        pytest.param(
            action(), Audience.PROGRAMME, False, action(), id="nothing-secret"
        ),
        pytest.param(
            *(action(private=True), Audience.OWNER, False),
            action(private=True),
            id="private-for-the-owner",
        ),
        pytest.param(
            *(action(private=True), Audience.OWNER_AT_SCREEN, False),
            BARE._replace(what="(private)", private=True),
            id="private-at-the-screen",
        ),
        pytest.param(
            *(action(private=True), Audience.OWNER_AT_SCREEN, True),
            action(private=True),
            id="private-on-request",
        ),
        pytest.param(
            *(action(in_set=True), Audience.SET_MEMBER, False),
            action(in_set=True),
            id="in-their-own-set",
        ),
        pytest.param(
            *(action(in_set=True), Audience.OTHER_PERSON, True),
            BARE._replace(what="", set=WARD_LEADS),
            id="in-a-set-whatever-is-asked",
        ),
        pytest.param(
            *(action(private=True, in_set=True), Audience.SET_MEMBER, False),
            BARE._replace(what="(private)", private=True, set=WARD_LEADS),
            id="private-in-their-own-set",
        ),
        pytest.param(
            *(action(private=True, in_set=True), Audience.OTHER_PERSON, False),
            BARE._replace(what="", private=True, set=WARD_LEADS),
            id="private-in-a-set-is-the-sets",
        ),
    ],
)
def test_a_promise_without_its_words(
    promise: Action, audience: Audience, private: bool, expected: Action
) -> None:
    assert disclosure.veil_entry(promise, audience, private=private) == expected


def test_a_goal_without_its_words() -> None:
    secret = goal(private=True)
    assert disclosure.veil_entry(secret, Audience.OWNER) == secret
    assert disclosure.veil_entry(secret, Audience.OWNER_AT_SCREEN) == secret._replace(
        title="(private)",
        why=None,
        success=None,
        levels=("(private)",) * 5,
        ratings=(Rating(DAY, 1, None),),
    )


@pytest.mark.parametrize(
    "value", ["Because", 3, 0, True, False, ["pay"], [{"question": "Why?"}]]
)
@pytest.mark.parametrize("secret", ["private", "health"])
def test_an_answer_of_any_kind_without_its_words(secret: str, value: Any) -> None:
    """A number is veiled by words too: null would say skipped, another number would be counted."""
    told = answer(**{secret: True})._replace(value=value)
    assert disclosure.veil_entry(told, Audience.OWNER) == told
    assert disclosure.veil_entry(told, Audience.OWNER_AT_SCREEN) == told._replace(
        value="(private)", private=True
    )


def test_an_answer_that_was_skipped_has_no_words_to_veil() -> None:
    skipped = answer(private=True)._replace(value=None)
    assert disclosure.veil_entry(skipped, Audience.OWNER_AT_SCREEN) == skipped


def test_a_promise_about_to_be_saved_without_its_words() -> None:
    promise = Promise(
        "Ask HR", "me", DAY, "Answered", "Dana", "If not, ring", 8, private=True
    )
    assert disclosure.veil_entry(promise, Audience.OWNER_AT_SCREEN) == Promise(
        "(private)", "me", DAY, confidence=8, private=True
    )


def test_a_conversation_without_what_is_private_in_it() -> None:
    secret, told = answer(private=True), answer()
    slot = Slot(
        1,
        "u2",
        1,
        MemberRef(4, 3, "Ann Obi"),
        answers=(secret, told),
        actions=(action(),),
    )
    session = Session(
        *(1, "u1", SessionStatus.HELD, "als", "Set", DAY, 60, ()),
        answers=(told, secret),
        actions=(action(private=True), action()),
        slots=(slot,),
    )
    veiled_answer = secret._replace(value="(private)")
    veiled_action = BARE._replace(what="(private)", private=True)
    veiled = session._replace(
        answers=(told, veiled_answer),
        actions=(veiled_action, action()),
        slots=(slot._replace(answers=(veiled_answer, told)),),
    )
    assert disclosure.veil_everyday_session(session) == veiled
    assert disclosure.veil_everyday_session(session, private=True) == session
    assert disclosure.count_veiled_entries(disclosure.list_session_entries(veiled)) == 3
    assert (
        disclosure.count_veiled_entries(disclosure.list_session_entries(session)) == 0
    )


veilable = st.one_of(
    st.builds(answer, private=st.booleans(), health=st.booleans()),
    st.builds(action, private=st.booleans(), in_set=st.booleans()),
    st.builds(goal, private=st.booleans()),
)


@given(st.lists(veilable), st.booleans())
def test_each_entry_stays_in_its_place_and_each_veil_is_counted(
    mixed: list[Any], private: bool
) -> None:
    shown = disclosure.veil_everyday_entries(mixed, private=private)
    changed = [
        after for before, after in zip(mixed, shown, strict=True) if after != before
    ]
    assert disclosure.count_veiled_entries(shown) == len(changed)
    assert len(changed) == (0 if private else disclosure.count_private_entries(mixed))
    assert "Because" not in repr(changed)
    assert "Ask HR" not in repr(changed)
    assert "huddle" not in repr(changed)


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        pytest.param(action(private=True), False, id="private"),
        pytest.param(
            disclosure.veil_entry(action(private=True), Audience.OWNER_AT_SCREEN),
            True,
            id="veiled",
        ),
        pytest.param(
            action()._replace(what="(private)"), False, id="typed-so-and-not-private"
        ),
    ],
)
def test_what_is_veiled(promise: Action, expected: bool) -> None:
    assert disclosure.is_veiled(promise.what, private=promise.private) is expected


# Everyday screens


@pytest.mark.parametrize(
    ("audience", "private", "words"),
    [
        pytest.param(Audience.OWNER, False, "Ask HR", id="without-the-veil"),
        pytest.param(Audience.OWNER_AT_SCREEN, False, "(private)", id="at-the-screen"),
        pytest.param(Audience.OWNER_AT_SCREEN, True, "Ask HR", id="on-request"),
    ],
)
def test_everyday_screens_follow_one_name(
    monkeypatch: pytest.MonkeyPatch, audience: Audience, private: bool, words: str
) -> None:
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", audience)
    promises = disclosure.veil_everyday_entries([action(private=True)], private=private)
    assert [promise.what for promise in promises] == [words]


@pytest.mark.parametrize(
    ("audience", "private", "expected"),
    [
        (Audience.OWNER, True, "Ask HR"),
        (Audience.OWNER_AT_SCREEN, True, "(private)"),
        (Audience.OWNER_AT_SCREEN, False, "Ask HR"),
    ],
)
def test_the_line_after_a_change(
    monkeypatch: pytest.MonkeyPatch, audience: Audience, private: bool, expected: str
) -> None:
    monkeypatch.setattr(disclosure, "EVERYDAY_AUDIENCE", audience)
    assert disclosure.veil_everyday_words("Ask HR", private=private) == expected


def test_how_many_private_entries_a_page_includes() -> None:
    page = [
        *PLAIN,
        answer(health=True),
        answer(private=True),
        action(private=True, in_set=True),
    ]
    assert disclosure.count_private_entries(page) == 3
    assert disclosure.is_private(action(in_set=True)) is False
