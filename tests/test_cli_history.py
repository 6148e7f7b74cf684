"""`coachlog history`: a person's whole story on the screen, as JSON, and as a page."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_support import (
    READABLE,
    CtrlC,
    ScriptedPerson,
    built,
    complete,
    golden,
    hold,
    normal,
    unprintable,
)
from conftest import Run

ON_SCREEN = ("60", "80", "140")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:30:00").replace(tzinfo=UTC)


def tell(run: Run) -> None:
    """A year with Priya: talks, promises of every fate, a goal, a long gap, a cancelled talk."""

    def on(day: str, line: str) -> None:
        ran = run(*line.split(), clock=lambda: at(day))
        assert ran.code == 0, ran.err

    grow = {"template": "grow", "tags": ["handover"], "minutes": 40}
    usual = {"owner": "them"}
    hold(
        run,
        **grow,
        me="Tom Reed",
        held_on="2025-12-01",
        answers={
            "goal.result": "Lead the huddle",
            "reality.where-now": 3,
            "will.sure": 4,
        },
        actions=[
            usual | {"what": "Lead one huddle", "due": "2025-12-10"},
            usual | {"what": "Write the agenda", "due": "2025-12-10"},
            {"what": "Send last year's agenda", "owner": "me", "due": "2025-12-05"},
            {"what": "Read a book", "owner": "Dana", "due": "2026-01-30"},
        ],
    )
    run(
        "person",
        "edit",
        "priya",
        "--every",
        "2w",
        "--role",
        "Deputy",
        "--team",
        "Ward 7",
    )
    goal = "goal add priya --title Huddles --why Cover --baseline 3 --target 8"
    on("2025-12-01", goal)
    on("2025-12-02", "goal add priya --title Health --baseline 3 --private")
    run("action", "done", "1", "--on", "2025-12-09")
    run("action", "move", "2", "--to", "2025-12-20", "--on", "2025-12-08")
    run("action", "done", "2", "--on", "2025-12-19")
    run("action", "done", "3", "--on", "2025-12-08")
    on("2026-01-05", "action drop 4")
    hold(
        run,
        held_on="2025-12-15",
        answers={
            "capture.mattered": "*Bold* and [red]\nTwo lines",
            "capture.check": "Unwell?",
        },
    )
    on("2026-01-12", "goal rate 1 5 --note Alone")
    hold(
        run,
        **grow,
        held_on="2026-10-12",
        answers={
            "goal.result": "Naïve — “yes”",
            "reality.where-now": 5,
            "will.sure": 5,
        },
        actions=[
            usual | {"what": "Ask Dana", "due": "2026-12-04"},
            usual | {"what": "Count the days", "due": "2026-11-02"},
            {"what": "Ask HR", "owner": "me", "due": "2026-11-20", "private": True},
        ],
    )
    on("2026-10-20", "action add priya --owner me --what Call --due 2026-10-30")
    run("action", "done", "8", "--on", "2026-10-29")
    on("2026-10-26", "session cancel priya --by me --on 2026-10-26")
    on("2026-11-20", "goal close 1 --achieved")


@pytest.fixture
def story(run: Run, home: Path) -> Run:
    built(run, home, tell)
    return run


@pytest.mark.parametrize("columns", ON_SCREEN)
def test_the_story_on_the_screen(
    story: Run, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = story("history", "priya")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == golden(f"history-{columns}.txt", ran.out)
    assert unprintable(ran.out) == set()
    assert max(map(len, ran.out.splitlines())) <= int(columns)


def test_the_story_as_a_page(story: Run) -> None:
    ran = story("history", "export", "priya")
    assert ran.code == 0
    assert ran.err == "3 private entries are not shown; to see them, add --private.\n"
    assert ran.out == golden("history.md", ran.out)


def test_the_story_as_json(story: Run) -> None:
    ran = story("history", "priya", "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json["history"]
    assert list(found) == [
        "person",
        "since",
        "sessions",
        "goals",
        "actions",
        "withheld",
    ]
    assert [one["gap_days"] for one in found["sessions"]] == [None, 14, 301, None]
    assert [
        [(m["measure"], m["value"], m["before"]) for m in one["measures"]]
        for one in found["sessions"]
    ] == [
        [("confidence", 4, None)],
        [],
        [("confidence", 5, 4)],
        [],
    ]
    assert (found["since"], found["withheld"]) == (None, 3)
    assert [action["what"] for action in found["actions"]] == ["Call"]
    assert [goal["title"] for goal in found["goals"]] == ["Huddles"]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_session_in_json_is_as_session_show_has_it(story: Run, number: int) -> None:
    """With every answer, private or not; a history adds fields and takes none away."""
    line = "history priya --json --full --private"
    sessions = story(*line.split()).json["history"]["sessions"]
    found = next(one for one in sessions if one["id"] == number)
    shown = story("session", "show", str(number), "--private", "--json").json["session"]
    assert {name: found[name] for name in shown} == shown
    assert set(found) - set(shown) == {"measures", "gap_days"}


def test_show_may_be_left_out(story: Run) -> None:
    wanted = story("history", "show", "priya")
    assert wanted.code == 0
    assert story("history", "priya") == wanted
    assert story("history", "Priya Shah") == wanted
    since = story("history", "show", "priya", "--since", "2026-01-01")
    assert story("history", "--since", "2026-01-01", "priya") == since
    assert since != wanted


def test_a_person_named_like_a_command_is_found_by_the_whole_line(run: Run) -> None:
    hold(run, person="Export", answers={"capture.mattered": "Well"})
    assert "Well" in run("history", "show", "export").out
    assert run("history", "export").code == 2


def test_the_help_explains_both(run: Run) -> None:
    ran = run("history", "--help")
    assert ran.code == 0
    assert "Usage: coachlog history [OPTIONS] NAME | COMMAND ..." in ran.out
    assert "history NAME is the same as coachlog history show NAME" in ran.out
    options = ran.out.partition("Options after NAME:")[2]
    for option in ("--since DATE", "--full", "--private, --include-private", "--json"):
        assert option in options
        assert option in run("history", "priya", "--help").out


def test_an_unknown_name_is_exit_3(story: Run) -> None:
    ran = story("history", "prija")
    assert (ran.code, ran.out) == (3, "")
    assert "Did you mean Priya Shah?" in ran.err


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("history ", ["show", "export", "priya-shah"], id="both"),
        pytest.param("history pri", ["priya-shah"], id="a-name"),
        pytest.param("history export pri", ["priya-shah"], id="after-a-verb"),
        pytest.param("history ex", ["export"], id="a-verb"),
        pytest.param("history priya --f", ["--full"], id="an-option"),
    ],
)
def test_names_and_verbs_are_completed(
    home: Path, typed: str, offered: list[str]
) -> None:
    assert list(complete(home, typed)) == offered


# What is shown, and what is not


def test_private_things_are_left_out_and_that_is_said(story: Run) -> None:
    out = story("history", "priya", "--full").out
    for words in ("Ask HR", "Unwell?", "Health"):
        assert words not in out
    assert out.endswith(
        "\n3 private entries are not shown; to see them, add --private.\n"
    )


def test_private_shows_them_and_marks_them(story: Run) -> None:
    out = story("history", "priya", "--full", "--private").out
    assert "You promised: Ask HR (private) — overdue since Fri 20 Nov" in out
    assert "?  private\n    Unwell?\n" in out
    assert "Goal: Health (started at 3 of 10) (private)" in out
    assert "left out" not in out


OWN = """
title = "Own"
summary = "Mine."
audience = "one-to-one"
minutes = 5
[[stage]]
id = "s"
title = "Stage"
[[stage.prompt]]
id = "how"
ask = "How is the back?"
kind = "scale"
measure = "back"
health = true
key = true
"""


def test_an_answer_about_health_is_kept_back_as_well(run: Run, home: Path) -> None:
    """Nor does it say how it moved, before it is asked for."""
    hold(run)
    (home / "prompts").mkdir()
    (home / "prompts" / "own.toml").write_text(OWN, encoding="utf-8")
    hold(run, template="own", answers={"s.how": 4}, held_on="2026-11-20")
    hold(run, template="own", answers={"s.how": 6})
    out = run("history", "priya").out
    assert "back" not in out
    assert "2 private entries are not shown" in out
    assert "  back 6 (was 4)\n" in run("history", "priya", "--private").out


WARNING = (
    "Titles and gaps on this page may still hint at someone's health; "
    "read it before you pass it on."
)


@pytest.mark.parametrize(
    ("options", "warned"),
    [
        pytest.param([], True, id="left-out"),
        pytest.param(["--full"], True, id="full"),
        pytest.param(["--private"], False, id="nothing-is-left-out"),
        pytest.param(["--since", "2026-11-21"], False, id="before-that-day"),
    ],
)
def test_a_page_without_the_answers_about_health_may_still_tell_of_it(
    run: Run, home: Path, options: list[str], warned: bool
) -> None:
    """Even when what was left out would not have been shown: it did not matter enough."""
    (home / "prompts").mkdir(parents=True)
    own = OWN.replace('measure = "back"\n', "").replace("key = true\n", "")
    (home / "prompts" / "own.toml").write_text(own, encoding="utf-8")
    hold(run, template="own", answers={"s.how": 4}, held_on="2026-11-20")
    hold(run, held_on="2026-11-22")
    ran = run("history", "export", "priya", *options)
    assert (ran.code, ran.err.startswith(WARNING)) == (0, warned)
    assert WARNING not in ran.out


def test_full_shows_every_answer_that_was_given(story: Run) -> None:
    short, full = (story("history", "priya", *more).out for more in ((), ("--full",)))
    assert "    5 of 10\n" not in short
    assert full.count("    5 of 10\n") == 2


def test_since_leaves_out_what_came_before(story: Run) -> None:
    out = story("history", "priya", "--since", "2026-01-10").out
    assert "1 conversation since Sat 10 Jan 2026, 2 before that\n" in out
    assert "2025\n" not in out
    assert "Mon 12 Jan  Goal rated: Huddles (now 5 of 10, up 2 from the start)\n" in out
    assert "Goal: Huddles" not in out
    assert "confidence 5 (was 4)" in out
    assert "— 10 months without a conversation (agreed: every 2 weeks) —" in out


def test_since_a_day_after_everything(story: Run) -> None:
    out = story("history", "priya", "--since", "2026-11-22").out
    assert "0 conversations since Sun 22 Nov 2026, 3 before that\n" in out
    assert (
        "— 6 weeks without a conversation, up to today (agreed: every 2 weeks) —" in out
    )


def test_a_story_that_has_not_begun(run: Run) -> None:
    run("person", "add", "Al", "-r", "coachee")
    assert run("history", "al").out == (
        "Al\ncoached by you\n0 conversations\n\nTo record one: coachlog log al\n"
    )
    assert run("history", "export", "al").out == (
        "# History: Al\n\nAs of 23 November 2026 · 0 conversations\n\nNothing yet.\n"
    )
    assert run("history", "al", "--json").json["history"]["sessions"] == []


@pytest.mark.parametrize(
    "line", ["history priya", "history export priya", "history priya --json"]
)
def test_without_a_journal_it_is_exit_10(run: Run, line: str) -> None:
    ran = run(*line.split())
    assert (ran.code, ran.out) == (10, "")
    assert "There is no journal" in ran.err


def test_a_deleted_session_is_no_part_of_the_story(story: Run) -> None:
    story("session", "delete", "1", "--yes")
    assert "Lead the huddle" not in story("history", "priya").out
    assert "Lead one huddle" not in story("history", "priya").out


def test_a_draft_is_no_part_of_the_story(story: Run) -> None:
    before = story("history", "priya").out
    reviews = {f"review.{id}.outcome": "still open" for id in (5, 6, 7)}
    person = ScriptedPerson(reviews | {"capture.mattered": CtrlC("half")})
    assert story("session", "new", "priya", "-t", "quick", person=person).code == 130
    assert story("history", "priya").out == before


def test_reading_asks_nothing(story: Run) -> None:
    nobody = ScriptedPerson()
    assert story("history", "priya", person=nobody).code == 0
    assert story("history", "export", "priya", person=nobody).code == 0
    assert nobody.asked == []


# To a file


def test_a_file_is_written_for_its_owner_alone(story: Run, tmp_path: Path) -> None:
    target = tmp_path / "story.md"
    ran = story("history", "export", "priya", "--output", str(target), "--private")
    wrote = f"Wrote {target}: 3 conversations and 1 cancelled, as markdown.\n"
    assert ran.out == wrote + READABLE
    assert ran.err == "This page includes 3 private entries.\n"
    page = target.read_text(encoding="utf-8")
    assert page == story("history", "export", "priya", "--private").out
    assert page.endswith("\n\n*Includes 3 private entries.*\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_kept_unless_forced(story: Run, tmp_path: Path) -> None:
    target = tmp_path / "story.md"
    target.write_text("mine", encoding="utf-8")
    ran = story("history", "export", "priya", "-o", str(target))
    assert (ran.code, ran.out) == (4, "")
    assert "--force" in ran.err
    assert target.read_text(encoding="utf-8") == "mine"
    assert story("history", "export", "priya", "-o", str(target), "--force").code == 0
    assert target.read_text(encoding="utf-8").startswith("# History: Priya Shah\n")


def test_the_same_story_twice_is_the_same_page(story: Run) -> None:
    line = ("history", "priya", "--json")
    assert normal(story(*line).json) == normal(story(*line).json)
    assert story("history", "export", "priya", "-o", "-") == story(
        "history", "export", "priya"
    )


def hand_over(run: Run) -> None:
    """Promise 1 was mine and 2 Priya's, both due on 1 October; on the 5th they change hands."""
    add = ("action", "add", "priya", "--due", "2026-10-01", "--on", "2026-09-01")
    lines = [
        ("2026-09-01", ("person", "add", "Priya Shah", "-r", "report")),
        ("2026-09-01", (*add, "--owner", "me", "--what", "Write the page")),
        ("2026-09-01", (*add, "--owner", "them", "--what", "Send the figures")),
        ("2026-10-05", ("action", "edit", "1", "--owner", "them")),
        ("2026-10-05", ("action", "edit", "2", "--owner", "me")),
    ]
    for day, words in lines:
        ran = run(*words, clock=lambda day=day: at(day))  # type: ignore[misc]
        assert ran.code == 0, ran.err


