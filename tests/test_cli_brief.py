"""`brief`: one screen about someone, and nothing private on it unless asked for."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from coachlog.model import (
    Action,
    Answer,
    Goal,
    GoalScale,
    GoalStatus,
    Note,
    Person,
    PersonRef,
    PromptKind,
    Relationship,
    Session,
    SessionStatus,
)
from coachlog.model.brief import Brief, MeasureReading
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
    """Two talks with Priya, four promises, two goals, two notes, one cancelled talk."""
    copied(home, "brief", lambda: fill(run, home))
    return run


def fill(run: Run, home: Any) -> None:
    hold(run, **FIRST)
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
Priya Shah · report · last met 10 days ago; every 2 weeks: next by Fri 27 Nov
Cancelled since: Fri 20 Nov, by Priya
Last time: GROW, Fri 13 Nov
  What does Priya want to  Run the Monday huddle alone, every week, from January
  achieve beyond today?    on
  How far along is it      5 of 10
  now?
  Which one will Priya t…  Ask Dana to keep time
Promises
  2  you    Ring the rota office about Tuesday  Wed 18 Nov, 5 days overdue
  1  Priya  Lead the huddle twice               Tue 1 Dec
  4  Dana   Keep time                           no date
Measures
  importance  7 of 10  was 8 on Thu 3 Sep
  progress    5 of 10  was 3 on Thu 3 Sep
  confidence  6 of 10  was 6 on Thu 3 Sep
Goals
  1  Lead the huddle  now 5, target 8
Not yet said
  1  to raise  Ask how her mother is      Mon 23 Nov
  2  to raise  The draft of the protocol  Mon 23 Nov
2 private entries left out; --private shows them.
"""


