"""Records a conversation from an answers file: the same questions and checks, nobody asked."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coachlog import answers
from coachlog.answers import AnswersFile
from coachlog.answers.private_lines import PrivateMove, move_file_private_lines
from coachlog.errors import CoachlogError, FaultyAnswers
from coachlog.interview.conversation import Conversation, PromiseNames
from coachlog.interview.draft_steps import build_draft_steps
from coachlog.interview.scripted import Fault
from coachlog.interview.walk import Walk, run_interview
from coachlog.model.records import DraftContents
from coachlog.model.templates import Template
from coachlog.names.spelling import find_name_fault
from coachlog.phrasing.templates import describe_stand_in
from coachlog.services.desk import Desk
from coachlog.services.due_dates import confirm_record_doubts, list_record_remarks
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions.hold import OWN_TEMPLATE_REMARK, describe_saved_session
from coachlog.services.sessions.owner_remarks import list_owner_remarks
from coachlog.services.sessions.promise_names import load_promise_names
from coachlog.services.sessions.record_contexts import (
    MissingPartner,
    RecordContext,
    RecordOptions,
    resolve_record_context,
)
from coachlog.services.sessions.repeated_records import refuse_repeated_record
from coachlog.services.sessions.reviews import load_correctable_actions
from coachlog.services.sessions.saved_session import (
    SavedSession,
    list_closed_elsewhere_remarks,
    read_saved_session,
)
from coachlog.services.sessions.session_setup import (
    SessionSetup,
    get_new_partner,
    get_partner_id,
)
from coachlog.text import clean_file_name

if TYPE_CHECKING:
    from coachlog.model.records import SessionRecord
    from coachlog.store.writing.session_start_changes import SessionStart

_NOTHING_SAVED = "Nothing was saved."
_NAME_FAULTS = ("person:", "with:")


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
    return FaultyAnswers(message, _NOTHING_SAVED, faults)


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
        template, context = resolve_record_context(
            desk, answers_file, options, remarks, is_form=is_form
        )
    except CoachlogError as error:
        if answers_file.faults:
            faults = _add_context_fault(answers_file.faults, error)
            raise build_answers_error(source, faults) from None
        raise
    if template.shadows:
        remarks.append(OWN_TEMPLATE_REMARK.format(id=template.id))
    remarks += describe_stand_in(template)
    talk = _build_recorded_conversation(desk, answers_file, template, context)
    doubts: list[str] = []
    if is_form:
        names = _load_form_names(desk, talk, context)
        doubts += answers.read_typed_actions(answers_file, talk, names)
    private_move = move_file_private_lines(answers_file, template)
    walk = walk_through_file(answers_file, talk, source)
    record = walk.build_record()
    doubts += list_owner_remarks(desk, talk, record)
    tags = answers.parse_tags([*answers_file.tags, *options.tags])
    session_start = _build_session_start(desk, talk, record, context)
    refuse_repeated_record(desk, session_start, record, tags, again=options.again)
    remarks += _settle_doubts(desk, doubts, record, talk, options)
    saved_session = save_recorded_session(
        desk,
        session_start,
        record,
        new_me=answers_file.me,
        tags=tags,
        draft=DraftContents(build_draft_steps(talk, walk.answers), tags),
    )
    remarks += list_closed_elsewhere_remarks(desk, saved_session.closed_elsewhere)
    if private_move.place is not None:
        question = talk.fill_names(template.prompts[private_move.place].ask)
        remarks += list_private_move_remarks(private_move, question)
    return Result(describe_saved_session(saved_session, talk, record), tuple(remarks))


def _add_context_fault(faults: Sequence[Fault], error: CoachlogError) -> list[Fault]:
    """Return the faults of a file, and why nobody can tell who it is about, or which template."""
    has_name_fault = any(fault.startswith(_NAME_FAULTS) for fault in faults)
    if isinstance(error, MissingPartner) and has_name_fault:
        return [*faults]
    # That nothing was saved is said once, below all of the faults.
    problem = error.message.removesuffix(_NOTHING_SAVED).rstrip()
    return [*faults, Fault(problem)]


def _settle_doubts(
    desk: Desk,
    doubts: Sequence[str],
    record: "SessionRecord",
    talk: Conversation,
    options: RecordOptions,
) -> list[str]:
    """Return the doubts as remarks; none where somebody was asked about them."""
    if options.asks_doubts:
        confirm_record_doubts(desk, doubts, record, talk.today)
        return []
    return [*doubts, *list_record_remarks(desk, record, talk.today)]


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
    desk: Desk, talk: Conversation, context: RecordContext
) -> PromiseNames:
    """Return whose names can stand in the promises of a form."""
    setup = SessionSetup(talk.template, context.partner, talk.me, third=context.third)
    return load_promise_names(desk, setup, talk.today)


def compose_record(
    answers_file: AnswersFile, talk: Conversation, source: str
) -> "SessionRecord":
    """Return the record of a conversation whose questions are answered from a file or a form.

    Raises as `walk_through_file` does.
    """
    return walk_through_file(answers_file, talk, source).build_record()


def walk_through_file(
    answers_file: AnswersFile, talk: Conversation, source: str
) -> Walk:
    """Return a conversation at its end, with the answers of a file or a form.

    Raises `FaultyAnswers`, which lists all faults at once.
    """
    answerer = answers.build_file_answerer(answers_file, talk)
    walk = Walk(talk)
    run_interview(walk, answerer)
    faults = answers.find_file_faults(answers_file, talk, answerer)
    if faults:
        # It may well have been written for the owner's own questions.
        faults += map(Fault, describe_stand_in(talk.template))
        raise build_answers_error(source, faults)
    return walk


def _build_recorded_conversation(
    desk: Desk, answers_file: AnswersFile, template: Template, context: RecordContext
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
    desk: Desk, talk: Conversation, record: "SessionRecord", context: RecordContext
) -> "SessionStart":
    from coachlog.store.writing.session_start_changes import SessionStart

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
    draft: "DraftContents",
) -> SavedSession:
    """Save a new session, and return what there is to say about it.

    `draft` is what it is as a draft again, should it be taken back.
    """
    from coachlog.store.writing.draft_changes import insert_held_session

    with desk.change(create=True) as change:
        if new_me:
            # Imported here, as it loads SQLModel, and the name is told once.
            from coachlog.store.writing.person_changes import update_owner_name

            # It stays with the draft, where nobody would be asked for it again.
            with change.outside_undo():
                update_owner_name(change, new_me)
        id, closed_elsewhere = insert_held_session(
            change, session_start, record, tags, draft
        )
        return read_saved_session(
            change, id, closed_elsewhere, comes_back=bool(record.again)
        )
