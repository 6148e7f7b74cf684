"""Every kind of page with the same typed words in each of its fields, and readers of each format.

A reader is what people open the page with, or the library behind it; it returns the words on it.
"""

import io
import json
from collections.abc import Callable, Iterator
from csv import reader as csv_reader
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
from docx import Document as OpenWord

from coachlog.escaping.comma_separated import read_cell
from coachlog.exports.contents import Contents, Records
from coachlog.exports.documents.history_page import build_history_page
from coachlog.exports.documents.meeting_page import build_meeting_page, build_slot_page
from coachlog.exports.documents.plan_page import build_plan_page
from coachlog.exports.documents.programme_page import (
    REPORT_COLUMNS,
    build_programme_page,
    list_report_records,
)
from coachlog.exports.documents.progress_page import build_progress_page
from coachlog.exports.documents.session_page import build_session_page
from coachlog.exports.page_records import list_promise_records, list_story_records
from coachlog.exports.programme_values import list_report_values
from coachlog.model.actions import Action, Event, EventKind
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, Rating
from coachlog.model.handouts import Keeper, MeetingPage, SessionPage, SlotPage
from coachlog.model.history import Episode, History
from coachlog.model.measures import MeasureReading
from coachlog.model.pages import PageKind
from coachlog.model.people import Person, Relationship
from coachlog.model.plans import Plan
from coachlog.model.programme import (
    Breakdown,
    GroupFigures,
    Holder,
    Programme,
    ProgrammeReport,
)
from coachlog.model.progress import (
    DayFigures,
    MonthFigures,
    PersonProgress,
    Progress,
    Tally,
    Theme,
    Trend,
    TrendPoint,
)
from coachlog.model.references import MemberRef, PersonRef
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.model.sets import Slot
from coachlog.text import clean_line, clean_text

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HARMLESS, MEASURE = "harmless", "work-felt"
"""Words without a trap, and a measure: its name has only plain letters, in every template."""

NASTY = {
    "html": "</title></style><script>document.title='taken'</script><img src=x onerror=alert(1)>",
    "entities": "a &amp; b &lt;i&gt; &#60; \" ' $title ${blocks}",
    "markdown": "# *a* _b_ `c` ~~d~~ [x](http://x.test/(a)|b) | - 1. ![i](j) ***",
    "link": "see https://x.test/a(b)c|d_e and www.x.test/a|b, ann@x.test",
    "ansi": "\x1b[31mred\x1b[0m \x1b]8;;http://x.test\x07link\x9b1m",
    "formula": '=HYPERLINK("http://x.test","a")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "apostrophe": "'=1+1",
    "bidi": "\u202eevil\u202c \u2067abc\u2069 שלום עולם مرحبا",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 é ﬁ 李小龙 \U0001f600",
    "nul": "a\x00b\x08c\x7f\ufffe\uffffd",
    "separators": "a\u2028b\u2029c\x0bd\x0ce\u00a0f",
    "lines": "first\n# second\n\n- third\n| a | b |\n    four",
    "mail": "=?utf-8?q?=0D=0ABcc:_a@x.test?=\r\nBcc: a@x.test\n.\nFrom me",
    "xml": "]]><!-- x --><?php ?><w:t>a</w:t>",
    "long": "long " + "wörd " * 13_000,
    "one-word": "x" * 3_000,
}
"""Text of every kind that could be more than words somewhere."""


def build_pages(typed: str) -> dict[str, Contents]:
    """Return each kind of page with these words in every field that a person types."""
    person = Person(1, "u", typed, "p", Relationship.REPORT, typed, typed)
    ref = PersonRef(1, typed)
    actions = (
        build_action(1, ref, typed, owner="them"),
        build_action(2, ref, typed, owner=typed),
        build_action(3, ref, typed, owner="me"),
    )
    answers = (
        Answer("a", "b", typed, PromptKind.TEXT, typed, stage_title=typed),
        Answer("a", "c", typed, PromptKind.LINE, typed, stage_title=typed, key=True),
    )
    goal = Goal(
        *(typed, typed, typed, 3, 6, 8),
        id=1,
        person=ref,
        opened_on=date(2026, 1, 5),
        ratings=(
            Rating(date(2026, 3, 5), 4, typed),
            Rating(date(2026, 6, 5), 6, typed),
        ),
    )
    plan = Plan(person, typed, TODAY, TODAY, actions, (goal,))
    history = History(
        person, None, build_episodes(ref, typed, answers, actions), (goal,), me=typed
    )
    session = SessionPage(TODAY, 40, (ref,), typed, answers, actions)
    slot = Slot(1, "u", 1, MemberRef(1, 1, typed), 20, typed, answers, actions)
    keeper = Keeper(typed, None)
    slot_page = SlotPage(typed, TODAY, slot, "s", keeper)
    meeting = MeetingPage(
        *(typed, typed, TODAY, 60, (ref,), answers, actions, (slot,), keeper)
    )
    progress = build_progress(person, ref, typed)
    quarter_report = build_programme_report(typed)
    promises = lambda: list_promise_records(actions, typed)  # noqa: E731
    return {
        "plan": Contents(
            PageKind.PLAN,
            lambda: build_plan_page(plan),
            lambda: {"plan": plan},
            promises,
        ),
        "tasks": Contents(
            PageKind.PLAN,
            lambda: build_plan_page(plan, "tasks"),
            lambda: {"plan": plan},
            promises,
        ),
        "history": Contents(
            PageKind.HISTORY,
            lambda: build_history_page(history, TODAY, full=True),
            lambda: {"history": history},
            lambda: list_story_records(history, TODAY, full=True),
        ),
        "session": Contents(
            PageKind.SESSION,
            lambda: build_session_page(session),
            lambda: {"session": session},
            promises,
        ),
        "slot": Contents(
            PageKind.SET,
            lambda: build_slot_page(slot_page),
            lambda: {"slot": slot_page},
            promises,
        ),
        "meeting": Contents(
            PageKind.SET,
            lambda: build_meeting_page(meeting),
            lambda: {"meeting": meeting},
            promises,
        ),
        "progress": Contents(
            PageKind.PROGRESS,
            lambda: build_progress_page(progress, TODAY, typed, typed),
            lambda: {"progress": progress},
            lambda: Records(("person",), [(typed,)]),
        ),
        "programme": Contents(
            PageKind.PROGRAMME,
            lambda: build_programme_page(quarter_report),
            lambda: {"report": list_report_values(quarter_report)},
            lambda: Records(REPORT_COLUMNS, list_report_records(quarter_report)),
        ),
    }


