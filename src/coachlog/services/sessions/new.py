"""A new conversation: held question by question, in the editor, or read from a file.

Each way is imported where it is taken, so that the first question does not wait for the others.
"""

from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, InvalidInput
from coachlog.named_tuples import NamedTuple
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.results import Result
from coachlog.services.sessions.partner_names import combine_names
from coachlog.services.sessions.session_setup import SessionPresets, load_open_items

if TYPE_CHECKING:
    from coachlog.services.sessions.record_contexts import RecordOptions


class NewSessionOptions(NamedTuple):
    """What the command line says about a conversation; None where it says nothing.

    `with_names` are names beside `name`: two in all are those of a conversation of three.

    `set` is the name of the action learning set that meets; `held_on` is as it was typed.
    `again` records a conversation that is on record already.
    """

    name: str | None = None
    with_names: tuple[str, ...] = ()
    template: str | None = None
    set: str | None = None
    answers: str | None = None
    form: str | None = None
    editor: bool = False
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    clock: bool = True
    again: bool = False


def start_session(desk: Desk, options: NewSessionOptions) -> Result:
    """Hold or record a conversation in the way that the options ask for.

    Raises `InvalidInput` for options that exclude each other, or where nobody is there to answer.
    """
    _validate_session_options(options)
    names = combine_names(options.name, options.with_names)
    if options.answers is not None:
        from coachlog.services.sessions.record import record_answers_file

        return record_answers_file(
            desk, options.answers, _build_record_options(options, names)
        )
    if options.form is not None and not options.editor:
        from coachlog.services.sessions.forms import record_form

        return record_form(desk, options.form, _build_record_options(options, names))
    if not desk.interactive:
        raise _build_not_interactive_error(options)
    if options.set is not None:
        from coachlog.services.sessions.meet import hold_meeting

        presets = _build_session_presets(desk, options)
        return hold_meeting(desk, options.set, options.template, presets)
    if options.editor:
        return _hold_in_editor(desk, options, names)
    return _hold_at_terminal(desk, options, names)


def _validate_session_options(options: NewSessionOptions) -> None:
    """Raise `InvalidInput` for options that exclude each other."""
    has_form = options.editor or options.form is not None
    if options.answers is not None and has_form:
        raise InvalidInput(
            "--answers cannot be combined with --form or --editor.",
            "Leave out one of them.",
        )
    if options.set is None:
        return
    if options.name is not None or options.with_names:
        raise InvalidInput(
            "A conversation is with a person or with a set, not both.",
            "Leave out either the name or --set.",
        )
    if has_form:
        raise InvalidInput(
            "A meeting of a set cannot be held in a form: it is planned as it goes.",
            "At the terminal: coachlog session new --set NAME; from a file: --answers FILE",
        )


def _build_not_interactive_error(options: NewSessionOptions) -> CoachlogError:
    """Return the error that a conversation cannot be held, as nobody is there to answer."""
    if options.editor:
        return InvalidInput(
            "An editor needs a terminal, and there is none.",
            "Fill in a form instead: coachlog template form grow > form.md",
        )
    return build_missing_error(
        "the conversation", "--answers FILE (or - for JSON on standard input)"
    )


def _build_record_options(
    options: NewSessionOptions, names: tuple[str, ...]
) -> "RecordOptions":
    from coachlog.services.sessions.record_contexts import RecordOptions

    return RecordOptions(
        names=names,
        template=options.template,
        held_on=options.held_on,
        minutes=options.minutes,
        tags=_parse_session_tags(options),
        set=options.set,
        again=options.again,
    )


def _build_session_presets(desk: Desk, options: NewSessionOptions) -> SessionPresets:
    held_on = None
    if options.held_on:
        held_on = desk.parse_past_day(options.held_on)
    return SessionPresets(
        held_on, options.minutes, _parse_session_tags(options), options.clock
    )


def _parse_session_tags(options: NewSessionOptions) -> tuple[str, ...]:
    if not options.tags:
        return ()
    # Most conversations have no tags, and so need nothing that reads answers files.
    from coachlog.answers import parse_tags

    return parse_tags(options.tags)


def _hold_in_editor(
    desk: Desk, options: NewSessionOptions, names: tuple[str, ...]
) -> Result:
    """Hold a conversation as a form in the editor, or carry on with a form or draft of it."""
    from coachlog.services.sessions.form_editor import edit_form, hold_session_in_editor
    from coachlog.services.sessions.forms import resolve_form_path

    presets = _build_session_presets(desk, options)
    if options.form is None:
        result = hold_session_in_editor(desk, names, options.template, presets)
        if not isinstance(result, int):
            return result
        from coachlog.services.sessions.resume import resume_draft_by_id

        return resume_draft_by_id(desk, result)
    if names or options.template or presets != SessionPresets():
        raise InvalidInput(
            "The form already says all of that.",
            f"Use only: --editor --form {options.form}",
        )
    if options.form == "-":
        raise InvalidInput(
            "An editor needs a file.", "Leave out --editor to read standard input."
        )
    return edit_form(desk, resolve_form_path(desk, options.form))


def _hold_at_terminal(
    desk: Desk, options: NewSessionOptions, names: tuple[str, ...]
) -> Result:
    """Hold a conversation question by question, or carry on with a draft of it."""
    from coachlog.services.sessions.early_store import load_store_early
    from coachlog.services.sessions.start import (
        ask_session_setup,
        find_session_template,
    )

    presets = _build_session_presets(desk, options)
    desk.require_changeable_journal()
    template = None
    if options.template:
        template = find_session_template(desk, options.template)
    desk.asker.work_meanwhile(_import_interview)
    load_store_early(desk)
    setup = ask_session_setup(desk, names, template)
    if isinstance(setup, int):
        from coachlog.services.sessions.resume import resume_draft_by_id

        return resume_draft_by_id(desk, setup)
    from coachlog.services.sessions.hold import hold_session

    return hold_session(desk, setup, load_open_items(desk, setup), presets)


def _import_interview() -> None:
    """Import what asks the questions of a conversation, while who it is with is asked."""
    import coachlog.services.sessions.hold  # noqa: F401
