"""A promise typed in one go on the command line: whose plan it is for, and what its words say."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.bullets import strip_bullets
from coachlog.errors import InvalidInput, NotFound
from coachlog.model.people import Person
from coachlog.named_tuples import NamedTuple
from coachlog.names.matching import find_leading_name, match_by_name
from coachlog.services.desk import Desk, is_own_plan
from coachlog.services.inputs import read_option_text
from coachlog.services.promise_options import PlanPromise
from coachlog.store.reading import person_queries
from coachlog.text import clean_line, fold_text, shorten_text, split_words

if TYPE_CHECKING:
    # The grammar is loaded once there are words to read.
    from coachlog.capture import CaptureContext, CapturedPromise

_STDIN = "-"
_ME = ("i", "i'll")
_LINKS = ("to", "will")
_SENSE_WORDS = {
    "denial": "says what will not be done",
    "question": "is a question",
    "statement": "reads like something that is or was so",
}
_OWN_PLAN_HINT = "For a promise of your own: coachlog action add me WORDS"


class PlanWords(NamedTuple):
    """Whose plan words are for, None for the owner's own, and the promise; '' where it is missing.

    The promise is as it was typed, `-` for standard input.
    """

    name: str | None
    promise: str = ""


def split_plan_words(desk: Desk, arguments: Sequence[str]) -> PlanWords:
    """Return whose plan the arguments of a command name, and the promise after the name.

    An argument with blanks begins the promise, unless it is a name. Where no argument has any, the
    name is as many of the first words as name one person. Raises NotFound for words that begin with
    neither a name nor what is to be done, and InvalidInput where the first word may be either.
    """
    arguments = [clean_line(argument) for argument in arguments]
    if not arguments:
        return PlanWords(None)
    if arguments[-1] == _STDIN:
        return PlanWords(" ".join(arguments[:-1]) or None, _STDIN)
    people = _load_people(desk)
    plan_words = _split_quoted_words(people, arguments)
    if plan_words is not None:
        return plan_words
    return _split_plain_words(people, " ".join(arguments).split(" "))


def _split_quoted_words(
    people: Sequence[Person], arguments: Sequence[str]
) -> PlanWords | None:
    """Return the plan and the promise where an argument with blanks, or the end, parts them."""
    for place in range(len(arguments), 0, -1):
        name = " ".join(arguments[:place])
        rest = arguments[place:]
        is_parted = not rest or " " in rest[0]
        if is_parted and (is_own_plan(name) or match_by_name(people, name)):
            return PlanWords(name, " ".join(rest))
    return None


def _load_people(desk: Desk) -> list[Person]:
    if not desk.journal.exists():
        return []
    with desk.read() as db:
        return person_queries.read_people(db, include_archived=True)


def _split_plain_words(people: Sequence[Person], words: Sequence[str]) -> PlanWords:
    """Return the plan and the promise of words of which nobody said where the name ends."""
    from coachlog.capture.words import begins_with_command

    first = fold_text(words[0].rstrip(":"))
    rest = " ".join(words[1:])
    if not rest:
        return PlanWords(words[0])
    if first == "me":
        return PlanWords(None, rest)
    line = " ".join(words)
    is_command = begins_with_command(line)
    match = None if first in _ME else find_leading_name(people, words)
    if match is not None and not (is_command and not _is_name_word(match[0], first)):
        return _split_after_name(*match, words, is_command=is_command)
    if is_command or first in _ME:
        return PlanWords(None, line)
    if match_by_name(people, words[0]):
        # It names several people: whoever looks the name up says so.
        return PlanWords(words[0], rest)
    raise NotFound(
        f"There is nobody by the name of “{shorten_text(words[0], 40)}” in your journal. "
        "Nothing was added.",
        _OWN_PLAN_HINT,
    )


def _split_after_name(
    person: Person, count: int, words: Sequence[str], *, is_command: bool
) -> PlanWords:
    """Return the plan and the promise of words that begin with a name of so many words.

    Raises InvalidInput for one that is also a verb, unless what follows says what is to be done.
    """
    if is_command and not _begins_promise(words[count:]):
        raise _build_either_error(person, words)
    return PlanWords(person.slug, _find_promise(words, count))


def _is_name_word(person: Person, word: str) -> bool:
    """Return whether a word is a whole word of a name, or the handle."""
    return word in (*split_words(person.name), person.slug, *person.other_handles)


def _begins_promise(words: Sequence[str]) -> bool:
    """Return whether words after a name say what is to be done."""
    from coachlog.capture.folded_words import split_first_words
    from coachlog.capture.words import begins_with_command

    text = " ".join(words)
    is_subject = split_first_words(text).first in (*_ME, *_LINKS)
    return is_subject or begins_with_command(text)


def _find_promise(words: Sequence[str], count: int) -> str:
    """Return the promise after a name, or from the name on where that says whose it is.

    `Priya: ...`, `Priya to ...` and `Priya will ...` are Priya's.
    """
    rest = words[count:]
    has_colon = words[count - 1][-1] == ":"
    names_owner = has_colon or (bool(rest) and fold_text(rest[0]) in _LINKS)
    return " ".join(words if names_owner else rest)


def _build_either_error(person: Person, words: Sequence[str]) -> InvalidInput:
    rest = shorten_text(" ".join(words[1:]), 40)
    return InvalidInput(
        f"“{shorten_text(words[0], 40)}” can be {person.name} or the first word of the promise. "
        "Nothing was added.",
        f'coachlog action add {person.slug} "{rest}", or: coachlog action add me "{words[0]} ..."',
    )


def read_plan_promise(
    desk: Desk, person: Person | None, words: str, made_on: date
) -> PlanPromise | None:
    """Return what the words of a promise say; None where there are none, in standard input either.

    `person` is whose plan it is for, and dates count from the day it was made. Raises InvalidInput
    for words that promise nothing, such as `none`, or that set a tag.
    """
    if not words:
        return None
    from coachlog.capture import read_promise

    text = read_option_text(words, one_line=False)
    if text is None:
        return None
    context = _load_plan_context(desk, person, made_on)
    _refuse_no_promise(text, context)
    promise = read_promise(text, context)
    remarks = (*_list_sense_remarks(text, context), *_list_word_remarks(text, promise))
    return PlanPromise(promise._replace(is_done=False), remarks)


def read_option_promise(
    desk: Desk, person: Person | None, words: str | None, made_on: date
) -> PlanPromise | None:
    """Return what the words of --what say, whether or not they read like a promise.

    None where there are none, in standard input either. Words that name nobody leave open whose it
    is in somebody else's plan.
    """
    text = read_option_text(words)
    if text is None or not strip_bullets(text):
        return None
    promise = read_asked_promise(desk, person, made_on, text)
    remarks = tuple(_list_word_remarks(text, promise))
    return PlanPromise(
        promise._replace(is_done=False),
        remarks,
        needs_owner=person is not None,
        is_read=promise.what != strip_bullets(text),
    )


def read_asked_promise(
    desk: Desk, person: Person | None, made_on: date, words: str
) -> "CapturedPromise":
    """Return what words that were asked for say."""
    from coachlog.capture import read_promise

    return read_promise(words, _load_plan_context(desk, person, made_on))


def _load_plan_context(
    desk: Desk, person: Person | None, made_on: date
) -> "CaptureContext":
    """Return who can be meant in a promise for somebody's plan; dates count from `made_on`."""
    from coachlog.capture import CaptureContext

    others = () if person is None else (person,)
    if not desk.journal.exists():
        return CaptureContext(made_on, others)
    with desk.read() as db:
        people = person_queries.read_people(db, include_archived=True)
        my_name = person_queries.read_owner_name(db)
    known = [other for other in people if other not in others]
    return CaptureContext(made_on, others, known, my_name=my_name)


