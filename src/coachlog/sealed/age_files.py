"""Files sealed with age, for those who hold a key: the one module that imports pyrage.

The format is https://age-encryption.org/v1. It does not hide how long its content is, and pyrage
adds a line of random length to its head, which no reader minds.
"""

import binascii
from collections.abc import Mapping
from types import ModuleType
from typing import TypeVar

from coachlog.named_tuples import NamedTuple
from coachlog.sealed.faults import (
    CutFile,
    FaultyFile,
    MissingLibrary,
    NewerFile,
    PassphraseFile,
    WrongKey,
)

MAX_SEALED_BYTES = 64 * 1024
"""The most that a sealed file may have: one age chunk, and ten times what coachlog writes."""

_MAGIC = b"age-encryption.org/"
_INTRODUCTION = _MAGIC + b"v1\n"
_ARMOUR_START = b"-----BEGIN AGE ENCRYPTED FILE-----"
_ARMOUR_END = b"-----END AGE ENCRYPTED FILE-----"
_NONCE_BYTES = 16
_TAG_BYTES = 16
_NO_KEY_FITS = "No matching keys found"

Name = TypeVar("Name")


class NewKey(NamedTuple):
    """A key pair: the secret one opens what is sealed to the public one."""

    secret: str
    public: str


class AgeKey:
    """A secret key, which opens what was sealed to it.

    Raises FaultyFile if it is none, MissingLibrary without pyrage.
    """

    def __init__(self, secret: str) -> None:
        self._library = _import_library()
        try:
            self._identity = self._library.x25519.Identity.from_str(secret)
        except self._library.IdentityError:
            raise FaultyFile(
                "holds a key that was changed or cut short",
                "Use the file that `coachlog programme key` wrote, or a copy of it.",
            ) from None
        self.secret = secret
        self.public = str(self._identity.to_public())

    def open(self, sealed: bytes, step: int = 1) -> bytes:
        """Return what was sealed to this key, binary or armoured: a multiple of `step` bytes.

        Raises CutFile, PassphraseFile, NewerFile, WrongKey, or FaultyFile for anything else.
        """
        binary = remove_armour(sealed)
        _require_openable(binary)
        if _measure_content(binary) % step:
            raise CutFile("is cut short")
        try:
            content = self._library.decrypt(binary, [self._identity])
        except self._library.DecryptError as error:
            if _NO_KEY_FITS in str(error):
                raise WrongKey(
                    "cannot be opened with this key: it is sealed to another one, or damaged"
                ) from None
            raise FaultyFile("is damaged") from None
        return bytes(content)


def create_age_key() -> NewKey:
    """Return a new key pair. Raises MissingLibrary without pyrage."""
    identity = _import_library().x25519.Identity.generate()
    return NewKey(str(identity), str(identity.to_public()))


def is_public_key(text: str) -> bool:
    """Return whether something can be sealed to this key. Raises MissingLibrary without pyrage."""
    library = _import_library()
    try:
        library.x25519.Recipient.from_str(text)
    except library.RecipientError:
        return False
    return True


def seal_alike(
    contents: Mapping[Name, bytes], keys: Mapping[Name, str]
) -> dict[Name, bytes]:
    """Return each content sealed to the key of the same name, all of the same length to the byte.

    The contents are of one length. Each is sealed again, since the lengths vary by chance, until
    they meet. Raises FaultyFile for a key that is none, MissingLibrary without pyrage.
    """
    if len({len(content) for content in contents.values()}) > 1:
        raise ValueError("contents of different lengths cannot be sealed alike")
    by_length: dict[int, dict[Name, bytes]] = {}
    while True:
        for name, content in contents.items():
            sealed = _seal(content, keys[name])
            alike = by_length.setdefault(len(sealed), {})
            alike.setdefault(name, sealed)
            if len(alike) == len(contents):
                return {name: alike[name] for name in contents}


def _seal(content: bytes, key: str) -> bytes:
    library = _import_library()
    try:
        recipient = library.x25519.Recipient.from_str(key)
    except library.RecipientError:
        raise FaultyFile("holds a public key that was changed or cut short") from None
    return bytes(library.encrypt(content, [recipient]))


def _measure_content(sealed: bytes) -> int:
    """Return how many bytes were sealed in a binary age file of one chunk, without opening it.

    Raises CutFile if its head or its body does not end.
    """
    head_end = sealed.find(b"\n", sealed.find(b"\n--- ") + 1)
    if b"\n--- " not in sealed or head_end < 0:
        raise CutFile("is cut short")
    body_bytes = len(sealed) - head_end - 1
    content_bytes = body_bytes - _NONCE_BYTES - _TAG_BYTES
    if content_bytes < 0:
        raise CutFile("is cut short")
    return content_bytes


def remove_armour(sealed: bytes) -> bytes:
    """Return a binary age file from an armoured one, as mails carry it; from others, themselves.

    Raises CutFile if its last line is missing, FaultyFile if it is damaged.
    """
    stripped = sealed.strip()
    if not stripped.startswith(_ARMOUR_START):
        return sealed
    if not stripped.endswith(_ARMOUR_END):
        raise CutFile("is cut short")
    letters = stripped.removeprefix(_ARMOUR_START).removesuffix(_ARMOUR_END)
    try:
        return binascii.a2b_base64(b"".join(letters.split()), strict_mode=True)
    except binascii.Error:
        raise FaultyFile("is damaged") from None


def _require_openable(binary: bytes) -> None:
    """Raise what can be seen to be wrong with a sealed file before it is opened."""
    if not binary:
        raise CutFile("is empty")
    if not binary.startswith(_MAGIC):
        raise FaultyFile("is not an age file")
    if not binary.startswith(_INTRODUCTION):
        raise NewerFile("is an age file of another version")
    head, _, _ = binary.partition(b"\n--- ")
    if b"\n-> scrypt " in head:
        raise PassphraseFile("is sealed with a passphrase, not to a key")


def _import_library() -> ModuleType:
    """Return pyrage. Raises MissingLibrary where it is not installed."""
    try:
        import pyrage
    except ImportError as error:
        raise MissingLibrary(
            "Programmes need pyrage, Python's library for age files, and it is not installed. "
            "Nothing was changed.",
            "Install it with: pip install 'coachlog[programme]'. It comes ready-made for Windows "
            "and macOS, and for Linux with glibc; elsewhere pip needs Rust to build it.",
        ) from error
    library: ModuleType = pyrage
    return library
