"""The notes in a draft that began in the box of `log`."""

from coachlog.interview.keys import NOTES_BOX, NOTES_OWNERS
from coachlog.model.sessions import Draft


def find_draft_notes(draft: Draft) -> str:
    """Return the notes that were typed into the box of `log`; '' in any other draft."""
    if draft.half and draft.half[0] == NOTES_BOX:
        return draft.half[1]
    return str(draft.steps.get(NOTES_BOX) or "")


def find_draft_owners(draft: Draft) -> tuple[str, ...]:
    """Return the names that stand as owner in the notes since one of their lines was mended."""
    owners = draft.steps.get(NOTES_OWNERS)
    return tuple(map(str, owners)) if isinstance(owners, list) else ()


def holds_notes(draft: Draft) -> bool:
    """Return whether a draft holds notes typed into the box of `log`."""
    is_half_typed = bool(draft.half) and draft.half[0] == NOTES_BOX
    return is_half_typed or NOTES_BOX in draft.steps
