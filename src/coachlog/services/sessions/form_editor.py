"""A conversation held as a form in the editor, opened again until it can be recorded."""

import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from coachlog import files
from coachlog.answers import AnswersFile
from coachlog.answers.form import fault_marks, layout
from coachlog.answers.form.opening import find_opening_line
from coachlog.answers.form.reader import decode_form, parse_form
from coachlog.answers.form.writer import write_form
from coachlog.errors import (
    CoachlogError,
    EditorFailure,
    FaultyAnswers,
    Interruption,
    InvalidInput,
    Refusal,
)
from coachlog.interview.conversation import Conversation
from coachlog.interview.scripted import Fault
from coachlog.services.desk import Desk
from coachlog.services.help_contact import load_help_contact
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions.earlier_answers import load_earlier_talk
from coachlog.services.sessions.form_backups import (
    back_up_form,
    is_own_form,
    is_untouched_form,
    read_earlier_form,
    remove_form,
    remove_recorded_form,
)
from coachlog.services.sessions.form_files import (
    FORM_COMMAND,
    choose_form_stem,
    list_unfinished_forms,
)
from coachlog.services.sessions.forms import describe_unusable_form, record_form_text
from coachlog.services.sessions.record_contexts import RecordOptions
from coachlog.services.sessions.reviews import load_correctable_actions
from coachlog.services.sessions.session_setup import (
    SessionPresets,
    SessionSetup,
    load_open_items,
)
from coachlog.services.sessions.start import ask_session_setup, find_session_template
from coachlog.text import fold_text

MIN_EDITING_SECONDS = 1.5  # seconds; nobody can read a form in less
QUICK_RETURN_MESSAGE = (
    "The editor returned straight away. If it opened in its own window, fill in the form and save "
    "it there."
)
_NOTHING_TYPED_MESSAGE = "Nothing was typed, so nothing is kept."
# By whether the form is as blank as it was written.
_STOP_WORDS = {
    False: "stop here; the form is kept",
    True: "stop here; nothing was typed, so nothing is kept",
}


def hold_session_in_editor(
    desk: Desk,
    names: Sequence[str],
    template_id: str | None,
    presets: SessionPresets,
) -> Result | int:
    """Hold a conversation as a form in the editor; return what was saved and what comes next.

    Returns the number of a draft instead when the owner prefers to carry on with that one. Raises
    as `edit_form` does.
    """
    desk.require_changeable_journal()
    template = None
    if template_id:
        template = find_session_template(desk, template_id)
    setup = ask_session_setup(desk, names, template)
    if isinstance(setup, int):
        return setup
    path = _choose_unfinished_form(desk, setup) or _write_new_form(desk, setup, presets)
    return edit_form(desk, path)


def _choose_unfinished_form(desk: Desk, setup: SessionSetup) -> Path | None:
    """Return the unfinished form of this conversation to carry on with; None to start afresh."""
    paths = [
        path for path in list_unfinished_forms(desk.home) if _is_form_of(path, setup)
    ]
    if not paths:
        return None
    rows: list[tuple[str, Path | None]] = [
        (f"carry on with {path.name}", path) for path in paths
    ]
    if len(paths) == 1:
        question = "There is an unfinished form for this conversation."
        rows.append(("start afresh; the old form stays", None))
    else:
        question = "There are unfinished forms for this conversation. Which one?"
        rows.append(("start afresh; the old forms stay", None))
    choice = desk.asker.choose(question, rows)
    return choice if isinstance(choice, Path) else None


def _is_form_of(path: Path, setup: SessionSetup) -> bool:
    """Return whether what is in a form is this conversation; False if it cannot be read."""
    try:
        text = decode_form(path.read_bytes(), path.name)
    except (OSError, FaultyAnswers):
        return False
    if layout.parse_form_template_id(text) != setup.template.id:
        return False
    person = parse_form(text, setup.template).person
    return fold_text(person or "") == fold_text(setup.with_whom)


def _write_new_form(desk: Desk, setup: SessionSetup, presets: SessionPresets) -> Path:
    """Write a form that holds what is known already, and return its path."""
    answers_file = AnswersFile(
        person=setup.with_whom or None,
        relationship=setup.new_person.relationship if setup.new_person else None,
        me=(setup.me or None) if setup.new_me else None,
        held_on=presets.held_on,
        minutes=presets.minutes,
        tags=presets.tags,
    )
    day = presets.held_on or desk.today
    open_items = load_open_items(desk, setup)
    talk = Conversation(
        setup.template,
        today=desk.today,
        latest_day=desk.today,
        began_on=day,
        them=setup.name,
        third=setup.third_name,
        me=setup.me,
        open_actions=tuple(open_items.promises),
        notes=tuple(open_items.notes),
        due_actions=load_correctable_actions(desk, setup.template, day),
        help_contact=load_help_contact(desk, setup.template),
        is_again=load_earlier_talk(desk, setup, day, presets.tags).is_again,
    )
    text = write_form(talk, answers_file, {})
    return files.write_new_file(desk.home, choose_form_stem(desk.home), ".md", text)


def edit_form(desk: Desk, path: Path) -> Result:
    """Open a form in the editor until it can be recorded; return what was saved.

    Raises `InvalidInput` if there is no such form, and `Refusal` or `Interruption` when the person
    stops: the form is kept, unless it is still blank.
    """
    if not path.is_file():
        raise InvalidInput(
            f"There is no form {path}.", "To start one: coachlog session new --editor"
        )
    try:
        return _edit_until_recorded(desk, path)
    except KeyboardInterrupt:
        raise _build_interruption(desk, path, is_removed=False) from None


