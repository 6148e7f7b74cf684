"""The plan as GitHub markdown: read back by a markdown parser, it says what was typed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coachlog.exports.documents.action_list import ACTION_STYLES
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.formats import markdown
from coachlog.model.actions import Action, ActionStatus, Event, EventKind
from coachlog.model.goals import Goal, Rating
from coachlog.model.people import Person, Relationship
from coachlog.model.plans import Plan
from coachlog.text import clean_text
from command_support import golden

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
AGREED, REVIEW = date(2026, 11, 20), date(2026, 12, 4)
PRIYA = Person(1, "u", "Priya Shah", "priya-shah", Relationship.REPORT)
COLUMNS = [
    "#",
    "Promise",
    "Who",
    "By",
    "Done when",
    "Support",
    "Confidence (1–10)",
    "Status",
]


def noted(on: date, note: str) -> Event:
    return Event(AT, on, EventKind.NOTED, note=note)


def promise(id: int, what: str, **fields: Any) -> Action:
    due = fields.pop("due", date(2026, 11, 27))
    usual = {"person": "Priya Shah", "session": 1, "owner": "them", "due": due}
    usual |= {"original_due": due}
    return Action(id=id, uid="u", what=what, **(usual | fields))


RICH = Plan(
    person=PRIYA,
    me="Tom Reed",
    agreed_on=AGREED,
    review_on=REVIEW,
    goals=(
        Goal(
            id=1,
            title="Run the huddle | alone",
            why="Tom is on leave in July",
            success="Notes are out by noon",
            baseline=3,
            now=5,
            target=8,
            review_on=REVIEW,
        ),
        Goal(id=2, title="Sleep"),
    ),
    actions=(
        promise(
            1,
            "Draft the *agenda* | send it [round](http://x)",
            done_when="It is in\neveryone's inbox",
            support="Last year's agenda",
            if_then="If short of time, then cut the updates",
            confidence=8,
            events=(noted(date(2026, 11, 22), "Half of it\n# is there"),),
        ),
        promise(
            2,
            "Send it",
            owner="me",
            due=date(2026, 12, 1),
            original_due=date(2026, 11, 24),
        ),
        promise(3, "Keep time", owner="Dana", due=None, original_due=None),
        promise(4, "Book it", status=ActionStatus.DONE, closed_on=date(2026, 11, 21)),
        promise(5, "Ask Ed", status=ActionStatus.DROPPED, closed_on=date(2026, 11, 21)),
        promise(
            6,
            "Tell HR",
            owner="me",
            private=True,
            if_then="If asked, then say so",
            events=(noted(date(2026, 11, 21), "Rang them"),),
        ),
    ),
)


def export(plan: Plan, style: str = "table") -> str:
    return markdown.write(build_plan_page(plan, style)).decode()


@pytest.mark.parametrize("style", ACTION_STYLES)
def test_a_rich_plan(style: str) -> None:
    page = export(RICH, style)
    assert page == golden(f"plan-rich-{style}.md", page)


# Read back by a parser


def parsed(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def said(inline: Token) -> str:
    """Return the words that a reader sees in one block; what is not words shows as `<kind>`."""
    words = []
    for token in inline.children or ():
        match token.type:
            case "text":
                words.append(token.content)
            case "html_inline" if token.content == "<br>":
                words.append(" ")
            case "html_inline" if token.content.startswith(("<!-- A", "<!-- -->")):
                pass
            case "link_open" | "link_close" if token.markup == "autolink":
                pass
            case "softbreak":
                words.append(" ")
            case (
                "strong_open"
                | "strong_close"
                | "s_open"
                | "s_close"
                | "em_open"
                | "em_close"
            ):
                pass
            case kind:
                words.append(f"<{kind}>")
    return "".join(words)


def blocks(page: str, kind: str) -> list[str]:
    """Return the words of each heading, cell or paragraph of a page."""
    tokens = parsed(page)
    return [
        said(inner)
        for outer, inner in pairwise(tokens)
        if outer.type == f"{kind}_open" and inner.type == "inline"
    ]


def rows(page: str) -> Iterator[list[str]]:
    cells = blocks(page, "td")
    width = len(blocks(page, "th"))
    for start in range(0, len(cells), width):
        yield cells[start : start + width]


def plain(words: str) -> str:
    """Return the words as they stand on a page: cleaned, in one line."""
    return " ".join(clean_text(words).split())


def test_the_table_reads_back() -> None:
    page = export(RICH)
    assert blocks(page, "th") == COLUMNS
    assert list(rows(page)) == [
        [
            *("1", "Draft the *agenda* | send it [round](http://x)", "Priya Shah"),
            *(
                "27 November 2026",
                "It is in everyone's inbox",
                "Last year's agenda",
                "8",
                "open",
            ),
        ],
        [
            *("2", "Send it", "Tom Reed", "1 December 2026", "–", "–", "–"),
            "open, date moved from 24 November 2026",
        ],
        ["3", "Keep time", "Dana", "–", "–", "–", "–", "open"],
        [
            "4",
            "Book it",
            "Priya Shah",
            "27 November 2026",
            "–",
            "–",
            "–",
            "done 21 November 2026",
        ],
        [
            *("5", "Ask Ed", "Priya Shah", "27 November 2026", "–", "–", "–"),
            "dropped 21 November 2026",
        ],
        ["6", "Tell HR", "Tom Reed", "27 November 2026", "–", "–", "–", "open"],
    ]


@pytest.mark.parametrize("style", ACTION_STYLES)
def test_the_headings_of_a_page(style: str) -> None:
    assert blocks(export(RICH, style), "heading") == [
        "Action plan: Priya Shah and Tom Reed",
        "Goal 1: Run the huddle | alone",
        "Goal 2: Sleep",
        "Promises",
        "If … then",
        "Progress",
        "Agreed by",
    ]


def test_blank_lines_follow_the_table_and_surround_every_heading() -> None:
    lines = export(RICH).split("\n")
    last = max(number for number, row in enumerate(lines) if row.startswith("|"))
    assert lines[last + 1] == ""
    headings = [number for number, row in enumerate(lines) if row.startswith("#")]
    assert {
        lines[number + step] for number in headings for step in (1, -1) if number
    } == {""}


def test_notes_are_in_the_order_of_their_days() -> None:
    page = export(RICH)
    progress = page.partition("## Progress\n\n")[2].partition("\n\n")[0]
    assert progress.split("\n") == [
        "- 21 November 2026, promise 6: Rang them",
        "- 22 November 2026, promise 1: Half of it<br>\\# is there",
    ]


@pytest.mark.parametrize("style", ACTION_STYLES)
def test_nothing_of_an_empty_plan_is_left_hanging(style: str) -> None:
    page = export(Plan(PRIYA, "Tom", None, None, ()), style)
    assert blocks(page, "heading") == [
        "Action plan: Priya Shah and Tom",
        "Promises",
        "Agreed by",
    ]
    assert "No promises in this plan.\n" in page
    assert "|" not in page


@pytest.mark.parametrize(
    ("relationship", "role"),
    [
        (Relationship.REPORT, "line manager"),
        (Relationship.COACHEE, "coach"),
        (Relationship.PEER, "colleague"),
        (Relationship.MANAGER, "report"),
        (Relationship.MENTEE, "mentor"),
        (Relationship.COACH, "coachee"),
        (Relationship.MENTOR, "mentee"),
        (Relationship.SUPERVISOR, "supervisee"),
    ],
)
def test_an_owner_without_a_name_is_called_by_their_role(
    relationship: Relationship, role: str
) -> None:
    who = PRIYA._replace(relationship=relationship)
    page = export(RICH._replace(person=who, me=""))
    assert role in blocks(page, "heading")[0]
    assert {row[2].casefold() for row in rows(page) if row[0] in "26"} == {role}


MARKS = "|\\`*_[]<>~$&#+-=!.:1)(@^\"'{}/ \n\tab;é李😀\u200d"
WORDS = st.text(MARKS, max_size=40) | st.text(max_size=40)
TYPED = WORDS.filter(plain)


def test_a_column_that_nobody_filled_in_is_left_out() -> None:
    page = export(Plan(PRIYA, "Tom", AGREED, None, (promise(1, "Ask"),)))
    assert blocks(page, "th") == ["#", "Promise", "Who", "By", "Status"]


def test_a_goal_rated_often_enough_has_its_ratings_in_words() -> None:
    ratings = (Rating(AGREED, 4), Rating(REVIEW, 6))
    goal = Goal("Huddle", id=7, baseline=3, opened_on=date(2026, 3, 2), ratings=ratings)
    plan = Plan(PRIYA, "Tom", AGREED, None, (), (goal, goal._replace(baseline=None)))
    assert [line for line in export(plan).splitlines() if "Ratings" in line] == [
        "- **Ratings of goal 7**: 3 on 2 March 2026, 4 on 20 November 2026, "
        "6 on 4 December 2026; from 1 to 10"
    ]


@settings(max_examples=50, deadline=None)
@given(what=TYPED, owner=TYPED, done_when=TYPED, support=TYPED)
@example(what="a\\", owner="|", done_when="`a|b`", support="\\|")
@example(
    what="<b>x</b> &amp; <!-- y -->",
    owner=":smile:",
    done_when="~~x~~",
    support="$a$ :-|",
)
@example(what="a\u2028b\x0bc", owner="1. x", done_when="- [ ] x", support="| --- |")
def test_any_words_in_a_cell_read_back_and_never_break_a_row(
    what: str, owner: str, done_when: str, support: str
) -> None:
    actions = (
        promise(1, what, owner=owner, done_when=done_when, support=support),
        promise(2, what, owner="me", done_when="x", support="x", confidence=7),
    )
    page = export(Plan(PRIYA, "Tom", AGREED, None, actions))
    tail = ["27 November 2026", plain(done_when), plain(support), "–", "open"]
    whose = {"me": "Tom", "them": "Priya Shah"}.get(owner, plain(owner))
    assert list(rows(page)) == [
        ["1", plain(what), whose, *tail],
        ["2", plain(what), "Tom", "27 November 2026", "x", "x", "7", "open"],
    ]


@settings(max_examples=50, deadline=None)
@given(name=TYPED, me=TYPED, title=TYPED, why=TYPED)
@example(name="Al", me="Tom #", title="Sleep ##", why="# x")
@example(name="Al\\", me="Tom\\", title="1. x", why="---")
@example(name="Al", me="#", title="#", why="x")
@example(name="Al", me="##", title="a\\#", why="x")
def test_any_name_and_goal_read_back(name: str, me: str, title: str, why: str) -> None:
    who = PRIYA._replace(name=name)
    actions = (promise(1, "x", owner="me"), promise(2, "x", owner="them"))
    page = export(Plan(who, me, None, None, actions, (Goal(title, id=5, why=why),)))
    assert blocks(page, "heading") == [
        f"Action plan: {plain(name)} and {plain(me)}",
        f"Goal 5: {plain(title)}",
        "Promises",
        "Agreed by",
    ]
    assert f"Why: {plain(why)}" in blocks(page, "paragraph")
    assert [row[2] for row in rows(page)] == [plain(me), plain(name)]


@settings(max_examples=50, deadline=None)
@given(what=TYPED, if_then=TYPED, note=TYPED)
@example(what="[x] done", if_then="- x", note="1. x\n2. y")
@example(what="x\n- y", if_then="> x", note="    x\n\n```\ny")
def test_any_words_make_one_task_one_line_and_one_note(
    what: str, if_then: str, note: str
) -> None:
    events = (noted(AGREED, note),)
    statuses = (ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.DROPPED)
    actions = tuple(
        promise(number, what, owner="me", status=status, if_then=if_then, events=events)
        for number, status in enumerate(statuses, start=1)
    )
    page = export(Plan(PRIYA, "Tom", AGREED, None, actions), "tasks")
    tokens = parsed(page)
    assert [token.type for token in tokens].count("list_item_open") == 3 + 3 + 3 + 2
    assert blocks(page, "paragraph")[1:4] == [
        f"[ ] {plain(what)} (Tom) 🆔 clu 📅 2026-11-27",
        f"[x] {plain(what)} (Tom) 🆔 clu 📅 2026-11-27",
        f"[-] {plain(what)} (dropped) (Tom) 🆔 clu 📅 2026-11-27",
    ]
    listed = blocks(page, "paragraph")
    assert listed.count(f"{plain(if_then)} (promise 1)") == 1
    assert listed.count(f"20 November 2026, promise 1: {plain(note)}") == 1
