"""Writes the form of a conversation, with what is known already filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from coachlog.answers import corrections
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import condition
from coachlog.interview import (
    HELD_ON,
    MINUTES,
    OTHER,
    Conversation,
    asked,
    keys,
    questions,
)
from coachlog.interview.keys import Key
from coachlog.model import Action, Note, Relationship, Value
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Audience, Prompt, Template
from coachlog.rules.question_tags import listed
from coachlog.templates.kinds import Widget, row_of
from coachlog.text import clean, line

PERSON, RELATIONSHIP, OWNER, TAGS = "person", "relationship", "me", "tags"
LABELS = {field.label: name for name, field in PROMISE_FIELDS.items() if field.label}
"""What stands before each part of a promise, and what that part is."""

VERSION = "Made from the template as it was at "
MARK = "<!-- ! "
_INTRODUCTION = (
    "Write below the headings, as much as you like, and leave empty what you skip. Then save and "
    "close.",
    "Notes like this one are not kept. Leave the names in braces, {#like.this}, as they are.",
)
_REVIEW = (
    "done, moved, dropped or open; with a date where it matters: “done 18 Nov”, “moved to 4 Dec”. "
    "Empty: not talked about."
)
_PARKED = "talked, keep or drop. Empty: kept for next time."
_NOTES = {
    PERSON: "A name, or the beginning of one that is known.",
    RELATIONSHIP: f"Only for someone new: {', '.join(Relationship)}.",
    HELD_ON: "A date, such as yesterday, fri or 12 May. Empty: today.",
    MINUTES: "A whole number. Empty: not counted.",
    TAGS: "Themes, with commas between them.",
}
HEADINGS = {
    PERSON: "Who did you talk with?",
    RELATIONSHIP: "Who are they to you?",
    OWNER: "What is your own name?",
    HELD_ON: "When did you talk?",
    MINUTES: "How many minutes did it take?",
    TAGS: "Which themes does it belong to?",
}
"""The questions of a form that no template asks."""

ABOUT, REVIEW, NOTES = map(keys.section, ("about", "review", "notes"))
"""What a form has beside the template; no stage or prompt has a name that begins with `_`."""

# What a person writes at the start of a line must not be taken for the form's own.
_LIKE_OURS = re.compile(r"(\s*)(\\*(?:#{1,3} |<!--|.*-->\s*$).*)", re.DOTALL)


def write_form(talk: Conversation, given: AnswersFile, answers: Mapping[str, Value]) -> str:
    """Return the form of a conversation, with what is known already filled in.

    `answers` are those of a walk, by question; `given` is the person and what else the command
    line gave. Both may be empty: that is the blank form.
    """
    template = talk.template
    whom = f" with {clean(talk.them)}" if talk.them else ""
    parts = [f"# {template.title}{whom} {{#{template.id}}}"]
    introduction = (*_INTRODUCTION, version(template))
    parts.append("\n".join(f"<!-- {words} -->" for words in introduction))
    if talk.promises:
        parts.append(f"## Promises from last time {{#{REVIEW}}}")
        parts += [_review(talk, action, answers) for action in talk.promises]
    if talk.notes:
        parts.append(f"## Parked for this talk {{#{NOTES}}}")
        parts += [_parked(talk, note, answers) for note in talk.notes]
    for stage in template.stages:
        head = f"## {stage.title} {{#{stage.id}}}"
        notes = [stage.guidance] if stage.guidance else []
        parts.append("\n".join([head, *(f"<!-- {line(talk.worded(n))} -->" for n in notes)]))
        for prompt in stage.prompts:
            key = keys.answer(stage.id, prompt.id)
            parts.append(_question(talk, key, prompt, answers))
    parts.append(f"## About this talk {{#{ABOUT}}}")
    parts += _about(talk, given, answers)
    return "\n\n".join(parts) + "\n"


def _about(talk: Conversation, given: AnswersFile, answers: Mapping[str, Value]) -> Iterator[str]:
    solo = talk.template.audience is Audience.SOLO
    known = {
        PERSON: given.person,
        RELATIONSHIP: given.relationship and given.relationship.value,
        OWNER: given.me,
        HELD_ON: answers.get(HELD_ON) or given.held_on,
        MINUTES: answers.get(MINUTES) or given.minutes,
        TAGS: ", ".join(given.tags),
    }
    for key, ask in HEADINGS.items():
        if (solo and key in (PERSON, RELATIONSHIP)) or (key == OWNER and not given.me):
            continue
        notes = [_NOTES[key]] if key in _NOTES else []
        yield _section(ask, keys.section(key), notes, line(str(known[key] or "")))


def _section(ask: str, key: str, notes: Sequence[str], filled: str) -> str:
    rows = [f"### {ask} {{#{key}}}"]
    rows += [f"<!-- {' · '.join(notes)} -->"] if notes else []
    return "\n".join([*rows, *(["", filled] if filled else [""])])


def _review(talk: Conversation, action: Action, answers: Mapping[str, Value]) -> str:
    key = keys.review(action.id, "outcome")
    asked = next(q for q in questions(talk, answers) if q.key == key)
    said = str(answers.get(key) or "")
    day = answers.get(keys.review(action.id, "due" if said == "moved" else "on"))
    filled = f"{said} {day or ''}".strip()
    section = keys.section("review", action.id)
    return _section(f"{line(asked.ask)} ({asked.help})", section, [_REVIEW], filled)


def _parked(talk: Conversation, note: Note, answers: Mapping[str, Value]) -> str:
    asked = next(q for q in questions(talk, answers) if q.key == keys.note(note.id))
    filled = str(answers.get(asked.key) or "")
    section = keys.section("note", note.id)
    return _section(f"{line(asked.ask)} ({asked.help})", section, [_PARKED], filled)


def _question(talk: Conversation, key: Key, prompt: Prompt, answers: Mapping[str, Value]) -> str:
    notes = [line(talk.worded(note)) for note in _notes_of(talk.template, prompt)]
    if row_of(prompt.kind).widget is Widget.CORRECTIONS:
        return _looked_at(talk, key, prompt, notes, answers)
    filled = _filled(talk, key, prompt, answers)
    return _section(talk.worded(prompt.ask), key, notes, filled)


def _looked_at(
    talk: Conversation,
    key: str,
    prompt: Prompt,
    notes: Sequence[str],
    answers: Mapping[str, Value],
) -> str:
    """Return the section of the owner's promises: each in a comment, and what is told wrongly."""
    rows = [f"### {talk.worded(prompt.ask)} {{#{key}}}", f"<!-- {' · '.join(notes)} -->"]
    rows += list(corrections.listing(talk)) or [f"<!-- {corrections.WHERE} -->"]
    told = [escaped(row) for row in corrections.rows(key, answers)]
    return "\n".join([*rows, "", *told])


