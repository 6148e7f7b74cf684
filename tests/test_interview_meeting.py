"""A meeting of a set as a sequence: who is here, who presents, slot by slot, and what is kept."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.errors import InvalidInput
from coachlog.interview.back import BACK, Back
from coachlog.interview.checks import check_answer, check_typed_answer
from coachlog.interview.conversation import Question
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.interview.meeting import (
    NOBODY,
    list_eligible_members,
    match_members,
    sum_slot_minutes,
)
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.stages import split_asker
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.actions import Action, Promise
from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.references import PersonRef, SetRef
from coachlog.model.reviews import ActionReview, ReviewOutcome
from coachlog.model.sessions import Answer
from coachlog.model.sets import MeetingRecord, Member, SetRole, SlotRecord
from coachlog.rules import question_tags
from meeting_templates import (
    ANN,
    ARRIVE,
    BEN,
    CARA,
    CIRCLE,
    CLOSE,
    FAY,
    HEAD,
    ME,
    MONDAY,
    PRESENT,
    SINCE,
    meeting,
    member,
    template,
    ward_leads,
)

EVERYONE = ["ann-obi", "ben-cole", "cara-diaz", "me"]


class Facilitator:
    """Types what was written down, by key; otherwise Enter, which takes the first row of a list."""

    def __init__(self, replies: Mapping[str, object]) -> None:
        self.replies = dict(replies)
        self.asked: list[Question] = []

    def ask(self, question: Question, walk: Walk) -> AnswerValue | Back:
        self.asked.append(question)
        if question.key in self.replies:
            reply = self.replies.pop(question.key)
            if isinstance(reply, Back):
                return reply
            if question.kind in (
                PromptKind.CHOICE,
                PromptKind.CHOICES,
                PromptKind.YESNO,
            ):
                return check_answer(question, reply)
            return check_typed_answer(question, str(reply))
        if question.kind is PromptKind.CHOICES:
            return check_answer(question, question.default)
        if question.kind is PromptKind.CHOICE and not question.offers_skip:
            return question.values[0]
        if question.kind is PromptKind.CHOICE and question.required:
            return (question.values or question.options)[0]
        return check_typed_answer(question, "")

    @property
    def keys(self) -> list[str]:
        return [question.key for question in self.asked]

    def question(self, key: str) -> Question:
        return next(question for question in self.asked if question.key == key)


def hold(
    replies: Mapping[str, object], **given: object
) -> tuple[MeetingRecord, Facilitator, Walk]:
    person = Facilitator(replies)
    walk = Walk(meeting(**given))  # type: ignore[arg-type]
    record = run_interview(walk, person)
    assert person.replies == {}
    assert record.meeting is not None
    assert record.promises == ()
    return record.meeting, person, walk


def slot(presenter: str, *names: str) -> list[str]:
    return [f"{presenter}:{name}" for name in names]


WHOLE_SLOT = (
    *(
        "issue",
        "present.problem",
        "ask.asked.1.question",
        "ask.steps.1.what",
        "ask.sure",
    ),
    "minutes",
)


def test_the_questions_of_a_meeting_in_order() -> None:
    order = {":order.1": "ben-cole", ":order.2": "ann-obi", ":order.3": NOBODY}
    found, person, _ = hold(order)
    assert person.keys == [
        *(":present", "arrive.mood", ":order.1", ":order.2", ":order.3"),
        *slot("ben-cole", *WHOLE_SLOT),
        "2:presenter",
        *slot("ann-obi", *WHOLE_SLOT),
        "3:presenter",
        *("close.learned", HELD_ON, MINUTES),
    ]
    assert found.present == (1, 2, 3, 4)
    assert [turn.member for turn in found.slots] == [BEN.id, ANN.id]


def test_everybody_is_marked_as_present_until_the_mark_is_taken_away() -> None:
    found, person, _ = hold({":present": ["ann-obi", "me"], ":order.1": NOBODY})
    question = person.question(":present")
    assert question.options == ("Ann Obi", "Ben Cole", "Cara Diaz", "me")
    assert question.default == EVERYONE
    assert found == MeetingRecord((ANN.id, ME.id))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(
            ["ann-obi"], "That is 1; at least 2 are needed.", id="a-meeting-of-one"
        ),
        pytest.param([], "This needs an answer.", id="of-nobody"),
        pytest.param(
            ["fay-lund", "me"], "“fay-lund” should be one of", id="the-facilitator"
        ),
    ],
)
def test_a_meeting_needs_two_members(given: list[str], message: str) -> None:
    question = next(build_conversation_questions(meeting(), {}))
    with pytest.raises(InvalidInput, match=message):
        check_answer(question, given)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param([ANN, BEN, FAY], [ANN, BEN], id="a-facilitator-does-not-present"),
        pytest.param(
            [ANN, member(2, "Ben Cole", archived=True)],
            [ANN],
            id="archived-is-not-asked-for",
        ),
        pytest.param(
            [ANN, member(2, "Ben Cole", left=MONDAY)],
            [ANN, member(2, "Ben Cole", left=MONDAY)],
            id="on-the-last-day",
        ),
        pytest.param(
            [ANN, member(2, "Ben Cole", left=date(2026, 11, 22))],
            [ANN],
            id="left-the-day-before",
        ),
        pytest.param(
            [
                member(1, "Ann Obi", left=date(2026, 10, 1)),
                BEN,
                member(6, "Ann Obi", person=1),
            ],
            [BEN, member(6, "Ann Obi", person=1)],
            id="back-again-is-one-person",
        ),
    ],
)
def test_who_can_be_at_a_meeting(who: list[Member], expected: list[Member]) -> None:
    assert list(list_eligible_members(meeting(found=ward_leads(*who)))) == expected


def test_only_who_is_here_can_present_and_nobody_twice() -> None:
    _, person, _ = hold(
        {
            ":present": ["ann-obi", "cara-diaz"],
            ":order.1": "cara-diaz",
            ":order.2": NOBODY,
        }
    )
    assert person.question(":order.1").options == (
        "Ann Obi",
        "Cara Diaz",
        "nobody today",
    )
    assert person.question(":order.2").options == ("Ann Obi", "that is all")
    assert person.question("2:presenter").options == ("nobody else today", "Ann Obi")


def test_a_slot_can_be_added_left_out_and_moved_as_the_meeting_goes() -> None:
    """Ann and Ben were planned; Cara goes second, then Ben is left out and I present."""
    found, person, _ = hold(
        {
            ":order.1": "ann-obi",
            ":order.2": "ben-cole",
            ":order.3": NOBODY,
            "2:presenter": "cara-diaz",
            "3:presenter": "me",
            "4:presenter": NOBODY,
        }
    )
    assert person.question("2:presenter").options == (
        *("Ben Cole, as planned", "Cara Diaz", "me", "nobody else today"),
    )
    assert [turn.member for turn in found.slots] == [ANN.id, CARA.id, ME.id]


def test_when_all_have_presented_nobody_is_asked_for() -> None:
    pair = {
        ":present": ["ann-obi", "ben-cole"],
        ":order.1": "ann-obi",
        ":order.2": "ben-cole",
    }
    _, person, _ = hold(pair)
    assert [key for key in person.keys if key.endswith(":presenter")] == ["2:presenter"]


def test_a_slot_has_answers_questions_and_promises_of_its_own() -> None:
    found, person, _ = hold(
        {
            ":order.1": "ann-obi",
            ":order.2": "me",
            ":order.3": NOBODY,
            "ann-obi:issue": "The rota",
            "ann-obi:present.problem": "Rows",
            "ann-obi:minutes": "31",
            "ann-obi:ask.asked.1.question": "ben: What have you tried?",
            "ann-obi:ask.asked.1.tag": "open",
            "ann-obi:ask.asked.2.question": "Have you asked them?",
            "ann-obi:ask.best": "Have you asked them?",
            "ann-obi:ask.steps.1.what": "Ask the night team",
            "ann-obi:ask.steps.1.due": "fri",
            "ann-obi:ask.steps.2.what": "Send a rota",
            "ann-obi:ask.steps.2.owner": "ben-cole",
            "ann-obi:ask.steps.3.what": "Ring Ann",
            "ann-obi:ask.steps.3.owner": "me",
            "ann-obi:ask.sure": "6",
            "ann-obi:ask.lift": "A friend",
            "me:present.problem": "Saying no",
            "me:ask.steps.1.what": "Say no once",
            "me:ask.steps.2.what": "Listen",
            "me:ask.steps.2.owner": "cara-diaz",
        }
    )
    first, second = found.slots
    assert first[:3] == (ANN.id, "The rota", 31)
    assert [(a.question, a.kind, a.value) for a in first.answers] == [
        ("What is Ann's problem?", "line", "Rows"),
        (
            "What questions were asked?",
            "questions",
            [
                {"question": "What have you tried?", "by": "Ben Cole", "tag": "open"},
                {"question": "Have you asked them?", "by": None, "tag": None},
            ],
        ),
        ("Which one helped most?", "choice", "Have you asked them?"),
        ("How sure?", "scale", 6),
        ("What would lift it?", "line", "A friend"),
    ]
    assert first.answers[2].options == ("What have you tried?", "Have you asked them?")
    # Ann's own and Ben's stand in their own plans, mine in the plan of Ann, whom it is for.
    assert first.promises == (
        (ANN.person, Promise("Ask the night team", "them", date(2026, 11, 27))),
        (BEN.person, Promise("Send a rota", "them")),
        (ANN.person, Promise("Ring Ann", "me")),
    )
    assert second.promises == (
        (None, Promise("Say no once", "me")),
        (CARA.person, Promise("Listen", "them")),
    )
    assert person.question("ann-obi:ask.steps.1.owner").options == (
        *("Ann Obi", "Ben Cole", "Cara Diaz", "me"),
    )
    assert person.question("me:ask.steps.1.owner").options[0] == "me"


def test_a_condition_looks_into_its_own_slot() -> None:
    """The first presenter is not sure and the second one is: only the first is asked for a lift."""
    pair = {":order.1": "ann-obi", ":order.2": "ben-cole", ":order.3": NOBODY}
    _, person, _ = hold({**pair, "ann-obi:ask.sure": "3", "ben-cole:ask.sure": "9"})
    assert [key for key in person.keys if key.endswith("lift")] == ["ann-obi:ask.lift"]


def test_the_set_is_named_outside_of_slots_and_the_presenter_inside() -> None:
    _, person, _ = hold({":order.1": "cara-diaz", ":order.2": NOBODY})
    assert person.question("arrive.mood").ask == "How do you arrive at Ward leads?"
    assert person.question("cara-diaz:present.problem").ask == "What is Cara's problem?"
    assert person.question("cara-diaz:issue").ask == "What is Cara Diaz bringing?"


def test_promises_of_every_member_come_back_first_by_name() -> None:
    ann, ben = PersonRef(1, "Ann Obi"), PersonRef(2, "Ben Cole")

    def promise(id: int, owner: str, who: PersonRef | None) -> Action:
        return Action(
            id, f"u{id}", who, 1, f"Do {id}", owner, set=SetRef(1, "Ward leads")
        )

    promises = (promise(4, "them", ann), promise(5, "me", None), promise(6, "me", ben))
    _, person, walk = hold(
        {"review.4.outcome": "done", ":order.1": NOBODY}, promises=promises
    )
    assert [q.ask for q in person.asked[:3]] == [
        "Ann Obi: Do 4",
        "You: Do 5",
        "You: Do 6",
    ]
    assert person.keys[3] == ":present"
    assert walk.build_record().reviews == (
        ActionReview(4, ReviewOutcome.DONE),
        ActionReview(5, ReviewOutcome.OPEN),
        ActionReview(6, ReviewOutcome.OPEN),
    )


def test_going_back_crosses_from_one_slot_into_the_one_before() -> None:
    order = {":order.1": "ann-obi", ":order.2": "ben-cole", ":order.3": NOBODY}
    walk = Walk(meeting())
    person = Facilitator(
        order
        | {"ann-obi:minutes": "9", "cara-diaz:issue": BACK, "2:presenter": "cara-diaz"}
    )
    while (question := walk.next()) and question.key != "cara-diaz:issue":
        walk.put(question, person.ask(question, walk))  # type: ignore[arg-type]
    assert walk.answers["2:presenter"] == "cara-diaz"
    assert walk.back() is not None
    assert [q.key for q in (walk.next(),) if q] == ["2:presenter"]
    assert walk.back() is not None
    pending = walk.next()
    assert pending is not None
    assert (pending.key, walk.get_offered_answer(pending)) == ("ann-obi:minutes", 9)


def test_steps_so_far_lead_into_the_right_slot_again() -> None:
    order = {":order.1": "ann-obi", ":order.2": "ben-cole", ":order.3": NOBODY}
    whole = Walk(meeting())
    person = Facilitator(order)
    steps: list[tuple[str, AnswerValue]] = []
    run_interview(whole, person, lambda key, value: steps.append((key, value)))
    for count in range(len(steps)):
        resumed = Walk(meeting(), dict(steps[:count]))
        pending = resumed.next()
        assert pending is not None
        assert pending.key == steps[count][0]


def test_words_stay_with_their_presenter_when_another_one_goes_first() -> None:
    """Ben told his problem; then Ann goes first, and Ctrl-C comes before anything else is typed."""
    saved: dict[str, AnswerValue] = {}
    walk = Walk(meeting())
    told = {":order.1": "ben-cole", ":order.2": NOBODY, "ben-cole:issue": "Ben's own"}
    person = Facilitator(told | {"ben-cole:present.problem": "Ben's problem"})
    while (question := walk.next()) and question.key != "ben-cole:ask.asked.1.question":
        saved[question.key] = reply = person.ask(question, walk)  # type: ignore[assignment]
        walk.put(question, reply)  # type: ignore[arg-type]
    while (question := walk.back()) and question.key != ":order.1":
        pass
    saved[":order.1"] = "ann-obi"
    resumed = Walk(meeting(), dict(saved))
    pending = resumed.next()
    assert pending is not None
    assert (pending.key, resumed.get_offered_answer(pending)) == ("ann-obi:issue", None)
    meeting_record = resumed.build_record().meeting
    assert meeting_record is not None
    assert [slot.answers for slot in meeting_record.slots if slot.answers] == []


def test_who_is_archived_while_a_meeting_is_interrupted_keeps_the_slot() -> None:
    gone = ward_leads(ANN, member(2, "Ben Cole", archived=True, left=SINCE), CARA)
    assert [one.slug for one in gone.list_members_on(MONDAY)] == [
        "ann-obi",
        "cara-diaz",
    ]
    back = gone.restore_members({"ben-cole"})
    assert [one.slug for one in back.list_members_on(MONDAY)] == [
        "ann-obi",
        "ben-cole",
        "cara-diaz",
    ]


def test_who_facilitates_now_is_no_member_who_can_present() -> None:
    both = ward_leads(
        ANN,
        BEN,
        member(3, "Cara Diaz", left=MONDAY),
        member(6, "Cara Diaz", person=3, role=SetRole.FACILITATOR),
    )
    assert [one.slug for one in both.list_members_on(MONDAY)] == ["ann-obi", "ben-cole"]


def test_a_member_called_other_owns_what_they_promise() -> None:
    other = member(7, "Other")
    found, _, _ = hold(
        {":order.1": "other", ":order.2": NOBODY, "other:ask.steps.1.what": "Write it"},
        found=ward_leads(ANN, other),
    )
    assert found.slots[0].promises == ((other.person, Promise("Write it", "them")),)


def test_a_group_template_without_slots_is_asked_once() -> None:
    found, person, _ = hold({}, text=HEAD + ARRIVE + CLOSE)
    assert person.keys == [":present", "arrive.mood", "close.learned", HELD_ON, MINUTES]
    assert found.slots == ()


def test_promises_outside_of_slots_can_be_anyones() -> None:
    whole = CLOSE + '[[stage.prompt]]\nid = "steps"\nask = "What?"\nkind = "actions"\n'
    found, person, _ = hold(
        {
            "close.steps.1.what": "Book the room",
            "close.steps.1.owner": "cara-diaz",
            "close.steps.2.what": "Write it up",
            "close.steps.2.owner": "me",
        },
        text=HEAD + ARRIVE + whole,
    )
    assert found.promises == (
        (CARA.person, Promise("Book the room", "them")),
        (None, Promise("Write it up", "me")),
    )
    assert "others" not in person.question("close.steps.1.owner").values


def test_the_minutes_of_a_slot_are_those_of_its_stages() -> None:
    assert sum_slot_minutes(template().stages) == 30
    assert sum_slot_minutes(template(HEAD + ARRIVE).stages) == 0


# Who is meant, who asked


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("ann-obi", [ANN], id="handle"),
        pytest.param("ANN OBI", [ANN], id="full-name"),
        pytest.param("cole", [BEN], id="a-later-word"),
        pytest.param("me", [ME], id="the-owner"),
        pytest.param("an", [ANN], id="beginning"),
        pytest.param("nn", [], id="not-the-middle"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_member_is_meant_by_name(typed: str, expected: list[Member]) -> None:
    assert match_members((ANN, BEN, CARA, ME), typed) == expected


def test_me_is_nobody_whose_name_begins_so() -> None:
    assert match_members((member(9, "Meera Nair"),), "me") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("What now?", ("What now?", None)),
        ("Ann: What now?", ("What now?", "Ann Obi")),
        ("ann obi : What now?", ("What now?", "Ann Obi")),
        ("Zed: What now?", ("Zed: What now?", None)),
        ("So: what now?", ("So: what now?", None)),
        ("Ann:", ("Ann:", None)),
        (": What?", (": What?", None)),
    ],
)
def test_who_asked_stands_before_a_colon(
    typed: str, expected: tuple[str, str | None]
) -> None:
    found = split_asker(typed, ["Ann Obi", "Ben Cole"])
    assert (found["question"], found["by"], found["tag"]) == (*expected, None)


def test_of_two_with_that_name_nobody_is_guessed() -> None:
    found = split_asker("Ann: Why?", ["Ann Obi", "Ann Lee"])
    assert (found["question"], found["by"]) == ("Why?", "Ann")


QUESTIONS = Question("a.x", "X?", PromptKind.QUESTIONS, options=("Ann Obi",))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param(None, None, id="skipped"),
        pytest.param([], None, id="none"),
        pytest.param(
            ["ann: Why?"],
            [{"question": "Why?", "by": "Ann Obi", "tag": None}],
            id="a-line",
        ),
        pytest.param(
            [{"question": " Why \n now?", "tag": "leading"}],
            [{"question": "Why now?", "by": None, "tag": "leading"}],
            id="tagged",
        ),
        pytest.param(
            [{"question": "Why?", "by": "Ann"}, {"question": "How?", "by": "Zed"}],
            [
                {"question": "Why?", "by": "Ann Obi", "tag": None},
                {"question": "How?", "by": "Zed", "tag": None},
            ],
            id="who-asked",
        ),
        pytest.param(
            [{"question": "ann: Why?", "tag": "closed"}],
            [{"question": "Why?", "by": "Ann Obi", "tag": "closed"}],
            id="who-asked-in-the-words",
        ),
    ],
)
def test_questions_are_kept_with_who_asked_and_their_tag(
    given: object, kept: AnswerValue
) -> None:
    assert check_answer(QUESTIONS, given) == kept


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("Why?", "should be a list of questions", id="a-text"),
        pytest.param(
            [1], "should be text, or have question, by and tag", id="a-number"
        ),
        pytest.param(
            [{"ask": "Why?"}], "should be text, or have question", id="other-keys"
        ),
        pytest.param([{"question": " "}], "is empty", id="no-words"),
        pytest.param([{"question": "x", "tag": "Open"}], "one of: open", id="tag"),
        pytest.param([{"question": "x", "tag": []}], "one of: open", id="tag-list"),
        pytest.param([{"question": "x", "by": 1}], "by: .* should be a name", id="by"),
        pytest.param(["x"] * 201, "201 \\(the limit is 200\\)", id="many"),
        pytest.param(["x" * 40_000] * 2, "64 KiB", id="long"),
    ],
)
def test_what_is_no_list_of_questions_is_refused(given: object, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        check_answer(QUESTIONS, given)


# The hint: simple published rules, never a decision


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("Have you talked to her?", "closed"),
        ("So, is it the rota?", "closed"),
        ("Don't you think she is tired?", "leading"),
        ("Why not just ask, because it works?", "leading"),
        ("Why don't you ring her?", "leading"),
        ("What have you tried?", "open"),
        ("And how did that feel?", "open"),
        ("With whom could you talk?", "open"),
        ("Tell me more.", None),
        ("", None),
    ],
)
def test_the_tag_that_is_proposed(asked: str, tag: str | None) -> None:
    found = question_tags.propose_question_tag(asked)
    assert (found and found[0]) == tag


def test_enter_never_takes_the_hint() -> None:
    """The hint says closed, and Enter leaves the question without a tag."""
    found, person, _ = hold(
        {
            ":order.1": "ann-obi",
            ":order.2": NOBODY,
            "ann-obi:ask.asked.1.question": "Have you talked to her?",
        }
    )
    question = person.question("ann-obi:ask.asked.1.tag")
    assert question.help == "Perhaps closed: it begins with a verb. You decide."
    assert (question.by_letter, question.default) == (True, None)
    (answer,) = [a for a in found.slots[0].answers if a.kind is PromptKind.QUESTIONS]
    assert answer.value == [
        {"question": "Have you talked to her?", "by": None, "tag": None}
    ]


@given(st.text(max_size=60))
def test_a_hint_is_given_for_any_text(words: str) -> None:
    found = question_tags.propose_question_tag(words)
    assert found is None or found[0] in question_tags.QUESTION_TAGS


@pytest.mark.parametrize(
    ("one", "words"),
    [
        ({"question": "Why?", "by": None, "tag": None}, "Why?"),
        (
            {"question": "Why?", "by": "Ben Cole", "tag": "open"},
            "Ben Cole: Why? (open)",
        ),
    ],
)
def test_a_question_as_one_line(one: dict[str, str | None], words: str) -> None:
    assert question_tags.format_asked_question(one) == words


def test_a_skipped_questions_prompt_is_an_empty_answer() -> None:
    found, _, _ = hold({":order.1": "ann-obi", ":order.2": NOBODY})
    assert found.slots == (
        SlotRecord(
            ANN.id,
            answers=(
                Answer(
                    *(
                        "present",
                        "problem",
                        "What is Ann's problem?",
                        PromptKind.LINE,
                        None,
                    ),
                    key=True,
                    stage_title="Present",
                ),
                Answer(
                    *(
                        "ask",
                        "asked",
                        "What questions were asked?",
                        PromptKind.QUESTIONS,
                        None,
                    ),
                    stage_title="Ask",
                ),
                Answer(
                    *("ask", "sure", "How sure?", PromptKind.SCALE, None),
                    stage_title="Ask",
                    low=1,
                    high=10,
                ),
            ),
        ),
    )


def test_the_circle_is_a_template() -> None:
    assert [stage.each for stage in template(CIRCLE).stages] == [
        None,
        "slot",
        "slot",
        None,
    ]
    assert template(HEAD + PRESENT).stages[0].minutes == 10
