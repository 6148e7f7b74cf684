"""Bad input: a clear error with its exit code, nothing lost, nothing strange on any screen."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from coachlog.capture.private_blocks import has_private_line
from coachlog.store.journal_files import JOURNAL_FILE
from command_support import CtrlC, ScriptedPerson, built, hold, snapshot, unprintable
from conftest import Run
from waiting import LIMIT

SHOWN = (
    "[bold]red[/bold] [x] [/] [link=http://a.b]c[/link] :smile: $them {0} %s \\n 50% [i"
)
HOSTILE = f"\x1b[31m\x07\x9b2J{SHOWN}\u202e\u2066\u200b\ufeff"
CLEAN = f"\ufffd[31m\ufffd\ufffd2J{SHOWN}"
NAME = "[red]:smile:Al"
TAG = "[bold]red[/bold] [x] [/] :smile: $t {0} %s \\n [i"
HOSTILE_TAG = f"\x1b[31m{TAG}\u202e\u2066"
CLEAN_TAG = f"\ufffd[31m{TAG}"
HOSTILE_NAME = f"{NAME}\x1b]0;x\x07\u202e"


def no_strange_character(*texts: str) -> None:
    for text in texts:
        assert unprintable(text) == set()


# Text that would steer a terminal


@pytest.fixture
def hostile(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A journal in which every text there can be holds control characters and markup."""
    monkeypatch.setenv("COLUMNS", "400")
    built(run, home, fill)
    return run


def fill(run: Run) -> None:
    hold(
        run,
        person=HOSTILE_NAME,
        me=f"Tom {HOSTILE}",
        tags=[HOSTILE_TAG],
        template="grow",
        answers={
            "goal.today": HOSTILE,
            "goal.result": f"one {HOSTILE}\r\ntwo",
            "options.list": f"first\n{HOSTILE}",
            "options.first": CLEAN,
        },
        actions=[
            {"what": HOSTILE, "owner": owner, "due": "fri", "done_when": HOSTILE}
            | {"support": HOSTILE, "if_then": HOSTILE}
            for owner in ("me", "them", HOSTILE)
        ],
    )
    for line in (
        [
            "person",
            "edit",
            "[red]",
            "--role",
            HOSTILE,
            "--team",
            HOSTILE,
            "--every",
            "2w",
        ],
        ["action", "note", "1", "--text", HOSTILE],
        ["action", "edit", "2", "--what", f"More {HOSTILE}"],
        ["action", "add", "--what", HOSTILE, "--owner", HOSTILE],
    ):
        ran = run(*line)
        assert ran.code == 0, ran.err
        no_strange_character(ran.out, ran.err)


SCREENS = [
    "",
    "session list",
    "session show 1",
    "person list",
    "person show [red]",
    "action list",
    "action list --all",
    "action show 1",
    "action show 2",
    "plan show [red]",
    "plan export [red]",
    "plan export [red] --style tasks",
    "progress",
    "progress [red]",
]


@pytest.mark.parametrize("line", SCREENS)
@pytest.mark.parametrize("as_json", [False, True], ids=["screen", "json"])
def test_no_control_character_reaches_any_screen(
    hostile: Run, line: str, as_json: bool
) -> None:
    if as_json and "export" in line:
        return
    ran = hostile(*line.split(), *(["--json"] if as_json else []))
    assert (ran.code, ran.err) == (0, "")
    no_strange_character(ran.out)
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    ("line", "count"),
    [
        pytest.param("", 3, id="today"),
        pytest.param("session show 1", 4 + 3, id="session-show"),
        pytest.param("person show [red]", 2 + 3, id="person-show"),
        pytest.param("action list", 4, id="action-list"),
        pytest.param("action show 1", 1 + 3 + 1, id="action-show"),
        pytest.param("plan show [red]", 3, id="plan-show"),
    ],
)
def test_markup_and_emoji_codes_are_shown_as_typed(
    hostile: Run, line: str, count: int
) -> None:
    out = hostile(*line.split()).out
    assert out.count(CLEAN) >= count, out
    assert "😄" not in out


@pytest.mark.parametrize("line", ["session list", "session show 1"])
def test_a_tag_is_shown_as_typed(hostile: Run, line: str) -> None:
    assert CLEAN_TAG in hostile(*line.split()).out


