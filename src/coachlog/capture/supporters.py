"""Who supports a promise, by how the words of its support begin: `Helen: cover the ward`."""

from typing import NamedTuple

from coachlog.capture.owner_names import build_owner_names
from coachlog.capture.promise_owners import read_leading_owner
from coachlog.capture.values import CaptureContext, Owner


class SupportReading(NamedTuple):
    """Who gives the support and what it is; None for a giver whom the words do not name."""

    giver: Owner | None
    words: str


def read_support(text: str, context: CaptureContext) -> SupportReading:
    """Return who gives the support for a promise, and the words that say what it is.

    Names are read as in a promise: `me:`, `I'll`, `Helen:` and `Helen to`. A name that stands alone
    is whoever has it, and says no more.
    """
    names = build_owner_names(context)
    words = text.strip()
    reading = read_leading_owner(words, names)
    if reading is not None:
        return SupportReading(reading.owner, reading.words.strip())
    giver = names.find_owner(words)
    if giver is not None:
        return SupportReading(giver, "")
    return SupportReading(None, words)
