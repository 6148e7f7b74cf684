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
from coachlog.answers.form.reader import read_form, text_of
from coachlog.answers.form.writer import PERSON, RELATIONSHIP, write_form
from coachlog.errors import (
    CoachlogError,
    EditorFailed,
    FaultyAnswers,
    Invalid,
    NotFound,
    Paused,
    Refused,
)
from coachlog.interview import Conversation, Fault
from coachlog.model import Action, Note
from coachlog.model.templates import Audience, Template
from coachlog.services.desk import Desk
from coachlog.services.inputs import read_input
from coachlog.services.results import Result
from coachlog.services.sessions import record, reviews, start
from coachlog.services.sessions.form_files import FORM_NEXT, waiting
from coachlog.services.sessions.hold import Beforehand, Beginning
from coachlog.services.sessions.record import RecordOptions
from coachlog.text import clean, slug

AT_ONCE = 1.5  # seconds; nobody has read a form sooner
BACK_AT_ONCE = "The editor came back at once. If it has a window of its own, write and save there."


def blank(template: Template) -> str:
    """Return the blank form of a template, to fill in anywhere; a group's is for paper."""
    return write_form(_talk(template, date.min), AnswersFile(), {})


def _talk(
    template: Template,
    day: date,
    them: str | None = None,
    me: str | None = None,
    promises: Sequence[Action] = (),
    notes: Sequence[Note] = (),
) -> Conversation:
    return Conversation(
        *(template, day, day, day, them, me), promises=tuple(promises), notes=tuple(notes)
    )


def from_file(desk: Desk, source: str, options: RecordOptions) -> Result:
    """Record the conversation in a form that was filled in; return what it came to.

    One that coachlog made in the home is removed after the commit, any other stays.
    """
    name = "Standard input" if source == "-" else clean(source)
    source = source if source == "-" else str(path_of(desk, source))
    said = _record(desk, text_of(read_input(source), name), options, name)
    if source != "-":
        _put_away(desk, Path(source))
    return said


def path_of(desk: Desk, source: str) -> Path:
    """Return the path of a form; one in the home may be named by its name alone."""
    path = Path(source).expanduser()
    if not path.exists() and path.name == source and (desk.home / source).is_file():
        path = desk.home / source
    return path.absolute()


def _record(desk: Desk, text: str, options: RecordOptions, name: str) -> Result:
    id = options.template or layout.template_of(text)
    if id is None:
        raise FaultyAnswers(
            f"{name} does not say which conversation it is. Nothing was stored.",
            "Its first line ends with the template in braces, as in {#grow}; or give --template.",
        )
    template = start.template(desk, id)
    found = read_form(text, template)
    if _is_empty(found):
        raise FaultyAnswers(f"{name} has no answer in it. Nothing was stored.")
    if template.audience is not Audience.SOLO and not (found.person or options.name):
        found.faults.append(Fault("who it was with is missing.", PERSON))
        raise _named(name, found.faults)
    try:
        return record.record(desk, found, options._replace(template=template.id), name)
    except FaultyAnswers as error:
        raise _named(name, error.faults) from None
    except record.Nobody as error:
        fault = Fault(f"{error.message} If they are new, say what they are.", RELATIONSHIP)
        raise _named(name, [*found.faults, fault]) from None
    except (NotFound, Invalid) as error:
        words = " ".join(filter(None, (error.message, error.hint)))
        raise _named(name, [*found.faults, Fault(words, PERSON)]) from None


def _named(name: str, faults: Sequence[str]) -> FaultyAnswers:
    """Return the error that lists all faults of a form, each with the name of its question."""
    found = [one if isinstance(one, Fault) else Fault(one) for one in faults]
    listed = [f"  - {layout.named(one)}" for one in dict.fromkeys(found)]
    message = "\n".join([f"{name} cannot be used:", *listed])
    return FaultyAnswers(message, "Nothing was stored.", found)


def _is_empty(found: AnswersFile) -> bool:
    told = (found.answers, found.actions, found.review, found.notes, found.corrections)
    return not (any(told) or found.faults)


# In the editor


def hold(desk: Desk, name: str | None, template_id: str | None, given: Beforehand) -> Result | int:
    """Hold a conversation as one form in the editor and return what it came to.

    Returns the number of a draft instead when the owner prefers to go on with that one.
    """
    desk.journal.require_place()
    chosen = start.template(desk, template_id) if template_id else None
    begun = start.begin(desk, name, chosen)
    if isinstance(begun, int):
        return begun
    return go_on(desk, _begun_before(desk, begun) or _begin(desk, begun, given))


def _begun_before(desk: Desk, begun: Beginning) -> Path | None:
    """Return a form of this conversation that was left lying, if the person goes on with it."""
    name = re.compile(rf"{re.escape(_stem(begun))}(?:\.(\d+))?\.md")
    mine = [path for path in waiting(desk.home) if name.fullmatch(path.name)]
    if not mine:
        return None
    rows: list[tuple[str, Path | None]] = [(f"go on with {path.name}", path) for path in mine]
    question = f"A form of this was begun and not stored{': which one?' if mine[1:] else '.'}"
    chosen = desk.asker.choose(question, [*rows, ("start afresh; the old stays", None)])
    return chosen if isinstance(chosen, Path) else None


def _stem(begun: Beginning) -> str:
    whom = slug(begun.name) if begun.name else ""
    return "-".join(part for part in ("form", begun.template.id, whom) if part)


