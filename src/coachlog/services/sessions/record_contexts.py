"""Who a written conversation was with, or which set met, and by which template."""

from typing import TYPE_CHECKING, NamedTuple

from coachlog.answers import AnswersFile
from coachlog.errors import CoachlogError, InvalidInput, NotFound
from coachlog.interview import Fault
from coachlog.model import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.names import is_same_name, is_single_word, is_whole_name, match_by_name
from coachlog.phrasing.relationships import describe_relationship
from coachlog.services.desk import Desk
from coachlog.services.new_names import phrase_single_name, validate_person_name
from coachlog.services.people import load_default_rhythm
from coachlog.services.sessions.session_setup import (
    NewPerson,
    OpenItems,
    collect_open_items,
)
from coachlog.services.sessions.start import find_session_template, require_not_solo
from coachlog.store import reading
from coachlog.text import build_slug, clean_text

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


class RecordOptions(NamedTuple):
    """What the command line gives beside the file; it overrides what the file says.

    `set` is the name of the action learning set that met; `again` says that a conversation just
    like one on record is another one. With `asks_doubts` there is somebody who is asked about what
    looks like a slip, before anything is saved.
    """

    name: str | None = None
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None
    again: bool = False
    asks_doubts: bool = False


class RecordContext(NamedTuple):
    """Who the conversation was with, or which set met, and what was open between them."""

    me: str | None = None
    name: str | None = None
    id: int | None = None
    new_person: NewPerson | None = None
    open_items: OpenItems = OpenItems()
    set: "LearningSet | None" = None


class UnknownPartner(NotFound):
    """The person named is not in the journal, and nobody says what they are to the owner."""


def resolve_record_context(
    desk: Desk, answers_file: AnswersFile, options: RecordOptions, remarks: list[str]
) -> tuple[Template, RecordContext]:
    """Return the template and who the conversation was with; add remarks on what differs."""
    learning_set = _resolve_session_set(desk, options, answers_file)
    template = _find_recorded_template(
        desk, options.template or answers_file.template, in_set=learning_set is not None
    )
    if learning_set is not None:
        return template, _load_set_context(desk, learning_set)
    name = _resolve_partner_name(desk, options.name, answers_file.person)
    return template, _load_record_context(desk, name, answers_file, template, remarks)


def _resolve_session_set(
    desk: Desk, options: RecordOptions, answers_file: AnswersFile
) -> "LearningSet | None":
    """Return the set that met; None for a talk of two, or alone.

    Raises `InvalidInput` if the command line and the file name different sets. What does not fit
    a meeting, or anything else, becomes a fault of the file.
    """
    names = [name for name in (options.set, answers_file.set) if name is not None]
    _add_faults_of_kind(answers_file, is_meeting=bool(names))
    if not names:
        return None
    from coachlog.services.sessions.meet import find_meeting_set

    learning_sets = [find_meeting_set(desk, name) for name in names]
    if learning_sets[0].id != learning_sets[-1].id:
        raise _build_contradiction_error(*names)
    return learning_sets[0]


def _add_faults_of_kind(answers_file: AnswersFile, *, is_meeting: bool) -> None:
    """Add to the file's faults whatever only a talk of two, or only a meeting, can have."""
    faults = answers_file.faults
    if not is_meeting:
        if answers_file.present is not None or answers_file.slots:
            faults.append(
                Fault("name the set that met, here or with --set", name="set")
            )
        return
    if answers_file.person is not None:
        faults.append(Fault("a meeting of a set has none", "person", "person"))
    if answers_file.relationship is not None:
        faults.append(
            Fault("a meeting of a set has none", "relationship", "relationship")
        )


def _build_contradiction_error(name_in_command: str, name_in_file: str) -> InvalidInput:
    return InvalidInput(
        f"The command says “{clean_text(name_in_command)}”, the file says "
        f"“{clean_text(name_in_file)}”. Nothing was saved.",
        "Leave out one of the two.",
    )


def _load_set_context(desk: Desk, learning_set: "LearningSet") -> RecordContext:
    with desk.read() as db:
        return RecordContext(
            me=reading.read_owner_name(db),
            open_items=collect_open_items(db, None, learning_set),
            set=learning_set,
        )


