"""In a pipe: a list is one record a line, no page is folded, and -q leaves answers and errors."""

import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console as RichConsole

from coachlog.cli.nouns import list_commands
from coachlog.screens.columns import render_sentence
from coachlog.screens.indented_body import IndentedBody
from coachlog.screens.widths import NO_WIDTH
from coachlog.terminal.console import Console
from command_support import CtrlC, ScriptedPerson, built, hold
from conftest import Run
from workshop_support import write_themes

ROOT = Path(__file__).parent.parent
SCRIPTS_PAGE = (ROOT / "docs/scripts.md").read_text(encoding="utf-8")
FIELDS = {
    command: fields.split(", ")
    for command, fields in re.findall(
        r"^\| `coachlog (.+?)` \| (.+) \|$", SCRIPTS_PAGE, re.MULTILINE
    )
}
"""What docs/scripts.md says that a record of each list has."""
COLOUR = "\x1b["
LONG = "Write down, for each of the nine wards, who is on call, who covers, and since when "


def read_records(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


@pytest.fixture
def pipe(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A journal with an entry for every list, read through a pipe without a width of its own."""
    built(run, home, fill)
    monkeypatch.delenv("COLUMNS")
    return run


def fill(run: Run) -> None:
    hold(
        run,
        person="Priya Shah",
        relationship="report",
        held_on="2026-11-02",
        tags=["rota", "winter"],
        answers={"capture.mattered": LONG * 2},
        actions=[
            {"what": LONG * 3, "owner": "them", "due": "2026-11-10"},
            {"what": "Ask Dana", "owner": "me", "due": "2026-12-04"},
            {"what": "Kept from everyone", "owner": "me", "private": True},
        ],
    )
    write_themes(Path.cwd())
    for line in (
        ["person", "add", "Ann Obi", "-r", "peer"],
        ["note", "priya", f"see the rota: {LONG}"],
        ["met", "priya"],
        ["goal", "add", "priya", "--title", "Stand in", "--review", "2026-11-24"],
        ["set", "add", "Ward leads", "--member", "ann", "--member", "priya"],
        ["pulse", "new", "--output", str(Path.cwd())],
        ["workshop", "new", "Winter", "--themes", "themes.txt"],
        [
            "worth",
            "add",
            "--what",
            "Calm",
            "--amount",
            "40h",
            "--share",
            "50",
            "--sure",
            "80",
        ],
        ["backup", "create"],
    ):
        assert run(*line).code == 0, line
    assert run("person", "edit", "me", "--name", "Tom Reed").code == 0
    assert run("story", "add", "-", input="a\nb\nc\nd\ne\n").code == 0
    stops = ScriptedPerson({"capture.mattered": CtrlC("Half")}, skip=True)
    assert run("session", "new", "ann", "-t", "quick", person=stops).code == 130


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Records


def test_every_list_is_on_the_page() -> None:
    lists = {
        command.path for command in list_commands() if command.path.endswith(" list")
    }
    assert lists <= set(FIELDS)


@pytest.mark.parametrize("command", FIELDS)
def test_a_list_is_one_record_a_line_with_the_fields_of_its_page(
    pipe: Run, command: str
) -> None:
    ran = pipe(*command.split())
    assert ran.code == 0
    records = read_records(ran.out)
    assert records
    assert {len(record) for record in records} == {len(FIELDS[command])}
    assert COLOUR not in ran.out
    assert "…" not in ran.out
    assert "Too narrow" not in ran.out


def test_a_promise_is_whole_on_the_line_that_says_it_is_overdue(pipe: Run) -> None:
    overdue = [
        line for line in pipe("action", "list").out.splitlines() if "overdue" in line
    ]
    assert overdue == [
        f"1\t{LONG * 3}".rstrip() + "\tPriya Shah\tTue 10 Nov, 13 days overdue\t"
    ]


def test_a_record_has_its_fields_whatever_is_in_the_others(pipe: Run) -> None:
    """What a screen shows only where it is needed has a field of its own, which may be empty."""
    assert pipe("action", "list", "--owner", "me").out.splitlines() == [
        "2\tAsk Dana\tyou (with Priya Shah)\tFri 4 Dec\t",
        "3\t(private)\tyou (with Priya Shah)\tno date\t",
    ]
    for line in ("goal list priya", "note priya --list"):
        (record,) = read_records(pipe(*line.split()).out)
        assert "Priya Shah" in record, line


def test_private_words_stay_veiled(pipe: Run) -> None:
    assert "Kept from" not in pipe("action", "list").out
    assert (
        "3\tKept from everyone (private)\t" in pipe("action", "list", "--private").out
    )


def test_a_heading_is_a_field(pipe: Run) -> None:
    """`template list | grep Alone` finds what stands under the heading of a screen."""
    headings = {record[-1] for record in read_records(pipe("template", "list").out)}
    assert headings >= {"Every week", "Health and absence", "Alone", "With a group"}


def test_what_is_below_a_list_is_said_on_stderr(pipe: Run) -> None:
    for number in range(3):
        line = ["goal", "add", "priya", "--title", f"Level {number}"]
        levels = [f"--level=step {level}" for level in range(5)]
        assert pipe(*line, *levels).code == 0
        assert pipe("goal", "rate", str(number + 2), "+1").code == 0
    ran = pipe("goal", "list")
    assert len(ran.out.splitlines()) == 4
    assert "T-score" not in ran.out
    assert "Priya Shah's goals: T-score" in ran.err


def test_an_empty_list_is_no_record(run: Run) -> None:
    run("person", "add", "Ann Obi", "-r", "peer")
    ran = run("action", "list")
    assert (ran.code, ran.out, ran.err) == (0, "", "No open promises.\n")
    ran = run("-q", "action", "list")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_pipe_gets_every_conversation_and_a_screen_twenty(
    run: Run, console: Console
) -> None:
    for day in range(1, 23):
        hold(run, person="Al", relationship="peer", held_on=f"2026-10-{day:02}")
    ran = run("session", "list")
    assert (len(ran.out.splitlines()), ran.err) == (22, "")
    assert len(run("session", "list", "--limit", "3").out.splitlines()) == 3
    assert len(run("session", "list", "--json").json["sessions"]) == 20
    console.draws = True
    ran = run("session", "list")
    assert len(ran.out.splitlines()) == 1 + 20
    assert ran.err == "There are more: add --all, or --limit 100\n"


def test_plain_is_the_same_on_a_screen(pipe: Run, console: Console) -> None:
    piped = pipe("action", "list").out
    console.draws = True
    assert pipe("action", "list").out != piped
    assert pipe("--plain", "action", "list").out == piped
    assert pipe("action", "list", "--plain").out == piped


def test_ascii_holds_for_records(run: Run) -> None:
    run("person", "add", "Zoë Quinn", "-r", "peer")
    assert run("person", "list", "--ascii").out.startswith("Zoe Quinn\tzo")


# Pages


@pytest.mark.parametrize(
    "line",
    ["", "brief priya", "plan show priya", "history priya", "person show priya"],
)
def test_no_page_is_folded_in_a_pipe(pipe: Run, line: str) -> None:
    rows = pipe(*line.split()).out.splitlines()
    assert any(LONG * 2 in row for row in rows)
    # Whole, and not stretched to the width that a pipe does not have.
    assert max(map(len, rows)) < 2 * len(LONG * 3)


def test_a_sentence_of_a_page_is_one_line_in_a_pipe() -> None:
    console = RichConsole(width=NO_WIDTH, file=StringIO())
    body = IndentedBody(render_sentence("one two three " * 30))
    assert len(console.render_lines(body, pad=False)) == 1


def test_a_page_is_folded_where_a_pipe_has_a_width(
    pipe: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`watch` says how wide its window is."""
    monkeypatch.setenv("COLUMNS", "70")
    for line in ("brief priya", "plan show priya", "history priya"):
        rows = pipe(*line.split()).out.splitlines()
        assert max(map(len, rows)) <= 70, line
    assert f"1\t{LONG * 3}".rstrip() in pipe("action", "list").out


# Quiet


def test_quiet_leaves_answers_and_errors(pipe: Run) -> None:
    answers = ("action list", "brief priya", "config get pager", "goal list --json")
    for line in answers:
        loud, quiet = pipe(*line.split()), pipe("-q", *line.split())
        assert (quiet.out, quiet.err) == (loud.out, ""), line
    ran = pipe("action", "done", "2", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "done" in pipe("action", "show", "2").out
    ran = pipe("action", "done", "99", "-q")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("There is no promise 99.")


def test_a_page_that_is_written_is_not_announced(pipe: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    ran = pipe("plan", "export", "priya", "-o", str(file), "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert file.read_text(encoding="utf-8").startswith("# Action plan")
    assert pipe("plan", "export", "priya", "-q").out.startswith("# Action plan")


def test_the_version_has_a_short_flag(run: Run) -> None:
    assert run("-V").out == run("--version").out
    assert run("action", "list", "-V").out == run("--version").out


# Colours


@pytest.mark.parametrize("line", ["action list", "brief priya", "progress"])
@pytest.mark.parametrize(
    ("variables", "has_colour"),
    [
        pytest.param("", False, id="a-pipe"),
        pytest.param("FORCE_COLOR=1", True, id="FORCE_COLOR"),
        pytest.param("CLICOLOR_FORCE=1 TERM=dumb", True, id="CLICOLOR_FORCE"),
        pytest.param("FORCE_COLOR=1 NO_COLOR=1", False, id="NO_COLOR-first"),
        pytest.param("CLICOLOR_FORCE=0", False, id="CLICOLOR_FORCE-0"),
    ],
)
def test_a_pipe_has_colour_only_where_it_is_forced(
    pipe: Run,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    variables: str,
    has_colour: bool,
) -> None:
    plain = pipe(*line.split()).out
    for pair in variables.split():
        monkeypatch.setenv(*pair.split("="))
    out = pipe(*line.split()).out
    assert (COLOUR in out) == has_colour
    assert re.sub(r"\x1b\[[\d;]*m", "", out) == plain
    assert COLOUR not in pipe("--no-color", *line.split()).out


class _Pipe(StringIO):
    """What is written, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, piece: str) -> int:
        self.pieces.append(piece)
        return len(piece)


def test_json_that_a_pipe_holds_is_written_at_once(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `set -o pipefail`, `coachlog action list --json | head -1` is no failure."""
    pipe = _Pipe()
    monkeypatch.setattr("sys.stdout", pipe)
    console.print_json("words", ["one", "two"] * 1000)
    (document,) = pipe.pieces
    assert document.endswith("]\n}\n")