def _begin(desk: Desk, begun: Beginning, given: Beforehand) -> Path:
    known = AnswersFile(
        person=begun.name,
        relationship=begun.new_relationship,
        me=(begun.me or None) if begun.new_me else None,
        held_on=given.held_on,
        minutes=given.minutes,
        tags=given.tags,
    )
    talk = _talk(begun.template, desk.today, begun.name, begun.me, *start.waiting(desk, begun))
    talk = replace(talk, due=reviews.due(desk, begun.template, given.held_on or desk.today))
    return files.write_new(desk.home, _stem(begun), ".md", write_form(talk, known, {}))


def go_on(desk: Desk, path: Path) -> Result:
    """Open a form in the editor until it can be stored; return what it came to.

    `Invalid` if it is not there; `Refused` when the person stops: the form stays.
    """
    if not path.is_file():
        raise Invalid(f"There is no form {path}.", "Begin one: coachlog session new --editor")
    opened = True
    while True:
        try:
            trouble = _edited(desk, path) if opened else ""
            if not trouble:
                said = _record(desk, _text(path), RecordOptions(), path.name)
                _put_away(desk, path)
                return said
        except CoachlogError as error:
            trouble = _shown_in_place(desk, path, error)
        except KeyboardInterrupt:
            raise Paused("Stopped. The form is kept.", _later(desk, path)) from None
        opened = _opens_again(desk, path, trouble)


def _edited(desk: Desk, path: Path) -> str:
    """Let the person edit the form; return what went wrong, '' if there is something to read."""
    before = path.read_bytes()
    if _is_ours(desk, path):
        _keep(path, before)
    try:
        took = desk.asker.edit(path)
    except EditorFailed as error:
        return f"{error.message} {_put_back(path, before) or error.hint or ''}".strip()
    if trouble := _put_back(path, before):
        return trouble
    if path.read_bytes() != before:
        return ""
    if took < AT_ONCE:
        return BACK_AT_ONCE
    return "The form came back as it was."


def _put_back(path: Path, before: bytes) -> str:
    """Bring back what the form held if the editor left it empty; return the words that say so."""
    if path.exists() and path.read_bytes().strip():
        return ""
    files.write(path, before, force=True)
    return "The form came back empty. What it held when it was opened was put back."


def _shown_in_place(desk: Desk, path: Path, error: CoachlogError) -> str:
    """Write the faults of a form into it, where they belong; return the words that say so."""
    if isinstance(error, FaultyAnswers) and error.faults:
        text = _text(path)
        id = layout.template_of(text)
        template = start.template(desk, id) if id else None
        faults = [one for one in error.faults if isinstance(one, Fault)]
        files.write(path, layout.marked(text, faults, template), force=True)
        return f"{error.message}\nThe form shows each where it belongs."
    return " ".join(part for part in (error.message, error.hint) if part)


def _opens_again(desk: Desk, path: Path, trouble: str) -> bool:
    """Return whether to open the form again, or to read it as it is; `Refused` for neither."""
    for words in trouble.split("\n"):
        desk.asker.tell(words)
    earlier = _earlier(path)
    rows = [("open it again", "open"), ("read it as it is now", "read")]
    rows += [("put back what it held before, and open that", "back")] if earlier else []
    rows += [("stop here; the form is kept", "stop")]
    try:
        chosen = desk.asker.choose("Nothing is stored yet. What now?", rows)
    except KeyboardInterrupt:
        raise Paused("Stopped. The form is kept.", _later(desk, path)) from None
    if chosen == "back" and earlier:
        files.write(path, earlier, force=True)
    if chosen in ("open", "read", "back"):
        return bool(chosen != "read")
    if trouble != BACK_AT_ONCE and _nothing_in(desk, path):
        _put_away(desk, path)
        raise Refused("Nothing was typed, so nothing is kept.")
    raise Refused("Nothing was stored. The form is kept.", _later(desk, path))


def _later(desk: Desk, path: Path) -> str:
    name = path.name if _is_ours(desk, path) else shlex.quote(str(path))
    return f"Go on with: {FORM_NEXT} {name}"


def _text(path: Path) -> str:
    return text_of(read_input(str(path)), path.name)


def _is_ours(desk: Desk, path: Path) -> bool:
    """Return whether coachlog made this form; a person's own file stays, and all beside it."""
    return path.resolve() in [one.resolve() for one in waiting(desk.home)]


def _put_away(desk: Desk, path: Path) -> None:
    """Remove a form that is stored now, if coachlog made it."""
    if _is_ours(desk, path):
        left = (f"{path.name}~", f"#{path.name}#", f".{path.name}.swp", f".{path.name}.swo")
        for one in (*_copies(path), *(path.with_name(name) for name in left), path):
            with suppress(OSError):
                one.unlink(missing_ok=True)


def _keep(path: Path, held: bytes) -> None:
    """Keep what a form held before it was opened, one file for each state it was in."""
    copies = _copies(path)
    if held not in [copy.read_bytes() for copy in copies]:
        files.write(path.with_name(f"{path.name}.before.{len(copies) + 1}"), held, force=True)


def _copies(path: Path) -> list[Path]:
    """Return the earlier states of a form, the oldest first."""
    found = path.parent.glob(f"{glob.escape(path.name)}.before.*")
    return sorted(found, key=lambda copy: (len(copy.name), copy.name))


def _earlier(path: Path) -> bytes | None:
    """Return what a form held before, if that is something else than what it holds now."""
    now = path.read_bytes() if path.exists() else b""
    held = [data for copy in _copies(path) if (data := copy.read_bytes()) != now]
    return held[-1] if held else None


def _nothing_in(desk: Desk, path: Path) -> bool:
    """Return whether a form of coachlog's own was left as blank as it was made."""
    copies = _copies(path)
    return _is_ours(desk, path) and [c.read_bytes() for c in copies] == [path.read_bytes()]
