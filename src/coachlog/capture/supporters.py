"""Who supports a promise, by how the words of its support begin: `Helen: cover the ward`."""

from coachlog.capture.owner_names import OwnerNames, build_owner_names
from coachlog.capture.owner_subjects import LONGEST_SUBJECT
from coachlog.capture.promise_owners import read_leading_owner
from coachlog.capture.values import CaptureContext, Owner
from coachlog.capture.words import COMMAND_VERBS
from coachlog.dates.calendar_days import MONTH_NUMBERS
from coachlog.dates.grammar import WEEKDAY_NUMBERS
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import fold_text

_WORDS = compile_later(r"[^\W\d_]+")
_LATER_WORDS = compile_later(r"(?<=[^.!?\s])\s+[^\w\s]*([^\W\d_]+)")
_LABEL = compile_later(r"[^:]*[^\W\d_][^:]*:(?:\s|$)")
_DAYS = frozenset((*WEEKDAY_NUMBERS, *MONTH_NUMBERS))
_VERB_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"))
_THEIR_VERBS = frozenset(
    (
        "can",
        "could",
        "offers",
        "lends",
        "frees",
        "gives",
        "sits",
        "stands",
        "steps",
        "listens",
    )
)


class SupportReading(NamedTuple):
    """Who gives the support and what it is; None for a giver whom the words do not name.

    `names_somebody` says whether the words without a giver name anybody, known or not.
    """

    giver: Owner | None
    words: str
    names_somebody: bool = False


def read_support(text: str, context: CaptureContext) -> SupportReading:
    """Return who gives the support for a promise, and the words that say what it is.

    Names are read as in a promise: `me:`, `I'll`, `Helen:` and `Helen to`, and before a verb as in
    `Helen covers the bleep`. A name that stands alone is whoever has it, and says no more.
    """
    names = build_owner_names(context)
    words = text.strip()
    reading = read_leading_owner(words, names)
    if reading is not None:
        return SupportReading(reading.owner, reading.words.strip())
    giver = names.find_owner(words)
    if giver is not None:
        return SupportReading(giver, "")
    statement = _read_statement(words, names)
    return statement or SupportReading(None, words, _names_somebody(words, names))


def _names_somebody(words: str, names: OwnerNames) -> bool:
    """Return whether words seem to name a person, in doubt that they do.

    A name is known, is written with a capital letter where no sentence begins, or stands before a
    colon or a verb.
    """
    found_words = _WORDS.findall(words)
    folded_words = [fold_text(word) for word in found_words]
    return (
        _LABEL.match(words) is not None
        or any(map(names.names_someone, folded_words))
        or any(map(_is_their_verb, folded_words[1:2]))
        or any(map(_looks_like_name, _LATER_WORDS.findall(words)))
    )


def _looks_like_name(word: str) -> bool:
    """Return whether a word within a sentence has a capital as names have: no day, no `HR`."""
    return (
        word.istitle()
        and word != "I"
        and fold_text(word).removesuffix("s") not in _DAYS
    )


def _read_statement(words: str, names: OwnerNames) -> SupportReading | None:
    """Return who does what in `Helen covers the bleep`; None where no name and verb begin it.

    A verb ends as it does after a name, so that `Mark sheets` or `Helen's rota` need more: `Mark:`.
    """
    parts = words.split(maxsplit=LONGEST_SUBJECT + 1)
    for place in range(1, len(parts) - 1):
        giver = names.find_owner(" ".join(parts[:place]))
        if giver is not None and _is_their_verb(fold_text(parts[place])):
            deed = words.split(maxsplit=place)[place]
            return SupportReading(giver, deed)
    return None


def _is_their_verb(word: str) -> bool:
    """Return whether a folded word is a verb as it stands after a name: `covers`, `can`."""
    return word in _THEIR_VERBS or any(
        word.endswith(ending) and word.removesuffix(ending) + stem in COMMAND_VERBS
        for ending, stem in _VERB_ENDINGS
    )
