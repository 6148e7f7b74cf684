"""Every shipped conversation can be held: in the shortest way, the longest, and in pieces."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from coachlog.interview import corrections
from coachlog.interview.checks import check_answer, check_typed_answer
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action, ActionStatus, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.records import SessionRecord
from coachlog.model.references import PersonRef
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.model.templates import Occurrence, Prompt, Template, TemplateAudience
from coachlog.templates import library
from coachlog.terminal.template_search import find_templates
from earlier_prompts import EARLIER_PROMPTS
from meeting_templates import meeting

MONDAY = date(2026, 11, 23)
FILES = sorted(library.find_builtin_folder().glob("*.toml"))
SHIPPED = {path.stem: path for path in FILES}
PRIYA, DR_MARSH = PersonRef(1, "Priya Shah"), PersonRef(2, "Dr Marsh")
OTHERS = {
    TemplateAudience.ONE_TO_ONE: ("Priya Shah", None),
    TemplateAudience.THREE_WAY: ("Priya Shah", "Helen Carr"),
    TemplateAudience.SOLO: (None, None),
}
"""Who else is there in a conversation for each audience but a group's."""
OPEN = Action(
    7, "u7", PRIYA, 1, "Send last year's agenda", "me", date(2026, 11, 20), carried=1
)
FRIDAY = date(2026, 11, 20)
DUE = (
    Action(8, "u8", None, 1, "Call Ana", "me", FRIDAY, FRIDAY),
    Action(9, "u9", DR_MARSH, 1, "Ask", "me", FRIDAY, FRIDAY, status=ActionStatus.DONE),
)


@cache
def template(id: str) -> Template:
    return library.read_template_file(SHIPPED[id], builtin=True)


WITHOUT_A_SET = [
    id for id in SHIPPED if template(id).audience is not TemplateAudience.GROUP
]
OWN_TANK = "tank"
"""All of it is about health: nothing is promised there, and nothing is quoted of it."""
LONG_NAME = "Bartholomew-Alexander Featherstonehaugh"
WHICH_OF = (PromptKind.CHOICE, PromptKind.CHOICES, PromptKind.PROMISES)
"""The kinds that show what there is to choose from."""
MEDICAL = re.compile(r"diagnos|illness|\bill\b|sick|medical|condition|symptom", re.I)
OTHERS_MAY_READ = "You may share this: leave health out."
CHECK_OUT = "What is $them taking away?"


def conversation(id: str) -> Conversation:
    found = template(id)
    if found.audience is TemplateAudience.GROUP:
        return replace(meeting(promises=(OPEN,)), template=found)
    them, third = OTHERS[found.audience]
    return Conversation(
        found,
        today=MONDAY,
        latest_day=MONDAY,
        began_on=MONDAY,
        them=them,
        third=third,
        me="Tom Reed",
        open_actions=(OPEN,) if them else (),
        due_actions=DUE if corrections.find_promises_prompt(found) else (),
    )


class Brief:
    """Presses Enter at every question, and picks the first option where one has to."""

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        if question.kind is PromptKind.CHOICES and question.default:
            return question.default
        if question.required and question.default is None:
            return check_answer(question, question.options[0])
        return check_typed_answer(question, "")


class Thorough:
    """Answers every question, with low numbers and a “no” so that follow-ups are asked too."""

    def __init__(self, scale: str = "2", yes: bool = False) -> None:
        self.scale = scale
        self.yes = yes

    def ask(self, question: Question, walk: Walk) -> AnswerValue:
        last = question.key.split(".")[-1]
        if (
            last in ("what", "sharper", "question")
            and len(question.key.split(".")) == 4
        ):
            number = int(question.key.split(".")[2])
            return self._promise(question, last, number)
        if question.key in (":order.1", ":order.2"):
            return check_answer(question, question.options[0])
        match question.kind:
            case PromptKind.TEXT:
                return check_typed_answer(
                    question, f"One for {question.key}\nTwo\n- Three"
                )
            case PromptKind.LINE:
                return check_typed_answer(question, f"A line for {question.key}")
            case PromptKind.CHOICE:
                return check_answer(question, question.options[-1])
            case PromptKind.CHOICES | PromptKind.PROMISES:
                return check_answer(question, list(question.options))
            case PromptKind.SCALE | PromptKind.NUMBER:
                return check_typed_answer(question, self.scale)
            case PromptKind.YESNO:
                return check_answer(question, self.yes)
            case _:
                return check_typed_answer(
                    question, "fri" if question.ahead else "yesterday"
                )

    @staticmethod
    def _promise(question: Question, last: str, number: int) -> AnswerValue:
        if last == "sharper":
            return check_typed_answer(question, "Send Dana three dates")
        said = ["Look into dates", "Book the room", ""]
        if last == "question":
            said = ["Ann: What do you see?", "Have you asked?", ""]
        return check_typed_answer(question, said[number - 1])


