"""Bytes as text: read whole and strictly, or refused with the place where they cannot be read."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

_CODECS_BY_MARK = {
    BOM_UTF8: "utf-8",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
}


class UndecodableText(ValueError):
    """Bytes that are not text. The message goes on after their name: `is not UTF-8 text: ...`.

    It says where, and quotes nothing. `offset` is the number of bytes before the fault.
    """

    def __init__(self, reason: str, before: str, offset: int) -> None:
        line_number = before.count("\n") + 1
        super().__init__(
            f"{reason}: byte {offset + 1}, in line {line_number}, cannot be read"
        )
        self.offset = offset


def decode_text(data: bytes) -> str:
    """Return the text in the bytes: UTF-8, with or without its mark, or UTF-16 with its mark.

    Raises UndecodableText for anything else; nothing is ever replaced.
    """
    mark, codec = _find_codec(data)
    words = data[len(mark) :]
    try:
        text = words.decode(codec)
    except UnicodeDecodeError as error:
        encoding = codec.upper().removesuffix("-LE").removesuffix("-BE")
        before = words[: error.start].decode(codec)
        reason = f"is not {encoding} text"
        raise UndecodableText(reason, before, len(mark) + error.start) from None
    # No text has zero bytes in it, and UTF-16 without its mark is full of them.
    before, zero_byte, _rest = text.partition("\0")
    if zero_byte:
        offset = len(mark) + len(before.encode(codec))
        raise UndecodableText("has zero bytes, as no text has", before, offset)
    return text


def _find_codec(data: bytes) -> tuple[bytes, str]:
    """Return the mark that the bytes begin with, and the codec that it stands for."""
    for mark, codec in _CODECS_BY_MARK.items():
        if data.startswith(mark):
            return mark, codec
    return b"", "utf-8"


def has_lone_surrogate(text: str) -> bool:
    """Return whether half a character is in a text.

    Python puts one in place of each byte of an argument, a key or a variable that cannot be read.
    """
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
