"""A conversation written down in one piece: free text in, a session with its promises out."""

from datetime import date
from typing import NamedTuple

from coachlog import dates
from coachlog.answers.captured_notes import (
    NEW_PERSON_ID,
    Understanding,
    build_notes_file,
    find_notes_misfit,
    find_template_misfit,
)
from coachlog.capture import DOUBT_WORDS, CaptureContext, read_notes
from coachlog.errors import InvalidInput, Refusal
from coachlog.interview import Conversation
from coachlog.model import Person
from coachlog.model.records import ActionReview, ReviewOutcome, SessionRecord
from coachlog.model.templates import Template, TemplateAudience
from coachlog.rules.stories import was_open_on
from coachlog.services.desk import Desk
from coachlog.services.due_dates import list_record_remarks
from coachlog.services.inputs import (
    build_missing_error,
    has_piped_input,
    read_input_text,
    require_answer_size,
)
from coachlog.services.results import Result
from coachlog.services.sessions.hold import describe_saved_session
from coachlog.services.sessions.record import compose_record, save_recorded_session
from coachlog.services.sessions.repeated_records import refuse_repeated_record
from coachlog.services.sessions.session_setup import SessionSetup, load_open_items
from coachlog.services.sessions.start import find_session_template
from coachlog.store import reading
from coachlog.text import build_slug, fold_text, format_count

LOG_TEMPLATE = "quick"


class LogOptions(NamedTuple):
    """What the command line says about a conversation that is written down in one piece.

    `source` is a file, or `-` for standard input; `held_on` is as it was typed. `again` records one
    just like one that is on record; `dry_run` only shows what is understood.
    """

    name: str | None = None
    source: str | None = None
    template: str | None = None
    held_on: str | None = None
    editor: bool = False
    dry_run: bool = False
    again: bool = False


def log_conversation(desk: Desk, options: LogOptions) -> Result | Understanding:
    """Record what is typed into one box, or read from a file; return what was saved.

    With `dry_run`, return what was understood instead. Raises NotFound for somebody who is not in
    the journal, and Refusal for a template without a place for what was typed; nothing is saved
    then, and what was typed at a terminal is kept in a draft.
    """
    _validate_log_options(desk, options)
    template = find_log_template(desk, options.template)
    held_on = desk.parse_past_day(options.held_on) if options.held_on else None
    if desk.interactive and not options.dry_run:
        from coachlog.services.sessions.log_box import log_at_terminal

        return log_at_terminal(desk, options, template, held_on)
    return _log_from_text(desk, options, template, held_on)


def _validate_log_options(desk: Desk, options: LogOptions) -> None:
    if options.source is not None and options.editor:
        raise InvalidInput(
            "--from cannot be combined with --editor.", "Leave out one of them."
        )
    if desk.interactive:
        return
    if options.editor:
        raise InvalidInput(
            "An editor needs a terminal, and there is none.",
            "Use instead: --from FILE",
        )
    if options.name is None:
        raise build_missing_error("to know who you talked with", "their NAME")
    if options.source is None and not has_piped_input():
        raise build_missing_error("the notes", "--from FILE (or - for standard input)")


def find_log_template(desk: Desk, id: str | None) -> Template:
    """Return the template that notes are kept in. Raises Refusal for one that asks too much."""
    template = find_session_template(desk, id or LOG_TEMPLATE)
    misfit = find_template_misfit(template)
    if template.audience is TemplateAudience.SOLO:
        misfit = f"{template.title} is a conversation with yourself."
    if misfit:
        raise Refusal(
            f"{misfit} So it cannot be logged in one piece. Nothing was saved.",
            f"Question by question: coachlog session new --template {template.id}",
        )
    return template


def _log_from_text(
    desk: Desk, options: LogOptions, template: Template, held_on: date | None
) -> Result | Understanding:
    """Record the notes in a file, or on standard input; nobody is asked."""
    source = options.source or "-"
    text = read_input_text(source)
    require_answer_size(text, "text")
    with desk.read() as db:
        person = reading.find_person(db, options.name or "")
    setup = SessionSetup(template, person, me=None)
    context = load_capture_context(desk, setup, held_on or desk.today)
    understanding = understand_notes(text, context, setup)
    if options.dry_run:
        return understanding
    refuse_misfit(understanding, held_on)
    talk, record = compose_log(desk, understanding, setup, source)
    from coachlog.store.writing.session_changes import SessionStart

    start = SessionStart(template, record.held_on, desk.zone, person.id)
    tags = understanding.tags
    refuse_repeated_record(desk, start, record, tags, again=options.again)
    saved = save_recorded_session(desk, start, record, new_me=None, tags=tags)
    remarks = [
        *list_doubts(understanding),
        *list_record_remarks(desk, record, record.held_on),
    ]
    return Result(describe_saved_session(saved, talk, record), tuple(remarks))


