"""`brief`: one screen about someone, and nothing private on it unless asked for."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from coachlog.model.actions import Action
from coachlog.model.answers import PromptKind
from coachlog.model.brief import Brief
from coachlog.model.goals import Goal, GoalScale, GoalStatus
from coachlog.model.measures import MeasureReading
from coachlog.model.notes import Note, NoteKind
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.rules import ask_first
from coachlog.rules.quotes import choose_quoted_answers
from coachlog.screens import brief as screen
from coachlog.store.database import Journal
from coachlog.store.reading import brief_queries as briefs
from coachlog.store.tables.goal_rows import GoalRow, RatingRow
from coachlog.store.writing import person_changes
from command_support import hold, normal, unprintable
from conftest import Run
from shared_builds import copied
from store_builders import NOW, PRIYA, TODAY
from store_builders import hold as held

FIRST = {
    "template": "grow",
    "held_on": "2026-09-03",
    "answers": {
        "goal.result": "Run the huddle",
        "goal.matters": 8,
        "reality.where-now": 3,
        "options.list": "Ask Dana",
        "will.sure": 6,
    },
}
SECOND = {
    "template": "grow",
    "held_on": "2026-11-13",
    "answers": {
        "goal.result": "Run the Monday huddle alone,\nevery week, from January on",
        "goal.matters": 7,
        "reality.where-now": 5,
        "options.list": "Ask Dana to keep time",
        "options.first": "Ask Dana to keep time",
        "will.sure": 6,
    },
    "actions": [
        {"what": "Lead the huddle twice", "owner": "them", "due": "2026-12-01"},
        {
            "what": "Ring the rota office about Tuesday",
            "owner": "me",
            "due": "2026-11-18",
        },
        {"what": "Ask for a day off", "owner": "me", "private": True},
        {"what": "Keep time", "owner": "Dana Lee"},
    ],
}


@pytest.fixture
def priya(run: Run, home: Any) -> Run:
    """Four talks with Priya, four promises, two goals, two notes, one cancelled talk."""
    copied(home, "brief", lambda: fill(run, home))
    return run


def fill(run: Run, home: Any) -> None:
    hold(run, template="scaling", held_on="2026-09-02", answers={"now.where-now": 3})
    hold(run, **FIRST)
    hold(run, template="scaling", held_on="2026-11-12", answers={"now.where-now": 5})
    hold(run, **SECOND)
    for line in (
        "person edit priya --every 2w",
        "session cancel priya --by them --on 2026-11-20",
    ):
        assert run(*line.split()).code == 0
    for words in ("Ask how her mother is", "The draft of the protocol"):
        assert run("person", "note", "priya", "--text", words).code == 0
    with Journal(home).change(NOW) as change:
        goal: dict[str, Any] = {
            "person_id": 1,
            "status": GoalStatus.OPEN,
            "opened_on": TODAY,
        }
        goal |= {"created_at": NOW, "updated_at": NOW}
        ten, levels = GoalScale.TEN, GoalScale.ATTAINMENT
        for fields in (
            {"title": "Lead the huddle", "scale": ten, "baseline": 3, "target": 8},
            {"title": "Speak up", "scale": levels, "private": True},
            {"title": "Long done", "scale": ten, "status": GoalStatus.ACHIEVED},
            {"title": "Deleted", "scale": ten, "deleted_at": NOW},
            {"title": "Someone else's", "scale": ten, "person_id": None},
        ):
            change.db_session.add(GoalRow(**goal | fields))
        change.db_session.flush()
        for number, value in ((1, 4), (1, 5), (2, -1)):
            rating = RatingRow(goal_id=number, at=NOW, on=TODAY, value=value)
            change.db_session.add(rating)


SCREEN = """\
Priya Shah · reports to you · talked 10 days ago
every 2 weeks: next by Fri 27 Nov · wellbeing not offered yet
Cancelled since: Fri 20 Nov, by Priya
Last time: GROW, Fri 13 Nov
  What does Priya want to achieve beyond today?
    Run the Monday huddle alone,
    every week, from January on
  Which one will Priya try first?
    Ask Dana to keep time
Promises
  2  Ring the rota office about Tuesday  you    5 days overdue
  1  Lead the huddle twice               Priya  Tue 1 Dec
  4  Keep time                           Dana   no date
Measures
  confidence  6 of 10  was 6 on Thu 3 Sep
  progress    5 of 10  asked Thu 12 Nov; was 3 on Wed 2 Sep
Goals
  1  Lead the huddle  now 5, target 8