def held(
    id: str, answerer: Brief | Thorough
) -> tuple[list[tuple[str, AnswerValue]], SessionRecord]:
    steps: list[tuple[str, AnswerValue]] = []
    record = run_interview(
        Walk(conversation(id)), answerer, lambda key, value: steps.append((key, value))
    )
    return steps, record


def answers(record: SessionRecord) -> list[Answer]:
    """Return all answers of a record, those given in slots too."""
    turns = record.meeting.slots if record.meeting else ()
    return [*record.answers, *(answer for turn in turns for answer in turn.answers)]


def promises(record: SessionRecord) -> list[list[Promise]]:
    """Return the promises of a talk, or of each slot."""
    if record.meeting is None:
        return [list(record.promises)]
    return [[promise for _, promise in turn.promises] for turn in record.meeting.slots]


def test_these_conversations_are_shipped() -> None:
    assert set(SHIPPED) >= {
        *(
            "quick",
            "check-in",
            "grow",
            "tgrow",
            "oskar",
            "clear",
            "fuel",
            "stepppa",
            "woop",
        ),
        *(
            "scaling",
            "thinking",
            "cigar",
            "gibbs",
            "what3",
            "sbi",
            "career",
            "stay",
            "return",
        ),
        *("wellbeing", "pdp", "als", "als-wial", "shadow", "words-deeds", "agreement"),
        *("coach-log", "closing"),
        *("first-1-1", "settling-in", "concern", "news", "between-two", "request"),
        *("after-event", "leaving"),
        *("coached", "first-plan", "three-way", "workshop"),
    }


@pytest.mark.parametrize("id", SHIPPED)
def test_every_conversation_of_two_has_its_occasion(id: str) -> None:
    for_two = template(id).audience is TemplateAudience.ONE_TO_ONE
    assert (template(id).occasion is not None) == for_two


@pytest.mark.parametrize("id", [id for id in SHIPPED if id != OWN_TANK])
def test_every_answer_has_a_place_and_something_to_quote(id: str) -> None:
    found = template(id)
    prompts = [prompt for stage in found.stages for prompt in stage.prompts]
    assert [prompt for prompt in prompts if prompt.key] != []
    assert [prompt.kind for prompt in prompts].count(PromptKind.ACTIONS) == 1
    private_key_prompts = [
        prompt for prompt in prompts if prompt.key and prompt.private
    ]
    # A note to oneself, which a brief counts unasked; whatever else is private, it does not.
    assert all(prompt.kind is PromptKind.TEXT for prompt in private_key_prompts)
    assert not [prompt.id for prompt in prompts if prompt.key and prompt.health]


def test_notes_to_oneself_come_back() -> None:
    found = {
        f"{id}: {stage.id}.{prompt.id}"
        for id in SHIPPED
        for stage in template(id).stages
        for prompt in stage.prompts
        if prompt.key and prompt.private
    }
    assert found == {
        "check-in: ahead.noticed",
        "closing: feedback.helped-less",
        "coached: next.to-myself",
        "coach-log: use.ask-there",
        "leaving: learn.from-you",
        "pdp: upward.from-you",
        "quick: capture.check",
        "stay: push.elsewhere",
        "words-deeds: promises.explanation",
    }


