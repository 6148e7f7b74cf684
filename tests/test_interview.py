"""The conversation as a sequence: which question comes next, what an answer may be, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlog.errors import InvalidInput
from coachlog.interview.back import BACK, Back
from coachlog.interview.checks import (
    check_answer,
    check_typed_answer,
    resolve_owner_name,
)
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.reviews import list_outcome_questions
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action, Event, EventKind, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.model.templates import Template
from coachlog.templates import parsing

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
TOP = 'title = "Talk"\nsummary = "A talk."\naudience = "one-to-one"\nminutes = 20\n'


def template(*prompts: str) -> Template:
    """Return a template with one stage, `a`, of prompts such as `x text, key = true`."""
    rows = [TOP, '[[stage]]\nid = "a"\ntitle = "All"\nguidance = "Slowly."']
    for prompt in prompts:
        head, _, more = prompt.partition(", ")
        id, kind = head.split()
        rows.append(
            f'[[stage.prompt]]\nid = "{id}"\nask = "{id}, $them?"\nkind = "{kind}"\n{more}'
        )
    return parsing.parse_template("\n".join(rows).encode(), "talk", name="talk.toml")


def conversation(*prompts: str, promises: tuple[Action, ...] = ()) -> Conversation:
    return Conversation(
        template(*(prompts or ("x text",))),
        today=MONDAY,
        latest_day=MONDAY,
        began_on=MONDAY,
        them="Priya Shah",
        me="Tom Reed",
        open_actions=promises,
    )


class Person:
    """Types what was written down beforehand, by the key of the question; Enter for the rest."""

    def __init__(self, *replies: tuple[str, object]) -> None:
        self.replies = [*replies]
        self.asked: list[Question] = []
        self.offered: list[AnswerValue] = []

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        self.asked.append(question)
        self.offered.append(walk.get_offered_answer(question))
        for number, (key, reply) in enumerate(self.replies):
            if key == question.key:
                del self.replies[number]
                return self._given(question, reply)
        if question.required and question.values:
            return question.values[0]
        return check_typed_answer(question, "")

    @staticmethod
    def _given(question: Question, reply: object) -> AnswerValue | Back:
        if isinstance(reply, Back):
            return reply
        return (
            check_typed_answer(question, reply)
            if isinstance(reply, str)
            else check_answer(question, reply)
        )

    @property
    def keys(self) -> list[str]:
        return [question.key for question in self.asked]


def held(
    talk: Conversation, *replies: tuple[str, object]
) -> tuple[SessionRecord, Person]:
    person = Person(*replies)
    record = run_interview(Walk(talk), person)
    assert person.replies == []
    return record, person


def asked(talk: Conversation, answers: Mapping[str, AnswerValue]) -> list[str]:
    """Return the keys of the questions before the closing two, with those answers given."""
    _, person = held(talk, *answers.items())
    assert person.keys[-2:] == [HELD_ON, MINUTES]
    return person.keys[:-2]


def question(kind: PromptKind, **changes: object) -> Question:
    return replace(Question("a.x", "X?", kind, base=MONDAY), **changes)  # type: ignore[arg-type]


PICK = {"options": ("Cut the updates", "Ask Dana", "Ré-plan")}
WHO = {
    "options": ("me", "Priya Shah", "someone else"),
    "values": ("me", "them", "other"),
}


@pytest.mark.parametrize(
    ("kind", "changes", "value", "kept"),
    [
        pytest.param(
            PromptKind.TEXT,
            {},
            "  a \r\n\r\nb  \n\n",
            "  a\n\nb",
            id="text-keeps-its-shape",
        ),
        pytest.param(PromptKind.TEXT, {}, "\x1b[1mx", "�[1mx", id="text-is-cleaned"),
        pytest.param(
            PromptKind.TEXT,
            {},
            "[bold]x[/] :boom:",
            "[bold]x[/] :boom:",
            id="text-markup",
        ),
        pytest.param(
            PromptKind.TEXT, {}, "x" * 65536, "x" * 65536, id="text-of-64-kib"
        ),
        pytest.param(PromptKind.TEXT, {}, " \n\t ", None, id="white-space-is-a-skip"),
        pytest.param(
            PromptKind.TEXT, {}, "\u200b\u202e", None, id="invisible-text-is-a-skip"
        ),
        pytest.param(PromptKind.LINE, {}, " a\n b\tc ", "a b c", id="line-is-one-line"),
        pytest.param(PromptKind.CHOICE, PICK, "Ask Dana", "Ask Dana", id="choice"),
        pytest.param(
            PromptKind.CHOICE,
            PICK,
            " ask  DANA ",
            "Ask Dana",
            id="choice-whatever-case",
        ),
        pytest.param(
            PromptKind.CHOICE, PICK, "re-plan", "Ré-plan", id="choice-without-accents"
        ),
        pytest.param(
            PromptKind.CHOICE,
            {"options": ("Sam", "sam")},
            "Sam",
            "Sam",
            id="choice-as-written-first",
        ),
        pytest.param(
            PromptKind.CHOICE, WHO, "Priya Shah", "them", id="choice-stands-for-a-value"
        ),
        pytest.param(PromptKind.CHOICE, WHO, "them", "them", id="choice-by-value"),
        pytest.param(
            PromptKind.CHOICES, PICK, ["ask dana"], ["Ask Dana"], id="choices"
        ),
        pytest.param(
            PromptKind.CHOICES,
            PICK,
            ["Ré-plan", "Ask Dana", "re-plan"],
            ["Ré-plan", "Ask Dana"],
            id="choices-once-each",
        ),
        pytest.param(PromptKind.CHOICES, PICK, [], None, id="no-choices-is-a-skip"),
        pytest.param(PromptKind.SCALE, {}, 1, 1, id="scale-lowest"),
        pytest.param(PromptKind.SCALE, {}, 10, 10, id="scale-highest"),
        pytest.param(
            PromptKind.SCALE, {"low": -5, "high": 0}, 0, 0, id="scale-of-its-own"
        ),
        pytest.param(PromptKind.YESNO, {}, False, False, id="no"),
        pytest.param(PromptKind.YESNO, {}, True, True, id="yes"),
        pytest.param(PromptKind.NUMBER, {}, -2.5, -2.5, id="number"),
        pytest.param(PromptKind.NUMBER, {}, 0, 0, id="nought-is-an-answer"),
        pytest.param(PromptKind.DATE, {}, date(2026, 11, 27), "2026-11-27", id="date"),
        pytest.param(PromptKind.DATE, {}, "fri", "2026-11-27", id="date-ahead"),
        pytest.param(
            PromptKind.DATE, {"ahead": False}, "fri", "2026-11-20", id="date-gone-by"
        ),
        pytest.param(
            PromptKind.DATE, {"until": MONDAY}, MONDAY, "2026-11-23", id="date-until"
        ),
        *(
            pytest.param(kind, PICK, None, None, id=f"skip-{kind}")
            for kind in PromptKind
        ),
    ],
)
def test_check_keeps(
    kind: PromptKind, changes: dict[str, object], value: object, kept: AnswerValue
) -> None:
    found = check_answer(question(kind, **changes), value)
    assert (type(found), found) == (type(kept), kept)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4", 4),
        (" 4 ", 4),
        ("4.0", 4),
        ("4,0", 4),
        ("4/10", 4),
        ("4 of 10", 4),
        ("10 out of 10", 10),
    ],
)
def test_what_can_only_mean_one_number_of_a_scale_is_that_number(
    typed: str, number: int
) -> None:
    assert check_typed_answer(question(PromptKind.SCALE), typed) == number


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("4ish", ". Type 4, if that is what you mean."),
        ("about 4", ". Type 4, if that is what you mean."),
        ("7-8", ". Type 7 or 8, if that is what you mean."),
        ("7 or 8", ". Type 7 or 8, if that is what you mean."),
        ("4,5", ". Type 4 or 5, if that is what you mean."),
        ("4.7", ". Type 4 or 5, if that is what you mean."),
        ("4/5", ": it does not end at 5."),
        ("12/10", "."),
        ("-4", "."),
        ("11", "."),
        ("10.5", "."),
        ("four, 5 and 6 or 7", "."),
        ("?!", "."),
    ],
)
def test_what_may_mean_several_numbers_of_a_scale_is_asked_about(
    typed: str, rest: str
) -> None:
    """It is never rounded, however near it is."""
    with pytest.raises(InvalidInput) as error:
        check_typed_answer(question(PromptKind.SCALE), typed)
    words = "12" if typed == "12/10" else typed
    assert error.value.message == (
        f"“{words}” should be a whole number from 1 to 10{rest}"
    )


@given(st.text("0123456789/.,-+e ofut~is", max_size=12))
def test_whatever_is_typed_on_a_scale_is_a_whole_number_of_it_or_refused(
    typed: str,
) -> None:
    try:
        value = check_typed_answer(question(PromptKind.SCALE), typed)
    except InvalidInput:
        return
    assert value is None or value in range(1, 11)
    assert value is None or str(value) in typed


ONE_OF = "should be one of: Cut the updates | Ask Dana | Ré-plan."
WHOLE = "should be a whole number from 1 to 10."


@pytest.mark.parametrize(
    ("kind", "changes", "value", "message"),
    [
        (PromptKind.TEXT, {}, 5, "“5” should be text."),
        (PromptKind.TEXT, {}, ["a"], "“['a']” should be text."),
        (
            PromptKind.TEXT,
            {},
            "x" * 102_400,
            "That is too long: 100 KiB (the limit is 64 KiB).",
        ),
        (PromptKind.LINE, {}, True, "“true” should be text."),
        (PromptKind.LINE, {"required": True}, " ", "This needs an answer."),
        (PromptKind.LINE, {"required": True}, "\u200b", "This needs an answer."),
        (PromptKind.TEXT, {"required": True}, None, "This needs an answer."),
        (PromptKind.CHOICE, PICK, "Ask", f"“Ask” {ONE_OF}"),
        (PromptKind.CHOICE, PICK, 2, f"“2” {ONE_OF}"),
        (PromptKind.CHOICE, PICK, ["Ask Dana"], f"“['Ask Dana']” {ONE_OF}"),
        (PromptKind.CHOICE, WHO, "Dana", "“Dana” should be one of: me | them | other."),
        (
            PromptKind.CHOICES,
            PICK,
            "Ask Dana",
            "“Ask Dana” should be a list of: Cut the updates | Ask Dana | Ré-plan.",
        ),
        (PromptKind.CHOICES, PICK, ["Ask Dana", "x"], f"“x” {ONE_OF}"),
        (PromptKind.CHOICES, {**PICK, "required": True}, [], "This needs an answer."),
        (PromptKind.SCALE, {}, 0, f"“0” {WHOLE}"),
        (PromptKind.SCALE, {}, 11, f"“11” {WHOLE}"),
        (PromptKind.SCALE, {}, 7.0, f"“7.0” {WHOLE}"),
        (PromptKind.SCALE, {}, True, f"“true” {WHOLE}"),
        (PromptKind.SCALE, {}, "7", f"“7” {WHOLE}"),
        (
            PromptKind.SCALE,
            {"low": 0, "high": 5},
            6,
            "“6” should be a whole number from 0 to 5.",
        ),
        (PromptKind.YESNO, {}, "yes", "“yes” should be true or false."),
        (PromptKind.YESNO, {}, 1, "“1” should be true or false."),
        (PromptKind.NUMBER, {}, "3", "“3” should be a number."),
        (PromptKind.NUMBER, {}, True, "“true” should be a number."),
        (PromptKind.NUMBER, {}, float("nan"), "“nan” should be a number."),
        (PromptKind.NUMBER, {}, float("inf"), "“inf” should be a number."),
        (
            PromptKind.DATE,
            {},
            20261127,
            "“20261127” is not a date that coachlog understands.",
        ),
        (
            PromptKind.DATE,
            {},
            datetime(2026, 11, 27),  # noqa: DTZ001
            "“2026-11-27T00:00:00” is not a date that coachlog understands.",
        ),
        (
            PromptKind.DATE,
            {},
            "soon",
            "“soon” is not a date that coachlog understands.",
        ),
        (
            PromptKind.DATE,
            {},
            "2026-02-29",
            "“2026-02-29” is not a date: February 2026 has 28 days.",
        ),
        (
            PromptKind.DATE,
            {"until": MONDAY},
            "2026-11-24",
            "Tuesday 24 November 2026 is later than Monday 23 November 2026.",
        ),
    ],
)
def test_check_refuses_and_says_what_would_be_right(
    kind: PromptKind, changes: dict[str, object], value: object, message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_answer(question(kind, **changes), value)
    assert refused.value.message == message
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("size", [65_537, 66_000, 102_400])
def test_a_refused_length_is_never_said_to_be_the_length_allowed(size: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_answer(question(PromptKind.TEXT), "x" * size)
    size_words, limit = refused.value.message.split(" (the limit is ")
    assert limit == "64 KiB)."
    assert size_words != "That is too long: 64 KiB"


@pytest.mark.parametrize(
    "kind", [kind for kind in PromptKind if kind is not PromptKind.ACTIONS]
)
def test_a_number_too_long_to_print_is_refused_like_any_other(kind: PromptKind) -> None:
    with pytest.raises(InvalidInput):
        check_answer(question(kind, **PICK), 16**5000)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1969, 12, 31), date(9999, 12, 31)])
def test_a_date_that_a_file_gives_must_be_within_reason_like_a_typed_one(
    day: date,
) -> None:
    for value in (day.isoformat(), day):
        with pytest.raises(InvalidInput):
            check_answer(question(PromptKind.DATE), value)


MINUTES_ASKED = question(PromptKind.NUMBER, key=MINUTES)


@pytest.mark.parametrize("value", [1, 45, 1440])
def test_minutes(value: int) -> None:
    assert check_answer(MINUTES_ASKED, value) == value


@pytest.mark.parametrize("value", [0, -5, 1441, 12.5, True, "40", float("nan")])
def test_minutes_refused(value: object) -> None:
    with pytest.raises(
        InvalidInput, match=r"should be a whole number of minutes from 1 to 1440\.$"
    ):
        check_answer(MINUTES_ASKED, value)


ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=2)
    ),
    max_leaves=4,
)


@given(
    st.sampled_from([kind for kind in PromptKind if kind is not PromptKind.ACTIONS]),
    ANY_VALUE,
)
@settings(max_examples=50, deadline=None)
def test_check_keeps_or_refuses_whatever_a_file_holds(
    kind: PromptKind, value: object
) -> None:
    """What it keeps it would keep again: a resumed draft holds what was answered."""
    asked = question(kind, **PICK)
    try:
        kept = check_answer(asked, value)
    except InvalidInput:
        return
    assert check_answer(asked, kept) == kept


@pytest.mark.parametrize(
    ("kind", "changes", "text", "kept"),
    [
        (PromptKind.SCALE, {}, " 7 ", 7),
        (PromptKind.SCALE, {}, "", None),
        (PromptKind.NUMBER, {}, "12", 12),
        (PromptKind.NUMBER, {}, "-2.5", -2.5),
        (PromptKind.TEXT, {}, "7", "7"),
        (PromptKind.LINE, {}, " a  b", "a b"),
        (PromptKind.CHOICE, PICK, "ask dana", "Ask Dana"),
        (PromptKind.DATE, {}, "+2w", "2026-12-07"),
        (PromptKind.DATE, {"default": "2026-11-23"}, " ", "2026-11-23"),
        (PromptKind.DATE, {"default": "2026-11-23"}, "fri", "2026-11-27"),
    ],
)
def test_typed(
    kind: PromptKind, changes: dict[str, object], text: str, kept: AnswerValue
) -> None:
    found = check_typed_answer(question(kind, **changes), text)
    assert (type(found), found) == (type(kept), kept)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(
            (PromptKind.SCALE, text)
            for text in ("seven", "7.5", "0", "11", "1_0", "7/11", "1e1")
        ),
        *(
            (PromptKind.NUMBER, text)
            for text in ("nan", "inf", "-inf", "1e999", "1_000", "x", "9" * 5000)
        ),
        *((PromptKind.DATE, text) for text in ("soon", "32", "2026-13-01")),
    ],
)
def test_typed_refuses(kind: PromptKind, text: str) -> None:
    with pytest.raises(InvalidInput):
        check_typed_answer(question(kind), text)


def test_questions_come_stage_by_stage_then_the_day_and_the_minutes() -> None:
    talk = conversation(
        "x text, required = true\nprivate = true\nhelp = 'For $them.'", "y scale"
    )
    assert list(build_conversation_questions(talk, {})) == [
        Question(
            "a.x",
            "x, Priya?",
            PromptKind.TEXT,
            talk.template.stages[0],
            required=True,
            private=True,
            help="For Priya.",
            base=MONDAY,
        ),
        Question(
            "a.y", "y, Priya?", PromptKind.SCALE, talk.template.stages[0], base=MONDAY
        ),
        Question(
            HELD_ON,
            "When did you talk?",
            PromptKind.DATE,
            required=True,
            base=MONDAY,
            ahead=False,
            until=MONDAY,
            default="2026-11-23",
        ),
        Question(
            MINUTES,
            "How many minutes did it take?",
            PromptKind.NUMBER,
            help="Planned: 20 minutes. Enter leaves it blank.",
            low=1,
            high=1440,
        ),
    ]


@pytest.mark.parametrize(
    ("them", "me", "worded"),
    [
        ("Priya Shah", "Tom Reed", "Priya and Tom Reed for £5, $price or $5"),
        ("Dr Priya Shah", None, "Dr Priya Shah and you for £5, $price or $5"),
        (None, None, "[name] and you for £5, $price or $5"),
        ("$me", "$them", "$me and $them for £5, $price or $5"),
    ],
)
def test_wording_has_the_names_filled_in(
    them: str | None, me: str | None, worded: str
) -> None:
    talk = replace(conversation(), them=them, me=me)
    assert talk.fill_names("$them and $me for £5, $price or $5") == worded


@pytest.mark.parametrize(
    ("first", "when", "value", "follows"),
    [
        ("s scale", "below = 7", 6, True),
        ("s scale", "below = 7", 7, False),
        ("s scale", "below = 7", None, False),
        ("s scale", "above = 7", 8, True),
        ("s scale", "above = 7", 7, False),
        ("s scale", "above = 7", None, False),
        ("s number", "below = 2.5", 2.4, True),
        ("s number", "above = -1", 0, True),
        ("s scale", "is = 3", 3, True),
        ("s scale", "is = 1", 2, False),
        ("s yesno", "is = false", False, True),
        ("s yesno", "is = false", True, False),
        ("s yesno", "is = false", None, False),
        ("s yesno", "is = true", True, True),
        ("s number", "is = 1", 1, True),
        ("s number", "is = 2", 2.0, True),
        ("s number", "is = 2.0", 2, True),
        ("s number", "is = 2", 2.5, False),
        (
            "s choice, options = ['Praise', 'A concern']",
            "is = 'praise'",
            "Praise",
            True,
        ),
        (
            "s choice, options = ['Praise', 'A concern']",
            "is = 'praise'",
            "A concern",
            False,
        ),
        ("s text", "answered = true", "words", True),
        ("s text", "answered = true", None, False),
        ("s text", "answered = false", None, True),
        ("s text", "answered = false", "words", False),
        ("s yesno", "answered = true", False, True),
        ("s number", "answered = true", 0, True),
    ],
)
def test_when(first: str, when: str, value: AnswerValue, follows: bool) -> None:
    talk = conversation(
        first, f"then text, when = {{ prompt = 'a.s', {when} }}", "end text"
    )
    expected = ["a.s", "a.then", "a.end"] if follows else ["a.s", "a.end"]
    assert asked(talk, {"a.s": value} if value is not None else {}) == expected


@pytest.mark.parametrize(
    ("replies", "follows"), [({"a.s.1.what": "Send the agenda"}, True), ({}, False)]
)
def test_when_promises_were_made(
    replies: dict[str, AnswerValue], follows: bool
) -> None:
    talk = conversation(
        "s actions", "then text, when = { prompt = 'a.s', answered = true }"
    )
    assert ("a.then" in asked(talk, replies)) is follows


def test_options_from_the_lines_of_an_earlier_answer() -> None:
    talk = conversation("ideas text", "first choice, options_from = 'a.ideas'")
    lines = "- Cut the updates\n\n* Ask  Dana \n\t•  \nCut the updates\n[b]Bold[/]"
    record, person = held(talk, ("a.ideas", lines), ("a.first", "ask dana"))
    options = ("Cut the updates", "Ask Dana", "[b]Bold[/]")
    assert person.asked[1].options == options
    assert (record.answers[1].value, record.answers[1].options) == ("Ask Dana", options)


def test_options_from_a_choice_of_several() -> None:
    talk = conversation(
        "some choices, options = ['a', 'b', 'c']", "one choice, options_from = 'a.some'"
    )
    _, person = held(talk, ("a.some", ["c", "a"]), ("a.one", "a"))
    assert person.asked[1].options == ("c", "a")


@pytest.mark.parametrize("ideas", ["", "- \n *\n"])
def test_options_from_nothing_are_not_asked_for(ideas: str) -> None:
    talk = conversation(
        "ideas text", "first choice, options_from = 'a.ideas'\nrequired = true"
    )
    assert asked(talk, {"a.ideas": ideas}) == ["a.ideas"]


def test_promises_are_asked_for_until_there_are_no_more() -> None:
    record, person = held(
        conversation("steps actions"),
        ("a.steps.1.what", "Draft the agenda"),
        ("a.steps.1.owner", "Priya Shah"),
        ("a.steps.1.due", "fri"),
        ("a.steps.1.done_when", "It is sent"),
        ("a.steps.2.what", "Book the room"),
        ("a.steps.2.owner", "me"),
        ("a.steps.3.what", "Keep time"),
        ("a.steps.3.owner", "someone else"),
        ("a.steps.3.owner-name", "Dana"),
    )
    first, second, third = (f"a.steps.{number}." for number in (1, 2, 3))
    assert person.keys[:-2] == [
        *(first + part for part in ("what", "owner", "due", "done_when")),
        *(second + part for part in ("what", "owner", "due", "done_when")),
        *(third + part for part in ("what", "owner", "owner-name", "due", "done_when")),
        "a.steps.4.what",
    ]
    assert record.promises == (
        Promise("Draft the agenda", "them", date(2026, 11, 27), "It is sent"),
        Promise("Book the room", "me"),
        Promise("Keep time", "Dana"),
    )
    assert record.answers == ()


@pytest.mark.parametrize("mark", ["private", "health"])
def test_promises_of_a_prompt_that_is_held_back_are_private(mark: str) -> None:
    record, _ = held(
        conversation(f"steps actions, {mark} = true"),
        ("a.steps.1.what", "Ask HR"),
    )
    assert record.promises == (Promise("Ask HR", "me", private=True),)


def test_what_a_file_calls_open_stays_private_where_the_prompt_is() -> None:
    talk = replace(conversation("steps actions, health = true"), every_field=True)
    record, _ = held(talk, ("a.steps.1.what", "Ask HR"), ("a.steps.1.private", False))
    assert record.promises == (Promise("Ask HR", "me", private=True),)


@pytest.mark.parametrize(
    ("given", "means"),
    [
        *(("me", "me"), ("them", "them"), (" ME ", "me"), ("Them", "them")),
        *(("Tom Reed", "me"), ("tom", "me"), ("tom-reed", "me"), ("TOM  REED", "me")),
        *(
            ("Zoë Shah Ali", "them"),
            ("zoe", "them"),
            ("Zoe Shah", "them"),
            ("zoe-shah-ali", "them"),
        ),
        *(("Zo", "Zo"), ("Shah", "Shah"), ("Zoes", "Zoes"), ("Zoë Ali", "Zoë Ali")),
        *(("Tom Reeder", "Tom Reeder"), (" Dana \n Cole\u202e", "Dana Cole")),
    ],
)
def test_an_owner_goes_by_first_name_handle_or_full_name(
    given: str, means: str
) -> None:
    assert resolve_owner_name(given, "Zoë Shah Ali", "Tom Reed") == means


def test_an_owner_s_full_name_is_told_from_one_that_begins_like_it() -> None:
    assert resolve_owner_name("Tom Shah", "Tom Shah", "Tom Reed") == "them"
    assert resolve_owner_name("Tom Reed", "Tom Shah", "Tom Reed") == "me"
    assert resolve_owner_name("tom-shah", "Tom Shah", "Tom") == "them"


def test_an_owner_that_could_be_either_is_no_guess() -> None:
    with pytest.raises(InvalidInput):
        resolve_owner_name("Tom", "Tom Shah", "Tom Reed")


@pytest.mark.parametrize("given", ["", "  ", "\u200b"])
def test_an_owner_is_somebody(given: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        resolve_owner_name(given, "Priya Shah", "Tom Reed")
    assert refused.value.message == (
        "This promise has no owner: write me, them or a name."
    )


def test_where_nobody_else_is_them_is_nobody_and_a_name_is_a_name() -> None:
    with pytest.raises(InvalidInput, match="has no meaning here"):
        resolve_owner_name("them", None, "Tom Reed")
    assert resolve_owner_name("Priya", None, None) == "Priya"
    assert resolve_owner_name("me", None, None) == "me"


def test_someone_else_who_is_one_of_the_two_after_all() -> None:
    """A promise under a second name would be missing from what the person promised."""
    record, _ = held(
        conversation("steps actions"),
        *(("a.steps.1.what", "Send the rota"), ("a.steps.1.owner", "someone else")),
        ("a.steps.1.owner-name", "Priya Shah"),
    )
    assert [promise.owner for promise in record.promises] == ["them"]


def test_only_the_first_promise_of_a_required_prompt_is_required() -> None:
    asked = list(
        build_conversation_questions(
            conversation("steps actions, required = true"),
            {
                "a.steps.1.what": "x",
                "a.steps.1.owner": "me",
                "a.steps.2.what": None,
            },
        )
    )
    assert [q.required for q in asked if q.key.endswith(".what")] == [True, False]


@pytest.mark.parametrize(
    ("what", "sharper", "kept"),
    [
        ("Look into the rota", "Send Dana a new rota", "Send Dana a new rota"),
        ("Look into the rota", "", "Look into the rota"),
    ],
)
def test_a_vague_verb_earns_a_gentle_question(
    what: str, sharper: str, kept: str
) -> None:
    record, person = held(
        conversation("steps actions"),
        ("a.steps.1.what", what),
        ("a.steps.1.sharper", sharper),
    )
    assert person.asked[1].ask == (
        "“Look into” is hard to tick off. What would someone see you do?"
    )
    assert not person.asked[1].required
    assert [promise.what for promise in record.promises] == [kept]


def test_a_clear_verb_earns_no_question() -> None:
    keys = asked(conversation("steps actions"), {"a.steps.1.what": "Send the rota"})
    assert "a.steps.1.sharper" not in keys


def test_alone_a_promise_is_mine_or_another_s() -> None:
    talk = replace(conversation("steps actions"), them=None)
    _, person = held(talk, ("a.steps.1.what", "Walk at noon"))
    assert (person.asked[1].options, person.asked[1].values) == (
        ("me", "someone else"),
        ("me", "other"),
    )


def test_a_file_may_say_more_about_a_promise_than_a_person_is_asked() -> None:
    talk = replace(conversation("steps actions"), every_field=True)
    record, _ = held(
        talk,
        ("a.steps.1.what", "Look into the rota"),
        ("a.steps.1.support", "Last year's"),
        ("a.steps.1.if_then", "If late, then ask"),
        ("a.steps.1.confidence", "8"),
        ("a.steps.1.private", True),
    )
    assert record.promises == (
        Promise(
            "Look into the rota",
            "me",
            support="Last year's",
            if_then="If late, then ask",
            confidence=8,
            private=True,
        ),
    )


def open_promise(
    id: int, owner: str, due: date | None = None, carried: int = 0
) -> Action:
    priya = PersonRef(1, "Priya Shah")
    return Action(
        id, f"u{id}", priya, 1, f"Promise {id}", owner, due, due, carried=carried
    )


def test_open_promises_come_back_first() -> None:
    """In the order given, which is mine before theirs; each says how long it has been."""
    promises = (
        open_promise(5, "me", FRIDAY, carried=2),
        open_promise(3, "them", date(2026, 11, 27)),
        open_promise(9, "Dana"),
    )
    _, person = held(conversation(promises=promises))
    assert person.keys == [
        *("review.5.outcome", "review.3.outcome", "review.9.outcome"),
        *("a.x", HELD_ON, MINUTES),
    ]
    assert [(q.ask, q.help) for q in person.asked[:3]] == [
        ("You: Promise 5", "By Fri 20 Nov, 3 days overdue. Carried over twice."),
        ("Priya Shah: Promise 3", "By Fri 27 Nov."),
        ("Dana: Promise 9", "No date was agreed."),
    ]
    assert person.asked[0].options == (
        "still open",
        "done",
        "moved to another date",
        "dropped",
    )


def test_a_promise_that_comes_back_says_how_often_its_date_moved() -> None:
    carried = open_promise(5, "me", FRIDAY, carried=3)
    at = datetime(2026, 11, 18, tzinfo=UTC)
    moved = Event(at, at.date(), EventKind.MOVED, due=FRIDAY)
    promise = carried._replace(events=(moved,))
    _, person = held(conversation(promises=(promise,)))
    assert "Carried over 3 times, date moved once." in str(person.asked[0].help)


def test_the_table_has_the_owners_promises_first_and_no_reviewed_ones() -> None:
    promises = tuple(
        open_promise(id, owner)
        for id, owner in ((4, "them"), (5, "me"), (3, "Dana"), (9, "me"))
    )
    answers = {"review.9.outcome": "done"}
    questions = list_outcome_questions(conversation(promises=promises), answers)
    assert [question.ask for question in questions] == [
        *("You: Promise 5", "Priya Shah: Promise 4", "Dana: Promise 3")
    ]


def test_questions_about_a_date_say_which_promise_they_are_about() -> None:
    promises = (open_promise(5, "me", FRIDAY), open_promise(3, "them", FRIDAY))
    _, person = held(
        conversation(promises=promises),
        ("review.5.outcome", "done"),
        ("review.3.outcome", "moved to another date"),
        ("review.3.due", "fri"),
    )
    assert [q.help for q in person.asked if q.ask.endswith("?")][:2] == [
        "You: Promise 5\nEnter means the day of the conversation.",
        "Priya Shah: Promise 3",
    ]


class OneGlance:
    """Answers every review at the first of them, as the table at a terminal does."""

    def __init__(self, *outcomes: tuple[str, str]) -> None:
        self.outcomes = dict(outcomes)
        self.keys: list[str] = []

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        self.keys.append(question.key)
        if question.key not in self.outcomes:
            return question.default
        walk.answers_ahead |= self.outcomes
        return walk.answers_ahead.pop(question.key)


def test_answers_ahead_are_saved_at_once_and_not_asked_for() -> None:
    promises = tuple(open_promise(id, "me", FRIDAY) for id in (1, 2, 3))
    outcomes = (
        ("review.1.outcome", "done"),
        ("review.2.outcome", "open"),
        ("review.3.outcome", "dropped"),
    )
    person, steps = OneGlance(*outcomes), list[tuple[str, AnswerValue]]()
    talk = conversation(promises=promises)
    record = run_interview(
        Walk(talk), person, lambda key, value: steps.append((key, value))
    )
    assert person.keys[:4] == ["review.1.outcome", "review.1.on", "review.3.on", "a.x"]
    assert steps[:3] == [*outcomes]
    assert record.reviews == (
        ActionReview(1, ReviewOutcome.DONE),
        ActionReview(2, ReviewOutcome.OPEN),
        ActionReview(3, ReviewOutcome.DROPPED),
    )


def test_going_back_puts_aside_what_was_answered_ahead() -> None:
    promises = tuple(open_promise(id, "me", FRIDAY) for id in (1, 2, 3))
    ahead = {f"review.{id}.outcome": "done" for id in (1, 2, 3)}
    walk = Walk(conversation(promises=promises), dict(ahead))
    pending = walk.next()
    assert pending
    assert pending.key == "review.1.on"
    walk.back()
    assert (walk.answers, walk.shelved_answers) == ({}, ahead)


def test_what_became_of_open_promises_is_recorded() -> None:
    promises = tuple(open_promise(id, "me", FRIDAY) for id in (1, 2, 3, 4, 5))
    record, person = held(
        conversation(promises=promises),
        ("review.1.outcome", "done"),
        ("review.1.on", "thu"),
        ("review.2.outcome", "moved to another date"),
        ("review.2.due", "fri"),
        ("review.3.outcome", "dropped"),
        ("review.4.outcome", "still open"),
    )
    assert record.reviews == (
        ActionReview(1, ReviewOutcome.DONE, on=date(2026, 11, 19)),
        ActionReview(2, ReviewOutcome.MOVED, due=date(2026, 11, 27)),
        ActionReview(3, ReviewOutcome.DROPPED),
        ActionReview(4, ReviewOutcome.OPEN),
    )
    assert [
        key for key in person.keys if key.startswith("review.") and "outcome" not in key
    ] == [*("review.1.on", "review.2.due", "review.3.on")]


@pytest.mark.parametrize("outcome", ["done", "dropped"])
@pytest.mark.parametrize("due", [MONDAY, date(2026, 11, 27), None])
def test_a_promise_that_is_not_overdue_is_closed_without_asking_the_day(
    due: date | None, outcome: str
) -> None:
    talk = conversation(promises=(open_promise(1, "me", due),))
    record, person = held(talk, ("review.1.outcome", outcome))
    assert record.reviews == (ActionReview(1, ReviewOutcome(outcome)),)
    assert person.keys[:2] == ["review.1.outcome", "a.x"]


LATER = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("first", "due", "keys"),
    [
        pytest.param(
            FRIDAY, LATER, ["review.1.on"], id="re-agreed-past-its-first-date"
        ),
        pytest.param(LATER, FRIDAY, [], id="pulled-forward"),
    ],
)
def test_the_day_is_asked_once_the_first_date_has_passed(
    first: date, due: date, keys: list[str]
) -> None:
    """From then on the day decides whether the promise was kept by its first date."""
    promise = open_promise(1, "me", due)._replace(original_due=first)
    _, person = held(conversation(promises=(promise,)), ("review.1.outcome", "done"))
    asked = [key for key in person.keys if key.startswith("review.")]
    assert asked == ["review.1.outcome", *keys]


def test_a_promise_pulled_forward_is_not_called_overdue_before_its_first_date() -> None:
    promise = open_promise(1, "me", FRIDAY)._replace(original_due=LATER)
    _, person = held(conversation(promises=(promise,)))
    assert person.asked[0].help == "By Fri 20 Nov (first Fri 27 Nov)."


def test_a_promise_that_was_handed_over_comes_back_with_whoever_made_it() -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    handover = Event(at, at.date(), EventKind.EDITED, old_owner="me", new_owner="them")
    promise = open_promise(1, "them", FRIDAY)._replace(events=(handover,))
    _, person = held(conversation(promises=(promise,)))
    asked = person.asked[0]
    assert asked.ask == "Priya Shah: Promise 1"
    assert asked.help == (
        "By Fri 20 Nov, 3 days overdue. "
        "Promised by you, handed to Priya Shah on Sat 21 Nov."
    )


def test_a_private_promise_is_marked_where_it_comes_back() -> None:
    """The one it is with may see the screen."""
    promises = (open_promise(1, "me"), open_promise(2, "me")._replace(private=True))
    asked = build_conversation_questions(conversation(promises=promises), {})
    assert [(q.ask, q.private) for q in islice(asked, 2)] == [
        ("You: Promise 1", False),
        ("You: Promise 2", True),
    ]


def review_question(talk: Conversation, outcome: str) -> Question:
    """Return the question that follows what became of promise 1."""
    _, question, *_ = build_conversation_questions(talk, {"review.1.outcome": outcome})
    return question


@pytest.mark.parametrize("outcome", ["done", "dropped"])
def test_the_day_an_overdue_promise_was_closed(outcome: str) -> None:
    """It lies between the day it was made and the talk; unsaid, it is the talk's own day."""
    made = Event(
        datetime(2026, 11, 9, 9, tzinfo=UTC), date(2026, 11, 9), EventKind.MADE
    )
    promise = open_promise(1, "me", FRIDAY)._replace(events=(made,))
    question = review_question(conversation(promises=(promise,)), outcome)
    assert (question.key, question.ask) == ("review.1.on", "On which day?")
    assert check_typed_answer(question, "") is None
    assert [check_typed_answer(question, day) for day in ("thu", "9 nov")] == [
        "2026-11-19",
        "2026-11-09",
    ]
    for day in ("8 nov", "2026-11-24"):
        with pytest.raises(InvalidInput):
            check_typed_answer(question, day)