@pytest.mark.parametrize(
    "line", ["person list", "person show [red]", "progress", "session list"]
)
def test_a_name_is_shown_as_typed(hostile: Run, line: str) -> None:
    assert NAME in hostile(*line.split()).out


def test_what_is_stored_is_clean(hostile: Run) -> None:
    session = hostile("session", "show", "1", "--json").json["session"]
    assert session["people"] == [f"{NAME}\ufffd]0;x\ufffd"]
    assert session["tags"] == [CLEAN_TAG]
    said = {answer["prompt"]: answer["value"] for answer in session["answers"]}
    assert said == {
        "today": CLEAN,
        "result": f"one {CLEAN}\ntwo",
        "list": f"first\n{CLEAN}",
        "first": CLEAN,
    }
    first = session["actions"][0]
    texts = {first[key] for key in ("what", "done_when", "support", "if_then")}
    assert texts == {CLEAN}
    assert session["actions"][2]["owner"] == CLEAN


def test_a_person_at_the_terminal_types_the_same_things(run: Run) -> None:
    person = ScriptedPerson(
        {
            "who": HOSTILE_NAME,
            "What is their full name?": None,
            NAME: "someone coached by me (a coachee)",
            "What is your own name?": HOSTILE,
            "which": "quick",
            "capture.mattered": HOSTILE,
            # What begins like the owner's own name would name who promised.
            "capture.promises.1.what": f"Send {HOSTILE}",
            "capture.promises.1.owner": "someone else",
            "capture.promises.1.owner-name": HOSTILE,
            "capture.promises.1.done_when": HOSTILE,
        },
        skip=True,
    )
    ran = run("session", "new", person=person)
    assert ran.code == 0
    no_strange_character(
        *(ran.out, ran.err, run("session", "show", "1").out),
        run("action", "show", "1").out,
    )
    shown = run("session", "show", "1", "--json").json["session"]
    assert shown["answers"][0]["value"] == CLEAN
    assert shown["actions"][0]["what"] == f"Send {CLEAN}"


def test_half_typed_text_is_clean_where_it_is_shown(example: Run) -> None:
    person = ScriptedPerson({"what.happened": CtrlC(f"half {HOSTILE}")})
    assert example("session", "new", "-t", "what3", person=person).code == 130
    for line in ("session list --drafts", "session show 2", ""):
        no_strange_character(example(*line.split()).out)


BAD = "\x1b[31m\u202e\x07nope"
BAD_PATH = f"{BAD}\udcff"  # the name of a file may be any bytes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([BAD], 2, id="command"),
        pytest.param(["session", BAD], 2, id="verb"),
        pytest.param(["session", "show", BAD], 3, id="number"),
        pytest.param(["session", "list", f"--{BAD}"], 2, id="option"),
        pytest.param(["person", "show", BAD], 3, id="name"),
        pytest.param(["plan", "export", BAD], 3, id="plan-of"),
        pytest.param(["plan", "export", "priya", "--style", BAD], 2, id="style"),
        pytest.param(["plan", "export", "priya", "--format", BAD], 2, id="format"),
        pytest.param(["person", "add", "Al", "-r", BAD], 2, id="relationship"),
        pytest.param(
            ["person", "add", "Al", "-r", "peer", "--every", BAD], 2, id="rhythm"
        ),
        pytest.param(["template", "show", BAD], 3, id="template"),
        pytest.param(
            ["session", "new", BAD, "-t", "quick", "-a", "-"], 3, id="session-with"
        ),
        pytest.param(
            ["session", "new", "priya", "-t", BAD, "-a", "-"], 3, id="session-template"
        ),
        pytest.param(
            ["session", "new", "priya", "-t", "quick", "-a", BAD_PATH], 2, id="file"
        ),
        pytest.param(["session", "new", "priya", "-a", "-", "--on", BAD], 2, id="day"),
        pytest.param(["action", "add", "--what", "x", "--due", BAD], 2, id="due"),
        pytest.param(["action", "list", "--due-before", BAD], 2, id="due-before"),
        pytest.param(["action", "done", "1", "--on", BAD], 2, id="done-on"),
        pytest.param(
            ["--home", "/dev/null/" + BAD_PATH, "action", "list"], 1, id="home"
        ),
        pytest.param(
            ["plan", "export", "priya", "-o", f"/nowhere/{BAD_PATH}"], 1, id="output"
        ),
    ],
)
def test_an_error_quotes_bad_input_without_its_control_characters(
    example: Run, arguments: list[str], code: int
) -> None:
    ran = example(*arguments, input="{}")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err
    assert "inside coachlog" not in ran.err
    no_strange_character(ran.err)


