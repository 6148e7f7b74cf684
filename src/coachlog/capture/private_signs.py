"""The ways to keep a line private: `~`, `private:`, `(private)`, a lock, and those like them.

Privacy is the safe side: whatever looks like one of them is one.
"""

import re
from itertools import accumulate

from coachlog.bullets import BULLET_SIGNS
from coachlog.capture.done_when import list_bracket_pairs
from coachlog.capture.tails import EXACT_MARK
from coachlog.named_tuples import NamedTuple
from coachlog.patterns import compile_later
from coachlog.private_starts import may_be_private

_TILDES = "~～∼˜〜⁓"
_TILDE = f"[{_TILDES}]"
_LOCK = "[🔒🔐]"
_PRIVATE_WORDS = (
    r"(?:(?:this|that|it|all|all this)(?: is|['’]s)? )?"
    r"(?:(?:strictly|very|totally|(?:pls |please )?keep(?: it| this| that)?) )?"
    r"(?:(?:priv|prv|pvt)(?:ate)?(?: ?(?:and|&|/|\+|,) ?confidential)?|conf(?:idential)?"
    r"|p ?& ?c"
    r"|in (?:strict )?confidence|(?:do not|don['’]?t) (?:share|tell (?:anyone|anybody))"
    r"|not for (?:sharing|publication|circulation|others|anyone else|her|him|them"
    r"|(?:the |her |his |their )?(?:file|record))|not to (?:be shared|share)"
    r"|off[ -]the[ -]record|(?:only|just) for (?:me|myself)|for (?:me|myself) (?:only|alone)"
    r"|(?:for )?my (?:eyes|notes) only|for my own notes|between (?:us|ourselves|you and me)"
    r"|(?:for )?(?:hr|me|oh|managers?|management) (?:eyes )?only"
    r"|note[ -]to[ -](?:self|myself)"
    r"|(?:pls |please )?keep (?:(?:it |this |that )?to|between) (?:yourself|myself|us))"
    r"(?:,? (?:notes?|only|please|pls|plz|ta|thanks|thx|for now|for the moment|atm|bits?|stuff"
    r"|things?|section|part|thoughts?)){0,3}[.!]*"
)
_LOUD_WORDS = (
    r"(?:STRICTLY |VERY )?(?:PRIVATE|CONFIDENTIAL|PVT|PRIV)(?: (?:AND|&) CONFIDENTIAL)?"
)
# Before a sentence without a colon: “off the record she is looking”, but not “is not my style”.
_SPOKEN_WORDS = (
    r"(?:(?:strictly )?off[ -]the[ -]record|in (?:strict )?confidence|note[ -]to[ -](?:self|myself)"
    r"|keep (?:it |this |that )?to (?:yourself|myself)|strictly (?:private|confidential)"
    r"|confidentially|privately)"
)
_EMPHASIS = r"[*_]{0,3}"
# `~~tired~~` is struck out; `~5 people` is about five.
_STRUCK_OUT = rf"{_TILDE}{{2}}[^\s{_TILDES}][^{_TILDES}]*{_TILDE}{{2}}"
_START = compile_later(
    rf"\s*(?:[>#|=+_:.]{{1,6}}\s*)?(?:(?!{_STRUCK_OUT}){_TILDE}{{1,8}}(?=\s|[^\d\s{_TILDES}])[:;,.]*"
    rf"|{_EMPHASIS}\s?{_PRIVATE_WORDS}\s?{_EMPHASIS}\s?(?:[:：;,.!=|/>–—-]+{_EMPHASIS}(?=\s|$)|(?:[:：/|]|(?<=\s)[–—-]){_EMPHASIS}(?=\w))"
    rf"|[*_]{{1,3}}{_PRIVATE_WORDS}[*_]{{1,3}}(?=\s|$)"
    rf"|{_EMPHASIS}(?:{_SPOKEN_WORDS}(?:[,:](?=\s)|(?=\s+(?!(?:is|was|are|were)\b)\w))|{_PRIVATE_WORDS},(?=\s))"
    rf"|(?-i:{_LOUD_WORDS})(?=\s))\s*",
    re.IGNORECASE,
)
_TOUCHING_MARK = compile_later(
    rf"\s*[{BULLET_SIGNS}](?={_TILDE}[^\d{_TILDES}]|{_LOCK}|{_PRIVATE_WORDS}\s?[:：])",
    re.IGNORECASE,
)
_HEADING = compile_later(
    rf"\s*(?:[{BULLET_SIGNS}#=~_]+\s*)?[\[(*_]{{0,3}}\s*"
    rf"(?:(?:{_TILDE}{{1,2}}\s*)?#?{_PRIVATE_WORDS}|{_LOCK}|{_TILDE}{{1,2}})"
    r"\s*[\])*_]{0,3}\s*[:：=~_–—-]{0,20}\s*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_LONGEST_HEADING = 80
_ANYWHERE = compile_later(
    rf"(?P<sign>[(\[]\s*(?:{_LOCK}\ufe0f?\s*)?{_PRIVATE_WORDS}\s*(?:{_LOCK}\ufe0f?\s*)?[)\]]|(?<!\S)#(?:private|confidential)\b[.,;]?"
    rf"|[(\[]\s?{_LOCK}\ufe0f?\s?[)\]]|{_LOCK}\ufe0f?|[(\[]\s?{_TILDE}\s?[)\]]|(?<!\S)[*_]{{1,3}}{_PRIVATE_WORDS}[*_]{{1,3}}(?![\w:：*_])"
    rf"|(?<=\s){_TILDE}\s*$|(?:\s[–—-]+\s?|[,;:.]\s){_PRIVATE_WORDS}\s*$)"
    rf"|(?<![^\s:：(\[]){_TILDE}(?=\s+[^\s\d]|[^\W\d_])"
    rf"|(?:[:：]\s*|[(\[]\s*){_PRIVATE_WORDS}\s?(?:[:：]|\s[–—-]\s)",
    re.IGNORECASE,
)

_LOOSE_SIGN = compile_later(rf"^(\s{{0,40}}(?:[{BULLET_SIGNS}]\s+)?)[:：;,]\s*")
_BLANK_BEFORE_COLON = compile_later(r"(?<=\w)\s{1,3}(?=[:：])")


class PrivateReading(NamedTuple):
    """Words without the signs that keep them private, and whether there were any."""

    words: str
    is_private: bool = False


def take_private_start(words: str) -> str | None:
    """Return words without the `~` or `private:` before them; None where there is none."""
    match = _START.match(words) if may_be_private(words) else None
    return words[match.end() :] if match else None


def take_touching_mark(line: str) -> str | None:
    """Return a line without the mark of a list that touches a `~`; None where there is none."""
    match = _TOUCHING_MARK.match(line) if may_be_private(line) else None
    return line[match.end() :] if match else None


def take_private_signs(line: str) -> PrivateReading:
    """Return a line without `(private)`, a lock or a last `~`, wherever they stand.

    A `~` in its midst keeps the line private, too, but stays in it. Nothing before `()` counts, nor
    what is in another bracket, as both keep words as they are.
    """
    if not may_be_private(line):
        return PrivateReading(line)
    start = line.rfind(EXACT_MARK) + len(EXACT_MARK) if EXACT_MARK in line else 0
    matches = list(_ANYWHERE.finditer(line, start))
    if not matches:
        return PrivateReading(line)
    depths = _measure_depths(line)
    matches = [match for match in matches if not _is_enclosed(line, match, depths)]
    if not matches:
        return PrivateReading(line)
    parts, place = [], 0
    for match in matches:
        if match["sign"]:
            parts.append(line[place : match.start()])
            place = match.end()
    parts.append(line[place:])
    words = _BLANK_BEFORE_COLON.sub("", " ".join(parts))
    words = _LOOSE_SIGN.sub(r"\1", words)
    return PrivateReading(words, is_private=True)


def is_private_heading(line: str) -> bool:
    """Return whether a line says that those below it are private, and nothing else."""
    words = line.strip()
    if len(words) > _LONGEST_HEADING or not may_be_private(words):
        return False
    return _HEADING.fullmatch(words) is not None


def _measure_depths(line: str) -> list[int]:
    """Return in how many balanced brackets each character of a line is, its own among them."""
    steps = [0] * (len(line) + 1)
    for first, last in list_bracket_pairs(line):
        steps[first] += 1
        steps[last + 1] -= 1
    return list(accumulate(steps))


def _is_enclosed(line: str, match: re.Match[str], depths: list[int]) -> bool:
    """Return whether a sign stands in a bracket that is not its own."""
    place = match.start()
    if line[place] == "(" or line[place - 1 : place] == "(":
        # A bracket in the bracket is there to keep its words.
        return depths[place] > 1
    return depths[place] > 0