Not yet said · once said: coachlog note --said ID
  1  to raise  Ask how her mother is      Mon 23 Nov
  2  to raise  The draft of the protocol  Mon 23 Nov
2 private entries are not shown; to see them, add --private.
"""


@pytest.mark.usefixtures("screen")
def test_the_screen(priya: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert priya("brief", "priya") == (0, SCREEN, "")


@pytest.mark.usefixtures("screen")
def test_the_screen_with_what_is_private(
    priya: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    plain, whole = (
        SCREEN.splitlines(),
        priya("brief", "priya", "--private").out.splitlines(),
    )
    assert [row for row in whole if row not in plain] == [
        "  3  (private) Ask for a day off         you    no date",
        "  1  Lead the huddle     now 5, target 8",
        "  2  (private) Speak up  less than expected",
    ]
    assert plain[-1] not in whole


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_screen_fits(
    priya: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    rows = priya("brief", "priya", "--private").out.splitlines()
    assert len(rows) <= 23 + 2 * (width < 80)
    assert max(map(len, rows)) <= width


def test_reading_changes_nothing_and_shows_notes_again(priya: Run) -> None:
    assert priya("brief", "priya") == priya("brief", "priya")


def test_a_note_that_was_talked_about_is_gone(priya: Run) -> None:
    hold(
        priya, notes=[{"note": 1, "outcome": "talked"}, {"note": 2, "outcome": "keep"}]
    )
    out = priya("brief", "priya").out
    assert "her mother" not in out
    assert "2  to raise  The draft of the protocol" in out


def test_json(priya: Run) -> None:
    found = normal(priya("brief", "priya", "--json").json)
    assert list(found) == ["schema", "brief"]
    brief = found["brief"]
    assert list(brief) == [
        *("person", "last_session", "answers", "actions", "measures", "goals", "notes"),
        *(
            "cancelled_since",
            "withheld",
            "own_notes_withheld",
            "ask_first",
            "days_since",
            "last_met",
            "supports",
            "moves",
            "last_of_two",
            "agreed_days",
            "wellbeing_offered",
            "next_due",
            "rhythm",
            "days_late",
        ),
    ]
    assert brief["person"]["slug"] == "priya-shah"
    assert brief["last_session"] == {
        "id": 4,
        "uid": "<uid>",
        "template": "grow",
        "title": "GROW",
        "held_on": "2026-11-13",
        "minutes": None,
    }
    assert brief["answers"][1] == {
        "stage": "options",
        "prompt": "first",
        "question": "Which one will Priya try first?",
        "kind": "choice",
        "value": "Ask Dana to keep time",
        "private": False,
        "health": False,
    }
    assert [one["id"] for one in brief["actions"]] == [2, 1, 4]
    assert brief["measures"][1] == {
        "measure": "progress",
        "value": 5,
        "low": 1,
        "high": 10,
        "on": "2026-11-12",
        "before": 3,
        "before_on": "2026-09-02",
        "private": False,
    }
    (goal,) = brief["goals"]
    assert (goal["title"], goal["baseline"], goal["now"], goal["target"]) == (
        *("Lead the huddle", 3, 5, 8),
    )
    assert "ratings" not in goal
    assert [one["words"] for one in brief["notes"]] == [
        *("Ask how her mother is", "The draft of the protocol"),
    ]
    assert brief["cancelled_since"] == [
        {"held_on": "2026-11-20", "cancelled_by": "them"}
    ]
    assert {
        name: brief[name] for name in ("withheld", "days_since", "next_due", "rhythm")
    } == {
        "withheld": 2,
        "days_since": 10,
        "next_due": "2026-11-27",
        "rhythm": "in time",
    }
    whole = priya("brief", "priya", "--private", "--json").json["brief"]
    assert (len(whole["actions"]), len(whole["goals"]), whole["withheld"]) == (4, 2, 0)


def test_someone_new(run: Run) -> None:
    run("person", "add", "Al", "-r", "peer")
    assert run("brief", "al") == (
        0,
        "Al · colleague · not talked yet\nNothing yet. To start: coachlog log al\n",
        "",
    )
    brief = run("brief", "al", "--json").json["brief"]
    del brief["person"]
    assert brief == {
        "last_session": None,
        "answers": [],
        "actions": [],
        "measures": [],
        "goals": [],
        "notes": [],
        "cancelled_since": [],
        "withheld": 0,
        "own_notes_withheld": 0,
        "ask_first": {"action": None, "goal": None},
        "days_since": None,
        "last_met": None,
        "supports": [],
        "moves": None,
        "last_of_two": None,
        "agreed_days": [],
        "wellbeing_offered": None,
        "next_due": None,
        "rhythm": None,
        "days_late": None,
    }


@pytest.mark.parametrize(
    ("flags", "first"),
    [
        ([], "talked 3 days ago · wellbeing not offered yet"),
        (["--every", "2w"], "talked 3 days ago; every 2 weeks: next by Fri 4 Dec"),
        (["--every", "1d"], "talked 3 days ago; every day: due since Sat 21 Nov"),
        (
            ["--every", "1d", "--pause-until", "30 Nov"],
            "talked 3 days ago; every day: paused until Mon 30 Nov",
        ),
        (
            ["--pause-until", "30 Nov"],
            "talked 3 days ago; paused until Mon 30 Nov · wellbeing not offered yet",
        ),
    ],
)
def test_the_first_line_says_when_the_next_talk_is_due(
    run: Run, flags: list[str], first: str
) -> None:
    hold(run, held_on="2026-11-20")
    if flags:
        assert run("person", "edit", "priya", *flags).code == 0
    assert (
        run("brief", "priya").out.split("\n")[0]
        == f"Priya Shah · reports to you · {first}"
    )


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (
            84,
            [
                "Priya Shah · reports to you · talked 10 days ago; "
                "every 2 weeks: next by Fri 27 Nov"
            ],
        ),
        (
            82,
            [
                "Priya Shah · reports to you · talked 10 days ago",
                "every 2 weeks: next by Fri 27 Nov · wellbeing not offered yet",
            ],
        ),
        (
            40,
            [
                "Priya Shah · reports to you",
                "talked 10 days ago",
                "every 2 weeks: next by Fri 27 Nov",
            ],
        ),
    ],
)
def test_the_first_line_becomes_several(width: int, rows: list[str]) -> None:
    found = Brief(SOMEONE, TALK._replace(held_on=date(2026, 11, 13)))
    assert printed(found, width).splitlines()[: len(rows)] == rows


def test_nobody_archived_is_due(run: Run) -> None:
    hold(run, held_on="2026-01-20")
    for words in ("person edit priya --every 2w", "person archive priya"):
        assert run(*words.split()).code == 0
    first = run("brief", "priya").out.split("\n")[0]
    assert first == "Priya Shah · reports to you · archived · talked 307 days ago"
    brief = run("brief", "priya", "--json").json["brief"]
    assert (brief["rhythm"], brief["next_due"]) == (None, None)
    assert "overdue" not in run("person", "show", "priya").out
    assert "overdue" not in run("person", "list", "--archived").out


def test_talks_cancelled_since_the_last_one(run: Run) -> None:
    hold(run, held_on="2026-11-13")
    for words in ("them --on 2026-11-12", "me --on 2026-11-22", "them --on 2026-11-20"):
        assert run("session", "cancel", "priya", "--by", *words.split()).code == 0
    second = run("brief", "priya").out.split("\n")[1]
    assert second == "Cancelled since: Fri 20 Nov, by Priya; Sun 22 Nov, by you"


def test_a_first_talk_that_was_cancelled(run: Run) -> None:
    run("person", "add", "Al", "-r", "peer")
    run("session", "cancel", "al", "--by", "me")
    assert run("brief", "al").out.split("\n")[1] == "Cancelled: Mon 23 Nov, by you"


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 140])
def test_a_question_is_above_its_answer_and_neither_is_cut(width: int) -> None:
    question = "What is it really about, when you think about it again, and again?"
    answers = (said("x", LONG)._replace(question=question), said("y", "Short"))
    out = printed(Brief(SOMEONE, TALK, answers), width)
    assert max(map(len, out.splitlines())) <= width
    assert f"{question} {LONG} y? Short" in " ".join(out.split())
    rows = out.splitlines()
    assert rows[-2:] == ["  y?", "    Short"]


@given(
    lines=st.lists(st.text("ab -*•1.) \t", max_size=12), max_size=6),
    width=st.integers(40, 120),
)
def test_each_line_of_an_answer_is_a_line(lines: list[str], width: int) -> None:
    answer = Answer("a", "b", "Ask?", PromptKind.TEXT, "\n".join(lines))
    page = printed(Brief(SOMEONE, TALK, answers=(answer,)), width, 40)
    rows = [row.split() for row in page.split("Ask?\n")[1].splitlines()]
    typed = [line.split() for line in lines if line.strip()]
    # An answer of white space alone still has its place.
    assert [row for row in rows if row] == typed


def test_a_list_hangs_behind_its_marks() -> None:
    words = "Settled.\n- the late shift is short on Tuesdays\n  - nobody told Helen yet of it"
    answer = Answer("a", "b", "Ask?", PromptKind.TEXT, words)
    page = printed(Brief(SOMEONE, TALK, answers=(answer,)), 30, 40)
    assert page.split("Ask?\n")[1].splitlines() == [
        "    Settled.",
        "    - the late shift is",
        "      short on Tuesdays",
        "      - nobody told Helen",
        "        yet of it",
    ]


NOTES = "Rota is settled.\n\nWhat came up:\n- one thing\n- another\n* a third"


def test_every_screen_keeps_the_lines_of_a_note(run: Run) -> None:
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("log", "priya", input=NOTES).code == 0
    typed = [line for line in NOTES.split("\n") if line]
    for look in ("brief priya", "session show 1", "history priya"):
        rows = [row.strip() for row in run(*look.split()).out.splitlines()]
        assert [row for row in rows if row in typed] == typed, look
    shown = run("log", "priya", "--dry-run", input=NOTES).out.splitlines()
    assert [row.strip() for row in shown if row.strip() in typed] == typed


def test_only_where_there_is_no_room_a_long_answer_is_cut() -> None:
    answers = (said("x", LONG * 9),) * 2
    notes = tuple(Note(n, "y", TODAY) for n in range(30))
    found = Brief(SOMEONE, TALK, answers, notes=notes)
    rows = printed(found, 80, height=60).splitlines()
    assert " ".join(" ".join(rows).split()).count("thirteen") == 18
    assert not any("…" in row for row in rows)
    rows = printed(found, 80).splitlines()
    assert sum(row.endswith(" …") for row in rows) == 2
    assert "  In full: coachlog session show 7" in rows
    assert len(rows) <= 23
    assert max(map(len, rows)) <= 80


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        pytest.param(Goal("g"), "not rated yet", id="new"),
        pytest.param(Goal("g", now=7, target=8), "now 7, target 8", id="of-ten"),
        pytest.param(
            Goal("g", scale=GoalScale.ATTAINMENT, now=1, target=1),
            "more than expected, target: more than expected",
            id="levels",
        ),
        pytest.param(
            Goal("g", now=7, review_on=date(2026, 7, 23)),
            "now 7, review was due Thu 23 Jul",
            id="review-due",
        ),
        pytest.param(Goal("g", now=7, review_on=TODAY), "now 7", id="review-today"),
    ],
)
def test_a_goal_in_words(goal: Goal, words: str) -> None:
    rows = printed(Brief(SOMEONE, TALK, goals=(goal._replace(id=3),)), 80).splitlines()
    assert rows[-1] == f"  3  g  {words}"


def test_a_measure_is_named_in_words() -> None:
    found = MeasureReading("work-felt", 5, 1, 10, TODAY)
    assert printed(Brief(SOMEONE, TALK, measures=(found,)), 80).splitlines()[-1] == (
        "  work felt  5 of 10  first answer"
    )


def test_a_first_talk_is_due(run: Run) -> None:
    run("person", "add", "Al", "-r", "peer", "--every", "1w")
    first = run("brief", "al").out.split("\n")[0]
    assert (
        first == "Al · colleague · not talked yet; every week: first conversation due"
    )


def test_nobody_of_that_name(priya: Run) -> None:
    ran = priya("brief", "zoe")
    assert (ran.code, ran.out) == (3, "")


# What is private, and what is about health


def said(prompt: str, value: Any, **flags: Any) -> Answer:
    kind = PromptKind.SCALE if isinstance(value, int) else PromptKind.TEXT
    return Answer(*("s", prompt, f"{prompt}?", kind, value), **{"key": True} | flags)


def asked(
    home: Any, *talks: tuple[date, tuple[Answer, ...]], private: bool = False
) -> tuple[Brief, Person]:
    """Return the brief of Priya after these talks."""
    journal = Journal(home)
    with journal.change(NOW, create=True) as change:
        who = person_changes.insert_person(change, *PRIYA)
        for on, answers in talks:
            held(change, person=who, on=on, answers=answers)
    with journal.read() as db:
        person = Person(who, "", PRIYA[0], "priya-shah", PRIYA[1])
        return briefs.read_brief(db, person, TODAY, private=private), person


ANSWERS = (
    said("open", "a"),
    said("private", "b", private=True),
    said("health", "c", health=True),
    said("skipped", None),
    said("minor", "d", key=False),
)


@pytest.mark.parametrize(
    ("private", "seen", "withheld"),
    [(False, ["open"], 2), (True, ["open", "private", "health"], 0)],
)
def test_private_answers(
    home: Any, private: bool, seen: list[str], withheld: int
) -> None:
    found, _ = asked(home, (TODAY, ANSWERS), private=private)
    assert [one.prompt for one in found.answers] == seen
    assert found.withheld == withheld


def test_private_answers_are_marked(home: Any) -> None:
    found, _ = asked(home, (TODAY, ANSWERS), private=True)
    assert printed(found, 80).splitlines()[1:] == [
        *("", "Last time: GROW, Mon 23 Nov"),
        *("  open?", "    a", "  private?", "    (private) b"),
        *("  health?", "    (health) c"),
    ]


# Measures


def scale(
    value: int | None, high: int = 10, name: str = "mood", **flags: Any
) -> Answer:
    return said(
        name, value, key=False, measure=name, low=1, high=high, **flags
    )._replace(kind=PromptKind.SCALE)


EARLY, LATER = TODAY - timedelta(days=60), TODAY - timedelta(days=30)


@pytest.mark.parametrize(
    ("talks", "private", "expected"),
    [
        pytest.param([(TODAY, [scale(3)])], False, [(3, None, False)], id="once"),
        pytest.param(
            [(EARLY, [scale(3)]), (TODAY, [scale(5)])], False, [(5, 3, False)], id="two"
        ),
        pytest.param(
            [(EARLY, [scale(1)]), (LATER, [scale(3)]), (TODAY, [scale(5)])],
            *(False, [(5, 3, False)]),
            id="the-last-two",
        ),
        pytest.param(
            [(TODAY, [scale(5)]), (EARLY, [scale(3)])],
            *(False, [(5, 3, False)]),
            id="by-the-day-of-the-talk",
        ),
        pytest.param(
            [(EARLY, [scale(3)]), (LATER, [scale(3, high=5)]), (TODAY, [scale(5)])],
            *(False, [(5, 3, False)]),
            id="the-same-range-only",
        ),
        pytest.param(
            [(EARLY, [scale(3)]), (TODAY, [scale(None)])],
            False,
            [(3, None, False)],
            id="skipped",
        ),
        pytest.param(
            [(TODAY, [scale(3), scale(7)])],
            False,
            [(7, 3, False)],
            id="twice-in-one-talk",
        ),
        pytest.param(
            [(EARLY, [scale(3)]), (TODAY, [scale(5, health=True)])],
            *(False, [(3, None, False)]),
            id="health-left-out",
        ),
        pytest.param(
            [(EARLY, [scale(3)]), (TODAY, [scale(5, health=True)])],
            *(True, [(5, 3, True)]),
            id="health-marked",
        ),
        pytest.param(
            [(EARLY, [scale(3, private=True)]), (TODAY, [scale(5)])],
            *(False, [(5, None, False)]),
            id="no-direction-from-a-private-value",
        ),
    ],
)
def test_measures(
    home: Any, talks: list[Any], private: bool, expected: list[Any]
) -> None:
    found, _ = asked(home, *talks, private=private)
    assert [(one.value, one.before, one.private) for one in found.measures] == expected


def test_measures_come_as_they_were_asked_the_last_talk_first(home: Any) -> None:
    first = [scale(1, name="old"), scale(2, name="a")]
    second = [scale(3, name="b"), scale(4, name="a")]
    found, _ = asked(home, (EARLY, tuple(first)), (TODAY, tuple(second)))
    assert [one.measure for one in found.measures] == ["b", "a", "old"]


def test_a_private_measure_is_counted_as_left_out(home: Any) -> None:
    found, _ = asked(home, (TODAY, (scale(3, private=True), scale(4, name="b"))))
    assert ([one.measure for one in found.measures], found.withheld) == (["b"], 1)


@pytest.mark.parametrize(
    ("before", "on", "words"),
    [
        pytest.param(None, TODAY, "first answer", id="first"),
        pytest.param((3, EARLY), TODAY, "was 3 on Thu 24 Sep", id="up"),
        pytest.param((9, EARLY), TODAY, "was 9 on Thu 24 Sep", id="down"),
        pytest.param((5, EARLY), TODAY, "was 5 on Thu 24 Sep", id="same"),
        pytest.param((3, TODAY), TODAY, "was 3 earlier the same day", id="one-day"),
        pytest.param(
            (3, EARLY),
            LATER,
            "asked Sat 24 Oct; was 3 on Thu 24 Sep",
            id="not-last-time",
        ),
        pytest.param(
            None, LATER, "first answer; asked Sat 24 Oct", id="first-not-last-time"
        ),
    ],
)
def test_a_measure_stands_beside_the_value_before_it(
    before: Any, on: date, words: str
) -> None:
    found = MeasureReading("mood", 5, 1, 10, on, *(before or ()))
    brief = Brief(SOMEONE, TALK, measures=(found,))
    assert printed(brief, 80).splitlines()[-1] == f"  mood  5 of 10  {words}"


# However much there is


@pytest.mark.parametrize("talks", [1, 30])
def test_it_asks_the_journal_as_often_for_much_as_for_little(
    home: Any, talks: int
) -> None:
    days = [TODAY - timedelta(days=n) for n in range(talks)]
    _, person = asked(home, *((day, (*ANSWERS, scale(3))) for day in days))
    sent: list[str] = []
    with Journal(home).read() as db:
        db.set_trace_callback(sent.append)
        briefs.read_brief(db, person, TODAY)
        db.set_trace_callback(None)
    assert (
        len(sent) == 11
    )  # last time, cancelled, key answers, promises, goals, measures and names, notes, met, support


SOMEONE = Person(1, "", "Priya Shah", "priya-shah", Relationship.REPORT, every_days=14)
TALK = Session(7, "", SessionStatus.HELD, "grow", "GROW", TODAY, None, ())


def printed(found: Brief, width: int, height: int = 23) -> str:
    page = StringIO()
    Console(file=page, width=width, markup=False, emoji=False, highlight=False).print(
        screen.render_brief(found, TODAY, width, height)
    )
    return page.getvalue()


def test_what_is_left_out_is_counted_with_the_command_that_shows_it() -> None:
    actions = [
        Action(n, "", PersonRef(1, "Priya Shah"), 7, "x" * 99, "me") for n in range(9)
    ]
    notes = [Note(n, "y" * 99, TODAY) for n in range(12)]
    goals = [Goal("z" * 99, id=n) for n in range(9)]
    found = Brief(SOMEONE, TALK, (), tuple(actions), (), tuple(goals), tuple(notes))
    rows = printed(found, 80).splitlines()
    assert [row for row in rows if " more: " in row] == [
        "  5 more: coachlog action list -p priya-shah",
        "  8 more: coachlog goal list priya-shah",
        "  11 more: coachlog note priya-shah --list",
    ]
    assert len(rows) <= 23
    assert "…" not in "".join(rows)
    whole = printed(found, 80, height=200)
    assert " more: " not in whole


# Last words, whatever was skipped


@pytest.mark.parametrize(
    ("answers", "quoted"),
    [
        pytest.param([said("a", "x"), said("b", "y", key=False)], "a", id="key"),
        pytest.param(
            [
                *(said("a", None), said("b", "x", key=False), said("c", 3, key=False)),
                *(said("d", "y", key=False), said("e", "z", key=False)),
            ],
            "bd",
            id="key-skipped",
        ),
        pytest.param(
            [said("a", 3), said("b", "x", key=False)], "ab", id="key-has-no-words"
        ),
        pytest.param(
            [said("a", "x", private=True), said("b", "y", key=False)],
            "ab",
            id="key-is-a-note-to-oneself",
        ),
        pytest.param([said("a", "x", private=True)], "a", id="only-such-a-note"),
        pytest.param(
            [said("a", "x", key=False, private=True), said("b", None)],
            "a",
            id="only-private-words",
        ),
        pytest.param(
            [said("a", "x", key=False, private=True), said("b", "y", key=False)],
            "b",
            id="open-words-before-private-ones",
        ),
        pytest.param(
            [said("a", "x", key=False, health=True)], "a", id="only-about-health"
        ),
        pytest.param(
            [said("a", "", key=True), said("b", [], key=True), said("c", 4, key=False)],
            "c",
            id="no-words-at-all",
        ),
        pytest.param([said("a", None)], "", id="nothing-at-all"),
    ],
)
def test_which_answers_are_quoted(answers: list[Answer], quoted: str) -> None:
    assert "".join(a.prompt for a in choose_quoted_answers(answers)) == quoted


KINDS = st.sampled_from([PromptKind.TEXT, PromptKind.LINE, PromptKind.CHOICE])
FLAG = st.booleans()


@given(
    st.lists(
        st.builds(
            lambda prompt, kind, value, key, private, health: Answer(
                *("s", prompt, "?", kind, value, private, key, health)
            ),
            *(st.sampled_from("abcdef"), KINDS, st.sampled_from([None, "", "x"])),
            *(FLAG, FLAG, FLAG),
        )
    )
)
def test_no_conversation_in_which_something_was_typed_is_empty(
    answers: list[Answer],
) -> None:
    quoted = choose_quoted_answers(answers)
    assert bool(quoted) == any(answer.value for answer in answers)
    assert [answer for answer in answers if answer in quoted] == quoted
    assert all(answer in quoted for answer in answers if answer.key and answer.value)


def test_what_was_typed_comes_back_where_key_questions_were_skipped(run: Run) -> None:
    answers = {
        "goal.today": "A way to start",
        "reality.happening": "Runs 25 min over; nobody owns the sheet",
        "will.sure": 3,
    }
    hold(run, template="grow", held_on="2026-11-13", answers=answers)
    brief = run("brief", "priya").out
    assert "\n    Runs 25 min over; nobody owns the sheet\n" in brief
    assert brief.count("3 of 10") == 1
    json_answers = run("brief", "priya", "--json").json["brief"]["answers"]
    assert [answer["prompt"] for answer in json_answers] == ["today", "happening"]
    history = run("history", "priya").out
    assert "Runs 25 min over; nobody owns the sheet" in history
    page = run("history", "export", "priya").out
    assert "Runs 25 min over; nobody owns the sheet" in page
    episode = run("history", "priya", "--json").json["history"]["sessions"][0]
    assert [answer["prompt"] for answer in episode["answers"]] == [
        "today",
        "happening",
        "sure",
    ]


# Notes to oneself


@pytest.fixture
def noted(run: Run) -> Run:
    """A two-minute note in which the owner wrote something for themselves."""
    answers = {"capture.mattered": "The rota", "capture.check": "Is she tired?"}
    hold(run, template="quick", held_on="2026-11-20", answers=answers)
    return run


def test_a_note_to_oneself_is_counted_and_shown_when_asked_for(noted: Run) -> None:
    ran = noted("brief", "priya")
    assert "Is she tired?" not in ran.out
    assert ran.out.endswith(
        "    The rota\n  1 private note to yourself; to see it, add --private\n"
    )
    found = noted("brief", "priya", "--json").json["brief"]
    assert (found["withheld"], found["own_notes_withheld"]) == (1, 1)
    whole = noted("brief", "priya", "--private").out
    assert "\n    (private) Is she tired?\n" in whole
    assert "private note" not in whole


def test_a_setting_shows_notes_to_oneself_and_nothing_else(noted: Run) -> None:
    for words in ("--what Think --private", "--what Rest"):
        ran = noted("action", "add", "priya", "--owner", "me", *words.split())
        assert ran.code == 0, ran.err
    assert noted("config", "set", "brief.private", "on").code == 0
    out = noted("brief", "priya").out
    assert "\n    (private) Is she tired?\n" in out
    assert "Think" not in out
    assert out.endswith("1 private entry is not shown; to see it, add --private.\n")
    found = noted("brief", "priya", "--json").json["brief"]
    assert [answer["private"] for answer in found["answers"]] == [False, True]
    assert (found["withheld"], found["own_notes_withheld"]) == (1, 0)


def test_what_is_about_health_is_no_note_to_oneself(home: Any) -> None:
    health = (said("a", "x"), said("b", "y", private=True, health=True))
    found, _ = asked(home, (TODAY, health))
    assert (found.withheld, found.own_notes) == (1, 0)
    with Journal(home).read() as db:
        person = found.person
        shown = briefs.read_brief(db, person, TODAY, own_notes=True)
    assert [answer.prompt for answer in shown.answers] == ["a"]


# Ask first


def in_october() -> datetime:
    return datetime(2026, 10, 1, 9, tzinfo=UTC)


def test_what_has_waited_longest_is_asked_about_first_and_said_once(run: Run) -> None:
    days = ("2026-09-03", "2026-10-01", "2026-10-29", "2026-11-20")
    for number, day in enumerate(days):
        reviews = [{"action": n, "outcome": "open"} for n in range(1, number + 1)]
        actions = [{"what": f"Of {day}", "owner": "them"}]
        hold(run, held_on=day, actions=actions, review=reviews)
    for title, review in (
        ("Late", "20 nov"),
        ("Later", "2 nov"),
        ("Not yet", "30 nov"),
    ):
        flags = ("--title", title, "--review", review)
        assert run("goal", "add", "priya", *flags, clock=in_october).code == 0
    out = run("brief", "priya").out
    rows = out.splitlines()
    first = rows.index("Ask first")
    assert rows[first + 1].startswith("  Promise 1: Of 2026-09-03 · Priya · no date · ")
    assert rows[first + 1].endswith("carried over 3 times")
    assert rows[first + 2].startswith(
        "  Goal 2: Later · not rated yet, review was due "
    )
    assert [
        out.count(words) for words in ("Of 2026-09-03", "Of 2026-10-01", "Later")
    ] == [
        *(1, 1, 1),
    ]
    found = run("brief", "priya", "--json").json["brief"]
    assert found["ask_first"] == {"action": 1, "goal": 2}
    assert [action["id"] for action in found["actions"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("carried", "expected"), [((0, 1), None), ((2, 1), 1), ((2, 5), 1), ((1, 2), 2)]
)
def test_a_promise_carried_once_is_not_asked_about_first(
    carried: tuple[int, int], expected: int | None
) -> None:
    actions = [
        Action(n, "", None, None, "x", "me", carried=count)
        for n, count in enumerate(carried, 1)
    ]
    found = ask_first.find_promise_to_raise(actions)
    assert (found.id if found else None) == expected


def test_thanks_and_what_to_raise_are_not_yet_said() -> None:
    notes = (Note(1, "Ask", TODAY), Note(2, "The audit", TODAY, NoteKind.THANKS))
    rows = printed(Brief(SOMEONE, TALK, notes=notes), 80).splitlines()
    assert rows[-3:] == [
        "Not yet said · once said: coachlog note --said ID",
        "  1  to raise  Ask        Mon 23 Nov",
        "  2  thanks    The audit  Mon 23 Nov",
    ]


# Whoever is next


def test_brief_alone_is_about_whoever_is_due_next(run: Run) -> None:
    for line in (
        "person add Al -r peer --every 1w",
        "person add Bo -r peer --every 1w",
        "person add Cy -r peer",
        "person edit bo --pause-until 2026-12-24",
    ):
        assert run(*line.split()).code == 0
    hold(run, person="bo", held_on="2026-10-01")
    hold(run, person="al", held_on="2026-10-02")
    hold(run, person="cy", held_on="2026-01-02")
    ran = run("brief")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Al · colleague · talked")
    assert run("brief", "--json").json["brief"]["person"]["slug"] == "al"
    assert run("--json").json["today"]["talk_next"][0] == 1
    assert run("brief", "").code == 3


def test_brief_alone_without_anybody(run: Run) -> None:
    assert run("person", "edit", "me", "--name", "Tom").code == 0
    ran = run("brief")
    assert (ran.code, ran.out) == (3, "")
    assert "To start: coachlog log NAME" in ran.err


WORDS = st.text(max_size=20).filter(lambda text: "\x00" not in text)
COUNT = st.integers(0, 30)


@given(
    st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT),
    WORDS,
    st.integers(60, 140),
    st.booleans(),
)
def test_it_fits_one_screen_whatever_there_is(
    counts: tuple[int, ...], words: str, width: int, more: bool
) -> None:
    answers, actions, measures, goals, notes = map(range, counts)
    found = Brief(
        SOMEONE._replace(name=words or "x"),
        TALK if more else None,
        tuple(said(words, words, private=more) for _ in answers if more),
        tuple(
            Action(
                n, "", PersonRef(1, words), 1, words, words or "me", EARLY, private=more
            )
            for n in actions
        ),
        tuple(MeasureReading("mood", 5, 1, 10, LATER, 3, EARLY) for _ in measures),
        tuple(Goal(words, id=n, now=1, target=2) for n in goals),
        tuple(Note(n, words, EARLY) for n in notes),
        withheld=3 * more,
    )
    out = printed(found, width)
    rows = out.removesuffix("\n").split("\n")
    assert len(rows) <= 23
    assert max(map(cell_len, rows)) <= width
    assert unprintable(out) == set()
    assert [row for row in rows if not row.strip()] == [row for row in rows if not row]


@pytest.mark.parametrize(
    ("notes", "shown"),
    [
        pytest.param(
            "- ring HR by fri\n- Priya: send it",
            "2 promises, nothing else written",
            id="promises-alone",
        ),
        pytest.param(
            "- ring HR by fri\n~ tired", "1 promise\n", id="and-a-private-note"
        ),
        pytest.param("- ring HR by fri\nWell.", "Well.", id="and-text"),
    ],
)
def test_a_conversation_without_answers_says_what_there_is(
    notes: str, shown: str, run: Run
) -> None:
    run("person", "add", "Priya Shah", "-r", "report")
    assert run("log", "priya", input=notes).code == 0
    lines = run("brief", "priya").out
    assert shown in lines
    assert ("nothing else" in lines) is ("nothing else" in shown)
