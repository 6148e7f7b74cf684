"""The words of a text as `search` compares them, and where in the text each of them stands.

One rule for what is indexed, for what is typed and for what is marked in an excerpt, so that the
three always agree. A word is letters and digits between anything else: hyphens and apostrophes part
words. Case, accents and letters with a stroke are folded (`Søren` is `soren`). Scripts that are
written without spaces are taken letter by letter, so that any part of a sentence is found, and a
symbol, such as an emoji, is a word by itself.
"""

from collections.abc import Iterator
from functools import cache
from re import compile as compile_pattern

from coachlog.named_tuples import NamedTuple
from coachlog.text import APOSTROPHES, PLAIN_LETTERS

LONGEST_WORD = 64
"""Letters of a word that count: what is longer is no word of any language."""

_ASCII_WORD = compile_pattern("[0-9A-Za-z]+")
_PLAIN_CHARACTERS = str.maketrans(PLAIN_LETTERS)
_SPACELESS_RANGES = (
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # Japanese signs that stand for a letter
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class TextWord(NamedTuple):
    """A word as it is compared, and the places in the text between which it stands."""

    letters: str
    start: int
    end: int


class _Sign(NamedTuple):
    """What a character is to the words of a text: its folded letters, and how it joins others."""

    letters: str
    is_break: bool = False
    is_alone: bool = False
    """It is a word by itself, whatever is beside it."""


_BREAK = _Sign("", is_break=True)
_NOTHING = _Sign("")
"""A character that neither counts nor parts what is around it, such as an accent by itself."""


def fold_words(text: str) -> list[str]:
    """Return the words of a text as they are compared, in their order."""
    if text.isascii():
        return [word[:LONGEST_WORD] for word in _ASCII_WORD.findall(text.lower())]
    return [word.letters for word in list_text_words(text)]


def list_text_words(text: str) -> list[TextWord]:
    """Return the words of a text as they are compared, each with its place, in their order."""
    if text.isascii():
        return [
            TextWord(found[0][:LONGEST_WORD], found.start(), found.end())
            for found in _ASCII_WORD.finditer(text.lower())
        ]
    return list(_split_text(text))


class _OpenWord:
    """A word of a text, as far as it has been read."""

    def __init__(self) -> None:
        self._letters = ""
        self._start = self._end = 0
        self._is_alone = False

    def ends_before(self, sign: _Sign) -> bool:
        """Return whether a character is no part of this word, which has begun."""
        if not self._letters:
            return False
        is_next = sign.is_alone or (self._is_alone and sign.letters != "")
        return sign.is_break or is_next

    def add(self, sign: _Sign, place: int) -> None:
        """Take a character, which counts from the first letter on."""
        if sign.letters and not self._letters:
            self._start, self._is_alone = place, sign.is_alone
        self._letters += sign.letters
        # An accent that follows its letter is marked with it.
        self._end = place + 1

    def close(self) -> Iterator[TextWord]:
        """Yield the word, if it has begun."""
        if self._letters:
            yield TextWord(self._letters[:LONGEST_WORD], self._start, self._end)


def _split_text(text: str) -> Iterator[TextWord]:
    word = _OpenWord()
    for place, character in enumerate(text):
        sign = _judge_character(character)
        if word.ends_before(sign):
            yield from word.close()
            word = _OpenWord()
        word.add(sign, place)
    yield from word.close()


@cache
def _judge_character(character: str) -> _Sign:
    """Return what a character is to the words of a text."""
    if character.isascii():
        is_letter = character.isalnum()
        return _Sign(character.lower()) if is_letter else _BREAK
    from unicodedata import category

    kind = category(character)
    is_break = kind[0] in "ZP" or kind in ("Cc", "Cs", "Co", "Cn")
    if is_break or character in APOSTROPHES:
        return _BREAK
    letters = _fold_character(character)
    if letters:
        return _judge_letters(character, letters)
    if kind == "So":
        return _Sign(character, is_alone=True)
    is_joined = kind[0] == "M" or kind == "Cf"
    return _NOTHING if is_joined else _BREAK


def _fold_character(character: str) -> str:
    """Return the letters of a character, without case and accents; '' where it has none."""
    from unicodedata import normalize

    plain = normalize("NFKD", character).casefold().translate(_PLAIN_CHARACTERS)
    # Folding case can bring accents that have to be taken off as well.
    return "".join(filter(_is_kept, normalize("NFKD", plain)))


def _judge_letters(character: str, letters: str) -> _Sign:
    """Return what a character is that stands for these letters."""
    if len(letters) > 1 and any(map(_is_spaceless, letters)):
        # One character is one word at most: that of a square of letters is the square.
        return _Sign(character, is_alone=True)
    return _Sign(letters, is_alone=_is_spaceless(letters))


def _is_kept(character: str) -> bool:
    """Return whether a character of a folded one is part of a word: accents are not."""
    from unicodedata import category, combining

    if character.isascii():
        return character.isalnum()
    if character in APOSTROPHES:
        return False
    # The vowel signs of some scripts are marks that stand for themselves.
    is_vowel_sign = category(character) in ("Mn", "Mc") and not combining(character)
    is_selector = "\ufe00" <= character <= "\ufe0f" or character == "\u034f"
    return character.isalnum() or (is_vowel_sign and not is_selector)


def _is_spaceless(letters: str) -> bool:
    """Return whether letters begin with one of a script that is written without spaces."""
    code = ord(letters[0])
    return any(first <= code <= last for first, last in _SPACELESS_RANGES)
