"""Initials in place of names, for a page that goes to somebody who need not know who it was.

Only what the journal keeps as a name is one: a name within what was typed stays as it is, and the
command says so. Questions are coachlog's own words, and have the name of the person in them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from coachlog.text import NAME_TITLES, clean_line, extract_first_name

Value = TypeVar("Value")

_NAME_FIELDS = {
    "Person": ("name",),
    "PersonRef": ("name",),
    "MemberRef": ("name",),
    "Keeper": ("name",),
    "Plan": ("me",),
    "OwnPlan": ("me",),
    "History": ("me",),
    "SessionPage": ("owner",),
    "Action": ("owner",),
    "Promise": ("owner",),
    "Event": ("old_owner", "new_owner"),
    "Support": ("giver",),
}
"""The fields that hold somebody's name, by class."""
_PHRASED_FIELDS = {"Answer": ("question",), "Action": ("support",)}
"""The fields in which coachlog itself may have put a name among other words, by class."""
_SLUG_CLASSES = ("Person", "SlotPage")
"""The classes with a short name, which is made from the name."""
_SIDES = ("me", "them", "")


def abbreviate_names(value: Value) -> Value:
    """Return a value with initials in place of all names: `P.S.` for Priya Shah.

    Two people with the same initials are told apart by a number.
    """
    initials: dict[str, str] = {}
    for name in _list_whole_names(value):
        if name not in initials:
            initials[name] = _choose_initials(name, initials)
    abbreviated: Value = _replace_names(value, initials)
    return abbreviated


def build_initials(name: str) -> str:
    """Return the initials of a name, without a title: `H.M.` for Dr Helen Marsh."""
    words = re.split(r"[\s-]+", clean_line(name))
    letters = [
        word[0].upper()
        for word in words
        if word and word.casefold().rstrip(".") not in NAME_TITLES
    ]
    return "".join(f"{letter}." for letter in letters) or "?"


def _choose_initials(name: str, taken: Mapping[str, str]) -> str:
    initials = build_initials(name)
    same = sum(other.partition(" ")[0] == initials for other in taken.values())
    return f"{initials} {same + 1}" if same else initials


def _list_whole_names(value: Any) -> Iterator[str]:
    """Yield every name in a value, as often as it is there."""
    if hasattr(value, "_fields"):
        for field in _NAME_FIELDS.get(type(value).__name__, ()):
            name = getattr(value, field)
            if name and name not in _SIDES:
                yield name
    if isinstance(value, tuple | list):
        for part in value:
            yield from _list_whole_names(part)


def _replace_names(value: Any, initials: Mapping[str, str]) -> Any:
    if hasattr(value, "_fields"):
        return _replace_name_fields(value, initials)
    if isinstance(value, tuple | list):
        return type(value)(_replace_names(part, initials) for part in value)
    return value


def _replace_name_fields(value: Any, initials: Mapping[str, str]) -> Any:
    kind = type(value).__name__
    fields = {
        field: _replace_names(part, initials)
        for field, part in zip(value._fields, value, strict=True)
    }
    for field in _NAME_FIELDS.get(kind, ()):
        fields[field] = initials.get(fields[field], fields[field])
    if kind in _SLUG_CLASSES and fields["slug"]:
        name = value.name if kind == "Person" else value.slot.presenter.name
        fields["slug"] = initials.get(name, name).casefold().replace(".", "").strip()
    for field in _PHRASED_FIELDS.get(kind, ()):
        if fields[field]:
            fields[field] = _replace_words(fields[field], initials)
    return type(value)(**fields)


def _replace_words(text: str, initials: Mapping[str, str]) -> str:
    """Return words with the initials of whoever is named in them, in full or by first name."""
    for name, short_name in initials.items():
        for words in (clean_line(name), extract_first_name(name)):
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
            text = re.sub(pattern, lambda _: short_name, text)  # noqa: B023 - used at once
    return text
