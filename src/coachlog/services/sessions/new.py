"""A new conversation: held question by question, in the editor, or read from a file.

Each way is imported where it is taken, so that the first question does not wait for the others.
"""

from typing import TYPE_CHECKING, NamedTuple

from coachlog.errors import CoachlogError, InvalidInput
from coachlog.services.desk import Desk
from coachlog.services.inputs import build_missing_error
from coachlog.services.results import Result
from coachlog.services.sessions.hold import SessionPresets

if TYPE_CHECKING:
    from coachlog.services.sessions.record import RecordOptions


class NewSessionOptions(NamedTuple):
    """What the command line says of a conversation; None where it says nothing.

    `set` is the name of the action learning set that meets; `held_on` is as it was typed.
    """

    name: str | None = None
    template: str | None = None
    set: str | None = None
    answers: str | None = None
    form: str | None = None
    editor: bool = False
    held_on: str | None = None
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    clock: bool = True


def start_session(desk: Desk, options: NewSessionOptions) -> Result:
    """Hold or record a conversation in the way that the options ask for.

    `Invalid` for options that do not go together, or where nobody is there to be asked.
    """
    _validate_session_options(options)
    if options.answers is not None:
        return _record_from_answers(desk, options)
    if options.form is not None and not options.editor:
        return _record_from_form(desk, options)
    if not desk.interactive:
        raise _build_not_interactive_error(options)
    if options.set is not None:
        from coachlog.services.sessions import meet

        return meet.hold_meeting(
            desk, options.set, options.template, _build_session_presets(desk, options)
        )
    if options.editor:
        return _hold_in_editor(desk, options)
    return _hold_at_terminal(desk, options)


def _validate_session_options(options: NewSessionOptions) -> None:
    """Raise `Invalid` for options that do not go together."""
    if options.answers is not None and (options.editor or options.form is not None):
        raise InvalidInput(
            "--answers does not go with --form or --editor.", "Leave out one of them."
        )
    if options.set is None:
        return
    if options.name is not None:
        raise InvalidInput(
            "A conversation is with a person or with a set, not with both.",
            "Leave out the name, or --set.",
        )
    if options.editor or options.form is not None:
        raise InvalidInput(
            "A meeting of a set is no form: its slots follow one another.",
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
        "The conversation", "--answers FILE (or - for JSON on standard input)"
    )


def _record_from_answers(desk: Desk, options: NewSessionOptions) -> Result:
    from coachlog.services.sessions import record

    return record.record_answers_file(desk, str(options.answers), _build_record_options(options))


def _record_from_form(desk: Desk, options: NewSessionOptions) -> Result:
    from coachlog.services.sessions import forms

    return forms.record_form(desk, str(options.form), _build_record_options(options))


def _build_record_options(options: NewSessionOptions) -> "RecordOptions":
    from coachlog.services.sessions.record import RecordOptions

    return RecordOptions(
        name=options.name,
        template=options.template,
        held_on=options.held_on,
        minutes=options.minutes,
        tags=_parse_session_tags(options),
        set=options.set,
    )


def _build_session_presets(desk: Desk, options: NewSessionOptions) -> SessionPresets:
    held_on = desk.parse_past_day(options.held_on) if options.held_on else None
    return SessionPresets(held_on, options.minutes, _parse_session_tags(options), options.clock)


def _parse_session_tags(options: NewSessionOptions) -> tuple[str, ...]:
    if not options.tags:
        return ()
    from coachlog import answers  # of the files of answers most conversations need nothing

    return answers.parse_tags(options.tags)


def _hold_in_editor(desk: Desk, options: NewSessionOptions) -> Result:
    """Hold a conversation as one form in the editor, or go on with a form that was begun."""
    from coachlog.services.sessions import forms, resume

    beforehand = _build_session_presets(desk, options)
    if options.form is None:
        held = forms.hold_session_in_editor(desk, options.name, options.template, beforehand)
        return resume.resume_draft_by_id(desk, held) if isinstance(held, int) else held
    if options.name or options.template or beforehand != SessionPresets():
        raise InvalidInput(
            "The form says all of that itself.", f"--editor --form {options.form}, alone."
        )
    if options.form == "-":
        raise InvalidInput("An editor needs a file.", "Leave out --editor to read standard input.")
    return forms.edit_form(desk, forms.resolve_form_path(desk, options.form))


def _hold_at_terminal(desk: Desk, options: NewSessionOptions) -> Result:
    """Hold a conversation question by question, or go on with a draft of it."""
    from coachlog.services.sessions import hold, start

    beforehand = _build_session_presets(desk, options)
    desk.journal.require_writable_home()
    template = start.find_session_template(desk, options.template) if options.template else None
    begun = start.ask_session_setup(desk, options.name, template)
    if isinstance(begun, int):
        from coachlog.services.sessions import resume

        return resume.resume_draft_by_id(desk, begun)
    return hold.hold_session(desk, begun, start.load_open_items(desk, begun), beforehand)
