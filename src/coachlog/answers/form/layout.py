"""How a form is laid out: which heading is which question, what is a comment, where faults go."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coachlog.answers import corrections
from coachlog.answers.form.write import (
    ABOUT,
    HEADINGS,
    LABELS,
    MARK,
    NOTE,
    NOTES,
    REVIEW,
    VERSION,
    notes,
    unescaped,
)
from coachlog.interview import Fault
from coachlog.model import Template
from coachlog.text import clean, fold, line, nearest
from coachlog.wording import NAMES, worded

TITLE, TOP = "_title", "_top"
_HEADING = re.compile(r"(?P<marks>#{1,3}) +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*")
_NUMBERED = re.compile(rf"(?:{REVIEW}|{NOTE})\.\d{{1,18}}", re.ASCII)
_FOREIGN = (
    "coachlog did not write this comment. Take the signs around the words away to keep them, or "
    "delete the line."
)
_CHANGED = (
    "the template was changed since this form was made. Look whether the questions are still the "
    "ones you answered, then delete this line."
)
_NOWHERE = "words here belong to no question. Move them below one."
_TWICE = "this question stands twice. Put all under one of the two, and delete the other."


@dataclass
class Section:
    """What stands under one heading, and in which line the heading is, counted from 0."""

    at: int
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words as they were typed, without blank lines around them."""
        return "\n".join(unescaped(row).rstrip() for row in self.rows).strip("\n")


def template_of(text: str) -> str | None:
    """Return the id of the template that a form was made for, as its title says."""
    for row in text.split("\n"):
        match = _HEADING.fullmatch(row)
        if match and match["marks"] == "#" and match["key"]:
            return clean(match["key"].strip())
    return None


def sections(text: str, template: Template, faults: list[Fault]) -> dict[str, Section]:
    """Return what stands under each question, by its key, and add what is wrong to `faults`.

    A fault with a key `line.12` is about line 12, counted from 0.
    """
    ours = _comments(template)
    known = _headings(template)
    found: dict[str, list[Section]] = {TOP: [Section(-1)]}
    here = found[TOP][0]
    for number, row in enumerate(text.split("\n")):
        if heading := _HEADING.fullmatch(row):
            key = TITLE if _is_title(heading, template) else _key_of(heading, known)
            if key is None:
                faults.append(Fault(_unknown_heading(heading, known), f"line.{number}"))
            here = Section(number)
            found.setdefault(key or f"line.{number}", []).append(here)
        elif _is_comment(row):
            if not (is_mark(row) or ours(row.strip()) or corrections.is_listed(row)):
                old = row.startswith(f"<!-- {VERSION}")
                faults.append(Fault(_CHANGED if old else _FOREIGN, f"line.{number}"))
        else:
            here.rows.append(row)
    return dict(
        _told(found, {TOP, TITLE, REVIEW, NOTES, ABOUT, *(s.id for s in template.stages)}, faults)
    )


def _is_comment(row: str) -> bool:
    """Return whether a line begins or ends a comment, and no backslash says that it is text."""
    bare = row.strip()
    return bare.startswith("<!--") or (bare.endswith("-->") and not bare.startswith("\\"))


def _told(
    found: dict[str, list[Section]], headings: set[str], faults: list[Fault]
) -> Iterable[tuple[str, Section]]:
    """Yield the one section of each question that has words; words anywhere else are a fault."""
    for key, all_of_it in found.items():
        told = [section for section in all_of_it if section.text]
        if key in headings:
            faults.extend(Fault(_NOWHERE, f"line.{section.at}") for section in told)
        elif not key.startswith("line."):
            faults.extend(Fault(_TWICE, f"line.{section.at}") for section in told[1:])
            yield key, (told or all_of_it)[0]


def _headings(template: Template) -> dict[str, str]:
    """Return every key of a form with the words of its heading, folded; reviews are not listed."""
    known = {ABOUT: fold("About this talk"), REVIEW: fold("Promises from last time")}
    known[NOTES] = fold("Parked for this talk")
    known |= {f"_{key}": fold(words) for key, words in HEADINGS.items()}
    for stage in template.stages:
        known[stage.id] = fold(stage.title)
        for prompt in stage.prompts:
            known[f"{stage.id}.{prompt.id}"] = fold(prompt.ask)
    return known


def _is_title(heading: re.Match[str], template: Template) -> bool:
    if heading["marks"] != "#":
        return False
    if heading["key"] is not None:
        return bool(heading["key"].strip() == template.id)
    return fold(heading["words"]).startswith(fold(template.title))


