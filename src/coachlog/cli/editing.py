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

from coachlog.errors import CoachlogError, StorageFailure

# Editors with windows of their own, which return at once unless told to wait.
_WAITING = {
    **dict.fromkeys(("code", "codium", "code-insiders", "cursor", "zed", "subl", "atom"), "--wait"),
    **dict.fromkeys(("mate", "bbedit"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "gedit": "--wait",
    "kate": "--block",
}
_USUAL = ("nano", "vim", "vi", "notepad.exe")
AT_ONCE = 1.5  # seconds; nobody has read a form sooner


class EditorFailed(CoachlogError):
    """The editor could not be started, crashed or was killed."""


def edit(path: Path) -> float:
    """Let the person edit a file, and return how many seconds the editor was open.

    `EditorFailed` if it cannot be started or ends with an error; the file is as the editor left it.
    """
    command = _command()
    began = monotonic()
    try:
        with _untouched_by_ctrl_c():
            ended = subprocess.run([*command, str(path)], stdout=_screen(), check=False).returncode
    except OSError as error:
        raise EditorFailed(
            f"The editor “{command[0]}” cannot be started ({error.strerror}).",
            "Set EDITOR to the name of one that is installed.",
        ) from None
    if ended:
        how = f"was stopped (signal {-ended})" if ended < 0 else f"ended with an error ({ended})"
        raise EditorFailed(f"The editor “{command[0]}” {how}.", "What was saved is kept.")
    return monotonic() - began


def _command() -> list[str]:
    for name in ("COACHLOG_EDITOR", "VISUAL", "EDITOR"):
        if given := os.environ.get(name, "").strip():
            try:
                words = shlex.split(given, posix=os.name != "nt")
            except ValueError as error:
                raise EditorFailed(f"{name} cannot be understood ({error}).") from None
            return [*words, *_wait_flag(words)]
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise EditorFailed("No editor was found.", "Set EDITOR to the name of one that is installed.")


def _wait_flag(words: list[str]) -> list[str]:
    flag = _WAITING.get(Path(words[0]).stem)
    return [flag] if flag and not {flag, "-w"} & set(words) else []


def _screen() -> int | None:
    """Return where an editor draws: the terminal, though the answer may go to a file."""
    try:
        return None if sys.stdout.isatty() else sys.stderr.fileno()
    except (OSError, ValueError):
        return None


@contextmanager
def _untouched_by_ctrl_c() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which may mean something else by it.

    A handler of our own, as one that is ignored would be ignored by the editor as well.
    """
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def new_file(folder: Path, stem: str, suffix: str, text: str) -> Path:
    """Return a new file that only its owner can read, `stem.2` if there is a `stem` already."""
    number = 1
    old = os.umask(0o077)  # for every folder made on the way
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / f"{stem}{f'.{number}' if number > 1 else ''}{suffix}"
            try:
                handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            return path
    except OSError as error:
        raise StorageFailure(f"{folder} cannot be written to ({error.strerror}).") from error
    finally:
        os.umask(old)
