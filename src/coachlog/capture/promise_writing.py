"""A promise as a line from which it is read again."""

from collections.abc import Iterator

from coachlog.capture.done_when import write_done_when
from coachlog.capture.notes_text import read_notes
from coachlog.capture.owner_names import build_owner_names
from coachlog.capture.tails import EXACT_MARK
from coachlog.capture.values import CaptureContext, CapturedPromise, Owner
from coachlog.model.references import PersonRef
from coachlog.text import clean_line


def write_promise(promise: CapturedPromise, context: CaptureContext) -> str:
    """Return the line of a list from which a promise is read, its doubts settled.

    It always has the owner, and the date as 2026-11-27. Somebody who has a namesake is written by
    handle. `()` stands after words that could be read in another way among these names.
    """
    promise = _normalise_promise(promise)
    line = ""
    for line in _list_promise_lines(promise, _choose_label(promise.owner, context)):
        if read_notes(line, context).promises == (promise,):
            break
    return line


def _normalise_promise(promise: CapturedPromise) -> CapturedPromise:
    """Return a promise without doubts, each of its texts as one line."""
    done_when = clean_line(promise.done_when or "") or None
    return promise._replace(
        what=clean_line(promise.what), done_when=done_when, doubts=()
    )


def _choose_label(owner: Owner, context: CaptureContext) -> str:
    """Return what stands before the colon: the name or, where that is shared, the handle."""
    if not isinstance(owner, PersonRef):
        return owner
    names = build_owner_names(context)
    if names.find_owner(owner.name, is_label=True) == owner:
        return owner.name
    return names.get_handle(owner) or owner.name


def _list_promise_lines(promise: CapturedPromise, label: str) -> Iterator[str]:
    """Yield the lines that a promise may be, the plainest first."""
    private_mark = "~ " if promise.is_private else ""
    box = "[x] " if promise.is_done else ""
    for link in ("", "to "):
        start = f"{private_mark}- {box}{label}: {link}{promise.what}"
        for exact_mark in ("", f" {EXACT_MARK}"):
            yield f"{start}{exact_mark}{_write_end(promise)}"
        # What has to be kept from being a date on one day may be in doubt on another.
        yield f"{start} {EXACT_MARK}{_write_end(promise, is_doubled=True)}"


def _write_end(promise: CapturedPromise, *, is_doubled: bool = False) -> str:
    due = f" by {promise.due.isoformat()}" if promise.due else ""
    if promise.done_when is None:
        return due
    return f"{due} {write_done_when(promise.done_when, is_doubled=is_doubled)}"
