"""Names of people and sets: compared, found by their beginnings, put in order, and refused.

Two names are one person's where their letters are the same: case, accents, titles, and kinds of
apostrophe and hyphen count for nothing. Whatever asks whose a name is asks here.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from coachlog.text import NAME_TITLES, build_slug, clean_line, fold_text, split_words

Candidate = TypeVar("Candidate", bound=Any)
"""Anything with a `name`, a `slug` and a flag `archived`: a person, a set or a member.

What it is also found by, such as the handle of somebody merged with it, is in `other_handles`.
"""

STAND_INS = frozenset(
    (
        *("me", "myself", "i", "you", "them", "they", "him", "her", "us", "we", "both"),
        *(
            "none",
            "nobody",
            "no one",
            "all",
            "everyone",
            "everybody",
            "anyone",
            "anybody",
        ),
        *("someone", "somebody", "someone else", "other"),
        *("she", "he", "his", "hers", "mine", "ours", "their", "theirs", "who"),
    )
)
"""Words that stand for a person in an option, an answer or a list, and so are nobody's name."""

COMMAND_WORDS = frozenset(
    (
        *("action", "agreement", "audit", "backup", "brief", "check", "completion"),
        *("config", "cpd", "demo", "doctor", "example", "export", "goal", "help"),
        *("history", "hours", "ics", "identity", "import", "log", "met", "note"),
        *("pack", "person", "plan", "prepare", "privacy", "programme", "progress"),
        *("protect", "pulse", "receive", "redo", "search", "session", "set", "share"),
        *("sync", "template", "undo", "workshop"),
    )
)
"""The commands that there are or will be: nobody's handle, as `coachlog brief` is not a person."""

MAX_NAME = 120
"""The limit for a name, in characters."""

_PARTICLES = frozenset(
    (
        *("af", "al", "av", "bin", "bint", "da", "de", "degli", "dei", "del", "della"),
        *("den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le", "of"),
        *("ten", "ter", "und", "van", "von", "y", "zu", "zum", "zur"),
    )
)
"""Small words of names: `van` and `der` of Eva van der Berg."""

_CAPITAL_PLACES = re.compile(r"(?:^|(?<=[-‐‑’' ]))[^\W\d_]")
"""The first letter of each part of a name: Anne-Marie, O'Brien."""

_MAX_NAME_WORDS = 8
"""So many words on a command line are looked at as one name."""

_BETWEEN_NAMES = ("and", "&", "+", ",")
"""What people type between names, and what would else be the beginning of one: `and` of Andrew."""

_NAME_BREAK = re.compile(r"\s*[,&+]\s*|\s+and\s+", re.IGNORECASE)
_NOTE_SIGNS = ("~", "#", "☐")
_LONGEST_TYPED_NAME, _LONGEST_CREDENTIAL = 60, 4

_BEGINNING, _IN_ORDER, _LATER = range(3)
"""How a query fits a name: its beginning, words from its first on, or only words after that."""


class _BareName(NamedTuple):
    name: str
    slug: str = ""
    archived: bool = False


def split_name(name: str) -> list[str]:
    """Return the folded words of a name without its titles: `Dr. Ann O’Neill` -> ann, o, neill."""
    return _strip_titles(split_words(name))


def build_name_key(name: str) -> str:
    """Return what all spellings of a name have in common: its folded letters, without titles."""
    return "".join(split_name(name))


def build_sort_key(name: str) -> str:
    """Return the text by which a list of names is ordered: Ångström is among the As."""
    return " ".join(_join_inner_parts(name)) or fold_text(name)


def is_same_name(name: str, other_name: str) -> bool:
    """Return whether two names differ in nothing but how they are typed."""
    return build_name_key(name) == build_name_key(other_name)


def is_stand_in(name: str) -> bool:
    """Return whether a name is a word for a person, such as `me`, `them` or `Dr. Me`."""
    return " ".join(split_name(name)) in STAND_INS


def is_bare_title(name: str) -> bool:
    """Return whether there is nothing but titles in a name: `Mr`, `Prof. Dr.`."""
    words = split_words(name)
    return bool(words) and all(word in NAME_TITLES for word in words)


def has_letter(name: str) -> bool:
    """Return whether there is a letter, of any script, in a name."""
    return any(character.isalpha() for character in name)