def compose_log(
    desk: Desk, understanding: Understanding, setup: SessionSetup, source: str
) -> tuple[Conversation, SessionRecord]:
    """Return the conversation that was understood, and the record of it.

    A promise ticked off that is open already is done; any other is new, and done that day. Raises
    InvalidInput if there is nothing to save, and FaultyAnswers for words that are too long.
    """
    if not has_content(understanding):
        raise InvalidInput("There is nothing in it. Nothing was saved.")
    day = understanding.held_on
    talk = Conversation(
        setup.template,
        today=day,
        latest_day=desk.today,
        began_on=day,
        them=setup.name,
        me=setup.me or None,
        every_field=True,
    )
    ticked_actions = _find_ticked_actions(desk, understanding, setup)
    new_promises = [
        promise
        for place, promise in enumerate(understanding.notes.promises)
        if place not in ticked_actions
    ]
    answers_file = build_notes_file(understanding, new_promises)
    record = compose_record(answers_file, talk, source)
    done_places = [
        place for place, promise in enumerate(new_promises) if promise.is_done
    ]
    reviews = [
        ActionReview(id, ReviewOutcome.DONE, on=day) for id in ticked_actions.values()
    ]
    return talk, record._replace(
        done_promises=tuple(done_places), reviews=tuple(reviews)
    )


def _find_ticked_actions(
    desk: Desk, understanding: Understanding, setup: SessionSetup
) -> dict[int, int]:
    """Return the open promises that were ticked off, by the place of the line that says so."""
    open_actions = {
        fold_text(action.what): action.id
        for action in load_open_items(desk, setup).promises
        if was_open_on(action.events, understanding.held_on)
    }
    return {
        place: open_actions[fold_text(promise.what)]
        for place, promise in enumerate(understanding.notes.promises)
        if promise.is_done and fold_text(promise.what) in open_actions
    }


def load_capture_context(
    desk: Desk, setup: SessionSetup, held_on: date
) -> CaptureContext:
    """Return who can be meant by a name in the notes, and from which day their dates count."""
    people: list[Person] = []
    me = setup.me
    if desk.journal.exists():
        with desk.read() as db:
            people = reading.read_people(db, include_archived=True)
            me = me or reading.read_owner_name(db)
    partner = _build_partner(setup)
    return CaptureContext(
        held_on,
        others=[partner],
        known=[person for person in people if person.id != partner.id],
        my_name=me or None,
    )


def _build_partner(setup: SessionSetup) -> Person:
    """Return the other person, with a number that nobody has if they are new."""
    if isinstance(setup.person, Person):
        return setup.person
    assert setup.person is not None
    new_person = setup.person
    return Person(
        id=NEW_PERSON_ID,
        uid="",
        name=new_person.name,
        slug=build_slug(new_person.name),
        relationship=new_person.relationship,
    )


def understand_notes(
    text: str, context: CaptureContext, setup: SessionSetup
) -> Understanding:
    """Return what is understood of these notes; the day of the command line comes first."""
    notes = read_notes(text, context)
    return Understanding(
        notes=notes,
        template=setup.template,
        with_whom=setup.name or "",
        person_id=setup.person_id or NEW_PERSON_ID,
        held_on=notes.held_on or context.held_on,
        minutes=notes.minutes,
        tags=notes.tags,
    )


def has_content(understanding: Understanding) -> bool:
    """Return whether there is anything to save: text, a private note or a promise."""
    notes = understanding.notes
    return bool(notes.prose or notes.private_notes or notes.promises)


def refuse_misfit(understanding: Understanding, held_on: date | None) -> None:
    """Raise Refusal if the template has no place for some of the notes.

    Raises InvalidInput if they name another day than the command, which gave `held_on`.
    """
    if held_on is not None and understanding.held_on != held_on:
        raise InvalidInput(
            f"The command says {dates.format_long_day(held_on)}, the notes say "
            f"{dates.format_long_day(understanding.held_on)}. Nothing was saved.",
            "Leave out one of the two.",
        )
    misfit = find_notes_misfit(understanding.template, understanding.notes)
    if misfit:
        raise Refusal(
            f"{misfit} Nothing was saved.",
            "To keep them in the two-minute note, leave out --template.",
        )


def list_doubts(understanding: Understanding) -> list[str]:
    """Return a remark on each thing that is not certain, and on bullets that stayed text."""
    remarks = []
    for number, promise in enumerate(understanding.notes.promises, start=1):
        remarks += [
            f"Promise {number} is uncertain: {DOUBT_WORDS[doubt]}"
            for doubt in promise.doubts
        ]
    offered_count = len(understanding.notes.offered)
    if offered_count:
        bullets = format_count(offered_count, "bullet")
        remarks.append(
            f"{bullets} stayed part of the text, as nothing says that they are promises."
        )
    return remarks
