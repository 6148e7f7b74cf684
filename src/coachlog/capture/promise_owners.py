"""Whose a promise is, by how its words begin: `Priya: ...`, `Priya to ...`, `I will ...`."""

import re
from typing import NamedTuple

from coachlog.capture.likely_owners import (
    find_giver,
    find_likely_owner,
    is_third_person,
    lacks_subject,
)
from coachlog.capture.negations import is_denial
from coachlog.capture.owner_names import MY_WORDS, OwnerNames
from coachlog.capture.values import ME, Owner
from coachlog.capture.words import (
    ARTICLES,
    ASKING_WORDS,
    CONTRACTIONS,
    GROUPS,
    MODALS,
    OTHER_SUBJECTS,
    SPEAKERS,
    THANKS,
    begins_with_command,
    begins_with_task,
    is_deed,
    is_plan_of_mine,
    is_reported_promise,
    is_short_for_will,
    is_statement,
    split_first_words,
)
from coachlog.names import find_name_fault, is_bare_title
from coachlog.text import fold_text

_COLON = re.compile(r"[:：]")
_LONGEST_LABEL = 140
_MOST_COLONS = 4
_LINKS = ("to", "will", "gonna")
_LONGEST_SUBJECT = 4
_GOING = re.compile(r"(?:['’](?:s|re)| is| are)?(?: (?P<going>going))?$", re.IGNORECASE)
_CONNECTED = re.compile(r" (?:by|for|with) | [–—-] |[,;/@\[(] ?")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_CLAUSE_END = re.compile(r"[.!?;,]\s+|\s[–—-]\s")
_CLAUSE_REACH = 400
_MOST_CLAUSES = 3
_DASH = re.compile(r" [–—-] ")
_ITEM_LABEL = re.compile(
    r"(?P<label>[^\s:：][^:：–—]{0,40}?)(?P<sign>[:：]| [–—-]) (?=\S)"
)
_ACTION_LABEL = re.compile(
    r"(?:actions?|to[- ]?dos?|next steps?|follow[- ]?ups?|tasks?|aps?)\b", re.IGNORECASE
)
_NO_ITEMS = ("note", "nb", "q", "a", "subject", "re", "from", "cc", "sent", "date")
"""Before a colon, one of these begins a remark, or the head of an e-mail."""
_BY_A_DAY = re.compile(r"\b(?:by|before) \w|\b(?:today|tomorrow|tmrw)\b", re.IGNORECASE)
_JOINTS = ("and", "&", "+", "/", "or")
NO_NAMES = ("urgent", "important", "priority", "asap", "high", "low", "optional")
"""In a bracket, one of these is neither a name nor how it will be seen that it is done."""
_TAIL_REACH = 60
_SECOND_OWNER = re.compile(
    r"(?:\band|\bbut|\bthen|[,;&]) (?P<name>\w{1,40})(?: will| to|['’]ll)\b",
    re.IGNORECASE,
)
_SECOND_REACH = 1000


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


def read_promise_owner(words: str, names: OwnerNames) -> OwnerReading:
    """Return whose the words are, as far as they say so."""
    reading = read_leading_owner(words, names)
    if reading is not None:
        return reading
    if is_short_for_will(words):
        return OwnerReading(ME, words.split(maxsplit=1)[1])
    likely_owner = find_likely_owner(words, names)
    if likely_owner is None or likely_owner.may_tell:
        clause_owner = _find_clause_owner(words, names)
        if clause_owner is not None:
            return OwnerReading(clause_owner, words, is_sure=False, has_clause=True)
    if likely_owner is not None:
        owner, rest, may_tell = likely_owner
        return OwnerReading(owner, rest, is_sure=False, may_tell=may_tell)
    return _read_without_subject(words, names)


