"""What is written into a form is what is read from it, whatever the kind of answer."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.form.reader import parse_form
from coachlog.answers.form.writer import write_form
from coachlog.interview import keys
from coachlog.interview.checks import check_answer
from coachlog.interview.conversation import OTHER, Conversation, PromiseNames, Question
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.stages import split_answer_lines
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.notes import Note, NoteOutcome
from coachlog.model.people import Person, Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.reviews import ReviewOutcome
from coachlog.rules.question_tags import QUESTION_TAGS
from coachlog.templates import parsing
from coachlog.templates.kinds import KIND_ROWS
from coachlog.text import build_slug, clean_line

DAY = date(2026, 11, 23)
OPTIONS = ["Pay", "People", "Place"]
MORE = {
    PromptKind.CHOICE: f"options = {OPTIONS}",
    PromptKind.CHOICES: f"options = {OPTIONS}",
    PromptKind.SCALE: "low = -3\nhigh = 12",
}
WITH_SOMEONE = [
    kind for kind in KIND_ROWS if kind is not PromptKind.PROMISES
]  # those are looked at alone
HEAD = 'title = "T"\nsummary = "S."\naudience = "one-to-one"\nminutes = 20\n'
STAGE = '[[stage]]\nid = "all"\ntitle = "All"\n'
LATER = (
    'id = "later"\nask = "Which of them?"\nkind = "choice"\noptions_from = "all.text"'
)
PROMPTS = [
    f'id = "{kind}"\nask = "What {kind}?"\nkind = "{kind}"\n{MORE.get(kind, "")}'
    for kind in WITH_SOMEONE
]
TALK = Conversation(
    parsing.parse_template(
        "\n[[stage.prompt]]\n".join([HEAD + STAGE, *PROMPTS, LATER]).encode(),
        "all",
        name="a.toml",
    ),
    today=DAY,
    latest_day=DAY,
    began_on=DAY,
    them="Priya Shah",
    me="Tom Reed",
    open_actions=(
        Action(7, "", PersonRef(1, "Priya Shah"), 1, "Send it", "me", DAY, DAY),
    ),
    notes=(Note(5, "Ask about leave", DAY),),
    every_field=True,
)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
plain = (
    st.text("abcdefgh éß,.?!'")
    .map(clean_line)
    .filter(lambda words: words[:1].isalpha())
)
nasty = st.sampled_from(
    [
        *(
            "# Heading",
            "### {#all.line}",
            "<!-- x",
            "-->",
            "\\# y",
            "- [x] box",
            "who: me",
            "---",
        )
    ]
)
free = st.lists(nasty | st.text(max_size=12), max_size=6).map("\n".join)


def _person(id: int, name: str) -> Person:
    return Person(id, "", name, build_slug(name), Relationship.REPORT)


def asked(words: str, by: str | None, tag: str | None) -> dict[str, str | None]:
    return {"question": words, "by": by, "tag": tag}


ANSWERS: dict[PromptKind, st.SearchStrategy[Any]] = {
    PromptKind.TEXT: free,
    PromptKind.LINE: nasty | plain,
    PromptKind.CHOICE: st.sampled_from(OPTIONS),
    PromptKind.CHOICES: st.sets(st.sampled_from(OPTIONS)).map(sorted),
    PromptKind.SCALE: st.integers(-3, 12),
    PromptKind.YESNO: st.booleans(),
    PromptKind.DATE: days,
    PromptKind.NUMBER: st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15),
    PromptKind.QUESTIONS: st.lists(
        st.builds(
            asked,
            plain,
            st.sampled_from([None, "Priya Shah", "me"]),
            st.none() | st.sampled_from(QUESTION_TAGS),
        ),
        max_size=3,
    ),
}
NAMES = PromiseNames(
    DAY,
    (_person(1, "Priya Shah"),),
    (_person(2, "Dana Cole"), _person(3, "Dana Webb"), _person(4, "Mark")),
    "Tom Reed",
)
OWNERS = ["me", "them", "Dana Cole", "Dana Webb", "Mark", "HR", "Ops: night", "Priya S"]
SENTENCES = [
    "Ring HR by fri",
    "Priya: ring HR by fri (rung)",
    "me: ring",
    "who: me",
    "by: fri",
    "HR: ring (fri)",
    "I will ring HR",
    "she'll ring HR",
    "ring (HR)",
    "HR to confirm by Fri or Mon",
    "()",
    "a ()",
    "by 2026-11-27",
    "# x",
    "<!-- x -->",
    "to ring",
    "Ring by tue noon",
]
said_words = plain | st.sampled_from(SENTENCES)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "what": said_words,
    "owner": st.sampled_from(OWNERS),
    "due": st.none() | days,
    "done_when": st.none() | said_words,
    "support": st.none() | said_words,
    "if_then": st.none() | said_words,
    "confidence": st.none() | st.integers(1, 10),
    "private": st.sampled_from([None, True]),
}
REVIEWS = st.one_of(
    st.none(),
    st.tuples(st.just(ReviewOutcome.OPEN), st.none()),
    st.tuples(
        st.just(ReviewOutcome.MOVED),
        st.dates(DAY, date(2027, 12, 31)).map(date.isoformat),
    ),
    st.tuples(
        st.sampled_from([ReviewOutcome.DONE, ReviewOutcome.DROPPED]),
        st.none() | st.dates(date(2026, 1, 1), DAY).map(date.isoformat),
    ),
)


@st.composite
def conversations(draw: st.DrawFn) -> dict[str, AnswerValue]:
    """Return what was said in a conversation, by question; what was skipped is not there."""
    said: dict[str, AnswerValue] = {
        HELD_ON: DAY.isoformat(),
        MINUTES: draw(st.none() | st.just(40)),
    }
    for kind, values in ANSWERS.items():
        key = keys.build_answer_key("all", kind.value)
        asking = Question(
            *(key, "?", kind),
            low=-3 if kind is PromptKind.SCALE else 0,
            high=12,
            options=tuple(OPTIONS),
        )
        said[key] = check_answer(asking, draw(st.none() | values))
    if ideas := split_answer_lines(said["all.text"]):
        said["all.later"] = draw(st.none() | st.sampled_from(ideas))
    steps = keys.build_answer_key("all", PromptKind.ACTIONS.value)
    for number in range(1, draw(st.integers(0, 3)) + 1):
        fields = {name: draw(values) for name, values in FIELDS.items()}
        if fields["owner"] not in ("me", "them"):
            said[steps.part(number, "owner-name")] = fields["owner"]
            fields["owner"] = OTHER
        said |= {steps.part(number, name): value for name, value in fields.items()}
    review = draw(REVIEWS)
    # A move to the day it is due already is refused.
    if review and review != (ReviewOutcome.MOVED, DAY.isoformat()):
        outcome, day = review
        said[keys.build_review_key(7, "outcome")] = outcome
        said[
            keys.build_review_key(7, "due" if outcome is ReviewOutcome.MOVED else "on")
        ] = day
    said[keys.build_note_key(5)] = draw(st.none() | st.sampled_from(NoteOutcome))
    return {key: value for key, value in said.items() if value is not None}


def test_every_kind_and_every_field_of_a_promise_is_tried() -> None:
    assert {*ANSWERS, PromptKind.ACTIONS, PromptKind.PROMISES} == set(KIND_ROWS)
    assert list(FIELDS) == list(PROMISE_FIELDS)


def recorded(form: str) -> tuple[SessionRecord, list[str]]:
    """Return what a form records, and its faults."""
    file = parse_form(form, TALK.template)
    answers.read_typed_actions(file, TALK, NAMES)
    scripted = answers.build_file_answerer(file, TALK)
    record = run_interview(Walk(TALK), scripted)
    return record, [
        str(fault) for fault in answers.find_file_faults(file, TALK, scripted)
    ]


@settings(max_examples=100, deadline=None)
@given(conversations())
def test_what_is_written_is_what_is_read(conversation: dict[str, AnswerValue]) -> None:
    talk = replace(TALK, every_field=False, promise_names=NAMES)
    form = write_form(talk, AnswersFile(person=TALK.them), conversation)
    record, faults = recorded(form)
    assert faults == []
    walk = Walk(TALK, dict(conversation)).build_record()
    assert record._replace(answers=()) == walk._replace(answers=())
    assert _values(record) == _values(walk)


def _values(record: SessionRecord) -> dict[str, AnswerValue]:
    """Return the answers that are not skipped, by prompt."""
    return {
        answer.prompt: answer.value
        for answer in record.answers
        if answer.value is not None
    }
