"""Records a conversation from an answers file: the same questions and checks, nobody asked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coachlog import answers, interview
from coachlog.answers import AnswersFile
from coachlog.answers.private_lines import PrivateMove, move_file_private_lines
from coachlog.errors import CoachlogError, FaultyAnswers, InvalidInput, NotFound
from coachlog.interview import Conversation, Fault, PromiseNames
from coachlog.model import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.names import (
    find_name_fault,
    is_same_name,
    is_single_word,
    is_whole_name,
    match_by_name,
    split_joint_name,
)
from coachlog.phrasing.templates import describe_stand_in
from coachlog.services.desk import Desk
from coachlog.services.due_dates import list_record_remarks
from coachlog.services.inputs import read_input
from coachlog.services.people import (
    load_default_rhythm,
    phrase_single_name,
    validate_person_name,
)
from coachlog.services.results import Result
from coachlog.services.sessions.hold import (
    OWN_TEMPLATE_REMARK,
    describe_saved_session,
)
from coachlog.services.sessions.partner_names import combine_names
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.repeated_records import refuse_repeated_record
from coachlog.services.sessions.reviews import load_correctable_actions
from coachlog.services.sessions.saved_session import (
    SavedSession,
    list_closed_elsewhere_remarks,
    read_saved_session,
)
from coachlog.services.sessions.session_setup import (
    NewPerson,
    OpenItems,
    SessionPartner,
    SessionSetup,
    collect_open_items,
    collect_three_way_items,
    get_new_partner,
    get_partner_id,
)
from coachlog.services.sessions.start import find_session_template, require_not_solo
from coachlog.services.sessions.three_way import (
    agree_archived_partners,
    refuse_owner_among,
    refuse_same_person,
    require_two_others,
)
from coachlog.store import reading
from coachlog.text import build_slug, clean_file_name, clean_text

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection
    from coachlog.store.writing.session_changes import SessionStart


class RecordOptions(NamedTuple):
    """What the command line gives beside the file; it overrides what the file says.

    `names` are those of everybody else in the conversation: of one, or of two.
    `set` is the name of the action learning set that met; `again` says that a conversation just
    like one on record is another one.
    """

    names: tuple[str, ...] = ()
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None
    again: bool = False


class _RecordContext(NamedTuple):
    """Who the conversation was with, or which set met, and what was open between them.

    `third` is the second of the two others in a conversation of three.
    """

    me: str | None = None
    partner: SessionPartner = None
    third: SessionPartner = None
    open_items: OpenItems = OpenItems()
    set: "LearningSet | None" = None


class UnknownPartner(NotFound):
    """The person named is not in the journal, and nobody says what they are to the owner."""


def load_answers_file(source: str) -> AnswersFile:
    """Return the answers file at a path: TOML if it ends with `.toml`, else JSON; `-` is stdin."""
    return answers.parse_answers_file(
        read_input(source),
        _describe_source(source),
        is_toml=Path(source).suffix.lower() == ".toml",
    )


def _describe_source(source: str) -> str:
    return "Standard input" if source == "-" else clean_file_name(source)


def build_answers_error(source: str, faults: Sequence[Fault]) -> FaultyAnswers:
    """Return the error that lists every fault of a file once, one to a line."""
    fault_lines = "\n".join(f"  - {fault}" for fault in dict.fromkeys(faults))
    message = f"{_describe_source(source)} cannot be used:\n{fault_lines}"
    return FaultyAnswers(message, "Nothing was saved.", faults)


def record_answers_file(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a file; return what was saved and what comes next.

    Raises as `record_session` does.
    """
    return record_session(desk, load_answers_file(source), options, source)


