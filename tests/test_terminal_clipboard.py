"""`--copy`: the page as text on whichever clipboard can be reached, and said where none can."""

import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from coachlog.errors import ClipboardFailure
from coachlog.terminal.clipboard import copy_text, list_clipboard_tools
from conftest import Run
from waiting import LIMIT, wait_until

XTERM = {"TERM": "xterm-256color"}
SSH = {"SSH_CONNECTION": "10.0.0.1 22"}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is searched for programs; nothing of the real screen can be reached."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def program(folder: Path, name: str, code: int = 0) -> Path:
    """Put a program into a folder that keeps its input and its arguments beside itself."""
    path = folder / name
    path.write_text(
        f'#!/bin/sh\n/bin/cat > "$0.in"\necho "$@" > "$0.args"\nexit {code}\n',
        encoding="utf-8",
    )
    path.chmod(0o700)
    return folder / f"{name}.in"


# Which way


@pytest.mark.parametrize(
    ("variables", "platform", "expected"),
    [
        pytest.param({}, "linux", [], id="nothing"),
        pytest.param({}, "darwin", ["pbcopy"], id="a-mac"),
        pytest.param(SSH, "darwin", [], id="a-mac-from-afar"),
        pytest.param({}, "win32", ["clip.exe"], id="windows"),
        pytest.param(
            {"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe"], id="linux-in-windows"
        ),
        pytest.param(
            {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
            "linux",
            ["wl-copy", "xclip", "xsel"],
            id="wayland-before-x",
        ),
        pytest.param(
            SSH | {"DISPLAY": ":10"}, "linux", ["xclip", "xsel"], id="x-from-afar"
        ),
        pytest.param({"DISPLAY": ""}, "linux", [], id="no-display"),
        pytest.param({"TMUX": "/tmp/x,1,0"}, "linux", ["tmux"], id="tmux"),
    ],
)
def test_the_programs_that_may_reach_the_clipboard(
    variables: dict[str, str], platform: str, expected: list[str]
) -> None:
    tools = list_clipboard_tools(variables, platform)
    assert [tool.command[0] for tool in tools] == expected


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("variables", "has_terminal"),
    [
        pytest.param(XTERM, False, id="no-terminal"),
        pytest.param({}, True, id="no-name-of-a-terminal"),
        pytest.param({"TERM": "dumb"}, True, id="a-dumb-terminal"),
        pytest.param({"TERM": "linux"}, True, id="the-console"),
        pytest.param({"TERM": "screen.xterm-256color"}, True, id="screen"),
        pytest.param(
            XTERM | {"TERM_PROGRAM": "Apple_Terminal"}, True, id="a-mac-s-terminal"
        ),
    ],
)
def test_where_nothing_takes_it_nothing_is_claimed(
    variables: dict[str, str], has_terminal: bool
) -> None:
    terminal = StringIO()
    with pytest.raises(ClipboardFailure) as failure:
        copy_text("a", variables, terminal if has_terminal else None)
    assert failure.value.message == (
        "No clipboard can be reached from here. Nothing was copied."
    )
    assert terminal.getvalue() == ""


@pytest.mark.usefixtures("programs")
def test_a_terminal_is_sent_the_text_and_nothing_is_known() -> None:
    terminal = StringIO()
    assert copy_text("Prüfung · 李", XTERM, terminal) is False
    sequence = terminal.getvalue()
    assert sequence.startswith("\x1b]52;c;")
    assert b64decode(sequence[7:-1]).decode() == "Prüfung · 李"
    assert sequence[-1] == "\a"


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(("size", "fits"), [(74_994, True), (74_995, False)])
def test_a_terminal_takes_only_so_much(size: int, fits: bool) -> None:
    terminal = StringIO()
    if fits:
        assert copy_text("x" * size, XTERM, terminal) is False
        assert len(terminal.getvalue()) <= 100_000
        return
    with pytest.raises(ClipboardFailure) as failure:
        copy_text("x" * size, XTERM, terminal)
    assert "74,995 bytes (the limit is 74,994). Nothing was copied." in str(
        failure.value
    )
    assert terminal.getvalue() == ""


def test_a_program_gets_it_on_its_standard_input_and_the_terminal_nothing(
    programs: Path,
) -> None:
    copied = program(programs, "xsel")
    terminal = StringIO()
    text = "Prüfung · 李\n" * 20_000
    assert copy_text(text, XTERM | {"DISPLAY": ":0"}, terminal) is True
    assert copied.read_text(encoding="utf-8") == text
    assert copied.with_suffix(".args").read_text() == "--clipboard --input\n"
    assert terminal.getvalue() == ""


