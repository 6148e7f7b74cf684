"""Whose name words are: someone's in the conversation, in the journal, or an owner's already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from coachlog.capture.values import ME, CaptureContext, KnownPerson, Owner
from coachlog.capture.words import GROUPS, OTHER_SUBJECTS
from coachlog.model.references import PersonRef
from coachlog.names.matching import is_meant_by, list_active, match_by_name
from coachlog.names.spelling import build_name_key, is_stand_in, split_name
from coachlog.text import fold_text, split_words

MY_WORDS = frozenset(("me", "i", "myself"))
_SHORTEST_BEGINNING = 3
"""So many letters of a name stand for someone in the conversation, before a colon."""
_LONGEST_QUERY = 200


class OwnerNames:
    """The names that can own a promise, found by whole words without asking everyone each time."""

    def __init__(self, context: CaptureContext) -> None:
        """Take the names of a context."""
        self.others = tuple(context.others)
        self._my_name = context.my_name
        self._people = (*self.others, *context.known)
        self._people_by_handle = _group_by_handle(self._people)
        self._other_owners = _group_by_key(self.others)
        self._known_people = _group_by_key(context.known)
        self._typed_owners = {build_name_key(name): name for name in context.owners}
        self._people_by_word = _group_by_word(self._people)
        words = {word for name in context.owners for word in split_words(name)}
        self._words = words | set(self._people_by_word)
        lengths = [len(person.name) for person in self._people]
        lengths += map(len, context.owners)
        self.longest_name = max(lengths, default=0)

    def find_owner(self, words: str, *, is_label: bool = False) -> Owner | None:
        """Return whom words name, and nobody else; None where that is not certain.

        Before a colon, the beginning of a name is enough for someone in the conversation.
        """
        if not words or len(words) > max(self.longest_name, _LONGEST_QUERY):
            return None
        folded = fold_text(words)
        if folded in MY_WORDS:
            return ME
        exact_owner, is_exact = self._find_exactly(words)
        if is_exact:
            return exact_owner
        if folded in OTHER_SUBJECTS:
            return _refer_to(self.others[0]) if len(self.others) == 1 else None
        if is_stand_in(words) or folded in GROUPS:
            return None
        return self._find_in_part(words, is_label=is_label)

    def names_someone(self, word: str) -> bool:
        """Return whether a folded word is a whole word of somebody's name."""
        return len(word) > 1 and word in self._words

    def get_handle(self, person: PersonRef) -> str | None:
        """Return the handle of a person; None for someone of whom nothing is known."""
        for known_person in self._people:
            if known_person.id == person.id:
                return known_person.slug
        return None

    def _find_exactly(self, words: str) -> tuple[Owner | None, bool]:
        """Return whose whole name or handle words are, and whether they are anybody's."""
        by_handle = self._people_by_handle.get(fold_text(words))
        if by_handle:
            return _refer_to(by_handle[0]), True
        key = build_name_key(words)
        if not key:
            return None, False
        for people_by_key in (self._other_owners, self._known_people):
            namesakes = people_by_key.get(key)
            if namesakes:
                return _choose_only(namesakes), True
        if key in self._typed_owners:
            return self._typed_owners[key], True
        if self._my_name and key == build_name_key(self._my_name):
            return ME, True
        return None, False

    def _find_in_part(self, words: str, *, is_label: bool) -> Owner | None:
        """Return whom a part of a name means, such as a first name."""
        query_words = split_name(words)
        fits_me = bool(self._my_name) and is_meant_by(words, self._my_name)
        matches = match_by_name(self._list_candidates(query_words), words)
        if fits_me:
            return None if matches else ME
        if matches:
            return _choose_only(matches)
        if is_label and len("".join(query_words)) >= _SHORTEST_BEGINNING:
            return _choose_only(match_by_name(self.others, words))
        return None

    def _list_candidates(self, query_words: Sequence[str]) -> list[KnownPerson]:
        """Return those with each of the words in their name, in the conversation or else at all."""
        candidates = self._find_by_whole_words(query_words)
        others = [person for person in candidates if person in self.others]
        return others or candidates

    def _find_by_whole_words(self, query_words: Iterable[str]) -> list[KnownPerson]:
        """Return those who have each of the words in their name."""
        candidates: list[KnownPerson] | None = None
        for word in query_words:
            people = self._people_by_word.get(word, [])
            if candidates is not None:
                people = [person for person in people if person in candidates]
            candidates = people
        return candidates or []


@lru_cache(maxsize=4)
def _build_cached_names(context: CaptureContext) -> OwnerNames:
    return OwnerNames(context)


def build_owner_names(context: CaptureContext) -> OwnerNames:
    """Return the names of a context; those of the last few are kept, as they take a while."""
    return _build_cached_names(
        context._replace(
            others=tuple(context.others),
            known=tuple(context.known),
            owners=tuple(context.owners),
        )
    )


def _refer_to(person: KnownPerson) -> PersonRef:
    return PersonRef(person.id, person.name)


def _choose_only(people: Sequence[KnownPerson]) -> PersonRef | None:
    """Return the only person of several matches; None if there are more, or none."""
    best_matches = list_active(people) or people
    if len(best_matches) != 1:
        return None
    return _refer_to(best_matches[0])


def _group_by_handle(people: Iterable[KnownPerson]) -> dict[str, list[KnownPerson]]:
    groups: defaultdict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        for handle in (person.slug, *person.other_handles):
            groups[fold_text(handle)].append(person)
    return groups


def _group_by_key(people: Iterable[KnownPerson]) -> dict[str, list[KnownPerson]]:
    groups: defaultdict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        groups[build_name_key(person.name)].append(person)
    return groups


def _group_by_word(people: Iterable[KnownPerson]) -> dict[str, list[KnownPerson]]:
    """Return people by each whole word of their names and handles."""
    groups: defaultdict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        words = set(split_words(person.name))
        # `O'Brien` is found as `obrien`, too.
        words |= {"".join(split_words(part)) for part in person.name.split()}
        for handle in (person.slug, *person.other_handles):
            words.update(split_words(handle))
        for word in words - {""}:
            groups[word].append(person)
    return groups