def test_at_a_terminal_a_promise_is_not_moved_to_the_past() -> None:
    talk = conversation(promises=(open_promise(1, "me", FRIDAY),))
    question = review_question(talk, "moved")
    assert (question.key, question.required) == ("review.1.due", True)
    assert [check_typed_answer(question, day) for day in ("today", "fri")] == [
        "2026-11-23",
        "2026-11-27",
    ]
    with pytest.raises(InvalidInput) as refused:
        check_typed_answer(question, "yesterday")
    assert refused.value.message == (
        "Sunday 22 November 2026 is before Monday 23 November 2026, "
        "the day on which it was agreed."
    )


def test_a_file_may_say_that_a_promise_was_moved_to_a_day_now_past() -> None:
    talk = conversation(promises=(open_promise(1, "me", date(2026, 11, 18)),))
    record, _ = held(
        replace(talk, every_field=True),
        ("review.1.outcome", "moved"),
        ("review.1.due", "2026-11-20"),
        ("review.1.on", "2026-11-17"),
    )
    assert record.reviews == (
        ActionReview(1, ReviewOutcome.MOVED, FRIDAY, date(2026, 11, 17)),
    )


def test_the_record_of_a_conversation() -> None:
    talk = conversation(
        "x text, key = true\nprivate = true\nhealth = true",
        "s scale, low = 0\nhigh = 5\nmeasure = 'ease'",
        "c choices, options = ['one', 'two']",
        "d date",
        "skipped line",
        "not-asked text, when = { prompt = 'a.s', below = 3 }",
    )
    record, _ = held(
        talk,
        ("a.x", "Two\nlines"),
        ("a.s", "4"),
        ("a.c", ["two"]),
        ("a.d", "+2w"),
        (HELD_ON, "fri"),
        (MINUTES, "35"),
    )
    assert record == SessionRecord(
        held_on=FRIDAY,
        minutes=35,
        answers=(
            Answer(
                prompt="x",
                question="x, Priya?",
                kind=PromptKind.TEXT,
                value="Two\nlines",
                private=True,
                key=True,
                health=True,
                stage="a",
                stage_title="All",
            ),
            Answer(
                prompt="s",
                question="s, Priya?",
                kind=PromptKind.SCALE,
                value=4,
                measure="ease",
                low=0,
                high=5,
                stage="a",
                stage_title="All",
            ),
            Answer(
                prompt="c",
                question="c, Priya?",
                kind=PromptKind.CHOICES,
                value=["two"],
                options=("one", "two"),
                stage="a",
                stage_title="All",
            ),
            Answer(
                prompt="d",
                question="d, Priya?",
                kind=PromptKind.DATE,
                value="2026-12-07",
                stage="a",
                stage_title="All",
            ),
            Answer(
                prompt="skipped",
                question="skipped, Priya?",
                kind=PromptKind.LINE,
                value=None,
                stage="a",
                stage_title="All",
            ),
        ),
        promises=(),
        reviews=(),
    )


