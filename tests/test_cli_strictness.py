"""What is typed after `coachlog`: refused by every command where nobody can mean it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from coachlog.cli.groups import RootGroup
from coachlog.errors import InvalidInput
from coachlog.interview.checks import check_typed_answer
from coachlog.interview.conversation import Question
from coachlog.model.answers import PromptKind
from coachlog.services.new_names import validate_person_name
from coachlog.terminal.console import Console
from command_support import built, snapshot
from command_table import commands, fill_all
from conftest import Run

NOT_TEXT = os.fsdecode(b"Zo\xeb")
PIPED = b"Zo\xeb"
PATHS = ("FILE", "FOLDER")


def find_command(name: str) -> Any:
    command: Any = RootGroup()
    for word in name.split():
        command = command.get_command(None, word)
    return command


def parameters() -> Iterator[tuple[str, Any]]:
    """Yield every option and argument of every command that takes a value."""
    for command in commands():
        if not command.name:
            continue
        for parameter in find_command(command.name).params:
            if not getattr(parameter, "is_flag", False):
                yield command.name, parameter


def names_path(parameter: Any) -> bool:
    return (parameter.metavar or "").strip("[].") in PATHS


def fill_in(parameter: Any, value: str) -> list[str]:
    """Return the words that give an option or an argument this value."""
    if parameter.param_type_name == "argument":
        return [value]
    return [parameter.opts[0], value]


def list_first_words(parameter: Any) -> list[str]:
    """Return what stands before an argument that is not the first."""
    return ["2026Q4"] if parameter.name == "lists" else []


TAKES_WORDS = [
    pytest.param(name, parameter, id=f"{name} {parameter.opts[0]}")
    for name, parameter in parameters()
    if not names_path(parameter)
]
TAKES_PATH = [
    pytest.param(name, parameter, id=f"{name} {parameter.opts[0]}")
    for name, parameter in parameters()
    if names_path(parameter)
]
DASHES = ("—", "–", "−", "‑", "——", "–-", "―")


def list_flags(name: str) -> list[str]:
    """Return the options of a command, by their first name."""
    return [
        parameter.opts[0]
        for parameter in find_command(name).params
        if parameter.param_type_name == "option"
    ]


@pytest.fixture
def journal(run: Run, home: Path) -> Run:
    built(run, home, fill_all)
    return run


def test_the_tables_have_every_command() -> None:
    assert len(TAKES_WORDS) > 90
    assert len(TAKES_PATH) == 42


@pytest.mark.parametrize(("name", "parameter"), TAKES_WORDS)
def test_words_that_are_not_text_are_refused(
    run: Run, name: str, parameter: Any
) -> None:
    ran = run(*name.split(), *fill_in(parameter, NOT_TEXT))
    assert (ran.code, ran.out) == (2, "")
    assert "is not UTF-8 text. Nothing was done." in ran.err


@pytest.mark.parametrize(
    "words",
    [
        (NOT_TEXT,),
        ("action", NOT_TEXT),
        (f"--{NOT_TEXT}",),
        ("action", f"--{NOT_TEXT}"),
        ("action", "list", f"--{NOT_TEXT}"),
        ("action", "list", f"--{NOT_TEXT}=4"),
        ("action", "list", NOT_TEXT),
    ],
)
def test_a_word_that_is_no_text_is_not_quoted(run: Run, words: Sequence[str]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "is not UTF-8 text. Nothing was done." in ran.err
    assert "\N{REPLACEMENT CHARACTER}" not in ran.err


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the names of files are text"
)
def test_a_file_may_have_any_bytes_in_its_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"{NOT_TEXT}.toml"
    for option in ("--answers", "--form"):
        ran = run("session", "new", option, name)
        assert ran.code == 2
        assert r"Zo\xeb.toml cannot be read (No such file" in ran.err
    Path(name).write_text("me =", encoding="utf-8")
    ran = run("session", "new", "--answers", name)
    assert r"Zo\xeb.toml is not valid TOML" in ran.err
    words = 'person = "Priya Shah"\nrelationship = "report"\ntemplate = "quick"\n'
    Path(name).write_text(words, encoding="utf-8")
    assert run("session", "new", "--answers", name).code == 0


@pytest.mark.parametrize(("name", "parameter"), TAKES_PATH)
@pytest.mark.parametrize("value", ["", " \t"])
def test_a_path_without_a_name_is_refused(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    parameter: Any,
    value: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*name.split(), *list_first_words(parameter), *fill_in(parameter, value))
    assert (ran.code, ran.out) == (2, "")
    assert "is empty. Nothing was done." in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [command.name for command in commands()])
def test_a_long_dash_is_named_as_such(run: Run, name: str) -> None:
    for number, flag in enumerate([*list_flags(name), "--help"]):
        word = DASHES[number % len(DASHES)] + flag.lstrip("-")
        ran = run(*name.split(), word)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"“{word}” is not an option. Did you mean {flag}?")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        pytest.param(
            ("action", "add", "ann", "—what", "Ask"), "--what", id="after-a-name"
        ),
        pytest.param(
            ("action", "add", "--what", "—due", "fri"), "--due", id="as-a-value"
        ),
        pytest.param(
            ("action", "add", "—what=Ask Dana"), "--what", id="with-its-value"
        ),
        pytest.param(("action", "add", "-—what", "Ask"), "--what", id="after-a-hyphen"),
        pytest.param(("action", "add", "ann", "—priv"), "--private", id="half-a-word"),
        pytest.param(
            ("history", "—full", "priya"), "--full", id="before-the-default-verb"
        ),
        pytest.param(
            ("—no-input", "action", "list"), "--no-input", id="before-the-command"
        ),
        pytest.param(("action", "—help"), "--help", id="after-a-noun"),
        pytest.param(("action", "list", "—no-input"), "--no-input", id="of-the-root"),
        pytest.param(("session", "new", "–t", "grow"), "-t", id="a-letter"),
    ],
)
def test_a_long_dash_is_found_wherever_it_is(
    run: Run, words: tuple[str, ...], flag: str
) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert f"Did you mean {flag}? The dash is a long one" in ran.err


@pytest.mark.parametrize(
    "words", ["— ask Dana", "—ask Dana", "—ask", "well — ask", "–5 degrees", "−2"]
)
def test_a_long_dash_in_words_is_left_alone(example: Run, words: str) -> None:
    ran = example("action", "note", "1", "--text", words)
    assert ran.code == 0
    assert words in example("action", "show", "1").out


@pytest.mark.parametrize(
    "line",
    [
        "action add priya --owner me --what -",
        "action edit 1 --what -",
        "action note 1 --text -",
        "person note priya --text -",
        "goal add --title -",
        "goal rate 1 5 --note -",
        "goal add --title Calm --why -",
        "pulse add -",
        "pulse new --statement -",
        "workshop add -",
        "workshop new Winter --themes -",
        "session new --answers -",
        "session new --form -",
        "session edit 1 --answers -",
    ],
)
def test_piped_bytes_that_are_not_text_are_refused(journal: Run, line: str) -> None:
    before = snapshot(journal)
    ran = journal(*line.split(), input=PIPED)
    assert (ran.code, ran.out) == (2, "")
    assert "UTF-8" in ran.err
    assert snapshot(journal) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_piped_text_is_read_with_or_without_a_mark(example: Run, encoding: str) -> None:
    ran = example(
        "action", "edit", "1", "--what", "-", input="Ask Zoë\r\n".encode(encoding)
    )
    assert ran.code == 0
    assert example("action", "show", "1", "--json").json["action"]["what"] == "Ask Zoë"


@pytest.mark.parametrize("option", ["", "  "])
def test_an_empty_home_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("--home", option, "person", "add", "Ann Obi", "-r", "peer")
    assert (ran.code, ran.err.split(".")[0]) == (2, "--home is empty")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_is_none_as_for_other_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COACHLOG_HOME", raising=False)
    usual_home = Console().desk.home
    monkeypatch.setenv("COACHLOG_HOME", "")
    assert Console().desk.home == usual_home


@pytest.mark.parametrize("folder", ["  ", "\t", "~nobody-of-that-name/journal"])
def test_a_variable_that_names_no_folder_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACHLOG_HOME", folder)
    with pytest.raises(InvalidInput):
        _ = Console().desk
    assert list(tmp_path.iterdir()) == []


def test_a_zone_that_is_not_text_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", NOT_TEXT)
    assert "\N{REPLACEMENT CHARACTER}" not in Console().desk.zone


@pytest.mark.parametrize("kind", [PromptKind.TEXT, PromptKind.LINE])
def test_typed_keys_that_are_not_text_are_refused(kind: PromptKind) -> None:
    """prompt_toolkit hands over a byte that it cannot read as half a character."""
    with pytest.raises(InvalidInput, match="Type it again"):
        check_typed_answer(Question("", "What?", kind), NOT_TEXT)
    with pytest.raises(InvalidInput, match="Type it again"):
        validate_person_name(NOT_TEXT)


def start_coachlog(
    home: bytes, *words: bytes, option: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run coachlog as a shell does, with bytes as words and in the environment."""
    environment = {**os.environb, b"EDITOR": b"/nowhere/ed\xeb"}
    environment.pop(b"COACHLOG_HOME", None)
    command = [os.fsencode(sys.executable), b"-m", b"coachlog"]
    if option:
        command += [b"--home", home]
    else:
        environment[b"COACHLOG_HOME"] = home
    return subprocess.run(
        [*command, *words], env=environment, capture_output=True, check=False
    )


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the names of files are text"
)
def test_a_home_may_have_any_bytes_but_words_may_not(tmp_path: Path) -> None:
    home = os.fsencode(tmp_path) + b"/Zo\xeb"
    assert (
        start_coachlog(home, b"person", b"add", b"Ann Obi", b"-r", b"peer").returncode
        == 0
    )
    ran = start_coachlog(
        home, b"person", b"add", b"Zo\xeb", b"-r", b"peer", option=True
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"is not UTF-8 text. Nothing was done." in ran.stderr
    ran = start_coachlog(home, b"person", b"list", b"--json", option=True)
    assert ran.stdout.count(b'"name"') == 1
    assert [os.fsencode(path.name) for path in tmp_path.iterdir()] == [b"Zo\xeb"]