@pytest.mark.parametrize("id", SHIPPED)
def test_what_comes_back_is_little_and_nothing_twice(id: str) -> None:
    """A brief has room for four answers, and says the number of a measure by its trend."""
    keys = [prompt for prompt in template(id).prompts.values() if prompt.key]
    for occurrence in Occurrence:
        assert len([key for key in keys if key.only in (None, occurrence)]) <= 4
    assert [prompt.id for prompt in keys if prompt.measure or prompt.health] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_a_conversation_of_two_has_an_occasion_and_no_other_has_one(id: str) -> None:
    found = template(id)
    is_of_two = found.audience is TemplateAudience.ONE_TO_ONE
    assert (found.occasion is not None) == is_of_two


@pytest.mark.parametrize("id", SHIPPED)
def test_promises_are_made_after_what_is_decided(id: str) -> None:
    """Else promises would be kept for what was let go a moment later."""
    decided_later = {"closing: onward.notes"}
    seen_promises = False
    for place, prompt in template(id).prompts.items():
        seen_promises |= prompt.kind is PromptKind.ACTIONS
        if seen_promises and f"{id}: {place}" not in decided_later:
            assert prompt.kind not in (PromptKind.CHOICE, PromptKind.CHOICES), place


@pytest.mark.parametrize(
    "id", ["grow", "tgrow", "fuel", "oskar", "stepppa", "career", "thinking"]
)
def test_the_last_word_is_theirs(id: str) -> None:
    asks = [prompt.ask for prompt in template(id).prompts.values()]
    kinds = [prompt.kind for prompt in template(id).prompts.values()]
    assert asks.count(CHECK_OUT) == 1
    assert asks.index(CHECK_OUT) < max(
        number for number, kind in enumerate(kinds) if kind is PromptKind.DATE
    )


@pytest.mark.parametrize("id", SHIPPED)
def test_each_follow_up_can_be_asked_and_can_be_left_out(id: str) -> None:
    prompts = template(id).prompts
    followed = [prompt.when for prompt in prompts.values() if prompt.when]
    for condition in followed:
        values = list_answers(prompts[condition.prompt])
        met = {is_met(condition.test, condition.value, value) for value in values}
        assert met == {True, False}, condition


def list_answers(prompt: Prompt) -> list[AnswerValue]:
    """Return one answer for each way in which a prompt can be answered, none at all included."""
    match prompt.kind:
        case PromptKind.SCALE:
            return [None, *range(prompt.low, prompt.high + 1)]
        case PromptKind.YESNO:
            return [None, True, False]
        case PromptKind.CHOICE | PromptKind.CHOICES:
            # The lines of an earlier answer stand in for options that are not in the file.
            return [None, *(prompt.options or ("words",))]
        case _:
            return [None, "words"]


def is_met(test: str, expected: AnswerValue, value: AnswerValue) -> bool:
    """Return whether a condition holds for an answer."""
    if test == "answered":
        return (value is not None) == expected
    if test == "is":
        return value == expected
    assert isinstance(expected, int)
    if not isinstance(value, int):
        return False
    return value < expected if test == "below" else value > expected


@pytest.mark.parametrize("id", EARLIER_PROMPTS)
def test_the_name_of_a_prompt_that_is_gone_leads_to_another(id: str) -> None:
    found = template(id)
    earlier = set(EARLIER_PROMPTS[id].split())
    replaced = [name for prompt in found.prompts.values() for name in prompt.replaces]
    assert set(replaced) == earlier - set(found.prompts)


def test_whoever_is_worried_reads_whom_to_call_even_after_a_no() -> None:
    worry = template("wellbeing").prompts["safety.at-risk"]
    assert worry.when is None
    assert worry.help
    missing = [
        number for number in ("999", "111", "116 123") if number not in worry.help
    ]
    assert missing == []
    assert template("wellbeing").prompts["safety.told"].health


def test_whoever_fears_for_a_life_is_told_to_ask() -> None:
    safety = next(s for s in template("wellbeing").stages if s.id == "safety")
    assert "Asking does not put the idea there." in str(safety.guidance)
    feelings = next(s for s in template("stepppa").stages if s.id == "emotion")
    missing = [
        number
        for number in ("999", "111", "116 123")
        if number not in str(feelings.guidance)
    ]
    assert missing == []


