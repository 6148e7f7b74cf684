"""A promise as it was typed: its words, and the answers to the next questions that are in them."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog import dates
from coachlog.interview.conversation import (
    OTHER,
    THIRD,
    Conversation,
    PromiseNames,
    Scope,
)
from coachlog.model.actions import ME, THEM
from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    # The grammar is loaded once somebody types a promise: no file needs it.
    from coachlog.capture import CaptureContext, CapturedPromise, Doubt, Owner
    from coachlog.model.sets import Member


class TypedPromise(NamedTuple):
    """What the words of a promise say; None for what they leave open.

    `owner` is stored as it is, and `owner_name` is the name of one who was not there. The doubts
    are lines to show: `Not clear from your words.`
    """

    what: str
    owner: str | None = None
    owner_name: str | None = None
    due: date | None = None
    done_when: str | None = None
    is_private: bool = False
    owner_doubt: str | None = None
    due_doubt: str | None = None

    def describe_due(self) -> str:
        """Return the date that the words say, and what is not certain about it; '' for neither."""
        if not self.due:
            return self.due_doubt or ""
        day = dates.format_long_day(self.due)
        if self.due_doubt:
            return f"Perhaps {day}. {self.due_doubt}"
        return f"You typed: {day}."


def read_typed_promise(
    talk: Conversation, scope: Scope, words: object, sharper_words: object = None
) -> TypedPromise:
    """Return what the words of a promise say.

    Plainer words that were typed for it come first; what they leave open is as it was. Where the
    conversation is not typed by a person the words are all that there is.
    """
    if talk.promise_names is None:
        return TypedPromise(str(sharper_words or words))
    from coachlog.capture import read_promise

    context = _build_capture_context(talk, talk.promise_names, scope)
    promise = read_promise(str(words), context)
    if sharper_words:
        promise = complete_promise(read_promise(str(sharper_words), context), promise)
    return _build_typed_promise(talk, scope, promise)


def _build_capture_context(
    talk: Conversation, names: PromiseNames, scope: Scope
) -> "CaptureContext":
    """Return what a promise is read with; in a set, only its members can own one."""
    from coachlog.capture import CaptureContext

    context = CaptureContext(
        names.held_on, names.others, names.known, my_name=names.my_name
    )
    if talk.set is None:
        return context
    return context._replace(others=tuple(_list_owning_members(talk, scope)), known=())


def _list_owning_members(talk: Conversation, scope: Scope) -> "list[Member]":
    """Return the members who can own a promise besides the owner of the journal, each once."""
    assert talk.set is not None
    handles = [value for _label, value in scope.owners if value != ME]
    # Somebody who left and came back is a member twice.
    members = {member.slug: member for member in talk.set.members}
    return [members[handle] for handle in handles if handle in members]


def complete_promise(
    promise: "CapturedPromise", earlier_promise: "CapturedPromise"
) -> "CapturedPromise":
    """Return a promise in plainer words, with whatever only its earlier words say."""
    from coachlog.capture import Doubt

    owner_source = due_source = promise
    if not promise.names_owner and Doubt.WHO not in promise.doubts:
        owner_source = earlier_promise
    if promise.due is None and Doubt.WHEN not in promise.doubts:
        due_source = earlier_promise
    sources = {Doubt.WHO: owner_source, Doubt.WHEN: due_source}
    return promise._replace(
        owner=owner_source.owner,
        names_owner=owner_source.names_owner,
        due=due_source.due,
        done_when=promise.done_when or earlier_promise.done_when,
        is_private=promise.is_private or earlier_promise.is_private,
        doubts=tuple(
            doubt for doubt, source in sources.items() if doubt in source.doubts
        ),
    )


def _build_typed_promise(
    talk: Conversation, scope: Scope, promise: "CapturedPromise"
) -> TypedPromise:
    from coachlog.capture import Doubt

    what = promise.what
    if promise.is_done:
        # What is done already is asked elsewhere, so the box stays what it was: words.
        what = f"[x] {what}"
    owner = owner_name = None
    if promise.names_owner or promise.owner != ME:
        # Whoever is only likely is offered, and the doubt is said.
        owner = _find_owner_value(talk, scope, promise.owner)
    if owner == OTHER and talk.set is None:
        owner_name = _get_owner_name(promise.owner)
    return TypedPromise(
        what,
        owner,
        owner_name,
        promise.due,
        promise.done_when,
        promise.is_private,
        _phrase_doubt(promise, Doubt.WHO),
        _phrase_doubt(promise, Doubt.WHEN),
    )


def _find_owner_value(talk: Conversation, scope: Scope, owner: "Owner") -> str | None:
    """Return how an owner is stored; outside a set, someone who was not there is `OTHER`."""
    if isinstance(owner, str):
        return ME if owner == ME else OTHER
    if talk.set is not None:
        members = _list_owning_members(talk, scope)
        handles = {member.id: member.slug for member in members}
        return handles.get(owner.id)
    assert talk.promise_names is not None
    partner_ids = [person.id for person in talk.promise_names.others]
    if owner.id not in partner_ids:
        return OTHER
    return (THEM, THIRD)[partner_ids.index(owner.id)]


def _get_owner_name(owner: "Owner") -> str:
    return owner if isinstance(owner, str) else owner.name


def _phrase_doubt(promise: "CapturedPromise", doubt: "Doubt") -> str | None:
    from coachlog.capture import UNCLEAR_WORDS

    if doubt not in promise.doubts:
        return None
    return f"{UNCLEAR_WORDS.capitalize()}."
