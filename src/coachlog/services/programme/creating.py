"""A programme begun: its file, which the coordinator hands to managers."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from coachlog import files
from coachlog.errors import InvalidInput
from coachlog.model.programme import Breakdown, Holder, Programme
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_vector import INDICATORS, LEAST_CAP, build_usual_caps
from coachlog.sealed.age_files import is_public_key
from coachlog.sealed.faults import FaultyFile
from coachlog.sealed.fields import MAX_LINE, FieldReader
from coachlog.sealed.join_files import (
    LONGEST_CHOICE,
    parse_join_file,
    read_choice_list,
    write_join_file,
)
from coachlog.sealed.sums import MAX_CAP
from coachlog.text import clean_line

_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 8
_LONGEST_CAP = 12


class ProgrammeRequest(NamedTuple):
    """A programme as typed. Without a `governance` key it has one holder."""

    name: str
    breakdown: Breakdown
    choices: Mapping[Breakdown, Sequence[str]]
    coordinator: str
    governance: str | None
    caps: Sequence[str] = ()


def create_programme(
    request: ProgrammeRequest, output: Path, *, force: bool = False
) -> Programme:
    """Write the file of a new programme, and return it.

    Raises InvalidInput for what no programme can have, and Refusal if the file exists.
    """
    require_possible_programme(request)
    keys = {Holder.COORDINATOR: validate_public_key(request.coordinator)}
    if request.governance is not None:
        keys[Holder.GOVERNANCE] = validate_public_key(request.governance)
    code = "".join(secrets.choice(_CODE_CHARACTERS) for _ in range(_CODE_LENGTH))
    programme = Programme(
        code=code,
        name=clean_line(request.name),
        breakdown=request.breakdown,
        choices={
            breakdown: tuple(map(clean_line, request.choices.get(breakdown, ())))
            for breakdown in Breakdown
        },
        keys=keys,
        caps=build_usual_caps() | _parse_caps(request.caps),
    )
    text = write_join_file(programme)
    try:
        # What cannot be read back is refused here, and not by the first manager.
        parse_join_file(text.encode())
    except FaultyFile as error:
        raise _build_impossible_error(error) from None
    files.write_file(output, text, force=force)
    return programme


def require_possible_programme(request: ProgrammeRequest) -> None:
    """Raise InvalidInput for what no programme can have, as far as the request is complete."""
    validate_programme_name(request.name)
    for breakdown, names in request.choices.items():
        validate_choices(breakdown, names)
    if request.coordinator:
        validate_public_key(request.coordinator)
    if request.governance is not None:
        validate_second_key(request.governance, request.coordinator)
    _parse_caps(request.caps)


def validate_programme_name(text: str) -> str:
    """Return the name of a programme. Raises InvalidInput for one that none can have."""
    name = clean_line(text)
    if not name:
        raise InvalidInput("A programme needs a name. Nothing was written.")
    if len(name) > MAX_LINE:
        raise InvalidInput(
            f"“{name[:40]}...” is too long for the name of a programme. Nothing was written.",
            f"It may have {MAX_LINE} characters.",
        )
    return name


def validate_choices(breakdown: Breakdown, names: Sequence[str]) -> tuple[str, ...]:
    """Return the cohorts, regions or bands to choose from.

    Raises InvalidInput for a name that none can have, and for one that is there twice.
    """
    choices = tuple(map(clean_line, names))
    for choice in choices:
        if len(choice) > LONGEST_CHOICE:
            raise InvalidInput(
                f"“{choice[:40]}...” is too long for the name of a {breakdown}. "
                "Nothing was written.",
                f"It may have {LONGEST_CHOICE} characters.",
            )
        if not choice:
            raise InvalidInput(f"A {breakdown} needs a name. Nothing was written.")
    try:
        return read_choice_list(FieldReader({breakdown: list(choices)}), breakdown)
    except FaultyFile as error:
        raise _build_impossible_error(error) from None


def _build_impossible_error(error: FaultyFile) -> InvalidInput:
    return InvalidInput(
        f"A programme cannot be like this: it {error.reason}. Nothing was written."
    )


def validate_second_key(text: str, coordinator: str) -> str:
    """Return the second holder's public key. Raises InvalidInput if it is the coordinator's."""
    key = validate_public_key(text)
    if key == coordinator.strip():
        raise InvalidInput(
            "That is the coordinator's key, and one holder could read both halves of a "
            "contribution. Nothing was written.",
            "The second holder makes their own: coachlog programme key",
        )
    return key


def validate_public_key(text: str) -> str:
    """Return a holder's public key. Raises InvalidInput for anything else."""
    key = text.strip()
    if key.upper().startswith("AGE-SECRET-KEY"):
        raise InvalidInput(
            "That is a secret key, and the public one is needed. Nothing was written.",
            "It begins with age1: coachlog programme key prints it. A secret key that was sent "
            "to anybody is to be replaced.",
        )
    if not is_public_key(key):
        raise InvalidInput(
            f"“{clean_line(key)[:80]}” is not a holder's public key. Nothing was written.",
            "It begins with age1: each holder makes one with `coachlog programme key`.",
        )
    return key


def _parse_caps(texts: Sequence[str]) -> dict[str, int]:
    """Return caps typed as `minutes=3000`. Raises InvalidInput for others."""
    caps = {}
    usual_caps = build_usual_caps()
    for text in texts:
        name, _, number = text.partition("=")
        name = name.strip()
        if name not in usual_caps or name in INDICATORS:
            raise InvalidInput(
                f"“{clean_line(name)[:60]}” is not a number with a cap. Nothing was written.",
                "docs/figures.md lists them, as in --cap minutes=3000",
            )
        caps[name] = _parse_cap(number, text)
    return caps


def _parse_cap(number: str, text: str) -> int:
    digits = number.strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_CAP
    if is_number and LEAST_CAP <= int(digits) <= MAX_CAP:
        return int(digits)
    raise InvalidInput(
        f"“{clean_line(text)[:60]}” is not a cap. Nothing was written.",
        f"A cap is a whole number from {LEAST_CAP:,} to {MAX_CAP:,}: --cap minutes=3000",
    )
