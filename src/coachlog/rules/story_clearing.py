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
from coachlog.names.spelling import (
    NAME_PARTICLES,
    join_inner_parts,
    split_name,
    strip_titles,
)
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
    initials: frozenset[str]


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
_SENTENCE_START = r"(?:^|[.!?:] )\W*$"
UNKNOWN_NAME = "a name"
"""What stands for a word with a capital that may be a name."""
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_ADDRESS = (
    r"[^\s@]+@[^\s@]+\w|(?:https?|file)://\S+|\bwww\.\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:co|com|eu|gov|io|net|nhs|org|uk)\b(?:/\S*)?"
)
_WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_WEEKDAYS = "(?-i:Tues?|Wed|Thu(?:rs?)?|Fri)"
"""Those in small letters, and the others, are words as well."""
_WEEKDAY = rf"\b(?:{_WEEKDAYS}|{_SHORT_WEEKDAYS})\b"
_DAY = (
    rf"(?:{_WEEKDAY},? (?:the )?)?"
    r"(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?:,? \d{{4}})?"
    rf"|\b(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?)"
    rf"|{_WEEKDAY}"
)
_LONE_MONTHS = (
    "January|February|April|June|July|August|September|October|November|December"
)
_MONTH = (
    rf"\b(?:{_MONTHS}) \d{{4}}|\b(?-i:{_LONE_MONTHS})\b"
    r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\blast )|(?<=\bmid-))(?-i:March|May)\b"
)
"""March and May are words, and May is a name; after these small words they are months."""
_DIGIT = (
    r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff"
    r"\u2776-\u2793]"
)
"""A digit of any script, or a sign for a number: ½, Ⅻ, ②."""
_MONEY = rf"[£$€] ?{_DIGIT}[\d.,]*\w*"
_NUMBER = rf"(?:\b(?-i:[A-Z]+)-)?\w*{_DIGIT}(?:[\w.,:/%-]*[\w%])?"
_PHONE = r"\+?\d(?:[ ()-]{0,2}\d){8,}"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_LARGE_NUMBERS = "dozen|hundred|thousand|million"
_NUMBER_WORDS = (
    rf"\b(?:(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    rf"|{_TEENS}|five|six|seven|eight|nine|(?:(?:an?|one|two|three|four) )?(?:{_LARGE_NUMBERS}))"
    rf"(?: (?:{_LARGE_NUMBERS}))*(?: per ?cent)?\b"
)
"""From five on, as figures are; fewer are of every story."""
_COUNT = rf"(?:{_NUMBER}|{_NUMBER_WORDS})"
_NAMED_PLACE = r"(?:(?<=\bward )|(?<=\broom )|(?<=\bband )|(?<=\bbay )|(?<=\bbed ))"
_VALUE = (
    rf"(?i)(?P<address>{_ADDRESS})|(?P<phone>{_PHONE})"
    rf"|(?:(?<=\bevery )|(?<=\beach ))(?P<weekly>{_WEEKDAY})"
    rf"|\b(?P<weekdays>{_WEEKDAYS}s)\b|(?P<day>{_DAY})|(?P<month>{_MONTH})"
    rf"|(?P<money>{_MONEY})|{_NAMED_PLACE}(?P<place_number>{_COUNT})"
    rf"|(?P<part>{_COUNT} of (?:the )?{_COUNT})"
    rf"|(?P<some>{_COUNT})(?= \w+s\b)(?! (?:is|was|has|as|its|this)\b)|(?P<number>{_COUNT})"
)
_VALUE_STAND_INS = {
    "address": "an address",
    "weekly": "week",
    "weekdays": "some days",
    "day": "one day",
    "month": "one month",
    "money": "some money",
    "phone": "a number",
    "place_number": "X",
    "part": "several",
    "some": "some",
    "number": "a number",
}
_ARTICLE = r"(?i)\b(?:the|an?|my|our|your|his|her|their|this|that) $"
"""What stands in for words after one of these has no article of its own."""
_ORDINARY_WORDS_LINES = (
    "all and another any are asked because been before both but came can could did each",
    "even every for from gave had has have her here hers him his how into its just last",
    "let made many more most much new next nobody none not now one only other our out",
    "over own said saw she since some still such take than that the their them then there",
    "these they this those though through told too until very was were what when where",
    "which while who whole why with would yes yet you your well",
)
_ORDINARY_WORDS = frozenset(
    word for line in _ORDINARY_WORDS_LINES for word in line.split()
)
"""Words that begin sentences: with a capital, they are no other spelling of a name."""