@pytest.mark.parametrize("escaped", ["\\u0000", "\\u001b[2J", "\\u202e"])
def test_what_json_can_hide_is_made_visible_or_taken_out(
    run: Run, escaped: str
) -> None:
    text = '{"person": "Al", "relationship": "peer", "template": "quick", '
    text += (
        f'"answers": {{"capture.mattered": "a{escaped}b"}}, "tags": ["t{escaped}"]}}'
    )
    assert run("session", "new", "-a", "-", input=text).code == 0
    no_strange_character(
        run("session", "show", "1").out, run("session", "show", "1", "--json").out
    )


# The same checks on every way in


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x" * 121, id="too-long"),
        pytest.param("!!!", id="no-letters"),
        pytest.param("me", id="me"),
        pytest.param(" ", id="empty"),
    ],
)
def test_a_name_is_checked_alike_on_every_way_in(example: Run, name: str) -> None:
    before = snapshot(example)
    given = {"person": name, "relationship": "peer", "template": "quick"}
    by_command = example("person", "add", name, "-r", "peer")
    by_file = example("session", "new", "-a", "-", input=json.dumps(given))
    by_edit = example("person", "edit", "priya", "--name", name)
    assert [ran.code for ran in (by_command, by_file, by_edit)] == [2, 2, 2]
    assert snapshot(example) == before


@pytest.mark.parametrize(
    "line",
    [
        "session new priya -t quick -a - --on soonish",
        "session edit 1 --on soonish",
        "action add --what x --due soonish",
        "action move 1 --to soonish",
        "action done 1 --on soonish",
        "action drop 1 --on soonish",
        "action list --due-before soonish",
    ],
)
def test_a_bad_date_names_the_forms_that_work(example: Run, line: str) -> None:
    before = snapshot(example)
    ran = example(*line.split(), input="{}")
    assert (ran.code, ran.out) == (2, "")
    assert "“soonish” is not a date that coachlog understands." in ran.err
    for form in (
        "2026-11-27",
        "tomorrow",
        "next fri",
        "in 3 days",
        "+2w",
        "12 May 2026",
    ):
        assert form in ran.err
    assert snapshot(example) == before


HUGE = "9" * 30


@pytest.mark.parametrize(
    "line",
    [
        f"session show {HUGE}",
        f"session edit {HUGE} --minutes 5",
        f"session delete {HUGE} --yes",
        f"session restore {HUGE}",
        f"session resume {HUGE}",
        f"action edit {HUGE} --what x",
        f"action note {HUGE} --text x",
        f"action move {HUGE} --to fri",
        f"action reopen {HUGE}",
    ],
)
def test_a_number_that_nothing_can_have_is_not_found(example: Run, line: str) -> None:
    ran = example(*line.split())
    assert (ran.code, ran.out) == (3, "")


def test_a_huge_limit_lists_all(example: Run) -> None:
    assert example("session", "list", "--limit", HUGE).code in (0, 2)


def test_huge_numbers_in_a_file_are_faults(example: Run) -> None:
    before = snapshot(example)
    given = {
        "person": "priya",
        "template": "grow",
        "minutes": int(HUGE),
        "answers": {"goal.matters": int(HUGE)},
        "review": [{"action": int(HUGE), "outcome": "done"}],
    }
    ran = example("session", "new", "-a", "-", input=json.dumps(given))
    assert ran.code == 2
    for name in ("minutes", "goal.matters", "[[review]]"):
        assert name in ran.err
    assert snapshot(example) == before


def test_a_number_with_too_many_digits_is_no_valid_json(example: Run) -> None:
    ran = example(
        "session", "new", "priya", "-a", "-", input='{"minutes": ' + "9" * 5_000 + "}"
    )
    assert ran.code == 2
    assert "inside coachlog" not in ran.err


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b"\x00" * 20, b"\x1b[31m", b"{\x1b}"])
def test_bytes_that_are_no_text_are_refused(example: Run, data: bytes) -> None:
    ran = example("session", "new", "priya", "-t", "quick", "-a", "-", input=data)
    assert (ran.code, ran.out) == (2, "")
    no_strange_character(ran.err)