def find_name_fault(name: str) -> str | None:
    """Return in a sentence why this can be nobody's name, nor a set's; None if it can."""
    if not has_letter(name):
        return "A name needs a letter."
    if is_bare_title(name):
        return f"“{_unquote(name)}” is a title, so the name is missing."
    if is_stand_in(name):
        return (
            f"“{_unquote(name)}” stands for a person where a name is asked for, "
            "so it cannot be a name."
        )
    if len(name) > MAX_NAME:
        return (
            f"That name is too long: {len(name)} characters (the limit is {MAX_NAME})."
        )
    return None


def _unquote(name: str) -> str:
    """Return a name without the quotation marks around it, for a sentence that adds its own."""
    return name.strip("“”„\"‘’' ")


def is_single_word(name: str) -> bool:
    """Return whether a name is only one word, so that more of it may be missing."""
    return len(clean_line(name).split()) < 2


def propose_name(typed_name: str) -> str:
    """Return a name typed all in small letters with its capitals, to be seen before it is saved.

    A name with any capital, or in a script that has none, stays as it was typed, and so does what
    stands in brackets: `eva van der berg (ward 7)` is Eva van der Berg (ward 7).
    """
    name = clean_line(typed_name)
    if name != name.lower():
        return name
    bare_name, bracket, aside = name.partition("(")
    words = bare_name.split(" ")
    proposed_words = [_capitalise_word(words[0])]
    for word in words[1:]:
        is_particle = word in _PARTICLES
        proposed_words.append(word if is_particle else _capitalise_word(word))
    return " ".join(proposed_words) + bracket + aside


def _capitalise_word(word: str) -> str:
    """Return a word with a capital at each place that has one; nothing else is changed."""
    return _CAPITAL_PLACES.sub(lambda match: _find_capital(match[0]), word)


def _find_capital(letter: str) -> str:
    """Return the capital of a letter, or the letter itself where that would be two."""
    capital = letter.title()
    return capital if len(capital) == 1 else letter


def split_joint_name(typed_name: str) -> list[str]:
    """Return the names in what was typed as one: `dana and priya` has two, `Priya Shah` one.

    They are parted by `and`, `&`, `+` or a comma outside brackets; `RN` after a comma is no name.
    """
    name = clean_line(typed_name).partition("(")[0]
    parts = [part.strip() for part in _NAME_BREAK.split(name)]
    return [part for part in parts if has_letter(part) and not _is_credential(part)]


def _is_credential(part: str) -> bool:
    return len(part) <= _LONGEST_CREDENTIAL and part.isupper()


def looks_like_note(typed_name: str) -> bool:
    """Return whether what was typed for a name reads like a line of notes: `- ring her by fri`."""
    # Imported here because it compiles patterns, and hardly any command asks for a new name.
    from coachlog.bullets import strip_first_mark

    line = clean_line(typed_name)
    if len(line) > _LONGEST_TYPED_NAME or line.startswith(_NOTE_SIGNS):
        return True
    has_box = line[:1] == "[" and line[2:3] == "]"
    if has_box or strip_first_mark(line) is not None:
        return True
    return _has_deadline(line)


def _has_deadline(line: str) -> bool:
    """Return whether `by` stands between other words of a line, or anywhere beside a number."""
    words = fold_text(line).split(" ")
    if any(map(str.isdigit, line)):
        return "by" in words
    return "by" in words[1:-1]


def is_meant_by(query: str, name: str | None) -> bool:
    """Return whether a query is somebody's handle or whole name, or the first words of the name.

    After a title it may be any words of it: `Dr Marsh` is Dr Helen Marsh.
    """
    if not name or not split_words(query):
        return False
    if fold_text(query) == build_slug(name) or is_same_name(query, name):
        return True
    words = split_name(query)
    has_title = words != split_words(query)
    name_words = split_name(name)
    places = range(len(name_words)) if has_title else range(1)
    return any(name_words[place : place + len(words)] == words for place in places)


def fits_name(query: str, name: str) -> bool:
    """Return whether a query may mean somebody of this name, as `match_by_name` finds people."""
    return bool(match_by_name([_BareName(name)], query))


def is_whole_name(candidate: Any, query: str) -> bool:
    """Return whether a query is a candidate's whole name or handle, rather than a part of it."""
    return bool(_match_exactly([candidate], query))


