"""Queries of the ledger: each promise that counts in the ratios, of people or of a set."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from coachlog.model import Action
from coachlog.model.ledger import Ledger, LedgerSide
from coachlog.model.progress import DecidedPromise
from coachlog.rules import caveats, disclosure, tallies
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    read_actions_in_order,
    split_actions,
)
from coachlog.store.reading.promise_figure_queries import (
    PromiseScope,
    read_moving_sessions_alone,
)
from coachlog.store.reading.row_filters import (
    LIVE_ACTION,
    OWNER_AT_FIRST_DATE,
)


def read_ledger(
    db: Connection, scope: PromiseScope, *, private: bool = False
) -> Ledger:
    """Return each promise that counts in the ratios, the owner's first, then by first date.

    Those made in sets come without their words, unless it is the ledger of a set; so do private
    ones, unless `private`. A promise that counts only because of a correction is included.
    """
    audience = Audience.OTHER_PERSON if scope.set is None else Audience.SET_MEMBER
    alone_sessions = read_moving_sessions_alone(db)

    def build_promises(actions: Iterable[Action]) -> list[DecidedPromise]:
        promises = []
        for action in actions:
            promise = tallies.build_ledger_entry(action, scope.today)
            if promise is None:
                continue
            visible_action = disclosure.veil_entry(action, audience, private=private)
            names = caveats.list_ledger_caveats(action, alone_sessions)
            promises.append(
                promise._replace(action=visible_action, caveats=tuple(names))
            )
        return promises

    def read_side(owner: str) -> Iterator[list[DecidedPromise]]:
        rows = _find_dated_actions(db, scope, owner)
        yield from map(build_promises, split_actions(db, rows))

    def read_some(ids: Sequence[int]) -> list[DecidedPromise]:
        return build_promises(read_actions_in_order(db, ids))

    sides = [
        LedgerSide(partial(read_side, owner), read_some, _count_private_promises)
        for owner in ("me", "them")
    ]
    return Ledger(*sides)


def _count_private_promises(promises: Iterable[DecidedPromise]) -> int:
    return disclosure.count_private_entries(promise.action for promise in promises)


def _find_dated_actions(db: Connection, scope: PromiseScope, owner: str) -> Any:
    """Return a cursor over the numbers of the actions that count for an owner, by first date."""
    return db.execute(
        f"""
        SELECT action.id FROM action
        WHERE {LIVE_ACTION} AND {scope.plan_condition} AND {scope.period_condition}
              AND action.original_due IS NOT NULL AND {OWNER_AT_FIRST_DATE} = :owner
        ORDER BY action.original_due, action.id
        """,
        {**scope.values, "owner": owner},
    )
