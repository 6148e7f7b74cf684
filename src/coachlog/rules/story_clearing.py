"""Names, days and numbers in a line of a story, and the line without them.

A story goes to people who may have the figures as well, so that it shares none of their values; and
whom it is about is for the owner to say, so that names are offered, in all spellings that the
journal lets one expect.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, StrEnum
from itertools import pairwise

from coachlog.named_tuples import NamedTuple
from coachlog.names.nicknames import WORD_NAMES, list_name_family
from coachlog.names.spelling import NAME_PARTICLES, join_inner_parts, split_name
from coachlog.text import NAME_TITLES, fold_text, split_words


class NameKind(StrEnum):
    """What a name is of; the value stands in its place."""

    PERSON = "a colleague"
    TEAM = "a team"
    SET = "a set"
    PROGRAMME = "the programme"
    PLACE = "a place"
    WORKSHOP = "a workshop"


class KnownName(NamedTuple):
    """A name that the journal knows."""

    name: str
    kind: NameKind = NameKind.PERSON


class StoryFind(NamedTuple):
    """Words of a line that may give somebody away, and what can stand in their place.

    They are in the line from `start` to `end`. With `is_value`, figures may hold them as well.
    """

    start: int
    end: int
    stand_in: str
    is_value: bool = False


class _Word(NamedTuple):
    """A word of a line with its place, as typed and folded."""

    start: int
    end: int
    typed: str
    folded: str

    @property
    def has_capital(self) -> bool:
        return self.typed[:1] != self.typed[:1].lower()


class _PersonName(NamedTuple):
    """What may stand for somebody: words of their name, short forms of the first, initials."""

    words: frozenset[str]
    family: frozenset[str]
    first_word: str
    initials: str


class _WordRole(Enum):
    """What a word can be of a name: all of it, a part, a small word within, or an initial."""

    WHOLE = 1
    PART = 2
    JOINING = 3
    INITIAL = 4


_WORD = r"(?:[^\W_]|[\u0300-\u036f\u200c\u200d])+"
_NAME_GAP = r"[ .\u2019'-]{1,2}"
"""What may stand between two words of a name."""
_LONGEST_PHRASE_GAP = 3
_VALUE_KINDS = (NameKind.PROGRAMME, NameKind.PLACE, NameKind.WORKSHOP)
"""Names that stand beside figures."""
_FEWEST_LETTERS = 3
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_ADDRESS = r"[^\s@]+@[^\s@]+\w|(?:https?|file)://\S+"
_DAY = (
    r"\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?:,? \d{{4}})?"
    rf"|\b(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
)
_MONTH = rf"\b(?:{_MONTHS}) \d{{4}}"
_MONEY = r"[£$€] ?\d[\d.,]*\w*"
_NUMBER = r"\w*\d(?:[\w.,:/%-]*[\w%])?"
_VALUE = (
    rf"(?i)(?P<address>{_ADDRESS})|(?P<month>{_MONTH})|(?P<day>{_DAY})"
    rf"|(?P<money>{_MONEY})|(?P<number>{_NUMBER})"
)
_VALUE_STAND_INS = {
    "address": "an address",
    "day": "one day",
    "month": "one month",
    "money": "some money",
    "number": "some",
}
_ORDINARY_WORDS_LINES = (
    "all and another any are asked because been before both but came can could did each",
    "even every for from gave had has have her here hers him his how into its just last",
    "let made many more most much new next nobody none not now one only other our out",
    "over own said saw she since some still such take than that the their them then there",
    "these they this those though through told too until very was were what when where",
    "which while who whole why with would yes yet you your",
)
_ORDINARY_WORDS = frozenset(
    word for line in _ORDINARY_WORDS_LINES for word in line.split()
)
"""Words that begin sentences: with a capital, they are no other spelling of a name."""


def find_story_values(line: str) -> list[StoryFind]:
    """Return the days, numbers and addresses in a line, in their order."""
    finds = []
    for match in re.finditer(_VALUE, line):
        kind = match.lastgroup or ""
        finds.append(StoryFind(*match.span(), _VALUE_STAND_INS[kind], is_value=True))
    return finds


def find_story_names(line: str, known_names: Iterable[KnownName]) -> list[StoryFind]:
    """Return where a line names what the journal knows, in their order.

    A person is found by any word of the name, whatever its case and accents, by a short form, by
    initials, and by a word that differs in one letter; anything else by its whole name alone. What
    is of a programme counts as a value.
    """
    words = [
        _Word(match.start(), match.end(), match[0], fold_text(match[0]))
        for match in re.finditer(_WORD, line)
    ]
    people = []
    finds = []
    for known in known_names:
        if known.kind is NameKind.PERSON:
            people += list(_build_person_names(known.name))
        else:
            finds += list(_find_phrase(words, known))
    finds += list(_list_people_finds(line, words, people))
    return finds


def find_in_story(line: str, known_names: Iterable[KnownName]) -> list[StoryFind]:
    """Return all that a line has of names and values, none within another, in their order."""
    finds = [*find_story_names(line, known_names), *find_story_values(line)]
    longest_first = sorted(finds, key=lambda find: find.start - find.end)
    kept_finds: list[StoryFind] = []
    for find in longest_first:
        if all(find.end <= kept.start or kept.end <= find.start for kept in kept_finds):
            kept_finds.append(find)
    return sorted(kept_finds)


def clear_line(line: str, finds: Sequence[StoryFind]) -> str:
    """Return a line with what stands in for each find in its place."""
    parts = []
    end = 0
    for find in finds:
        before = line[end : find.start]
        parts.append(before)
        stand_in = find.stand_in
        if re.search(r"(?:^|[.!?:] )\W*$", line[: find.start]):
            stand_in = stand_in[0].upper() + stand_in[1:]
        parts.append(stand_in)
        end = find.end
    return "".join([*parts, line[end:]])


def _build_person_names(name: str) -> Iterator[_PersonName]:
    """Yield what may stand for somebody; what is in brackets is no part of a name."""
    bare_name = name.partition("(")[0]
    words = split_name(bare_name)
    if not words:
        return
    # O'Brien is `o` and `brien`, or else `obrien`; Priya Shah may be typed as one word.
    joined_words = [
        word for word in join_inner_parts(bare_name) if word not in NAME_TITLES
    ]
    whole_name = ["".join(words)] if len(words) > 1 else []
    yield _PersonName(
        frozenset([*words, *joined_words, *whole_name]),
        list_name_family(words[0]),
        words[0],
        "".join(word[0] for word in words),
    )


def _find_phrase(words: Sequence[_Word], known: KnownName) -> Iterator[StoryFind]:
    """Yield where all words of a name stand one after the other; `Ward 7` is `ward-7`, too."""
    phrase = split_words(known.name)
    is_value = known.kind in _VALUE_KINDS
    for place in range(len(words) - len(phrase) + 1 if phrase else 0):
        run = words[place : place + len(phrase)]
        is_close = all(
            right.start - left.end <= _LONGEST_PHRASE_GAP
            for left, right in pairwise(run)
        )
        if is_close and [word.folded for word in run] == phrase:
            yield StoryFind(run[0].start, run[-1].end, known.kind.value, is_value)


def _list_people_finds(
    line: str, words: Sequence[_Word], people: Sequence[_PersonName]
) -> Iterator[StoryFind]:
    """Yield where a line names somebody; neighbouring words of one name are one find."""
    place = 0
    while place < len(words):
        length = max(
            (_measure_name(line, words[place:], person) for person in people),
            default=0,
        )
        if length:
            start, end = words[place].start, words[place + length - 1].end
            start = _include_title(line, words[:place], start)
            is_initial = _is_initial(line, words[place + length - 1])
            if is_initial and line[end : end + 1] == ".":
                end += 1
            yield StoryFind(start, end, NameKind.PERSON.value)
        place += length or 1


def _include_title(line: str, words_before: Sequence[_Word], start: int) -> int:
    """Return where a name begins, with the title before it: `Dr. Marsh`."""
    if not words_before or words_before[-1].folded not in NAME_TITLES:
        return start
    title = words_before[-1]
    return title.start if re.fullmatch(_NAME_GAP, line[title.end : start]) else start


def _measure_name(line: str, words: Sequence[_Word], person: _PersonName) -> int:
    """Return how many of the first words are somebody's name; 0 if these do not name them."""
    length = 0
    initials = ""
    for count, word in enumerate(_list_close_words(line, words), start=1):
        role = _judge_word(line, word, person)
        if role is None:
            break
        if role is _WordRole.INITIAL:
            initials += word.folded
            follows_name = length > 0 and length == count - 1
            if not _completes_name(initials, person, follows_name=follows_name):
                continue
        # In small letters, words of a name mean somebody where they stand together.
        if role is _WordRole.JOINING or (role is _WordRole.PART and count == 1):
            continue
        length = count
    return length


