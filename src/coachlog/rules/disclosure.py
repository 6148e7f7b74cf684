"""Who may see what: one policy, one split, one veil.

Every screen, page, table and completion passes what it read through here. The words are the same
everywhere: an entry is *shown*, *withheld* (left out and counted), *veiled* (there, without its
words) or *apart* (it belongs to another place, and is not even counted here).

`split_entries` is for what can be left out: a plan, a brief, a history. `veil_entry` is for what has to stay,
because figures add up over it: a ledger, a list of promises.

Everyday screens (bare `coachlog`, `person show`, `action list`, `goal list`, completion and the
line after a change) go through `veil_everyday_entries`. They are for the `EVERYDAY_AUDIENCE` audience, and that name is
the one place to change when they are to keep private words from whoever looks on. The pages of one
thing (`action show`, `goal show`, `session show`) are for the owner, who asked for that very thing.

Pure functions, without a clock and without the journal. The SQL that has to say the same stands in
`store.reading.row_filters`; a test holds the two together.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from coachlog.model import Action, Goal, Note

Entry = TypeVar("Entry")
VeilableEntry = TypeVar("VeilableEntry", Action, Goal)
AccessJudge = Callable[[Any], "Access"]


class Audience(StrEnum):
    """For whom something is made, or who may be looking on."""

    OWNER = "the owner, alone"
    OWNER_AT_SCREEN = "the owner, where others may look on"
    OTHER_PERSON = "whom a conversation was with"
    COACH = "the owner's coach"
    SET_MEMBER = "a member of the action learning set"
    PROGRAMME = "the programme, in a report"


class Secret(StrEnum):
    """Why an entry may not be for everybody; one entry can have several of these."""

    PRIVATE = "marked as private"
    HEALTH = "about somebody's health"
    IN_SET = "said or promised in an action learning set"
    NOTE = "a note to oneself"


Access = Literal["shown", "on request", "never"]
"""What an audience gets of a secret.

What is shown "on request" is withheld or veiled unless the owner asks for it with --private; what
is "never" shown is kept apart, whatever the owner asks for.
"""

SHOWN: Access = "shown"
ON_REQUEST: Access = "on request"
NEVER: Access = "never"


def _build_policy_row(
    private: Access, health: Access, in_set: Access, note: Access
) -> dict[Secret, Access]:
    return dict(zip(Secret, (private, health, in_set, note), strict=True))


POLICY = {
    # audience                       private     health      in a set  note to oneself
    Audience.OWNER: _build_policy_row(SHOWN, SHOWN, SHOWN, SHOWN),
    Audience.OWNER_AT_SCREEN: _build_policy_row(ON_REQUEST, ON_REQUEST, SHOWN, SHOWN),
    Audience.OTHER_PERSON: _build_policy_row(ON_REQUEST, ON_REQUEST, NEVER, NEVER),
    Audience.COACH: _build_policy_row(ON_REQUEST, ON_REQUEST, NEVER, NEVER),
    Audience.SET_MEMBER: _build_policy_row(ON_REQUEST, ON_REQUEST, SHOWN, NEVER),
    Audience.PROGRAMME: _build_policy_row(NEVER, NEVER, NEVER, NEVER),
}
"""What each audience gets of each kind of secret; what has none is shown to everyone.

Where several hold, the strictest one counts: a private promise of a set is the set's.
"""

EVERYDAY_AUDIENCE = Audience.OWNER
"""The audience of everyday screens: for now, private words are shown there."""

VEILED_WORDS = "(private)"
"""What stands in place of private words."""


class EntrySplit(NamedTuple, Generic[Entry]):
    """What is shown of some entries, in their order, and how many are not.

    `withheld` counts those that `--private` would show, `apart` those that nothing shows here.
    """

    visible_entries: tuple[Entry, ...]
    withheld: int = 0
    apart: int = 0


class SecrecyMarks(NamedTuple):
    """What an answer says of its own secrecy, for what is read without its words."""

    private: bool
    health: bool


def find_secrets(entry: Any) -> frozenset[Secret]:
    """Return what is secret about an entry: an answer, action, goal, measure, note or `SecrecyMarks`.

    `TypeError` for something that cannot say whether it is private, so that nothing new is shown
    by oversight.
    """
    kind: type = type(entry)
    return frozenset(
        secret for secret in _list_possible_secrets(kind) if _SECRET_SIGNS[secret](entry)
    )


def is_private(entry: Any) -> bool:
    """Return whether an answer, action, goal or measure is private or about health."""
    return bool(entry.private or getattr(entry, "health", False))


def count_private_entries(entries: Iterable[Any]) -> int:
    """Return how many entries are private or about health: what a page says that it includes."""
    return sum(map(is_private, entries))


def judge_access(entry: Any, audience: Audience, *, private: bool = False) -> Access:
    """Return what an audience gets of an entry; `private` says that the owner asked for it.

    `TypeError` as for `find_secrets`.
    """
    kind: type = type(entry)
    return _build_access_judge(kind, audience, private)(entry)


def split_entries(
    entries: Iterable[Entry],
    audience: Audience,
    *,
    private: bool = False,
    key: Callable[[Entry], Any] | None = None,
) -> EntrySplit[Entry]:
    """Return the entries that an audience is shown, and how many it is not.

    With `private`, those too that are shown on request. `key` returns what is to be judged of an
    entry, where that is a part of it. `TypeError` as for `find_secrets`.
    """
    shown: list[Entry] = []
    withheld = apart = 0
    judges: dict[type, AccessJudge] = {}
    for entry in entries:
        judged = key(entry) if key else entry
        kind: type = type(judged)
        if kind not in judges:
            judges[kind] = _build_access_judge(kind, audience, private)
        allowed = judges[kind](judged)
        if allowed == SHOWN:
            shown.append(entry)
        elif allowed == ON_REQUEST:
            withheld += 1
        else:
            apart += 1
    return EntrySplit(tuple(shown), withheld, apart)


def exclude_set_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return the promises that may come up with one person, private ones among them.

    What was promised in a set is left out: it comes back there, and nowhere else.
    """
    return split_entries(actions, Audience.OTHER_PERSON, private=True).visible_entries


