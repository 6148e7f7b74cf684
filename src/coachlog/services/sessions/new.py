"""A new conversation: held question by question, in the editor, or read from a file.

Each way is imported where it is taken, so that the first question does not wait for the others.
"""

from typing import TYPE_CHECKING, NamedTuple

from coachlog.errors import CoachlogError, Invalid
from coachlog.services.desk import Desk
from coachlog.services.inputs import missing
from coachlog.services.results import Result
from coachlog.services.sessions.hold import Beforehand

if TYPE_CHECKING:
    from coachlog.services.sessions.record import RecordOptions


class NewSession(NamedTuple):
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


def new(desk: Desk, options: NewSession) -> Result:
    """Hold or record a conversation in the way that the options ask for.

    `Invalid` for options that do not go together, or where nobody is there to be asked.
    """
    _require_one_way(options)
    if options.answers is not None:
        return _from_answers(desk, options)
    if options.form is not None and not options.editor:
        return _from_form(desk, options)
    if not desk.interactive:
        raise _nobody_here(options)
    if options.set is not None:
        from coachlog.services.sessions import meet

        return meet.begin(desk, options.set, options.template, _beforehand(desk, options))
    if options.editor:
        return _in_editor(desk, options)
    return _at_terminal(desk, options)


def _require_one_way(options: NewSession) -> None:
    """Raise `Invalid` for options that do not go together."""
    if options.answers is not None and (options.editor or options.form is not None):
        raise Invalid("--answers does not go with --form or --editor.", "Leave out one of them.")
    if options.set is None:
        return
    if options.name is not None:
        raise Invalid(
            "A conversation is with a person or with a set, not with both.",
            "Leave out the name, or --set.",
        )
    if options.editor or options.form is not None:
        raise Invalid(
            "A meeting of a set is no form: its slots follow one another.",
            "At the terminal: coachlog session new --set NAME; from a file: --answers FILE",
        )


def _nobody_here(options: NewSession) -> CoachlogError:
    """Return the error that a conversation cannot be held, as nobody is there to answer."""
    if options.editor:
        return Invalid(
            "An editor needs a terminal, and there is none.",
            "Fill in a form instead: coachlog template form grow > form.md",
        )
    return missing("The conversation", "--answers FILE (or - for JSON on standard input)")


def _from_answers(desk: Desk, options: NewSession) -> Result:
    from coachlog.services.sessions import record

    return record.file(desk, str(options.answers), _record_options(options))


def _from_form(desk: Desk, options: NewSession) -> Result:
    from coachlog.services.sessions import forms

    return forms.from_file(desk, str(options.form), _record_options(options))


def _record_options(options: NewSession) -> "RecordOptions":
    from coachlog.services.sessions.record import RecordOptions

    return RecordOptions(
        name=options.name,
        template=options.template,
        held_on=options.held_on,
        minutes=options.minutes,
        tags=_tags(options),
        set=options.set,
    )


def _beforehand(desk: Desk, options: NewSession) -> Beforehand:
    held_on = desk.past(options.held_on) if options.held_on else None
    return Beforehand(held_on, options.minutes, _tags(options), options.clock)


def _tags(options: NewSession) -> tuple[str, ...]:
    if not options.tags:
        return ()
    from coachlog import answers  # of the files of answers most conversations need nothing

    return answers.tags(options.tags)


def _in_editor(desk: Desk, options: NewSession) -> Result:
    """Hold a conversation as one form in the editor, or go on with a form that was begun."""
    from coachlog.services.sessions import forms, resume

    beforehand = _beforehand(desk, options)
    if options.form is None:
        held = forms.hold(desk, options.name, options.template, beforehand)
        return resume.go_on(desk, held) if isinstance(held, int) else held
    if options.name or options.template or beforehand != Beforehand():
        raise Invalid(
            "The form says all of that itself.", f"--editor --form {options.form}, alone."
        )
    if options.form == "-":
        raise Invalid("An editor needs a file.", "Leave out --editor to read standard input.")
    return forms.go_on(desk, forms.path_of(desk, options.form))


def _at_terminal(desk: Desk, options: NewSession) -> Result:
    """Hold a conversation question by question, or go on with a draft of it."""
    from coachlog.services.sessions import hold, start

    beforehand = _beforehand(desk, options)
    desk.journal.require_place()
    template = start.template(desk, options.template) if options.template else None
    begun = start.begin(desk, options.name, template)
    if isinstance(begun, int):
        from coachlog.services.sessions import resume

        return resume.go_on(desk, begun)
    return hold.begin(desk, begun, start.waiting(desk, begun), beforehand)
