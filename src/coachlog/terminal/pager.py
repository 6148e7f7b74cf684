"""Long answers through a pager, if there is a terminal and a pager is set."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import asciify
from coachlog.patterns import compile_later
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.screens.renderables import Renderable

PAGER_VARIABLE = "COACHLOG_PAGER"
"""The environment variable that decides, whatever the owner's setting is."""
_STYLE_CODES = compile_later(r"\x1b\[[\d;]*m")


def print_through_pager(console: Console, page: "Renderable") -> None:
    """Print a page whose lines fit, through the pager if it is longer than the screen.

    A page of parts is rendered and handed on part by part.
    """
    command: list[str] = []
    draws_nothing = console.is_plain or console.is_accessible
    if not (draws_nothing or console.draws or console.no_input):
        command = _find_pager_command(console)
    if not command:
        for part in _split_page(page):
            console.out.print(part, crop=False)
        return
    texts = _render_texts(console, page)
    screenful, has_more = _take_screenful(texts, console.out.height)
    if not has_more:
        sys.stdout.writelines(screenful)
    elif not _page_texts(command, chain(screenful, texts)):
        sys.stdout.writelines(_render_texts(console, page))


def _split_page(page: "Renderable") -> "Iterator[Renderable]":
    from coachlog.screens.renderables import Group, Page

    parts = page.split() if isinstance(page, Page) else [page]
    # Printed on its own, a text would lose that it is not to be wrapped.
    return map(Group, parts)


def _render_texts(console: Console, page: "Renderable") -> Iterator[str]:
    """Yield what the console would print, part by part."""
    for part in _split_page(page):
        with console.out.capture() as capture:
            console.out.print(part, crop=False)
        text = capture.get()
        yield asciify.asciify_text(text) if console.ascii else text


def _take_screenful(texts: Iterator[str], height: int) -> tuple[list[str], bool]:
    """Return the texts up to one that does not fit the screen, and whether there is such a one."""
    screenful = []
    line_count = 0
    for text in texts:
        screenful.append(text)
        line_count += text.count("\n")
        if line_count >= height:
            return screenful, True
    return screenful, False


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


def _page_texts(command: list[str], texts: Iterable[str]) -> bool:
    """Return whether a pager showed the texts, however much of them was read."""
    import subprocess

    environment = {"LESS": "-R"} | os.environ
    if not _passes_on_colours(command, environment["LESS"]):
        texts = (_STYLE_CODES.sub("", text) for text in texts)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.flush()
    with _count_interrupts() as interrupts:
        try:
            pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
        except OSError:
            return False
        assert pager.stdin is not None
        # Whoever has read enough ends the pager.
        with suppress(BrokenPipeError), pager.stdin:
            for text in texts:
                pager.stdin.write(text.encode(encoding, "replace"))
        pager.wait()
    # A pager that Ctrl-C ended did show the text; what failed by itself did not.
    return pager.returncode == 0 or bool(interrupts)


def _passes_on_colours(command: list[str], options: str) -> bool:
    """Return whether this is `less` with -R; whether other pagers pass on colours is unknown."""
    return Path(command[0]).stem == "less" and "R" in "".join((options, *command[1:]))


@contextmanager
def _count_interrupts() -> Iterator[list[int]]:
    """Leave Ctrl-C to the pager, and yield a list that gets an entry each time it is pressed."""
    import signal

    interrupts: list[int] = []
    previous_handler = signal.signal(
        signal.SIGINT, lambda number, _frame: interrupts.append(number)
    )
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, previous_handler)
