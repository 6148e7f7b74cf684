"""Who may see what: one policy, one way to leave entries out, one way to veil their words.

Every screen, page, table and completion passes its entries through here. An entry is *shown*,
*withheld* (left out and counted), *veiled* (listed without its words) or *apart* (it belongs
somewhere else, and is not even counted).

Use `split_entries` where entries can be left out: a plan, a brief, a history. Use `veil_entry`
where they have to stay because figures add up over them: a ledger, a list of promises.

Everyday screens (bare `coachlog`, lists, the page of one thing, completion and the line after a
change) go through `veil_everyday_entries`, `veil_everyday_session` or `veil_everyday_words`;
`EVERYDAY_AUDIENCE` alone decides whether they hide private words from people looking on. Only a
question that the owner has to answer shows private words unasked: nobody can review a promise, or
correct an answer, without reading it.

Pure functions, without a clock or the journal. `store.reading.row_filters` says the same in SQL; a
test checks that the two agree.
"""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.actions import Action, Promise
    from coachlog.model.goals import Goal
    from coachlog.model.own_plans import Reservation
    from coachlog.model.people import Person
    from coachlog.model.sessions import Answer, Session

    VeilableEntry = TypeVar("VeilableEntry", Action, Answer, Goal, Promise)
    from coachlog.model.supports import Support

Entry = TypeVar("Entry")
AccessJudge = Callable[[Any], "Access"]


class Audience(StrEnum):
    """Who something is for, or who may be looking on."""

    OWNER = "the owner, alone"
    OWNER_AT_SCREEN = "the owner, where others may look on"
    OWNER_IN_FILE = "the owner, in a file that others can open"
    OTHER_PERSON = "the other person in a conversation"
    COACH = "the owner's coach"
    SET_MEMBER = "a member of the action learning set"
    PROGRAMME = "the programme, in a report"


class Secret(StrEnum):
    """Why an entry may not be for everyone; one entry can have several of these."""

    PRIVATE = "marked as private"
    HEALTH = "about somebody's health"
    IN_SET = "said or promised in an action learning set"
    NOTE = "a note to oneself"


TANK = "tank"
"""The template and the measure of the owner's own tank; `is_tank_session` says what is of it."""

Access = Literal["shown", "on request", "never"]
"""Whether an audience sees entries with a certain secret.

Entries shown "on request" are withheld or veiled unless the owner asks for them with --private;
those "never" shown are kept apart, whatever the owner asks for.
"""

SHOWN: Access = "shown"
ON_REQUEST: Access = "on request"
NEVER: Access = "never"


def _build_policy_row(
    private: Access, health: Access, in_set: Access, note: Access
) -> dict[Secret, Access]:
    return {
        Secret.PRIVATE: private,
        Secret.HEALTH: health,
        Secret.IN_SET: in_set,
        Secret.NOTE: note,
    }


POLICY = {
    # audience                       private     health      in a set  note to oneself
    Audience.OWNER: _build_policy_row(SHOWN, SHOWN, SHOWN, SHOWN),
    Audience.OWNER_AT_SCREEN: _build_policy_row(
        ON_REQUEST, ON_REQUEST, SHOWN, ON_REQUEST
    ),
    Audience.OWNER_IN_FILE: _build_policy_row(
        ON_REQUEST, ON_REQUEST, NEVER, ON_REQUEST
    ),
    Audience.OTHER_PERSON: _build_policy_row(ON_REQUEST, ON_REQUEST, NEVER, NEVER),
    Audience.COACH: _build_policy_row(ON_REQUEST, ON_REQUEST, NEVER, NEVER),
    Audience.SET_MEMBER: _build_policy_row(ON_REQUEST, ON_REQUEST, SHOWN, NEVER),
    Audience.PROGRAMME: _build_policy_row(NEVER, NEVER, NEVER, NEVER),
}
"""What each audience may see of each kind of secret; entries without one are shown to everyone.

Where an entry has several, the strictest rule counts: a private promise of a set is the set's.
"""

EVERYDAY_AUDIENCE = Audience.OWNER_AT_SCREEN
"""The audience of everyday screens: private words are veiled there until they are asked for."""

VEILED_WORDS = "(private)"
"""Shown in place of private words."""


