"""The owner before a colon: `Priya: send it`, `**Priya to:** send it`."""

from coachlog.capture.folded_words import cut_phrase
from coachlog.capture.owner_names import OwnerNames
from coachlog.capture.owner_subjects import (
    LINKS,
    LONGEST_LABEL,
    LONGEST_SUBJECT,
    OwnerReading,
)
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import begins_with_command, is_deed
from coachlog.names.spelling import find_name_fault
from coachlog.patterns import compile_later
from coachlog.text import fold_text

COLON = compile_later(r"[:：]")
_MOST_COLONS = 4


def read_label_owner(words: str, names: OwnerNames) -> Owner | None:
    """Return whom words before a colon name, such as `Priya`, `Priya to` or `I will`."""
    words = words.strip(" *_#:：")
    owner = names.find_owner(words, is_label=True)
    if owner is None:
        subject, _, link = words.rpartition(" ")
        if fold_text(link) in LINKS:
            owner = names.find_owner(subject, is_label=True)
    return owner


def split_label(words: str) -> tuple[str, str] | None:
    """Return what stands before a colon and may be somebody's name, and the words after it.

    None where nothing before a colon can be a name.
    """
    colon = COLON.search(words, 0, LONGEST_LABEL) if has_label(words) else None
    if colon is None:
        return None
    label, rest = words[: colon.start()], words[colon.end() :]
    name = label.strip(" *_@")
    if not _is_label_end(label, rest) or find_name_fault(name):
        return None
    rest = _strip_emphasis(label, rest).strip()
    return (name, rest) if rest else None


def read_label(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return the owner before a colon; None if nobody certain stands there."""
    reach = max(LONGEST_LABEL, names.longest_name + 2)
    colons = COLON.finditer(words, 0, reach)
    for colon, _ in zip(colons, range(_MOST_COLONS), strict=False):
        label, rest = words[: colon.start()], words[colon.end() :]
        if not rest.strip() or not _is_label_end(label, rest):
            continue
        owner = names.find_owner(label.strip(" *_@"), is_label=True)
        if owner is not None:
            rest = _strip_emphasis(label, rest)
            rest, has_link = _strip_link(rest.strip(), is_me=owner == ME)
            return OwnerReading(owner, rest, is_label=True, has_link=has_link)
    return None


def _is_label_end(label: str, rest: str) -> bool:
    """Return whether a colon stands as after a name: `me :)` and `http://` do not have one."""
    if label.endswith(" "):
        return rest.startswith(" ")
    return not rest.startswith(("/", "\\"))


def _strip_emphasis(label: str, rest: str) -> str:
    """Return the rest without the stars that belong to a label, as in `**Priya:** draft`."""
    for sign in ("**", "__", "*", "_"):
        if label.startswith(sign) and rest.startswith(sign):
            return rest.removeprefix(sign)
    return rest


def _strip_link(words: str, *, is_me: bool) -> tuple[str, bool]:
    """Return the words after a colon without one `to` or `will` of the owner's, if it says a deed.

    After a name, `I will` is said by whoever is named.
    """
    deed = cut_phrase(words, "i will", "i'll", "to", "will")
    if not deed:
        return words, False
    if not is_me and not is_deed(deed):
        return words, False
    return deed, True


def has_label(words: str) -> bool:
    """Return whether a colon stands after a name that may be somebody's: `HR: confirm the date`.

    After two words and more, `Ask HR: ...` says what to do.
    """
    colon = COLON.search(words, 0, LONGEST_LABEL)
    if colon is None:
        return False
    label = words[: colon.start()].split()
    if len(label) > LONGEST_SUBJECT:
        return False
    return len(label) == 1 or not begins_with_command(words)
