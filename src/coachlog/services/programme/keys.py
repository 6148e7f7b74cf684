"""A holder's key: created once, and read whenever what was sealed to it is opened."""

from pathlib import Path

from coachlog import files
from coachlog.errors import Refusal
from coachlog.model.programme import Holder, Programme
from coachlog.sealed.age_files import AgeKey, create_age_key
from coachlog.sealed.faults import WrongKey
from coachlog.sealed.keys import parse_key_file, write_key_file
from coachlog.services.programme.received_files import read_received_file
from coachlog.text import clean_file_name


def create_key_file(path: Path) -> str:
    """Write a new key into a file that only its owner can read, and return its public key.

    Raises Refusal if the file exists: without an earlier key, what was sealed to it stays sealed.
    """
    if not files.is_path_free(path):
        raise Refusal(
            f"{clean_file_name(str(path))} already exists. Nothing was written: without an "
            "earlier key, what was sealed to it could never be opened.",
            "Name another file.",
        )
    key = create_age_key()
    files.write_file(path, write_key_file(key), force=False)
    return key.public


def load_key(path: Path) -> AgeKey:
    """Return the key in a file. Raises InvalidInput or FaultyFile if there is none."""
    return read_received_file(path, lambda data: AgeKey(parse_key_file(data)))


def load_holder_key(path: Path, programme: Programme) -> tuple[Holder, AgeKey]:
    """Return a key of a programme, and whose it is. Raises WrongKey if it is none of its keys."""
    key = load_key(path)
    for holder, public_key in programme.keys.items():
        if public_key == key.public:
            return holder, key
    raise WrongKey(
        f"is not a key of the programme “{programme.name}”",
        "Use the key whose public half was given to `coachlog programme new`.",
        clean_file_name(str(path)),
    )
