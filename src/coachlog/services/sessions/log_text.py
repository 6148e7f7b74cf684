"""A conversation in a file or on standard input, recorded without a question."""

from collections.abc import Sequence
from datetime import date

from coachlog.answers.captured_notes import Understanding
from coachlog.errors import NotFound
from coachlog.interview.keys import HELD_ON, NOTES_BOX
from coachlog.model.answers import AnswerValue
from coachlog.model.people import Person
from coachlog.model.records import DraftContents
from coachlog.model.templates import Template
from coachlog.names.matching import match_by_name
from coachlog.names.spelling import split_joint_name
from coachlog.services.desk import Desk
from coachlog.services.due_dates import list_record_remarks
from coachlog.services.inputs import read_input_text, require_answer_size
from coachlog.services.results import Result
from coachlog.services.sessions.hold import describe_saved_session
from coachlog.services.sessions.log_notes import (
    compose_log,
    list_doubts,
    list_tick_remarks,
    load_capture_context,
    refuse_misfit,
    understand_notes,
)
from coachlog.services.sessions.log_options import LogOptions
from coachlog.services.sessions.log_remarks import list_waiting_remarks
from coachlog.services.sessions.log_start import require_active_partners
from coachlog.services.sessions.partners import phrase_joint_name
from coachlog.services.sessions.record import save_recorded_session
from coachlog.services.sessions.repeated_records import refuse_repeated_record
from coachlog.services.sessions.session_setup import (
    SessionSetup,
    get_partner_id,
    list_kept_back,
    load_open_items,
)
from coachlog.services.sessions.three_way import refuse_owner_among, refuse_same_person
from coachlog.store.reading import person_queries


def record_text(
    desk: Desk,
    options: LogOptions,
    names: Sequence[str],
    template: Template,
    held_on: date | None,
) -> Result | Understanding:
    """Record notes, and return what was saved, or understood if this is a dry run.

    Raises as `log_conversation` does; nothing is saved then.
    """
    source = options.source or "-"
    text = read_input_text(source)
    require_answer_size(text, "text")
    people = _find_logged_people(desk, names)
    third = people[1] if people[1:] else None
    setup = SessionSetup(template, people[0], me=None, third=third)
    if not options.dry_run:
        require_active_partners(desk, setup, keeps_words=False)
    context = load_capture_context(desk, setup, held_on or desk.today)
    open_items = load_open_items(desk, setup)
    understanding = understand_notes(text, context, setup, open_items.promises)
    if options.dry_run:
        return understanding
    refuse_misfit(understanding, held_on)
    talk, record = compose_log(desk, understanding, setup, source)
    from coachlog.store.writing.session_start_changes import SessionStart

    start = SessionStart(
        template,
        record.held_on,
        desk.zone,
        setup.person_id,
        third_id=get_partner_id(third),
    )
    tags = understanding.tags
    refuse_repeated_record(desk, start, record, tags, again=options.again)
    steps: dict[str, AnswerValue] = {NOTES_BOX: text}
    if held_on is not None:
        steps[HELD_ON] = held_on.isoformat()
    saved = save_recorded_session(
        desk,
        # As a draft it is of the day from which the dates in the notes count.
        start._replace(held_on=context.held_on),
        record,
        new_me=None,
        tags=tags,
        draft=DraftContents(steps),
    )
    remarks = [
        *list_kept_back(open_items),
        *list_doubts(understanding),
        *list_tick_remarks(understanding, open_items.promises),
        *list_waiting_remarks(open_items.notes),
        *list_record_remarks(desk, record, desk.today),
    ]
    return Result(
        describe_saved_session(saved, talk, record, is_log=True), tuple(remarks)
    )


def _find_logged_people(desk: Desk, names: Sequence[str]) -> list[Person]:
    """Return the one or two people whom these names mean.

    Raises NotFound for nobody, or several, and InvalidInput for the owner, or one person twice.
    """
    if len(names) < 2:
        return [_find_logged_person(desk, names[0])]
    with desk.read() as db:
        refuse_owner_among(names, person_queries.read_owner_name(db))
    people = [_find_logged_person(desk, name) for name in names]
    refuse_same_person(*people)
    return people


def _find_logged_person(desk: Desk, name: str) -> Person:
    """Return the one person that a name means. Raises NotFound for nobody, or several."""
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
        if not match_by_name(people, name) and len(split_joint_name(name)) > 1:
            raise NotFound(
                f"{phrase_joint_name(people, name)} Nothing was saved.",
                "Log it with each of them, or as one of three: coachlog log NAME --with NAME",
            )
        return person_queries.find_person(db, name)