def _edit_until_recorded(desk: Desk, path: Path) -> Result:
    opens_editor = True
    while True:
        try:
            problem = ""
            if opens_editor:
                problem = _run_form_editor(desk, path)
            if not problem:
                result = record_form_text(
                    desk,
                    _read_form_text(path),
                    RecordOptions(asks_doubts=True),
                    path.name,
                )
                return remove_recorded_form(desk, path, result)
        except CoachlogError as error:
            problem = _mark_form_faults(desk, path, error)
        opens_editor = _ask_reopen_form(desk, path, problem)


def _run_form_editor(desk: Desk, path: Path) -> str:
    """Let the person edit the form; return what went wrong, '' if there is something to read."""
    contents = path.read_bytes()
    if is_own_form(desk, path):
        back_up_form(path, contents)
    try:
        seconds = desk.asker.edit(path, _find_opening_line(contents))
    except EditorFailure as error:
        advice = _restore_emptied_form(path, contents) or error.hint or ""
        return f"{error.message} {advice}".strip()
    problem = _restore_emptied_form(path, contents)
    if problem:
        return problem
    if path.read_bytes() != contents:
        return ""
    if seconds < MIN_EDITING_SECONDS:
        return QUICK_RETURN_MESSAGE
    return "The form was not changed."


def _find_opening_line(contents: bytes) -> int:
    """Return the line to open a form at; the first if it is not text."""
    try:
        return find_opening_line(decode_form(contents, ""))
    except FaultyAnswers:
        return 1


def _restore_emptied_form(path: Path, contents: bytes) -> str:
    """Put the contents back if the editor left the form empty; return the words that say so."""
    if path.exists() and path.read_bytes().strip():
        return ""
    files.rewrite_file(path, contents)
    return "The form was empty, so what it held before has been restored."


def _mark_form_faults(desk: Desk, path: Path, error: CoachlogError) -> str:
    """Write the faults of a form into it, where they belong; return the words that say so."""
    faults: list[Fault] = []
    if isinstance(error, FaultyAnswers):
        faults = [fault for fault in error.faults if isinstance(fault, Fault)]
    if not faults:
        return f"{error.message} {error.hint or ''}".strip()
    text = _read_form_text(path)
    id = layout.parse_form_template_id(text)
    template = None
    if id is not None:
        template = find_session_template(desk, id)
    marked_text = fault_marks.mark_form_faults(text, faults, template)
    files.rewrite_file(path, marked_text)
    message = error.message
    if template is not None:
        message = describe_unusable_form(
            path.name, fault_marks.describe_marked_faults(marked_text, faults, template)
        )
    return f"{message}\nEach is marked at the right place in the form."


def _ask_reopen_form(desk: Desk, path: Path, problem: str) -> bool:
    """Return whether to open the form again, or to read it as it is now.

    Raises `Refusal` if the person wants neither.
    """
    for line in problem.split("\n"):
        desk.asker.tell(line)
    earlier_contents = read_earlier_form(path)
    # An editor with a window of its own may still have the blank form open.
    is_blank = problem != QUICK_RETURN_MESSAGE and is_untouched_form(desk, path)
    choice = _choose_what_now(
        desk, has_earlier=earlier_contents is not None, is_blank=is_blank
    )
    if choice in ("open", "read"):
        return choice == "open"
    if choice == "back" and earlier_contents:
        files.rewrite_file(path, earlier_contents)
        return True
    is_removed = is_blank and _remove_blank_form(desk, path)
    if choice == "interrupt":
        raise _build_interruption(desk, path, is_removed=is_removed)
    if is_removed:
        raise Refusal(_NOTHING_TYPED_MESSAGE)
    raise Refusal(
        "Nothing was saved. The form is kept.", _format_resume_hint(desk, path)
    )


def _choose_what_now(desk: Desk, *, has_earlier: bool, is_blank: bool) -> object:
    """Return what the person wants after a form could not be recorded; Ctrl-C is an answer too."""
    rows = [("open it again", "open"), ("read it as it is now", "read")]
    if has_earlier:
        rows.append(("restore what it held before, and open that", "back"))
    rows.append((_STOP_WORDS[is_blank], "stop"))
    try:
        return desk.asker.choose(
            "Nothing has been saved yet. What would you like to do?", rows
        )
    except KeyboardInterrupt:
        return "interrupt"


def _build_interruption(desk: Desk, path: Path, *, is_removed: bool) -> Interruption:
    if is_removed:
        return Interruption(f"Stopped. {_NOTHING_TYPED_MESSAGE}")
    return Interruption("Stopped. The form is kept.", _format_resume_hint(desk, path))


def _remove_blank_form(desk: Desk, path: Path) -> bool:
    """Remove a form that is still blank; return False if something was written meanwhile."""
    if not is_untouched_form(desk, path):
        return False
    with suppress(OSError, RuntimeError):
        remove_form(desk, path)
    return True


def _format_resume_hint(desk: Desk, path: Path) -> str:
    name = path.name if is_own_form(desk, path) else shlex.quote(str(path))
    return f"To carry on: {FORM_COMMAND} {name}"


def _read_form_text(path: Path) -> str:
    return decode_form(read_input(str(path)), path.name)