def _list_close_words(line: str, words: Sequence[_Word]) -> Iterator[_Word]:
    """Yield words as long as nothing stands between them that parts two names."""
    yield words[0]
    for left, right in pairwise(words):
        if not re.fullmatch(_NAME_GAP, line[left.end : right.start]):
            return
        yield right


def _judge_word(line: str, word: _Word, person: _PersonName) -> _WordRole | None:
    """Return what a word is of somebody's name; None for nothing."""
    if _can_be_own_word(word, person) or _is_spelt_alike(word, person):
        return _WordRole.WHOLE
    if _is_initial(line, word):
        return _WordRole.INITIAL
    if word.folded not in person.words:
        return None
    is_small = word.folded in NAME_PARTICLES or len(word.folded) < 2
    return _WordRole.JOINING if is_small else _WordRole.PART


def _completes_name(initials: str, person: _PersonName, *, follows_name: bool) -> bool:
    """Return whether initials are all of somebody's, or the last one does: `Priya S.`."""
    if len(initials) > 1 and initials == person.initials:
        return True
    return follows_name and initials[-1] in person.initials[1:]


def _is_initial(line: str, word: _Word) -> bool:
    """Return whether a word is one capital letter; `I` and `A` are words without a full stop."""
    if len(word.typed) != 1 or not word.has_capital:
        return False
    return word.typed not in "IA" or line[word.end : word.end + 1] == "."


