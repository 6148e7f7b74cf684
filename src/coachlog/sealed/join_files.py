"""The file that a coordinator hands to managers who may join: TOML, made to be read by people."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from coachlog.decoding import UndecodableText, decode_text
from coachlog.model.programme import VECTOR_VERSION, Breakdown, Holder, Programme
from coachlog.rules.programme_closing import RESERVED_GROUPS
from coachlog.rules.programme_vector import (
    INDICATORS,
    LEAST_CAP,
    NUMBERS,
    build_usual_caps,
)
from coachlog.sealed.faults import CutFile, FaultyFile
from coachlog.sealed.fields import (
    PROGRAMME_CODE,
    SCHEMA,
    FieldReader,
    is_clean_line,
    open_fields,
    require_version,
)
from coachlog.sealed.keys import has_secret_key, is_key_text
from coachlog.sealed.sums import MAX_CAP
from coachlog.text import fold_text
from coachlog.toml import parse_toml

MAX_CHOICES = 200
"""How many cohorts, regions or bands a programme may have."""

LONGEST_CHOICE = 60
"""How many characters the name of a cohort, a region or a band may have."""

_KIND_LINE = b'coachlog = "programme"'

_SPLIT_NOTE = """\
# Each contribution is cut into two random halves, one for each of these two holders. Each half
# alone is noise; whoever has both can read the manager's numbers.
"""
_SINGLE_NOTE = """\
# There is one holder, who can read the numbers of each manager: contributions are not split.
"""
_CAPS_NOTE = """\
# The most that counts of one manager in one quarter: what is above is cut before it leaves the
# journal. Without a #, a line here stands in place of coachlog's own.
"""


def write_join_file(programme: Programme) -> str:
    """Return the text of a programme's file."""
    lines = [
        f"# The programme “{programme.name}”. To join: coachlog programme join FILE",
        'coachlog = "programme"',
        f"schema = {SCHEMA}",
        f"code = {_quote(programme.code)}",
        f"name = {_quote(programme.name)}",
        f"vector = {programme.vector}",
        f"breakdown = {_quote(programme.breakdown)}   # what the groups of reports are made by",
        "",
        "[choices]",
        *(_write_choices(name, programme.choices.get(name, ())) for name in Breakdown),
        "",
        (_SPLIT_NOTE if programme.is_split else _SINGLE_NOTE).rstrip(),
        "[keys]",
        *(f"{holder} = {_quote(key)}" for holder, key in programme.keys.items()),
        "",
        _CAPS_NOTE.rstrip(),
        "[caps]",
        *_write_caps(programme.caps),
    ]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    """Return a clean line as a TOML string, which has the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _write_choices(name: Breakdown, choices: tuple[str, ...]) -> str:
    return f"{name} = [{', '.join(map(_quote, choices))}]"


def _write_caps(caps: Mapping[str, int]) -> list[str]:
    usual_caps = build_usual_caps()
    lines = []
    for name in NUMBERS:
        if name not in INDICATORS:
            mark = "# " if caps[name] == usual_caps[name] else ""
            lines.append(f"{mark}{name} = {caps[name]}")
    return lines


def parse_join_file(data: bytes) -> Programme:
    """Return the programme in a file.

    Raises CutFile, NewerFile, or FaultyFile for anything else that is not right: whether its keys
    can be sealed to, `age_files.is_public_key` says.
    """
    reader = open_fields(_parse_toml_table(data), "programme")
    require_version(reader.take("vector"), VECTOR_VERSION)
    breakdown = reader.take_choice("breakdown", Breakdown)
    programme = Programme(
        code=reader.take_text("code", PROGRAMME_CODE),
        name=reader.take_line("name"),
        breakdown=breakdown,
        choices=_read_choices(reader.take_object("choices"), breakdown),
        keys=_read_keys(reader.take_object("keys")),
        caps=_read_caps(reader),
    )
    reader.finish()
    return programme


def digest_terms(programme: Programme) -> str:
    """Return the SHA-256, in hex, of what a programme's file says: in whatever order and layout."""
    terms = {
        "code": programme.code,
        "breakdown": programme.breakdown,
        "choices": {name: list(names) for name, names in programme.choices.items()},
        "keys": programme.keys,
        "caps": programme.caps,
        "vector": programme.vector,
    }
    return sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()


def _parse_toml_table(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise CutFile("is empty")
    if has_secret_key(data):
        raise FaultyFile("is a holder's secret key, not the file of a programme")
    try:
        return parse_toml(decode_text(data))
    except UndecodableText as error:
        raise FaultyFile(str(error)) from None
    except ValueError as error:
        if _KIND_LINE in data:
            # Somebody chose the caps, or the choices, with an editor.
            reason = f"is not the file of a programme: {error}"
        else:
            reason = "is not the file of a programme, as `programme new` writes it"
        raise FaultyFile(reason) from None


def _read_choices(
    reader: FieldReader, breakdown: Breakdown
) -> dict[Breakdown, tuple[str, ...]]:
    choices = {}
    for name in Breakdown:
        choices[name] = read_choice_list(reader, name) if reader.has(name) else ()
    reader.finish()
    if not choices[breakdown]:
        raise FaultyFile(f"has no {breakdown}, and its groups are made by {breakdown}")
    return choices


def read_choice_list(reader: FieldReader, name: str) -> tuple[str, ...]:
    """Return the cohorts, regions or bands to choose from: none twice, or with another meaning."""
    values = reader.take_list(name)
    if len(values) > MAX_CHOICES:
        raise FaultyFile(f"has more than {MAX_CHOICES} for “{name}”")
    for value in values:
        if not is_clean_line(value, LONGEST_CHOICE):
            reader.refuse(name)
        if fold_text(value) in RESERVED_GROUPS:
            raise FaultyFile(
                f"has a {name} “{value}”, which has another meaning in reports"
            )
    # As a member may type it when joining.
    if len(set(map(fold_text, values))) < len(values):
        raise FaultyFile(f"has the same {name} twice")
    return tuple(values)


def _read_keys(reader: FieldReader) -> dict[Holder, str]:
    keys = {}
    for holder in Holder:
        if holder is Holder.COORDINATOR or reader.has(holder):
            key = reader.take(holder)
            if not isinstance(key, str) or not is_key_text(key):
                reader.refuse(holder)
            keys[holder] = key
    reader.finish()
    if len(set(keys.values())) < len(keys):
        raise FaultyFile(
            "has the same key twice: one holder could read both halves of a contribution"
        )
    return keys


def _read_caps(reader: FieldReader) -> dict[str, int]:
    """Return the cap of each number: the file's, or the usual one."""
    caps = build_usual_caps()
    if reader.has("caps"):
        own_caps = reader.take_counts("caps", LEAST_CAP, MAX_CAP)
        for name in own_caps:
            if name not in NUMBERS or name in INDICATORS:
                raise FaultyFile(
                    f"has a cap for “{name}”, which is not a number with one"
                )
        caps |= own_caps
    return caps
