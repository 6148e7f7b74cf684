"""Before a conversation at the terminal: who it is with, and which one it is."""

from dataclasses import dataclass
from typing import Any

from coachlog import templates
from coachlog.cli.environment import Environment
from coachlog.errors import Invalid, NotFound, Refused
from coachlog.interview import Back
from coachlog.model import Audience, Person, Relationship, Template
from coachlog.store import reading
from coachlog.text import first_name, fold, line, nearest, plural, slug

USUAL = "grow"
MAX_NAME = 120
RELATIONSHIPS = (
    ("someone I manage", Relationship.REPORT),
    ("someone I coach", Relationship.COACHEE),
    ("a colleague or peer", Relationship.PEER),
    ("my manager", Relationship.MANAGER),
    ("someone I mentor", Relationship.MENTEE),
)


@dataclass
class Beginning:
    """What was chosen before the first question; `new_me` is the owner's name if just asked."""

    template: Template
    person: Person | tuple[str, Relationship] | None
    me: str | None
    new_me: bool

    @property
    def person_id(self) -> int | None:
        """Return the number of the person, None for someone new or nobody."""
        return self.person.id if isinstance(self.person, Person) else None


@dataclass
class _Known:
    """What the journal knows before a conversation; nothing yet for a first one."""

    people: list[Person]
    me: str | None
    drafts: list[Any]


def name_of(typed: str) -> str:
    """Return a name as it is kept: one line, 1 to 120 characters, and not `me`; else `Invalid`."""
    name = line(typed)
    if not slug(name):
        raise Invalid("A person needs a name.", 'For example: coachlog person add "Priya Shah"')
    if fold(name) == "me":
        raise Invalid("“me” is you.", 'Your own name: coachlog person edit me --name "Tom Reed"')
    if len(name) > MAX_NAME:
        raise Invalid(f"That name has {len(name)} characters; {MAX_NAME} fit.")
    return name


def template(env: Environment, id: str) -> Template:
    """Return the template of this id, the owner's own first; a group one cannot be held yet."""
    return usable(templates.find(id, env.own_templates))


def usable(found: Template) -> Template:
    """Return the template if a session can be held with it; `Refused` for a group one."""
    if found.audience is Audience.GROUP:
        raise Refused(
            f"{found.title} is for a group, and this coachlog records talks with one person.",
            "`coachlog template show` prints it to take into the room.",
        )
    return found


def begin(env: Environment, name: str | None, chosen: Template | None) -> Beginning | int:
    """Ask what is missing: who, which conversation, and once what to call the owner.

    Returns the number of a draft instead when the owner prefers to go on with that one.
    """
    known = _known(env)
    alone = chosen is not None and chosen.audience is Audience.SOLO and name is None
    person = None if alone else _who(env, known, name)
    if chosen and person is None and chosen.audience is not Audience.SOLO:
        raise Invalid(f"{chosen.title} needs someone to talk with.", "Say with whom.")
    if draft := _draft_with(env, known, person):
        return draft
    new_me = known.me is None
    me = _me(env) if new_me else known.me
    return Beginning(chosen or _which(env, person), person, me, new_me)


def _known(env: Environment) -> _Known:
    if not env.journal.exists():
        return _Known([], None, [])
    with env.read() as db:
        return _Known(reading.people(db, archived=True), reading.me(db), reading.drafts(db))


def _who(env: Environment, known: _Known, name: str | None) -> Any:
    """Return a person, a new one as name and relationship, or None for nobody."""
    present = [p for p in known.people if not p.archived]
    if name is None:
        name = env.terminal.who(present, lambda typed: reading.matching(known.people, typed))
        if not name:
            return None
    found = reading.matching(known.people, name)
    if len(found) == 1:
        env.terminal.tell(f"{found[0].name}, {found[0].relationship.value}", dim=True, mark="→")
        return found[0]
    return _new_or_meant(env, name, found or _near(name, present))


def _near(name: str, present: list[Person]) -> list[Person]:
    near = nearest(name, [p.name for p in present])
    return [p for p in present if p.name in near]


def _new_or_meant(env: Environment, name: str, candidates: list[Person]) -> Any:
    if candidates:
        rows: list[tuple[str, Any]] = [(f"{p.name} ({p.slug})", p) for p in candidates]
        chosen = env.terminal.choose(f"Who is “{name}”?", [*rows, ("someone new", None)])
        if isinstance(chosen, Back):
            return _who(env, _known(env), None)
        if chosen is not None:
            return chosen
    relationship = env.terminal.choose(f"{name} is new here. Who are they to you?", RELATIONSHIPS)
    if isinstance(relationship, Back):
        return _who(env, _known(env), None)
    return name_of(name), relationship


def _draft_with(env: Environment, known: _Known, person: Any) -> int | None:
    """Return a draft with this person that the owner wants to go on with."""
    if not isinstance(person, Person):
        return None
    for draft in known.drafts:
        if draft.person == person:
            begun = f"{draft.title}, begun {plural((env.today - draft.begun_on).days, 'day')} ago"
            rows = [("go on with it", True), ("start afresh; the draft stays", False)]
            wanted = env.terminal.choose(
                f"There is a draft with {first_name(person.name)} ({begun}).", rows
            )
            return int(draft.session) if wanted is True else None
    return None


def _me(env: Environment) -> str:
    return env.terminal.words(
        "What is your own name?", "It stands in plans you hand over. Asked only this once."
    )


def _which(env: Environment, person: Any) -> Template:
    audience = Audience.ONE_TO_ONE if person else Audience.SOLO
    listed = [t for t in templates.available(env.own_templates) if t.audience is audience]
    if not listed:
        raise NotFound(f"There is no template for this: {audience.value}.")
    return env.terminal.which(listed, _usual(env, person))


def _usual(env: Environment, person: Any) -> str:
    if isinstance(person, Person):
        with env.read() as db:
            return reading.usual_template(db, person.id) or USUAL
    return USUAL
