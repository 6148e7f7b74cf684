"""Age files as pyrage writes them: what a key opens, and what is said of the rest."""

import sys

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.errors import CoachlogError
from coachlog.model.programme import Holder
from coachlog.sealed.age_files import (
    AgeKey,
    create_age_key,
    is_public_key,
    remove_armour,
    seal_alike,
)
from coachlog.sealed.faults import (
    CutFile,
    FaultyFile,
    MissingLibrary,
    NewerFile,
    PassphraseFile,
    WrongKey,
)
from coachlog.sealed.keys import parse_key_file, write_key_file

KEY = create_age_key()
OTHER_KEY = create_age_key()
CONTENT = b"x" * 4096


def seal(content: bytes = CONTENT, *, armoured: bool = False) -> bytes:
    recipient = pyrage.x25519.Recipient.from_str(KEY.public)
    return bytes(pyrage.encrypt(content, [recipient], armored=armoured))


SEALED = seal()
HEAD_END = SEALED.index(b"\n", SEALED.index(b"\n--- ") + 1)


def flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("armoured", [False, True])
def test_a_key_opens_what_was_sealed_to_it(armoured: bool) -> None:
    assert AgeKey(KEY.secret).open(seal(armoured=armoured)) == CONTENT


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\n\n  "])
def test_armour_is_read_as_mails_change_it(line_end: bytes) -> None:
    mailed = b"\n " + line_end.join(seal(armoured=True).splitlines()) + b"\n\n"
    assert AgeKey(KEY.secret).open(mailed) == CONTENT


