"""A programme begun: its file, which the coordinator hands to managers."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from coachlog import files
from coachlog.errors import InvalidInput
from coachlog.model.programme import Breakdown, Holder, Programme
from coachlog.named_tuples import NamedTuple
from coachlog.rules.programme_vector import INDICATORS, build_usual_caps
from coachlog.sealed.age_files import is_public_key
from coachlog.sealed.faults import FaultyFile
from coachlog.sealed.join_files import parse_join_file, write_join_file
from coachlog.text import clean_line

_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 8


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
        raise InvalidInput(
            f"A programme cannot be like this: it {error.reason}. Nothing was written."
        ) from None
    files.write_file(output, text, force=force)
    return programme


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
    if not (number.strip().isascii() and number.strip().isdigit()):
        raise InvalidInput(
            f"“{clean_line(text)[:60]}” is not a cap. Nothing was written.",
            "A cap is a whole number: --cap minutes=3000",
        )
    return int(number.strip()[:12])
