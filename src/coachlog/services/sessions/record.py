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
)
from coachlog.services.sessions.start import find_session_template, require_not_solo
from coachlog.store import reading
from coachlog.text import build_slug, clean_file_name, clean_text

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.model.sets import LearningSet
    from coachlog.store.database import Connection
    from coachlog.store.writing.session_changes import SessionStart


class RecordOptions(NamedTuple):
    """What the command line gives beside the file; it overrides what the file says.

    `set` is the name of the action learning set that met; `again` says that a conversation just
    like one on record is another one.
    """

    name: str | None = None
    template: str | None = None
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    set: str | None = None
    again: bool = False


class _RecordContext(NamedTuple):
    """Who the conversation was with, or which set met, and what was open between them."""

    me: str | None = None
    name: str | None = None
    id: int | None = None
    new_person: NewPerson | None = None
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
            desk, answers_file, options, remarks
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
    partner: SessionPartner = context.new_person
    if context.id is not None:
        with desk.read() as db:
            partner = reading.read_person(db, context.id)
    setup = SessionSetup(talk.template, partner, talk.me)
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
    desk: Desk, answers_file: AnswersFile, options: RecordOptions, remarks: list[str]
) -> tuple[Template, _RecordContext]:
    """Return the template and who the conversation was with; add remarks on what differs."""
    learning_set = _resolve_session_set(desk, options, answers_file)
    template = _find_recorded_template(
        desk, options.template or answers_file.template, in_set=learning_set is not None
    )
    if learning_set is not None:
        return template, _load_set_context(desk, learning_set)
    name = _resolve_partner_name(desk, options.name, answers_file.person)
    return template, _load_record_context(desk, name, answers_file, template, remarks)


def _build_recorded_conversation(
    desk: Desk, answers_file: AnswersFile, template: Template, context: _RecordContext
) -> Conversation:
    day = answers.parse_talk_day(answers_file, desk.today)
    return Conversation(
        template,
        today=day,
        latest_day=desk.today,
        began_on=day,
        them=context.name,
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
        person_id=context.id,
        new_person=context.new_person,
        set_id=context.set.id if context.set else None,
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
) -> _RecordContext:
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
        return _RecordContext(name=name, new_person=new_person)
    with desk.read() as db:
        owner_name = reading.read_owner_name(db)
        if name is None:
            return _RecordContext(owner_name, open_items=collect_open_items(db, None))
        person = _find_recorded_person(db, name, answers_file, remarks)
        if person is not None:
            open_items = collect_open_items(db, person.id)
            return _RecordContext(
                owner_name, person.name, person.id, open_items=open_items
            )
    new_person = _build_new_partner(desk, name, answers_file, remarks)
    return _RecordContext(owner_name, name, new_person=new_person)


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
