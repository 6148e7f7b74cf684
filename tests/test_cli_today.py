"""Bare `coachlog`: drafts, promises due and who to talk to next."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from command_support import CtrlC, ScriptedPerson, golden, hold
from conftest import Run


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
        "today": {"date": "2026-11-23", "drafts": [], "actions": [], "people": []},
    }
    assert not home.exists()


def test_a_quiet_day(run: Run) -> None:
    hold(run, held_on="2026-11-20")
    assert words(run().out) == [
        "Monday 23 November 2026",
        "Promises",
        "Nothing is due in the next seven days.",
        "Who to talk to next",
        "name handle relationship last met rhythm open",
        "Priya Shah priya-shah report 3 days ago –",
    ]


def test_a_journal_without_anybody(run: Run) -> None:
    run("person", "edit", "me", "--name", "Tom")
    assert "Nobody yet. To start: coachlog session new" in run().out


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


def test_a_busy_day(busy: Run) -> None:
    ran = busy()
    assert (ran.code, ran.err) == (0, "")
    assert words(ran.out) == [
        "Monday 23 November 2026",
        "Unfinished",
        "# with conversation started",
        "3 Bo Two-minute note today coachlog session resume 3",
        "Promises",
        "# promise who due",
        "4 Rest you Fri 20 Nov, 3 days overdue",
        "5 Ring Al today",
        "2 Send Priya last year's agenda you (with Priya) Tue 24 Nov",
        "1 Draft the huddle agenda and send it round Priya Shah Fri 27 Nov",
        "1 more open: coachlog action list",
        "Who to talk to next",
        "name handle relationship last met rhythm open",
        "Cy cy peer 21 days ago long overdue (14 days) –",
        "Al al peer never first conversation due 1",
        "Priya Shah priya-shah report 3 days ago next by Fri 4 Dec 3",
        "Bo bo peer never –",
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
    assert ("Two-minute note" in rows[0], "today" in rows[0]) == (
        width >= 80,
        width >= 80,
    )


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
    assert rows[6].split("  ")[-1] == "72 days overdue"
    assert "…  you (with Priya)  " in rows[6]
    told = words(ran.out)
    assert "3 more open: coachlog action list" in told
    assert "1 goal to review: coachlog goal list" in told
    assert told[-1] == "1 more: coachlog person list"


def test_a_private_promise_keeps_its_mark_when_it_is_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    what = "Think about who follows Priya as deputy, and by when it is to be decided"
    for words in (what, "Rest"):
        flags = ("--owner", "me", "--private", "--due", "tomorrow")
        assert run("action", "add", "--what", words, *flags).code == 0
    marked = [row for row in run("--private").out.splitlines() if "(private)" in row]
    assert len(marked) == 2
    assert "… (private)  you" in marked[0]


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
    ("moment", "first"),
    [
        (datetime(2026, 11, 27, 9, tzinfo=UTC), "2 Send Priya last year's agenda"),
        (datetime(2026, 12, 2, 9, tzinfo=UTC), "2 Send Priya last year's agenda"),
    ],
    ids=["friday", "next-week"],
)
def test_promises_come_back_by_themselves(
    example: Run, moment: datetime, first: str
) -> None:
    lines = words(example(clock=lambda: moment).out)
    assert lines[lines.index("Promises") + 2].startswith(first)
    assert "overdue" in lines[lines.index("Promises") + 2]