def match_by_name(candidates: Sequence[Candidate], query: str) -> list[Candidate]:
    """Return the candidates that a query may mean, those most like it first.

    The same handle or else the same name decides. If nobody has it, everyone matches who has words
    that begin like those typed, in the same order: whether from the first word of the name on or
    from a later one only orders them, for `shah` may be Priya Shah as well as Shah Jahan. Those
    archived are left out where an active one fits as well: by the first word, or by a later one.
    """
    exact_matches = _match_exactly(candidates, query)
    words = split_words(query)
    if exact_matches or not words:
        return exact_matches
    # A title that was typed counts where somebody has it, and else for nothing.
    joined_words = _join_inner_parts(query)
    titled_matches = _match_by_beginning(candidates, query, words, joined_words)
    if titled_matches:
        return titled_matches
    words, joined_words = _strip_titles(words), _strip_titles(joined_words)
    return _match_by_beginning(candidates, query, words, joined_words)


def match_by_beginning(candidates: Sequence[Candidate], query: str) -> list[Candidate]:
    """Return the candidates whose handle or name this is, or else those whose name begins with it.

    Narrower than `match_by_name`: what stands alone on a command line may be a slip.
    """
    exact_matches = _match_exactly(candidates, query)
    words = split_words(query)
    if exact_matches or not words:
        return exact_matches
    joined_words = _join_inner_parts(query)
    matches = [
        candidate
        for candidate in candidates
        if _rank_candidate(candidate, query, words, joined_words) == _BEGINNING
    ]
    active_matches = [match for match in matches if not match.archived]
    return active_matches or matches


def find_leading_name(
    candidates: Sequence[Candidate], words: Sequence[str]
) -> tuple[Candidate, int] | None:
    """Return whom the first of some words name, and how many of them are the name; None for nobody.

    They are as many as name exactly one candidate. After the first, a word is part of the name
    only if it is a whole word of it: in `ann a rota`, the `a` is Ann's only where Ann alone could
    be several people. A colon ends the name.
    """
    names_by_count: dict[int, Candidate] = {}
    for count in range(1, _count_name_words(words) + 1):
        matches = match_by_name(candidates, " ".join(words[:count]))
        if len(matches) == 1:
            names_by_count[count] = matches[0]
    for count, candidate in reversed(names_by_count.items()):
        if all(_has_name_word(candidate, word) for word in words[1:count]):
            return candidate, count
    for count, candidate in names_by_count.items():
        return candidate, count
    return None


def _count_name_words(words: Sequence[str]) -> int:
    """Return how many of the first words can be a name at most."""
    for count, word in enumerate(words[:_MAX_NAME_WORDS], start=1):
        if word.endswith(":"):
            return count
    return min(len(words), _MAX_NAME_WORDS)


def _has_name_word(candidate: Any, word: str) -> bool:
    name_words = set(split_words(candidate.name))
    for handle in _list_handles(candidate):
        name_words.update(split_words(handle))
    name_words.update(_join_inner_parts(candidate.name))
    parts = {*split_words(word), *_join_inner_parts(word)}
    return bool(parts & name_words)


def split_into_names(
    candidates: Sequence[Candidate], words: Sequence[str]
) -> list[Candidate] | None:
    """Return whom some words name, one after the other; None if not all of them name somebody.

    Each word is somebody; neighbours that only together name exactly one candidate are that one, as
    are those that are a whole name. `and` between names counts for nothing.
    """
    words = [word for word in words if fold_text(word) not in _BETWEEN_NAMES]
    # From each place on, whom the rest of the words name.
    rests: list[list[Candidate] | None] = [None] * len(words) + [[]]
    for start in reversed(range(len(words))):
        for candidate, count in _list_names_at(candidates, words[start:]):
            rest = rests[start + count]
            if rest is not None:
                rests[start] = [candidate, *rest]
                break
    return rests[0]


def _list_names_at(
    candidates: Sequence[Candidate], words: Sequence[str]
) -> list[tuple[Candidate, int]]:
    """Return whom the first words can name, and how many words that is: the likeliest first.

    Whole names of several words come first, then as few words as will do.
    """
    whole_names: list[tuple[Candidate, int]] = []
    others: list[tuple[Candidate, int]] = []
    for count in range(1, min(len(words), _MAX_NAME_WORDS) + 1):
        query = " ".join(words[:count])
        matches = match_by_name(candidates, query)
        if len(matches) == 1:
            is_whole = count > 1 and is_whole_name(matches[0], query)
            (whole_names if is_whole else others).append((matches[0], count))
    return [*reversed(whole_names), *others]