def _resolve_partner_name(
    desk: Desk, name_in_command: str | None, name_in_file: str | None
) -> str | None:
    """Return who the talk was with; `InvalidInput` if the command line and the file differ."""
    if name_in_command is None:
        return name_in_file
    if name_in_file is None:
        return name_in_command
    if is_same_name(name_in_command, name_in_file):
        return name_in_file
    people: list[Person] = []
    if desk.journal.exists():
        with desk.read() as db:
            people = reading.read_people(db, include_archived=True)
    matches = match_by_name(people, name_in_command)
    if len(matches) == 1 and matches == match_by_name(people, name_in_file):
        return name_in_file
    raise _build_contradiction_error(name_in_command, name_in_file)


def _find_recorded_template(desk: Desk, id: str | None, *, in_set: bool) -> Template:
    if id is None:
        raise InvalidInput(
            "No template was given. Nothing was saved.",
            'Use --template grow, or put template = "grow" in the file.',
        )
    try:
        if in_set:
            from coachlog.services.sessions.meet import find_group_template

            return find_group_template(desk, id)
        return find_session_template(desk, id)
    except CoachlogError as error:
        error.message = f"{error.message} Nothing was saved."
        raise


def _load_record_context(
    desk: Desk,
    name: str | None,
    answers_file: AnswersFile,
    template: Template,
    remarks: list[str],
) -> RecordContext:
    """Return who a talk was with, in the journal or new to it, and what was open between you."""
    if name is not None:
        require_not_solo(template, name)
    elif template.audience is not TemplateAudience.SOLO:
        raise InvalidInput(
            "No name was given for the other person. Nothing was saved.",
            'Add their NAME, or put person = "Priya Shah" in the file.',
        )
    if not desk.journal.exists():
        new_person = _build_new_partner(desk, name, answers_file, remarks)
        return RecordContext(name=name, new_person=new_person)
    with desk.read() as db:
        owner_name = reading.read_owner_name(db)
        if name is None:
            return RecordContext(owner_name, open_items=collect_open_items(db, None))
        person = _find_recorded_person(db, name, answers_file, remarks)
        if person is not None:
            open_items = collect_open_items(db, person.id)
            return RecordContext(
                owner_name, person.name, person.id, open_items=open_items
            )
    new_person = _build_new_partner(desk, name, answers_file, remarks)
    return RecordContext(owner_name, name, new_person=new_person)


def _find_recorded_person(
    db: "Connection", name: str, answers_file: AnswersFile, remarks: list[str]
) -> Person | None:
    """Return the person of this name; None for someone whom the file adds.

    Where the file gives a relationship, only the full name or handle means someone in the
    journal: “Sam” is not filed under Samantha. Raises `NotFound` for any other unknown name.
    """
    if answers_file.relationship:
        matches = match_by_name(reading.read_people(db, include_archived=True), name)
        if len(matches) != 1 or not is_whole_name(matches[0], name):
            return None
    person = reading.find_person(db, name)
    if (
        answers_file.relationship
        and answers_file.relationship is not person.relationship
    ):
        remarks.append(
            f"{person.name} is still recorded as “{describe_relationship(person.relationship)}”. "
            f"To change that: coachlog person edit {person.slug} --relationship "
            f"{answers_file.relationship.value}"
        )
    return person


def _build_new_partner(
    desk: Desk, name: str | None, answers_file: AnswersFile, remarks: list[str]
) -> NewPerson | None:
    """Return someone new; None for nobody. Add a remark if their name is a single word.

    Raises `UnknownPartner` if the file does not say what they are to the owner.
    """
    if name is None:
        return None
    if answers_file.relationship is None:
        raise UnknownPartner(
            f"There is nobody by the name of “{clean_text(name)}” in your journal. "
            "Nothing was saved.",
            'Put relationship = "report" in the file, or first: '
            f'coachlog person add "{clean_text(name)}" --relationship report',
        )
    new_name = validate_person_name(name)
    if is_single_word(new_name):
        remarks.append(phrase_single_name(new_name, build_slug(new_name)))
    rhythm = load_default_rhythm(desk, answers_file.relationship)
    return NewPerson(new_name, answers_file.relationship, rhythm)
