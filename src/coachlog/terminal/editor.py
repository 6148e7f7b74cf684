"""Opens a file in the editor that the person has chosen, and waits for it."""

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
    **dict.fromkeys(("code", "codium", "code-insiders", "cursor", "zed", "subl", "atom"), "--wait"),
    **dict.fromkeys(("mate", "bbedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "gedit": "--wait",
    "kate": "--block",
}
_DEFAULT_EDITORS = ("nano", "vim", "vi", "notepad.exe")


def open_editor(path: Path) -> float:
    """Let the person edit a file, and return how many seconds the editor was open.

    `EditorFailed` if it cannot be started or ends with an error; the file is as the editor left it.
    """
    command = _find_editor_command()
    began = monotonic()
    try:
        with _ignore_interrupts():
            ended = subprocess.run(
                [*command, str(path)], stdout=_find_editor_output(), check=False
            ).returncode
    except OSError as error:
        raise EditorFailure(
            f"The editor “{command[0]}” cannot be started ({error.strerror}).",
            "Set EDITOR to the name of one that is installed.",
        ) from None
    if ended:
        how = f"was stopped (signal {-ended})" if ended < 0 else f"ended with an error ({ended})"
        raise EditorFailure(f"The editor “{command[0]}” {how}.", "What was saved is kept.")
    return monotonic() - began


def _find_editor_command() -> list[str]:
    for name in ("COACHLOG_EDITOR", "VISUAL", "EDITOR"):
        if given := os.environ.get(name, "").strip():
            try:
                words = shlex.split(given, posix=os.name != "nt")
            except ValueError as error:
                raise EditorFailure(f"{name} cannot be understood ({error}).") from None
            return [*words, *_find_wait_flags(words)]
    for usual in _DEFAULT_EDITORS:
        if shutil.which(usual):
            return [usual]
    raise EditorFailure("No editor was found.", "Set EDITOR to the name of one that is installed.")


def _find_wait_flags(command: list[str]) -> list[str]:
    flag = _WAIT_FLAGS.get(Path(command[0]).stem)
    return [flag] if flag and not {flag, "-w"} & set(command) else []


def _find_editor_output() -> int | None:
    """Return where an editor draws: the terminal, though the answer may go to a file."""
    try:
        return None if sys.stdout.isatty() else sys.stderr.fileno()
    except (OSError, ValueError):
        return None


@contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which may mean something else by it.

    A handler of our own, as one that is ignored would be ignored by the editor as well.
    """
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