def test_each_answer_is_saved_before_the_next_question() -> None:
    saved: list[tuple[str, AnswerValue]] = []

    class Watcher(Person):
        def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
            assert [key for key, _ in saved] == self.keys
            return super().ask(question, walk)

    run_interview(
        Walk(conversation("x text", "y line")),
        Watcher(("a.x", "one"), ("a.y", "two")),
        lambda key, value: saved.append((key, value)),
    )
    assert saved == [
        ("a.x", "one"),
        ("a.y", "two"),
        (HELD_ON, "2026-11-23"),
        (MINUTES, None),
    ]


def test_back_offers_the_answer_again_and_those_after_it() -> None:
    talk = conversation("x line", "y line", "z line")
    record, person = held(
        talk,
        ("a.x", "one"),
        ("a.y", "two"),
        ("a.z", BACK),
        ("a.y", BACK),
        ("a.x", "uno"),
        ("a.y", "two"),
    )
    assert list(zip(person.keys, person.offered, strict=True)) == [
        ("a.x", None),
        ("a.y", None),
        ("a.z", None),
        ("a.y", "two"),
        ("a.x", "one"),
        ("a.y", "two"),
        ("a.z", None),
        (HELD_ON, None),
        (MINUTES, None),
    ]
    assert [answer.value for answer in record.answers] == ["uno", "two", None]


