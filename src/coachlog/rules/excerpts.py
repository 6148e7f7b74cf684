"""The part of a text that shows why it was found, with the words that were searched for."""

from collections.abc import Iterator, Sequence

from coachlog.named_tuples import NamedTuple
from coachlog.rules.search_words import TextWord, list_text_words
from coachlog.rules.searches import SearchTerms
from coachlog.text import clean_line

USUAL_LENGTH = 100
"""Characters of an excerpt, unless there is less room for it."""
_MOST_MATCHES = 100
"""So many matches are looked at for the best part of a text."""
_LEAD = 3
"""An excerpt begins a quarter of its length before the first match: one part, and three after."""

Mark = tuple[int, int]
"""The places between which a match stands."""


class Excerpt(NamedTuple):
    """A part of a text on one line, with `…` where more was left out; `marks` are the matches."""

    words: str
    marks: tuple[Mark, ...] = ()


class PhraseMatch(NamedTuple):
    """Where in a text a phrase stands, by its place among the phrases that are looked for."""

    phrase: int
    start: int
    end: int


def build_excerpt(text: str, terms: SearchTerms, length: int = USUAL_LENGTH) -> Excerpt:
    """Return the part of a text in which most of the phrases stand, at most so long.

    Without a match, which is never in another entry, it is the beginning of the text.
    """
    line = clean_line(text)
    matches = find_matches(line, terms)
    start, end = _choose_part(line, matches, length)
    lead = "… " if start > 0 else ""
    trail = " …" if end < len(line) else ""
    shift = len(lead) - start
    marks = [
        (max(first, start) + shift, min(last, end) + shift)
        for _, first, last in matches
        if first < end and last > start
    ]
    return Excerpt(f"{lead}{line[start:end]}{trail}", tuple(_join_marks(marks)))


def find_matches(text: str, terms: SearchTerms) -> list[PhraseMatch]:
    """Return each place in a text where a phrase stands, in their order."""
    words = list_text_words(text)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word.letters, []).append(place)
    matches = []
    for number, phrase in enumerate(terms.phrases):
        is_open = terms.opens(phrase)
        if is_open and len(phrase) == 1:
            starts = [
                place
                for letters, places_of_word in places.items()
                if letters.startswith(phrase[0])
                for place in places_of_word
            ]
        else:
            starts = places.get(phrase[0], [])
        for place in starts:
            match_words = words[place : place + len(phrase)]
            if _is_match(match_words, phrase, is_open=is_open):
                start, end = match_words[0].start, match_words[-1].end
                matches.append(PhraseMatch(number, start, end))
    return sorted(matches, key=lambda match: (match.start, match.end))


def _is_match(
    words: Sequence[TextWord], phrase: tuple[str, ...], *, is_open: bool
) -> bool:
    """Return whether words of a text are a phrase, of which the last word may go on."""
    letters = [word.letters for word in words]
    if letters == [*phrase]:
        return True
    is_long_enough = is_open and len(letters) == len(phrase)
    return (
        is_long_enough
        and letters[:-1] == [*phrase[:-1]]
        and letters[-1].startswith(phrase[-1])
    )


def _choose_part(
    line: str, matches: Sequence[PhraseMatch], length: int
) -> tuple[int, int]:
    """Return between which places of a line most of the phrases stand, without broken words."""
    if len(line) <= length or not matches:
        return _cut_at_words(line, 0, min(len(line), length), length)
    looked_at = matches[:_MOST_MATCHES]
    best_count, best_start = 0, 0
    for _, first, _ in looked_at:
        start = max(0, first - length // (_LEAD + 1))
        numbers = {
            n for n, f, last in looked_at if f >= start and last <= start + length
        }
        if len(numbers) > best_count:
            best_count, best_start = len(numbers), start
    best_start = max(0, min(best_start, len(line) - length))
    return _cut_at_words(line, best_start, best_start + length, length)


def _cut_at_words(line: str, start: int, end: int, length: int) -> tuple[int, int]:
    """Return the places moved inwards to the next blank, if there is one near."""
    near = max(1, length // 5)
    end = min(end, len(line))
    if start > 0 and line[start - 1] != " ":
        blank = line.find(" ", start, start + near)
        start = blank + 1 if blank >= 0 else start
    if end < len(line) and line[end] != " ":
        blank = line.rfind(" ", end - near, end)
        end = blank if blank >= 0 else end
    return start, end


def _join_marks(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield marks in their order, those that overlap as one."""
    joined: Mark | None = None
    for first, last in sorted(marks):
        if joined is not None and first < joined[1]:
            joined = (joined[0], max(joined[1], last))
            continue
        if joined is not None:
            yield joined
        joined = (first, last)
    if joined is not None:
        yield joined
