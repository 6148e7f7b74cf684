"""The owner who is the subject of the words: `I will ...`, `Priya to ...`, `she'll ...`."""

import re

from coachlog.capture.folded_words import cut_phrase, split_first_words
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import (
    ARTICLES,
    OTHER_SUBJECTS,
    THANKS,
    begins_with_command,
    cut_report,
    is_deed,
)
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.text import fold_text

LONGEST_LABEL = 140
"""So many characters, and no more, may stand before a colon that makes them a name."""
LINKS = ("to", "will", "gonna")
LONGEST_SUBJECT = 4
"""So many words name somebody at most."""
_I_WILL = ("i'll", "i will", "i shall", "i 'll")
_GOING = compile_later(
    r"(?:['’](?:s|re)| is| are)?(?: (?P<going>going))?$", re.IGNORECASE
)


class OwnerReading(NamedTuple):
    """Whose a promise is, and the words after its owner.

    `is_label` says that a colon stood after the owner, `has_link` that `to` or `will` did. Where
    nobody is named the words are whole and the owner is `ME`, or whoever is likely; `is_sure` is
    False where they may mean somebody else. `may_tell` says that they may tell how it is or was,
    `has_clause` that the owner is that of a later clause: `review done - Priya to ring HR`.
    """

    owner: Owner
    words: str
    is_label: bool = False
    has_link: bool = False
    is_sure: bool = True
    may_tell: bool = False
    has_clause: bool = False

    def names_owner(self) -> bool:
        """Return whether the words named the owner."""
        return self.is_label or self.has_link

    def is_likely(self) -> bool:
        """Return whether the owner is somebody whom the words only seem to mean."""
        return self.owner != ME and not self.names_owner()

    def suggests_owner(self) -> bool:
        """Return whether the words name the owner, or seem to mean somebody."""
        return self.names_owner() or self.owner != ME


def read_first_person(words: str) -> OwnerReading | None:
    """Return mine for `I will ...` and `I owe ...`, unless it says only how I will be."""
    debt = cut_phrase(words, "i owe")
    if debt:
        return None if _is_thanks(words) else OwnerReading(ME, words, has_link=True)
    deed = cut_report(words) or cut_phrase(words, *_I_WILL)
    if not is_deed(deed):
        return None
    return OwnerReading(ME, deed, has_link=True)


def _is_thanks(words: str) -> bool:
    """Return whether what I owe is thanks, or one: `I owe her a lot`."""
    first_words = split_first_words(words)
    if first_words[-1] == "one" or first_words[2] == "it":
        return True
    return not THANKS.isdisjoint(first_words)


def read_deed(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return who does what, by `I will`, `to` or `will` and a verb that says what to do."""
    reading = read_first_person(words) or read_subject(words, names)
    if reading is None or not begins_with_command(reading.words):
        return None
    return reading


def names_doer(words: str, names: OwnerNames) -> bool:
    """Return whether words begin with a name, and what whoever has it will do."""
    first = split_first_words(words).first
    subject = re.split(r"['’]", first)[0]
    return subject not in OTHER_SUBJECTS and read_deed(words, names) is not None


def read_subject(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return the owner of `Priya to ...`, `Priya will ...` and `she'll ...`."""
    parts = words.split(maxsplit=LONGEST_SUBJECT + 1)
    place = find_link(parts[: LONGEST_SUBJECT + 1])
    if place is None:
        return None
    deed = words.split(maxsplit=place + 1)[place + 1 :]
    if not deed or not _is_their_deed(deed[0]):
        return None
    subject = _find_link_subject(parts, place)
    is_plan = subject != " ".join(parts[:place]) and not _is_short(parts[place])
    if is_plan and not begins_with_command(deed[0]):
        # “Dana is going to Leeds.”
        return None
    owner = names.find_owner(subject)
    if owner is None:
        return None
    return OwnerReading(owner, deed[0], has_link=True)


def find_link(parts: list[str]) -> int | None:
    """Return the place of the first `to` or `will` after a word, or of one that ends with 'll."""
    for place, part in enumerate(parts):
        is_link = place > 0 and fold_text(part[:LONGEST_LABEL]) in LINKS
        if is_link or _is_short(part):
            return place
    return None


def _is_short(part: str) -> bool:
    return fold_text(part[-3:]) == "'ll"


def _find_link_subject(parts: list[str], place: int) -> str:
    """Return the words before a link, without the `is going` of `Dana is going to`."""
    if _is_short(parts[place]):
        return " ".join([*parts[:place], parts[place][:-3]])
    subject = " ".join(parts[:place])
    match = _GOING.search(subject)
    is_plan = fold_text(parts[place]) == "gonna" or (match and match["going"])
    return subject[: match.start()] if match and is_plan else subject


def _is_their_deed(words: str) -> bool:
    """Return whether words after somebody's `to` or `will` say what will be done."""
    return split_first_words(words).first not in ARTICLES and is_deed(words)