def test_back_at_the_first_question_stays_there() -> None:
    record, person = held(conversation("x line"), ("a.x", BACK), ("a.x", "one"))
    assert person.keys == ["a.x", "a.x", HELD_ON, MINUTES]
    assert record.answers[0].value == "one"


def test_back_into_a_condition_asks_what_now_applies() -> None:
    talk = conversation(
        "s scale", "low text, when = { prompt = 'a.s', below = 7 }", "end text"
    )
    record, person = held(
        talk,
        *(
            ("a.s", "3"),
            ("a.low", "words"),
            ("a.end", BACK),
            ("a.low", BACK),
            ("a.s", "9"),
        ),
    )
    assert person.keys[:-2] == ["a.s", "a.low", "a.end", "a.low", "a.s", "a.end"]
    assert [(answer.prompt, answer.value) for answer in record.answers] == [
        ("s", 9),
        ("end", None),
    ]


def test_back_out_of_a_promise_undoes_it() -> None:
    record, person = held(
        conversation("steps actions"),
        ("a.steps.1.what", "Send the rota"),
        ("a.steps.1.owner", BACK),
        ("a.steps.1.what", ""),
    )
    assert person.offered[2] == "Send the rota"
    assert record.promises == ()


def test_back_passes_over_what_was_fixed_beforehand() -> None:
    talk = conversation("x line", "y line")
    fixed = frozenset({HELD_ON, "a.x"})
    walk = Walk(talk, {HELD_ON: "2026-11-20", "a.x": "one"}, fixed_keys=fixed)
    person = Person(("a.y", BACK), ("a.y", "two"), (MINUTES, BACK), ("a.y", "zwei"))
    record = run_interview(walk, person)
    assert person.keys == ["a.y", "a.y", MINUTES, "a.y", MINUTES]
    assert record.held_on == FRIDAY
    assert [answer.value for answer in record.answers] == ["one", "zwei"]


