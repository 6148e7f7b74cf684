"""Bare `coachlog`: what today asks for."""

from typing import TYPE_CHECKING

from coachlog.services.today import load_today
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.today import TodayView


def show_today(console: Console, *, as_json: bool) -> None:
    """Show drafts to resume, promises due and who to talk to next; a welcome when all is new."""
    day = load_today(console.desk)
    if as_json:
        from coachlog.exports import json

        return console.print_json("today", json.convert_today(day))
    if day.is_new:
        return _print_welcome(console, day)
    from coachlog.screens.today import render_today

    return console.print_pages(render_today(day, console.out.width))


def _print_welcome(console: Console, overview: "TodayView") -> None:
    """Say how to begin, and which forms wait to be stored; without Rich."""
    from coachlog.screens.welcome import WELCOME

    console.print_message(WELCOME)
    for command in overview.forms:
        console.print_message(f"\nA form is not stored yet: {command}")