@pytest.mark.parametrize("id", SHIPPED)
def test_health_is_kept_out_of_what_others_may_read_in_one_sentence(id: str) -> None:
    """Promises apart, which have a sentence of their own."""
    for prompt in template(id).prompts.values():
        if prompt.kind is PromptKind.ACTIONS:
            continue
        others_read = OTHERS_MAY_READ in (prompt.help or "")
        rest = (prompt.help or "").replace(OTHERS_MAY_READ, "")
        assert re.search(r"(?i)nothing about health|others may|quoted", rest) is None
        assert not (others_read and (prompt.private or prompt.health))


def test_a_thank_you_needs_no_plan() -> None:
    prompts = template("sbi").prompts
    conditions = [prompts[f"next.{id}"].when for id in ("steps", "review")]
    assert {c.prompt for c in conditions if c} == {"next.follow-up"}


@pytest.mark.parametrize("id", SHIPPED)
def test_nobody_is_asked_what_is_wrong_with_them(id: str) -> None:
    asked = [prompt.ask for prompt in template(id).prompts.values()]
    assert [ask for ask in asked if MEDICAL.search(ask)] == []


@pytest.mark.parametrize(
    "id",
    [
        *("settling-in", "concern", "news", "between-two", "request"),
        *("after-event", "leaving"),
    ],
)
def test_where_there_is_a_procedure_the_guidance_sends_to_it(id: str) -> None:
    guidance = [stage.guidance or "" for stage in template(id).stages]
    assert [words for words in guidance if re.search(r"\bHR\b", words)] != []


def test_after_a_hard_event_nobody_asks_for_the_story() -> None:
    asked = " ".join(prompt.ask for prompt in template("after-event").prompts.values())
    assert re.search(r"happen|went|see or hear|feel about", asked) is None
    assert "Do not press for the story" in str(
        template("after-event").stages[0].guidance
    )


@pytest.mark.parametrize("id", SHIPPED)
def test_every_name_in_the_wording_is_filled_in(id: str) -> None:
    talk = conversation(id)
    texts = [
        text for stage in talk.template.stages for text in (stage.title, stage.guidance)
    ]
    for stage in talk.template.stages:
        texts += [
            text for prompt in stage.prompts for text in (prompt.ask, prompt.help)
        ]
    assert [text for text in texts if text and "$" in talk.fill_names(text)] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_the_wording_fits_a_terminal(id: str) -> None:
    talk = conversation(id)
    if talk.them:
        talk = replace(talk, them=LONG_NAME)
    prompts = talk.template.prompts.values()
    asked = [talk.fill_names(prompt.ask) for prompt in prompts]
    assert [ask for ask in asked if len(ask) > 90 or not ask.endswith("?")] == []
    helps = [talk.fill_help(prompt) or "" for prompt in prompts]
    assert [help for help in helps if len(help) > 105] == []
    assert len(talk.template.summary) <= 62


@pytest.mark.parametrize("id", SHIPPED)
def test_which_is_asked_only_where_there_is_something_to_choose_from(id: str) -> None:
    assert [
        prompt.ask
        for prompt in template(id).prompts.values()
        if prompt.ask.startswith("Which") and prompt.kind not in WHICH_OF
    ] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_the_shortest_way_records_only_that_it_took_place(id: str) -> None:
    talk = conversation(id)
    _, record = held(id, Brief())
    meeting = record.meeting
    assert record == SessionRecord(
        *(MONDAY, None, record.answers, (), ()),
        meeting=meeting,
        is_of_three=talk.template.audience is TemplateAudience.THREE_WAY,
        again=talk.template.again,
    )
    said = [
        answer for answer in answers(record) if answer.kind is not PromptKind.PROMISES
    ]
    assert {str(answer.value) for answer in said} == {"None"}
    slots = len(meeting.slots) if meeting else 0
    assert len(said) <= (slots + 1) * sum(
        len(stage.prompts) for stage in talk.template.stages
    )