def test_windows_gets_its_own_encoding(programs: Path) -> None:
    copied = program(programs, "clip.exe")
    assert copy_text("Prüfung · 李", {"WSL_DISTRO_NAME": "Debian"}, None) is True
    assert copied.read_bytes().decode("utf-16") == "Prüfung · 李"
    assert copied.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")


def test_the_next_program_is_tried_where_one_fails(programs: Path) -> None:
    program(programs, "xclip", code=1)
    copied = program(programs, "xsel")
    assert copy_text("a", {"DISPLAY": ":0"}, None) is True
    assert copied.read_text() == "a"


def test_what_failed_is_named(programs: Path) -> None:
    program(programs, "xclip", code=1)
    program(programs, "xsel", code=1)
    with pytest.raises(ClipboardFailure) as failure:
        copy_text("a", {"DISPLAY": ":0"}, None)
    assert failure.value.message == (
        "xclip and xsel could not reach a clipboard. Nothing was copied."
    )


def test_tmux_hands_it_on_to_a_terminal_of_which_nothing_is_known(
    programs: Path,
) -> None:
    copied = program(programs, "tmux")
    assert copy_text("a", {"TMUX": "/tmp/x,1,0", "TERM": "screen"}, None) is False
    assert copied.read_text() == "a"


# The real thing


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A screen that nobody sees."""
    server = shutil.which("Xvfb")
    if server is None or not (shutil.which("xclip") or shutil.which("xsel")):
        pytest.skip("there is no X server: apt-get install xvfb xclip xsel")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-nolisten", "tcp"]
    with (tmp_path / "xvfb.log").open("wb") as log:
        process = subprocess.Popen(command, pass_fds=(writing,), stdout=log, stderr=log)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(LIMIT)


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("xclip", ("-selection", "clipboard", "-o")),
        ("xsel", ("--clipboard", "--output")),
    ],
)
def test_a_real_display_has_it(
    display: str,
    name: str,
    reader: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tool = shutil.which(name)
    if tool is None:
        pytest.skip(f"apt-get install {name}")
    only = tmp_path / "only"
    only.mkdir()
    (only / name).symlink_to(tool)
    monkeypatch.setenv("PATH", str(only))
    monkeypatch.setenv("DISPLAY", display)
    text = "Prüfung · 李 ☐\n" * 12_000
    assert copy_text(text, {"DISPLAY": display}, None) is True

    def paste() -> str:
        pasted = subprocess.run([tool, *reader], capture_output=True, check=True)
        return pasted.stdout.decode()

    # The tool returns before what it leaves behind has taken the clipboard.
    wait_until(lambda: paste() == text, lambda: f"The clipboard has {paste()[:80]!r}")


# On the command line


@pytest.fixture
def copied(programs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the text is that was copied."""
    monkeypatch.setenv("DISPLAY", ":0")
    return program(programs, "xsel")


@pytest.mark.parametrize("page", ["plan", "history"])
def test_a_page_is_copied_as_text_and_not_printed(
    example: Run, copied: Path, page: str
) -> None:
    printed = example(page, "export", "priya", "--format", "text")
    ran = example(page, "export", "priya", "--copy")
    assert (ran.code, ran.err) == (0, printed.err)
    assert ran.out.startswith("Copied: ")
    assert ran.out.endswith(", as text.\n")
    assert copied.read_text(encoding="utf-8") + "\n" == printed.out


def test_another_format_can_be_copied(example: Run, copied: Path) -> None:
    ran = example("plan", "export", "priya", "--copy", "--format", "markdown")
    assert (ran.code, ran.out) == (0, "Copied: 3 promises, as markdown.\n")
    assert copied.read_text(encoding="utf-8").startswith("# Action plan")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(
            ("--output", "{folder}/plan.md"),
            "Use only one of --copy and --output. Nothing was copied.",
            id="a-file-as-well",
        ),
        pytest.param(
            ("-o", "-"),
            "Use only one of --copy and --output. Nothing was copied.",
            id="the-screen-as-well",
        ),
        pytest.param(
            ("--format", "mail"),
            "--format mail makes a file, not words to paste. Nothing was copied.",
            id="a-mail",
        ),
        pytest.param(
            ("--format", "pdf"), "There is no format “pdf”.", id="no-such-format"
        ),
    ],
)
def test_what_cannot_be_copied_is_refused(
    example: Run, copied: Path, options: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    line = [option.format(folder=tmp_path) for option in options]
    ran = example("plan", "export", "priya", "--copy", *line)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not copied.exists()
    assert not (tmp_path / "plan.md").exists()


@pytest.mark.usefixtures("programs")
def test_without_a_clipboard_the_command_fails(example: Run) -> None:
    ran = example("plan", "export", "priya", "--copy")
    assert (ran.code, ran.out) == (1, "")
    assert "No clipboard can be reached from here. Nothing was copied." in ran.err
