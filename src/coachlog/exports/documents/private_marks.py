"""The marks of private words on a page: beside each entry, and counted at its end."""

from coachlog.exports.blocks import Emphasis, Paragraph, PlainText, Words


def build_private_mark(is_private: bool) -> Words:
    """Return the mark that follows a private entry; no words for any other."""
    if not is_private:
        return ()
    return (PlainText(" (private)"),)


def build_private_footer(private_counts: str) -> Paragraph:
    """Return the line that says what private words a page includes: `1 private promise`."""
    return Paragraph((Emphasis((PlainText(f"Includes {private_counts}."),)),))
