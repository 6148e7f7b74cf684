"""Reads a form that was filled in, and shows in place what cannot be read."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coachlog.answers.files import MAX_FILE, AnswersFile, tags
from coachlog.answers.form import (
    ABOUT,
    HEADINGS,
    LABELS,
    MARK,
    NOTE,
    NOTES,
    OWNER,
    PERSON,
    RELATIONSHIP,
    REVIEW,
    TAGS,
    notes,
    unescaped,
)
from coachlog.errors import FaultyAnswers, Invalid
from coachlog.interview import HELD_ON, MINUTES, Fault
from coachlog.model import Kind, NoteOutcome, Outcome, Prompt, Relationship, Template
from coachlog.text import clean, fold, line, nearest
from coachlog.wording import NAMES, worded

_HEADING = re.compile(r"#{1,3} +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*")
_TICK = re.compile(r"\s*[-*+] *\[(?P<mark>[^\]]?)\] *(?P<option>.*)")
_DASH = re.compile(r"[-*+•](?:\s+(?P<what>.*))?|\d+[.)]\s+(?P<numbered>.*)")
_LABEL = re.compile(r"\s*(?P<label>[a-zA-Z][a-zA-Z _-]{0,10}?)\s*:\s*(?P<value>.*)")
_BECAME = re.compile(
    r"(?P<outcome>still open|[a-z]+)[\s,:]*(?:(?:to|on|by)\s+)?(?P<day>.*)", re.IGNORECASE
)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?P<rest>\.\d{1,18})?", re.ASCII)


def text_of(data: bytes, name: str) -> str:
    """Return the form in a file's bytes; `FaultyAnswers` if it is no text, or too large."""
    if len(data) > MAX_FILE:
        raise FaultyAnswers(f"{name} is larger than {MAX_FILE // 1024 // 1024} MiB.", _KEPT)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise FaultyAnswers(f"{name} is not UTF-8 text.", _KEPT) from None


_KEPT = "Nothing was stored."


def template_of(text: str) -> str | None:
    """Return the id of the template that a form was made for, as its title says."""
    for row in text.split("\n"):
        if row.startswith("# ") and (match := _HEADING.fullmatch(row)) and match["key"]:
            return clean(match["key"])
    return None


@dataclass
class _Section:
    """What stands under one heading, and in which line the heading is."""

    at: int
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(map(unescaped, self.rows)).strip()


def read(text: str, template: Template) -> AnswersFile:
    """Return what a form says, as an answers file would; its faults belong to lines or questions.

    A fault with a key `line.12` is about line 12, counted from 0. Nothing typed is ever passed
    over: words in a place where coachlog cannot tell what they answer are a fault.
    """
    found = AnswersFile(template=template.id)
    sections = _sections(text, template, found.faults)
    prompts = {f"{s.id}.{p.id}": p for s in template.stages for p in s.prompts}
    for key, section in sections.items():
        if not section.text:
            continue
        if key in prompts:
            _take_answer(found, key, prompts[key], section)
        elif key.startswith(f"{REVIEW}."):
            _take_review(found, key, section.text)
        elif key.startswith(f"{NOTE}."):
            _take_note(found, key, section.text)
        else:
            _take_fact(found, key, section.text)
    return found


def _sections(text: str, template: Template, faults: list[Fault]) -> dict[str, _Section]:
    known = _headings(template)
    ours = _comments(template)
    sections: dict[str, _Section] = {}
    here = _Section(-1)  # what stands above the first heading
    sections["top"] = here
    for number, row in enumerate(text.split("\n")):
        heading = _HEADING.fullmatch(row)
        if heading:
            key = _key_of(heading, known)
            if key is None:
                words = _unknown_heading(heading, known)
                faults.append(Fault(words, f"line.{number}"))
                key = f"line.{number}"
            elif key in sections and sections[key].text:
                key = _doubled(key, number, sections, faults)
            here = sections[key] = _Section(number)
        elif row.lstrip().startswith("<!--"):
            if not row.startswith(MARK) and not ours(row.strip()):
                faults.append(Fault(_FOREIGN, f"line.{number}"))
        else:
            here.rows.append(row)
    faults.extend(
        Fault(_NOWHERE, f"line.{max(section.at, 0)}")
        for key, section in sections.items()
        if key in ("top", template.id, REVIEW, NOTES, ABOUT, *(s.id for s in template.stages))
        and section.text
    )
    return {key: section for key, section in sections.items() if not key.startswith("line.")}


