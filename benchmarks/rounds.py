"""Runs things to time against each other, so that what slows the machine slows all of them."""

import statistics
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple


class Key(NamedTuple):
    """What is timed, and the column of its table: a source, or what a peer does."""

    title: str
    column: str = ""


Timers = dict[Key, Callable[[], float]]
Times = dict[Key, list[float]]

BARE = Key("python -c pass")
BARE_PROMPT = Key("a bare prompt of questionary")
WARM_UPS = 2
TODAY = datetime.now(UTC).date()


def interleave(timers: Timers, rounds: int) -> Times:
    """Return the seconds of each in each round; every other round goes backwards."""
    times: Times = {key: [] for key in timers}
    for number in range(-WARM_UPS, rounds):
        for key in list(timers)[:: -1 if number % 2 else 1]:
            seconds = timers[key]()
            if number >= 0:
                times[key].append(seconds)
    return times


def compare(times: Times, key: Key, base: Key) -> float:
    """Return the median of the ratios inside one round."""
    pairs = zip(times[key], times[base], strict=True)
    return statistics.median(seconds / by for seconds, by in pairs)
