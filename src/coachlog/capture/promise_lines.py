"""One line of notes: a promise, a note to oneself, a bullet, or plain text."""

from datetime import date
from enum import StrEnum

from coachlog.capture.action_items import announces_deed
from coachlog.capture.folded_words import split_first_words
from coachlog.capture.line_marks import (
    LineMarks,
    read_line_marks,
    take_inner_private_mark,
)
from coachlog.capture.negations import (
    is_denial,
    is_nothing,
    is_status,
    promises_nothing,
)
from coachlog.capture.owner_hints import NO_NAMES, looks_like_name, names_second_owner
from coachlog.capture.owner_labels import COLON
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.owner_subjects import OwnerReading
from coachlog.capture.promise_owners import read_promise_owner
from coachlog.capture.tails import PromiseEnd, read_promise_end
from coachlog.capture.values import ME, CapturedPromise, Doubt
from coachlog.capture.words import (
    begins_in_past,
    begins_with_command,
    begins_with_task,
    is_question,
    is_quotation,
    is_statement,
    split_table,
    tells_of_past,
)
from coachlog.named_tuples import NamedTuple
from coachlog.text import clean_line

_OTHER_SPEAKERS = split_table("she he they we you she'll he'll they'll we'll")
"""Words after `me:` that name another owner."""


class OtherSense(StrEnum):
    """What words say that do not read like a promise."""

    NOTHING = "nothing"
    DENIAL = "denial"
    QUESTION = "question"
    STATEMENT = "statement"


class LineReading(NamedTuple):
    """What a line is: a promise, or only its marks."""

    marks: LineMarks
    promise: CapturedPromise | None = None


class _PromiseParts(NamedTuple):
    marks: LineMarks
    owner: OwnerReading
    end: PromiseEnd
    has_second_owner: bool

    def is_exact(self) -> bool:
        """Return whether the words name their owner, and are marked as whole."""
        return self.end.is_exact and self.owner.names_owner()


def read_notes_line(line: str, names: OwnerNames, held_on: date) -> LineReading:
    """Return the promise that a line is, or only its marks where it is none."""
    marks = read_line_marks(line)
    if not _may_be_promise(marks):
        return LineReading(marks)
    parts = _split_promise(marks, names, held_on)
    if not _is_promise(parts):
        # With its own words, but private if what stands behind the name is.
        return LineReading(marks._replace(is_private=parts.marks.is_private))
    return LineReading(parts.marks, _build_promise(parts))


def may_be_meant(marks: LineMarks, names: OwnerNames, held_on: date) -> bool:
    """Return whether a line that stays text could still be a promise, and so is offered.

    A bullet always could; words without a mark only if they name an owner and a date, or if a
    sentence of theirs begins with who will do what. A private bullet is mostly a note, and so needs
    an owner, a day, or a verb that says what to do.
    """
    if not marks.words:
        return False
    if marks.is_listed:
        return not marks.is_private or _is_private_task(marks, names, held_on)
    parts = _split_promise(marks, names, held_on)
    if marks.has_lead:
        return not promises_nothing(parts.end.words)
    if not _is_spoken(parts.owner) and announces_deed(marks.words, names):
        return True
    return _has_owner_and_date(parts)


def _has_owner_and_date(parts: _PromiseParts) -> bool:
    if parts.end.due is None or not parts.owner.suggests_owner():
        return False
    return not _is_talk(parts.owner, parts.end)


def _is_private_task(marks: LineMarks, names: OwnerNames, held_on: date) -> bool:
    """Return whether a private bullet has an owner, a day, or a verb that says what to do."""
    _, owner, end, _ = _split_promise(marks, names, held_on)
    if owner.names_owner() or owner.has_clause or _is_command(marks.words):
        return True
    return end.due is not None or not end.is_sure


def read_promise_words(words: str, names: OwnerNames, held_on: date) -> CapturedPromise:
    """Return the promise that words are, whatever they look like."""
    marks = read_line_marks(clean_line(words))
    if not marks.words:
        marks = LineMarks(clean_line(words))
    return _build_promise(_split_promise(marks, names, held_on))


def find_other_sense(words: str, names: OwnerNames, held_on: date) -> OtherSense | None:
    """Return what words say instead of what will be done; None where they may be a promise."""
    marks = read_line_marks(clean_line(words))
    parts = _split_promise(marks, names, held_on)
    if parts.is_exact():
        return None
    _, owner, end, _ = parts
    if is_nothing(end.words):
        return OtherSense.NOTHING
    if is_denial(end.words):
        return OtherSense.DENIAL
    if is_question(owner.words):
        return OtherSense.QUESTION
    # What is done and ticked off is told in the past.
    if _is_talk(owner, end) and not marks.is_ticked:
        return OtherSense.STATEMENT
    return None


def _may_be_promise(marks: LineMarks) -> bool:
    """Return whether it is worth a closer look: without a mark, only before a colon."""
    if not marks.words or marks.is_set_aside:
        return False
    if marks.is_listed or marks.makes_promise():
        return True
    return marks.words[0].isalnum() and COLON.search(marks.words) is not None


def _split_promise(marks: LineMarks, names: OwnerNames, held_on: date) -> _PromiseParts:
    owner = read_promise_owner(marks.words, names)
    if owner.words != marks.words:
        inner_marks = take_inner_private_mark(marks._replace(words=owner.words))
        marks = marks._replace(is_private=inner_marks.is_private)
        owner = owner._replace(words=inner_marks.words)
    end = read_promise_end(owner.words, held_on)
    if not owner.names_owner() and end.words != owner.words:
        # Without its date it is only now seen that a line ends with `(Priya)` or `by Priya`.
        is_sure = read_promise_owner(end.words, names).is_sure
        if not end.is_kept:
            is_sure = is_sure and owner.is_sure
        owner = owner._replace(is_sure=is_sure)
    owner, end = _take_name_in_bracket(owner, end, names)
    return _PromiseParts(marks, owner, end, names_second_owner(end.words, names))


