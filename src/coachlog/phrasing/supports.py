"""Who supports which promise, in words for a page that others read; without Rich."""

from collections.abc import Iterable

from coachlog.model.actions import Action
from coachlog.model.supports import Support


def name_supporters(
    actions: Iterable[Action], supports: Iterable[Support], me: str
) -> tuple[Action, ...]:
    """Return the actions with the name of each supporter before what they give.

    `me: an hour` says nothing to whoever else reads it, so `me` is the owner's name there.
    """
    words_by_id = {support.action: _name_supporter(support, me) for support in supports}
    return tuple(
        action._replace(support=words_by_id.get(action.id, action.support))
        for action in actions
    )


def _name_supporter(support: Support, me: str) -> str:
    """Return the support in words: `Helen Marsh: an hour`, or a name alone."""
    name = me if support.giver == "me" else support.giver
    return ": ".join(filter(None, (name, support.words)))
