"""A conversation as a form: a blank one to fill in, and one filled in to be recorded."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from coachlog.answers import AnswersFile
from coachlog.answers.form import layout
from coachlog.answers.form.fault_marks import describe_form_faults
from coachlog.answers.form.reader import decode_form, parse_form
from coachlog.answers.form.wording import PERSON, RELATIONSHIP
from coachlog.answers.form.writer import write_form
from coachlog.errors import FaultyAnswers, InvalidInput, NotFound
from coachlog.interview.conversation import Conversation
from coachlog.interview.scripted import Fault
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.services.help_contact import load_help_contact
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions.form_backups import remove_recorded_form
from coachlog.services.sessions.record import record_session
from coachlog.services.sessions.record_contexts import RecordOptions, UnknownPartner
from coachlog.services.sessions.start import find_session_template
from coachlog.text import clean_file_name


def build_blank_form(desk: Desk, template: Template) -> str:
    """Return the text of a template's blank form, to fill in anywhere; a group's is for paper."""
    day = date.min
    talk = Conversation(
        template,
        today=day,
        latest_day=day,
        began_on=day,
        help_contact=load_help_contact(desk, template),
    )
    return write_form(talk, AnswersFile(), {})


def record_form(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a filled-in form; return what was saved and what comes next.

    `-` is standard input. A form that coachlog made in the home is removed once it is recorded, any
    other stays. Raises `FaultyAnswers`, which lists all faults at once; nothing is stored then.
    """
    if source == "-":
        name = "Standard input"
        return record_form_text(desk, decode_form(read_input("-"), name), options, name)
    path = resolve_form_path(desk, source)
    name = clean_file_name(source)
    result = record_form_text(
        desk, decode_form(read_input(str(path)), name), options, name
    )
    return remove_recorded_form(desk, path, result)


def resolve_form_path(desk: Desk, source: str) -> Path:
    """Return the absolute path of a form; one in the home may be given by its name alone."""
    path = Path(source).expanduser()
    is_bare_name = path.name == source
    if is_bare_name and not path.exists() and (desk.home / source).is_file():
        path = desk.home / source
    return path.absolute()


def record_form_text(
    desk: Desk, text: str, options: RecordOptions, form_name: str
) -> Result:
    """Record the conversation in the text of a form; return what was saved and what comes next.

    Raises `FaultyAnswers`, which lists all faults at once; nothing is stored then.
    """
    template = _find_form_template(desk, text, options, form_name)
    answers_file = parse_form(text, template)
    if _is_empty_form(answers_file):
        raise FaultyAnswers(f"{form_name} has no answers in it. Nothing was saved.")
    names_partner = answers_file.person or options.names
    if template.audience is not TemplateAudience.SOLO and not names_partner:
        answers_file.faults.append(Fault("say who the conversation was with.", PERSON))
        raise _build_form_error(form_name, text, template, answers_file.faults)
    options = options._replace(template=template.id)
    try:
        return record_session(desk, answers_file, options, form_name, is_form=True)
    except FaultyAnswers as error:
        raise _build_form_error(form_name, text, template, error.faults) from None
    except UnknownPartner as error:
        words = f"{error.message} If they are new, say what they are to you."
        fault = Fault(words, RELATIONSHIP)
        raise _build_form_error(
            form_name, text, template, [*answers_file.faults, fault]
        ) from None
    except (NotFound, InvalidInput) as error:
        fault = Fault(f"{error.message} {error.hint or ''}".rstrip(), PERSON)
        raise _build_form_error(
            form_name, text, template, [*answers_file.faults, fault]
        ) from None


def _find_form_template(
    desk: Desk, text: str, options: RecordOptions, form_name: str
) -> Template:
    """Return a form's template; `FaultyAnswers` if neither the form nor --template names one."""
    id = options.template or layout.parse_form_template_id(text)
    if id is None:
        raise FaultyAnswers(
            f"{form_name} does not say which conversation it is. Nothing was saved.",
            "Its first line should end with the template in braces, as in {#grow}; "
            "or give --template.",
        )
    return find_session_template(desk, id)


def _build_form_error(
    form_name: str, text: str, template: Template, problems: Sequence[str]
) -> FaultyAnswers:
    """Return the error that lists all faults of a form, each with its place."""
    faults = [
        problem if isinstance(problem, Fault) else Fault(problem)
        for problem in problems
    ]
    message = describe_unusable_form(
        form_name, describe_form_faults(text, faults, template)
    )
    return FaultyAnswers(message, "Nothing was saved.", faults)


def describe_unusable_form(form_name: str, faults: Sequence[str]) -> str:
    """Return the message that lists the faults of a form, one to a line."""
    fault_lines = [f"  - {fault}" for fault in faults]
    return "\n".join([f"{form_name} cannot be used:", *fault_lines])


def _is_empty_form(answers_file: AnswersFile) -> bool:
    contents = (
        answers_file.answers,
        answers_file.actions,
        answers_file.review,
        answers_file.notes,
        answers_file.corrections,
        answers_file.faults,
    )
    return not any(contents)
