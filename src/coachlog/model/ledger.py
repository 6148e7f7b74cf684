"""The ledger: the promises that count in the ratios, of which there can be very many."""

from collections.abc import Callable, Iterable, Iterator, Sequence

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

    def select(self, ids: Sequence[int]) -> Iterable[DecidedPromise]:
        """Return the promises of this side with these numbers, in their order."""
        if self._is_whole:
            promises = {promise.action.id: promise for promise in self}
            return [promises[id] for id in ids]

        def read_batches() -> Iterator[Promises]:
            for start in range(0, len(ids), BATCH_SIZE):
                yield self._read_some(ids[start : start + BATCH_SIZE])

        return Batches(read_batches)


class Ledger:
    """The promises that count in the ratios: the owner's, then everybody else's.

    Those of the two sides have the events that tell something; `open_whole` returns them all with
    everything that happened to them.
    """

    def __init__(
        self,
        me: LedgerSide,
        them: LedgerSide,
        open_whole: Callable[[], CountedBatches[DecidedPromise]],
    ) -> None:
        self.me = me
        self.them = them
        self._open_whole = open_whole
        self._whole: CountedBatches[DecidedPromise] | None = None

    @property
    def promises(self) -> CountedBatches[DecidedPromise]:
        """Return the promises of both sides, with everything that happened to them."""
        if self._whole is None:
            self._whole = self._open_whole()
        return self._whole

    @property
    def private_promises(self) -> int:
        """Return how many of them are private."""
        if self._whole is not None:
            return self._whole.total
        return self.me.total + self.them.total