def record_session(
    desk: Desk,
    answers_file: AnswersFile,
    options: RecordOptions,
    source: str,
    *,
    is_form: bool = False,
) -> Result:
    """Record a conversation read from a file or a form; return what was saved and what comes next.

    In a form a promise may be one sentence, of which the grammar makes the fields.
    Raises `FaultyAnswers`, which lists all faults at once, or another `CoachlogError` if person,
    set or template cannot be found, or the conversation is on record; nothing is stored then.
    """
    if options.held_on is not None:
        answers_file.held_on = options.held_on
    if options.minutes is not None:
        answers_file.minutes = options.minutes
    own_name_fault = find_name_fault(answers_file.me) if answers_file.me else None
    if own_name_fault:
        answers_file.faults.append(Fault(f"your name: {own_name_fault}", "me", "me"))
    remarks: list[str] = []
    try:
        template, context = _resolve_record_context(
            desk, answers_file, options, remarks, is_form=is_form
        )
    except CoachlogError as error:
        if answers_file.faults:
            all_faults = [*answers_file.faults, Fault(error.message)]
            raise build_answers_error(source, all_faults) from None
        raise
    if template.shadows:
        remarks.append(OWN_TEMPLATE_REMARK.format(id=template.id))
    remarks += describe_stand_in(template)
    talk = _build_recorded_conversation(desk, answers_file, template, context)
    if is_form:
        names = _load_form_names(desk, talk, context)
        remarks += answers.read_typed_actions(answers_file, talk, names)
    private_move = move_file_private_lines(answers_file, template)
    record = compose_record(answers_file, talk, source)
    tags = answers.parse_tags([*answers_file.tags, *options.tags])
    session_start = _build_session_start(desk, talk, record, context)
    refuse_repeated_record(desk, session_start, record, tags, again=options.again)
    remarks += list_record_remarks(desk, record, talk.today)
    saved_session = save_recorded_session(
        desk, session_start, record, new_me=answers_file.me, tags=tags
    )
    remarks += list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere)
    if private_move.place is not None:
        question = talk.fill_names(template.prompts[private_move.place].ask)
        remarks += list_private_move_remarks(private_move, question)
    return Result(describe_saved_session(saved_session, talk, record), tuple(remarks))


def list_private_move_remarks(move: PrivateMove, question: str) -> list[str]:
    """Return the remark on lines that were moved to a private question; none without any."""
    if not move.moved_count:
        return []
    if move.moved_count == 1:
        words = "A line marked private is"
    else:
        words = f"{move.moved_count} lines marked private are"
    return [f"{words} kept with the private answer to “{question}”."]


def _load_form_names(
    desk: Desk, talk: Conversation, context: _RecordContext
) -> PromiseNames:
    """Return whose names can stand in the promises of a form."""
    setup = SessionSetup(talk.template, context.partner, talk.me, third=context.third)
    return load_promise_names(desk, setup, talk.today)


def compose_record(
    answers_file: AnswersFile, talk: Conversation, source: str
) -> "SessionRecord":
    """Return the record of a conversation whose questions are answered from a file or a form.

    Raises `FaultyAnswers`, which lists all faults at once.
    """
    answerer = answers.build_file_answerer(answers_file, talk)
    record = interview.run_interview(interview.Walk(talk), answerer)
    faults = answers.find_file_faults(answers_file, talk, answerer)
    if faults:
        # It may well have been written for the owner's own questions.
        faults += map(Fault, describe_stand_in(talk.template))
        raise build_answers_error(source, faults)
    return record


def _resolve_record_context(
    desk: Desk,
    answers_file: AnswersFile,
    options: RecordOptions,
    remarks: list[str],
    *,
    is_form: bool,
) -> tuple[Template, _RecordContext]:
    """Return the template and who the conversation was with; add remarks on what differs."""
    learning_set = _resolve_session_set(desk, options, answers_file)
    template = _find_recorded_template(
        desk, options.template or answers_file.template, in_set=learning_set is not None
    )
    if learning_set is not None:
        return template, _load_set_context(desk, learning_set)
    file_names = combine_names(answers_file.person, answers_file.with_names)
    if is_form:
        file_names = _split_form_names(desk, file_names)
    names = _resolve_partner_names(desk, options.names, file_names)
    return template, _load_record_context(desk, names, answers_file, template, remarks)


def _build_recorded_conversation(
    desk: Desk, answers_file: AnswersFile, template: Template, context: _RecordContext
) -> Conversation:
    day = answers.parse_talk_day(answers_file, desk.today)
    return Conversation(
        template,
        today=day,
        latest_day=desk.today,
        began_on=day,
        them=context.partner.name if context.partner else None,
        third=context.third.name if context.third else None,
        me=answers_file.me or context.me or None,
        open_actions=tuple(context.open_items.promises),
        notes=tuple(context.open_items.notes),
        every_field=True,
        set=context.set,
        due_actions=load_correctable_actions(desk, template, day),
    )


def _build_session_start(
    desk: Desk, talk: Conversation, record: "SessionRecord", context: _RecordContext
) -> "SessionStart":
    from coachlog.store.writing.session_changes import SessionStart

    return SessionStart(
        template=talk.template,
        held_on=record.held_on,
        zone=desk.zone,
        person_id=get_partner_id(context.partner),
        new_person=get_new_partner(context.partner),
        set_id=context.set.id if context.set else None,
        third_id=get_partner_id(context.third),
        new_third=get_new_partner(context.third),
    )