def read_leading_owner(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return whom the first words name: `Priya: ...`, `I will ...`; None where they name nobody."""
    reading = _read_label(words, names) or _read_first_person(words)
    return reading or _read_subject(words, names)


def _read_without_subject(words: str, names: OwnerNames) -> OwnerReading:
    """Return whose words are that name nobody who does something.

    What is asked of somebody, or said to be done, is the other's where there is only one.
    """
    if lacks_subject(words):
        partner = names.find_owner("they")
        return OwnerReading(partner or ME, words, is_sure=False)
    giver = find_giver(words, names)
    if giver is not None:
        return OwnerReading(giver.owner, words, is_sure=False)
    return OwnerReading(ME, words, is_sure=not _hints_at_someone(words, names))


def names_second_owner(words: str, names: OwnerNames) -> bool:
    """Return whether somebody else follows in the same words: `... and I will send it`."""
    for match in _SECOND_OWNER.finditer(words[:_SECOND_REACH]):
        name = fold_text(match["name"])
        if name in MY_WORDS or _is_someone(name, names):
            return True
    return False


def announces_deed(words: str, names: OwnerNames) -> bool:
    """Return whether a sentence begins with who will do what: `I'll ring HR`, `Dana to ring HR`.

    Mine are `I said I'd` and `I need to`, too; `she will` is nobody's name.
    """
    sentences = _SENTENCE_END.split(words[:_SECOND_REACH])
    return any(
        is_plan_of_mine(sentence)
        or _names_doer(sentence, names)
        or _is_action_item(sentence, names)
        for sentence in sentences
    )


def _is_action_item(words: str, names: OwnerNames) -> bool:
    """Return whether a sentence is one of minutes: `Todo: ring HR`, `Rota by fri - Priya`."""
    if words.endswith((":", "：")):
        return False
    has_day = _BY_A_DAY.search(words) is not None
    if has_day and (_ends_with_someone(words, names) or _names_unknown_doer(words)):
        return True
    match = _ITEM_LABEL.match(words)
    return match is not None and _is_labelled_item(match, names, has_day=has_day)


def _is_labelled_item(
    match: re.Match[str], names: OwnerNames, *, has_day: bool
) -> bool:
    """Return whether what stands behind a label is to be done."""
    if fold_text(match["label"]) in _NO_ITEMS:
        return False
    rest = match.string[match.end() :]
    if _ACTION_LABEL.match(match["label"]) is not None:
        return has_day or _names_doer(rest, names) or begins_with_task(rest)
    return has_day and _is_labelled_deed(match, rest, names)


def _is_labelled_deed(match: re.Match[str], rest: str, names: OwnerNames) -> bool:
    """Return whether a deed stands behind a colon, or anything behind a name and a dash."""
    if _names_doer(rest, names):
        return True
    if match["sign"].strip() in (":", "："):
        return begins_with_command(rest) and not is_statement(rest)
    return looks_like_name(match["label"]) or fold_text(match["label"]) in MY_WORDS


def _names_unknown_doer(words: str) -> bool:
    """Return whether words begin with what looks like a name, and what whoever has it will do."""
    parts = words.split(maxsplit=_LONGEST_SUBJECT + 1)
    place = _find_link(parts[: _LONGEST_SUBJECT + 1])
    if place is None or not looks_like_name(" ".join(parts[:place])):
        return False
    return begins_with_command(" ".join(parts[place + 1 :]))


def looks_like_name(words: str) -> bool:
    """Return whether words, alone in a bracket, look like those of a name: `Kim`, `Kim & Ali`."""
    parts = [part for part in words.split() if fold_text(part) not in _JOINTS]
    if not 1 <= len(parts) <= _LONGEST_SUBJECT:
        return False
    first = fold_text(parts[0])
    if first in GROUPS:
        return len(parts) == 1
    if first in NO_NAMES or is_statement(words) or begins_with_command(words):
        return False
    return all(part[0].isupper() for part in parts)


def read_label_owner(words: str, names: OwnerNames) -> Owner | None:
    """Return whom words before a colon name, such as `Priya`, `Priya to` or `I will`."""
    words = words.strip(" *_#:：")
    owner = names.find_owner(words, is_label=True)
    if owner is None:
        subject, _, link = words.rpartition(" ")
        if fold_text(link) in _LINKS:
            owner = names.find_owner(subject, is_label=True)
    return owner


def split_label(words: str) -> tuple[str, str] | None:
    """Return what stands before a colon and may be somebody's name, and the words after it.

    None where nothing before a colon can be a name.
    """
    colon = _COLON.search(words, 0, _LONGEST_LABEL) if _has_label(words) else None
    if colon is None:
        return None
    label, rest = words[: colon.start()], words[colon.end() :]
    name = label.strip(" *_@")
    if not _is_label_end(label, rest) or find_name_fault(name):
        return None
    rest = _strip_emphasis(label, rest).strip()
    return (name, rest) if rest else None


def mentions_someone(words: str, names: OwnerNames) -> bool:
    """Return whether there is somebody among the first words, by name or as `she` or `we`."""
    first_words = split_first_words(words)
    return any(_is_someone(word, names) for word in first_words)


def _read_label(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return the owner before a colon; None if nobody certain stands there."""
    reach = max(_LONGEST_LABEL, names.longest_name + 2)
    colons = _COLON.finditer(words, 0, reach)
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
    parts = words.split(maxsplit=3)
    count = _count_link_words([fold_text(part) for part in parts[:3]])
    if not count or len(parts) <= count:
        return words, False
    rest = words.split(maxsplit=count)[count]
    if not is_me and not is_deed(rest):
        return words, False
    return rest, True


def _count_link_words(parts: list[str]) -> int:
    if parts[:1] == ["i'll"] or parts[:1] == ["to"] or parts[:1] == ["will"]:
        return 1
    if parts[:2] == ["i", "will"]:
        return 2
    return 0


def _read_first_person(words: str) -> OwnerReading | None:
    """Return mine for `I will ...` and `I owe ...`, unless it says only how I will be."""
    parts = words.split(maxsplit=3)
    folded = [fold_text(part) for part in parts[:3]]
    if folded[:2] == ["i", "owe"] and len(parts) > 2:
        # “I owe her a lot” is thanks.
        first_words = split_first_words(words)
        is_idiom = first_words[-1] == "one" or first_words[2] == "it"
        if is_idiom or not THANKS.isdisjoint(first_words):
            return None
        return OwnerReading(ME, words, has_link=True)
    count = _count_my_words(folded)
    if not count or len(parts) <= count:
        return None
    rest = words.split(maxsplit=count)[count]
    if not is_deed(rest):
        return None
    return OwnerReading(ME, rest, has_link=True)


def _find_clause_owner(words: str, names: OwnerNames) -> Owner | None:
    """Return whose a clause after the first is that says who does what; None if there is none."""
    if begins_with_command(words) and not is_statement(words):
        return None
    ends = list(_CLAUSE_END.finditer(words, max(0, len(words) - _CLAUSE_REACH)))
    for end in reversed(ends[-_MOST_CLAUSES:]):
        reading = _read_deed(words[end.end() :], names)
        if reading is not None:
            return reading.owner
    return None


def _read_deed(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return who does what, by `I will`, `to` or `will` and a verb that says what to do."""
    reading = _read_first_person(words) or _read_subject(words, names)
    if reading is None or not begins_with_command(reading.words):
        return None
    return reading


def _names_doer(words: str, names: OwnerNames) -> bool:
    """Return whether words begin with a name, and what whoever has it will do."""
    reading = _read_deed(words, names)
    return reading is not None and OTHER_SUBJECTS.isdisjoint(
        re.split(r"['’]", part)[0] for part in split_first_words(words)[:1]
    )


def _count_my_words(folded: list[str]) -> int:
    """Return how many words `I will` or `I'll` takes up; 0 for other words."""
    if folded[:1] == ["i'll"]:
        return 1
    if folded[:2] in (["i", "will"], ["i", "shall"], ["i", "'ll"]):
        return 2
    return 0


def _read_subject(words: str, names: OwnerNames) -> OwnerReading | None:
    """Return the owner of `Priya to ...`, `Priya will ...` and `she'll ...`."""
    parts = words.split(maxsplit=_LONGEST_SUBJECT + 1)
    place = _find_link(parts[: _LONGEST_SUBJECT + 1])
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


def _find_link(parts: list[str]) -> int | None:
    """Return the place of the first `to` or `will` after a word, or of one that ends with 'll."""
    for place, part in enumerate(parts):
        is_link = place > 0 and fold_text(part[:_LONGEST_LABEL]) in _LINKS
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
    first_words = split_first_words(words)
    return bool(first_words) and first_words[0] not in ARTICLES and is_deed(words)


def _hints_at_someone(words: str, names: OwnerNames) -> bool:
    """Return whether words without an owner may be somebody else's, or no promise of mine."""
    first_words = split_first_words(words)
    if not first_words:
        return False
    first = first_words[0]
    if first_words[-1] == "due":
        # “Appraisal due by fri” says when, and not who.
        return True
    if first in SPEAKERS or first in MY_WORDS:
        has_company = first_words[1:2] in (["and"], ["&"], ["+"])
        return has_company or is_reported_promise(words) or is_statement(words)
    if is_denial(words) or is_third_person(words):
        return True
    return _names_someone_first(first, names) or _names_someone_within(words, names)


def _names_someone_first(first: str, names: OwnerNames) -> bool:
    """Return whether the first word is somebody, or leaves open who."""
    is_open = first in ASKING_WORDS or first.endswith("'ll")
    return is_open or _is_someone(first, names)


def _names_someone_within(words: str, names: OwnerNames) -> bool:
    """Return whether somebody stands before a colon or a dash, at the end, or before a `to`."""
    if _has_label(words) or _ends_with_someone(words, names):
        return True
    if begins_with_command(words):
        return False
    first_words = split_first_words(words)
    return _has_other_subject(first_words, names) or _names_before_dash(words, names)


def _names_before_dash(words: str, names: OwnerNames) -> bool:
    """Return whether a dash stands after somebody's name: `action for Priya - send it`."""
    match = _DASH.search(words[:_TAIL_REACH])
    return match is not None and mentions_someone(words[: match.start()], names)


def _is_someone(word: str, names: OwnerNames) -> bool:
    if word in GROUPS or word in OTHER_SUBJECTS or word in CONTRACTIONS:
        return True
    bare_word = word.lstrip("@").removesuffix("'s")
    return names.names_someone(bare_word) or is_bare_title(bare_word)


def _has_label(words: str) -> bool:
    """Return whether a colon stands after a name that may be somebody's: `HR: confirm the date`.

    After two words and more, `Ask HR: ...` says what to do.
    """
    colon = _COLON.search(words, 0, _LONGEST_LABEL)
    if colon is None:
        return False
    label = words[: colon.start()].split()
    if len(label) > _LONGEST_SUBJECT:
        return False
    return len(label) == 1 or not begins_with_command(words)


def _has_other_subject(first_words: list[str], names: OwnerNames) -> bool:
    """Return whether a `to` or a `must` follows what is not a verb of mine."""
    for place, word in enumerate(first_words[1 : _LONGEST_SUBJECT + 1], start=1):
        if word in MODALS or word == "will":
            return True
        if word == "to":
            return not _is_direction(first_words, place, names)
    return False


def _is_direction(first_words: list[str], place: int, names: OwnerNames) -> bool:
    """Return whether `to` points at somebody or something, as in `pass the list to Dana`."""
    after = first_words[place + 1 : place + 2]
    if after and (after[0] in ARTICLES or names.names_someone(after[0])):
        return True
    return any(word in ARTICLES for word in first_words[1:place])


def _ends_with_someone(words: str, names: OwnerNames) -> bool:
    """Return whether words end with somebody's name as minutes have it: `(Priya)`, `– Priya`."""
    tail = words[-_TAIL_REACH:]
    connections = list(_CONNECTED.finditer(tail))
    if "@" in words and _has_handle(words, names):
        return True
    for connection in connections[-3:]:
        if connection[0] in (" for ", " with "):
            continue
        name = tail[connection.end() :].strip(" .)]")
        owner = names.find_owner(name) if name else None
        if owner is not None and owner != ME:
            return True
    return False


def _has_handle(words: str, names: OwnerNames) -> bool:
    """Return whether somebody is called by `@Priya`."""
    for match in re.finditer(r"(?:^|\s)@(\w{1,40})", words):
        if names.names_someone(fold_text(match[1])):
            return True
    return False