class EntrySplit(NamedTuple, Generic[Entry]):
    """The entries that an audience sees, in their order, and how many it does not.

    `withheld` counts those that `--private` would show, `apart` those that are never shown here.
    """

    visible_entries: tuple[Entry, ...]
    withheld: int = 0
    apart: int = 0


class SecrecyMarks(NamedTuple):
    """Whether an answer is private or about health, where it was read without its words."""

    private: bool
    health: bool


def find_secrets(entry: Any) -> frozenset[Secret]:
    """Return what is secret about an answer, action, goal, measure, note or `SecrecyMarks`.

    Raises TypeError for anything that cannot say whether it is private, so that no new kind of
    entry is shown by oversight.
    """
    kind: type = type(entry)
    possible_secrets = _list_possible_secrets(kind)
    return frozenset(
        secret for secret in possible_secrets if _SECRET_SIGNS[secret](entry)
    )


def is_private(entry: Any) -> bool:
    """Return whether an answer, prompt, action, goal or measure is private or about health."""
    return bool(entry.private or getattr(entry, "health", False))


def count_private_entries(entries: Iterable[Any]) -> int:
    """Return how many entries are private or about health, for a page that includes them to say."""
    return sum(map(is_private, entries))


def judge_access(entry: Any, audience: Audience, *, private: bool = False) -> Access:
    """Return whether an audience sees an entry; `private` is true where the owner asked for it.

    Raises TypeError as `find_secrets` does.
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
    """Return the entries that an audience sees, and how many it does not.

    With `private`, entries shown on request are among them. `key` returns the part of an entry to
    judge, where that is not the whole of it. Raises TypeError as `find_secrets` does.
    """
    visible_entries: list[Entry] = []
    withheld = apart = 0
    judges: dict[type, AccessJudge] = {}
    for entry in entries:
        subject = key(entry) if key else entry
        kind: type = type(subject)
        if kind not in judges:
            judges[kind] = _build_access_judge(kind, audience, private)
        access = judges[kind](subject)
        if access == SHOWN:
            visible_entries.append(entry)
        elif access == ON_REQUEST:
            withheld += 1
        else:
            apart += 1
    return EntrySplit(tuple(visible_entries), withheld, apart)


def find_reservation(
    entry: Any,
    partner_ids: Collection[int],
    reader_id: int | None,
    *,
    is_picked: bool,
) -> "Reservation | None":
    """Return why an entry of the owner's own plan is not on a page of it; None if it is.

    `partner_ids` are the people with whom it was made: without any it is the owner's alone, and
    with some it is for these and nobody else. Without a reader the page is the owner's. What they
    picked is on it, whatever it is, but for what was promised in a set. Raises TypeError as
    `find_secrets` does.
    """
    # Imported here, as nothing but the owner's own plan needs it.
    from coachlog.model.own_plans import Reservation

    secrets = find_secrets(entry)
    if Secret.IN_SET in secrets:
        return Reservation.IN_SET
    if is_picked:
        return None
    if reader_id is not None and not is_for_reader(partner_ids, reader_id):
        return Reservation.OTHERS
    if Secret.HEALTH in secrets:
        return Reservation.HEALTH
    if judge_access(entry, Audience.OTHER_PERSON) != SHOWN:
        return Reservation.PRIVATE
    return None


def is_for_reader(partner_ids: Collection[int], reader_id: int) -> bool:
    """Return whether something is the owner's alone, or was made with the reader among others."""
    return not partner_ids or reader_id in partner_ids


def is_support_seen(
    support: "Support",
    partner_ids: Collection[int],
    reader: "Person",
    *,
    is_picked: bool,
) -> bool:
    """Return whether whoever reads the owner's own plan sees who supports a promise in it.

    They do if it was made with them (`partner_ids`) or the owner picked it, and if they or the
    owner give the support, or nobody is named. What somebody else gives the owner is between these.
    """
    if is_picked or reader.id in partner_ids:
        return True
    if support.giver:
        # Few commands look at support, so the others need not load the promises.
        from coachlog.model.actions import ME

        return support.giver == ME or support.giver_id == reader.id
    return not support.names_somebody


def is_tank_session(session: "Session") -> bool:
    """Return whether a conversation is an entry of the owner's own tank.

    What was answered there, and that there is an entry, is in no figure, page, table or list of
    measures, with or without --private: only on the tank's own screen, and where conversations are
    looked for, read and corrected one by one.
    """
    return session.template == TANK and not session.people and session.set is None


