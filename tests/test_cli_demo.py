"""`coachlog demo`: a year that is whole, the same each time, and beside one's own journal."""

import contextlib
import io
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console as RichConsole

from coachlog.cli.demo import DEMO_FOLDER, TOUR_COMMANDS
from coachlog.dates import Rhythm
from coachlog.model.actions import Fate
from coachlog.rules.promises import judge_fate
from coachlog.rules.rhythm import judge_rhythm
from coachlog.services.demo import demo_home, story
from coachlog.store.reading import action_queries
from coachlog.templates import library
from coachlog.terminal.console import Console
from coachlog.terminal.progress_bar import track_progress
from command_runner import run_captured
from command_support import normal, snapshot
from conftest import NOW, TODAY, Ran, Run
from shared_builds import once


@pytest.fixture
def demo(run: Run, home: Path, year: Path) -> Run:
    """The journal of the demo is in the home."""
    shutil.copytree(year, home)
    return run


@pytest.fixture(scope="session")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `coachlog demo` was typed with an own journal elsewhere: see `TYPED`."""
    return once(tmp_path_factory, "typed", type_it)


TYPED = "said.json"
"""What it said on stdout and stderr, and what then lay in the folder."""


def type_it(folder: Path) -> None:
    folder.mkdir()
    settings = {
        "COACHLOG_HOME": str(folder / "my-own"),
        "COLUMNS": "80",
        "TZ": "Europe/London",
    }
    with contextlib.chdir(folder):
        console = Console(clock=lambda: NOW)
        ran = run_captured(["demo"], console=console, env=settings)
    there = [path.name for path in folder.iterdir()]
    (folder / TYPED).write_text(json.dumps([ran.stdout, ran.stderr, there]))


def sessions(run: Run) -> Any:
    return run("session", "list", "--all", "--json").json["sessions"]


def shown(run: Run) -> list[Any]:
    return [
        run("session", "show", str(s["id"]), "--json").json["session"]
        for s in sessions(run)
    ]


def fates(home: Path) -> set[tuple[str, Fate | None]]:
    with Console(home_override=home).desk.read() as db:
        return {
            (action.owner, judge_fate(action, TODAY))
            for action in action_queries.read_actions(db)
        }


def test_the_year_leaves_no_backups_of_its_days(demo: Run, home: Path) -> None:
    """Its clock moves on by days: 138 backups took 86 MB, and as long as the year itself."""
    assert not (home / "backups").exists()
    assert demo("backup", "list", "--json").json["backups"] == []


def test_the_people_are_ten_in_all_relationships(demo: Run) -> None:
    people = demo("person", "list", "--archived", "--json").json["people"]
    assert sorted((p["name"], p["relationship"], p["archived"]) for p in people) == [
        ("Aisha Khan", "mentee", False),
        ("Beth Lloyd", "report", True),
        ("Daniel Whitfield", "peer", False),
        ("Dr Helen Marsh", "manager", False),
        ("Grace Adeyemi", "coachee", False),
        ("Maya Lindqvist", "peer", False),
        ("Owen Pritchard", "peer", False),
        ("Priya Shah", "report", False),
        ("Ruth Ellis", "coach", False),
        ("Tom Okafor", "report", False),
    ]


def test_most_templates_are_used(demo: Run) -> None:
    used = {session["template"] for session in sessions(demo)} - {""}
    shipped = {
        template.id
        for template in library.list_available_templates(Path("/no")).templates
    }
    assert used <= shipped
    # No one manager's year has a death, a resignation and a flexible working request as well.
    assert len(used) >= 0.75 * len(shipped)


def test_a_set_of_five_met_with_three_or_more_and_asked_openly(demo: Run) -> None:
    found = demo("progress", "--set", "ward", "--json").json["set"]
    assert found["members"] == 5
    assert [one["present"] for one in found["meetings"]] == [5, 4, 5, 4]
    assert all(0.6 < one["open_share"] < 0.9 for one in found["meetings"])
    assert {one["name"]: one["turns"] for one in found["people"]} == {
        "Sam Reed": 1,
        "Daniel Whitfield": 1,
        "Maya Lindqvist": 2,
        "Owen Pritchard": 2,
        "Grace Adeyemi": 1,
    }


def test_a_course_led_to_a_plan_with_coach_and_manager(demo: Run) -> None:
    course, three = (
        next(one for one in sessions(demo) if one["template"] == template)
        for template in ("first-plan", "three-way")
    )
    assert (course["people"], course["tags"]) == ([], ["course"])
    assert three["people"] == ["Ruth Ellis", "Dr Helen Marsh"]
    assert "Look again at: First plan" in " ".join(demo().out.split())
    pages = {
        reader: demo("plan", "export", "me", "--for", reader).out
        for reader in ("ruth", "helen")
    }
    for page in pages.values():
        assert "Keep every 1:1 at thirty minutes" in page
        assert "Ask Sam by message" in page
    assert "Tell the night shift" not in pages["ruth"]
    assert "Tell the night shift" in pages["helen"]


def test_the_team_was_asked_twice_and_nothing_changed_clearly(demo: Run) -> None:
    before, now = (demo("pulse", "show", id, "--json").json["pulse"] for id in "12")
    assert [result["bands"] for result in before["results"]] == [[1, 2, 4], [2, 3, 2]]
    assert [result["bands"] for result in now["results"]] == [[1, 3, 2], [0, 1, 5]]
    assert [result["change"] for result in now["results"]] == ["unclear", "unclear"]
    assert (now["replies"], now["team_size"]) == (6, 9)
    assert "no clear change" in demo("pulse", "show").out


def test_a_tank_is_on_its_own_screen_only(demo: Run) -> None:
    entries = demo("tank", "show", "--json").json["tank"]["entries"]
    # The low week is the one after “breaks are off”.
    assert [entry["value"] for entry in entries] == [5, 4, 3, 5, 6, 6, 7, 6]
    words = {
        entry[field]
        for entry in entries
        for field in ("drained", "filled", "small_thing")
        if entry[field]
    }
    assert len(words) == 19
    for line in (
        "",
        "progress",
        "progress --private",
        "progress --shadow --private",
        "plan show me",
        "session list --all",
        "plan export me --private --yes",
        "export progress --private --yes",
        "export table sessions --private --yes",
        "export table measures --private --yes",
        "search tank",
        "search trolleys",
    ):
        out = demo(*line.split()).out
        assert [word for word in words if word in out] == [], line


def test_between_two_meetings_the_set_asks_offers_and_helps(demo: Run) -> None:
    found = demo("set", "support", "ward", "--all", "--json").json["support"]
    assert [(one["kind"], one["member"], one["done_on"]) for one in found["lines"]] == [
        ("offer", "Owen Pritchard", None),
        ("ask", "Grace Adeyemi", "2026-11-10"),
        ("ask", "Sam Reed", None),
    ]
    # Two lines after the fourth meeting, one after the third.
    assert found["helped"] == {"helps": 3, "meetings": 2}
    assert "Fri 27 Nov" in demo().out


def test_twelve_replied_to_a_workshop_and_what_few_chose_is_hidden(demo: Run) -> None:
    workshop = demo("workshop", "show", "--json").json["workshop"]
    results = workshop["results"]
    assert (workshop["replies"], workshop["shown"]) == (12, 12)
    assert results["usefulness_counts"] == [0, 1, 1, 7, 3]
    # The second theme had five: with it, the one reply for the third could be worked out.
    assert results["theme_counts"] == [6, None, None]
    assert results["will_try"] == 11


def test_a_benefit_counts_a_part_of_its_hours(demo: Run) -> None:
    (gain,) = demo("worth", "show", "--json").json["worth"]["gains"]
    assert gain["lower_bound"] == 16  # 60 hours × 40% × 70% = 16.8


def test_who_is_only_met_in_the_set_is_not_who_to_talk_to(demo: Run) -> None:
    today = demo().out
    assert "Daniel Whitfield" in today
    assert "Maya Lindqvist" not in today


def test_it_is_a_year_that_ends_yesterday(demo: Run) -> None:
    days = sorted(date.fromisoformat(session["held_on"]) for session in sessions(demo))
    assert 60 <= len(days) <= 120
    assert (TODAY - days[0]).days > 350
    assert days[-1] == TODAY - timedelta(days=1)


def test_promises_have_every_fate_on_both_sides(demo: Run, home: Path) -> None:
    found = fates(home)
    usual = {Fate.KEPT, Fate.REAGREED, Fate.LATE, Fate.MISSED, Fate.PENDING}
    assert {fate for owner, fate in found if owner == "me"} >= usual
    assert {fate for owner, fate in found if owner == "them"} >= usual
    actions = demo("action", "list", "--all", "--json").json["actions"]
    assert {a["status"] for a in actions} == {"open", "done", "dropped"}
    assert [
        a["what"] for a in actions if a["status"] == "open" and a["carried"] == 3
    ] == [
        "Talk to Mark about missed breaks",
        "Sit with the late shift at their break, twice a week",
    ]


def test_there_is_something_of_everything(demo: Run) -> None:
    held = shown(demo)
    answers = [answer for session in held for answer in session["answers"]]
    assert sum(session["status"] == "cancelled" for session in held) == 2
    assert any(session["tags"] for session in held)
    assert any(session["minutes"] for session in held)
    assert any(answer["private"] for answer in answers)
    health = {
        a["question"]
        for s in held
        for a in s["answers"]
        if s["template"] == "wellbeing"
    }
    assert "How much energy does Tom have at the moment?" in health
    assert demo("session", "list", "--drafts", "--json").json["sessions"] != []
    goals = demo("goal", "list", "--all", "--json").json["goals"]
    assert {goal["scale"] for goal in goals} == {"ten", "attainment"}
    assert {goal["status"] for goal in goals} == {"open", "achieved", "dropped"}
    aisha = demo("person", "show", "aisha", "--json").json["person"]
    assert date.fromisoformat(aisha["paused_until"]) > TODAY


@pytest.mark.parametrize("weekday", range(7), ids=story.STEP_DAYS)
def test_on_every_day_of_the_week_someone_is_due_and_someone_overdue(
    weekday: int,
) -> None:
    """Only what the story says is asked here: to write it seven times would take half a minute."""
    today = datetime(2027, 3, 1 + weekday, 8, tzinfo=UTC)
    last: dict[str | None, date] = {}
    for step in story.read_demo_steps(today):
        if step.verb == "hold" and step.set is None:
            last[step.person] = step.at.date()
        assert step.at.date() < today.date()
    rhythms = {
        one.name: judge_rhythm(last[one.name], Rhythm(one.every_days), today.date())
        for one in story.read_demo_people()
        if one.every_days
        and one.name not in ("Beth Lloyd", "Grace Adeyemi", "Aisha Khan")
    }
    assert rhythms == {
        "Priya Shah": "in time",
        "Tom Okafor": "amber",
        "Daniel Whitfield": "red",
        "Dr Helen Marsh": "in time",
        "Ruth Ellis": "in time",
    }


def test_two_demos_of_one_day_are_the_same_but_for_uids(
    demo: Run, typed: Path, tmp_path: Path
) -> None:
    def another(*args: str) -> Ran:
        console = Console(home_override=folder, clock=lambda: NOW)
        ran = run_captured(list(args), console=console)
        return Ran(ran.exit_code, ran.stdout, ran.stderr)

    folder = tmp_path / "other"
    shutil.copytree(typed / DEMO_FOLDER, folder)
    ours, theirs = snapshot(demo), snapshot(another)
    assert [normal(json.loads(one)) for one in ours] == [
        normal(json.loads(o)) for o in theirs
    ]
    assert ours != theirs


@pytest.mark.parametrize(
    "line", [words for words, _ in TOUR_COMMANDS if not words.startswith("session")]
)
def test_what_it_says_to_type_works(line: str, demo: Run) -> None:
    assert demo(*line.split()).code == 0


def test_without_a_folder_it_is_in_the_current_one(typed: Path) -> None:
    out, err, there = json.loads((typed / TYPED).read_text())
    assert out == (
        "A year in the working life of Sam Reed, a ward manager, is in coachlog-demo.\n"
        "All eleven people in it are made up. Look around:\n"
        "\n"
        "  coachlog --home coachlog-demo                      what today has in store\n"
        "  coachlog --home coachlog-demo brief priya          before you meet Priya\n"
        "  coachlog --home coachlog-demo history grace        Grace's whole story\n"
        "  coachlog --home coachlog-demo progress             promises kept, yours first\n"
        "  coachlog --home coachlog-demo progress --set ward  a group of peers\n"
        "  coachlog --home coachlog-demo progress --shadow    what Sam shows the team\n"
        "  coachlog --home coachlog-demo plan show me         Sam's own plan\n"
        "  coachlog --home coachlog-demo session resume       a draft to carry on with\n"
        "\n"
        "Your own journal was not touched. Seen enough? Delete coachlog-demo.\n"
    )
    assert err == ""
    assert there == ["coachlog-demo"]


def test_a_folder_that_is_not_empty_is_refused(run: Run, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "coachlog.db").write_bytes(b"mine")
    ran = run("demo", str(full))
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        f"{full} is not empty. Nothing was written.\nName a new folder: coachlog demo FOLDER\n"
    )
    assert [path.read_bytes() for path in full.iterdir()] == [b"mine"]


def test_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    ran = run("demo", str(file))
    assert (ran.code, ran.err) == (
        4,
        f"{file} is not a folder. Nothing was written.\nName a new folder: coachlog demo FOLDER\n",
    )
    assert file.read_bytes() == b"mine"


def test_a_place_under_a_file_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    ran = run("demo", str(tmp_path / "file" / "demo"))
    assert ran.code == 1
    assert "cannot be written to (" in ran.err


def test_a_demo_that_fails_half_way_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = story.read_demo_steps(NOW)[:5]

    def broken(_now: datetime) -> list[story.DemoStep]:
        return [
            *short,
            short[0]._replace(verb="done", details={"done": "Nobody promised this"}),
        ]

    monkeypatch.setattr(demo_home, "read_demo_steps", broken)
    with pytest.raises(AssertionError):
        run("--debug", "demo", str(tmp_path / "demo"))
    assert list(tmp_path.iterdir()) == []


# The bar


def drawn(
    seconds: float, *, terminal: bool = True, items: int = 3
) -> tuple[list[int], str]:
    """Return what came through, and what was drawn, when each item takes so many seconds."""
    now = iter(seconds * number for number in range(items + 1))
    console = RichConsole(
        file=io.StringIO(), force_terminal=terminal, width=60, color_system=None
    )
    found = list(
        track_progress(range(items), "Writing a year", console, timer=lambda: next(now))
    )
    assert isinstance(console.file, io.StringIO)
    return found, console.file.getvalue()


def test_a_bar_is_drawn_when_it_takes_over_a_second() -> None:
    found, seen = drawn(0.6)
    assert found == [0, 1, 2]
    assert "Writing a year" in seen
    assert "/3" in seen


@pytest.mark.parametrize(
    ("seconds", "terminal"),
    [pytest.param(0.2, True, id="soon-done"), pytest.param(5, False, id="no-terminal")],
)
def test_no_bar_is_drawn(seconds: float, terminal: bool) -> None:
    assert drawn(seconds, terminal=terminal) == ([0, 1, 2], "")


def test_the_bar_goes_when_the_work_is_broken_off() -> None:
    console = RichConsole(
        file=io.StringIO(), force_terminal=True, width=60, color_system=None
    )
    ticks = iter([0.0, 2.0])
    work = track_progress(range(3), "Writing", console, timer=lambda: next(ticks))
    next(work)
    work.close()  # type: ignore[attr-defined]
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().endswith("\x1b[1A\x1b[2K")
