"""Promises of a form that are typed as sentences: their words say who and by when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.errors import InvalidInput
from coachlog.interview.checks import resolve_owner_name
from coachlog.interview.conversation import THIRD, Conversation, PromiseNames
from coachlog.model.actions import ME, THEM
from coachlog.model.templates import TemplateAudience
from coachlog.text import fold_text

if TYPE_CHECKING:
    # The grammar is loaded for a form alone: the fields of a file need none.
    from coachlog.capture import CaptureContext, CapturedPromise, Owner

_UNCERTAIN_DATE = "Promise {number}: it is not clear from your words by when."
_UNREAD_DATE = (
    "Promise {number} ends with a date, but its “by:” is empty, so it was saved without one. "
    "To give it one: coachlog action move ID --to DATE (coachlog action list shows the ID)"
)
_FOREIGN_DATE = (
    "Promise {number} names somebody else than its “who:”, so its words were left as they are, and "
    "it was saved without a date. To give it one: coachlog action move ID --to DATE "
    "(coachlog action list shows the ID)"
)


def read_typed_actions(
    file: AnswersFile,
    talk: Conversation,
    names: PromiseNames,
    owners: Sequence[str] = (),
) -> list[str]:
    """Complete the actions of a form with what their words say.

    The form's own lines win. The words stay as they were written where the lines name another
    owner, or where there is a line for the date, even an empty one, beside one for the owner.
    Alone, every promise is the owner's; elsewhere, where it is not certain whose it is, it stays
    without an owner, which is a fault. Words that say that they are private are, whoever owns
    them, and `none` without an owner is no promise. `owners` are names that stand as owner
    besides those in the form. Returns a remark on each date that is not certain, or was not read.
    """
    file.actions[:] = [row for row in file.actions if not _is_empty_row(row)]
    if not file.actions:
        return []
    from coachlog.capture import read_promise

    context = build_typed_context(names, [*owners, *_list_typed_owners(file)])
    remarks = []
    for number, row in enumerate(file.actions, start=1):
        promise = read_promise(str(row.get("what", "")), context)
        template = _read_row(row, promise, context, talk)
        if row.get("due", "") is None:
            del row["due"]
        if template:
            remarks.append(template.format(number=number))
    return remarks


def build_typed_context(names: PromiseNames, owners: Sequence[str]) -> "CaptureContext":
    """Return what the promises of a form are read with; `owners` stand as owner in it."""
    from coachlog.capture import CaptureContext

    return CaptureContext(
        names.held_on,
        names.others,
        names.known,
        owners=sorted({*owners} - {"", ME, THEM}),
        my_name=names.my_name,
    )


def _read_row(
    row: dict[str, Any],
    promise: "CapturedPromise",
    context: "CaptureContext",
    talk: Conversation,
) -> str:
    """Complete one action with what its words say; return the remark on its date, '' for none."""
    from coachlog.capture import Doubt

    has_due = row.get("due") is not None
    if _may_complete(row, promise, context, talk):
        _complete_row(row, promise, context, talk)
        is_uncertain = Doubt.WHEN in promise.doubts and not has_due
        return _UNCERTAIN_DATE if is_uncertain else ""
    if promise.is_private:
        row.setdefault("private", True)
    if promise.due is None or has_due:
        return ""
    if "due" in row:
        return _UNREAD_DATE
    return _FOREIGN_DATE if "owner" in row else ""


def _may_complete(
    row: Mapping[str, object],
    promise: "CapturedPromise",
    context: "CaptureContext",
    talk: Conversation,
) -> bool:
    """Return whether a promise is what its words say: it is certain whose it is."""
    typed_owner = row.get("owner")
    if typed_owner is None and not _is_solo(talk):
        return _is_whole_promise(promise)
    # With lines for owner and date it was written field by field.
    if "due" in row:
        return False
    if typed_owner is None or not promise.names_owner:
        return True
    try:
        owner = resolve_owner_name(str(typed_owner), talk.them, talk.me, talk.third)
    except InvalidInput:
        # The walk finds the same, and says so.
        return False
    if talk.third:
        owner = {THEM: talk.them or owner, THIRD: talk.third}.get(owner, owner)
    return fold_text(owner) == fold_text(_name_owner(promise.owner, context))


def _is_solo(talk: Conversation) -> bool:
    return talk.template.audience is TemplateAudience.SOLO


def _is_empty_row(row: Mapping[str, object]) -> bool:
    """Return whether a row has only words such as `none`, which promise nothing."""
    from coachlog.capture.negations import is_nothing

    fields = {name for name, value in row.items() if value is not None}
    return fields == {"what"} and is_nothing(str(row["what"]))


def _list_typed_owners(file: AnswersFile) -> list[str]:
    """Return the names that stand as owner elsewhere in the form."""
    return [str(row["owner"]) for row in file.actions if row.get("owner")]


def _is_whole_promise(promise: "CapturedPromise") -> bool:
    """Return whether words say whose a promise is: by name, or by a date that makes it mine."""
    from coachlog.capture import Doubt

    if Doubt.WHO in promise.doubts:
        return False
    return promise.names_owner or promise.due is not None


def _complete_row(
    row: dict[str, Any],
    promise: "CapturedPromise",
    context: "CaptureContext",
    talk: Conversation,
) -> None:
    row["what"] = promise.what
    if promise.is_done:
        # What is done already is asked elsewhere, so the box stays what it was: words.
        row["what"] = f"[x] {promise.what}"
    typed_fields: Mapping[str, object] = {
        "owner": None if _is_solo(talk) else _name_owner(promise.owner, context),
        "due": promise.due.isoformat() if promise.due else None,
        "done_when": promise.done_when,
        "private": promise.is_private or None,
    }
    for name, value in typed_fields.items():
        if value is not None and row.get(name) is None:
            row[name] = value


def _name_owner(owner: "Owner", context: "CaptureContext") -> str:
    """Return an owner as a file names one: `me`, `them` where there is but one other, or a name."""
    if isinstance(owner, str):
        return owner
    is_only_partner = [owner.id] == [person.id for person in context.others]
    return THEM if is_only_partner else owner.name


def list_unknown_owners(
    rows: Sequence[Mapping[str, object]], names: PromiseNames
) -> list[str]:
    """Return the owners of actions who are neither in the conversation nor in the journal."""
    context = build_typed_context(names, ())
    owners = [str(row["owner"]) for row in rows if "owner" in row]
    return [owner for owner in owners if _find_owner(owner, context) is None]


def write_typed_action(row: Mapping[str, Any], context: "CaptureContext") -> str:
    """Return the line from which an action is read; its owner must be known, or is mine."""
    from coachlog.capture import CapturedPromise, write_promise

    due = row.get("due")
    promise = CapturedPromise(
        str(row["what"]),
        _find_owner(str(row.get("owner") or ME), context) or ME,
        date.fromisoformat(str(due)) if due else None,
        row.get("done_when"),
        is_private=bool(row.get("private")),
    )
    return write_promise(promise, context)


def _find_owner(owner: str, context: "CaptureContext") -> "Owner | None":
    """Return whose an action is, by how a file names its owner; None for nobody in the context."""
    from coachlog.model.references import PersonRef

    if owner == ME:
        return ME
    people = context.others
    if owner != THEM:
        everyone = (*context.others, *context.known)
        people = [person for person in everyone if person.name == owner]
    for person in people:
        return PersonRef(person.id, person.name)
    return None
