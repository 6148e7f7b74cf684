"""The pager of `coachlog history`: only for what is longer than the screen, and never a loss."""

import re
from pathlib import Path
from shutil import which

import pytest
from screen import CTRL_C, Screen, coachlog

from command_support import built, hold
from conftest import Run

NEEDS_LESS = pytest.mark.skipif(
    which("less") is None, reason="less is not installed here"
)
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*3[0-7]m")
FIRST, LAST = "What mattered number 01", "What mattered number 30"


def tell(run: Run) -> None:
    for day in range(1, 31):
        answers = {"capture.mattered": f"What mattered number {day:02}"}
        hold(run, held_on=f"2026-10-{day:02}", answers=answers)


@pytest.fixture
def story(run: Run, home: Path) -> Path:
    """Thirty talks: 120 lines and more."""
    built(run, home, tell)
    return home


def pager(folder: Path, body: str) -> str:
    """Return the path of a pager of our own: a shell script."""
    path = folder / "our pager"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return f"'{path}'"


def told_plainly(screen: Screen) -> None:
    assert screen.ends() == 0
    assert FIRST in screen.text
    assert LAST in screen.text


@NEEDS_LESS
def test_less_shows_a_long_story_in_colour(story: Path) -> None:
    with coachlog(
        "history", "priya", home=story, variables={"PAGER": "less"}
    ) as screen:
        screen.sees(FIRST)
        assert LAST not in screen.text
        assert "ESC[" not in screen.text
        assert COLOUR.findall(screen.raw) != []
        screen.type("G").sees(LAST).type("q")
        assert screen.ends() == 0


@NEEDS_LESS
def test_a_pager_left_early_is_no_error_and_nothing_is_printed_twice(
    story: Path,
) -> None:
    with coachlog(
        "history", "priya", home=story, variables={"PAGER": "less"}
    ) as screen:
        screen.sees(FIRST).type("q")
        assert screen.ends() == 0
        assert b"number 30" not in screen.raw


@NEEDS_LESS
def test_progress_longer_than_the_screen_is_paged_too(story: Path) -> None:
    line = ("progress", "--since", "2025-01-01")  # a row for each of 23 months
    with coachlog(*line, home=story, variables={"PAGER": "less"}) as screen:
        screen.sees("Month by month")
        assert "30 conversations in that period" not in screen.text
        screen.type("G").sees("30 conversations in that period").type("q")
        assert screen.ends() == 0


@NEEDS_LESS
def test_ctrl_c_belongs_to_the_pager(story: Path) -> None:
    with coachlog(
        "history", "priya", home=story, variables={"PAGER": "less"}
    ) as screen:
        screen.sees(FIRST).type(CTRL_C)
        # A terminal forgets keys that it holds when Ctrl-C comes, so one may not be enough.
        screen.until(lambda: LAST in screen.type("G").text, "the end").type("q")
        assert screen.ends() == 0
        assert "Interrupted" not in screen.text


def test_coachlog_pager_comes_first_and_gets_it_without_colour(
    story: Path, tmp_path: Path
) -> None:
    ours = pager(tmp_path, 'cat > "$SEEN"; echo "seen: $LESS $1"')
    variables = {
        "COACHLOG_PAGER": f"{ours} 'an argument'",
        "PAGER": "false",
        "SEEN": str(tmp_path / "seen"),
    }
    with coachlog("history", "priya", home=story, variables=variables) as screen:
        screen.sees("seen: -R an argument")
        assert screen.ends() == 0
        assert FIRST not in screen.text
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert seen.startswith("Priya Shah\nreports to you\n30 conversations, ")
    assert "\x1b" not in seen
    assert LAST in seen


def test_the_owners_options_for_less_are_kept(story: Path, tmp_path: Path) -> None:
    ours = pager(tmp_path, 'echo "options: $LESS"')
    variables = {"PAGER": ours, "LESS": "-iM"}
    with coachlog("history", "priya", home=story, variables=variables) as screen:
        screen.sees("options: -iM")
        assert screen.ends() == 0


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("no-such-pager --at-all", id="not-there"),
        pytest.param("/", id="not-a-program"),
        pytest.param("false", id="fails"),
        pytest.param("'unclosed", id="not-a-command-line"),
        pytest.param("", id="none"),
    ],
)
def test_without_a_pager_that_works_the_story_is_printed(
    story: Path, command: str
) -> None:
    variables = {"COACHLOG_PAGER": command, "PAGER": "less"}
    with coachlog("history", "priya", home=story, variables=variables) as screen:
        told_plainly(screen)
        assert COLOUR.findall(screen.raw) != []


@pytest.mark.parametrize(
    ("setting", "variables", "paged"),
    [
        pytest.param("{ours}", {"PAGER": "false"}, True, id="a-command"),
        pytest.param("off", {"PAGER": "{ours}"}, False, id="off"),
        pytest.param("on", {"PAGER": "{ours}"}, True, id="on"),
        pytest.param("off", {"COACHLOG_PAGER": "{ours}"}, True, id="the-variable"),
        pytest.param("{ours}", {"COACHLOG_PAGER": ""}, False, id="variable-for-none"),
    ],
)
def test_the_setting_comes_after_coachlog_pager_and_before_pager(
    story: Path,
    run: Run,
    tmp_path: Path,
    setting: str,
    variables: dict[str, str],
    paged: bool,
) -> None:
    ours = pager(tmp_path, 'echo "in the pager"')
    ran = run("config", "set", "pager", setting.format(ours=ours))
    assert ran.code == 0, ran.err
    given = {name: value.format(ours=ours) for name, value in variables.items()}
    with coachlog("history", "priya", home=story, variables=given) as screen:
        assert screen.ends() == 0
        assert ("in the pager" in screen.text, FIRST in screen.text) == (
            paged,
            not paged,
        )


def test_without_a_word_about_pagers_there_is_none(story: Path) -> None:
    with coachlog("history", "priya", home=story) as screen:
        told_plainly(screen)


def test_what_fits_the_screen_is_printed(story: Path) -> None:
    line = ("history", "priya", "--since", "2026-10-28")
    with coachlog(*line, home=story, variables={"PAGER": "less"}) as screen:
        assert screen.ends() == 0
        assert LAST in screen.text
        assert FIRST not in screen.text


@pytest.mark.parametrize(
    ("line", "within"),
    [
        pytest.param("history priya", 'exec "$0" "$@" >"$OUT"', id="into-a-file"),
        pytest.param("history priya --json", 'exec "$0" "$@" >"$OUT"', id="json"),
    ],
)
def test_a_file_never_sees_a_pager(
    story: Path, tmp_path: Path, line: str, within: str
) -> None:
    variables = {"PAGER": "false", "OUT": str(tmp_path / "out")}
    with coachlog(
        *line.split(), home=story, within=within, variables=variables
    ) as screen:
        assert screen.ends() == 0
    out = (tmp_path / "out").read_text(encoding="utf-8")
    assert LAST in out
    assert "\x1b" not in out


def test_no_input_means_no_pager(story: Path) -> None:
    variables = {"PAGER": "less"}
    with coachlog(
        "--no-input", "history", "priya", home=story, variables=variables
    ) as screen:
        told_plainly(screen)


@NEEDS_LESS
def test_without_colour_no_colour_code_is_sent(story: Path) -> None:
    variables = {"PAGER": "less", "NO_COLOR": "1"}
    with coachlog("history", "priya", home=story, variables=variables) as screen:
        screen.sees(FIRST).type("q")
        assert screen.ends() == 0
        assert COLOUR.findall(screen.raw) == []
