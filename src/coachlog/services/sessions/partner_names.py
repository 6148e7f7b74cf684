"""The names given for the other people in a conversation: of one, or of two."""

from collections.abc import Sequence

from coachlog.errors import InvalidInput
from coachlog.text import clean_text, fold_text

_MOST_OTHERS = 2


def combine_names(name: str | None, with_names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of everybody else in a conversation, in the order given.

    Raises `InvalidInput` for more than two, and for one name given twice.
    """
    names = (*([] if name is None else [name]), *with_names)
    if len(names) > _MOST_OTHERS:
        raise InvalidInput(
            f"A conversation is with one person or with two, not {len(names)}. "
            "Nothing was saved.",
            "More of you are an action learning set: coachlog session new --set NAME",
        )
    if len(names) == _MOST_OTHERS and fold_text(names[0]) == fold_text(names[1]):
        raise build_same_person_error(names[0])
    return names


def build_same_person_error(name: str) -> InvalidInput:
    """Return the error that one person was named for both of two others."""
    return InvalidInput(
        f"{clean_text(name)} is named twice: a conversation of three needs two others. "
        "Nothing was saved.",
        "With one person alone, give the name once.",
    )
