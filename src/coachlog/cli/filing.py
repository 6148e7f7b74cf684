"""A conversation from an answers file: the same questions, the same checks, nobody asked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachlog import answers, interview, templates
from coachlog.answers import AnswersFile
from coachlog.cli import choosing, holding
from coachlog.cli.environment import Environment, read_input
from coachlog.errors import CoachlogError, FaultyAnswers, Invalid, NotFound
from coachlog.interview import Conversation
from coachlog.model import Action, Audience, Person, Relationship, Template
from coachlog.store import reading
from coachlog.text import clean


def parse(source: str) -> AnswersFile:
    """Return the answers file at a path, TOML by its suffix `.toml`, else JSON; `-` is stdin."""
    name = "Standard input" if source == "-" else clean(source)
    return answers.parse(read_input(source), name, toml=Path(source).suffix.lower() == ".toml")


def file(
    env: Environment,
    source: str,
    name: str | None,
    template_id: str | None,
    held_on: str | None,
    minutes: int | None,
    tags: list[str],
) -> str:
    """Record the conversation in a file and return the line that says so.

    What stands on the command line goes before the file. `FaultyAnswers` lists all faults at once;
    then nothing was stored.
    """
    given = parse(source)
    given.held_on = held_on if held_on is not None else given.held_on
    given.minutes = minutes if minutes is not None else given.minutes
    template = _template(env, template_id or given.template)
    known = _known(env, name or given.person, given, template)
    day = answers.day(given, env.today)
    talk = Conversation(
        template,
        today=day,
        latest=env.today,
        began=day,
        them=known.name,
        me=given.me or known.me or None,
        promises=tuple(known.promises),
        every_field=True,
    )
    walked = answers.scripted(given, talk)
    record = interview.hold(interview.Walk(talk), walked)
    if faults := answers.faults(given, talk, walked):
        raise faulty(source, faults)
    from coachlog.store import writing

    begun = writing.Begun(template, record.held_on, env.zone, known.id, known.new)
    with env.change(create=True) as change:
        if given.me:
            writing.name_me(change, given.me)
        all_tags = list(dict.fromkeys([*given.tags, *tags]))
        session_id = writing.hold(change, begun, record, all_tags)
    return holding.saved(session_id, talk, record)


def faulty(source: str, faults: list[str]) -> FaultyAnswers:
    """Return the error that lists every fault of a file, one a line."""
    name = "Standard input" if source == "-" else clean(source)
    listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(faults))
    return FaultyAnswers(f"{name} cannot be used:\n{listed}", "Nothing was stored.")


def _template(env: Environment, id: str | None) -> Template:
    if id is None:
        raise Invalid(
            "Which conversation it was is missing.",
            'Give --template grow, or template = "grow" in the file. Nothing was stored.',
        )
    try:
        return choosing.usable(templates.find(id, env.own_templates))
    except CoachlogError as error:
        error.hint = f"{error.hint} Nothing was stored."
        raise


@dataclass
class _Known:
    """Whom the conversation is with, and what was open between the two."""

    name: str | None
    id: int | None
    new: tuple[str, Relationship] | None
    me: str | None
    promises: list[Action]


def _known(env: Environment, name: str | None, given: AnswersFile, template: Template) -> _Known:
    if name is None and template.audience is not Audience.SOLO:
        raise Invalid(
            "Who the conversation was with is missing.",
            'Give a NAME, or person = "Priya Shah" in the file. Nothing was stored.',
        )
    if not env.journal.exists():
        return _Known(name, None, _new(name, given), None, [])
    with env.read() as db:
        person = _person(env, db, name, given)
        promises = [] if name and not person else reading.promises_with(db, person and person.id)
        return _Known(
            name=person.name if person else name,
            id=person.id if person else None,
            new=None if person else _new(name, given),
            me=reading.me(db),
            promises=promises,
        )


def _person(env: Environment, db: Any, name: str | None, given: AnswersFile) -> Person | None:
    """Return the person meant; None for nobody, or for someone whom the file lets be added."""
    if name is None:
        return None
    if given.relationship and not reading.matching(reading.people(db, archived=True), name):
        return None
    person = reading.person(db, name)
    if given.relationship and given.relationship is not person.relationship:
        env.note(f"{person.name} stays a {person.relationship.value}: `person edit` changes that.")
    return person


def _new(name: str | None, given: AnswersFile) -> tuple[str, Relationship] | None:
    if name is None:
        return None
    if given.relationship is None:
        raise NotFound(
            f"There is nobody called “{clean(name)}” in the journal. Nothing was stored.",
            'Add relationship = "report" to the file, or first: '
            f'coachlog person add "{clean(name)}" --relationship report',
        )
    return choosing.name_of(name), given.relationship
