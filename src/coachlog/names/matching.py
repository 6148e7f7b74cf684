"""Whom a name means that was typed: by the whole of it, its beginning, or a word of it.

Whatever asks whose a name is asks here.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from coachlog.named_tuples import NamedTuple
from coachlog.names.spelling import (
    build_name_key,
    is_same_name,
    join_inner_parts,
    split_name,
    strip_titles,
)
from coachlog.text import build_slug, fold_text, split_words

Candidate = TypeVar("Candidate", bound=Any)
"""Anything with a `name`, a `slug` and a flag `archived`: a person, a set or a member.

What it is also found by, such as the handle of somebody merged with it, is in `other_handles`.
"""
_MAX_NAME_WORDS = 8
"""So many words on a command line are looked at as one name."""
_BETWEEN_NAMES = ("and", "&", "+", ",")
"""What people type between names, and what would else be the beginning of one: `and` of Andrew."""
_BEGINNING, _IN_ORDER, _LATER = range(3)
"""How a query fits a name: its beginning, words from its first on, or only words after that."""


class _BareName(NamedTuple):
    name: str
    slug: str = ""
    archived: bool = False


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
    joined_words = join_inner_parts(query)
    titled_matches = _match_by_beginning(candidates, query, words, joined_words)
    if titled_matches:
        return titled_matches
    words, joined_words = strip_titles(words), strip_titles(joined_words)
    return _match_by_beginning(candidates, query, words, joined_words)


def match_by_beginning(candidates: Sequence[Candidate], query: str) -> list[Candidate]:
    """Return the candidates whose handle or name this is, or else those whose name begins with it.

    Narrower than `match_by_name`: what stands alone on a command line may be a slip.
    """
    exact_matches = _match_exactly(candidates, query)
    words = split_words(query)
    if exact_matches or not words:
        return exact_matches
    joined_words = join_inner_parts(query)
    matches = [
        candidate
        for candidate in candidates
        if _rank_candidate(candidate, query, words, joined_words) == _BEGINNING
    ]
    return list_active(matches) or matches


def list_active(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those who are not archived."""
    return [candidate for candidate in candidates if not candidate.archived]


def label_candidates(candidates: Iterable[Candidate]) -> str:
    """Return the names to choose from, with their handles: `Ann Moe (ann), Ann Shah (ann-shah)`."""
    return ", ".join(f"{candidate.name} ({candidate.slug})" for candidate in candidates)


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
    name_words.update(join_inner_parts(candidate.name))
    parts = {*split_words(word), *join_inner_parts(word)}
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
    best_by_name = list_active(by_name) or by_name
    return [*best_by_name, *list_active(by_later_word)] or by_later_word


def _rank_candidate(
    candidate: Any, query: str, words: list[str], joined_words: list[str]
) -> int | None:
    """Return how well a query fits a candidate, the lowest number best; None if it does not."""
    # A handle typed up to a hyphen, as completion leaves it, has no more letters in its last word.
    closed = fold_text(query).endswith("-")
    spellings = [split_name(candidate.name), split_words(candidate.name)]
    spellings += [split_words(handle) for handle in _list_handles(candidate)]
    ranks = [_rank_words(spelling, words, closed=closed) for spelling in spellings]
    joined_name = join_inner_parts(candidate.name)
    for spelling in (joined_name, strip_titles(joined_name)):
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
