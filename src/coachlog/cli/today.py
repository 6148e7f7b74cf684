"""Bare `coachlog`: drafts, promises due and who to talk to next."""

from typing import TYPE_CHECKING

from coachlog.services.today import load_today
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.today import TodayView


def show_today(console: Console, *, private: bool, as_json: bool) -> None:
    """Print drafts, promises due and who to talk to next; a welcome in a new journal."""
    overview = load_today(console.desk, private=private)
    if as_json:
        from coachlog.exports import json

        return console.print_json("today", json.convert_today(overview))
    if overview.is_new:
        return _print_welcome(console, overview)
    from coachlog.screens.today import render_today

    return console.print_pages(render_today(overview, console.out.width))


def _print_welcome(console: Console, overview: "TodayView") -> None:
    """Print how to start, and which forms are unfinished; without Rich, slow to load."""
    from coachlog.screens.welcome import WELCOME

    console.print_message(WELCOME)
    for command in overview.forms:
        console.print_message(f"\nAn unfinished form: {command}")
