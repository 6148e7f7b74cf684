"""Which versions of SQLite can damage a journal."""

_FIRST_WITH_BUG = (3, 7, 0)
_FIRST_WITHOUT_BUG = (3, 51, 3)
_MENDED_BRANCHES = {(3, 44): 6, (3, 50): 7}
"""Earlier branches to which the fix was carried back: the number of the first release with it."""


def has_wal_reset_bug(version: str) -> bool:
    """Return whether a version of SQLite can lose changes when two runs write at one moment.

    The bug is in resetting the write-ahead log: https://sqlite.org/wal.html#walresetbug. A version
    that is no row of numbers counts as one with the bug.
    """
    try:
        major, minor, patch = (*map(int, version.split(".")), 0, 0)[:3]
    except ValueError:
        return True
    if not _FIRST_WITH_BUG <= (major, minor, patch) < _FIRST_WITHOUT_BUG:
        return False
    first_mended = _MENDED_BRANCHES.get((major, minor))
    return first_mended is None or patch < first_mended
