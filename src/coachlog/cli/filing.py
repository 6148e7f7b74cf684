"""A conversation from an answers file: the same questions, the same checks, nobody asked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coachlog import answers, interview
from coachlog.answers import AnswersFile
from coachlog.cli import choosing, holding, reviewing
from coachlog.cli.environment import Environment, read_input
from coachlog.errors import CoachlogError, FaultyAnswers, Invalid, NotFound
from coachlog.interview import Conversation, Fault
from coachlog.model import Audience, Person, Relationship, Template
from coachlog.store import reading
from coachlog.text import clean, fold

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet


def parse(source: str) -> AnswersFile:
    """Return the answers file at a path, TOML by its suffix `.toml`, else JSON; `-` is stdin."""
    name = "Standard input" if source == "-" else clean(source)
    return answers.parse(read_input(source), name, toml=Path(source).suffix.lower() == ".toml")


class Given(NamedTuple):
    """What the command line gives beside the file; it goes before what the file says.

    `set` is the name of the action learning set that met.
    """

    name: str | None = None
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None


def file(env: Environment, source: str, given: Given) -> str:
    """Record the conversation in a file and return the line that says so.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    return record(env, parse(source), given, source)


def record(env: Environment, found: AnswersFile, given: Given, source: str) -> str:
    """Record a conversation that was read from a file or a form; return the line that says so.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    found.held_on = given.held_on if given.held_on is not None else found.held_on
    found.minutes = given.minutes if given.minutes is not None else found.minutes
    try:
        met = _one_set(env, given, found)
        template = _template(env, given.template or found.template, in_set=met is not None)
        if met is not None:
            known = _known_set(env, met)
        else:
            name = _one_name(env, given.name, found.person)
            known = _known(env, name, found, template)
    except CoachlogError as error:
        if found.faults:
            raise faulty(source, [*found.faults, Fault(error.message)]) from None
        raise
    if template.shadows:
        env.note(holding.OWN_VERSION.format(id=template.id))
    day = answers.day(found, env.today)
    talk = Conversation(
        template,
        today=day,
        latest=env.today,
        began=day,
        them=known.name,
        me=found.me or known.me or None,
        promises=tuple(known.back.promises),
        notes=tuple(known.back.notes),
        every_field=True,
        set=known.set,
        due=reviewing.due(env, template, day),
    )
    walked = answers.scripted(found, talk)
    record = interview.hold(interview.Walk(talk), walked)
    if faults := answers.faults(found, talk, walked):
        raise faulty(source, faults)
    from coachlog.store.writing import people, sessions

    begun = sessions.Begun(
        *(template, record.held_on, env.zone, known.id, known.new), known.set and known.set.id
    )
    with env.change(create=True) as change:
        if found.me:
            people.name_me(change, found.me)
        tags = answers.tags([*found.tags, *given.tags])
        session_id, passed = sessions.hold(change, begun, record, tags)
    for action in passed:
        env.note(f"Action {action} was closed elsewhere meanwhile; that stands.")
    return holding.saved(env, session_id, talk, record)


def _one_set(env: Environment, given: Given, found: AnswersFile) -> "LearningSet | None":
    """Return the set that met, None for a talk of two or alone.

    `Invalid` if the command line and the file differ. What only a talk of two can have in it, or
    only a meeting, is a fault of the file.
    """
    of_meeting = found.present is not None or found.slots
    if given.set is None and found.set is None:
        if of_meeting:
            found.faults.append(Fault("which set met is missing; give set, or --set", name="set"))
        return None
    from coachlog.cli import convening

    for name in ("person", "relationship"):
        if getattr(found, name) is not None:
            found.faults.append(Fault("a meeting of a set has none", name, name))
    met = [convening.meeting_set(env, name) for name in (given.set, found.set) if name is not None]
    if len({one.id for one in met}) > 1:
        raise Invalid(
            f"The command says “{clean(str(given.set))}”, the file says “{clean(str(found.set))}”. "
            "Nothing was stored.",
            "Leave out one of the two.",
        )
    return met[0]


def _known_set(env: Environment, met: "LearningSet") -> "_Known":
    with env.read() as db:
        return _Known(None, None, None, reading.me(db), holding.waiting(db, None, met), met)


def _one_name(env: Environment, argument: str | None, in_file: str | None) -> str | None:
    """Return whom the talk was with; `Invalid` if the command line and the file differ."""
    if argument is None or in_file is None or fold(argument) == fold(in_file):
        return in_file or argument
    known: list[Person] = []
    if env.journal.exists():
        with env.read() as db:
            known = reading.people(db, archived=True)
    meant = reading.matching(known, argument)
    if len(meant) == 1 and meant == reading.matching(known, in_file):
        return in_file
    raise Invalid(
        f"The command says “{clean(argument)}”, the file says “{clean(in_file)}”. "
        "Nothing was stored.",
        "Leave out one of the two.",
    )


def faulty(source: str, faults: Sequence[Fault]) -> FaultyAnswers:
    """Return the error that lists every fault of a file, one a line."""
    name = "Standard input" if source == "-" else clean(source)
    listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(faults))
    return FaultyAnswers(f"{name} cannot be used:\n{listed}", "Nothing was stored.", faults)


def _template(env: Environment, id: str | None, *, in_set: bool) -> Template:
    if id is None:
        raise Invalid(
            "Which conversation it was is missing.",
            'Give --template grow, or template = "grow" in the file. Nothing was stored.',
        )
    try:
        if in_set:
            from coachlog.cli import convening

            return convening.template(env, id)
        return choosing.template(env, id)
    except CoachlogError as error:
        error.hint = f"{error.hint} Nothing was stored."
        raise


class _Known(NamedTuple):
    """Whom the conversation is with, or which set met, and what was open between them."""

    name: str | None
    id: int | None
    new: tuple[str, Relationship] | None
    me: str | None
    back: holding.Waiting
    set: "LearningSet | None" = None


def _known(env: Environment, name: str | None, given: AnswersFile, template: Template) -> _Known:
    if name is not None:
        choosing.require_no_solo(template, name)
    if name is None and template.audience is not Audience.SOLO:
        raise Invalid(
            "Who the conversation was with is missing.",
            'Give a NAME, or person = "Priya Shah" in the file. Nothing was stored.',
        )
    if not env.journal.exists():
        return _Known(name, None, _new(name, given), None, holding.Waiting())
    with env.read() as db:
        person = _person(env, db, name, given)
        back = holding.Waiting()
        if person or not name:
            back = holding.waiting(db, person and person.id)
        return _Known(
            name=person.name if person else name,
            id=person.id if person else None,
            new=None if person else _new(name, given),
            me=reading.me(db),
            back=back,
        )


def _person(env: Environment, db: Any, name: str | None, given: AnswersFile) -> Person | None:
    """Return the person meant; None for nobody, or for someone whom the file lets be added.

    Where a relationship is given, only the full name or handle means someone known: “Sam” is not
    filed with Samantha.
    """
    if name is None:
        return None
    if given.relationship:
        found = reading.matching(reading.people(db, archived=True), name)
        if len(found) != 1 or fold(name) not in (found[0].slug, fold(found[0].name)):
            return None
    person = reading.person(db, name)
    if given.relationship and given.relationship is not person.relationship:
        env.note(f"{person.name} stays a {person.relationship.value}: `person edit` changes that.")
    return person


class Nobody(NotFound):
    """The person named is not in the journal, and nobody says what they are to the owner."""


def _new(name: str | None, given: AnswersFile) -> tuple[str, Relationship] | None:
    if name is None:
        return None
    if given.relationship is None:
        raise Nobody(
            f"There is nobody called “{clean(name)}” in the journal. Nothing was stored.",
            'Add relationship = "report" to the file, or first: '
            f'coachlog person add "{clean(name)}" --relationship report',
        )
    return choosing.name_of(name), given.relationship