def test_an_answers_file_may_begin_with_a_byte_order_mark(example: Run) -> None:
    data = b"\xef\xbb\xbf" + b'{"person": "priya", "template": "quick"}'
    assert example("session", "new", "-a", "-", input=data).code == 0


# Nobody there to answer


def real(*args: str, home: Path, shell: str = "") -> subprocess.CompletedProcess[str]:
    """Run coachlog in a process of its own, with its streams as the shell words say."""
    command = f'exec "{sys.executable}" -m coachlog "$@" {shell}'
    return subprocess.run(
        ["sh", "-c", command, "sh", *args],
        env=os.environ | {"COACHLOG_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ("session new", "--answers"),
        ("session new priya --template grow", "--answers"),
        ("session resume 1", "--answers"),
        ("person add", "NAME"),
        ("person add Al", "--relationship"),
        ("action add", "--what"),
        ("action move 1", "--to"),
        ("action note 1", "--text"),
        ("session edit 1", "--on"),
        ("session delete 1", "--yes"),
    ],
)
def test_without_a_terminal_nothing_is_asked_and_the_flag_is_named(
    example: Run, line: str, flag: str
) -> None:
    if "resume" in line:
        draft = ScriptedPerson({"what.happened": "It", "what.part": CtrlC()})
        example("session", "new", "-t", "what3", person=draft)
        line = "session resume 2"
    before = snapshot(example)
    for person, extra in ((None, []), (ScriptedPerson(), ["--no-input"])):
        ran = example(*extra, *line.split(), person=person)
        assert (ran.code, ran.out) == (2, "")
        assert flag in ran.err
    assert snapshot(example) == before


@pytest.mark.parametrize(
    ("line", "shell"),
    [
        ("session new", "<&-"),
        ("session new", "</dev/null"),
        ("session new priya -t quick -a -", "<&-"),
        ("session new priya -t quick -a -", "</dev/null"),
        ("action add --what -", "<&-"),
    ],
)
def test_closed_standard_input_is_exit_2(tmp_path: Path, line: str, shell: str) -> None:
    ran = real(*line.split(), home=tmp_path / "home", shell=shell)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr
    assert "Traceback" not in ran.stderr
    assert "inside coachlog" not in ran.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("example")
def test_closed_output_is_no_traceback(home: Path) -> None:
    for shell in (">&-", "2>&-", ">&- 2>&-", "| true"):
        ran = real("action", "list", home=home, shell=shell)
        assert "Traceback" not in ran.stderr + ran.stdout


CLOSED = "Nothing can be printed, as stdout is closed."


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    "line",
    [
        "ics -o -",
        "ics",
        "export table actions -o -",
        "plan export priya --format docx -o -",
        "history export priya",
        "search agenda",
        "action list",
        "action list --json",
        "progress",
        "--version",
        "help",
    ],
)
def test_an_answer_that_nobody_can_get_fails_and_is_not_noted(
    home: Path, line: str
) -> None:
    before = count_exports(home)
    ran = real(*line.split(), home=home, shell=">&-")
    assert ran.returncode == 1
    assert f"{CLOSED} Your journal was not changed.\n" in ran.stderr
    assert count_exports(home) == before


