"""A conversation written down in one piece: free text in, a session with its promises out."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coachlog.answers.captured_notes import Understanding, find_template_misfit
from coachlog.errors import CoachlogError, Interruption, InvalidInput, NotFound, Refusal
from coachlog.model import Person
from coachlog.model.templates import Template, TemplateAudience
from coachlog.names import match_by_name, split_joint_name
from coachlog.services.default_template import load_default_template
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_missing_error,
    has_piped_input,
    read_input_text,
    require_answer_size,
)
from coachlog.services.people import require_active_person
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
from coachlog.services.sessions.log_remarks import list_waiting_remarks
from coachlog.services.sessions.partner_names import combine_names
from coachlog.services.sessions.partners import phrase_joint_name
from coachlog.services.sessions.session_setup import (
    SessionSetup,
    get_partner_id,
    list_kept_back,
    load_open_items,
)
from coachlog.services.sessions.start import find_session_template
from coachlog.services.sessions.three_way import (
    refuse_owner_among,
    refuse_same_person,
    require_two_others,
)
from coachlog.store.reading import person_queries

LOG_TEMPLATE = "quick"
LOG_QUESTION = "Write down a conversation with them all the same?"


class LogOptions(NamedTuple):
    """What the command line says about a conversation that is written down in one piece.

    `with_names` are names beside `name`: two in all are those of a conversation of three.
    `source` is a file, or `-` for standard input; `held_on` is as it was typed. `again` records one
    just like one that is on record; `dry_run` only shows what is understood.
    """

    name: str | None = None
    with_names: tuple[str, ...] = ()
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
    names = combine_names(options.name, options.with_names)
    _validate_log_options(desk, options, names)
    template = find_log_template(desk, options.template)
    if names:
        require_two_others(template, names)
    held_on = desk.parse_past_day(options.held_on) if options.held_on else None
    if desk.interactive and not options.dry_run:
        return _log_at_terminal(desk, options, names, template, held_on)
    return _log_from_text(desk, options, names, template, held_on)


def _validate_log_options(
    desk: Desk, options: LogOptions, names: Sequence[str]
) -> None:
    if options.source is not None and options.editor:
        raise InvalidInput(
            "--from cannot be combined with --editor.", "Leave out one of them."
        )
    if desk.interactive and not options.dry_run:
        return
    if options.editor:
        raise InvalidInput(
            "An editor needs a terminal, and there is none.",
            "Use instead: --from FILE",
        )
    if not names:
        raise build_missing_error("to know who you talked with", "their NAME")
    if options.source is None and not has_piped_input():
        raise build_missing_error("the notes", "--from FILE (or - for standard input)")


def find_log_template(desk: Desk, id: str | None) -> Template:
    """Return the template that notes are kept in. Raises Refusal for one that asks too much.

    Without an id it is that of the owner's settings, if it has the place for notes.
    """
    if id is None:
        usual_template = load_default_template(desk)
        if usual_template and not find_template_misfit(usual_template):
            return usual_template
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


def _log_at_terminal(
    desk: Desk,
    options: LogOptions,
    names: Sequence[str],
    template: Template,
    held_on: date | None,
) -> Result:
    """Record what is typed into one box, or carry on with a draft of it."""
    from coachlog.services.sessions.early_store import load_store_early
    from coachlog.services.sessions.log_start import ask_log_setup
    from coachlog.services.sessions.typed_log import type_notes

    desk.journal.require_writable_home()
    text = ""
    if options.source is not None:
        text = read_input_text(options.source)
        require_answer_size(text, "text")
    desk.asker.work_meanwhile(_import_recording)
    load_store_early(desk)
    # To carry on with a draft instead would drop what the command line gives.
    is_plain = options.source is None and not held_on and not options.editor
    opens_box = options.source is None and not options.editor
    try:
        setup = ask_log_setup(
            desk,
            names,
            template,
            offers_drafts=is_plain,
            keeps_words=opens_box,
        )
        # Of two others, either was asked about when they were chosen.
        if isinstance(setup, SessionSetup) and setup.third is None:
            _require_active_partners(desk, setup, keeps_words=opens_box)
    except (CoachlogError, KeyboardInterrupt) as error:
        raise _hand_back_words(desk, error) from None
    if isinstance(setup, int):
        from coachlog.services.sessions.resume import resume_draft_by_id

        return resume_draft_by_id(desk, setup)
    return type_notes(desk, setup, text, held_on, uses_editor=options.editor)


def _import_recording() -> None:
    """Import what makes a record of the notes, while they are typed."""
    import coachlog.services.sessions.record  # noqa: F401


def _require_active_partners(
    desk: Desk, setup: SessionSetup, *, keeps_words: bool
) -> None:
    """Return if nobody of them is archived, or the owner goes on all the same."""
    for person in (setup.person, setup.third):
        if isinstance(person, Person):
            require_active_person(desk, person, LOG_QUESTION, keeps_words=keeps_words)


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


def _hand_back_words(
    desk: Desk, error: CoachlogError | KeyboardInterrupt
) -> CoachlogError | KeyboardInterrupt:
    """Return an error with the words that were typed ahead for the box, which has not opened."""
    words = desk.asker.take_kept_words()
    if not words:
        return error
    if isinstance(error, KeyboardInterrupt):
        error = Interruption("Stopped. Nothing was saved.")
    error.message = f"{error.message}\nCopy what you typed from here: {words}"
    return error


def _log_from_text(
    desk: Desk,
    options: LogOptions,
    names: Sequence[str],
    template: Template,
    held_on: date | None,
) -> Result | Understanding:
    """Record the notes in a file, or on standard input; nobody is asked."""
    # Imported here, so that the box does not wait for what records a file.
    from coachlog.services.due_dates import list_record_remarks
    from coachlog.services.sessions.record import save_recorded_session
    from coachlog.services.sessions.repeated_records import refuse_repeated_record

    source = options.source or "-"
    text = read_input_text(source)
    require_answer_size(text, "text")
    people = _find_logged_people(desk, names)
    third = people[1] if people[1:] else None
    setup = SessionSetup(template, people[0], me=None, third=third)
    if not options.dry_run:
        _require_active_partners(desk, setup, keeps_words=False)
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
    saved = save_recorded_session(desk, start, record, new_me=None, tags=tags)
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