@pytest.mark.parametrize("id", SHIPPED)
def test_the_longest_way_leaves_no_question_out(id: str) -> None:
    """Between two people who answer all, one low and one high, every prompt is asked."""
    talk = conversation(id)
    prompts = [(s.id, p.id, p.kind) for s in talk.template.stages for p in s.prompts]
    seen: set[tuple[str, str, PromptKind]] = set()
    promised: set[tuple[str, ...]] = set()
    for person in (Thorough("2"), Thorough("9", yes=True)):
        _, record = held(id, person)
        seen |= {(a.stage, a.prompt, a.kind) for a in answers(record)}
        assert None not in [answer.value for answer in answers(record)]
        promised |= {tuple(p.what for p in told) for told in promises(record)}
    all_promised = {("Send Dana three dates", "Book the room")}
    assert promised - {()} == (set() if id == OWN_TANK else all_promised)
    assert seen == {row for row in prompts if row[2] is not PromptKind.ACTIONS}


@pytest.mark.parametrize("id", [id for id in WITHOUT_A_SET if id != OWN_TANK])
def test_what_the_longest_way_records(id: str) -> None:
    solo = template(id).audience is TemplateAudience.SOLO
    _, record = held(id, Thorough(yes=True))
    key = _actions_key(id)
    support = None
    if template(id).prompts[key].support:
        support = f"A line for {key}.1.support"
    promise = Promise(
        what="Send Dana three dates",
        owner="me" if solo else f"A line for {key}.1.owner-name",
        due=date(2026, 11, 27),
        done_when=f"A line for {key}.1.done_when",
        support=support,
        private=id == "coach-log",
    )
    assert record.promises[0] == promise
    assert (record.held_on, record.minutes) == (date(2026, 11, 22), 2)
    assert record.reviews == (() if solo else (ActionReview(7, ReviewOutcome.DROPPED),))


def _actions_key(id: str) -> str:
    return next(
        f"{stage.id}.{prompt.id}"
        for stage in template(id).stages
        for prompt in stage.prompts
        if prompt.kind is PromptKind.ACTIONS
    )


@pytest.mark.parametrize("person", [Brief(), Thorough(), Thorough("9", yes=True)])
@pytest.mark.parametrize("id", SHIPPED)
def test_interrupted_at_any_question_and_resumed_gives_the_same_record(
    id: str, person: Brief | Thorough
) -> None:
    steps, whole = held(id, person)
    for number in range(len(steps) + 1):
        resumed = Walk(conversation(id), dict(steps[:number]))
        assert run_interview(resumed, person) == whole
        assert list(resumed.answers.items()) == steps


@pytest.mark.parametrize("id", SHIPPED)
def test_going_back_to_the_start_and_forward_again_gives_the_same_record(
    id: str,
) -> None:
    person = Thorough()
    steps, whole = held(id, person)
    walk = Walk(conversation(id), dict(steps))
    gone_back = []
    while (question := walk.back()) is not None:
        gone_back.append(question.key)
    assert gone_back == [key for key, _ in reversed(steps)]
    assert walk.answers == {}
    while (question := walk.next()) is not None:
        walk.put(question, walk.get_offered_answer(question))
    assert list(walk.answers.items()) == steps
    assert walk.build_record() == whole


@pytest.mark.parametrize("id", SHIPPED)
def test_the_day_and_the_minutes_come_last(id: str) -> None:
    steps, _ = held(id, Brief())
    assert [key for key, _ in steps][-2:] == [HELD_ON, MINUTES]


@pytest.mark.parametrize(
    "words", ["coached", "my coach", "my mentor", "my supervisor", "being coached"]
)
def test_whoever_is_coached_finds_their_conversation(words: str) -> None:
    templates = [template(id) for id in SHIPPED]
    assert [found.id for found in find_templates(templates, words)] == ["coached"]


@pytest.mark.parametrize("words", ["one-day workshop", "card", "training day"])
def test_whoever_leaves_a_workshop_finds_the_card(words: str) -> None:
    templates = [template(id) for id in SHIPPED]
    assert [found.id for found in find_templates(templates, words)] == ["workshop"]


def test_support_is_asked_for_where_a_plan_is_made() -> None:
    """Anywhere else it would be one more Enter for each promise."""
    asking = {
        id
        for id in SHIPPED
        for prompt in template(id).prompts.values()
        if prompt.support
    }
    assert asking == {"first-plan", "three-way"}
