"""The line above a list that says whose its promises are: `Priya:`, `## Actions for Priya`."""

from collections.abc import Sequence

from coachlog.capture.likely_owners import lacks_subject
from coachlog.capture.line_marks import LineMarks
from coachlog.capture.negations import is_denial
from coachlog.capture.owner_hints import looks_like_name, mentions_someone
from coachlog.capture.owner_labels import read_label_owner
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.values import ME, CapturedPromise, Doubt, Owner
from coachlog.capture.words import TOPICS, split_table
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_LONGEST_HEADING = 140
_EMPHASIS = ("**", "__")
_WORD = compile_later(r"[\w'’.-]{1,60}")
_ENDINGS = compile_later(r"['’](?:s|ll|d|ve|m|re)?$")
_MOST_NAME_WORDS = 3

_NO_OWNER = split_table(
    "a an the and & or of ap aps action actions item items point points list lists next step steps "
    "to do todo todos to-do to-dos dos task tasks job jobs promise promises promised homework plan "
    "plans agreed agreement agreements decided will would should shall must going gonna that this "
    "these we've we'll we both follow follow-up follow-ups followup followups up ups commitments "
    "commitment owner owners responsible due deadline deadlines now today new outcome outcomes "
    "summary notes after before week month time meeting has have need needs said who what by when "
    "outstanding open still carried forward over"
)
"""In a heading, these say that a list is one of things to do, and not whose they are."""
_IDLE = split_table(
    "done completed complete closed finished achieved parked parking maybe perhaps possibly "
    "possible idea ideas last previous previously past earlier since wish wishes wishlist someday "
    "sometime options option considered considering discussed thoughts dropped cancelled canceled "
    "postponed deferred paused hold rejected declined if could might questions question "
    "suggestions suggested suggestion later wins successes progress history background old"
)
"""In a heading, these say that a list has what was, or what may be."""
_REFUSALS = split_table("not no won't wont don't dont never")
_REFUSED = split_table(
    "doing do now yet going to longer agreed happening taken forward taking on for this time "
    "any more anymore needed required us will be i we are am 'm"
)
_MINE = split_table("my mine me i myself i've i'll i'm i'd")
_PREPOSITIONS = split_table("for from with about re on in at until")
_OTHERS = {"hers": "her", "his": "him", "theirs": "them", "their": "them"}


class ListHeading(NamedTuple):
    """Whose the promises of a list are that name nobody, as far as its heading says so.

    `is_refusal` says that the list has what will not be done.
    """

    owner: Owner = ME
    is_sure: bool = True
    is_refusal: bool = False

    def give_promise(self, promise: CapturedPromise) -> CapturedPromise:
        """Return a promise with this owner, if nobody is named in its own words."""
        if self == NO_HEADING or self._leaves_owner(promise):
            return promise
        if self.owner != ME:
            promise = promise._replace(owner=self.owner)
        if self.is_sure or Doubt.WHO in promise.doubts:
            return promise
        return promise._replace(doubts=(Doubt.WHO, *promise.doubts))

    def _leaves_owner(self, promise: CapturedPromise) -> bool:
        """Return whether the words of a promise say more of its owner than the heading."""
        if promise.names_owner:
            return True
        if promise.owner == ME:
            return False
        # “Sends the rota” only seems to be the other's.
        return self.owner == ME or not lacks_subject(promise.what)


NO_HEADING = ListHeading()
_UNSURE = ListHeading(is_sure=False)


class _OpenHeading:
    """A heading, and the lines that it holds: those of a bullet are set in below it."""

    def __init__(
        self, heading: ListHeading, marks: LineMarks, *, is_flat: bool
    ) -> None:
        self.heading = heading
        self._indent = marks.indent if marks.is_listed else -1
        self._may_be_flat = is_flat
        self._is_flat = False

    def holds_bullet(self, indent: int) -> bool:
        """Return whether a bullet so far in belongs to it; the first one says how far that is."""
        if self._may_be_flat:
            self._may_be_flat = False
            self._is_flat = indent == self._indent
        return indent > self._indent or (self._is_flat and indent == self._indent)


