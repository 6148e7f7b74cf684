"""How tests wait: for a condition, with a limit that only a fault reaches, on any machine.

Nothing is ever waited for by time alone: a time that is long enough here is too short elsewhere.
"""

import time
from collections.abc import Callable

LIMIT = 90.0
"""Seconds after which something that does not come counts as missing; no test that passes waits."""


def wait_until(
    is_so: Callable[[], object],
    describe: Callable[[], str],
    meanwhile: Callable[[], object] = lambda: time.sleep(0.005),
) -> None:
    """Return once it is so; after the limit, fail with the words that describe what is missing.

    `meanwhile` is done between two looks: a short sleep, or reading what the other side says.
    """
    end = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < end, describe()
        meanwhile()