def _match_exactly(candidates: Sequence[Candidate], query: str) -> list[Candidate]:
    typed_handle = fold_text(query)
    same_handle = []
    same_name = []
    same_other_name = []
    key = build_name_key(query)
    for candidate in candidates:
        handles = _list_handles(candidate)
        if typed_handle in map(fold_text, handles):
            same_handle.append(candidate)
        if key and key == build_name_key(candidate.name):
            same_name.append(candidate)
        elif key and key in map(build_name_key, handles):
            same_other_name.append(candidate)
    return same_handle or same_name or same_other_name


def _match_by_beginning(
    candidates: Iterable[Candidate],
    query: str,
    words: list[str],
    joined_words: list[str],
) -> list[Candidate]:
    candidates_by_rank: dict[int, list[Candidate]] = {
        _BEGINNING: [],
        _IN_ORDER: [],
        _LATER: [],
    }
    for candidate in candidates:
        rank = _rank_candidate(candidate, query, words, joined_words)
        if rank is not None:
            candidates_by_rank[rank].append(candidate)
    by_name = candidates_by_rank[_BEGINNING] + candidates_by_rank[_IN_ORDER]
    by_later_word = candidates_by_rank[_LATER]
    active_by_name = [candidate for candidate in by_name if not candidate.archived]
    active_by_later_word = [
        candidate for candidate in by_later_word if not candidate.archived
    ]
    return [*(active_by_name or by_name), *active_by_later_word] or by_later_word


def _rank_candidate(
    candidate: Any, query: str, words: list[str], joined_words: list[str]
) -> int | None:
    """Return how well a query fits a candidate, the lowest number best; None if it does not."""
    # A handle typed up to a hyphen, as completion leaves it, has no more letters in its last word.
    closed = fold_text(query).endswith("-")
    spellings = [split_name(candidate.name), split_words(candidate.name)]
    spellings += [split_words(handle) for handle in _list_handles(candidate)]
    ranks = [_rank_words(spelling, words, closed=closed) for spelling in spellings]
    joined_name = _join_inner_parts(candidate.name)
    for spelling in (joined_name, _strip_titles(joined_name)):
        ranks.append(_rank_words(spelling, joined_words, closed=closed))
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank_words(name_words: list[str], words: list[str], *, closed: bool) -> int | None:
    places = _find_places(name_words, words, closed=closed)
    if not places:
        return None
    if places[0] > 0:
        return _LATER
    if places == list(range(len(words))):
        return _BEGINNING
    return _IN_ORDER


def _find_places(
    name_words: list[str], words: list[str], *, closed: bool
) -> list[int] | None:
    """Return where in a name the words are, in their order; None if one of them is not there.

    Each may be the beginning of a word of the name, but not the last one where it is `closed`.
    """
    places: list[int] = []
    start = 0
    for number, word in enumerate(words, start=1):
        is_whole = closed and number == len(words)
        place = _find_word(name_words, word, start, is_whole=is_whole)
        if place is None:
            return None
        places.append(place)
        start = place + 1
    return places


def _find_word(
    name_words: list[str], word: str, start: int, *, is_whole: bool
) -> int | None:
    for place in range(start, len(name_words)):
        name_word = name_words[place]
        if name_word == word or (not is_whole and name_word.startswith(word)):
            return place
    return None


def _list_handles(candidate: Any) -> tuple[str, ...]:
    """Return the handle of a candidate, then those of whoever was merged with it."""
    return (candidate.slug, *getattr(candidate, "other_handles", ()))


def _join_inner_parts(name: str) -> list[str]:
    """Return the words of a name as blanks divide it: `O'Brien` is `obrien`."""
    words = ["".join(split_words(word)) for word in fold_text(name).split()]
    return [word for word in words if word]


def _strip_titles(words: list[str]) -> list[str]:
    """Return the words without the titles before them; a title alone is a name."""
    first = 0
    while first < len(words) - 1 and words[first] in NAME_TITLES:
        first += 1
    return words[first:]
