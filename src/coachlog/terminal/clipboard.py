"""The clipboard: through a program of the system, or through the terminal itself (OSC 52).

A terminal says nothing about whether it took what it was sent, so neither is that claimed here.
What is copied goes to a program on its standard input: arguments can be read by other users.
"""

import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO

from coachlog.errors import ClipboardFailure
from coachlog.named_tuples import NamedTuple
from coachlog.terminal.accessibility import is_undrawable

_MOST_TERMINAL_BYTES = 74_994
"""With more, the sequence would have over 100,000 characters, the most that some terminals take."""
_SECONDS = 10
"""How long a program may take: a display that does not answer would hold it for ever."""
_DEAF_TERMINALS = ("linux", "screen")
"""The beginnings of TERM of terminals that have no clipboard, or hand nothing on."""
_PRINT_HINT = (
    "To print it, leave out --copy; to write a file, add --output FILE instead."
)


class ClipboardTool(NamedTuple):
    """A program that takes the clipboard's text on its standard input, in this encoding.

    With `asks_terminal` it hands the text on to the terminal, which may not take it.
    """

    command: tuple[str, ...]
    encoding: str = "utf-8"
    asks_terminal: bool = False


_WINDOWS_TOOL = ClipboardTool(("clip.exe",), "utf-16")
_MAC_TOOL = ClipboardTool(("pbcopy",))
_WAYLAND_TOOL = ClipboardTool(("wl-copy",))
_X_TOOLS = (
    ClipboardTool(("xclip", "-selection", "clipboard", "-in")),
    ClipboardTool(("xsel", "--clipboard", "--input")),
)
_TMUX_TOOL = ClipboardTool(("tmux", "load-buffer", "-w", "-"), asks_terminal=True)


def copy_text(
    text: str, variables: Mapping[str, str], terminal: IO[str] | None
) -> bool:
    """Put a text on the clipboard; return whether it is known to be there.

    It is not where only the `terminal`, None for no terminal, was asked to put it there. Raises
    ClipboardFailure if there is no way to a clipboard, or if the text is too long for the only one.
    """
    failed_programs = []
    for tool in list_clipboard_tools(variables, sys.platform):
        program = shutil.which(tool.command[0])
        if program is None:
            continue
        if _run_clipboard_tool(program, tool, text):
            return not tool.asks_terminal
        failed_programs.append(tool.command[0])
    if terminal is None or not _may_take_text(variables):
        raise _build_unreachable_error(failed_programs, variables)
    _send_to_terminal(text, terminal)
    return False


def list_clipboard_tools(
    variables: Mapping[str, str], platform: str
) -> Iterator[ClipboardTool]:
    """Yield the programs that may reach the clipboard of whoever sits at the screen, best first.

    Over SSH the clipboard of a Mac or of Windows is that of the wrong machine.
    """
    is_remote = "SSH_CONNECTION" in variables or "SSH_TTY" in variables
    if platform == "darwin" and not is_remote:
        yield _MAC_TOOL
    is_windows = platform == "win32" or "WSL_DISTRO_NAME" in variables
    if is_windows and not is_remote:
        yield _WINDOWS_TOOL
    if variables.get("WAYLAND_DISPLAY"):
        yield _WAYLAND_TOOL
    # Over SSH, a display is that of the screen: it was handed on with `ssh -X`.
    if variables.get("DISPLAY"):
        yield from _X_TOOLS
    if variables.get("TMUX"):
        yield _TMUX_TOOL


def _run_clipboard_tool(program: str, tool: ClipboardTool, text: str) -> bool:
    """Return whether a program took the text."""
    with suppress(OSError, subprocess.TimeoutExpired):
        process = subprocess.run(
            [program, *tool.command[1:]],
            input=text.encode(tool.encoding),
            # Some stay in the background to hand the text out: a pipe to them would never end.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
        return process.returncode == 0
    return False


def _may_take_text(variables: Mapping[str, str]) -> bool:
    """Return whether a terminal may know OSC 52; unknown ones may, and say nothing if not."""
    term = variables.get("TERM", "")
    if not term or is_undrawable(variables) or term.startswith(_DEAF_TERMINALS):
        return False
    return variables.get("TERM_PROGRAM") != "Apple_Terminal"


def _send_to_terminal(text: str, terminal: IO[str]) -> None:
    data = text.encode()
    if len(data) > _MOST_TERMINAL_BYTES:
        raise ClipboardFailure(
            f"That is too long for the clipboard of a terminal: {len(data):,} bytes "
            f"(the limit is {_MOST_TERMINAL_BYTES:,}). Nothing was copied.",
            _PRINT_HINT,
        )
    terminal.write(f"\x1b]52;c;{b64encode(data).decode()}\a")
    terminal.flush()


def _build_unreachable_error(
    failed_programs: list[str], variables: Mapping[str, str]
) -> ClipboardFailure:
    """Return the error that no clipboard was reached, and which programs were tried."""
    if failed_programs:
        programs = " and ".join(failed_programs)
        return ClipboardFailure(
            f"{programs} could not reach a clipboard. Nothing was copied.", _PRINT_HINT
        )
    return ClipboardFailure(
        "No clipboard can be reached from here. Nothing was copied.",
        _choose_missing_hint(variables),
    )


def _choose_missing_hint(variables: Mapping[str, str]) -> str:
    """Return what would help: a program for the clipboard of this display, or another way."""
    if variables.get("WAYLAND_DISPLAY"):
        return f"Install wl-clipboard. {_PRINT_HINT}"
    if variables.get("DISPLAY"):
        return f"Install xclip or xsel. {_PRINT_HINT}"
    return _PRINT_HINT