class OpenHeadings:
    """The headings that hold the next line, the outermost first."""

    def __init__(self) -> None:
        """Begin without any."""
        self._headings: list[_OpenHeading] = []

    def take_bullet(self, marks: LineMarks) -> None:
        """Leave the headings that a bullet is no longer set in below."""
        while self._headings and not self._headings[-1].holds_bullet(marks.indent):
            self._headings.pop()

    def take_heading(self, marks: LineMarks, names: OwnerNames) -> None:
        """Take a line that is no promise for what it says of those below it."""
        heading = read_list_heading(marks, names)
        if heading is None:
            return
        if not marks.is_listed:
            self.clear()
        # “- Kim” may be a word like any other, unless something is set in below it.
        is_flat = marks.is_listed and heading.owner != ME
        self._headings.append(_OpenHeading(heading, marks, is_flat=is_flat))

    def take_promise(self, promise: CapturedPromise, marks: LineMarks) -> None:
        """Take a promise: what is set in below somebody's is likely to be theirs."""
        if marks.is_listed and promise.owner != ME:
            heading = ListHeading(promise.owner, is_sure=False)
            self._headings.append(_OpenHeading(heading, marks, is_flat=False))

    def clear(self) -> None:
        """Leave all of them."""
        self._headings.clear()

    def get_innermost(self) -> ListHeading:
        """Return the heading that is nearest to the next line."""
        return self._headings[-1].heading if self._headings else NO_HEADING


def read_list_heading(marks: LineMarks, names: OwnerNames) -> ListHeading | None:
    """Return what a line says of the list below it; None for a bullet, which says nothing.

    Only `me:` is certain: below `Priya:` her promises may stand, or how she is. Somebody unknown,
    and a list of what was or may be, leaves open whose they are.
    """
    heading = None
    if marks.words and len(marks.words) <= _LONGEST_HEADING:
        is_marked = _is_marked_heading(marks.words)
        heading = _read_owner(marks.words, names, is_marked=is_marked)
        heading = heading or _read_other_list(marks.words, names, is_marked=is_marked)
    if heading is None:
        return None if marks.is_listed else NO_HEADING
    return heading


def _is_marked_heading(words: str) -> bool:
    is_label = words.rstrip("*_ ").endswith((":", "："))
    return is_label or words.startswith(("#", *_EMPHASIS))


def _read_owner(
    words: str, names: OwnerNames, *, is_marked: bool
) -> ListHeading | None:
    """Return the heading of somebody's list: `Priya:`, `Actions - Priya`, `She'll:`."""
    owner = read_label_owner(words, names) if is_marked else names.find_owner(words)
    if owner is None:
        rest = _leave_out_common_words(words)
        if rest and _MINE.issuperset(map(fold_text, rest)):
            return ListHeading(ME)
        name = " ".join(rest)
        owner = names.find_owner(_OTHERS.get(fold_text(name), name))
    return None if owner is None else ListHeading(owner, is_sure=owner == ME)


def _read_other_list(
    words: str, names: OwnerNames, *, is_marked: bool
) -> ListHeading | None:
    """Return the heading of a list that is not certain to be mine; None for any other line."""
    all_words = [fold_text(word) for word in _WORD.findall(words)]
    if _is_refusal(all_words):
        return ListHeading(is_sure=False, is_refusal=True)
    if is_marked and _may_be_no_promises(words, all_words, names):
        return _UNSURE
    if not is_marked and _is_idle_alone(all_words):
        return _UNSURE
    is_name = is_marked or looks_like_name(words)
    return _UNSURE if is_name and _may_name_someone(words) else None


def _may_be_no_promises(words: str, all_words: list[str], names: OwnerNames) -> bool:
    """Return whether a list below a marked heading may have something other than my promises."""
    if is_denial(words) or not _IDLE.isdisjoint(all_words):
        return True
    return mentions_someone(words.strip("*_# "), names)


def _is_refusal(all_words: list[str]) -> bool:
    """Return whether words are `not doing` and nothing else."""
    is_no = bool(all_words) and all_words[0] in _REFUSALS
    return is_no and _REFUSED.issuperset(all_words[1:])


def _is_idle_alone(all_words: list[str]) -> bool:
    """Return whether a line without a colon can be nothing but a heading such as `Ideas`."""
    is_idle = not _IDLE.isdisjoint(all_words)
    return is_idle and (_IDLE | _NO_OWNER).issuperset(all_words)


def _may_name_someone(words: str) -> bool:
    """Return whether a heading may have the name of somebody who is not in the journal."""
    rest = _leave_out_common_words(words)
    if not 1 <= len(rest) <= _MOST_NAME_WORDS:
        return False
    if not (TOPICS | _PREPOSITIONS).isdisjoint(map(fold_text, rest)):
        return False
    return len(rest) == 1 or all(word[0].isupper() for word in rest)


def _leave_out_common_words(words: str) -> Sequence[str]:
    """Return the words of a heading without those that may stand above any list."""
    rest = [_ENDINGS.sub("", word.strip(".-_")) for word in _WORD.findall(words)]
    return [word for word in rest if word and fold_text(word) not in _NO_OWNER]