def _can_be_own_word(word: _Word, person: _PersonName) -> bool:
    """Return whether a word is one of somebody's name, or a form of the first, and means them."""
    folded = word.folded
    if folded.isascii() and (folded in NAME_PARTICLES or len(folded) < 2):
        return False
    singular = folded.removesuffix("s")
    if {folded, singular}.isdisjoint(person.words | person.family):
        return False
    return word.has_capital or not _is_ordinary(word)


def _is_ordinary(word: _Word) -> bool:
    """Return whether a word in small letters is more likely a word than a name."""
    if word.typed.lower() == word.typed.upper():
        return False  # a script without capitals
    return word.folded in WORD_NAMES or len(word.folded) < _FEWEST_LETTERS


def _is_spelt_alike(word: _Word, person: _PersonName) -> bool:
    """Return whether a word with a capital is somebody's initials, or nearly a word of the name."""
    if len(word.folded) > 1 and word.typed.isupper() and word.folded == person.initials:
        return True
    if not word.has_capital or word.folded in _ORDINARY_WORDS:
        return False
    if _is_short_form(word.folded, person.first_word):
        return True
    return any(is_near_spelling(word.folded, name) for name in person.words)


def _is_short_form(word: str, first_name: str) -> bool:
    """Return whether a word is how a first name begins, with `y` or `ie` or without."""
    for ending in ("", "y", "ie"):
        stem = word.removesuffix(ending)
        if len(stem) > _FEWEST_LETTERS and stem[-1] == stem[-2]:
            stem = stem[:-1]
        is_stem = len(stem) >= _FEWEST_LETTERS and word.endswith(ending)
        if is_stem and first_name.startswith(stem):
            return True
    return False


def is_near_spelling(word: str, name: str) -> bool:
    """Return whether two folded words begin alike and differ in one letter, or in two swapped.

    Of three letters, a name is only near to one with a letter more: Zoe is Zoey, but not Zac.
    """
    shorter, longer = sorted((word, name), key=len)
    if word[:1] != name[:1] or len(shorter) < _FEWEST_LETTERS:
        return False
    if len(shorter) == len(longer):
        return len(word) > _FEWEST_LETTERS and _differs_in_one_place(word, name)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _differs_in_one_place(word: str, name: str) -> bool:
    """Return whether words of the same length differ in one letter, or two that were swapped."""
    places = [place for place, letter in enumerate(word) if letter != name[place]]
    if len(places) != 2:
        return len(places) == 1
    first, second = places
    is_swap = word[first] == name[second] and word[second] == name[first]
    return second == first + 1 and is_swap
