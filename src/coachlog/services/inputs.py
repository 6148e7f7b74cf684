"""Words and files that are given on the command line instead of being asked for."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coachlog.decoding import UndecodableText, decode_text
from coachlog.errors import Interruption, InvalidInput, Refusal
from coachlog.text import (
    MAX_ANSWER_BYTES,
    clean_file_name,
    clean_line,
    clean_paragraphs,
    count_bytes,
    count_kib,
)

if TYPE_CHECKING:
    from coachlog.dates import Rhythm
    from coachlog.services.ports import Asker

Checked = TypeVar("Checked")

SAVE_AS_UTF8 = "Save it as UTF-8 and try again."


def build_missing_error(need: str, flag: str) -> InvalidInput:
    """Return the error for a value that is missing where nobody can be asked.

    `need` follows "coachlog needs": `a name`, `to know who cancelled`.
    """
    return InvalidInput(f"coachlog needs {need}, and cannot ask here.", f"Add {flag}.")


def ask_checked_words(
    asker: "Asker",
    question: str,
    check: Callable[[str], Checked],
    help: str | None = None,
    initial: str = "",
) -> Checked:
    """Return what `check` makes of the words typed; those that it refuses are asked for again.

    A slip of the keys ends no command: what is typed next would go to the shell. Where `check`
    refuses no words, Enter alone skips nothing.
    """
    is_required = _is_refused(check)
    while True:
        words = asker.ask_words(question, help, initial, is_required=is_required)
        try:
            return check(words)
        except InvalidInput as error:
            if not words:
                raise
            asker.tell(_leave_out_outcome(error.message))


def _leave_out_outcome(message: str) -> str:
    """Return a message without the sentence that nothing was done: the form goes on."""
    return re.sub(r" ?\bNothing was (?:changed|saved|added)\.", "", message).rstrip()


def build_hand_back(outcome: str, texts: Sequence[str]) -> Interruption:
    """Return the end of a form that was given up, with whatever was typed into it."""
    message = f"Stopped. {outcome}"
    typed_lines = [text for text in texts if text.strip()]
    if typed_lines:
        message += "\nCopy what you typed from here:\n" + "\n".join(typed_lines)
    return Interruption(message)


def _is_refused(check: Callable[[str], object]) -> bool:
    """Return whether there have to be words."""
    try:
        check("")
    except (InvalidInput, Refusal):
        return True
    return False


def build_no_change_error(flags: str) -> InvalidInput:
    """Return the error for an edit without any option that changes something."""
    return InvalidInput("No change was given.", f"Say what to change with {flags}.")


def has_piped_input() -> bool:
    """Return whether standard input is a file or a pipe."""
    return sys.stdin is not None and not sys.stdin.isatty()


def read_input(source: str) -> bytes:
    """Return the bytes of a file or, for `-`, of standard input.

    Raises InvalidInput if it cannot be read.
    """
    try:
        if source == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise InvalidInput(
                    "Standard input is closed, so there is nothing to read."
                )
            return sys.stdin.buffer.read()
        return Path(source).expanduser().read_bytes()
    # Beside the disk's own errors: `~nobody` names no user, and a null byte names no file.
    except (OSError, RuntimeError, ValueError) as error:
        reason = describe_read_error(error)
        raise InvalidInput(
            f"{clean_file_name(source)} cannot be read ({reason})."
        ) from error


def read_input_text(source: str) -> str:
    """Return the text of a file or, for `-`, of standard input.

    Raises InvalidInput if it cannot be read, or is not text.
    """
    data = read_input(source)
    try:
        return decode_text(data)
    except UndecodableText as error:
        name = "Standard input" if source == "-" else clean_file_name(source)
        raise InvalidInput(
            f"{name} {error}. Nothing was changed.", SAVE_AS_UTF8
        ) from None


def describe_read_error(error: Exception) -> str:
    """Return why a file cannot be read, without its name: `No such file or directory`."""
    return getattr(error, "strerror", None) or str(error)


def read_option_text(words: str | None, *, one_line: bool = True) -> str | None:
    """Return the words of an option, or of standard input for `-`; None where there are none.

    Raises InvalidInput for more than MAX_ANSWER_BYTES.
    """
    if words is None:
        return None
    if words == "-":
        words = read_input_text("-")
    require_answer_size(words, "text")
    text = clean_line(words) if one_line else clean_paragraphs(words).strip()
    return text or None


def read_option_lines(texts: Sequence[str]) -> list[str]:
    """Return one line for each text, or for a single `-` each line of standard input.

    The marks of a list are taken off.
    """
    # Imported here, as few commands take a list.
    from coachlog.bullets import strip_bullets

    lines = list(texts)
    if lines == ["-"]:
        lines = (read_option_text("-", one_line=False) or "").split("\n")
    return [read_option_text(strip_bullets(line)) or "" for line in lines]


def parse_rhythm_option(words: str | None) -> "Rhythm":
    """Return the rhythm that --every gives; none where it is not given.

    Raises InvalidInput, naming the forms that work.
    """
    from coachlog.dates import NO_RHYTHM
    from coachlog.dates.parsing import parse_rhythm

    if words is None:
        return NO_RHYTHM
    return parse_rhythm(words)


def require_answer_size(words: str, noun: str) -> None:
    """Raise InvalidInput if the words take more than MAX_ANSWER_BYTES; `noun` names them."""
    if count_bytes(words) > MAX_ANSWER_BYTES:
        limit = MAX_ANSWER_BYTES // 1024
        raise InvalidInput(
            f"That {noun} is too long: {count_kib(words)} KiB (the limit is {limit} KiB). "
            "Nothing was changed."
        )