def test_half_typed_text_is_offered_where_it_was_typed() -> None:
    walk = Walk(conversation("x line", "y text"), {"a.x": "one"})
    walk.resume_question("a.y", "Half a sen")
    person = Person()
    run_interview(walk, person)
    assert next(zip(person.keys, person.offered, strict=True)) == ("a.y", "Half a sen")


def test_half_typed_text_of_an_answered_question_returns_to_it() -> None:
    """Whoever went back and was interrupted there goes on there, with nothing lost after it."""
    walk = Walk(conversation("x line", "y line"), {"a.x": "one", "a.y": "two"})
    walk.resume_question("a.x", "one and a ha")
    person = Person()
    run_interview(walk, person)
    assert list(zip(person.keys, person.offered, strict=True))[:2] == [
        ("a.x", "one and a ha"),
        ("a.y", "two"),
    ]


def test_half_typed_text_takes_the_place_of_an_answer_put_aside() -> None:
    walk = Walk(
        conversation("x line", "y line"), {"a.x": "one"}, shelved_answers={"a.y": "two"}
    )
    walk.resume_question("a.y", "two and a ha")
    question = walk.next()
    assert question is not None
    assert (question.key, walk.get_offered_answer(question)) == ("a.y", "two and a ha")
    assert walk.answers == {"a.x": "one"}


