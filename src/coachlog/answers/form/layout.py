"""How a form is laid out: which heading is which question, what is a comment, where faults go."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coachlog.answers import corrections
from coachlog.answers.form.writer import (
    ABOUT,
    HEADINGS,
    LABELS,
    MARK,
    NOTES,
    REVIEW,
    VERSION,
    notes,
    unescaped,
)
from coachlog.interview import Fault, keys
from coachlog.interview.keys import Family, Key
from coachlog.model.templates import Template
from coachlog.text import clean, fold, line, nearest
from coachlog.wording import NAMES, worded

TITLE, TOP = map(keys.section, ("title", "top"))
_HEADING = re.compile(r"(?P<marks>#{1,3}) +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*")
_NUMBERED = ("review", "note")
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
    """What stands under one heading, and in which line the heading is; 0 for none, at the top."""

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


def sections(text: str, template: Template, faults: list[Fault]) -> dict[Key, Section]:
    """Return what stands under each question, by its key, and add what is wrong to `faults`.

    A fault with the key `_line.12` is about line 12.
    """
    ours = _comments(template)
    known = _headings(template)
    found: dict[Key, list[Section]] = {TOP: [Section(0)]}
    here = found[TOP][0]
    for number, row in enumerate(text.split("\n"), start=1):
        if heading := _HEADING.fullmatch(row):
            key = TITLE if _is_title(heading, template) else _key_of(heading, known)
            if key is None:
                faults.append(Fault(_unknown_heading(heading, known), _line(number)))
            here = Section(number)
            found.setdefault(key or _line(number), []).append(here)
        elif _is_comment(row):
            if not (is_mark(row) or ours(row.strip()) or corrections.is_listed(row)):
                old = row.startswith(f"<!-- {VERSION}")
                faults.append(Fault(_CHANGED if old else _FOREIGN, _line(number)))
        else:
            here.rows.append(row)
    return dict(
        _told(found, {TOP, TITLE, REVIEW, NOTES, ABOUT, *(s.id for s in template.stages)}, faults)
    )


def _line(number: int) -> Key:
    """Return the key of what is wrong with a line of a form, counted from 1; 0 is the top."""
    return keys.section("line", number)


def _is_comment(row: str) -> bool:
    """Return whether a line begins or ends a comment, and no backslash says that it is text."""
    bare = row.strip()
    return bare.startswith("<!--") or (bare.endswith("-->") and not bare.startswith("\\"))


def _told(
    found: dict[Key, list[Section]], headings: set[str], faults: list[Fault]
) -> Iterable[tuple[Key, Section]]:
    """Yield the one section of each question that has words; words anywhere else are a fault."""
    for key, all_of_it in found.items():
        told = [section for section in all_of_it if section.text]
        if key in headings:
            faults.extend(Fault(_NOWHERE, _line(section.at)) for section in told)
        elif key.field != "line":
            faults.extend(Fault(_TWICE, _line(section.at)) for section in told[1:])
            yield key, (told or all_of_it)[0]


def _headings(template: Template) -> dict[str, str]:
    """Return every key of a form with the words of its heading, folded; reviews are not listed."""
    known: dict[str, str] = {ABOUT: fold("About this talk")}
    known |= {REVIEW: fold("Promises from last time"), NOTES: fold("Parked for this talk")}
    known |= {keys.section(key): fold(words) for key, words in HEADINGS.items()}
    for stage in template.stages:
        known[stage.id] = fold(stage.title)
    return known | {key: fold(prompt.ask) for key, prompt in template.prompts.items()}


def _is_title(heading: re.Match[str], template: Template) -> bool:
    if heading["marks"] != "#":
        return False
    if heading["key"] is not None:
        return bool(heading["key"].strip() == template.id)
    return fold(heading["words"]).startswith(fold(template.title))


def _key_of(heading: re.Match[str], known: dict[str, str]) -> Key | None:
    """Return the key of a heading, taken from its words when the key itself is gone."""
    if heading["key"] is not None:
        key = keys.parse(heading["key"].strip())
        numbered = key.family is Family.FORM and key.field in _NUMBERED and "." in key
        return key if key in known or numbered else None
    words = fold(heading["words"])
    named = [one for one, ask in known.items() if _fits(ask, words)]
    return keys.parse(named[0]) if len(named) == 1 else None


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
    kept = [number for number, row in enumerate(before, start=1) if not is_mark(row)]
    places = _places(rows, template) | {_line(old): new for new, old in enumerate(kept)}
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
    return next((places[name] for name in _headings_above(keys.parse(key)) if name in places), -1)


def _headings_above(key: Key) -> tuple[str, ...]:
    """Return the headings of a form under which what has this key can stand, the nearest first."""
    match key.family:
        case Family.PROMPT | Family.PART:
            return key.place, key.stage
        case Family.REVIEW | Family.NOTE:
            name = key.family.value
            return keys.section(name, key.number), keys.section(name)
        case Family.FORM:
            return key, keys.section(key.field)
    return (keys.section(key),)


def named(fault: Fault) -> str:
    """Return a fault with the name of its line or question, as a list outside the form shows it."""
    key = keys.parse(fault.key)
    if key.family is Family.FORM and key.field == "line":
        return f"line {key.number}: {fault.words}" if key.number else f"at the top: {fault.words}"
    name = key.place if key.family is Family.PART else key.bare
    lead = f"{name}: " if name else ""
    return f"{lead}{_which(fault)}{fault.words}"


def _which(fault: Fault) -> str:
    """Return which promise of several a fault is about, and which part of it."""
    key = keys.parse(fault.key)
    if key.family is not Family.PART:
        return ""
    labels = {name: label for label, name in LABELS.items()} | {"owner-name": "who"}
    part = labels.get(key.field)
    return f"promise {key.number}, {part}: " if part else f"promise {key.number}: "
