"""By which a promise is known again in a task list: short, and its own in the whole journal."""

from collections.abc import Iterable

PREFIX = "cl"
LEAST_LENGTH = 8


def shorten_task_uid(uid: str, earlier_uids: Iterable[str] = ()) -> str:
    """Return what a task list calls a promise: `cl` and eight characters of its uid.

    Where one of the promises made before it begins with the same ones, it has as many more as it
    takes to differ from each. So what an earlier promise is called never changes.
    """
    own_letters = _strip_hyphens(uid)
    taken = [_strip_hyphens(earlier) for earlier in earlier_uids]
    length = LEAST_LENGTH
    while length < len(own_letters):
        if not any(letters[:length] == own_letters[:length] for letters in taken):
            break
        length += 1
    return PREFIX + own_letters[:length]


def _strip_hyphens(uid: str) -> str:
    return uid.replace("-", "")