def test_taking_up_leaves_what_was_fixed_beforehand() -> None:
    walk = Walk(
        conversation("x line", "y line"),
        {HELD_ON: "2026-11-20", "a.x": "one", "a.y": "two"},
        fixed_keys=frozenset({HELD_ON}),
    )
    walk.resume_question("a.x", "half")
    assert walk.answers == {HELD_ON: "2026-11-20"}
    assert walk.shelved_answers == {"a.x": "half", "a.y": "two"}


def test_recheck_leaves_a_sound_draft_as_it_is() -> None:
    given: dict[str, AnswerValue] = {"a.s": 3, "a.d": "2026-11-27", "a.n": None}
    walk = Walk(conversation("s scale", "d date", "n line"), dict(given))
    walk.recheck()
    assert (walk.answers, walk.shelved_answers) == (given, {})


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        ("s scale", 11),
        ("s choice, options = ['one', 'two']", "three"),
        ("s line, required = true", None),
        ("s number", "many"),
    ],
)
def test_recheck_puts_aside_an_answer_that_fits_no_more(
    prompt: str, value: AnswerValue
) -> None:
    """The question comes again, with the answer offered; what was said before and after stays."""
    walk = Walk(
        conversation("x line", prompt, "y line"),
        {"a.x": "one", "a.s": value, "a.y": "two"},
    )
    walk.recheck()
    question = walk.next()
    assert question is not None
    assert (question.key, walk.get_offered_answer(question)) == ("a.s", value)
    assert walk.answers == {"a.x": "one", "a.y": "two"}


