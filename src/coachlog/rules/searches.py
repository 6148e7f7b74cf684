"""What the words typed for `search` mean: what is wanted, and what is not."""

from collections.abc import Iterator, Sequence
from re import compile as compile_pattern

from coachlog.errors import InvalidInput
from coachlog.named_tuples import NamedTuple
from coachlog.rules.search_words import fold_words

SHORTEST_BEGINNING = 2
"""A single letter is a whole word: as the beginning of one, it would fit nearly everything."""
_NOT = "not:"
_TYPED_PART = compile_pattern(r"(?i)(?:not:)?[\"“”„][^\"“”„]*[\"“”„]?|[^\s\"“”„]+")
_QUOTES = '"“”„'

Phrase = tuple[str, ...]
"""Folded words that follow each other; mostly it is one."""


class SearchTerms(NamedTuple):
    """Phrases that have to be there, and others that may not; with `is_open`, the last is unended.

    Of the last phrase, the last word may then go on.
    """

    phrases: tuple[Phrase, ...]
    unwanted_phrases: tuple[Phrase, ...] = ()
    is_open: bool = True

    def opens(self, phrase: Phrase) -> bool:
        """Return whether the last word of a phrase may go on."""
        return self.is_open and phrase == self.phrases[-1]


def split_typed_line(line: str) -> list[str]:
    """Return what was typed in one line as the shell would part it: a phrase is in quotes."""
    parts = _TYPED_PART.findall(line)
    return [part.strip() for part in parts]


def parse_search(texts: Sequence[str]) -> SearchTerms:
    """Return what was typed, each text a word or a phrase, after `not:` one that may not be there.

    The last word may go on, unless it is a single letter. Raises InvalidInput where there is no
    word to look for.
    """
    phrases: list[Phrase] = []
    unwanted_phrases: list[Phrase] = []
    for text in texts:
        is_unwanted = text[: len(_NOT)].lower() == _NOT
        words = fold_words(text[len(_NOT) :] if is_unwanted else text)
        if is_unwanted:
            _require_unwanted_words(words)
        target = unwanted_phrases if is_unwanted else phrases
        if words:
            target.append(tuple(words))
    if not phrases:
        raise _build_wordless_error(texts, has_unwanted=bool(unwanted_phrases))
    is_open = len(phrases[-1][-1]) >= SHORTEST_BEGINNING
    # The last one stays the last, as it is the one that may go on.
    distinct_phrases = [*dict.fromkeys(reversed(phrases))][::-1]
    return SearchTerms(
        tuple(distinct_phrases), tuple(dict.fromkeys(unwanted_phrases)), is_open
    )


def _require_unwanted_words(words: Sequence[str]) -> None:
    if not words:
        raise InvalidInput(
            "`not:` is followed by nothing that could be left out.",
            "Type the word right after it: not:rota",
        )


def _build_wordless_error(texts: Sequence[str], *, has_unwanted: bool) -> InvalidInput:
    if has_unwanted:
        return InvalidInput(
            "There is only what to leave out, and no word to search for.",
            "Add one: coachlog search huddle not:rota",
        )
    if any(text.strip() for text in texts):
        return InvalidInput(
            "There is no word in that to search for: a word has letters or digits.",
            "For example: coachlog search rota",
        )
    return InvalidInput("There is no word to search for.", "coachlog search rota")


def build_match(terms: SearchTerms, last_words: Sequence[str] = ()) -> str:
    """Return the terms as FTS5 takes them; folded words have nothing in them that it would read.

    With `last_words`, these are the words that the last one may be.
    """
    wanted = " AND ".join(_list_quoted_phrases(terms, last_words))
    if not terms.unwanted_phrases:
        return wanted
    unwanted = " OR ".join(map(_quote_phrase, terms.unwanted_phrases))
    return f"({wanted}) NOT ({unwanted})"


def _list_quoted_phrases(
    terms: SearchTerms, last_words: Sequence[str]
) -> Iterator[str]:
    for phrase in terms.phrases:
        if not terms.opens(phrase):
            yield _quote_phrase(phrase)
        elif last_words:
            phrases = [_quote_phrase((*phrase[:-1], word)) for word in last_words]
            yield f"({' OR '.join(phrases)})"
        else:
            yield f"{_quote_phrase(phrase)} *"


def _quote_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'
