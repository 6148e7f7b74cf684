"""Numbers cut into two random shares, of which each alone is noise.

Source: additive secret sharing in the ring of whole numbers mod 2^64, as in Corrigan-Gibbs and
Boneh, Prio (2017), without its proofs: a number above its cap is cut before, and a lie inside it
cannot be seen.
"""

from collections.abc import Callable, Iterable, Sequence

SHARE_MODULUS = 1 << 64


def split_numbers(
    numbers: Sequence[int], draw_random: Callable[[int], int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return two shares of each number, which add up to it mod 2^64.

    `draw_random` returns a random whole number below its argument, each with the same chance, from
    a source that cannot be guessed.
    """
    first = tuple(draw_random(SHARE_MODULUS) for _ in numbers)
    second = tuple(
        (number - share) % SHARE_MODULUS
        for number, share in zip(numbers, first, strict=True)
    )
    return first, second


def add_shares(rows: Iterable[Sequence[int]], width: int) -> tuple[int, ...]:
    """Return the sum of each of `width` columns mod 2^64; all 0 for no rows."""
    sums = [0] * width
    for row in rows:
        sums = [total + share for total, share in zip(sums, row, strict=True)]
    return tuple(total % SHARE_MODULUS for total in sums)
