"""Asks for what a promise still lacks, and for what is to change in one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coachlog import dates, rules
from coachlog.errors import Refused
from coachlog.interview import (
    DONE_WHEN,
    DUE_HELP,
    KEEP_HELP,
    ME,
    OTHER,
    THEM,
    Back,
    Question,
    owner,
    sharper,
)
from coachlog.model import Action, Kind, Person
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.store import reading


@dataclass(frozen=True)
class Asked:
    """The core of a promise: what, who, when, and how one sees that it is done."""

    what: str
    owner: str
    due: date | None
    done_when: str | None = None


def asked(
    desk: Desk, who: Person | None, what: str | None, owner_given: str | None, due: str | None
) -> Asked:
    """Return the promise, what is missing asked at the terminal; `Invalid` names it without one."""
    me = _my_name(desk)
    them = who.name if who else None
    owned = owner(owner_given, them, me) if owner_given else None if who else ME
    day = dates.future(due, desk.today) if due else None
    done_when = None
    if not what:
        if not desk.interactive:
            raise missing("What was promised", "--what TEXT, or --what - for standard input")
        what = _what(desk)
    if owned is None:
        if not desk.interactive:
            raise missing("Who will do it", "--owner me, --owner them or a name")
        owned = _owner(desk, them, me)
    if desk.interactive and due is None:
        day, done_when = _when(desk)
    return Asked(what, owned, day, done_when)


def _my_name(desk: Desk) -> str | None:
    if not desk.journal.exists():
        return None
    with desk.read() as db:
        return reading.me(db)


def _what(desk: Desk) -> str:
    what = desk.asker.words("What was promised?", "Start with a verb.")
    if not what:
        raise Refused("Nothing was promised, so nothing was added.")
    if verb := rules.vague(what):
        return desk.asker.words(sharper(verb), KEEP_HELP) or what
    return what


def _owner(desk: Desk, them: str | None, me: str | None) -> str:
    rows: list[tuple[str, Any]] = [("me", ME)]
    rows += [(them, THEM)] if them else []
    chosen = desk.asker.choose("Who will do it?", [*rows, ("someone else", OTHER)])
    if isinstance(chosen, Back):
        raise Refused("Nothing was added.")
    if chosen == OTHER:
        return owner(desk.asker.words("Who?"), them, me)
    return str(chosen)


def _when(desk: Desk) -> tuple[date | None, str | None]:
    question = Question("due", "By when?", Kind.DATE, help=DUE_HELP, base=desk.today)
    reply = desk.asker.again(question, None, back=False)
    day = date.fromisoformat(str(reply)) if isinstance(reply, str) else None
    return day, desk.asker.words(DONE_WHEN) or None


def changed(desk: Desk, action: Action) -> dict[str, object]:
    """Return the fields of an action as answered at the terminal, each offered as it stands."""
    if not desk.interactive:
        raise missing("What to change", "--what, --owner, --done-when and the like")
    given: dict[str, object] = {}
    for name, ask in (
        ("what", "What was promised?"),
        ("done_when", DONE_WHEN),
        ("support", "What support?"),
        ("if_then", "If it gets hard, then what?"),
    ):
        before = getattr(action, name) or ""
        reply = desk.asker.again(Question(name, ask, Kind.LINE, required=name == "what"), before)
        if isinstance(reply, Back):
            break
        given[name] = reply
    return given