def _notes_of(template: Template, prompt: Prompt) -> list[str]:
    notes = [prompt.help or "", _hint(template, prompt)]
    if prompt.when:
        notes.append(f"Only if “{_ask(template, prompt.when.prompt)}” {condition(prompt.when)}.")
    if prompt.required:
        notes.append("Needs an answer.")
    if prompt.private or prompt.health:
        notes.append("Private: stays out of plans and exports.")
    return [note for note in notes if note]


def _hint(template: Template, prompt: Prompt) -> str:
    """Return how to answer a prompt in a form."""
    row = row_of(prompt.kind)
    if prompt.options_from:
        return f"One of the lines of “{_ask(template, prompt.options_from)}”"
    if row.widget is Widget.CORRECTIONS:
        return f"{corrections.HOW} {corrections.BECAME}"
    return row.hint.format(low=prompt.low, high=prompt.high)


def _ask(template: Template, key: str) -> str:
    return template.prompts[key].ask


def _filled(talk: Conversation, key: Key, prompt: Prompt, answers: Mapping[str, Value]) -> str:
    widget = row_of(prompt.kind).widget
    if widget is Widget.PROMISES:
        return "\n".join(_promises(talk, key, answers))
    value = answers.get(key)
    if widget is Widget.QUESTIONS:
        value = value or asked(talk, key, answers)
        return "\n".join(map(escaped, listed(value) if isinstance(value, list) else ()))
    if prompt.options:
        picked = value if isinstance(value, list) else [value]
        return "\n".join(f"- [{'x' if o in picked else ' '}] {o}" for o in prompt.options)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(listed(value))
    return "\n".join(map(escaped, str("" if value is None else value).split("\n")))


def _promises(talk: Conversation, key: Key, answers: Mapping[str, Value]) -> Iterator[str]:
    solo = talk.template.audience is Audience.SOLO
    empty = {name for name, field in PROMISE_FIELDS.items() if field.asked}
    empty -= {"owner"} if solo else set()
    for number in count(1):
        told = {name: answers.get(key.part(number, name)) for name in LABELS.values()}
        sharper = answers.get(key.part(number, "sharper"))
        what = sharper or answers.get(key.part(number, "what"))
        if what is None and number > 1:
            return
        if told["owner"] == OTHER:
            told["owner"] = answers.get(key.part(number, "owner-name"))
        yield f"- {what or ''}".rstrip()
        for label, name in LABELS.items():
            if name in empty or told[name] is not None:
                shown = "yes" if told[name] is True else "" if not told[name] else told[name]
                yield f"  {label}: {shown}".rstrip()


def escaped(row: str) -> str:
    """Return a line of an answer so that it is not read as the form's own heading or comment."""
    match = _LIKE_OURS.fullmatch(row)
    return f"{match[1]}\\{match[2]}" if match else row


def unescaped(row: str) -> str:
    """Return a line of an answer as it was before `escaped`."""
    match = _LIKE_OURS.fullmatch(row)
    return match[1] + match[2].removeprefix("\\") if match else row


def version(template: Template) -> str:
    """Return the note that says from which state of a template a form was made."""
    from hashlib import sha256

    return f"{VERSION}{sha256(template.text.encode()).hexdigest()[:8]}."


def notes(template: Template) -> Iterator[str]:
    """Yield every comment that a form of this template can hold, with its names not filled in."""
    yield from _INTRODUCTION
    yield version(template)
    yield from _NOTES.values()
    yield _REVIEW
    yield _PARKED
    yield corrections.WHERE
    for stage in template.stages:
        if stage.guidance:
            yield line(stage.guidance)
        for prompt in stage.prompts:
            yield " · ".join(map(line, _notes_of(template, prompt)))
