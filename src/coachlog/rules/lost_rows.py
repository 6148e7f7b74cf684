"""Which rows of a table were lost, known by what its total lacks.

A total is what the sums of all rows add up to, modulo 2 to the 56th. So a set of rows that makes up
for exactly what is lacking is the set that was lost: another one does so once in 10**16 tries.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

MODULUS = 1 << 56
_MOST_TRIES = 100_000


def pick_lost_rows(
    sums: Mapping[Key, int], count: int, total: int
) -> tuple[Key, ...] | None:
    """Return the keys of the rows, so many of them, whose sums add up to a total.

    Looked for are one or two rows, all of them, and all but one or two. None if there are no such
    rows, or too many ways to look for them.
    """
    if count == len(sums):
        is_all = _add_up(sums.values()) == total % MODULUS
        return tuple(sums) if is_all else None
    if count in (1, 2):
        return _pick_few(sums, count, total)
    left_count = len(sums) - count
    if left_count in (1, 2):
        rest = _add_up(sums.values()) - total
        left_out = _pick_few(sums, left_count, rest)
        if left_out is not None:
            return tuple(key for key in sums if key not in left_out)
    return None


def _pick_few(
    sums: Mapping[Key, int], count: int, total: int
) -> tuple[Key, ...] | None:
    keys_by_sum = {row_sum % MODULUS: key for key, row_sum in sums.items()}
    if count == 1:
        key = keys_by_sum.get(total % MODULUS)
        return None if key is None else (key,)
    for key, row_sum in sums.items():
        other = keys_by_sum.get((total - row_sum) % MODULUS)
        if other is not None and other != key:
            return key, other
    return None


def guess_original_sums(
    possible_sums: Sequence[Sequence[int]], total: int
) -> tuple[int, ...] | None:
    """Return the sum that each damaged row had, as together they are what a total lacks.

    `possible_sums` are those that each may have had. None if no choice adds up to it.
    """
    for choice in islice(_list_choices(possible_sums), _MOST_TRIES):
        if _add_up(choice) == total % MODULUS:
            return choice
    return None


def _list_choices(possible_sums: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    return product(*(dict.fromkeys(sums) for sums in possible_sums))


def is_flipped_bit(stored: int, computed: int) -> bool:
    """Return whether two numbers differ in one bit alone, as where a disk has flipped one."""
    return (stored ^ computed).bit_count() == 1


def _add_up(sums: Iterable[int]) -> int:
    return sum(sums) % MODULUS