_JOB_TITLES = {
    "sister",
    "matron",
    "nurse",
    "sir",
    "dame",
    "rev",
    "father",
    "consultant",
}
_FIRST_WORDS_LINES = (
    "after again although always as at before by during finally he i if in it later my no",
    "nor on or so sometimes soon this today tomorrow under upon we when whenever yesterday",
)
_FIRST_WORDS = frozenset(word for line in _FIRST_WORDS_LINES for word in line.split())
"""More words that begin sentences."""


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
    words = _list_words(line)
    people = []
    finds = []
    for known in known_names:
        if known.kind is NameKind.PERSON:
            people += list(_build_person_names(known.name))
        else:
            finds += list(_find_phrase(words, known))
    finds += list(_list_people_finds(line, words, people))
    finds += list(_list_titled_finds(line, words))
    return [_widen_find(line, words, find) for find in finds]


def find_in_story(line: str, known_names: Iterable[KnownName]) -> list[StoryFind]:
    """Return all that a line has of names and values, none within another, in their order.

    The name of a team or set that has a value in it, as Ward 7 has, is one itself.
    """
    names = find_story_names(line, known_names)
    # A place is one before it is somebody's name; and April is somebody before it is a month.
    names.sort(key=lambda find: not find.is_value)
    finds = [*names, *find_story_values(line)]
    longest_first = sorted(finds, key=lambda find: find.start - find.end)
    kept_finds: list[StoryFind] = []
    for find in longest_first:
        if any(_overlap(find, kept) for kept in kept_finds):
            continue
        is_value = find.is_value
        if find.stand_in != NameKind.PERSON.value:
            is_value = any(each.is_value and _overlap(each, find) for each in finds)
        kept_finds.append(find._replace(is_value=is_value))
    return sorted(kept_finds)


def find_unknown_names(line: str, known_names: Iterable[KnownName]) -> list[StoryFind]:
    """Return the words with a capital within a sentence that nothing else was found in.

    They may be names that the journal does not know, or none; those that follow are one find.
    """
    taken_finds = find_in_story(line, known_names)
    runs: list[StoryFind] = []
    for word in filter(_may_be_name, _list_words(line)):
        find = StoryFind(word.start, word.end, UNKNOWN_NAME)
        if any(_overlap(find, taken_find) for taken_find in taken_finds):
            continue
        if runs and line[runs[-1].end : word.start] == " ":
            runs[-1] = runs[-1]._replace(end=word.end)
        else:
            runs.append(find)
    return [find for find in runs if not _is_first_word_alone(line, find)]


def _is_first_word_alone(line: str, find: StoryFind) -> bool:
    """Return whether a find is one word that has its capital from beginning a sentence."""
    has_one_word = " " not in line[find.start : find.end]
    return has_one_word and bool(re.search(_SENTENCE_START, line[: find.start]))


def _begins_sentence(line: str, word: _Word) -> bool:
    return bool(re.search(_SENTENCE_START, line[: word.start]))


def _may_be_name(word: _Word) -> bool:
    """Return whether a word with a capital is none that sentences begin with."""
    if not word.has_capital or len(word.typed) < 2:
        return False
    return word.folded not in _ORDINARY_WORDS and word.folded not in _FIRST_WORDS


def _list_words(line: str) -> list[_Word]:
    return [
        _Word(match.start(), match.end(), match[0], fold_text(match[0]))
        for match in re.finditer(_WORD, line)
    ]


def _list_titled_finds(line: str, words: Sequence[_Word]) -> Iterator[StoryFind]:
    """Yield where a title stands before a word with a capital: `Sister Mary`."""
    for title, word in pairwise(words):
        is_title = title.folded in NAME_TITLES or title.folded in _JOB_TITLES
        gap = line[title.end : word.start]
        is_close = title.has_capital and gap in (" ", ". ")
        if is_title and is_close and _may_be_name(word):
            yield StoryFind(title.start, word.end, NameKind.PERSON.value)