def veil_entry(entry: VeilableEntry, audience: Audience, *, private: bool = False) -> VeilableEntry:
    """Return an action or a goal, without its words where they are not for this audience.

    With `private`, the words are there that are shown on request. `VEILED_WORDS` stands in place of the
    private ones, nothing in place of a set's: a screen names the set instead.
    """
    if judge_access(entry, audience, private=private) == SHOWN:
        return entry
    is_sets_own = Secret.IN_SET in find_secrets(entry) and POLICY[audience][Secret.IN_SET] != SHOWN
    words = "" if is_sets_own else VEILED_WORDS
    if isinstance(entry, Goal):
        return _veil_goal(entry, words)
    from coachlog.model.promise_fields import PROMISE_WORDS  # few commands veil anything

    events = tuple(event._replace(note=None) for event in entry.events)
    bare: dict[str, Any] = dict.fromkeys(PROMISE_WORDS) | {"what": words}
    return entry._replace(events=events, **bare)


def _veil_goal(goal: Goal, words: str) -> Goal:
    levels = tuple(words for _ in goal.levels)
    ratings = tuple(rating._replace(note=None) for rating in goal.ratings)
    return goal._replace(title=words, why=None, success=None, levels=levels, ratings=ratings)


def is_veiled(words: str, *, private: bool) -> bool:
    """Return whether these are the words that `veil_entry` left of something private."""
    return private and words == VEILED_WORDS


def veil_everyday_entries(
    entries: Iterable[VeilableEntry], *, private: bool = False
) -> list[VeilableEntry]:
    """Return actions or goals as everyday screens may show them."""
    return [veil_entry(entry, EVERYDAY_AUDIENCE, private=private) for entry in entries]


def veil_everyday_words(words: str, *, private: bool) -> str:
    """Return the words of something just changed, as the line about it may say them."""
    allowed = judge_access(SecrecyMarks(private, health=False), EVERYDAY_AUDIENCE)
    return words if allowed == SHOWN else VEILED_WORDS


def _is_note(_: Any) -> bool:
    return True


_SECRET_FIELDS = {Secret.PRIVATE: "private", Secret.HEALTH: "health", Secret.IN_SET: "set"}
"""The field whose value tells that an entry is secret."""

_SECRET_SIGNS: dict[Secret, Callable[[Any], Any]] = {
    **{secret: attrgetter(name) for secret, name in _SECRET_FIELDS.items()},
    Secret.NOTE: _is_note,
}
"""What tells each secret of an entry that can have it."""


@cache
def _list_possible_secrets(kind: type) -> tuple[Secret, ...]:
    """Return the secrets that a kind of entry can have; a note is one by its kind.

    `TypeError` for a kind that does not say whether it is private.
    """
    if issubclass(kind, Note):
        return (Secret.NOTE,)
    if not hasattr(kind, "private"):
        raise TypeError(f"{kind.__name__} does not say whether it is private")
    return tuple(secret for secret, name in _SECRET_FIELDS.items() if hasattr(kind, name))


@cache
def _build_access_judge(kind: type, audience: Audience, private: bool) -> AccessJudge:
    """Return what tells the access that an audience has to an entry of this kind.

    Made once for each kind: a history of ten years asks for thousands of answers.
    """
    policy = POLICY[audience]
    granted = (SHOWN, ON_REQUEST) if private else (SHOWN,)
    hurdles = [
        (_SECRET_SIGNS[secret], policy[secret])
        for secret in _list_possible_secrets(kind)
        if policy[secret] not in granted
    ]
    hurdles.sort(key=lambda hurdle: hurdle[1] != NEVER)  # the strictest first

    def judge(entry: Any) -> Access:
        for sign, allowed in hurdles:
            if sign(entry):
                return allowed
        return SHOWN

    return judge
