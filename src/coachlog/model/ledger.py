"""The ledger: the promises that count in the ratios, of which there can be very many."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from coachlog.model.batches import BATCH_SIZE, Batches, CountedBatches
from coachlog.model.progress import DecidedPromise

Promises = Sequence[DecidedPromise]


class LedgerSide(CountedBatches[DecidedPromise]):
    """The promises of one side that count, by first date; the private ones are counted.

    `read_some` returns those with these numbers, in their order.
    """

    def __init__(
        self,
        read: Callable[[], Iterator[Promises]],
        read_some: Callable[[Sequence[int]], Promises],
        count_private: Callable[[Promises], int],
    ) -> None:
        super().__init__(read, count_private)
        self._read_some = read_some

    def sort(self, rank: Callable[[DecidedPromise], Any]) -> Iterable[DecidedPromise]:
        """Return the promises by rank; of many of them, only the numbers are kept in memory."""
        if self._is_whole:
            return sorted(self, key=rank)
        ids: dict[Any, array[int]] = {}
        for promise in self:
            ids.setdefault(rank(promise), array("q")).append(promise.action.id)
        sorted_ids: array[int] = array("q")
        for key in sorted(ids):
            sorted_ids += ids[key]

        def read_batches() -> Iterator[Promises]:
            for start in range(0, len(sorted_ids), BATCH_SIZE):
                yield self._read_some(sorted_ids[start : start + BATCH_SIZE])

        return Batches(read_batches)


class Ledger:
    """The promises that count in the ratios: the owner's, then everybody else's."""

    def __init__(self, me: LedgerSide, them: LedgerSide) -> None:
        self.me = me
        self.them = them

    @property
    def promises(self) -> Batches[DecidedPromise]:
        """Return the promises of both sides."""
        return Batches(lambda: chain(self.me.split(), self.them.split()))

    @property
    def private_promises(self) -> int:
        """Return how many of them are private."""
        return self.me.total + self.them.total
