"""A slot as its presenter's own page: read back by a markdown parser, and without who asked."""

from datetime import date

import pytest
from hypothesis import example, given, settings

from coachlog.exports.documents.meeting_page import build_meeting_page, build_slot_page
from coachlog.exports.formats import markdown
from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.handouts import Keeper, MeetingPage, SlotPage
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer
from coachlog.model.sets import Slot
from coachlog.rules.handouts import remove_asker_names
from set_builders import questions, said
from test_exports_plan_markdown import TYPED, blocks, plain

HELD = date(2026, 11, 20)
KEEPER = Keeper("Tom Reed", None)
ANN = MemberRef(1, 1, "Ann")


def promise(what: str, owner: str = "them", done_when: str = "–") -> Action:
    return Action(
        1, "u", PersonRef(1, "Ann Obi"), 1, what, owner, HELD, HELD, done_when
    )


def slot(page: SlotPage, style: str = "table") -> str:
    return markdown.write(build_slot_page(page, style)).decode()


def whole(page: MeetingPage, style: str = "table") -> str:
    return markdown.write(build_meeting_page(page, style)).decode()


# Any words


@settings(max_examples=50, deadline=None)
@given(name=TYPED, issue=TYPED, answer=TYPED, question=TYPED, what=TYPED)
@example(name="Ann #", issue="# x", answer="- a", question="[ ] b", what="a|b\\")
@example(
    name="1. Ann", issue="<b>", answer="```\nx", question="1) x", what="a\n| --- |"
)
@example(name="*", issue="**", answer="    x", question="---", what="~~x~~")
@example(name="#", issue="> x", answer="a\n\n\nb", question="<!-- x", what="&amp;")
def test_any_words_of_a_slot_read_back(
    name: str, issue: str, answer: str, question: str, what: str
) -> None:
    answers = (said("a.b", answer), questions((question, "open")), said("c.d", answer))
    who = MemberRef(1, 1, name)
    one = Slot(1, "u", 1, who, 20, issue, answers, (promise(what, done_when=answer),))
    page = slot(SlotPage("Ward", HELD, one, "ann", KEEPER))
    assert blocks(page, "heading") == [
        *(f"Ward: {plain(name)}", "A", "Open questions", "C", "Promises"),
    ]
    assert blocks(page, "paragraph") == [
        *("20 November 2026 · 20 minutes", f"Issue: {plain(issue)}"),
        *("B?", plain(answer)),
        *("What questions were asked?", f"{plain(question)} (open)"),
        *("D?", plain(answer)),
    ]
    assert blocks(page, "td") == [
        *("1", plain(what), "Ann Obi", "20 November 2026", plain(answer), "open"),
    ]


@settings(max_examples=50, deadline=None)
@given(words=TYPED, asking=TYPED)
@example(words="Ward ##", asking="Ann:")
def test_any_words_of_a_meeting_read_back(words: str, asking: str) -> None:
    who, other = MemberRef(1, 1, words), MemberRef(2, 2, asking)
    one = Slot(1, "u", 1, who, None, None, (questions(("Why?", None, asking)),), ())
    page = MeetingPage(
        *(words, "GROW", HELD, None, (who, other), (said("a.b", words),)),
        *((promise(words, asking),), (one,), KEEPER),
    )
    text = whole(page, "tasks")
    assert blocks(text, "heading") == [
        *(plain(words), "A", "Promises", f"1. {plain(words)}", "Open questions"),
    ]
    assert f"Present: {plain(words)}, {plain(asking)}" in blocks(text, "paragraph")
    assert plain(f"{asking}: Why?") in blocks(text, "paragraph")


def test_blank_lines_follow_the_table_and_surround_every_heading() -> None:
    one = Slot(1, "u", 1, ANN, actions=(promise("x"),))
    page = MeetingPage(
        "W", "GROW", HELD, None, (), (), (promise("y"),), (one, one), KEEPER
    )
    rows = whole(page).split("\n")
    after = [number + 1 for number, row in enumerate(rows) if row.startswith("|")]
    assert {rows[number] for number in after if not rows[number].startswith("|")} == {
        ""
    }
    headings = [number for number, row in enumerate(rows) if row.startswith("#")]
    assert {
        rows[number + step] for number in headings for step in (1, -1) if number
    } == {""}


def test_nothing_of_an_empty_slot_is_left_hanging() -> None:
    page = slot(SlotPage("W", HELD, Slot(1, "u", 1, ANN), "ann", KEEPER))
    assert page == "# W: Ann\n\n20 November 2026\n\n## Promises\n\nNo promises.\n"


# Who asked


def chosen(value: str) -> Answer:
    return said("questions.best", value, kind=PromptKind.CHOICE)


ASKED = questions(("Why?", "open", "Ben"), ("Who?", None))


@pytest.mark.parametrize(
    ("given_answer", "expected"),
    [
        pytest.param(
            ASKED, questions(("Why?", "open"), ("Who?", None)), id="questions"
        ),
        pytest.param(chosen("Ben: Why?"), chosen("Why?"), id="the-best-with-its-name"),
        pytest.param(
            chosen("Ben: Why? (open)"), chosen("Why?"), id="the-best-with-its-tag"
        ),
        pytest.param(chosen("Why?"), chosen("Why?"), id="the-best-alone"),
        pytest.param(
            chosen("None of them"), chosen("None of them"), id="another-choice"
        ),
        pytest.param(
            said("a.b", "Ben: Why?"), said("a.b", "Ben: Why?"), id="own-words-stay"
        ),
        pytest.param(said("a.b", 3), said("a.b", 3), id="a-number"),
    ],
)
def test_answers_without_the_names_of_who_asked(
    given_answer: Answer, expected: Answer
) -> None:
    assert remove_asker_names([ASKED, given_answer])[1:] == (expected,)
