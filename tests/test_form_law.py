"""What is written into a form is what is read from it, whatever the kind of answer."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog import answers, interview
from coachlog.answers import AnswersFile
from coachlog.answers.form.reader import read_form
from coachlog.answers.form.writer import write_form
from coachlog.interview import HELD_ON, MINUTES, Conversation, Question, Walk, keys, lines_of
from coachlog.model import Action, Kind, Note, NoteOutcome, PersonRef, Value
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.records import Outcome, Record
from coachlog.rules.question_tags import TAGS
from coachlog.templates import parsing
from coachlog.templates.kinds import KINDS
from coachlog.text import line

DAY = date(2026, 11, 23)
OPTIONS = ["Pay", "People", "Place"]
MORE = {
    Kind.CHOICE: f"options = {OPTIONS}",
    Kind.CHOICES: f"options = {OPTIONS}",
    Kind.SCALE: "low = -3\nhigh = 12",
}
WITH_SOMEONE = [kind for kind in KINDS if kind is not Kind.PROMISES]  # those are looked at alone
HEAD = 'title = "T"\nsummary = "S."\naudience = "one-to-one"\nminutes = 20\n'
STAGE = '[[stage]]\nid = "all"\ntitle = "All"\n'
LATER = 'id = "later"\nask = "Which of them?"\nkind = "choice"\noptions_from = "all.text"'
PROMPTS = [
    f'id = "{kind}"\nask = "What {kind}?"\nkind = "{kind}"\n{MORE.get(kind, "")}'
    for kind in WITH_SOMEONE
]
TALK = Conversation(
    parsing.parse(
        "\n[[stage.prompt]]\n".join([HEAD + STAGE, *PROMPTS, LATER]).encode(), "all", name="a.toml"
    ),
    today=DAY,
    latest=DAY,
    began=DAY,
    them="Priya Shah",
    me="Tom Reed",
    promises=(Action(7, "", PersonRef(1, "Priya Shah"), 1, "Send it", "me", DAY, DAY),),
    notes=(Note(5, "Ask about leave", DAY),),
    every_field=True,
)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
plain = st.text("abcdefgh éß,.?!'").map(line).filter(lambda words: words[:1].isalpha())
nasty = st.sampled_from(
    [*("# Heading", "### {#all.line}", "<!-- x", "-->", "\\# y", "- [x] box", "who: me", "---")]
)
free = st.lists(nasty | st.text(max_size=12), max_size=6).map("\n".join)


def asked(words: str, by: str | None, tag: str | None) -> dict[str, str | None]:
    return {"question": words, "by": by, "tag": tag}


ANSWERS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: free,
    Kind.LINE: nasty | plain,
    Kind.CHOICE: st.sampled_from(OPTIONS),
    Kind.CHOICES: st.sets(st.sampled_from(OPTIONS)).map(sorted),
    Kind.SCALE: st.integers(-3, 12),
    Kind.YESNO: st.booleans(),
    Kind.DATE: days,
    Kind.NUMBER: st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15),
    Kind.QUESTIONS: st.lists(
        st.builds(
            asked,
            plain,
            st.sampled_from([None, "Priya Shah", "me"]),
            st.none() | st.sampled_from(TAGS),
        ),
        max_size=3,
    ),
}
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "what": plain,
    "owner": st.sampled_from(["me", "them"]),
    "due": st.none() | days,
    "done_when": st.none() | plain,
    "support": st.none() | plain,
    "if_then": st.none() | plain,
    "confidence": st.none() | st.integers(1, 10),
    "private": st.sampled_from([None, True]),
}
REVIEWS = st.one_of(
    st.none(),
    st.tuples(st.just(Outcome.OPEN), st.none()),
    st.tuples(st.just(Outcome.MOVED), days),
    st.tuples(
        st.sampled_from([Outcome.DONE, Outcome.DROPPED]),
        st.none() | st.dates(date(2026, 1, 1), DAY).map(date.isoformat),
    ),
)


@st.composite
def conversations(draw: st.DrawFn) -> dict[str, Value]:
    """Return what was said in a conversation, by question; what was skipped is not there."""
    said: dict[str, Value] = {
        HELD_ON: DAY.isoformat(),
        MINUTES: draw(st.none() | st.just(40)),
    }
    for kind, values in ANSWERS.items():
        key = keys.answer("all", kind.value)
        asking = Question(
            *(key, "?", kind), low=-3 if kind is Kind.SCALE else 0, high=12, options=tuple(OPTIONS)
        )
        said[key] = interview.check(asking, draw(st.none() | values))
    if ideas := lines_of(said["all.text"]):
        said["all.later"] = draw(st.none() | st.sampled_from(ideas))
    steps = keys.answer("all", Kind.ACTIONS.value)
    for number in range(1, draw(st.integers(0, 3)) + 1):
        said |= {steps.part(number, name): draw(values) for name, values in FIELDS.items()}
    if review := draw(REVIEWS):
        outcome, day = review
        said[keys.review(7, "outcome")] = outcome
        said[keys.review(7, "due" if outcome is Outcome.MOVED else "on")] = day
    said[keys.note(5)] = draw(st.none() | st.sampled_from(NoteOutcome))
    return {key: value for key, value in said.items() if value is not None}


def test_every_kind_and_every_field_of_a_promise_is_tried() -> None:
    assert {*ANSWERS, Kind.ACTIONS, Kind.PROMISES} == set(KINDS)
    assert list(FIELDS) == list(PROMISE_FIELDS)


def recorded(form: str) -> tuple[Record, list[str]]:
    """Return what a form records, and its faults."""
    file = read_form(form, TALK.template)
    scripted = answers.scripted(file, TALK)
    record = interview.hold(Walk(TALK), scripted)
    return record, [str(fault) for fault in answers.faults(file, TALK, scripted)]


@settings(max_examples=100, deadline=None)
@given(conversations())
def test_what_is_written_is_what_is_read(conversation: dict[str, Value]) -> None:
    form = write_form(replace(TALK, every_field=False), AnswersFile(person=TALK.them), conversation)
    record, faults = recorded(form)
    assert faults == []
    walk = Walk(TALK, dict(conversation)).record()
    assert record._replace(answers=()) == walk._replace(answers=())
    assert _values(record) == _values(walk)


def _values(record: Record) -> dict[str, Value]:
    """Return the answers that are not skipped, by prompt."""
    return {answer.prompt: answer.value for answer in record.answers if answer.value is not None}
