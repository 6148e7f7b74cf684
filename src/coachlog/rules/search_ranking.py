"""Which of the entries that have the words fit best."""

from collections import Counter
from collections.abc import Sequence

from coachlog.rules.excerpts import find_matches
from coachlog.rules.search_words import fold_words
from coachlog.rules.searches import SearchTerms

_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75
"""How soon more of the same word counts no more, and how much a long text has to make up for."""


def rank_texts(texts: Sequence[str], terms: SearchTerms) -> list[int]:
    """Return the places of texts that all have the terms, those first that have them most.

    Of two that have them alike, the earlier place comes first. Source: Okapi BM25 without the
    weights of rare words, as every text has all of them; nor does it need to know other texts,
    which may be hidden.
    """
    lengths = [len(fold_words(text)) for text in texts]
    average_length = sum(lengths) / max(1, len(lengths))
    weights = [
        _weigh_text(text, terms, length / max(1, average_length))
        for text, length in zip(texts, lengths, strict=True)
    ]
    return sorted(range(len(texts)), key=lambda place: -weights[place])


def _weigh_text(text: str, terms: SearchTerms, relative_length: float) -> float:
    counts = Counter(match.phrase for match in find_matches(text, terms))
    damping = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * relative_length)
    return sum(count / (count + damping) for count in counts.values())
