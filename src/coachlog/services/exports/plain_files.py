"""What the files for other programs have in common: one format each, and no protection."""

from coachlog.errors import InvalidInput
from coachlog.exports.formats import parse_suffix
from coachlog.services.exports.delivery import Target
from coachlog.text import clean_text

PLAIN_FILE = "It is plain text: whoever has the file can read it."
"""What the last line after writing a file says."""


def require_suffix(target: Target, suffix: str, what: str) -> None:
    """Raise InvalidInput for a file whose suffix is that of another format.

    `what` is written, such as `A table is written as CSV`.
    """
    path = target.path
    own_suffix = parse_suffix(path)
    if path is None or not own_suffix or own_suffix.casefold() == suffix:
        return
    stem = clean_text(path.name.removesuffix(own_suffix))
    raise InvalidInput(
        f"{what}, not as {clean_text(own_suffix)}. Nothing was written.",
        f"Name the file {stem or 'coachlog'}{suffix}",
    )
