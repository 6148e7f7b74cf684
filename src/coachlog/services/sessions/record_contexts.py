"""Who a written conversation was with, or which set met, and by which template."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachlog.answers import AnswersFile
from coachlog.errors import CoachlogError, InvalidInput, NotFound
from coachlog.interview.scripted import Fault
from coachlog.model.people import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.named_tuples import NamedTuple
from coachlog.names.matching import is_whole_name, match_by_name
from coachlog.names.spelling import is_single_word
from coachlog.phrasing.relationships import describe_relationship
from coachlog.services.desk import Desk
from coachlog.services.new_names import (
    phrase_single_name,
    refuse_owner_as_person,
    validate_person_name,
)
from coachlog.services.people import load_default_rhythm
from coachlog.services.sessions.partner_names import (
    build_contradiction_error,
    combine_names,
    load_everyone,
    resolve_partner_names,
    split_only_name,
)
from coachlog.services.sessions.session_setup import (
    NewPerson,
    OpenItems,
    SessionPartner,
    collect_open_items,
    collect_three_way_items,
    get_partner_id,
    is_own_tank,
)
from coachlog.services.sessions.start import find_session_template, require_not_solo
from coachlog.services.sessions.three_way import (
    agree_archived_partners,
    refuse_owner_among,
    refuse_same_person,
    require_two_others,
)
from coachlog.store.reading import person_queries
from coachlog.text import build_slug, clean_text

if TYPE_CHECKING:
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection


class RecordOptions(NamedTuple):
    """What the command line gives beside the file; it overrides what the file says.

    `names` are those of everybody else in the conversation: of one, or of two.
    `set` is the name of the action learning set that met; `again` says that a conversation just
    like one on record is another one. With `asks_doubts` there is somebody who is asked about what
    looks like a slip, before anything is saved.
    """

    names: tuple[str, ...] = ()
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None
    again: bool = False
    asks_doubts: bool = False


class RecordContext(NamedTuple):
    """Who the conversation was with, or which set met, and what was open between them.

    `third` is the second of the two others in a conversation of three.
    """

    me: str | None = None
    partner: SessionPartner = None
    third: SessionPartner = None
    open_items: OpenItems = OpenItems()
    set: "LearningSet | None" = None


class MissingPartner(InvalidInput):
    """Nobody is named, and the conversation is not one that the owner has alone."""


class UnknownPartner(NotFound):
    """The person named is not in the journal, and nobody says what they are to the owner."""


def resolve_record_context(
    desk: Desk,
    answers_file: AnswersFile,
    options: RecordOptions,
    remarks: list[str],
    *,
    is_form: bool,
) -> tuple[Template, RecordContext]:
    """Return the template and who the conversation was with; add remarks on what differs."""
    learning_set = _resolve_session_set(desk, options, answers_file)
    template = _find_recorded_template(
        desk, options.template or answers_file.template, in_set=learning_set is not None
    )
    if learning_set is not None:
        return template, _load_set_context(desk, learning_set)
    file_names = combine_names(answers_file.person, answers_file.with_names)
    if is_form:
        file_names = split_only_name(file_names, load_everyone(desk))
    names = resolve_partner_names(desk, options.names, file_names)
    return template, _load_record_context(desk, names, answers_file, template, remarks)


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
        raise build_contradiction_error(*names)
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
    if answers_file.with_names:
        faults.append(Fault("a meeting of a set has none", "with", "with"))
    if answers_file.relationship is not None:
        faults.append(
            Fault("a meeting of a set has none", "relationship", "relationship")
        )


def _load_set_context(desk: Desk, learning_set: "LearningSet") -> RecordContext:
    with desk.read() as db:
        return RecordContext(
            me=person_queries.read_owner_name(db),
            open_items=collect_open_items(db, None, learning_set),
            set=learning_set,
        )


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
    names: Sequence[str],
    answers_file: AnswersFile,
    template: Template,
    remarks: list[str],
) -> RecordContext:
    """Return who a talk was with, in the journal or new to it, and what was open between you."""
    for name in names:
        require_not_solo(template, name)
    require_two_others(template, names)
    if not names and template.audience is not TemplateAudience.SOLO:
        raise MissingPartner(
            "No name was given for the other person. Nothing was saved.",
            'Add their NAME, or put person = "Priya Shah" in the file.',
        )
    owner_name = None
    if desk.journal.exists():
        with desk.read() as db:
            owner_name = person_queries.read_owner_name(db)
    if len(names) > 1:
        return _load_three_way_context(
            desk, names, answers_file, template, owner_name, remarks
        )
    partner: SessionPartner = None
    if names:
        partner = _resolve_partner(desk, names[0], answers_file, remarks)
    open_items = OpenItems()
    has_open_items = not isinstance(partner, NewPerson) and not is_own_tank(
        template.id, partner
    )
    if desk.journal.exists() and has_open_items:
        with desk.read() as db:
            open_items = collect_open_items(db, get_partner_id(partner))
    return RecordContext(owner_name, partner, open_items=open_items)


def _load_three_way_context(
    desk: Desk,
    names: Sequence[str],
    answers_file: AnswersFile,
    template: Template,
    owner_name: str | None,
    remarks: list[str],
) -> RecordContext:
    """Return who the two others were in a talk of three, and what was open with either.

    The relationship in the file is that of the first: the second must be in the journal. Raises as
    `refuse_owner_among` and `refuse_same_person` do.
    """
    refuse_owner_among(names, answers_file.me or owner_name)
    first_name, third_name = names
    first = _resolve_partner(desk, first_name, answers_file, remarks)
    third = _resolve_partner(desk, third_name, AnswersFile(), remarks)
    refuse_same_person(first, third)
    agree_archived_partners(desk, first, third)
    with desk.read() as db:
        open_items = collect_three_way_items(db, (first, third), template)
    return RecordContext(owner_name, first, third, open_items)


def _resolve_partner(
    desk: Desk, name: str, answers_file: AnswersFile, remarks: list[str]
) -> Person | NewPerson:
    """Return the person of this name, or someone new whom the file adds."""
    person = None
    if desk.journal.exists():
        with desk.read() as db:
            person = _find_recorded_person(db, name, answers_file, remarks)
    return person or _build_new_partner(desk, name, answers_file, remarks)


def _find_recorded_person(
    db: "Connection", name: str, answers_file: AnswersFile, remarks: list[str]
) -> Person | None:
    """Return the person of this name; None for someone whom the file adds.

    Where the file gives a relationship, only the full name or handle means someone in the
    journal: “Sam” is not filed under Samantha. Raises `NotFound` for any other unknown name.
    """
    if answers_file.relationship:
        matches = match_by_name(
            person_queries.read_people(db, include_archived=True), name
        )
        if len(matches) != 1 or not is_whole_name(matches[0], name):
            return None
    person = person_queries.find_person(db, name)
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
    desk: Desk, name: str, answers_file: AnswersFile, remarks: list[str]
) -> NewPerson:
    """Return someone new. Add a remark if their name is a single word.

    Raises `UnknownPartner` if the file does not say what they are to the owner.
    """
    refuse_owner_as_person(desk, name)
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
