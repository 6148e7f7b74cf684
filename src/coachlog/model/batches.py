"""Values of which there can be more than memory should hold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Generic, TypeVar

Value = TypeVar("Value")
Result = TypeVar("Result")

BATCH_SIZE = 250
"""How many values are read, written or shown at once."""


class Batches(Generic[Value]):
    """Values that are read in batches each time they are gone through, and not kept.

    The first batch is read at once, so that what cannot be read is noticed before anything is
    shown. Where it holds them all it is kept, and nothing is read twice. False if there are none.
    """

    def __init__(self, read: Callable[[], Iterator[Sequence[Value]]]) -> None:
        self._read = read
        batches = self._read_filled()
        first_batches = [*islice(batches, 2)]
        self._is_empty = not first_batches
        self._is_whole = len(first_batches) < 2
        self._kept = first_batches if self._is_whole else []
        self._first_pass: Iterator[Sequence[Value]] | None
        self._first_pass = chain(first_batches, batches)

    def __bool__(self) -> bool:
        return not self._is_empty

    def __iter__(self) -> Iterator[Value]:
        return chain.from_iterable(self.split())

    def split(self) -> Iterator[Sequence[Value]]:
        """Return the values batch by batch, none of them empty."""
        if self._is_whole:
            return iter(self._kept)
        first_pass, self._first_pass = self._first_pass, None
        return first_pass or self._read_filled()

    def _read_filled(self) -> Iterator[Sequence[Value]]:
        return filter(None, self._read())


class CountedBatches(Batches[Value]):
    """Batches of which something is known once they were gone through: how many are of one sort.

    `count` returns how many of some values are.
    """

    def __init__(
        self,
        read: Callable[[], Iterator[Sequence[Value]]],
        count: Callable[[Sequence[Value]], int],
    ) -> None:
        super().__init__(read)
        self._count = count
        self._total: int | None = None

    @property
    def total(self) -> int:
        """Return how many of all the values are of that sort."""
        if self._total is None:
            self._total = sum(map(self._count, super().split()))
        return self._total

    def split(self) -> Iterator[Sequence[Value]]:
        """Return the values batch by batch; once they are all gone through, they are counted."""
        total = 0
        for batch in super().split():
            total += self._count(batch)
            yield batch
        self._total = total


def split_batches(values: Iterable[Value]) -> Iterator[Sequence[Value]]:
    """Return values batch by batch, none of them empty, whether they are in memory or not."""
    if isinstance(values, Batches):
        return values.split()
    remaining = iter(values)
    return iter(lambda: [*islice(remaining, BATCH_SIZE)], [])


def convert_batches(
    values: Iterable[Value], convert: Callable[[Value], Result]
) -> Batches[Result]:
    """Return what each value becomes; of values in batches, it is made each time anew."""
    return Batches(lambda: ([*map(convert, batch)] for batch in split_batches(values)))
