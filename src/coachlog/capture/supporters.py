"""Who supports a promise, by how the words of its support begin: `Helen: cover the ward`."""

from typing import NamedTuple

from coachlog.capture.owner_names import OwnerNames, build_owner_names
from coachlog.capture.owner_subjects import LONGEST_SUBJECT
from coachlog.capture.promise_owners import read_leading_owner
from coachlog.capture.values import CaptureContext, Owner
from coachlog.capture.words import COMMAND_VERBS
from coachlog.text import fold_text

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
    """Who gives the support and what it is; None for a giver whom the words do not name."""

    giver: Owner | None
    words: str


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
    return _read_statement(words, names) or SupportReading(None, words)


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
