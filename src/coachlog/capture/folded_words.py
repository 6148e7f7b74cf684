"""The words of a line as they are compared: folded, and '' where there is none."""

from coachlog.text import fold_text

_FIRST_WORDS = 6
_LONGEST_WORD = 40
FIRST_WORDS_REACH = _FIRST_WORDS * _LONGEST_WORD
"""So many characters hold the first words of a line, and no more are read for them."""
_EDGES = '.,;:!?()[]*_"“”‘«»…'
_LONGEST_PHRASE = 3


class FoldedWords(tuple[str, ...]):
    """Words of a line, folded. A word beyond the last one is ''."""

    @property
    def first(self) -> str:
        """Return the first word."""
        return self.get_word(0)

    @property
    def second(self) -> str:
        """Return the word after the first."""
        return self.get_word(1)

    @property
    def rest(self) -> "FoldedWords":
        """Return the words after the first."""
        return FoldedWords(self[1:])

    def get_word(self, place: int) -> str:
        """Return the word at a place, counted from 0."""
        return "".join(self[place : place + 1])

    def count_phrase(self, *phrases: str) -> int:
        """Return how many words the phrase takes up that they begin with; 0 if with none of them.

        A phrase is made of whole words: `going to`.
        """
        for phrase in phrases:
            parts = tuple(phrase.split())
            if self[: len(parts)] == parts:
                return len(parts)
        return 0

    def begins_with(self, *phrases: str) -> bool:
        """Return whether they begin with one of some phrases."""
        return self.count_phrase(*phrases) > 0

    def skip_phrase(self, *phrases: str) -> "FoldedWords":
        """Return them without the phrase that they begin with; all of them if with none."""
        return FoldedWords(self[self.count_phrase(*phrases) :])

    def read_after(self, *phrases: str) -> "FoldedWords":
        """Return what follows the phrase that they begin with; no words if with none."""
        count = self.count_phrase(*phrases)
        return FoldedWords(self[count:] if count else ())


def split_first_words(words: str) -> FoldedWords:
    """Return the first six words, folded, without the signs around each."""
    parts = words[:FIRST_WORDS_REACH].split(maxsplit=_FIRST_WORDS)
    return FoldedWords(fold_text(part).strip(_EDGES) for part in parts[:_FIRST_WORDS])


def cut_phrase(words: str, *phrases: str) -> str:
    """Return what follows the phrase that words begin with; '' if with none, or nothing follows."""
    parts = words.split(maxsplit=_LONGEST_PHRASE)[:_LONGEST_PHRASE]
    count = FoldedWords(map(fold_text, parts)).count_phrase(*phrases)
    if not count:
        return ""
    return "".join(words.split(maxsplit=count)[count:])
