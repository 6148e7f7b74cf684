"""`coachlog plan`: a person's plan on the screen, and as a page to hand over."""

import os
import stat
from pathlib import Path

import pytest

from command_support import READABLE, ScriptedPerson, golden, hide_task_ids, hold
from conftest import Run


@pytest.fixture
def secret(example: Run) -> Run:
    """The example, and one private promise in Priya's plan."""
    example("action", "add", "priya", "--what", "Ask HR", "--owner", "me", "--private")
    return example


def test_the_example_as_a_page(example: Run) -> None:
    ran = example("plan", "export", "priya")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == golden("plan-example.md", ran.out)


def test_the_example_as_tasks(example: Run) -> None:
    ran = example("plan", "export", "priya", "--style", "tasks")
    assert (ran.code, ran.err) == (0, "")
    page = hide_task_ids(ran.out)
    assert page == golden("plan-example-tasks.md", page)


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_a_private_action_is_left_out_and_counted(secret: Run, style: str) -> None:
    ran = secret("plan", "export", "priya", "--style", style)
    assert "Ask HR" not in ran.out
    assert ran.err == "1 private entry is not shown; to see it, add --private.\n"


@pytest.mark.parametrize("style", ["table", "tasks"])
def test_private_actions_are_included_only_with_a_word_about_it(
    secret: Run, style: str
) -> None:
    ran = secret("plan", "export", "priya", "--style", style, "--include-private")
    assert "Ask HR" in ran.out
    assert ran.out.endswith("*Includes 1 private promise.*\n")
    assert ran.err == "This page includes 1 private promise.\n"


def test_a_page_without_private_actions_says_nothing_of_them(example: Run) -> None:
    ran = example("plan", "export", "priya", "--include-private")
    assert "private" not in ran.out + ran.err


@pytest.mark.parametrize(("option", "shown"), [([], False), (["--private"], True)])
def test_the_screen_keeps_private_actions_back_as_well(
    secret: Run, option: list[str], shown: bool
) -> None:
    out = secret("plan", "show", "priya", *option).out
    assert ("Ask HR" in out) is shown
    assert (
        "1 private entry is not shown; to see it, add --private." in out
    ) is not shown
    plan = secret("plan", "show", "priya", *option, "--json").json["plan"]
    assert (len(plan["actions"]), plan["withheld"]) == ((4, 0) if shown else (3, 1))


def test_private_answers_never_reach_a_page(run: Run) -> None:
    hold(
        run, answers={"capture.check": "Is she unwell?", "capture.mattered": "The rota"}
    )
    for line in (
        "plan export priya",
        "plan export priya --include-private",
        "plan show priya",
    ):
        assert "unwell" not in run(*line.split()).out


# To a file


