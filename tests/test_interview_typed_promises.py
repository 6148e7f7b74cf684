"""A promise as a person types it: its words answer the next questions, and Enter agrees."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.capture import CaptureContext, CapturedPromise, write_promise
from coachlog.interview.back import BACK
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import Conversation, PromiseNames, Question
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Promise
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person, Relationship
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.templates import TemplateAudience
from coachlog.text import clean_line
from meeting_templates import ANN, BEN, meeting
from test_interview import template
from test_interview_meeting import Facilitator

MONDAY = date(2026, 11, 23)
FRIDAY = "2026-11-27"


def person(id: int, name: str) -> Person:
    slug = name.lower().replace(" ", "-")
    return Person(id=id, uid="", name=name, slug=slug, relationship=Relationship.REPORT)


PRIYA, DANA = person(1, "Priya Shah"), person(2, "Dana Cole")
NAMES = PromiseNames(MONDAY, (PRIYA,), (DANA,), "Tom Reed")
TALK = Conversation(
    template("steps actions"),
    today=MONDAY,
    latest_day=MONDAY,
    began_on=MONDAY,
    them="Priya Shah",
    me="Tom Reed",
    promise_names=NAMES,
)
ALONE = replace(
    TALK,
    template=TALK.template._replace(audience=TemplateAudience.SOLO),
    them=None,
    promise_names=PromiseNames(MONDAY, my_name="Tom Reed"),
)


class Enterer:
    """Types the words of promises and whatever a test says; else Enter, which agrees."""

    def __init__(self, *words: str, **replies: object) -> None:
        self.words = [*words]
        self.replies = {f"a.steps.{key}": value for key, value in replies.items()}
        self.offered: dict[str, AnswerValue] = {}
        self.help: dict[str, str | None] = {}

    def ask(self, question: Question, walk: Walk) -> Any:
        offered_answer = walk.get_offered_answer(question)
        self.offered[question.key] = offered_answer
        self.help[question.key] = question.help
        if question.key in self.replies:
            return self.take(question, self.replies.pop(question.key))
        if question.key.endswith(".what"):
            words = self.words.pop(0) if self.words else None
            return check_answer(question, words)
        if offered_answer is None and question.required and question.values:
            return question.values[0]
        return check_answer(question, offered_answer or question.default)

    def take(self, question: Question, reply: object) -> Any:
        return BACK if reply is BACK else check_answer(question, reply)


def typed(
    *words: str, talk: Conversation = TALK, **replies: Any
) -> tuple[SessionRecord, Enterer]:
    enterer = Enterer(*words, **replies)
    return run_interview(Walk(talk), enterer), enterer


WORDS: Mapping[str, tuple[str, Promise]] = {
    "mine": (
        "I will send her the rota by Friday",
        Promise("send her the rota", "me", date(2026, 11, 27)),
    ),
    "theirs": (
        "Priya: draft it by 27 nov (sent by noon)",
        Promise("draft it", "them", date(2026, 11, 27), done_when="sent by noon"),
    ),
    "hers": (
        "she'll book the room",
        Promise("book the room", "them"),
    ),
    "mine-in-short": (
        "me: ring HR by tue (list sent)",
        Promise("ring HR", "me", date(2026, 11, 24), done_when="list sent"),
    ),
    "of-someone-who-was-not-there": (
        "Dana to send the slides by fri",
        Promise("send the slides", "Dana Cole", date(2026, 11, 27)),
    ),
    "told-by-them": (
        "Priya: tell Dana about the 27th, by wed",
        Promise("tell Dana about the 27th", "them", date(2026, 11, 25)),
    ),
    "nothing-but-words": ("Send the rota", Promise("Send the rota", "me")),
    "private": ("~ I will apologise", Promise("apologise", "me", private=True)),
    "private-at-the-end": (
        "me: ring HR (private)",
        Promise("ring HR", "me", private=True),
    ),
    "somebody-unknown-in-a-bracket": (
        "ring HR (Kim)",
        Promise("ring HR (Kim)", "me"),
    ),
    "ticked": ("[x] Send the rota", Promise("[x] Send the rota", "me")),
}


@pytest.mark.parametrize(("words", "promise"), list(WORDS.values()), ids=list(WORDS))
def test_enter_agrees_with_what_the_words_say(words: str, promise: Promise) -> None:
    record, _ = typed(words)
    assert record.promises == (promise,)


@pytest.mark.parametrize("words", ["none", "Nothing this time", "n/a", "No actions."])
def test_nothing_is_no_promise(words: str) -> None:
    """It ends the promises, as Enter alone does."""
    record, _ = typed(words)
    assert record.promises == ()


OWNERS = {
    "me": "me",
    PersonRef(PRIYA.id, PRIYA.name): "them",
    PersonRef(DANA.id, DANA.name): "Dana Cole",
}
plain = (
    st.text("abcde fghié,.?!'()/-")
    .map(clean_line)
    .filter(lambda words: words[:1].isalpha())
)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        CapturedPromise,
        plain,
        st.sampled_from(list(OWNERS)),
        st.none() | days,
        st.none() | plain,
        st.booleans(),
        is_done=st.just(False),
        doubts=st.just(()),
        names_owner=st.just(True),
    )
)
def test_any_promise_can_be_typed_on_one_line(promise: CapturedPromise) -> None:
    context = CaptureContext(MONDAY, NAMES.others, NAMES.known, my_name=NAMES.my_name)
    record, _ = typed(write_promise(promise, context))
    assert record.promises == (
        Promise(
            promise.what,
            OWNERS[promise.owner],
            promise.due,
            promise.done_when,
            private=promise.is_private,
        ),
    )


def test_the_words_answer_the_next_questions_as_well() -> None:
    _, enterer = typed("Dana: send the slides by fri (all ten)")
    assert enterer.offered | {"a.steps.2.what": None} == {
        "a.steps.1.what": None,
        "a.steps.1.owner": "other",
        "a.steps.1.owner-name": "Dana Cole",
        "a.steps.1.due": FRIDAY,
        "a.steps.1.done_when": "all ten",
        "a.steps.2.what": None,
        "held-on": None,
        "minutes": None,
    }
    assert enterer.help["a.steps.1.owner"] is None
    assert enterer.help["a.steps.1.due"] == "You typed: Friday 27 November 2026."


def test_what_is_answered_counts_and_not_what_was_offered() -> None:
    answers: dict[str, Any] = {
        "1.owner": "them",
        "1.due": "2026-12-01",
        "1.done_when": None,
    }
    record, _ = typed(
        "Dana: send the slides by fri (all ten)",
        **answers,
    )
    assert record.promises == (Promise("send the slides", "them", date(2026, 12, 1)),)


@pytest.mark.parametrize(
    ("words", "key", "help"),
    [
        pytest.param(
            "HR to confirm the date by fri",
            "owner",
            "Not clear from your words.",
            id="whose",
        ),
        pytest.param(
            "Send it by tue noon",
            "due",
            "Perhaps Tuesday 24 November 2026. Not clear from your words.",
            id="nearly-a-date",
        ),
        pytest.param(
            "Send it by Fri or Mon",
            "due",
            "Not clear from your words. fri, +2w, 12 May. Only promises with a date are counted.",
            id="no-one-date",
        ),
    ],
)
def test_what_is_uncertain_is_said_in_one_line(words: str, key: str, help: str) -> None:
    _, enterer = typed(words)
    assert enterer.help[f"a.steps.1.{key}"] == help


def test_alone_every_promise_is_mine_and_keeps_the_name_of_anybody_else() -> None:
    record, enterer = typed("Dana: send it by fri", "I will ring HR by tue", talk=ALONE)
    assert record.promises == (
        Promise("Dana: send it", "me", date(2026, 11, 27)),
        Promise("ring HR", "me", date(2026, 11, 24)),
    )
    assert "a.steps.1.owner" not in enterer.offered


def test_plainer_words_are_read_too_and_keep_what_only_the_first_words_said() -> None:
    sharper: dict[str, Any] = {"1.sharper": "send her the list (all of it)"}
    record, _ = typed("Priya: look into the rota by fri", **sharper)
    assert record.promises == (
        Promise("send her the list", "them", date(2026, 11, 27), done_when="all of it"),
    )
    sharper = {"1.sharper": "Dana: ring HR by tue"}
    record, _ = typed("Look into it by fri", **sharper)
    assert record.promises == (Promise("ring HR", "Dana Cole", date(2026, 11, 24)),)


def test_the_sharper_question_looks_at_the_words_alone() -> None:
    _, enterer = typed("I will look into the rota by fri")
    assert "a.steps.1.sharper" in enterer.offered


# Going back


def test_other_words_offer_what_they_say() -> None:
    """Of what was answered before, only that counts about which the words say nothing new."""
    walk = Walk(TALK)
    first = Enterer("Priya: send it by fri (all ten)", **{"2.what": BACK})
    first.replies["a.steps.1.done_when"] = "read"
    run_until_stopped(walk, first)
    while "a.steps.1.what" in walk.answers:
        walk.back()
    again = Enterer("Priya: send it by mon (all ten)")
    record = run_interview(walk, again)
    assert again.offered["a.steps.1.what"] == "Priya: send it by fri (all ten)"
    assert again.offered["a.steps.1.owner"] == "them"
    assert again.offered["a.steps.1.due"] == "2026-11-30"
    assert again.offered["a.steps.1.done_when"] == "read"
    assert record.promises == (
        Promise("send it", "them", date(2026, 11, 30), done_when="read"),
    )


def run_until_stopped(walk: Walk, enterer: Enterer) -> None:
    """Walk on until the first BACK, which is not taken."""
    while (question := walk.next()) is not None:
        reply = enterer.ask(question, walk)
        if reply is BACK:
            return
        walk.put(question, reply)


def test_a_date_taken_out_of_the_words_is_no_longer_offered() -> None:
    walk = Walk(TALK)
    run_until_stopped(walk, Enterer("Send it by fri", **{"2.what": BACK}))
    while "a.steps.1.what" in walk.answers:
        walk.back()
    record = run_interview(walk, Enterer("Send it"))
    assert record.promises == (Promise("Send it", "me"),)


def test_answers_that_no_longer_fit_the_words_are_known_before_these_are_saved() -> (
    None
):
    walk = Walk(TALK)
    run_until_stopped(walk, Enterer("Send it by fri (all)", **{"2.what": BACK}))
    while "a.steps.1.what" in walk.answers:
        walk.back()
    outdated = walk.list_outdated_keys("a.steps.1.what", "Priya: send it by fri (all)")
    assert outdated == ["a.steps.1.owner"]
    outdated = walk.list_outdated_keys("a.steps.1.what", "Send it by mon (all ten)")
    assert outdated == ["a.steps.1.due", "a.steps.1.done_when"]
    assert walk.list_outdated_keys("a.steps.1.what", "Post it by fri (all)") == []


def test_a_half_typed_answer_is_offered_again_until_the_words_say_something_else() -> (
    None
):
    walk = Walk(TALK, {"a.steps.1.what": "Send it by fri", "a.steps.1.owner": "me"})
    walk.resume_question("a.steps.1.due", "2026-12")
    due = walk.next()
    assert due is not None
    assert walk.get_offered_answer(due) == "2026-12"
    walk.back()
    walk.back()
    record = run_interview(walk, Enterer("Send it by mon"))
    assert record.promises == (Promise("Send it", "me", date(2026, 11, 30)),)


def test_without_names_the_words_are_all_that_there_is() -> None:
    talk = replace(TALK, promise_names=None)
    record, _ = typed("I will send it by fri", talk=talk)
    assert record.promises == (Promise("I will send it by fri", "me"),)


# In a set


def meet(
    *words: str, present: list[str] | None = None
) -> tuple[Facilitator, list[Any]]:
    """Return who was asked in Ann's slot, and its promises, each with whose plan it is in."""
    replies: dict[str, object] = {":order.1": "ann-obi", ":order.2": ":nobody"}
    if present:
        replies[":present"] = present
    for number, line in enumerate(words, start=1):
        replies[f"ann-obi:ask.steps.{number}.what"] = line
    person = Facilitator(replies)
    talk = replace(meeting(), promise_names=PromiseNames(MONDAY, my_name="Sam Reed"))
    record = run_interview(Walk(talk), person)
    assert record.meeting is not None
    return person, list(record.meeting.slots[0].promises)


