"""Whether two ways to put it are about one promise: `did the IV list`, `do the IV list`."""

from coachlog.capture.folded_words import FoldedWords
from coachlog.capture.words import (
    ARTICLES,
    COMMAND_VERBS,
    PAST_VERBS,
    is_past,
    split_table,
)
from coachlog.named_tuples import NamedTuple
from coachlog.text import fold_text

_LONGEST = 1000
_EDGES = '.,;:!?()[]*_"“”‘’«»…'
_SMALL_WORDS = ARTICLES | split_table(
    "to for of on in at by with w and & re about abt up from i she he they it has have had is was "
    "been i've she's he's"
)
_PLAIN_VERBS = split_table("do finish complete sort")
"""These say of anything that it was done."""
_PRESENT_BY_PAST = {
    "bought": "buy",
    "brought": "bring",
    "built": "build",
    "caught": "catch",
    "chose": "choose",
    "did": "do",
    "done": "do",
    "drew": "draw",
    "found": "find",
    "gave": "give",
    "given": "give",
    "got": "get",
    "held": "hold",
    "kept": "keep",
    "led": "lead",
    "made": "make",
    "met": "meet",
    "paid": "pay",
    "ran": "run",
    "rang": "ring",
    "sent": "send",
    "shown": "show",
    "spoke": "speak",
    "taught": "teach",
    "thought": "think",
    "told": "tell",
    "took": "take",
    "wrote": "write",
    "written": "write",
}


class _Matter(NamedTuple):
    """What is done, in the present, and to what; no verb where none is known."""

    verb: str
    things: frozenset[str]


def is_same_promise(ticked: str, promised: str, owner_name: str = "") -> bool:
    """Return whether words that were ticked off are about what was promised.

    The same words are; otherwise they have the same verb (`did` and `finished` go with any), all
    the other words of one are among those of the other, and they share two words at least. The
    owner's name and small words do not count.
    """
    if fold_text(ticked) == fold_text(promised):
        return True
    name_words = frozenset(fold_text(owner_name).split())
    matter = _read_matter(ticked, name_words)
    other = _read_matter(promised, name_words)
    has_same_verb = matter.verb == other.verb != ""
    if not has_same_verb and matter.verb not in ("", *_PLAIN_VERBS):
        return False
    shared = matter.things & other.things
    is_part = shared in (matter.things, other.things)
    return is_part and bool(shared) and len(shared) + has_same_verb > 1


def _read_matter(words: str, name_words: frozenset[str]) -> _Matter:
    small_words = _SMALL_WORDS | name_words | {""}
    parts = [part.strip(_EDGES) for part in fold_text(words[:_LONGEST]).split()]
    big_words = FoldedWords(part for part in parts if part not in small_words)
    verb = _find_present(big_words.first)
    if verb:
        big_words = big_words.rest
    return _Matter(verb, frozenset(big_words))


def _find_present(word: str) -> str:
    """Return a verb as one says what to do with it; '' for a word that is none."""
    if word in COMMAND_VERBS:
        return word
    if word in _PRESENT_BY_PAST:
        return _PRESENT_BY_PAST[word]
    stems = [word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ing")]
    if is_past(word):
        stem = word.removesuffix("ed")
        stems += [stem, f"{stem}e", stem[:-1], f"{stem.removesuffix('i')}y"]
    found = [stem for stem in stems if stem in COMMAND_VERBS]
    if found:
        return found[0]
    return word if word in PAST_VERBS else ""
