"""Bare `coachlog`: what today asks for."""

from typing import TYPE_CHECKING

from coachlog.services.today import today
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.today import Today


def show(console: Console, *, as_json: bool) -> None:
    """Show drafts to resume, promises due and who to talk to next; a welcome when all is new."""
    day = today(console.desk)
    if as_json:
        from coachlog.exports import json

        return console.json("today", json.today(day))
    if day.is_new:
        return _welcome(console, day)
    from coachlog.screens.today import page

    return console.show(page(day, console.out.width))


def _welcome(console: Console, day: "Today") -> None:
    """Say how to begin, and which forms wait to be stored; without Rich."""
    from coachlog.screens.welcome import WELCOME

    console.say(WELCOME)
    for command in day.forms:
        console.say(f"\nA form is not stored yet: {command}")
