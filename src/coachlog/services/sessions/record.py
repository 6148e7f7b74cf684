"""A conversation from an answers file: the same questions, the same checks, nobody asked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coachlog import answers, interview
from coachlog.answers import AnswersFile
from coachlog.errors import CoachlogError, FaultyAnswers, Invalid, NotFound
from coachlog.interview import Conversation, Fault
from coachlog.model import Person, Relationship
from coachlog.model.templates import Audience, Template
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions import hold, reviews, start
from coachlog.store import reading
from coachlog.text import clean, fold

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


def parse(source: str) -> AnswersFile:
    """Return the answers file at a path, TOML by its suffix `.toml`, else JSON; `-` is stdin."""
    name = "Standard input" if source == "-" else clean(source)
    return answers.parse(read_input(source), name, toml=Path(source).suffix.lower() == ".toml")


class RecordOptions(NamedTuple):
    """What the command line gives beside the file; it goes before what the file says.

    `set` is the name of the action learning set that met.
    """

    name: str | None = None
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None


def file(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a file and return what it came to.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    return record(desk, parse(source), options, source)


def record(desk: Desk, found: AnswersFile, options: RecordOptions, source: str) -> Result:
    """Record a conversation that was read from a file or a form; return what it came to.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    found.held_on = options.held_on if options.held_on is not None else found.held_on
    found.minutes = options.minutes if options.minutes is not None else found.minutes
    remarks: list[str] = []
    try:
        met = _one_set(desk, options, found)
        template = _template(desk, options.template or found.template, in_set=met is not None)
        if met is not None:
            known = _known_set(desk, met)
        else:
            name = _one_name(desk, options.name, found.person)
            known = _known(desk, name, found, template, remarks)
    except CoachlogError as error:
        if found.faults:
            raise faulty(source, [*found.faults, Fault(error.message)]) from None
        raise
    if template.shadows:
        remarks.append(hold.OWN_VERSION.format(id=template.id))
    day = answers.day(found, desk.today)
    talk = Conversation(
        template,
        today=day,
        latest=desk.today,
        began=day,
        them=known.name,
        me=found.me or known.me or None,
        promises=tuple(known.back.promises),
        notes=tuple(known.back.notes),
        every_field=True,
        set=known.set,
        due=reviews.due(desk, template, day),
    )
    walked = answers.scripted(found, talk)
    record = interview.hold(interview.Walk(talk), walked)
    if faults := answers.faults(found, talk, walked):
        raise faulty(source, faults)
    from coachlog.store.writing import person_changes, session_changes

    begun = session_changes.Begun(
        *(template, record.held_on, desk.zone, known.id, known.new), known.set and known.set.id
    )
    with desk.change(create=True) as change:
        if found.me:
            person_changes.name_me(change, found.me)
        tags = answers.tags([*found.tags, *options.tags])
        session_id, passed = session_changes.hold(change, begun, record, tags)
    for action in passed:
        remarks.append(f"Action {action} was closed elsewhere meanwhile; that stands.")
    return Result(hold.saved(desk, session_id, talk, record), tuple(remarks))


def _one_set(desk: Desk, options: RecordOptions, found: AnswersFile) -> "LearningSet | None":
    """Return the set that met, None for a talk of two or alone.

    `Invalid` if the command line and the file differ. What only a talk of two can have in it, or
    only a meeting, is a fault of the file.
    """
    of_meeting = found.present is not None or found.slots
    if options.set is None and found.set is None:
        if of_meeting:
            found.faults.append(Fault("which set met is missing; give set, or --set", name="set"))
        return None
    from coachlog.services.sessions import meet

    for name in ("person", "relationship"):
        if getattr(found, name) is not None:
            found.faults.append(Fault("a meeting of a set has none", name, name))
    met = [meet.meeting_set(desk, name) for name in (options.set, found.set) if name is not None]
    if len({one.id for one in met}) > 1:
        command, in_file = clean(str(options.set)), clean(str(found.set))
        raise Invalid(
            f"The command says “{command}”, the file says “{in_file}”. Nothing was stored.",
            "Leave out one of the two.",
        )
    return met[0]


def _known_set(desk: Desk, met: "LearningSet") -> "_Known":
    with desk.read() as db:
        return _Known(None, None, None, reading.me(db), hold.waiting(db, None, met), met)


def _one_name(desk: Desk, argument: str | None, in_file: str | None) -> str | None:
    """Return whom the talk was with; `Invalid` if the command line and the file differ."""
    if argument is None or in_file is None or fold(argument) == fold(in_file):
        return in_file or argument
    known: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
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


def _template(desk: Desk, id: str | None, *, in_set: bool) -> Template:
    if id is None:
        raise Invalid(
            "Which conversation it was is missing.",
            'Give --template grow, or template = "grow" in the file. Nothing was stored.',
        )
    try:
        if in_set:
            from coachlog.services.sessions import meet

            return meet.template(desk, id)
        return start.template(desk, id)
    except CoachlogError as error:
        error.hint = f"{error.hint} Nothing was stored."
        raise


class _Known(NamedTuple):
    """Whom the conversation is with, or which set met, and what was open between them."""

    name: str | None
    id: int | None
    new: tuple[str, Relationship] | None
    me: str | None
    back: hold.Waiting
    set: "LearningSet | None" = None


def _known(
    desk: Desk, name: str | None, given: AnswersFile, template: Template, remarks: list[str]
) -> _Known:
    if name is not None:
        start.require_no_solo(template, name)
    if name is None and template.audience is not Audience.SOLO:
        raise Invalid(
            "Who the conversation was with is missing.",
            'Give a NAME, or person = "Priya Shah" in the file. Nothing was stored.',
        )
    if not desk.journal.exists():
        return _Known(name, None, _new(name, given), None, hold.Waiting())
    with desk.read() as db:
        person = _person(db, name, given, remarks)
        back = hold.Waiting()
        if person or not name:
            back = hold.waiting(db, person and person.id)
        return _Known(
            name=person.name if person else name,
            id=person.id if person else None,
            new=None if person else _new(name, given),
            me=reading.me(db),
            back=back,
        )


def _person(
    db: "Connection", name: str | None, given: AnswersFile, remarks: list[str]
) -> Person | None:
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
        remarks.append(
            f"{person.name} stays a {person.relationship.value}: `person edit` changes that."
        )
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
    return people.name_of(name), given.relationship