_FOREIGN = (
    "coachlog did not write this comment. Take its marks <!-- and --> away to keep the words, or "
    "delete the line."
)
_NOWHERE = "words here belong to no question. Move them below one."


def _doubled(key: str, number: int, sections: dict[str, _Section], faults: list[Fault]) -> str:
    """Return another key for a heading that stands twice, with a fault noted once it has words."""
    words = f"this question stands twice, the first time in line {sections[key].at + 1}. "
    faults.append(Fault(words + "Put all under one, and delete the other.", f"line.{number}"))
    return f"line.{number}"


def _headings(template: Template) -> dict[str, str]:
    """Return every key of a form with the words of its heading, folded; reviews are not listed."""
    known = {template.id: "", ABOUT: fold("About this talk"), REVIEW: "", NOTES: ""}
    known |= {key: fold(words) for key, words in HEADINGS.items()}
    for stage in template.stages:
        known[stage.id] = fold(stage.title)
        for prompt in stage.prompts:
            known[f"{stage.id}.{prompt.id}"] = fold(prompt.ask)
    return known


def _key_of(heading: re.Match[str], known: dict[str, str]) -> str | None:
    """Return the key of a heading, taken from its words when the key itself is gone."""
    key = heading["key"]
    if key is not None:
        key = key.strip()
        numbered = re.fullmatch(rf"({REVIEW}|{NOTE})\.\d{{1,18}}", key, re.ASCII)
        return key if key in known or numbered else None
    words = fold(heading["words"])
    named = [one for one, ask in known.items() if ask and _fits(ask, words)]
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


def _take_answer(found: AnswersFile, key: str, prompt: Prompt, section: _Section) -> None:
    text = section.text
    if prompt.kind is Kind.ACTIONS:
        found.actions = list(_promises(section.rows, key, found.faults))
        return
    if prompt.kind in (Kind.CHOICE, Kind.CHOICES):
        picked = list(_picked(section.rows))
        if prompt.kind is Kind.CHOICES and picked:
            found.answers[key] = picked
        elif len(picked) > 1:
            found.faults.append(Fault(f"{len(picked)} are marked; mark one.", key, key))
        elif picked:
            found.answers[key] = picked[0]
    elif prompt.kind is Kind.YESNO:
        _take_yesno(found.answers, key, text, found.faults)
    elif prompt.kind in (Kind.SCALE, Kind.NUMBER):
        found.answers[key] = _number(text)
    else:
        found.answers[key] = text


def _picked(rows: Iterable[str]) -> Iterator[str]:
    """Yield the options marked, and what was written without a box."""
    for row in rows:
        if match := _TICK.fullmatch(row):
            if match["mark"].strip():
                yield line(match["option"])
        elif row.strip():
            yield line(row.strip().lstrip("-*+ "))


_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _take_yesno(into: dict[str, Any], key: str, text: str, faults: list[Fault]) -> None:
    value = _YES.get(fold(text).rstrip("."))
    if value is None:
        faults.append(Fault(f"“{line(text)[:40]}” should be yes or no.", key, key))
    else:
        into[key] = value


def _number(text: str) -> object:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    return float(text) if match["rest"] else int(text)


