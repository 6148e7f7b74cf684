"""Queries of the ledger: each promise that counts in the ratios, of people or of a set."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from coachlog.model.actions import Action
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
    find_parties,
    read_threes,
    read_unshared_sessions,
)
from coachlog.store.reading.row_filters import (
    COUNTED_SIDE,
    LIVE_ACTION,
)


def read_ledger(
    db: Connection, scope: PromiseScope, *, private: bool = False
) -> Ledger:
    """Return each promise that counts in the ratios, the owner's first, then by first date.

    Those made in sets come without their words, unless it is the ledger of a set; so do private
    ones, unless `private`. A promise that counts only because of a correction is included.
    """
    audience = Audience.OTHER_PERSON if scope.set is None else Audience.SET_MEMBER
    alone_sessions = read_unshared_sessions(db)
    threes = read_threes(db)

    def build_promises(actions: Iterable[Action]) -> list[DecidedPromise]:
        promises = []
        for promise in find_parties(threes, actions, scope.person_id):
            sided_action = promise.sided_action
            entry = tallies.build_ledger_entry(sided_action, scope.today)
            if entry is None:
                continue
            action = disclosure.veil_entry(promise.action, audience, private=private)
            names = caveats.list_ledger_caveats(sided_action, alone_sessions)
            promises.append(entry._replace(action=action, caveats=tuple(names)))
        return promises

    def read_side(side: str) -> Iterator[list[DecidedPromise]]:
        rows = _find_dated_actions(db, scope, side)
        yield from map(build_promises, split_actions(db, rows))

    def read_some(ids: Sequence[int]) -> list[DecidedPromise]:
        return build_promises(read_actions_in_order(db, ids))

    sides = [
        LedgerSide(partial(read_side, side), read_some, _count_private_promises)
        for side in ("me", "them")
    ]
    return Ledger(*sides)


def _count_private_promises(promises: Iterable[DecidedPromise]) -> int:
    return disclosure.count_private_entries(promise.action for promise in promises)


def _find_dated_actions(db: Connection, scope: PromiseScope, side: str) -> Any:
    """Return a cursor over the numbers of the actions that count for a side, by first date."""
    return db.execute(
        f"""
        SELECT action.id FROM action
        WHERE {LIVE_ACTION} AND {scope.plan_condition} AND {scope.period_condition}
              AND action.original_due IS NOT NULL AND {COUNTED_SIDE} = :side
        ORDER BY action.original_due, action.id
        """,
        {**scope.values, "side": side},
    )