def test_a_file_is_written_for_its_owner_alone(example: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    before = os.umask(0)
    try:
        ran = example("plan", "export", "priya", "--output", str(target))
    finally:
        os.umask(before)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Wrote {target}: 3 promises, as markdown.\n{READABLE}"
    assert target.read_text(encoding="utf-8") == example("plan", "export", "priya").out
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == [
        "plan.md"
    ]


def test_a_page_for_a_browser_says_where_it_is(
    example: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = example("plan", "export", "priya", "-o", "plan.html")
    assert ran.out == (
        "Wrote plan.html: 3 promises, as html. To read it, open it in a web browser: "
        f"{tmp_path / 'plan.html'}\n{READABLE}"
    )
    # With its whole path it has just said so.
    whole = example("plan", "export", "priya", "-o", str(tmp_path / "whole.html"))
    assert whole.out.endswith(
        f"whole.html: 3 promises, as html. It opens in a web browser.\n{READABLE}"
    )
    again = example("plan", "export", "priya", "-o", "plan.html")
    assert again.err.endswith("To overwrite it, type the same command with --force.\n")


def test_a_file_that_is_there_is_kept(example: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("mine", encoding="utf-8")
    ran = example("plan", "export", "priya", "-o", str(target))
    assert (ran.code, ran.out) == (4, "")
    assert "--force" in ran.err
    assert target.read_text(encoding="utf-8") == "mine"


def test_force_overwrites_the_file(example: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("mine", encoding="utf-8")
    target.chmod(0o644)
    assert example("plan", "export", "priya", "-o", str(target), "--force").code == 0
    assert target.read_text(encoding="utf-8").startswith("# Action plan: Priya Shah")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_dangling_link_is_not_written_through(example: Run, tmp_path: Path) -> None:
    """A link is a file that is there, even if what it points to is not."""
    link = tmp_path / "plan.md"
    link.symlink_to(tmp_path / "elsewhere.md")
    assert example("plan", "export", "priya", "-o", str(link)).code == 4
    assert link.is_symlink()
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_nothing_is_ever_written_through_a_link(
    example: Run, tmp_path: Path, force: list[str]
) -> None:
    behind, link = tmp_path / "mine.md", tmp_path / "plan.md"
    behind.write_text("mine", encoding="utf-8")
    link.symlink_to(behind)
    ran = example("plan", "export", "priya", "-o", str(link), *force)
    assert ran.code == 4
    assert f"plan.md is a link to {behind}. Nothing was written." in ran.err
    assert behind.read_text(encoding="utf-8") == "mine"
    assert link.is_symlink()


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_a_dash_for_the_file_prints(
    example: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = example("plan", "export", "priya", "-o", "-", *force)
    assert ran == example("plan", "export", "priya")
    assert ran.code == 0
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "target", ["nowhere/plan.md", ".", ""], ids=["no-folder", "folder", "''"]
)
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_a_page_that_cannot_be_written_is_reported(
    example: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    force: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = example("plan", "export", "priya", "-o", target, *force)
    assert ran.code in (1, 2, 4)
    assert ran.out == ""
    assert "inside coachlog" not in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_private_action_in_a_file_is_said_beside_it(
    secret: Run, tmp_path: Path
) -> None:
    target = tmp_path / "plan.md"
    ran = secret("plan", "export", "priya", "-o", str(target), "--include-private")
    assert ran.err == "This page includes 1 private promise.\n"
    assert "*Includes 1 private promise.*" in target.read_text(encoding="utf-8")


# What stands in a plan


def test_a_plan_without_a_session_is_a_page_as_well(run: Run) -> None:
    run("person", "add", "Al", "-r", "coachee")
    page = run("plan", "export", "al").out
    assert page == (
        "# Action plan: Al and their coach\n\nReview: ____________\n\n## Promises\n\n"
        "No promises in this plan.\n\n## Agreed by\n\n"
        "- Al: ____________________ (date: __________)\n"
        "- Coach: ____________________ (date: __________)\n"
    )
    assert "No promises." in run("plan", "show", "al").out


@pytest.mark.parametrize(
    ("answers", "every", "review"),
    [
        pytest.param(
            {"next.speak": "2026-12-04"}, None, "Review 4 December 2026", id="answered"
        ),
        pytest.param({}, "2w", "Review 4 December 2026", id="by-the-rhythm"),
        pytest.param({}, None, "Review: ____________", id="to-be-filled-in"),
    ],
)
def test_when_a_plan_is_reviewed(
    run: Run, answers: dict[str, str], every: str | None, review: str
) -> None:
    hold(run, held_on="2026-11-20", answers=answers)
    if every:
        run("person", "edit", "priya", "--every", every)
    assert f"Agreed 20 November 2026 · {review}\n" in run("plan", "export", "priya").out


def test_actions_closed_long_ago_are_left_out_without_all(run: Run) -> None:
    old = {"what": "Old", "owner": "me", "due": "2026-09-10"}
    hold(run, held_on="2026-09-01", actions=[old, old | {"what": "Late"}])
    run("action", "done", "1", "--on", "2026-09-09")
    hold(run, held_on="2026-10-01")
    hold(run, held_on="2026-11-01", review=[{"action": 2, "outcome": "done"}])
    assert [
        a["what"]
        for a in run("plan", "show", "priya", "--json").json["plan"]["actions"]
    ] == ["Late"]
    everything = run("plan", "show", "priya", "--all", "--json").json["plan"]["actions"]
    assert [a["what"] for a in everything] == ["Late", "Old"]
    assert "| Old |" in run("plan", "export", "priya", "--all").out
    assert "| Old |" not in run("plan", "export", "priya").out


def test_actions_of_a_deleted_session_leave_the_plan(example: Run) -> None:
    example("session", "delete", "1", "--yes")
    assert "No promises in this plan." in example("plan", "export", "priya").out


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--style", "fancy"], 2), (["--format", "pdf"], 2), (["--format", "../x"], 2)],
    ids=["style", "format", "a-path-for-a-format"],
)
def test_an_unknown_style_or_format_names_those_there_are(
    example: Run, options: list[str], code: int
) -> None:
    ran = example("plan", "export", "priya", *options)
    assert (ran.code, ran.out) == (code, "")
    assert "table" in ran.err or "markdown" in ran.err


def test_exporting_asks_nothing(secret: Run) -> None:
    nobody = ScriptedPerson()
    assert secret("plan", "export", "priya", person=nobody).code == 0
    assert nobody.asked == []
