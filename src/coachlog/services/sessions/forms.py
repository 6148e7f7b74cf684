"""A conversation as a form: in the editor, round by round until it can be read, or from a file."""

import glob
import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from coachlog import files
from coachlog.answers import AnswersFile
from coachlog.answers.form import layout
from coachlog.answers.form.reader import decode_form, parse_form
from coachlog.answers.form.writer import PERSON, RELATIONSHIP, write_form
from coachlog.errors import (
    CoachlogError,
    EditorFailure,
    FaultyAnswers,
    Interruption,
    InvalidInput,
    NotFound,
    Refusal,
)
from coachlog.interview import Conversation, Fault
from coachlog.model import Action, Note
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions import record, reviews, start
from coachlog.services.sessions.form_files import FORM_COMMAND, list_unfinished_forms
from coachlog.services.sessions.hold import SessionPresets, SessionSetup
from coachlog.services.sessions.record import RecordOptions
from coachlog.text import build_slug, clean_text

MIN_EDITING_SECONDS = 1.5  # seconds; nobody has read a form sooner
QUICK_RETURN_MESSAGE = (
    "The editor came back at once. If it has a window of its own, write and save there."
)


def build_blank_form(template: Template) -> str:
    """Return the blank form of a template, to fill in anywhere; a group's is for paper."""
    return write_form(_build_form_conversation(template, date.min), AnswersFile(), {})


def _build_form_conversation(
    template: Template,
    day: date,
    them: str | None = None,
    me: str | None = None,
    promises: Sequence[Action] = (),
    notes: Sequence[Note] = (),
) -> Conversation:
    return Conversation(
        *(template, day, day, day, them, me), open_actions=tuple(promises), notes=tuple(notes)
    )


