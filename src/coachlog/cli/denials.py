"""Takes back, in what a failed run says, that nothing was changed: something was, before it failed.

Errors are worded where they arise, as if nothing had been saved by then. Whether something was is
known only at the end of the run.
"""

import re

# Texts, as a run that succeeds has no need of any.
_NOTHING_CHANGED = (
    r"(?:[,;:] )?(?:and |so )?\bnothing (?:was|has been|is)"
    r" (?:added|changed|closed|copied|done|kept|mended|reported|saved|stored|summed|written)\b"
    r"(?: yet)?"
)
_NOT_SAVED = r"(?:[,;] )?\bthis was not (?:changed|saved|written)"
_REPETITION = r"(?:, |; )?(?:and |then )?\btry (?:it )?again\b(?: in a moment)?"
_EMPTY_SENTENCE = r"(?:(?<=[.?!])|^)\s*\."


def withdraw_denials(words: str, *, change_failed: bool) -> str:
    """Return the words of an error without those that deny what the run saved before.

    With `change_failed`, it was a later change that failed: that this one was not saved stays true,
    and that it can be tried again.
    """
    denials = [_NOTHING_CHANGED]
    if not change_failed:
        denials += [_NOT_SAVED, _REPETITION]
    for denial in denials:
        words = re.sub(denial, "", words, flags=re.IGNORECASE)
    return re.sub(_EMPTY_SENTENCE, "", words).strip()
