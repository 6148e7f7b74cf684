"""The marks that begin a line of a list, as people, Word and phones write them: one table."""

import re

BULLET_SIGNS = "-*+‐‑–—−·•●○◦‣⁃∙▪▫■□◆◇❖➢➤►▸▶»›→⇒➔➙➛➜➝➞➡⟶\uf000-\uf0ff"
"""The signs that are bullets where a blank follows, as the inside of a class of `re`.

The last of them are private: Word puts its Symbol and Wingdings bullets so on the clipboard. Ticks
and boxes such as ✔ and ☐ are not among them: they say whether something is done.
"""

# “-5”, “1.5 h” and “+44 20 ...” are words: a mark is one only with a blank after it. The second
# level of a list is in Word the letter o before a tab, and in Outlook before three blanks.
_SIGN = rf"[{BULLET_SIGNS}](?=\s|$)"
_NUMBER = r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{2,4})\.?\)|\d{1,3}\.)(?=\s)"
# An empty box is where a promise begins; one with a cross says that it was kept.
_EMPTY_BOX = r"\[\s\](?=\s|$)"
_MARK = rf"(?:{_SIGN}|{_NUMBER}|o(?=\t|[ \xa0]{{3}}))"
# Compiled by `re` when they are first used, and kept by it.
_BULLETS = rf"(?:\s*(?:{_MARK}|{_EMPTY_BOX}))+\s*"
_FIRST_MARK = rf"\s*{_MARK}\s*"


def strip_bullets(line: str) -> str:
    """Return a line without the marks of a list before its words; '' if it has nothing else."""
    match = re.match(_BULLETS, line)
    if match is None:
        return line
    return line[match.end() :]


def strip_first_mark(line: str) -> str | None:
    """Return a line without the first mark of a list before its words; None if it has no mark.

    A box is not a mark: what it says of its line is for the caller.
    """
    match = re.match(_FIRST_MARK, line)
    if match is None:
        return None
    return line[match.end() :]
