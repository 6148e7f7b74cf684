"""Bare `coachlog`: what you owe, what is owed to you, who to talk to next, and one key to act."""

from typing import TYPE_CHECKING

from coachlog.services.today import load_today
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.today import TodayView
    from coachlog.screens.texts import Text


def show_today(console: Console, *, private: bool, as_json: bool) -> list[str]:
    """Print the home page, a welcome in a new journal; return the command picked by a key.

    That is empty where nobody picks one.
    """
    overview = load_today(console.desk, private=private)
    if as_json:
        from coachlog.exports import json

        console.print_json("today", json.convert_today(overview))
        return []
    if overview.is_new:
        _print_welcome(console, overview)
        return []
    from coachlog.screens.today import render_today

    line = _render_keys(console, overview)
    # Above its last line there are first the keys, and then the prompt of the shell.
    height = console.page_height
    if line is not None:
        height -= line.plain.count("\n")
    console.print_pages(render_today(overview, console.out.width, height))
    return [] if line is None else _pick_command(console, overview, line)


def _render_keys(console: Console, overview: "TodayView") -> "Text | None":
    """Return the keys to print below the page; None where nobody can press one."""
    # Before anything is imported: most of those who read a pipe are scripts.
    if not console.desk.interactive:
        return None
    from coachlog.terminal import key_line

    if not key_line.can_wait_for_key(console):
        return None
    if not console.desk.settings.get_switch("home.keys"):
        return None
    from coachlog.services import home_keys

    keys = home_keys.list_home_keys(overview)
    if not keys:
        return None
    from coachlog.screens.today import render_key_line
    from coachlog.screens.widths import NO_WIDTH

    # A line that is not erased may be as long as it needs to be.
    width = NO_WIDTH if console.is_accessible else console.err.width
    return render_key_line(keys, width)


def _pick_command(console: Console, overview: "TodayView", line: "Text") -> list[str]:
    """Return the words of the command that a key picks; empty where none does."""
    from coachlog.screens.today import render_key_help
    from coachlog.services import home_keys
    from coachlog.terminal import key_line

    keys = home_keys.list_home_keys(overview)
    help = render_key_help(home_keys.describe_home_keys(keys))
    key = key_line.wait_for_key(console, line, help)
    command = home_keys.choose_home_command(console.desk, overview, key)
    if command:
        console.print_remark(f"coachlog {' '.join(command)}")
    return command


def _print_welcome(console: Console, overview: "TodayView") -> None:
    """Print how to start, and which forms are unfinished; without Rich, slow to load."""
    from coachlog.screens.welcome import WELCOME

    console.print_answer(WELCOME)
    for form in overview.forms:
        console.print_answer(f"\nAn unfinished form: {form.command}")