@pytest.mark.usefixtures("example")
def test_what_prints_nothing_needs_no_output(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    ran = real("--quiet", "ics", "-o", str(target), home=home, shell=">&-")
    assert (ran.returncode, target.exists()) == (0, True)
    ran = real("action", "add", "--what", "Ask", home=home, shell=">&-")
    assert ran.returncode == 1
    assert f"{CLOSED} What was changed before that is saved.\n" in ran.stderr


def count_exports(home: Path) -> int:
    with closing(dbapi2.connect(home / JOURNAL_FILE)) as db:
        rows = db.execute("SELECT count(*) FROM event WHERE kind LIKE '%.exported'")
        return int(rows.fetchone()[0])


def test_a_file_that_may_not_be_read_says_why(example: Run, tmp_path: Path) -> None:
    ran = example(
        "session", "new", "priya", "-t", "quick", "-a", str(tmp_path / "gone.toml")
    )
    assert ran.code == 2
    assert "gone.toml cannot be read (No such file or directory)." in ran.err


# The command line itself


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sesion list", "Did you mean session"),
        ("session lst", "Did you mean list"),
        ("action mvoe 1", "Did you mean move"),
        ("session list --jsn", "--json"),
        ("frobnicate", "frobnicate"),
    ],
)
def test_a_slip_on_the_command_line_names_what_is_near(
    example: Run, line: str, said: str
) -> None:
    ran = example(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("command", ["action", "session"])
def test_json_before_a_command_is_explained(example: Run, command: str) -> None:
    ran = example("--json", command, "list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"--json goes after the command.\ncoachlog {command} ... --json\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize(
    "line",
    ["", "session", "session new", "person", "action", "plan", "template", "progress"],
)
def test_help_is_everywhere(run: Run, home: Path, line: str, flag: str) -> None:
    ran = run(*line.split(), flag)
    assert (ran.code, ran.err) == (0, "")
    assert "Usage: coachlog" in ran.out
    assert not home.exists()


def test_the_version(run: Run) -> None:
    assert run("--version").out.startswith("coachlog ")


# Any text at all

ANY = st.text(max_size=60) | st.text(
    "[]/\\:*_|`<>#$%{}\x1b\x00\x9b\u202e\u200d\n\r\t -a1é李", max_size=60
)
SOME = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def fresh(home: Path) -> list[str]:
    return ["--home", str(home / uuid4().hex)]


@SOME
@given(text=ANY)
def test_any_answer_is_kept_clean_and_shown(run: Run, home: Path, text: str) -> None:
    assume(not has_private_line(text))  # it is refused in an open answer
    where = fresh(home)
    given: dict[str, Any] = {"person": "Al", "relationship": "peer", "template": "grow"}
    given |= {"tags": [f"x{text}"[:60]]}
    given |= {
        "answers": {"goal.today": text, "goal.result": text, "options.list": text}
    }
    ran = run(*where, "session", "new", "-a", "-", input=json.dumps(given))
    assert ran.code == 0, ran.err
    for line in ("session show 1", "session list", "session show 1 --json"):
        shown = run(*where, *line.split())
        assert (shown.code, shown.err) == (0, "")
        no_strange_character(shown.out)


@SOME
@given(name=ANY)
def test_any_name_is_added_or_refused(run: Run, home: Path, name: str) -> None:
    where = fresh(home)
    row = {"what": "Go", "owner": "them", "due": "fri"}
    given: dict[str, Any] = {
        "person": name,
        "relationship": "peer",
        "template": "quick",
    }
    given["actions"] = [row]
    ran = run(*where, "session", "new", "-a", "-", input=json.dumps(given))
    no_strange_character(ran.out, ran.err)
    assert ran.code in (0, 2), ran.err
    if ran.code == 0:
        slug = run(*where, "person", "list", "--json").json["people"][0]["slug"]
        for line in (
            "person list",
            f"person show {slug}",
            "",
            "action list",
            "progress",
        ):
            shown = run(*where, *line.split())
            assert (shown.code, shown.err) == (0, "")
            no_strange_character(shown.out)


@SOME
@given(text=ANY)
@example(text="-\u202a")
def test_any_words_make_an_action_or_are_refused(
    run: Run, home: Path, text: str
) -> None:
    where = fresh(home)
    row: dict[str, Any] = {"what": text, "owner": text, "due": "fri", "done_when": text}
    row |= {"support": text, "if_then": text}
    given = {
        "person": "Al",
        "relationship": "peer",
        "template": "quick",
        "actions": [row],
    }
    ran = run(*where, "session", "new", "-a", "-", input=json.dumps(given))
    no_strange_character(ran.out, ran.err)
    assert ran.code in (0, 2), ran.err
    if ran.code == 0:
        run(*where, "action", "note", "1", "--text", "-", input=text)
        for line in (
            "action list",
            "action show 1",
            "plan export al",
            "plan show al",
            "",
        ):
            shown = run(*where, *line.split())
            assert (shown.code, shown.err) == (0, "")
            no_strange_character(shown.out)


@SOME
@given(
    words=st.lists(ANY.filter(lambda text: "\x00" not in text), min_size=1, max_size=3)
)
def test_any_command_line_ends_with_an_exit_code_and_clean_words(
    example: Run, words: list[str]
) -> None:
    for command in (
        ["person", "show"],
        ["action", "list", "--person"],
        ["session", "show"],
        [],
    ):
        ran = example(*command, *words)
        assert ran.code in (0, 2, 3)
        no_strange_character(ran.err)
