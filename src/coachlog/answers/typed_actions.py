"""Promises of a form that are typed as sentences: their words say who and by when."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coachlog.answers.file_contents import AnswersFile
from coachlog.interview import ME, THEM, Conversation, PromiseNames

if TYPE_CHECKING:
    # The grammar is loaded for a form alone: the fields of a file need none.
    from coachlog.capture import CaptureContext, CapturedPromise

_UNCERTAIN_DATE = "Promise {number} is uncertain: by when?"
_UNREAD_DATE = (
    "Promise {number} ends with a date, but its “by:” is empty, so it was saved without one. "
    "To give it one: coachlog action move ID --to DATE (coachlog action list shows the ID)"
)


def read_typed_actions(
    file: AnswersFile, talk: Conversation, names: PromiseNames
) -> list[str]:
    """Complete the actions of a form that name no owner with what their words say.

    The form's own lines win, and an action that has its owner stays as it was written. Where it is
    not certain whose it is, it stays without an owner, which is a fault. Words that say that they
    are private are, whoever owns them, and `none` without an owner is no promise. Returns a remark
    on each date that is not certain, or was not read.
    """
    file.actions[:] = [row for row in file.actions if not _is_empty_row(row)]
    if not file.actions:
        return []
    from coachlog.capture import CaptureContext, read_promise

    context = CaptureContext(
        names.held_on,
        names.others,
        names.known,
        owners=_list_typed_owners(file),
        my_name=names.my_name,
    )
    is_shared = bool(talk.them)
    remarks = []
    for number, row in enumerate(file.actions, start=1):
        promise = read_promise(str(row.get("what", "")), context)
        template = _read_row(row, promise, context, is_shared=is_shared)
        if template:
            remarks.append(template.format(number=number))
    return remarks


def _read_row(
    row: dict[str, Any],
    promise: "CapturedPromise",
    context: "CaptureContext",
    *,
    is_shared: bool,
) -> str:
    """Complete one action with what its words say; return the remark on its date, '' for none."""
    from coachlog.capture import Doubt

    has_due = "due" in row
    if is_shared and "owner" not in row and _is_whole_promise(promise):
        _complete_row(row, promise, context)
        is_uncertain = Doubt.WHEN in promise.doubts and not has_due
        return _UNCERTAIN_DATE if is_uncertain else ""
    if promise.is_private:
        row.setdefault("private", True)
    return _UNREAD_DATE if promise.due and not has_due else ""


def _is_empty_row(row: Mapping[str, object]) -> bool:
    """Return whether a row has only words such as `none`, which promise nothing."""
    from coachlog.capture.negations import is_nothing

    return set(row) == {"what"} and is_nothing(str(row["what"]))


def _list_typed_owners(file: AnswersFile) -> list[str]:
    """Return the names that stand as owner elsewhere in the form."""
    owners = {str(row.get("owner", "")) for row in file.actions}
    return sorted(owners - {"", ME, THEM})


def _is_whole_promise(promise: "CapturedPromise") -> bool:
    """Return whether words say whose a promise is: by name, or by a date that makes it mine."""
    from coachlog.capture import Doubt

    if Doubt.WHO in promise.doubts:
        return False
    return promise.names_owner or promise.due is not None


def _complete_row(
    row: dict[str, Any], promise: "CapturedPromise", context: "CaptureContext"
) -> None:
    owner = promise.owner
    if not isinstance(owner, str):
        is_partner = owner.id in [person.id for person in context.others]
        owner = THEM if is_partner else owner.name
    row["what"] = promise.what
    row["owner"] = owner
    typed_fields: Mapping[str, object] = {
        "due": promise.due.isoformat() if promise.due else None,
        "done_when": promise.done_when,
        "private": promise.is_private or None,
    }
    for name, value in typed_fields.items():
        if value is not None:
            row.setdefault(name, value)
