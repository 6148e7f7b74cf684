"""Queries of the ledger: each promise that counts in the ratios, of people or of a set."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from coachlog.model.actions import Action
from coachlog.model.batches import CountedBatches
from coachlog.model.ledger import Ledger, LedgerSide
from coachlog.model.progress import DecidedPromise
from coachlog.rules import caveats, disclosure, promise_sides, tallies
from coachlog.rules.disclosure import Audience
from coachlog.store.database import Connection
from coachlog.store.reading.action_queries import (
    read_judged_actions,
    split_actions,
    split_ids,
)
from coachlog.store.reading.promise_figure_queries import (
    PromiseScope,
    read_threes,
    read_unshared_sessions,
)
from coachlog.store.reading.row_filters import (
    COUNTED_SIDE,
    LIVE_ACTION,
)

_SIDES = ("me", "them")


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
        for action in actions:
            names = threes.get(action.session or 0, {})
            sided_action = promise_sides.take_sides(action, names, scope.person_id)
            entry = tallies.build_ledger_entry(sided_action, scope.today)
            if entry is None:
                continue
            entry = DecidedPromise(
                disclosure.veil_entry(action, audience, private=private),
                entry.fate,
                entry.counts_by_first_date,
                (*caveats.list_ledger_caveats(sided_action, alone_sessions),),
                entry.side,
            )
            promises.append(entry)
        return promises

    def read_side(side: str) -> Iterator[list[DecidedPromise]]:
        rows = _find_dated_actions(db, scope, side)
        yield from map(read_some, split_ids(rows))

    def read_some(ids: Sequence[int]) -> list[DecidedPromise]:
        return build_promises(read_judged_actions(db, ids))

    def read_whole() -> Iterator[list[DecidedPromise]]:
        for side in _SIDES:
            rows = _find_dated_actions(db, scope, side)
            yield from map(build_promises, split_actions(db, rows))

    me, them = (
        LedgerSide(partial(read_side, side), read_some, _count_private_promises)
        for side in _SIDES
    )
    return Ledger(me, them, lambda: CountedBatches(read_whole, _count_private_promises))


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