def _take_name_in_bracket(
    owner: OwnerReading, end: PromiseEnd, names: OwnerNames
) -> tuple[OwnerReading, PromiseEnd]:
    """Return the owner and the end, the last bracket taken for a name where it may be one.

    Only `(me)` is certain. Somebody unknown, or a second owner, stays in the words.
    """
    name = end.done_when
    if name is None or end.is_kept or end.is_exact:
        return owner, end
    bracket_owner = names.find_owner(name)
    if bracket_owner is not None and not owner.names_owner():
        is_sure = bracket_owner == ME
        owner = owner._replace(owner=bracket_owner, is_sure=is_sure)
        return owner, end._replace(done_when=None)
    if name.casefold() in NO_NAMES:
        return owner, end.keep_bracket()
    if bracket_owner is None and not looks_like_name(name):
        return owner, end
    return owner._replace(is_sure=False), end.keep_bracket()


def _is_promise(parts: _PromiseParts) -> bool:
    marks, owner, end, _ = parts
    if marks.is_listed and parts.is_exact():
        return True
    if promises_nothing(end.words):
        return False
    if marks.makes_promise():
        return not _is_over(parts)
    if _is_talk(owner, end):
        return False
    if marks.is_listed:
        return owner.names_owner() or _has_date_of_its_own(end)
    return owner.is_label and _is_task(owner, end)


def _is_over(parts: _PromiseParts) -> bool:
    """Return whether words behind `TODO` tell what was done, with no day by which it is to be."""
    marks, owner, end, _ = parts
    if marks.has_box or not marks.has_lead:
        return False
    if end.has_plain_date() and not end.is_today:
        return False
    if end.is_exact or owner.has_clause:
        return False
    return tells_of_past(end.words)


def _is_task(owner: OwnerReading, end: PromiseEnd) -> bool:
    """Return whether words after a colon, without a mark before it, say what to do."""
    if owner.has_link or end.has_plain_date() or begins_with_task(end.words):
        return True
    # “me: cover saturday” has a day, if no date.
    is_dated = not end.is_sure and _is_command(end.words)
    return is_dated and split_first_words(end.words).second not in _OTHER_SPEAKERS


def _is_talk(owner: OwnerReading, end: PromiseEnd) -> bool:
    """Return whether words tell or ask something, or quote what was said."""
    if _is_spoken(owner):
        return True
    if owner.has_clause:
        return False
    if is_denial(end.words) or is_status(end.words):
        return True
    return not owner.has_link and _tells_something(owner, end)


def _is_spoken(owner: OwnerReading) -> bool:
    """Return whether words ask something, or quote what was said."""
    return is_question(owner.words) or is_quotation(owner.words)


def _tells_something(owner: OwnerReading, end: PromiseEnd) -> bool:
    """Return whether words that name no owner by `to` or `will` say how it is or was."""
    if owner.is_likely():
        return (end.is_loose or owner.may_tell) and is_statement(end.words)
    if owner.is_label and split_first_words(owner.words).first == "i":
        return True
    return is_statement(end.words)


def _has_date_of_its_own(end: PromiseEnd) -> bool:
    """Return whether a date makes a promise of words in a list that name nobody.

    `Tired today` is not a promise: a note on today is mostly about the conversation.
    """
    if end.due is None:
        return False
    if end.is_bare and not (end.is_timed and _is_command(end.words)):
        return False
    is_today_alone = end.is_today and not _is_command(end.words)
    return not is_today_alone


def _is_command(words: str) -> bool:
    """Return whether words begin with what to do, and go on with to what."""
    return begins_with_command(words) and " " in words


def _build_promise(parts: _PromiseParts) -> CapturedPromise:
    marks, owner, end, _ = parts
    return CapturedPromise(
        what=end.words,
        owner=owner.owner,
        due=end.due,
        done_when=end.done_when,
        is_private=marks.is_private,
        is_done=marks.is_ticked,
        doubts=tuple(_list_doubts(parts)),
        names_owner=owner.names_owner(),
    )


def _list_doubts(parts: _PromiseParts) -> list[Doubt]:
    marks, owner, end, has_second_owner = parts
    doubts: list[Doubt] = []
    if parts.is_exact():
        return doubts
    is_unsure = has_second_owner or marks.is_set_aside or _may_be_over(parts)
    if is_unsure or not _is_sure_of_owner(owner, end):
        doubts.append(Doubt.WHO)
    if not end.is_sure:
        doubts.append(Doubt.WHEN)
    return doubts


def _may_be_over(parts: _PromiseParts) -> bool:
    """Return whether words behind `TODO` or an open box may tell what was done."""
    marks, owner, end, _ = parts
    if marks.is_ticked or not marks.makes_promise() or owner.has_link:
        return False
    return begins_in_past(end.words)


def _is_sure_of_owner(owner: OwnerReading, end: PromiseEnd) -> bool:
    if not owner.names_owner():
        # “Interview on fri” need not be anybody's to do.
        is_event = end.is_loose and not _is_command(end.words)
        return owner.is_sure and not is_event
    if not owner.is_sure or is_denial(end.words):
        return False
    # “me: she will send it” names two people.
    names_another = split_first_words(owner.words).first in _OTHER_SPEAKERS
    return not owner.is_label or not names_another