def save_recorded_session(
    desk: Desk,
    session_start: "SessionStart",
    record: "SessionRecord",
    *,
    new_me: str | None,
    tags: tuple[str, ...],
) -> SavedSession:
    """Save a new session, and return what there is to say about it."""
    from coachlog.store.writing.held_sessions import insert_held_session
    from coachlog.store.writing.person_changes import update_owner_name

    with desk.change(create=True) as change:
        if new_me:
            update_owner_name(change, new_me)
        id, closed_elsewhere = insert_held_session(change, session_start, record, tags)
        return read_saved_session(change, id, closed_elsewhere)


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
    if answers_file.with_names:
        faults.append(Fault("a meeting of a set has none", "with", "with"))
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


def _load_set_context(desk: Desk, learning_set: "LearningSet") -> _RecordContext:
    with desk.read() as db:
        return _RecordContext(
            me=reading.read_owner_name(db),
            open_items=collect_open_items(db, None, learning_set),
            set=learning_set,
        )


def _split_form_names(desk: Desk, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a form's only line for them: two if it names two people.

    It names one where somebody in the journal is called all of it.
    """
    if len(names) != 1 or match_by_name(_load_everyone(desk), names[0]):
        return tuple(names)
    return combine_names(None, split_joint_name(names[0]) or names)


def _load_everyone(desk: Desk) -> list[Person]:
    """Return all the people in the journal, archived ones too."""
    if not desk.journal.exists():
        return []
    with desk.read() as db:
        return reading.read_people(db, include_archived=True)


def _resolve_partner_names(
    desk: Desk, names_in_command: Sequence[str], names_in_file: Sequence[str]
) -> Sequence[str]:
    """Return who the talk was with; `InvalidInput` if the command line and the file differ."""
    if not names_in_command:
        return names_in_file
    if not names_in_file:
        return names_in_command
    if len(names_in_command) != len(names_in_file):
        raise _build_contradiction_error(
            " and ".join(names_in_command), " and ".join(names_in_file)
        )
    for name_in_command, name_in_file in zip(
        names_in_command, names_in_file, strict=True
    ):
        _refuse_other_partner(desk, name_in_command, name_in_file)
    return names_in_file


def _refuse_other_partner(desk: Desk, name_in_command: str, name_in_file: str) -> None:
    """Raise `InvalidInput` if the command line and the file name different people."""
    if is_same_name(name_in_command, name_in_file):
        return
    people = _load_everyone(desk)
    matches = match_by_name(people, name_in_command)
    if len(matches) == 1 and matches == match_by_name(people, name_in_file):
        return
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
    names: Sequence[str],
    answers_file: AnswersFile,
    template: Template,
    remarks: list[str],
) -> _RecordContext:
    """Return who a talk was with, in the journal or new to it, and what was open between you."""
    for name in names:
        require_not_solo(template, name)
    require_two_others(template, names)
    if not names and template.audience is not TemplateAudience.SOLO:
        raise InvalidInput(
            "No name was given for the other person. Nothing was saved.",
            'Add their NAME, or put person = "Priya Shah" in the file.',
        )
    owner_name = None
    if desk.journal.exists():
        with desk.read() as db:
            owner_name = reading.read_owner_name(db)
    if len(names) > 1:
        return _load_three_way_context(desk, names, answers_file, owner_name, remarks)
    partner: SessionPartner = None
    if names:
        partner = _resolve_partner(desk, names[0], answers_file, remarks)
    open_items = OpenItems()
    if desk.journal.exists() and not isinstance(partner, NewPerson):
        with desk.read() as db:
            open_items = collect_open_items(db, get_partner_id(partner))
    return _RecordContext(owner_name, partner, open_items=open_items)


def _load_three_way_context(
    desk: Desk,
    names: Sequence[str],
    answers_file: AnswersFile,
    owner_name: str | None,
    remarks: list[str],
) -> _RecordContext:
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
        open_items = collect_three_way_items(db, (first, third))
    return _RecordContext(owner_name, first, third, open_items)


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
        matches = match_by_name(reading.read_people(db, include_archived=True), name)
        if len(matches) != 1 or not is_whole_name(matches[0], name):
            return None
    person = reading.find_person(db, name)
    if (
        answers_file.relationship
        and answers_file.relationship is not person.relationship
    ):
        remarks.append(
            f"{person.name} is still recorded as a {person.relationship.value}. "
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
