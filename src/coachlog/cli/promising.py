"""Asks for what a promise still lacks, and for what is to change in one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coachlog import dates, rules
from coachlog.cli.environment import Environment, missing
from coachlog.errors import Invalid, Refused
from coachlog.interview import ME, OTHER, THEM, Back, Question
from coachlog.model import Action, Kind, Person
from coachlog.store import reading
from coachlog.text import fold, line


@dataclass(frozen=True)
class Asked:
    """The core of a promise: what, who, when, and how one sees that it is done."""

    what: str
    owner: str
    due: date | None
    done_when: str | None = None


def asked(
    env: Environment, who: Person | None, what: str | None, owner_given: str | None, due: str | None
) -> Asked:
    """Return the promise, what is missing asked at the terminal; `Invalid` names it without one."""
    me = _my_name(env)
    owned = owner(owner_given, who, me) if owner_given else None if who else ME
    day = dates.future(due, env.today) if due else None
    done_when = None
    if not what:
        if not env.interactive:
            raise missing("What was promised", "--what TEXT, or --what - for standard input")
        what = _what(env)
    if owned is None:
        if not env.interactive:
            raise missing("Who will do it", "--owner me, --owner them or a name")
        owned = _owner(env, who)
    if env.interactive and due is None:
        day, done_when = _when(env)
    return Asked(what, owned, day, done_when)


def owner(given: str, who: Person | None, me: str | None) -> str:
    """Return `me`, `them` or a name; a name that is either of the two becomes that."""
    name = line(given)
    key = fold(name)
    if not key:
        raise Invalid("Nobody has this action.", "--owner me, --owner them or a name.")
    if key == ME or (me and key == fold(me)):
        return ME
    if who and key in (THEM, fold(who.name), who.slug):
        return THEM
    if key == THEM:
        raise Invalid("“them” is nobody here: the action stands in nobody's plan.", "Give a name.")
    return name


def _my_name(env: Environment) -> str | None:
    if not env.journal.exists():
        return None
    with env.read() as db:
        return reading.me(db)


def _what(env: Environment) -> str:
    what = env.terminal.words("What was promised?", "Start with a verb.")
    if not what:
        raise Refused("Nothing was promised, so nothing was added.")
    if verb := rules.vague(what):
        sharper = env.terminal.words(
            f"“{verb.capitalize()}” is hard to tick off. What would someone see you do?",
            "Enter keeps it as it is.",
        )
        return sharper or what
    return what


def _owner(env: Environment, who: Person | None) -> str:
    rows: list[tuple[str, Any]] = [("me", ME)]
    rows += [(who.name, THEM)] if who else []
    chosen = env.terminal.choose("Who will do it?", [*rows, ("someone else", OTHER)])
    if isinstance(chosen, Back):
        raise Refused("Nothing was added.")
    if chosen == OTHER:
        return owner(env.terminal.words("Who?"), who, None)
    return str(chosen)


def _when(env: Environment) -> tuple[date | None, str | None]:
    question = Question(
        "due",
        "By when?",
        Kind.DATE,
        help="fri, +2w, 12 May. Without a date it is a wish, and is not counted.",
        base=env.today,
    )
    reply = env.terminal.again(question, None)
    if isinstance(reply, Back) or reply is None:
        return None, None
    day = date.fromisoformat(str(reply))
    env.terminal.tell(dates.long(day), dim=True, mark="→")
    return day, env.terminal.words("How will you see that it is done?") or None


def changed(env: Environment, action: Action) -> dict[str, object]:
    """Return the fields of an action as answered at the terminal, each offered as it stands."""
    if not env.interactive:
        raise missing("What to change", "--what, --owner, --done-when and the like")
    given: dict[str, object] = {}
    for name, ask in (
        ("what", "What was promised?"),
        ("done_when", "How will you see that it is done?"),
        ("support", "What support?"),
        ("if_then", "If it gets hard, then what?"),
    ):
        before = getattr(action, name) or ""
        reply = env.terminal.again(Question(name, ask, Kind.LINE, required=name == "what"), before)
        if isinstance(reply, Back):
            break
        given[name] = reply
    return given