def _promises(rows: Iterable[str], key: str, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """Yield each promise told; a line that is no label and stands in goes on with the words."""
    told: list[dict[str, Any]] = []
    for row in filter(str.strip, rows):
        label = _LABEL.fullmatch(row)
        name = LABELS.get(_plain(label["label"])) if label else None
        dash = _DASH.fullmatch(row)
        if dash or (row[0].strip() and name is None):
            what = (dash["what"] or dash["numbered"] or "") if dash else row
            told.append({"what": line(what)})
        elif label and name and told:
            told[-1][name] = line(label["value"])
        elif told and set(told[-1]) == {"what"}:
            told[-1]["what"] = line(f"{told[-1]['what']} {row}")
        else:
            known = ", ".join(f"{one}:" for one in LABELS)
            words = f"“{line(row)[:40]}” is not understood; lines below a dash begin with {known}"
            faults.append(Fault(words, key, key))
    for number, promise in enumerate((p for p in told if any(p.values())), start=1):
        yield dict(_parts(promise, f"{key}.{number}", faults))


def _plain(label: str) -> str:
    words = fold(label).replace("_", " ").replace("-", " ")
    return {"if then": "if-then", "owner": "who", "due": "by", "confidence": "sure"}.get(
        words, words
    )


def _parts(promise: dict[str, Any], key: str, faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    for name, text in promise.items():
        if not text and name != "what":
            continue
        if name == "private":
            said: dict[str, Any] = {}
            _take_yesno(said, f"{key}.private", text, faults)
            yield from ((name, value) for value in said.values())
        elif name == "confidence":
            yield name, _number(text)
        else:
            yield name, text


def _take_review(found: AnswersFile, key: str, text: str) -> None:
    match = _BECAME.fullmatch(line(text))
    outcome = fold(match["outcome"]).removeprefix("still ") if match else ""
    if match is None or outcome not in set(Outcome):
        words = f"“{line(text)[:40]}” should begin with done, moved, dropped or open."
        found.faults.append(Fault(words, key, key))
        return
    row: dict[str, Any] = {"action": int(key.partition(".")[2]), "outcome": outcome}
    if match["day"]:
        row["due" if outcome == Outcome.MOVED else "on"] = match["day"].strip()
    if outcome == Outcome.OPEN and match["day"]:
        found.faults.append(Fault("an open promise has no day; is it moved?", key, key))
    found.review.append(row)


def _take_note(found: AnswersFile, key: str, text: str) -> None:
    word = fold(line(text)).rstrip(".").removesuffix(" it").removesuffix(" about")
    word = {"dropped": NoteOutcome.DROP, "kept": NoteOutcome.KEEP}.get(word, word)
    if word not in set(NoteOutcome):
        words = f"“{line(text)[:40]}” should be talked, keep or drop."
        found.faults.append(Fault(words, key, key))
        return
    found.notes.append({"note": int(key.partition(".")[2]), "outcome": str(word)})


def _take_fact(found: AnswersFile, key: str, text: str) -> None:
    words = line(text)
    if key == RELATIONSHIP:
        try:
            found.relationship = Relationship(fold(words))
        except ValueError:
            said = f"“{words[:40]}” should be one of: {', '.join(Relationship)}."
            found.faults.append(Fault(said, key, key))
    elif key == TAGS:
        try:
            found.tags = tags([part for part in re.split("[,\n]", text) if part.strip()])
        except Invalid as error:
            found.faults.append(Fault(error.message, key, key))
    elif key == MINUTES:
        found.minutes = _number(re.sub(r"\s*min(ute)?s?\.?$", "", words))
    elif key == HELD_ON:
        found.held_on = words
    elif key == PERSON:
        found.person = words
    elif key == OWNER:
        found.me = words


def marked(text: str, faults: Iterable[Fault]) -> str:
    """Return the form as it was typed, with each fault as a comment where it belongs.

    Marks of an earlier round are gone, and nothing else is changed.
    """
    rows = [row for row in text.split("\n") if not row.startswith(MARK)]
    places = _places(rows)
    shift = {number: at for at, number in enumerate(_kept_rows(text))}
    notes: dict[int, list[str]] = {}
    found = list(dict.fromkeys(faults))
    for fault in found:
        at = _place(fault, places, shift)
        words = line(fault.words).replace("--", "-")
        notes.setdefault(at, []).append(f"{MARK}{_which(fault)}{words} -->")
    count = "one thing" if len(found) == 1 else f"{len(found)} things"
    made = [f"{MARK}Nothing is stored yet: {count} to mend, each marked like this line. -->"]
    made += notes.pop(-1, [])
    for number, row in enumerate(rows):
        made.append(row)
        made += notes.get(number, [])
    return "\n".join(made)


def _kept_rows(text: str) -> list[int]:
    return [n for n, row in enumerate(text.split("\n")) if not row.startswith(MARK)]


def _places(rows: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        if (match := _HEADING.fullmatch(row)) and match["key"]:
            found.setdefault(match["key"].strip(), number)
    return found


def _place(fault: Fault, places: dict[str, int], shift: dict[int, int]) -> int:
    """Return the line below which a fault is shown; -1 for the top."""
    if fault.key.startswith("line."):
        return shift.get(int(fault.key.partition(".")[2]), -1)
    while fault.key and fault.key not in places and "." in fault.key:
        return _place(Fault(fault.words, fault.key.rpartition(".")[0]), places, shift)
    return places.get(fault.key, -1)


def named(fault: Fault) -> str:
    """Return a fault with the name of its line or question, as a list outside the form shows it."""
    if fault.key.startswith("line."):
        return f"line {int(fault.key.partition('.')[2]) + 1}: {fault.words}"
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
