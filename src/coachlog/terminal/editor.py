"""Opens a file in the person's own editor, and waits until it is closed."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from coachlog.errors import EditorFailure

# Editors with windows of their own, which return at once unless told to wait.
_WAIT_FLAGS = {
    **dict.fromkeys(
        ("code", "codium", "code-insiders", "cursor", "zed", "subl", "atom"), "--wait"
    ),
    **dict.fromkeys(("mate", "bbedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "gedit": "--wait",
    "kate": "--block",
}
# How an editor is told the line to open a file at.
_LINE_ARGUMENTS = {
    **dict.fromkeys(
        ("nano", "pico", "vi", "vim", "nvim", "view", "ex", "gvim", "mvim"),
        ("+{line}", "{path}"),
    ),
    **dict.fromkeys(
        ("emacs", "emacsclient", "mg", "zile", "kak", "joe", "jmacs", "ne"),
        ("+{line}", "{path}"),
    ),
    **dict.fromkeys(
        ("micro", "mcedit", "gedit", "pluma", "xed", "bbedit"),
        ("+{line}", "{path}"),
    ),
    **dict.fromkeys(
        ("code", "codium", "code-insiders", "cursor"), ("--goto", "{path}:{line}")
    ),
    **dict.fromkeys(("subl", "zed", "hx", "helix"), ("{path}:{line}",)),
    **dict.fromkeys(("kate", "kwrite", "mate"), ("--line", "{line}", "{path}")),
}
_DEFAULT_EDITORS = ("nano", "vim", "vi", "notepad.exe")
_SET_EDITOR_HINT = "Set EDITOR to the name of an editor that is installed."


def open_editor(path: Path, line: int = 1) -> float:
    """Let the person edit a file, and return how many seconds the editor was open.

    It opens at a line, counted from 1, in an editor that is known to take one.
    Raises EditorFailure if the editor cannot be started or ends with an error; the file is as the
    editor left it.
    """
    command = _find_editor_command()
    start = monotonic()
    try:
        with _ignore_interrupts():
            process = subprocess.run(
                [*command, *_build_file_arguments(command, path, line)],
                stdout=_find_editor_output(),
                check=False,
            )
    except OSError as error:
        raise EditorFailure(
            f"The editor “{command[0]}” cannot be started ({error.strerror}).",
            _SET_EDITOR_HINT,
        ) from None
    exit_code = process.returncode
    if exit_code == 0:
        return monotonic() - start
    # A negative exit code is the number of the signal that stopped the editor.
    ending = f"ended with an error ({exit_code})"
    if exit_code < 0:
        ending = f"was stopped (signal {-exit_code})"
    raise EditorFailure(
        f"The editor “{command[0]}” {ending}.", "What you saved in it is safe."
    )


def _find_editor_command() -> list[str]:
    for variable in ("COACHLOG_EDITOR", "VISUAL", "EDITOR"):
        command_line = os.environ.get(variable, "").strip()
        if command_line:
            return _parse_editor_command(variable, command_line)
    for editor in _DEFAULT_EDITORS:
        if shutil.which(editor):
            return [editor]
    raise EditorFailure("No editor was found.", _SET_EDITOR_HINT)


def _build_file_arguments(command: list[str], path: Path, line: int) -> list[str]:
    """Return what opens a file at a line; the path alone for the first, or an unknown editor."""
    arguments = _LINE_ARGUMENTS.get(Path(command[0]).stem)
    if line <= 1 or arguments is None:
        return [str(path)]
    return [argument.format(path=path, line=line) for argument in arguments]


def _parse_editor_command(variable: str, command_line: str) -> list[str]:
    words = _split_editor_command(variable, command_line)
    flag = _WAIT_FLAGS.get(Path(words[0]).stem)
    if flag is None or flag in words or "-w" in words:
        return words
    return [*words, flag]


def _split_editor_command(variable: str, command_line: str) -> list[str]:
    """Return the words of a command line; one that is a program's whole path is one word."""
    path = os.path.expanduser(command_line)  # noqa: PTH111 - a path of nobody's home stays
    if shutil.which(path):
        return [path]
    try:
        # On Windows a backslash is part of a path, not an escape, and quotes are no part of it.
        words = shlex.split(command_line, posix=os.name != "nt")
    except ValueError as error:
        raise EditorFailure(f"{variable} cannot be understood ({error}).") from None
    return [word.strip('"') for word in words] if os.name == "nt" else words


def _find_editor_output() -> int | None:
    """Return the file number for the editor's screen: stderr if stdout is not a terminal."""
    try:
        return None if sys.stdout.isatty() else sys.stderr.fileno()
    except (OSError, ValueError):
        return None


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which may use it for something else."""
    # Not SIG_IGN, which the editor would inherit: it would never see Ctrl-C at all.
    previous_handler = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous_handler)