def test_recheck_finds_the_option_that_was_taken_back() -> None:
    talk = conversation("ideas text", "first choice, options_from = 'a.ideas'")
    walk = Walk(talk, {"a.ideas": "Ask Dana\nWait", "a.first": "Cut the updates"})
    walk.recheck()
    assert walk.answers == {"a.ideas": "Ask Dana\nWait"}


def test_recheck_finds_a_move_whose_day_has_passed_since() -> None:
    talk = conversation(promises=(open_promise(1, "me", FRIDAY),))
    walk = Walk(talk, {"review.1.outcome": "moved", "review.1.due": "2026-11-22"})
    walk.recheck()
    question = walk.next()
    assert question is not None
    assert question.key == "review.1.due"


def test_what_is_no_longer_asked_is_not_recorded() -> None:
    """A draft may hold more: the answer to a condition changed after it was given."""
    talk = conversation("s scale", "low text, when = { prompt = 'a.s', below = 7 }")
    walk = Walk(talk, {"a.s": 9, "a.low": "left over"})
    assert [answer.prompt for answer in run_interview(walk, Person()).answers] == ["s"]


def test_a_record_can_be_taken_half_way() -> None:
    talk = conversation(
        "x line", "steps actions", "y line", promises=(open_promise(1, "me"),)
    )
    walk = Walk(
        talk, {"review.1.outcome": "done", "a.x": "one", "a.steps.1.what": "Send it"}
    )
    record = walk.build_record()
    assert [(answer.prompt, answer.value) for answer in record.answers] == [
        ("x", "one")
    ]
    assert record.promises == (Promise("Send it", "me"),)
    assert (record.held_on, record.minutes) == (MONDAY, None)
    assert record.reviews == (ActionReview(1, ReviewOutcome.DONE),)


MOVES = st.lists(st.sampled_from(["", "<", "3", "9", "words", "fri"]), max_size=25)


@given(MOVES)
@settings(max_examples=50, deadline=None)
def test_however_one_goes_back_and_forth_the_walk_is_the_sequence_of_its_answers(
    moves: list[str],
) -> None:
    """What counts is what was answered in the end, never the way there."""
    talk = conversation(
        "s scale",
        "low text, when = { prompt = 'a.s', below = 7 }",
        "steps actions",
        "end date",
    )
    walk = Walk(talk)
    for move in moves:
        question = walk.next()
        if question is None:
            break
        if move == "<":
            walk.back()
            continue
        try:
            walk.put(question, check_typed_answer(question, move))
        except InvalidInput:
            continue
    assert walk.build_record() == Walk(talk, dict(walk.answers)).build_record()
    asked: dict[str, AnswerValue] = {}
    for question in build_conversation_questions(talk, asked):
        if question.key not in walk.answers:
            break
        asked[question.key] = walk.answers[question.key]
    assert list(asked.items()) == list(walk.answers.items())
