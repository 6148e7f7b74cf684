"""Long answers through a pager, if there is a terminal and a pager is set."""

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
    from coachlog.screens.renderables import Renderable

PAGER_VARIABLE = "COACHLOG_PAGER"
"""The environment variable that decides, whatever the owner's setting is."""
_STYLE_CODES = re.compile(r"\x1b\[[\d;]*m")


def print_through_pager(console: Console, page: "Renderable") -> None:
    """Print a page whose lines fit, through the pager if it is longer than the screen."""
    command: list[str] = []
    draws_nothing = console.is_plain or console.is_accessible
    if not (draws_nothing or console.draws or console.no_input):
        command = _find_pager_command(console)
    if not command:
        return console.out.print(page, crop=False)
    with console.out.capture() as capture:
        console.out.print(page, crop=False)
    text = capture.get()
    if console.ascii:
        text = asciify.asciify_text(text)
    if text.count("\n") < console.out.height or not _page_text(command, text):
        sys.stdout.write(text)
    return None


def _find_pager_command(console: Console) -> list[str]:
    """Return the pager's command line: COACHLOG_PAGER, else the owner's setting, else PAGER.

    Empty for none. PAGER is for every program, so that the setting goes before it, as in git.
    """
    import shlex

    command_line = os.environ.get(PAGER_VARIABLE)
    if command_line is None:
        command_line = console.desk.settings.get_text("pager")
    if command_line == "on":
        command_line = os.environ.get("PAGER", "")
    elif command_line == "off":
        command_line = ""
    try:
        return shlex.split(command_line, posix=os.name != "nt")
    except ValueError:  # a quotation mark without its other half
        return []


def _page_text(command: list[str], text: str) -> bool:
    """Return whether a pager showed the text, however much of it was read."""
    import subprocess

    environment = {"LESS": "-R"} | os.environ
    if not _passes_on_colours(command, environment["LESS"]):
        text = _STYLE_CODES.sub("", text)
    sys.stdout.flush()
    with _count_interrupts() as interrupts:
        try:
            pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
        except OSError:
            return False
        pager.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    # A pager that Ctrl-C ended did show the text; what failed by itself did not.
    return pager.returncode == 0 or bool(interrupts)


def _passes_on_colours(command: list[str], options: str) -> bool:
    """Return whether this is `less` with -R; whether other pagers pass on colours is unknown."""
    return Path(command[0]).stem == "less" and "R" in "".join((options, *command[1:]))


@contextmanager
def _count_interrupts() -> Iterator[list[int]]:
    """Leave Ctrl-C to the pager, and yield a list that gets an entry each time it is pressed."""
    interrupts: list[int] = []
    previous_handler = signal.signal(
        signal.SIGINT, lambda number, _frame: interrupts.append(number)
    )
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, previous_handler)