def exclude_set_actions(actions: Iterable["Action"]) -> tuple["Action", ...]:
    """Return the promises that may come up with one person, private ones included.

    Promises made in a set are left out: they come back there and nowhere else.
    """
    return split_entries(actions, Audience.OTHER_PERSON, private=True).visible_entries


def veil_entry(
    entry: "VeilableEntry", audience: Audience, *, private: bool = False
) -> "VeilableEntry":
    """Return an entry, without its words where this audience may not see them.

    With `private`, words shown on request stay. Private words become `VEILED_WORDS`; those of a set
    become empty, as a screen names the set instead. A veiled answer is always marked as private.
    """
    if judge_access(entry, audience, private=private) == SHOWN:
        return entry
    words = VEILED_WORDS
    if POLICY[audience][Secret.IN_SET] != SHOWN and Secret.IN_SET in find_secrets(
        entry
    ):
        words = ""
    veil: Callable[[VeilableEntry, str], VeilableEntry] = _VEILS[type(entry).__name__]
    return veil(entry, words)


def _veil_promise(promise: "Promise", words: str) -> "Promise":
    return promise._replace(**_build_veiled_fields(words))


def _veil_action(action: "Action", words: str) -> "Action":
    events = tuple(event._replace(note=None) for event in action.events)
    return action._replace(events=events, **_build_veiled_fields(words))


def _build_veiled_fields(words: str) -> dict[str, Any]:
    """Return the fields of a promise that hold somebody's words: these, and nothing in the rest."""
    # Few commands veil anything, so the others need not load the table of fields.
    from coachlog.model.promise_fields import PROMISE_WORDS

    veiled_fields: dict[str, Any] = dict.fromkeys(PROMISE_WORDS)
    veiled_fields["what"] = words
    return veiled_fields


def _veil_answer(answer: "Answer", words: str) -> "Answer":
    """Return an answer with these words, whatever its kind; one that was skipped stays so.

    Null would say that it was skipped, and a made-up number would be counted.
    """
    if answer.value is None:
        return answer
    # Private or about health: whoever reads the JSON has one sign to look for.
    return answer._replace(value=words, private=True)


def _veil_goal(goal: "Goal", words: str) -> "Goal":
    levels = tuple(words for _ in goal.levels)
    ratings = tuple(rating._replace(note=None) for rating in goal.ratings)
    return goal._replace(
        title=words, why=None, success=None, levels=levels, ratings=ratings
    )


_VEILS: dict[str, Callable[[Any, str], Any]] = {
    "Action": _veil_action,
    "Answer": _veil_answer,
    "Goal": _veil_goal,
    "Promise": _veil_promise,
}
"""How an entry loses its words, by the name of its class.

By name, as here and below no command need load the classes whose entries it does not show.
"""

_WORDS_FIELDS = {
    "Action": "what",
    "Answer": "value",
    "Goal": "title",
    "Promise": "what",
}
"""The field that holds an entry's words, by the name of its class."""


_STATED_TYPES = ("DATE", "DATETIME", "INTEGER", "VARCHAR(16)")
"""The types of columns that hold a day, a moment, a number or a state: never anybody's words."""


_REPLY_TABLES = (
    *("pulse_code", "pulse_count"),
    *("workshop_code", "workshop_count"),
)
"""The tables in which the key of a row is a code that was given out, or what was replied."""


def may_say_column(column_type: str, *, is_undoable: bool) -> bool:
    """Return whether a value may be said where a damaged row cannot tell whether it is private.

    Words never are, nor marks of secrecy. Of a table that is in no report (`is_undoable` is false),
    such as the replies to a pulse, nothing is.
    """
    return is_undoable and column_type in _STATED_TYPES


