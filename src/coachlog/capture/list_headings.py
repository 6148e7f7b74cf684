"""The line above a list that says whose its promises are: `Priya:`, `## Actions for Priya`."""

from dataclasses import replace
from typing import NamedTuple

from coachlog.capture.line_marks import LineMarks
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.promise_owners import mentions_someone, read_label_owner
from coachlog.capture.values import ME, CapturedPromise, Doubt, Owner

_LONGEST_HEADING = 140
_EMPHASIS = ("**", "__")


class ListHeading(NamedTuple):
    """Whose the promises of a list are that name nobody, as far as its heading says so."""

    owner: Owner = ME
    is_sure: bool = True

    def give_promise(self, promise: CapturedPromise) -> CapturedPromise:
        """Return a promise with this owner, if nobody is named in its own words."""
        names_owner = promise.names_owner or promise.owner != ME
        if names_owner or self == NO_HEADING:
            return promise
        doubts = promise.doubts
        if not self.is_sure and Doubt.WHO not in doubts:
            doubts = (Doubt.WHO, *doubts)
        return replace(promise, owner=self.owner, doubts=doubts)


NO_HEADING = ListHeading()


def read_list_heading(marks: LineMarks, names: OwnerNames) -> ListHeading | None:
    """Return what a line says of the list below it; None for a bullet, which says nothing.

    Only `me:` is certain: below `Priya:` her promises may stand, or how she is.
    """
    owner = None
    if _is_heading(marks, names):
        owner = read_label_owner(marks.words, names)
        if owner is None and mentions_someone(marks.words.strip("*_# "), names):
            return ListHeading(is_sure=False)
    if owner is None:
        return None if marks.is_listed else NO_HEADING
    return ListHeading(owner, is_sure=owner == ME)


def _is_heading(marks: LineMarks, names: OwnerNames) -> bool:
    words = marks.words
    if not words or len(words) > _LONGEST_HEADING:
        return False
    if words.rstrip("*_ ").endswith((":", "：")) or words.startswith(("#", *_EMPHASIS)):
        return True
    return names.find_owner(words) is not None
