"""A conversation written down in one piece: free text in, a session with its promises out."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, Interruption, InvalidInput, Refusal
from coachlog.interview.notes_places import find_template_misfit
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.default_template import load_default_template
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_missing_error,
    has_piped_input,
    read_input_text,
    require_answer_size,
)
from coachlog.services.results import Result
from coachlog.services.sessions.log_options import LogOptions
from coachlog.services.sessions.partner_names import combine_names
from coachlog.services.sessions.session_setup import SessionSetup
from coachlog.services.sessions.start import find_session_template
from coachlog.services.sessions.three_way import require_two_others

if TYPE_CHECKING:
    from coachlog.answers.captured_notes import Understanding

LOG_TEMPLATE = "quick"


def log_conversation(desk: Desk, options: LogOptions) -> "Result | Understanding":
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
    from coachlog.services.sessions.log_text import record_text

    return record_text(desk, options, names, template, held_on)


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
    from coachlog.services.sessions.log_start import (
        ask_log_setup,
        require_active_partners,
    )
    from coachlog.services.sessions.typed_log import type_notes

    desk.require_changeable_journal()
    text = ""
    if options.source is not None:
        text = read_input_text(options.source)
        require_answer_size(text, "text")
    desk.asker.work_meanwhile(_import_ending)
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
            require_active_partners(desk, setup, keeps_words=opens_box)
    except (CoachlogError, KeyboardInterrupt) as error:
        raise _hand_back_words(desk, error) from None
    if isinstance(setup, int):
        from coachlog.services.sessions.resume import resume_draft_by_id

        return resume_draft_by_id(desk, setup)
    return type_notes(desk, setup, text, held_on, uses_editor=options.editor)


def _import_ending() -> None:
    """Import what understands and saves the notes, while they are typed."""
    import coachlog.services.sessions.log_ending
    import coachlog.services.sessions.record  # noqa: F401


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