def list_stated_key(table: str | None, key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return as much of the key of a row as may be said: of a reply, what it replies to alone."""
    return key[:1] if table in _REPLY_TABLES else key


def is_veiled(words: object, *, private: bool) -> bool:
    """Return whether these are the words that `veil_entry` puts in place of private ones."""
    return private and words == VEILED_WORDS


def count_veiled_entries(
    entries: "Iterable[Action | Answer | Goal | Promise]",
) -> int:
    """Return how many entries are there without their words."""
    return sum(
        is_veiled(
            getattr(entry, _WORDS_FIELDS[type(entry).__name__]), private=entry.private
        )
        for entry in entries
    )


def veil_everyday_entries(
    entries: "Iterable[VeilableEntry]", *, private: bool = False
) -> "list[VeilableEntry]":
    """Return entries as everyday screens may show them, veiled where need be."""
    visible_entries: list[VeilableEntry] = []
    for entry in entries:
        kind: type = type(entry)
        judge = _build_access_judge(kind, EVERYDAY_AUDIENCE, private)
        if judge(entry) != SHOWN:
            entry = veil_entry(entry, EVERYDAY_AUDIENCE, private=private)
        visible_entries.append(entry)
    return visible_entries


def veil_everyday_session(session: "Session", *, private: bool = False) -> "Session":
    """Return a conversation with its answers and promises as everyday screens may show them."""
    slots = []
    for slot in session.slots:
        answers = veil_everyday_entries(slot.answers, private=private)
        actions = veil_everyday_entries(slot.actions, private=private)
        slots.append(slot._replace(answers=tuple(answers), actions=tuple(actions)))
    return session._replace(
        answers=tuple(veil_everyday_entries(session.answers, private=private)),
        actions=tuple(veil_everyday_entries(session.actions, private=private)),
        slots=tuple(slots),
    )


def list_session_entries(session: "Session") -> "list[Action | Answer]":
    """Return every answer and every promise of a conversation, each once."""
    entries: list[Action | Answer] = [*session.answers, *session.actions]
    for slot in session.slots:
        entries += slot.answers
    return entries


def veil_everyday_words(words: str, *, private: bool) -> str:
    """Return the words of something just changed, as the line about the change may show them."""
    access = judge_access(SecrecyMarks(private, health=False), EVERYDAY_AUDIENCE)
    return words if access == SHOWN else VEILED_WORDS


_SECRET_FIELDS = {
    Secret.PRIVATE: "private",
    Secret.HEALTH: "health",
    Secret.IN_SET: "set",
}
"""The field of an entry that is true or set where it has the secret."""

_SECRET_SIGNS: dict[Secret, Callable[[Any], Any]] = {
    secret: attrgetter(name) for secret, name in _SECRET_FIELDS.items()
}
_SECRET_SIGNS[Secret.NOTE] = lambda _: True
"""For each secret, whether an entry of a kind that can have it does have it."""

_NOTE = "Note"
"""The class whose entries are all notes to oneself."""


@cache
def _list_possible_secrets(kind: type) -> tuple[Secret, ...]:
    """Return the secrets that a kind of entry can have; a note always has its own.

    Raises TypeError for a kind that does not say whether it is private.
    """
    if kind.__name__ == _NOTE:
        return (Secret.NOTE,)
    if not hasattr(kind, "private"):
        raise TypeError(f"{kind.__name__} does not say whether it is private")
    return tuple(
        secret for secret, name in _SECRET_FIELDS.items() if hasattr(kind, name)
    )


@cache
def _build_access_judge(kind: type, audience: Audience, private: bool) -> AccessJudge:
    """Return a function that judges an audience's access to an entry of this kind.

    Built once for each kind, as a history of ten years has thousands of answers to judge.
    """
    never_signs = []
    on_request_signs = []
    for secret in _list_possible_secrets(kind):
        access = POLICY[audience][secret]
        if access == NEVER:
            never_signs.append(_SECRET_SIGNS[secret])
        elif access == ON_REQUEST and not private:
            on_request_signs.append(_SECRET_SIGNS[secret])

    def judge(entry: Any) -> Access:
        # The strictest first: a private promise of a set is the set's.
        for sign in never_signs:
            if sign(entry):
                return NEVER
        for sign in on_request_signs:
            if sign(entry):
                return ON_REQUEST
        return SHOWN

    return judge


def list_hidden_secrets(
    audience: Audience, *, private: bool = False
) -> frozenset[Secret]:
    """Return the secrets of entries that an audience does not see, for a query to leave them out.

    With `private`, those shown on request are seen.
    """
    return frozenset(
        secret
        for secret, access in POLICY[audience].items()
        if access == NEVER or (access == ON_REQUEST and not private)
    )
