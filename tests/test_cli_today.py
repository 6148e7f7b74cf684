"""Bare `coachlog`: what you owe, what is owed to you, who to talk to next, and one key to act."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from coachlog.model.actions import Action
from coachlog.model.people import Contact, Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.model.today import GoalToReview, TodayView
from coachlog.rules import home_page
from coachlog.screens import today as today_screen
from coachlog.services import home_keys
from coachlog.services.today import load_today
from coachlog.terminal.console import Console
from command_support import CtrlC, ScriptedPerson, golden, hold
from conftest import NOW, Run

TODAY = date(2026, 11, 23)
PERSON = Person(1, "", "Al", "al", Relationship.PEER)


def words(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines() if line.strip()]


def test_a_new_home_gets_a_welcome_and_no_journal(run: Run, home: Path) -> None:
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == golden("welcome.txt", ran.out)
    assert "coachlog session new" in ran.out
    assert not home.exists()


def test_a_new_home_as_json(run: Run, home: Path) -> None:
    assert run("--json").json == {
        "schema": 1,
        "today": {
            "date": "2026-11-23",
            "drafts": [],
            "actions": [],
            "people": [],
            "you_owe": [],
            "owed_to_you": [],
            "stale": [],
            "talk_next": [],
            "forms": [],
            "goals": [],
            "notes": [],
            "week": None,
            "recurrences": [],
            "check_ins": [],
            "tank": None,
        },
    }
    assert not home.exists()


def test_a_quiet_day(run: Run) -> None:
    hold(run, held_on="2026-11-20")
    assert words(run().out) == [
        "Monday 23 November 2026",
        "You owe",
        "Nothing is due in the next seven days.",
        "Talk to next",
        "Priya Shah talked 3 days ago",
    ]


def test_a_journal_without_anybody(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    assert "Nobody yet. To start: coachlog log NAME" in run().out


@pytest.fixture
def busy(example: Run) -> Run:
    """A draft, something overdue, something due today, and people with and without a rhythm."""
    for line in (
        "person edit priya --every 2w",
        "person add Al -r peer --every 1w",
        "person add Bo -r peer",
        "person add Cy -r peer --every 1w",
        "action add --what Rest --due 2026-11-20",
        "action add al --what Ring --owner them --due today",
    ):
        assert example(*line.split()).code == 0
    hold(example, person="cy", held_on="2026-11-02")
    person = ScriptedPerson(
        {"capture.mattered": "x", "capture.promises.1.what": CtrlC()}
    )
    assert example("session", "new", "bo", "-t", "quick", person=person).code == 130
    return example


def test_marks_in_a_paused_conversation_are_said_to_wait(example: Run) -> None:
    reviews = {"review.2.outcome": "done", "review.1.outcome": "moved to another date"}
    person = ScriptedPerson(
        reviews | {"review.1.due": "+2w", "capture.mattered": CtrlC()}, skip=True
    )
    line = "session new priya -t quick"
    assert example(*line.split(), person=person).code == 130
    assert (
        "Not finished: Quick note with Priya Shah, today, 2 promises marked in it: "
        "coachlog session resume 2"
    ) in " ".join(example().out.split())


def test_a_busy_day(busy: Run) -> None:
    ran = busy()
    assert (ran.code, ran.err) == (0, "")
    assert words(ran.out) == [
        "Monday 23 November 2026",
        "You owe",
        "4 Rest 3 days overdue",
        "2 Send Priya last year's agenda Priya Tue 24 Nov",
        "Owed to you",
        "5 Ring Al today",
        "1 Draft the huddle agenda and send it round Priya Fri 27 Nov",
        "1 more due later: coachlog action list --owner them",
        "Talk to next",
        "Cy talked 21 days ago long overdue (14 days)",
        "Al not talked yet first conversation due",
        "Priya Shah talked 3 days ago next by Fri 4 Dec",
        "Bo not talked yet",
        "Waiting",
        "Not finished: Quick note with Bo, today: coachlog session resume 3",
    ]


@pytest.mark.parametrize("width", [40, 48, 80])
def test_the_command_that_resumes_a_draft_stays_in_one_piece(
    busy: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    rows = [
        row
        for row in busy().out.splitlines()
        if row.endswith("coachlog session resume 3")
    ]
    assert len(rows) == 1
    assert len(rows[0]) <= width


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize("width", [76, 80])
def test_a_full_day_fits_a_screen(
    busy: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for name in ("Di", "Ed", "Flo"):
        assert busy("person", "add", name, "-r", "peer").code == 0
        what = (
            f"Write the long report about {name} and everything that was said and done"
        )
        assert (
            busy(
                "action",
                "add",
                "priya",
                *("--what", what, "--due", "2026-09-20", "--owner", "me"),
            ).code
            == 0
        )
    assert busy("goal", "add", "--title", "Rest", "--review", "2026-11-30").code == 0
    ran = busy(clock=lambda: datetime(2026, 12, 1, 9, tzinfo=UTC))
    rows = ran.out.splitlines()
    assert (len(rows) <= 23, max(map(len, rows)) <= width) == (True, True)
    assert "…" not in ran.out
    told = words(ran.out)
    assert "Goal to review: Rest: coachlog goal rate 1" in told
    assert (
        "3 promises overdue for more than 60 days: coachlog action list --overdue"
        in told
    )
    assert "1 more: coachlog person list" in told


def test_a_private_promise_keeps_its_mark(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    what = "Think about who follows Priya as deputy, and by when it is to be decided"
    for words in (what, "Rest"):
        flags = ("--owner", "me", "--private", "--due", "tomorrow")
        assert run("action", "add", "--what", words, *flags).code == 0
    assert run("--private").out.count("(private)") == 2
    assert run().out.count("(private)") == 2
    assert "deputy" not in run().out


def test_blank_lines_stay_where_there_is_room(busy: Run) -> None:
    assert busy().out.splitlines()[1] == ""


def test_a_busy_day_as_json(busy: Run) -> None:
    ran = busy("--json")
    today: dict[str, Any] = ran.json["today"]
    assert list(ran.json) == ["schema", "today"]
    assert [(d["id"], d["people"], d["begun_on"]) for d in today["drafts"]] == [
        (3, ["Bo"], "2026-11-23")
    ]
    assert [a["id"] for a in today["actions"]] == [4, 5, 2, 1, 3]
    assert sorted(p["name"] for p in today["people"]) == [
        "Al",
        "Bo",
        "Cy",
        "Priya Shah",
    ]


def test_today_asks_nothing(busy: Run) -> None:
    nobody = ScriptedPerson()
    assert busy(person=nobody).code == 0
    assert nobody.asked == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 27, 9, tzinfo=UTC),
        datetime(2026, 12, 2, 9, tzinfo=UTC),
    ],
    ids=["friday", "next-week"],
)
def test_promises_come_back_by_themselves(example: Run, moment: datetime) -> None:
    lines = words(example(clock=lambda: moment).out)
    first = lines[lines.index("You owe") + 1]
    assert first.startswith("2 Send Priya last year's agenda Priya")
    assert first.endswith("overdue")


# What is listed, and in which order

OWED = (
    ("2 days overdue", "21 nov"),
    ("today", "23 nov"),
    ("next week", "30 nov"),
    ("60 days overdue", "24 sep"),
    ("8 days overdue", "15 nov"),
)


@pytest.fixture
def owing(run: Run) -> Run:
    """Promises of the owner's and of Al's, old, due about now and later, in the order listed."""
    assert run("person", "add", "Al", "-r", "peer").code == 0
    rows = [*OWED, ("61 days overdue", "23 sep"), ("later", "1 dec")]
    for owner in ("me", "them"):
        for what, due in reversed(rows):
            add_promise(run, what, owner, due)
        add_promise(run, "some day", owner)
    return run


def add_promise(run: Run, what: str, owner: str, due: str | None = None) -> None:
    day = ("--due", f"{due} 2026") if due else ()
    ran = run("action", "add", "al", "--what", what, "--owner", owner, *day)
    assert ran.code == 0, ran.err


def test_nothing_old_stands_above_this_week(owing: Run) -> None:
    out = owing().out
    mine = words(out)[2:8]
    assert mine.pop(3) == "Overdue for more than a week"
    assert [row.split(" Al ")[0].split(" ", 1)[1] for row in mine] == [
        what for what, _ in OWED
    ]
    assert words(out)[8:] == [
        "1 more due later, 1 without a date: coachlog action list --owner me",
        "Owed to you",
        "15 2 days overdue Al 2 days overdue",
        "14 today Al today",
        "13 next week Al Mon 30 Nov",
        "2 more, 1 due later, 1 without a date: coachlog action list --owner them",
        "Talk to next",
        "Al not talked yet",
        "Waiting",
        "2 promises overdue for more than 60 days: coachlog action list --overdue",
    ]


def test_what_is_listed_as_json(owing: Run) -> None:
    today = owing("--json").json["today"]
    assert today["you_owe"] == [7, 6, 5, 4, 3]
    assert today["owed_to_you"] == [15, 14, 13, 12, 11]
    assert today["stale"] == [2, 10]
    assert today["talk_next"] == [1]


@pytest.mark.parametrize("height", [*range(8, 30), 60])
def test_rows_give_way_to_the_height_and_the_essential_ones_never(height: int) -> None:
    people = tuple(Contact(PERSON._replace(name=f"P{n}"), None, 0) for n in range(12))
    actions = tuple(
        Action(n, "", None, None, f"word{n} " * 12, "me" if n < 10 else "them", TODAY)
        for n in range(20)
    )
    view = TodayView(
        TODAY,
        actions=actions,
        promises=home_page.sort_out_promises(actions, TODAY),
        next_talks=people,
        goals=(GoalToReview(1, TODAY),),
    )
    lines = today_screen.render_today(view, 80, height).plain.split("\n")
    essential = 1 + (1 + 2 + 1) + (1 + 2 + 1) + (1 + 1 + 1) + 2
    assert len(lines) <= max(height, essential)
    assert len(lines) >= min(height - 3, essential)
    assert lines[0] == "Monday 23 November 2026"
    assert max(map(len, lines)) <= 80
    hidden = [line.split()[0] for line in lines if " more: " in line]
    shown = sum(
        line.lstrip()[:2].rstrip().isdigit() for line in lines if "word" in line
    )
    if height == 60:
        assert (shown, hidden) == (13, ["7", "7"])


@pytest.mark.parametrize("width", [40, 60, 80, 120, 140])
@pytest.mark.parametrize(
    "name",
    ["Al", "Dr Helen Marsh-Featherstonehaugh", "王小明王小明王小明王小明", "x" * 60],
)
def test_whole_words_at_every_width(width: int, name: str) -> None:
    what = (
        "Tell them all who decides about the corridor, 走廊走廊, and that I kept " * 2
    )
    them = PersonRef(1, name)
    actions = tuple(
        Action(n, "", them, None, what.strip(), owner, TODAY)
        for n, owner in enumerate(("me", "them", "Dana Lee"), 1)
    )
    view = TodayView(
        TODAY,
        actions=actions,
        promises=home_page.sort_out_promises(actions, TODAY),
        next_talks=(Contact(PERSON._replace(name=name), TODAY, 0),),
    )
    page = today_screen.render_today(view, width, 24).plain
    assert max(map(cell_len, page.split("\n"))) <= width
    assert "…" not in page
    joined = " ".join(page.split())
    assert all(
        joined.count(word) >= 3 for word in ("corridor,", "decides", "走廊走廊,")
    )


# The last working day of the week


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 27), "You kept 2 of 3 this week"),
        (date(2026, 11, 28), None),
    ],
    ids=["thursday", "friday", "saturday"],
)
def test_the_week_is_counted_on_its_last_working_day(
    run: Run, day: date, line: str | None
) -> None:
    for what, due in (
        ("a", "24 nov"),
        ("b", "25 nov"),
        ("c", "26 nov"),
        ("d", "27 nov"),
    ):
        assert run("action", "add", "--what", what, "--due", due).code == 0
    assert run("action", "add", "--what", "old", "--due", "22 nov").code == 0
    assert run("action", "done", "1", "2").code == 0

    def clock() -> datetime:
        return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)

    rows = [row for row in words(run(clock=clock).out) if "You kept" in row]
    assert rows == ([line] if line else [])
    week = run("--json", clock=clock).json["today"]["week"]
    if not line:
        assert week is None
        return
    figures = run(
        *("progress", "--since", "2026-11-23", "--until", "2026-11-29", "--json"),
        clock=clock,
    ).json["progress"]["me"]["first_date"]
    assert (
        week == {"kept": figures["kept"], "of": figures["of"]} == {"kept": 2, "of": 3}
    )


def test_a_week_without_promises_is_not_counted(run: Run) -> None:
    assert run("action", "add", "--what", "a", "--due", "4 dec").code == 0
    friday = run(clock=lambda: datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert "this week" not in friday.out


# What waits, and that each of it can be cleared by the command it names


def test_every_nag_can_be_cleared_by_the_command_it_names(busy: Run) -> None:
    assert busy("goal", "add", "--title", "Rest", "--review", "24 nov").code == 0
    assert busy("person", "note", "priya", "--text", "Ask").code == 0

    def later() -> datetime:
        return datetime(2026, 11, 30, 9, tzinfo=UTC)

    def list_waiting() -> list[str]:
        rows = words(busy(clock=later).out)
        return rows[rows.index("Waiting") + 1 :] if "Waiting" in rows else []

    assert list_waiting() == [
        "Not finished: Quick note with Bo, 7 days ago: coachlog session resume 3",
        "Goal to review: Rest: coachlog goal rate 1",
        "1 note for Priya: coachlog brief priya-shah",
    ]
    assert busy("goal", "rate", "1", "5", clock=later).code == 0
    assert busy("person", "note", "priya", "--drop", "1").code == 0
    rest = ScriptedPerson({}, skip=True)
    assert busy("session", "resume", "3", person=rest, clock=later).code == 0
    assert list_waiting() == []


def test_what_is_older_than_two_months_is_one_line(busy: Run) -> None:
    assert busy("goal", "add", "--title", "Rest", "--review", "24 nov").code == 0
    assert busy("person", "note", "priya", "--text", "Ask").code == 0
    ran = busy(clock=lambda: datetime(2027, 2, 23, 9, tzinfo=UTC))
    rows = words(ran.out)
    waiting = " ".join(rows[rows.index("Waiting") + 1 :])
    assert waiting == (
        "For more than 60 days: 5 promises overdue (coachlog action list --overdue), "
        "1 goal review overdue (coachlog goal list), "
        "1 draft waiting (coachlog session list --drafts), "
        "1 note waiting (coachlog note priya-shah --list)"
    )


# The keys


def test_a_key_asks_which_only_where_there_are_several(
    example: Run, home: Path
) -> None:
    keys = {
        "d": ("Which promise is done?", ["action", "done", "2"]),
        "m": ("Which promise gets another date?", ["action", "move", "2"]),
    }
    for key, (question, command) in keys.items():
        person = ScriptedPerson({question: ("nobody", "priya", "99", " #2 ")})
        assert press(home, key, person) == command
        assert person.told == [
            "No open promise fits “nobody”.",
            "Which of these? 2 Send Priya last year's agenda; "
            "1 Draft the huddle agenda and send it round",
            "No open promise fits “99”.",
        ]
        assert press(home, key, ScriptedPerson({question: None})) == []
    nobody = ScriptedPerson()
    assert press(home, "l", nobody) == ["log", "priya-shah"]
    assert press(home, "b", nobody) == ["brief", "priya-shah"]
    for key in ("", "q", "x", "\x1b", "\r", "é"):
        assert press(home, key, nobody) == []
    assert nobody.asked == []
    assert example("action", "done", "1", "3").code == 0
    assert press(home, "d", nobody) == ["action", "done", "2"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        pytest.param("agenda", [], id="of-two"),
        pytest.param("huddle", ["1"], id="a-word"),
        pytest.param("last AGEN", ["2"], id="beginnings-of-words"),
        pytest.param("2 1", ["2", "1"], id="two-numbers"),
        pytest.param("#1, 99", [], id="one-of-them-unknown"),
        pytest.param("rest", [], id="private"),
        pytest.param("4", ["4"], id="private-by-its-number"),
    ],
)
def test_a_promise_is_meant_by_its_words_or_several_by_their_numbers(
    example: Run, home: Path, typed: str, ids: list[str]
) -> None:
    rest = ("--what", "Rest on Sunday", "--due", "24 nov", "--private")
    assert example("action", "add", *rest).code == 0
    person = ScriptedPerson({"Which promise is done?": (typed, None)}, skip=True)
    command = press(home, "d", person)
    assert command[2:] == ids


def test_a_key_names_a_promise_that_the_page_only_counts(run: Run, home: Path) -> None:
    assert run("action", "add", "--what", "Rest", "--due", "24 dec").code == 0
    question = "Which promise is done?"
    person = ScriptedPerson({question: (None,)})
    assert press(home, "d", person) == []
    assert person.told == ["1 Rest, due Thu 24 Dec"]
    assert press(home, "d", ScriptedPerson({question: "1"})) == ["action", "done", "1"]


@pytest.mark.usefixtures("busy")
def test_whose_brief_is_asked_the_next_one_first(home: Path) -> None:
    question = "Whose brief?"
    assert press(home, "b", ScriptedPerson({question: None})) == ["brief", "cy"]
    person = ScriptedPerson({question: ("zoe", "2")})
    assert press(home, "b", person) == ["brief", "priya-shah"]
    assert person.told == ["Nobody here fits “zoe”."]
    assert press(home, "l", ScriptedPerson()) == ["log"]


def test_a_key_discards_a_draft_that_was_not_started_today(
    example: Run, home: Path
) -> None:
    def list_keys(day: int) -> list[str]:
        desk = Console(home, lambda: NOW + timedelta(days=day)).desk
        overview = load_today(desk)
        if ("x", "discard draft") not in home_keys.list_home_keys(overview):
            return []
        return home_keys.choose_home_command(desk, overview, "x")

    assert list_keys(1) == []
    half = {"capture.mattered": "x", "capture.promises.1.what": CtrlC()}
    line = ("session", "new", "priya", "-t", "quick")
    assert example(*line, person=ScriptedPerson(half, skip=True)).code == 130
    assert list_keys(0) == []
    assert list_keys(1) == ["session", "discard", "2"]
    another = ScriptedPerson({"There is a draft": "start afresh", **half}, skip=True)
    assert example(*line, person=another).code == 130
    assert list_keys(1) == ["session", "discard"]


def press(home: Path, key: str, person: ScriptedPerson) -> list[str]:
    desk = Console(home, lambda: NOW, asker=person).desk
    return home_keys.choose_home_command(desk, load_today(desk), key)


@pytest.mark.parametrize("width", [60, 80])
def test_no_command_is_broken_where_much_is_old(
    busy: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert busy("goal", "add", "--title", "Rest", "--review", "24 nov").code == 0
    assert busy("person", "note", "priya", "--text", "Ask").code == 0
    out = busy(clock=lambda: datetime(2027, 2, 23, 9, tzinfo=UTC)).out
    assert "(coachlog action list --overdue)" in out
    assert "(coachlog session list --drafts)" in out
    assert "(coachlog note priya-shah --list)" in out
    assert max(map(len, out.splitlines())) <= width


@pytest.mark.parametrize("width", [40, 50, 60])
def test_no_date_is_broken_on_a_narrow_screen(
    busy: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = [line.strip() for line in busy().out.splitlines()]
    for whole in (
        "long overdue (14 days)",
        "first conversation due",
        "talked 21 days ago",
        "Tue 24 Nov",
        "3 days overdue",
    ):
        assert any(whole in line for line in lines), whole
    assert not any(line.startswith("·") for line in lines)
    assert "\N{NO-BREAK SPACE}" not in "".join(lines)


@pytest.mark.usefixtures("screen")
def test_what_has_no_date_is_shown_by_one_command(run: Run) -> None:
    assert run("person", "add", "Priya Shah", "-r", "report").code == 0
    assert run("action", "add", "ring HR", "--owner", "me").code == 0
    assert run("action", "add", "send it by fri", "--owner", "me").code == 0
    shown = run().out
    assert "1 more without a date: coachlog action list --owner me --undated" in shown
    listed = run("action", "list", "--owner", "me", "--undated").out
    assert "ring HR" in listed
    assert "send it" not in listed


@pytest.mark.usefixtures("screen")
def test_without_rhythms_five_people_are_named_to_talk_to_next(run: Run) -> None:
    """Those who have been waiting longest, and how to be told when each is due."""
    for name in ("Ann", "Bea", "Cem", "Dan", "Eva", "Fay"):
        assert run("person", "add", f"{name} Hill", "-r", "peer").code == 0
    assert run("log", "ann", input="Talked.").code == 0
    shown = run().out
    assert "Fay Hill" in shown
    assert "Ann Hill" not in shown
    assert "1 more: coachlog person list" in shown
    rhythm = "To see here when each is due: coachlog person edit NAME --every 2w"
    assert rhythm in shown
    assert run("person", "edit", "ann", "--every", "2w").code == 0
    shown = run().out
    assert "Ann Hill" in shown
    assert rhythm not in shown
