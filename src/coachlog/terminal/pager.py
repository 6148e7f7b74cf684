"""Long answers through a pager, if there is a terminal and the person named a pager."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import asciify
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLE_CODES = re.compile(r"\x1b\[[\d;]*m")


def print_through_pager(console: Console, page: "RenderableType") -> None:
    """Print a page whose lines fit; through the pager when it is longer than the screen."""
    command = _find_pager_command() if sys.stdout.isatty() and not console.no_input else []
    if not command:
        return console.out.print(page, crop=False)
    with console.out.capture() as capture:
        console.out.print(page, crop=False)
    text = asciify.asciify_text(capture.get()) if console.ascii else capture.get()
    if text.count("\n") < console.out.height or not _page_text(command, text):
        sys.stdout.write(text)
    return None


def _find_pager_command() -> list[str]:
    """Return the pager's command line: COACHLOG_PAGER, else PAGER; empty for none."""
    import shlex

    given = os.environ.get("COACHLOG_PAGER", os.environ.get("PAGER", ""))
    try:
        return shlex.split(given, posix=os.name != "nt")
    except ValueError:  # a quotation mark without its other half
        return []


def _page_text(command: list[str], text: str) -> bool:
    """Return whether a pager showed the text, however much of it was read."""
    import subprocess

    environment = {"LESS": "-R"} | os.environ
    if not _passes_on_colours(command, environment["LESS"]):
        text = _STYLE_CODES.sub("", text)
    sys.stdout.flush()
    with _count_interrupts() as pressed:
        try:
            pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
        except OSError:
            return False
        pager.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    return pager.returncode == 0 or bool(pressed)


def _passes_on_colours(command: list[str], options: str) -> bool:
    """Return whether this is `less`, told to pass on colours; what others do is not known."""
    return Path(command[0]).stem == "less" and "R" in "".join((options, *command[1:]))


@contextmanager
def _count_interrupts() -> Iterator[list[int]]:
    """Leave Ctrl-C to the pager, which is in front; what comes back holds each time it came."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