def test_in_a_set_the_owner_who_is_offered_is_a_member() -> None:
    person, promises = meet("Ben: send it by fri", "I will ask by tue")
    ask = "ann-obi:ask.steps.{}.{}"
    assert person.question(ask.format(1, "owner")).offered == "ben-cole"
    assert person.question(ask.format(1, "due")).offered == FRIDAY
    assert person.question(ask.format(2, "owner")).offered == "me"
    # This facilitator takes the first row, whatever is offered.
    assert [(owner, promise.what) for owner, promise in promises] == [
        (ANN.person, "send it"),
        (ANN.person, "ask"),
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        pytest.param("Zed: send it by fri", "Zed: send it", id="nobody-here"),
        pytest.param("Ben: send it by fri", "Ben: send it", id="an-absent-member"),
        pytest.param("she will send it", "she will send it", id="she-of-several"),
    ],
)
def test_in_a_set_nobody_is_offered_where_nobody_fits(words: str, what: str) -> None:
    person, promises = meet(words, present=["ann-obi", "cara-diaz", "me"])
    question = person.question("ann-obi:ask.steps.1.owner")
    assert BEN.slug not in question.values
    assert question.offered is None
    assert question.help == "Not clear from your words."
    assert [promise.what for _owner, promise in promises] == [what]


def test_a_name_before_a_dash_is_offered_as_owner_and_said_to_be_uncertain() -> None:
    record, enterer = typed("dana - list of numbers ... tomorrow")
    assert enterer.offered["a.steps.1.owner"] == "other"
    assert enterer.offered["a.steps.1.owner-name"] == "Dana Cole"
    assert enterer.help["a.steps.1.owner"] == "Not clear from your words."
    assert record.promises == (
        Promise("list of numbers ...", "Dana Cole", date(2026, 11, 24)),
    )


def test_alone_a_name_before_a_dash_stays_in_the_words() -> None:
    record, _ = typed("dana - list of numbers by fri", talk=ALONE)
    assert record.promises == (
        Promise("dana - list of numbers", "me", date(2026, 11, 27)),
    )