def _key_of(heading: re.Match[str], known: dict[str, str]) -> str | None:
    """Return the key of a heading, taken from its words when the key itself is gone."""
    if heading["key"] is not None:
        key = heading["key"].strip()
        return key if key in known or _NUMBERED.fullmatch(key) else None
    words = fold(heading["words"])
    named = [one for one, ask in known.items() if _fits(ask, words)]
    return named[0] if len(named) == 1 else None


def _fits(ask: str, words: str) -> bool:
    """Return whether these are the words of a question, whatever the name that was filled in."""
    parts = worded(ask, **dict.fromkeys(NAMES, "\0")).split("\0")
    return re.fullmatch(".+".join(map(re.escape, parts)), words) is not None


def _unknown_heading(heading: re.Match[str], known: dict[str, str]) -> str:
    if heading["key"] is not None:
        near = nearest(heading["key"], list(known))
        hint = f"; did you mean {{#{near[0]}}}?" if near else "."
        return f"no question has the name {{#{clean(heading['key'])[:40]}}}{hint}"
    return (
        "this heading is none of the form's. To keep it as your own words, put a \\ before it; "
        "if it was one of the form's, its name in braces is missing."
    )


def _comments(template: Template) -> Callable[[str], bool]:
    """Return a test for comments that coachlog writes, whatever the names filled into them."""
    rows = [worded(note, **dict.fromkeys(NAMES, "\0")) for note in notes(template)]
    plain = {f"<!-- {row} -->" for row in rows if "\0" not in row}
    named = [
        re.compile(".{1,200}?".join(map(re.escape, f"<!-- {row} -->".split("\0"))))
        for row in rows
        if "\0" in row
    ]
    return lambda row: row in plain or any(one.fullmatch(row) for one in named)


# Faults in place


def is_mark(row: str) -> bool:
    """Return whether a line is a fault that coachlog wrote into the form, and nothing else."""
    return row.startswith(MARK) and row.rstrip().endswith("-->") and row.count("-->") == 1


def marked(text: str, faults: Iterable[Fault], template: Template | None) -> str:
    """Return the form as it was typed, with each fault as a comment where it belongs.

    Marks of an earlier round are gone, and nothing else is changed. Without a template, as when
    the form does not say which it is, all faults stand at the top.
    """
    before = text.split("\n")
    rows = [row for row in before if not is_mark(row)]
    kept = [number for number, row in enumerate(before) if not is_mark(row)]
    places = _places(rows, template) | {f"line.{old}": new for new, old in enumerate(kept)}
    below: dict[int, list[str]] = {}
    found = list(dict.fromkeys(faults))
    for fault in found:
        words = line(f"{_which(fault)}{fault.words}").replace("--", "-")
        below.setdefault(_place(fault.key, places), []).append(f"{MARK}{words} -->")
    count = "one thing" if len(found) == 1 else f"{len(found)} things"
    made = [f"{MARK}Nothing is stored yet: {count} to mend, each marked like this line. -->"]
    made += below.pop(-1, [])
    for number, row in enumerate(rows):
        made.append(row)
        made += below.get(number, [])
    return "\n".join(made)


def _places(rows: list[str], template: Template | None) -> dict[str, int]:
    """Return the line of each question's heading, the first one of several."""
    if template is None:
        return {}
    known, found = _headings(template), dict[str, int]()
    for number, row in enumerate(rows):
        if heading := _HEADING.fullmatch(row):
            key = TITLE if _is_title(heading, template) else _key_of(heading, known)
            found.setdefault(key or "", number)
    return found


def _place(key: str, places: dict[str, int]) -> int:
    """Return the line below which a fault is shown; -1 for the top."""
    while key:
        for name in (key, f"_{key}"):
            if name in places:
                return places[name]
        key = key.rpartition(".")[0]
    return -1


def named(fault: Fault) -> str:
    """Return a fault with the name of its line or question, as a list outside the form shows it."""
    if fault.key.startswith("line."):
        number = int(fault.key.removeprefix("line."))
        return f"line {number + 1}: {fault.words}" if number >= 0 else f"at the top: {fault.words}"
    key = ".".join(fault.key.split(".")[:2]) if fault.key.count(".") == 3 else fault.key
    lead = f"{key}: " if key else ""
    return f"{lead}{_which(fault)}{fault.words}"


def _which(fault: Fault) -> str:
    """Return which promise of several a fault is about, and which part of it."""
    parts = fault.key.split(".")
    if len(parts) != 4:
        return ""
    labels = {name: label for label, name in LABELS.items()} | {"owner-name": "who"}
    part = labels.get(parts[3])
    return f"promise {parts[2]}, {part}: " if part else f"promise {parts[2]}: "