def record_form(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a form that was filled in; return what it came to.

    One that coachlog made in the home is removed after the commit, any other stays.
    """
    name = "Standard input" if source == "-" else clean_text(source)
    source = source if source == "-" else str(resolve_form_path(desk, source))
    said = _record_form_text(desk, decode_form(read_input(source), name), options, name)
    if source != "-":
        _remove_stored_form(desk, Path(source))
    return said


def resolve_form_path(desk: Desk, source: str) -> Path:
    """Return the path of a form; one in the home may be named by its name alone."""
    path = Path(source).expanduser()
    if not path.exists() and path.name == source and (desk.home / source).is_file():
        path = desk.home / source
    return path.absolute()


def _record_form_text(desk: Desk, text: str, options: RecordOptions, form_name: str) -> Result:
    id = options.template or layout.parse_form_template_id(text)
    if id is None:
        raise FaultyAnswers(
            f"{form_name} does not say which conversation it is. Nothing was stored.",
            "Its first line ends with the template in braces, as in {#grow}; or give --template.",
        )
    template = start.find_session_template(desk, id)
    found = parse_form(text, template)
    if _is_empty_form(found):
        raise FaultyAnswers(f"{form_name} has no answer in it. Nothing was stored.")
    if template.audience is not TemplateAudience.SOLO and not (found.person or options.name):
        found.faults.append(Fault("who it was with is missing.", PERSON))
        raise _build_form_error(form_name, found.faults)
    try:
        return record.record_session(desk, found, options._replace(template=template.id), form_name)
    except FaultyAnswers as error:
        raise _build_form_error(form_name, error.faults) from None
    except record.UnknownPartner as error:
        fault = Fault(f"{error.message} If they are new, say what they are.", RELATIONSHIP)
        raise _build_form_error(form_name, [*found.faults, fault]) from None
    except (NotFound, InvalidInput) as error:
        words = " ".join(filter(None, (error.message, error.hint)))
        raise _build_form_error(form_name, [*found.faults, Fault(words, PERSON)]) from None


def _build_form_error(form_name: str, faults: Sequence[str]) -> FaultyAnswers:
    """Return the error that lists all faults of a form, each with the name of its question."""
    found = [one if isinstance(one, Fault) else Fault(one) for one in faults]
    listed = [f"  - {layout.describe_form_fault(one)}" for one in dict.fromkeys(found)]
    message = "\n".join([f"{form_name} cannot be used:", *listed])
    return FaultyAnswers(message, "Nothing was stored.", found)


def _is_empty_form(answers_file: AnswersFile) -> bool:
    told = (
        answers_file.answers,
        answers_file.actions,
        answers_file.review,
        answers_file.notes,
        answers_file.corrections,
    )
    return not (any(told) or answers_file.faults)


# In the editor


def hold_session_in_editor(
    desk: Desk, name: str | None, template_id: str | None, presets: SessionPresets
) -> Result | int:
    """Hold a conversation as one form in the editor and return what it came to.

    Returns the number of a draft instead when the owner prefers to go on with that one.
    """
    desk.journal.require_writable_home()
    chosen = start.find_session_template(desk, template_id) if template_id else None
    begun = start.ask_session_setup(desk, name, chosen)
    if isinstance(begun, int):
        return begun
    return edit_form(
        desk, _choose_unfinished_form(desk, begun) or _write_new_form(desk, begun, presets)
    )


def _choose_unfinished_form(desk: Desk, setup: SessionSetup) -> Path | None:
    """Return a form of this conversation that was left lying, if the person goes on with it."""
    name = re.compile(rf"{re.escape(_build_form_stem(setup))}(?:\.(\d+))?\.md")
    mine = [path for path in list_unfinished_forms(desk.home) if name.fullmatch(path.name)]
    if not mine:
        return None
    rows: list[tuple[str, Path | None]] = [(f"go on with {path.name}", path) for path in mine]
    question = f"A form of this was begun and not stored{': which one?' if mine[1:] else '.'}"
    chosen = desk.asker.choose(question, [*rows, ("start afresh; the old stays", None)])
    return chosen if isinstance(chosen, Path) else None


def _build_form_stem(setup: SessionSetup) -> str:
    whom = build_slug(setup.name) if setup.name else ""
    return "-".join(part for part in ("form", setup.template.id, whom) if part)


def _write_new_form(desk: Desk, setup: SessionSetup, presets: SessionPresets) -> Path:
    known = AnswersFile(
        person=setup.name,
        relationship=setup.new_relationship,
        me=(setup.me or None) if setup.new_me else None,
        held_on=presets.held_on,
        minutes=presets.minutes,
        tags=presets.tags,
    )
    talk = _build_form_conversation(
        setup.template, desk.today, setup.name, setup.me, *start.load_open_items(desk, setup)
    )
    talk = replace(
        talk,
        due_actions=reviews.load_correctable_actions(
            desk, setup.template, presets.held_on or desk.today
        ),
    )
    return files.write_new_file(
        desk.home, _build_form_stem(setup), ".md", write_form(talk, known, {})
    )


def edit_form(desk: Desk, path: Path) -> Result:
    """Open a form in the editor until it can be stored; return what it came to.

    `Invalid` if it is not there; `Refused` when the person stops: the form stays.
    """
    if not path.is_file():
        raise InvalidInput(f"There is no form {path}.", "Begin one: coachlog session new --editor")
    opened = True
    while True:
        try:
            trouble = _run_form_editor(desk, path) if opened else ""
            if not trouble:
                said = _record_form_text(desk, _read_form_text(path), RecordOptions(), path.name)
                _remove_stored_form(desk, path)
                return said
        except CoachlogError as error:
            trouble = _mark_form_faults(desk, path, error)
        except KeyboardInterrupt:
            raise Interruption(
                "Stopped. The form is kept.", _format_resume_hint(desk, path)
            ) from None
        opened = _ask_reopen_form(desk, path, trouble)


def _run_form_editor(desk: Desk, path: Path) -> str:
    """Let the person edit the form; return what went wrong, '' if there is something to read."""
    before = path.read_bytes()
    if _is_own_form(desk, path):
        _back_up_form(path, before)
    try:
        took = desk.asker.edit(path)
    except EditorFailure as error:
        return f"{error.message} {_restore_emptied_form(path, before) or error.hint or ''}".strip()
    if trouble := _restore_emptied_form(path, before):
        return trouble
    if path.read_bytes() != before:
        return ""
    if took < MIN_EDITING_SECONDS:
        return QUICK_RETURN_MESSAGE
    return "The form came back as it was."


def _restore_emptied_form(path: Path, contents: bytes) -> str:
    """Bring back what the form held if the editor left it empty; return the words that say so."""
    if path.exists() and path.read_bytes().strip():
        return ""
    files.write_file(path, contents, force=True)
    return "The form came back empty. What it held when it was opened was put back."


def _mark_form_faults(desk: Desk, path: Path, error: CoachlogError) -> str:
    """Write the faults of a form into it, where they belong; return the words that say so."""
    if isinstance(error, FaultyAnswers) and error.faults:
        text = _read_form_text(path)
        id = layout.parse_form_template_id(text)
        template = start.find_session_template(desk, id) if id else None
        faults = [one for one in error.faults if isinstance(one, Fault)]
        files.write_file(path, layout.mark_form_faults(text, faults, template), force=True)
        return f"{error.message}\nThe form shows each where it belongs."
    return " ".join(part for part in (error.message, error.hint) if part)


def _ask_reopen_form(desk: Desk, path: Path, problem: str) -> bool:
    """Return whether to open the form again, or to read it as it is; `Refused` for neither."""
    for words in problem.split("\n"):
        desk.asker.tell(words)
    earlier = _read_earlier_form(path)
    rows = [("open it again", "open"), ("read it as it is now", "read")]
    rows += [("put back what it held before, and open that", "back")] if earlier else []
    rows += [("stop here; the form is kept", "stop")]
    try:
        chosen = desk.asker.choose("Nothing is stored yet. What now?", rows)
    except KeyboardInterrupt:
        raise Interruption("Stopped. The form is kept.", _format_resume_hint(desk, path)) from None
    if chosen == "back" and earlier:
        files.write_file(path, earlier, force=True)
    if chosen in ("open", "read", "back"):
        return bool(chosen != "read")
    if problem != QUICK_RETURN_MESSAGE and _is_untouched_form(desk, path):
        _remove_stored_form(desk, path)
        raise Refusal("Nothing was typed, so nothing is kept.")
    raise Refusal("Nothing was stored. The form is kept.", _format_resume_hint(desk, path))


def _format_resume_hint(desk: Desk, path: Path) -> str:
    name = path.name if _is_own_form(desk, path) else shlex.quote(str(path))
    return f"Go on with: {FORM_COMMAND} {name}"


def _read_form_text(path: Path) -> str:
    return decode_form(read_input(str(path)), path.name)


def _is_own_form(desk: Desk, path: Path) -> bool:
    """Return whether coachlog made this form; a person's own file stays, and all beside it."""
    return path.resolve() in [one.resolve() for one in list_unfinished_forms(desk.home)]


def _remove_stored_form(desk: Desk, path: Path) -> None:
    """Remove a form that is stored now, if coachlog made it."""
    if _is_own_form(desk, path):
        left = (f"{path.name}~", f"#{path.name}#", f".{path.name}.swp", f".{path.name}.swo")
        for one in (*_list_form_backups(path), *(path.with_name(name) for name in left), path):
            with suppress(OSError):
                one.unlink(missing_ok=True)


def _back_up_form(path: Path, contents: bytes) -> None:
    """Keep what a form held before it was opened, one file for each state it was in."""
    copies = _list_form_backups(path)
    if contents not in [copy.read_bytes() for copy in copies]:
        files.write_file(
            path.with_name(f"{path.name}.before.{len(copies) + 1}"), contents, force=True
        )


def _list_form_backups(path: Path) -> list[Path]:
    """Return the earlier states of a form, the oldest first."""
    found = path.parent.glob(f"{glob.escape(path.name)}.before.*")
    return sorted(found, key=lambda copy: (len(copy.name), copy.name))


def _read_earlier_form(path: Path) -> bytes | None:
    """Return what a form held before, if that is something else than what it holds now."""
    now = path.read_bytes() if path.exists() else b""
    held = [data for copy in _list_form_backups(path) if (data := copy.read_bytes()) != now]
    return held[-1] if held else None


def _is_untouched_form(desk: Desk, path: Path) -> bool:
    """Return whether a form of coachlog's own was left as blank as it was made."""
    copies = _list_form_backups(path)
    return _is_own_form(desk, path) and [c.read_bytes() for c in copies] == [path.read_bytes()]
