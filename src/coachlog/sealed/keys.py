"""The file of a holder's key: an age identity file, which any program for age reads too."""

import re

from coachlog.decoding import UndecodableText, decode_text
from coachlog.sealed.age_files import NewKey
from coachlog.sealed.faults import FaultyFile

_SECRET_KEY = r"AGE-SECRET-KEY-1[0-9A-Z]{58}"
_PUBLIC_KEY = r"age1[0-9a-z]{58}"
_NEEDED_FILE = "Use the file that `coachlog programme key` wrote."

_EXPLANATION = """\
# The secret key of a holder of programmes. Whoever has this file can open what is sealed to it:
# keep it to yourself, and a copy of it in a safe place. Without it nothing can be opened.
"""


def write_key_file(key: NewKey) -> str:
    """Return the text of a key's file."""
    return f"{_EXPLANATION}# public key: {key.public}\n{key.secret}\n"


def parse_key_file(data: bytes) -> str:
    """Return the secret key in a file. Raises FaultyFile if there is none, or several."""
    try:
        text = decode_text(data)
    except UndecodableText as error:
        raise FaultyFile(str(error), _NEEDED_FILE) from None
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if len(keys) != 1:
        number = "several keys" if keys else "no key in it"
        raise FaultyFile(f"has {number}", _NEEDED_FILE)
    if is_key_text(keys[0]):
        raise FaultyFile(
            "has the public key, and the secret one is needed", _NEEDED_FILE
        )
    if not re.fullmatch(_SECRET_KEY, keys[0]):
        raise FaultyFile("is not the file of a key", _NEEDED_FILE)
    return keys[0]


def has_secret_key(data: bytes) -> bool:
    """Return whether a line of a file is a secret key, whatever else is in it."""
    return bool(re.search(rf"^{_SECRET_KEY}\s*$".encode(), data, re.MULTILINE))


def is_key_text(text: str) -> bool:
    """Return whether a text looks like a public key; whether it is one, age alone can say."""
    return bool(re.fullmatch(_PUBLIC_KEY, text))