def _widen_find(line: str, words: Sequence[_Word], find: StoryFind) -> StoryFind:
    """Return the find of a person with the rest of the name: a word with a capital beside it."""
    is_person = find.stand_in == NameKind.PERSON.value
    if not is_person or not line[find.start].isupper():
        return find
    start, end = find.start, find.end
    for word in words:
        if line[word.end : start] == " " and _may_precede(line, word):
            start = word.start
        elif line[end : word.start] == " " and _may_follow(word):
            end = word.end
    return find._replace(start=start, end=end)


def _may_follow(word: _Word) -> bool:
    """Return whether a word may be the surname of the known one before it."""
    return _may_be_name(word) and not re.fullmatch(_VALUE, word.typed)


def _may_precede(line: str, word: _Word) -> bool:
    """Return whether a word may be the first name of the known one that follows."""
    if not _may_follow(word):
        return False
    # A verb at the beginning has its capital from there: `Asked Nowak`.
    is_verb = word.folded.endswith(("ed", "ing"))
    return not (is_verb and _begins_sentence(line, word))


def _overlap(left: StoryFind, right: StoryFind) -> bool:
    return left.start < right.end and right.start < left.end


def clear_line(line: str, finds: Sequence[StoryFind]) -> str:
    """Return a line with what stands in for each find in its place."""
    parts = []
    end = 0
    for find in finds:
        before = line[end : find.start]
        parts.append(before)
        stand_in = find.stand_in
        if re.search(_ARTICLE, line[: find.start]):
            stand_in = re.sub("^(?:an?|the) ", "", stand_in)
        if re.search(_SENTENCE_START, line[: find.start]):
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
    # O'Brien is `o` and `brien`, or else `obrien`; Mary Ann may be typed as one word.
    blank_parts = strip_titles(join_inner_parts(bare_name))
    hyphen_parts = strip_titles(join_inner_parts(re.sub("[-‐‑]", " ", bare_name)))
    neighbours = ["".join(pair) for pair in pairwise(words)]
    yield _PersonName(
        frozenset([*words, *blank_parts, *hyphen_parts, *neighbours, "".join(words)]),
        list_name_family(words[0]),
        words[0],
        frozenset(_list_initials(words, blank_parts, hyphen_parts)),
    )


def _list_initials(*spellings: Sequence[str]) -> Iterator[str]:
    """Yield the initials of a name that is divided in several ways, and the first with the last."""
    for words in spellings:
        initials = "".join(word[0] for word in words)
        yield initials
        yield initials[0] + initials[1:][-1:]


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
            stand_in = NameKind.PERSON.value
            if _belongs_to_name(words[place + length - 1], people):
                stand_in += "'s"
            yield StoryFind(start, end, stand_in)
        place += length or 1


def _belongs_to_name(word: _Word, people: Sequence[_PersonName]) -> bool:
    """Return whether a word is a name with the s of what belongs to somebody: `Olas answer`."""
    names = {name for person in people for name in person.words | person.family}
    singular = word.folded.removesuffix("s")
    return word.folded not in names and singular != word.folded and singular in names


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
        stands_for_name = _stands_for_name(line, word, person)
        return _WordRole.WHOLE if stands_for_name else _WordRole.INITIAL
    if word.folded not in person.words:
        return None
    is_small = word.folded in NAME_PARTICLES or len(word.folded) < 2
    return _WordRole.JOINING if is_small else _WordRole.PART


def _completes_name(initials: str, person: _PersonName, *, follows_name: bool) -> bool:
    """Return whether initials are all of somebody's, or the last one does: `Priya S.`."""
    if len(initials) > 1 and initials in person.initials:
        return True
    later_initials = {initial for each in person.initials for initial in each[1:]}
    return follows_name and initials[-1] in later_initials


def _stands_for_name(line: str, word: _Word, person: _PersonName) -> bool:
    """Return whether a lone initial means somebody: `Z. was late`, `Z's rota`."""
    if not person.first_word.startswith(word.folded):
        return False
    return re.match(r"\. (?=[^\W\d_A-Z])|['’]s\b", line[word.end :]) is not None


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
    is_upper = len(word.folded) > 1 and word.typed.isupper()
    if is_upper and word.folded in person.initials:
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