def test_the_screen(priya: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert priya("brief", "priya") == (0, SCREEN, "")


def test_the_screen_with_what_is_private(
    priya: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    plain, whole = (
        SCREEN.splitlines(),
        priya("brief", "priya", "--private").out.splitlines(),
    )
    assert [row for row in whole if row not in plain] == [
        "  How far along is it no…  5 of 10",
        "  3  you    (private) Ask for a day off         no date",
        "  1  Lead the huddle     now 5, target 8",
        "  2  (private) Speak up  less than expected",
    ]
    assert plain[-1] not in whole


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_screen_fits(
    priya: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    rows = priya("brief", "priya", "--private").out.splitlines()
    assert len(rows) <= 22
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
            "days_since",
            "next_due",
            "rhythm",
            "days_late",
        ),
    ]
    assert brief["person"]["slug"] == "priya-shah"
    assert brief["last_session"] == {
        "id": 2,
        "uid": "<uid>",
        "template": "grow",
        "title": "GROW",
        "held_on": "2026-11-13",
        "minutes": None,
    }
    assert brief["answers"][1] == {
        "stage": "reality",
        "prompt": "where-now",
        "question": "How far along is it now?",
        "kind": "scale",
        "value": 5,
        "private": False,
        "health": False,
    }
    assert [one["id"] for one in brief["actions"]] == [2, 1, 4]
    assert brief["measures"][0] == {
        "measure": "importance",
        "value": 7,
        "low": 1,
        "high": 10,
        "on": "2026-11-13",
        "before": 8,
        "before_on": "2026-09-03",
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
        "Al · peer · not met yet\nNothing yet. To start: coachlog session new al\n",
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
        "days_since": None,
        "next_due": None,
        "rhythm": None,
        "days_late": None,
    }


@pytest.mark.parametrize(
    ("flags", "first"),
    [
        ([], "last met 3 days ago"),
        (["--every", "2w"], "last met 3 days ago; every 2 weeks: next by Fri 4 Dec"),
        (["--every", "1d"], "last met 3 days ago; every day: due since Sat 21 Nov"),
        (
            ["--every", "1d", "--pause-until", "30 Nov"],
            "last met 3 days ago; every day: paused until Mon 30 Nov",
        ),
        (["--pause-until", "30 Nov"], "last met 3 days ago; paused until Mon 30 Nov"),
    ],
)
def test_the_first_line_says_when_the_next_talk_is_due(
    run: Run, flags: list[str], first: str
) -> None:
    hold(run, held_on="2026-11-20")
    if flags:
        assert run("person", "edit", "priya", *flags).code == 0
    assert run("brief", "priya").out.split("\n")[0] == f"Priya Shah · report · {first}"


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (
            90,
            [
                "Priya Shah · report · last met 10 days ago; every 2 weeks: next by Fri 27 Nov"
            ],
        ),
        (
            76,
            [
                "Priya Shah · report · last met 10 days ago",
                "every 2 weeks: next by Fri 27 Nov",
            ],
        ),
        (
            40,
            [
                *("Priya Shah · report", "last met 10 days ago"),
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
    assert first == "Priya Shah · report · archived · last met 307 days ago"
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


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        pytest.param(
            80,
            [
                "  What is it really        one two three four five six seven eight nine ten",
                "  about, when you think …  eleven twelve thirteen",
            ],
            id="two-lines",
        ),
        pytest.param(
            60,
            [
                "  What is it really about, when you think again?",
                "    one two three four five six seven eight nine ten eleven…",
            ],
            id="below",
        ),
        pytest.param(
            140,
            [f"  What is it really about, when you think again?  {LONG}"],
            id="beside",
        ),
    ],
)
def test_a_long_answer_has_room(width: int, rows: list[str]) -> None:
    answer = said("x", LONG)._replace(
        question="What is it really about, when you think again?"
    )
    found = Brief(SOMEONE, TALK, (answer,))
    assert printed(found, width).splitlines()[-len(rows) :] == rows


def test_without_room_a_long_answer_takes_one_line() -> None:
    notes = tuple(Note(n, "y", TODAY) for n in range(30))
    rows = printed(
        Brief(SOMEONE, TALK, (said("x", LONG),), notes=notes), 80
    ).splitlines()
    assert rows[2:4] == [f"  x?  {LONG}", "Not yet said"]
    answers = (said("x", LONG * 2),) * 2
    rows = printed(Brief(SOMEONE, TALK, answers, notes=notes), 80).splitlines()
    assert [row[:12] for row in rows[2:5]] == [
        "  x?  one tw",
        "  x?  one tw",
        "Not yet said",
    ]
    assert len(rows) == 22


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
    assert first == "Al · peer · not met yet; every week: first conversation due"


def test_nobody_of_that_name(priya: Run) -> None:
    ran = priya("brief", "zoe")
    assert (ran.code, ran.out) == (3, "")
    assert priya("brief").code == 2


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
        return briefs.read_brief(db, person, private=private), person


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
        *("  open?     a", "  private?  (private) b", "  health?   (health) c"),
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
        briefs.read_brief(db, person)
        db.set_trace_callback(None)
    assert (
        len(sent) == 7
    )  # last time, cancelled, key answers, promises, goals, measures, notes


SOMEONE = Person(1, "", "Priya Shah", "priya-shah", Relationship.REPORT, every_days=14)
TALK = Session(7, "", SessionStatus.HELD, "grow", "GROW", TODAY, None, ())


def printed(found: Brief, width: int) -> str:
    page = StringIO()
    Console(file=page, width=width, markup=False, emoji=False, highlight=False).print(
        screen.render_brief(found, TODAY, width)
    )
    return page.getvalue()


def test_what_is_left_out_is_counted_with_the_command_that_shows_it() -> None:
    actions = [
        Action(n, "", PersonRef(1, "Priya Shah"), 7, "x" * 99, "me") for n in range(9)
    ]
    notes = [Note(n, "y" * 99, TODAY) for n in range(12)]
    goals = [Goal("z" * 99, id=n) for n in range(9)]
    out = printed(
        Brief(SOMEONE, TALK, (), tuple(actions), (), tuple(goals), tuple(notes)), 80
    )
    assert [row for row in out.splitlines() if " more: " in row] == [
        "  4 more: coachlog action list -p priya-shah",
        "  4 more: coachlog goal list priya-shah",
        "  8 more: coachlog note priya-shah --list",
    ]
    assert len(out.splitlines()) == 22


WORDS = st.text(max_size=90).filter(lambda text: "\x00" not in text)
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
    assert len(rows) <= 22
    assert unprintable(out) == set()
    assert [row for row in rows if not row.strip()] == [row for row in rows if not row]
