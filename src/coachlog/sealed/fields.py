"""The fields of files from others, read strictly: what is missing, wrong or unknown is named."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, NoReturn, TypeVar

from coachlog.decoding import UndecodableText, decode_text
from coachlog.sealed.faults import CutFile, FaultyFile, NewerFile
from coachlog.text import clean_line, clean_text

SCHEMA = 1
"""The version of all these files."""

QUARTER = r"20\d\dQ[1-4]"
DIGEST = "[0-9a-f]{64}"
NUMBER_ID = "[0-9a-f]{32}"
MEMBER_ID = "[0-9a-f]{16}"
PROGRAMME_CODE = "[a-z0-9]{8}"

MAX_LINE = 120
"""How many characters the name of a programme or a group may have."""

KINDS = {
    "programme": "the file of a programme",
    "half": "a contribution that is not sealed",
    "list": "a list of contributions",
    "manifest": "the manifest of a closed quarter",
    "sums": "a file of sums",
    "memory": "what coachlog remembers of a programme",
}
"""What the files are, by what stands at their beginning."""

_LONGEST_NUMBER = 15
_START = re.compile(
    rb'\s*(?:\{\s*"coachlog"\s*:|(?:#[^\n]*\n|\s)*coachlog\s*=)\s*"(\w{1,20})"'
)

Choice = TypeVar("Choice", bound=Enum)


def find_kind(data: bytes) -> str:
    """Return what kind of coachlog's files this is by its beginning, '' if it is none."""
    match = _START.match(data[:4096])
    return KINDS.get(match[1].decode(), "") if match else ""


class FieldReader:
    """The fields of one object, which are taken by name; `finish` refuses what is left.

    Each method raises FaultyFile for a field that is missing or not what it has to be.
    """

    def __init__(self, fields: Mapping[str, Any], place: str = "") -> None:
        self._fields = dict(fields)
        self._place = place

    def has(self, name: str) -> bool:
        """Return whether a field is there and was not taken."""
        return name in self._fields

    def take(self, name: str) -> Any:
        """Return the value of a field."""
        if name not in self._fields:
            raise FaultyFile(f"is not complete: it has no “{self._place}{name}”")
        return self._fields.pop(name)

    def refuse(self, name: str) -> NoReturn:
        """Raise the fault of a field."""
        raise FaultyFile(f"is not as coachlog writes it: see “{self._place}{name}”")

    def take_text(self, name: str, pattern: str) -> str:
        """Return a text that is, as a whole, what the pattern says."""
        value = self.take(name)
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            self.refuse(name)
        return value

    def take_line(self, name: str, longest: int = MAX_LINE) -> str:
        """Return a line of clean text."""
        value = self.take(name)
        if not is_clean_line(value, longest):
            self.refuse(name)
        return str(value)

    def take_choice(self, name: str, kind: type[Choice]) -> Choice:
        """Return one of the values of an enumeration."""
        value = self.take(name)
        return self.read_choice(name, value, kind)

    def read_choice(self, name: str, value: object, kind: type[Choice]) -> Choice:
        """Return the member of an enumeration that has this value."""
        try:
            return kind(value)
        except ValueError:
            self.refuse(name)

    def take_number(self, name: str, lowest: int, highest: int) -> int:
        """Return a whole number between two."""
        value = self.take(name)
        if not is_number_between(value, lowest, highest):
            self.refuse(name)
        return int(value)

    def take_day(self, name: str) -> date:
        """Return a day that is written as `2026-12-31`."""
        value = self.take_text(name, r"\d{4}-\d\d-\d\d")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(name)

    def take_object(self, name: str) -> "FieldReader":
        """Return the fields of an object within this one."""
        value = self.take(name)
        if not isinstance(value, dict):
            self.refuse(name)
        return FieldReader(value, f"{self._place}{name}.")

    def take_list(self, name: str) -> list[Any]:
        """Return a list, with anything in it."""
        value = self.take(name)
        if not isinstance(value, list):
            self.refuse(name)
        return value

    def take_counts(self, name: str, lowest: int, highest: int) -> dict[str, int]:
        """Return whole numbers by a line of clean text."""
        counts = self.take_object(name).take_rest()
        for key, value in counts.items():
            is_count = is_number_between(value, lowest, highest)
            if not (is_clean_line(key, MAX_LINE) and is_count):
                self.refuse(name)
        return counts

    def take_rest(self) -> dict[str, Any]:
        """Return all fields that are left, by name."""
        fields, self._fields = self._fields, {}
        return fields

    def finish(self) -> None:
        """Raise FaultyFile if there are fields that coachlog does not write."""
        for name in self._fields:
            shown_name = clean_text(name)[:40]
            raise FaultyFile(
                f"is not as coachlog writes it: “{self._place}{shown_name}” is not known"
            )


def is_clean_line(value: object, longest: int) -> bool:
    """Return whether a value is a line of clean text that is not too long."""
    if not isinstance(value, str) or not value:
        return False
    return len(value) <= longest and clean_line(value) == value


def is_number_between(value: object, lowest: int, highest: int) -> bool:
    """Return whether a value is a whole number between two; True and False are none."""
    return type(value) is int and lowest <= value <= highest


def open_fields(fields: Mapping[str, Any], kind: str) -> FieldReader:
    """Return the fields of a file of this kind, without those that say so.

    Raises FaultyFile if it is another one, NewerFile if a newer coachlog wrote it.
    """
    reader = FieldReader(fields)
    own_kind = fields.get("coachlog")
    if own_kind != kind:
        other = KINDS.get(own_kind, "") if isinstance(own_kind, str) else ""
        raise FaultyFile(f"is {other or 'another kind of file'}, not {KINDS[kind]}")
    reader.take("coachlog")
    require_version(reader.take("schema"), SCHEMA)
    return reader


def require_version(version: object, current: int) -> None:
    """Raise NewerFile for a version above the current one, FaultyFile for any other."""
    if is_number_between(version, current + 1, 10**_LONGEST_NUMBER):
        raise NewerFile(
            "is from a newer coachlog",
            "Install the newest coachlog, and try again.",
        )
    if version != current or not is_number_between(version, 1, current):
        raise FaultyFile("is not as coachlog writes it: see its version")


def parse_json_object(data: bytes) -> dict[str, Any]:
    """Return the object in a JSON text from others.

    Raises CutFile if there is none, FaultyFile for anything else that is not one object.
    """
    if not data.strip():
        raise CutFile("is empty")
    try:
        value = json.loads(
            decode_text(data),
            object_pairs_hook=_build_object,
            parse_int=_parse_json_number,
            parse_constant=_refuse_constant,
        )
    except UndecodableText as error:
        raise FaultyFile(str(error)) from None
    except (ValueError, RecursionError):
        raise FaultyFile("is damaged, or was changed: it is not whole JSON") from None
    if not isinstance(value, dict):
        raise FaultyFile("is not as coachlog writes it: it is not one JSON object")
    return value


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return fields


def _parse_json_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def write_json_line(fields: Mapping[str, Any]) -> bytes:
    """Return an object as one line of JSON, as UTF-8, in the order of its fields."""
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def build_head(kind: str, fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of a file, after those that say what it is."""
    return {"coachlog": kind, "schema": SCHEMA, **dict(fields)}
