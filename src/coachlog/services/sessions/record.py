"""A conversation from an answers file: the same questions, the same checks, nobody asked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coachlog import answers, interview
from coachlog.answers import AnswersFile
from coachlog.errors import CoachlogError, FaultyAnswers, InvalidInput, NotFound
from coachlog.interview import Conversation, Fault
from coachlog.model import Person, Relationship
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services import people
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions import hold, reviews, start
from coachlog.store import reading
from coachlog.text import clean_text, fold_text

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


def load_answers_file(source: str) -> AnswersFile:
    """Return the answers file at a path, TOML by its suffix `.toml`, else JSON; `-` is stdin."""
    name = "Standard input" if source == "-" else clean_text(source)
    return answers.parse_answers_file(
        read_input(source), name, is_toml=Path(source).suffix.lower() == ".toml"
    )


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


def record_answers_file(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a file and return what it came to.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    return record_session(desk, load_answers_file(source), options, source)


def record_session(
    desk: Desk, answers_file: AnswersFile, options: RecordOptions, source: str
) -> Result:
    """Record a conversation that was read from a file or a form; return what it came to.

    `FaultyAnswers` lists all faults at once; then nothing was stored.
    """
    answers_file.held_on = options.held_on if options.held_on is not None else answers_file.held_on
    answers_file.minutes = options.minutes if options.minutes is not None else answers_file.minutes
    remarks: list[str] = []
    try:
        met = _resolve_session_set(desk, options, answers_file)
        template = _find_recorded_template(
            desk, options.template or answers_file.template, in_set=met is not None
        )
        if met is not None:
            known = _load_set_context(desk, met)
        else:
            name = _resolve_partner_name(desk, options.name, answers_file.person)
            known = _load_record_context(desk, name, answers_file, template, remarks)
    except CoachlogError as error:
        if answers_file.faults:
            raise build_answers_error(
                source, [*answers_file.faults, Fault(error.message)]
            ) from None
        raise
    if template.shadows:
        remarks.append(hold.OWN_TEMPLATE_REMARK.format(id=template.id))
    day = answers.parse_talk_day(answers_file, desk.today)
    talk = Conversation(
        template,
        today=day,
        latest_day=desk.today,
        began_on=day,
        them=known.name,
        me=answers_file.me or known.me or None,
        open_actions=tuple(known.open_items.promises),
        notes=tuple(known.open_items.notes),
        every_field=True,
        set=known.set,
        due_actions=reviews.load_correctable_actions(desk, template, day),
    )
    walked = answers.build_file_answerer(answers_file, talk)
    record = interview.run_interview(interview.Walk(talk), walked)
    if faults := answers.find_file_faults(answers_file, talk, walked):
        raise build_answers_error(source, faults)
    from coachlog.store.writing import person_changes, session_changes

    begun = session_changes.SessionStart(
        *(template, record.held_on, desk.zone, known.id, known.new_person),
        known.set and known.set.id,
    )
    with desk.change(create=True) as change:
        if answers_file.me:
            person_changes.update_owner_name(change, answers_file.me)
        tags = answers.parse_tags([*answers_file.tags, *options.tags])
        session_id, passed = session_changes.insert_held_session(change, begun, record, tags)
    for action in passed:
        remarks.append(f"Action {action} was closed elsewhere meanwhile; that stands.")
    return Result(hold.describe_saved_session(desk, session_id, talk, record), tuple(remarks))


def _resolve_session_set(
    desk: Desk, options: RecordOptions, answers_file: AnswersFile
) -> "LearningSet | None":
    """Return the set that met, None for a talk of two or alone.

    `Invalid` if the command line and the file differ. What only a talk of two can have in it, or
    only a meeting, is a fault of the file.
    """
    of_meeting = answers_file.present is not None or answers_file.slots
    if options.set is None and answers_file.set is None:
        if of_meeting:
            answers_file.faults.append(
                Fault("which set met is missing; give set, or --set", name="set")
            )
        return None
    from coachlog.services.sessions import meet

    for name in ("person", "relationship"):
        if getattr(answers_file, name) is not None:
            answers_file.faults.append(Fault("a meeting of a set has none", name, name))
    met = [
        meet.find_meeting_set(desk, name)
        for name in (options.set, answers_file.set)
        if name is not None
    ]
    if len({one.id for one in met}) > 1:
        command, in_file = clean_text(str(options.set)), clean_text(str(answers_file.set))
        raise InvalidInput(
            f"The command says “{command}”, the file says “{in_file}”. Nothing was stored.",
            "Leave out one of the two.",
        )
    return met[0]


def _load_set_context(desk: Desk, learning_set: "LearningSet") -> "_RecordContext":
    with desk.read() as db:
        return _RecordContext(
            None,
            None,
            None,
            reading.read_owner_name(db),
            hold.collect_open_items(db, None, learning_set),
            learning_set,
        )


def _resolve_partner_name(desk: Desk, argument: str | None, name_in_file: str | None) -> str | None:
    """Return whom the talk was with; `Invalid` if the command line and the file differ."""
    if argument is None or name_in_file is None or fold_text(argument) == fold_text(name_in_file):
        return name_in_file or argument
    known: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
            known = reading.read_people(db, include_archived=True)
    meant = reading.match_by_name(known, argument)
    if len(meant) == 1 and meant == reading.match_by_name(known, name_in_file):
        return name_in_file
    raise InvalidInput(
        f"The command says “{clean_text(argument)}”, the file says “{clean_text(name_in_file)}”. "
        "Nothing was stored.",
        "Leave out one of the two.",
    )


def build_answers_error(source: str, faults: Sequence[Fault]) -> FaultyAnswers:
    """Return the error that lists every fault of a file, one a line."""
    name = "Standard input" if source == "-" else clean_text(source)
    listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(faults))
    return FaultyAnswers(f"{name} cannot be used:\n{listed}", "Nothing was stored.", faults)


def _find_recorded_template(desk: Desk, id: str | None, *, in_set: bool) -> Template:
    if id is None:
        raise InvalidInput(
            "Which conversation it was is missing.",
            'Give --template grow, or template = "grow" in the file. Nothing was stored.',
        )
    try:
        if in_set:
            from coachlog.services.sessions import meet

            return meet.find_group_template(desk, id)
        return start.find_session_template(desk, id)
    except CoachlogError as error:
        error.hint = f"{error.hint} Nothing was stored."
        raise


class _RecordContext(NamedTuple):
    """Whom the conversation is with, or which set met, and what was open between them."""

    name: str | None
    id: int | None
    new_person: tuple[str, Relationship] | None
    me: str | None
    open_items: hold.OpenItems
    set: "LearningSet | None" = None


def _load_record_context(
    desk: Desk, name: str | None, answers_file: AnswersFile, template: Template, remarks: list[str]
) -> _RecordContext:
    if name is not None:
        start.require_not_solo(template, name)
    if name is None and template.audience is not TemplateAudience.SOLO:
        raise InvalidInput(
            "Who the conversation was with is missing.",
            'Give a NAME, or person = "Priya Shah" in the file. Nothing was stored.',
        )
    if not desk.journal.exists():
        return _RecordContext(
            name, None, _build_new_partner(name, answers_file), None, hold.OpenItems()
        )
    with desk.read() as db:
        person = _find_recorded_person(db, name, answers_file, remarks)
        back = hold.OpenItems()
        if person or not name:
            back = hold.collect_open_items(db, person and person.id)
        return _RecordContext(
            name=person.name if person else name,
            id=person.id if person else None,
            new_person=None if person else _build_new_partner(name, answers_file),
            me=reading.read_owner_name(db),
            open_items=back,
        )


def _find_recorded_person(
    db: "Connection", name: str | None, answers_file: AnswersFile, remarks: list[str]
) -> Person | None:
    """Return the person meant; None for nobody, or for someone whom the file lets be added.

    Where a relationship is given, only the full name or handle means someone known: “Sam” is not
    filed with Samantha.
    """
    if name is None:
        return None
    if answers_file.relationship:
        found = reading.match_by_name(reading.read_people(db, include_archived=True), name)
        if len(found) != 1 or fold_text(name) not in (found[0].slug, fold_text(found[0].name)):
            return None
    person = reading.find_person(db, name)
    if answers_file.relationship and answers_file.relationship is not person.relationship:
        remarks.append(
            f"{person.name} stays a {person.relationship.value}: `person edit` changes that."
        )
    return person


class UnknownPartner(NotFound):
    """The person named is not in the journal, and nobody says what they are to the owner."""


def _build_new_partner(
    name: str | None, answers_file: AnswersFile
) -> tuple[str, Relationship] | None:
    if name is None:
        return None
    if answers_file.relationship is None:
        raise UnknownPartner(
            f"There is nobody called “{clean_text(name)}” in the journal. Nothing was stored.",
            'Add relationship = "report" to the file, or first: '
            f'coachlog person add "{clean_text(name)}" --relationship report',
        )
    return people.validate_person_name(name), answers_file.relationship