def _refuse_no_promise(text: str, context: "CaptureContext") -> None:
    from coachlog.capture import OtherSense, find_sense, is_setting

    hint = "To record the words all the same: coachlog action add NAME --what TEXT"
    quote = f"“{shorten_text(clean_line(text), 40)}”"
    if find_sense(text, context) is OtherSense.NOTHING:
        raise InvalidInput(f"{quote} is nothing to do. Nothing was added.", hint)
    if is_setting(text, context):
        raise InvalidInput(
            f"{quote} is a tag, a time or a day, not a promise. Nothing was added.",
            hint,
        )


def _list_sense_remarks(text: str, context: "CaptureContext") -> Iterator[str]:
    """Yield a remark on words that do not read like a promise."""
    from coachlog.capture import find_sense

    sense = find_sense(text, context)
    if sense is not None:
        yield f"Promise {{id}} {_SENSE_WORDS[sense.value]}. To drop it: coachlog action drop {{id}}"


def _list_word_remarks(text: str, promise: "CapturedPromise") -> Iterator[str]:
    """Yield a remark on each thing that was understood in another way than it may be meant."""
    if promise.is_done:
        yield (
            "Promise {id} has a tick, but it was added as open. If it is done: "
            "coachlog action done {id}"
        )
    if len([line for line in text.splitlines() if line.strip()]) > 1:
        yield "Promise {id} has all the lines, as one promise."


def list_typed_doubts(
    promise: "CapturedPromise", id: int, *, has_owner: bool, has_due: bool
) -> tuple[str, ...]:
    """Return a remark on each thing in doubt that no option settled, with what mends it."""
    from coachlog.capture import UNCLEAR_WORDS, Doubt

    remarks = []
    if Doubt.WHO in promise.doubts and not has_owner:
        owner = promise.owner
        whose = "yours" if isinstance(owner, str) else f"{owner.name}’s"
        remarks.append(
            f"Promise {id}: it is {UNCLEAR_WORDS} whose it is. It was taken for {whose}; "
            f"if it is not: coachlog action edit {id} --owner WHO"
        )
    if Doubt.WHEN in promise.doubts and not has_due:
        remarks.append(
            f"Promise {id}: it is {UNCLEAR_WORDS} by when. To change it: "
            f"coachlog action move {id} --to DATE"
        )
    return tuple(remarks)
