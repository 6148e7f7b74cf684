"""The marks of private words on a page: beside each entry, and counted at its end."""

from collections.abc import Iterator

from coachlog.exports.blocks import Emphasis, Paragraph, PlainText, Words
from coachlog.text import format_count


def build_private_mark(is_private: bool) -> Words:
    """Return the mark that follows a private entry; no words for any other."""
    if not is_private:
        return ()
    return (PlainText(" (private)"),)


def build_entry_footer(private_count: int) -> Iterator[Paragraph]:
    """Yield the line that says how many private entries a page includes; nothing for none."""
    if private_count:
        counts = format_count(private_count, "private entry", "private entries")
        yield build_private_footer(counts)


def build_private_footer(private_counts: str) -> Paragraph:
    """Return the line that says what private words a page includes: `1 private promise`."""
    return Paragraph((Emphasis((PlainText(f"Includes {private_counts}."),)),))