def build_programme_report(typed: str) -> ProgrammeReport:
    programme = Programme(
        code="k7m2p9qd",
        name=typed,
        breakdown=Breakdown.REGION,
        choices={Breakdown.REGION: (typed,)},
        keys={Holder.COORDINATOR: "age1"},
        caps={},
    )
    group = GroupFigures(typed, 10, {"minutes": 900}, {}, ("minutes",))
    total = GroupFigures("", 10, {"minutes": 900}, {})
    return ProgrammeReport(programme, "2026Q3", TODAY, (group,), total)


def build_action(id: int, person: PersonRef, typed: str, owner: str) -> Action:
    return Action(
        *(id, "u", person, 1, typed, owner, TODAY, TODAY, typed, typed, typed, 8),
        events=(Event(AT, TODAY, EventKind.NOTED, note=typed),),
    )


def build_episodes(
    ref: PersonRef, typed: str, answers: tuple[Answer, ...], actions: tuple[Action, ...]
) -> tuple[Episode, ...]:
    episodes = []
    for id, day in enumerate([date(2026, 2, 2), date(2026, 5, 4), TODAY], 1):
        session = Session(
            *(id, "u", SessionStatus.HELD, "t", typed, day, 30, (ref,), (typed,)),
            answers=answers if id == 1 else (),
            actions=actions if id == 1 else (),
        )
        reading = MeasureReading(MEASURE, 3 + id, 1, 10, day)
        episodes.append(Episode(session, (reading,)))
    return tuple(episodes)


def build_progress(person: Person, ref: PersonRef, typed: str) -> Progress:
    points = tuple(TrendPoint(date(2026, month, 1), month) for month in (3, 5, 7))
    tally = Tally(kept=2, missed=1)
    row = PersonProgress(person, 3, 90, 1, 0, 2, TODAY, tally, tally, minutes_noted=3)
    trend = Trend(MEASURE, ref, 1, 10, 3, 7, 4, 3, points)
    return Progress(
        tally,
        tally,
        (row,),
        since=date(2026, 1, 1),
        measures=(trend,),
        months=tuple(MonthFigures(f"2026-0{month}", month) for month in range(1, 8)),
        days=(DayFigures(TODAY, 3, alone=1),),
        themes=(Theme(typed, 2, 3),),
    )


# Readers


class WordReader(HTMLParser):
    """The words of a page of HTML, each block or cell on a line of its own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("bdi", "strong", "em", "s", "span", "a", "del", "wbr"):
            self.words += "\n"

    def handle_data(self, data: str) -> None:
        self.words += data


def read_html(page: bytes) -> str:
    body = page.decode().partition("<body>")[2]
    return WordReader(body).words


def read_markdown(page: bytes) -> str:
    html = cmarkgfm.github_flavored_markdown_to_html(
        page.decode(), cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    )
    return WordReader(html).words


def read_word(page: bytes) -> str:
    document = OpenWord(io.BytesIO(page))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            lines += [cell.text for cell in row.cells]
    return "\n".join(lines)


def read_mail_html(page: bytes) -> str:
    message: Any = message_from_bytes(page, policy=default)
    return read_html(message.get_body(("html",)).get_content().encode())


def read_mail_text(page: bytes) -> str:
    message: Any = message_from_bytes(page, policy=default)
    words: str = message.get_body(("plain",)).get_content()
    return words


def read_text(page: bytes) -> str:
    return page.decode()


def read_csv(page: bytes) -> str:
    rows = csv_reader(io.StringIO(page.decode(), newline=""))
    return "\n".join(read_cell(cell) for row in rows for cell in row)


def read_json(page: bytes) -> str:
    return "\n".join(list_strings(json.loads(page)))


def list_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from list_strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from list_strings(part)


READERS: dict[str, tuple[Callable[[bytes], str], ...]] = {
    "csv": (read_csv,),
    "docx": (read_word,),
    "html": (read_html,),
    "json": (read_json,),
    "mail": (read_mail_html, read_mail_text),
    "markdown": (read_markdown,),
    "text": (read_text,),
}


def normalise(words: str) -> str:
    """Return words as a reader sees them: in one line, without what no page may hold."""
    return " ".join(words.split())


def expect_words(typed: str, format_name: str) -> str:
    """Return how typed words are read in a format, in one line."""
    if format_name == "json":
        return normalise(typed)
    words = clean_line(typed)
    if format_name == "csv":
        words = normalise(clean_text(typed))
    if format_name == "docx":
        words = words.translate(
            dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
        )
    return words