def test_a_promise_handed_over_late_stays_with_whoever_made_it(run: Run) -> None:
    """Else giving an overdue promise away makes it look as if the other had broken it."""
    hand_over(run)
    words = " ".join(run("history", "priya").out.split())
    assert (
        "Tue 1 Sep You promised: Write the page, handed to Priya on Mon 5 Oct "
        "— overdue since Thu 1 Oct"
    ) in words
    assert (
        "Priya promised: Send the figures, handed to you on Mon 5 Oct "
        "— overdue since Thu 1 Oct"
    ) in words
    page = run("history", "export", "priya", "-o", "-").out
    assert (
        "Promised by **Me**: Write the page, handed to Priya Shah on Mon 5 Oct 2026 "
        "— overdue since Thu 1 Oct 2026"
    ) in page


@pytest.mark.usefixtures("screen")
@pytest.mark.parametrize(
    ("line", "theirs", "mine"),
    [
        ("brief priya", "Priya, since 5 Oct", "you, since 5 Oct"),
        ("plan show priya", "Priya Shah, since 5 Oct", "you, since 5 Oct"),
        ("person show priya", "Priya Shah, since 5 Oct", "you, since 5 Oct"),
        ("action list", "Priya Shah, since 5 Oct", "you, since 5 Oct (with Priya)"),
        ("action show 1", "Priya Shah, since 5 Oct", ""),
        ("today", "Priya, since 5 Oct", "Priya, yours since 5 Oct"),
        ("plan export priya -o -", "Priya Shah, since 5 October 2026", ""),
        (
            "plan export priya -o - --style tasks",
            *("(Priya Shah, since 5 October 2026)", "**, since 5 October 2026)"),
        ),
    ],
)
@pytest.mark.parametrize("width", ON_SCREEN)
def test_beside_an_old_date_an_owner_stands_with_since_when(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    width: str,
    line: str,
    theirs: str,
    mine: str,
) -> None:
    hand_over(run)
    monkeypatch.setenv("COLUMNS", width)
    ran = run(*(line.split() if line != "today" else []))
    assert ran.code == 0, ran.err
    assert theirs in ran.out
    assert mine in ran.out