@pytest.mark.parametrize(
    ("sealed", "kind", "reason"),
    [
        pytest.param(b"", CutFile, "is empty", id="empty"),
        pytest.param(b"hello", FaultyFile, "is not an age file", id="no-age-file"),
        pytest.param(
            SEALED.replace(b"/v1", b"/v2"),
            NewerFile,
            "is an age file of another version",
            id="newer-age",
        ),
        pytest.param(SEALED[:60], CutFile, "is cut short", id="cut-in-the-head"),
        pytest.param(SEALED[:HEAD_END], CutFile, "is cut short", id="without-a-body"),
        pytest.param(SEALED[:-1], CutFile, "is cut short", id="one-byte-less"),
        pytest.param(SEALED + b"\n", CutFile, "is cut short", id="one-byte-more"),
        pytest.param(
            flip(SEALED, len(SEALED) - 9), FaultyFile, "is damaged", id="damaged-body"
        ),
        pytest.param(
            flip(SEALED, HEAD_END - 9), FaultyFile, "is damaged", id="damaged-head"
        ),
        pytest.param(
            bytes(pyrage.passphrase.encrypt(CONTENT, "passphrase")),
            PassphraseFile,
            "is sealed with a passphrase, not to a key",
            id="passphrase",
        ),
        pytest.param(
            seal(armoured=True)[:-60], CutFile, "is cut short", id="armour-cut-short"
        ),
        pytest.param(
            seal(armoured=True).replace(b"a", b"*"),
            FaultyFile,
            "is damaged",
            id="armour-damaged",
        ),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_reason(
    sealed: bytes, kind: type[FaultyFile], reason: str
) -> None:
    with pytest.raises(FaultyFile) as refusal:
        AgeKey(KEY.secret).open(sealed, 4096)
    assert (type(refusal.value), refusal.value.reason) == (kind, reason)
    assert refusal.value.message == f"The file {reason}. Nothing was changed."


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKey) as refusal:
        AgeKey(OTHER_KEY.secret).open(SEALED)
    assert refusal.value.exit_code == 12
    assert "cannot be opened with this key" in refusal.value.message


@given(place=st.integers(0, len(SEALED) - 1), bit=st.integers(0, 7))
def test_no_damage_of_one_bit_goes_unnoticed_or_ends_in_a_crash(
    place: int, bit: int
) -> None:
    damaged = bytearray(SEALED)
    damaged[place] ^= 1 << bit
    with pytest.raises(FaultyFile):
        AgeKey(KEY.secret).open(bytes(damaged), 4096)


@given(junk=st.binary(max_size=300))
def test_no_junk_ends_in_a_crash(junk: bytes) -> None:
    key = AgeKey(KEY.secret)
    for start in (b"", b"age-encryption.org/v1\n", SEALED[:HEAD_END]):
        with pytest.raises(FaultyFile):
            key.open(start + junk)


@given(data=st.binary(max_size=100))
def test_what_has_no_armour_is_left_as_it_is(data: bytes) -> None:
    assert remove_armour(b"age" + data) == b"age" + data


def test_sealed_files_have_the_same_length_to_the_byte() -> None:
    keys = {Holder.COORDINATOR: KEY.public, Holder.GOVERNANCE: OTHER_KEY.public}
    contents = {Holder.COORDINATOR: CONTENT, Holder.GOVERNANCE: b"y" * 4096}
    for _ in range(20):
        sealed = seal_alike(contents, keys)
        assert len({len(data) for data in sealed.values()}) == 1
    assert AgeKey(KEY.secret).open(sealed[Holder.COORDINATOR]) == CONTENT
    assert AgeKey(OTHER_KEY.secret).open(sealed[Holder.GOVERNANCE]) == b"y" * 4096


def test_contents_of_different_lengths_are_not_sealed_alike() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        seal_alike({"a": b"1", "b": b"22"}, {"a": KEY.public, "b": KEY.public})


def test_a_public_key_with_a_slip_of_the_hand_is_none() -> None:
    swapped = KEY.public[:-2] + KEY.public[:-3:-1]
    assert is_public_key(KEY.public)
    assert not is_public_key(swapped) or swapped == KEY.public
    with pytest.raises(FaultyFile, match="public key that was changed"):
        seal_alike({"a": CONTENT}, {"a": KEY.public[:-1] + "b0"})


def test_a_missing_library_is_named_with_the_way_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    for use in (
        create_age_key,
        lambda: AgeKey(KEY.secret),
        lambda: seal_alike({"a": CONTENT}, {"a": KEY.public}),
        lambda: is_public_key(KEY.public),
    ):
        with pytest.raises(MissingLibrary) as refusal:
            use()
        assert "Programmes need pyrage" in refusal.value.message
        assert "pip install 'coachlog[programme]'" in (refusal.value.hint or "")
    assert isinstance(refusal.value, CoachlogError)


def test_a_key_file_is_read_as_it_was_written() -> None:
    text = write_key_file(KEY)
    assert f"# public key: {KEY.public}\n" in text
    assert parse_key_file(text.encode()) == KEY.secret
    assert parse_key_file(text.replace("\n", "\r\n").encode()) == KEY.secret


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "has no key in it", id="empty"),
        pytest.param(b"# only\n", "has no key in it", id="comments"),
        pytest.param(
            f"{KEY.secret}\n{OTHER_KEY.secret}\n".encode(),
            "has several keys",
            id="several",
        ),
        pytest.param(
            KEY.public.encode(),
            "has the public key, and the secret one is needed",
            id="public",
        ),
        pytest.param(KEY.secret[:-1].encode(), "is not the file of a key", id="cut"),
        pytest.param(b"ssh-ed25519 AAAA", "is not the file of a key", id="ssh"),
        pytest.param(
            b"AGE-SECRET-KEY-PQ-1" + b"A" * 58, "is not the file of a key", id="other"
        ),
    ],
)
def test_what_is_no_key_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FaultyFile) as refusal:
        parse_key_file(data)
    assert refusal.value.reason == reason
    assert refusal.value.hint == "Use the file that `coachlog programme key` wrote."


def test_a_key_with_a_slip_of_the_hand_is_refused() -> None:
    slip = KEY.secret[:-1] + ("Q" if KEY.secret[-1] != "Q" else "P")
    with pytest.raises(FaultyFile, match="holds a key that was changed"):
        AgeKey(slip)


def test_bytes_that_are_no_text_are_no_key() -> None:
    with pytest.raises(FaultyFile, match="is not UTF-8 text"):
        parse_key_file(b"\xff\xfd")
