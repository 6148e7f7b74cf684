"""Writes the form of a conversation, with what is known already filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from coachlog.answers import corrections
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.unasked_answers import describe_when_test
from coachlog.interview import (
    HELD_ON,
    MINUTES,
    OTHER,
    Conversation,
    build_conversation_questions,
    collect_asked_questions,
    keys,
)
from coachlog.interview.keys import AnswerKey
from coachlog.model import Action, AnswerValue, Note, Relationship
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Template, TemplateAudience
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, clean_text

PERSON, RELATIONSHIP, OWNER, TAGS = "person", "relationship", "me", "tags"
PROMISE_LABELS = {field.label: name for name, field in PROMISE_FIELDS.items() if field.label}
"""What stands before each part of a promise, and what that part is."""

VERSION_LEAD = "Made from the template as it was at "
FAULT_MARK_LEAD = "<!-- ! "
_INTRODUCTION_HINTS = (
    "Write below the headings, as much as you like, and leave empty what you skip. Then save and "
    "close.",
    "Notes like this one are not kept. Leave the names in braces, {#like.this}, as they are.",
)
_REVIEW_HINT = (
    "done, moved, dropped or open; with a date where it matters: “done 18 Nov”, “moved to 4 Dec”. "
    "Empty: not talked about."
)
_NOTE_HINT = "talked, keep or drop. Empty: kept for next time."
_FACT_HINTS = {
    PERSON: "A name, or the beginning of one that is known.",
    RELATIONSHIP: f"Only for someone new: {', '.join(Relationship)}.",
    HELD_ON: "A date, such as yesterday, fri or 12 May. Empty: today.",
    MINUTES: "A whole number. Empty: not counted.",
    TAGS: "Themes, with commas between them.",
}
FACT_QUESTIONS = {
    PERSON: "Who did you talk with?",
    RELATIONSHIP: "Who are they to you?",
    OWNER: "What is your own name?",
    HELD_ON: "When did you talk?",
    MINUTES: "How many minutes did it take?",
    TAGS: "Which themes does it belong to?",
}
"""The questions of a form that no template asks."""

ABOUT, REVIEW, NOTES = map(keys.build_section_key, ("about", "review", "notes"))
"""What a form has beside the template; no stage or prompt has a name that begins with `_`."""

# What a person writes at the start of a line must not be taken for the form's own.
_RESERVED_LINE = re.compile(r"(\s*)(\\*(?:#{1,3} |<!--|.*-->\s*$).*)", re.DOTALL)


def write_form(talk: Conversation, facts: AnswersFile, answers: Mapping[str, AnswerValue]) -> str:
    """Return the form of a conversation, with what is known already filled in.

    `answers` are those of a walk, by question; `given` is the person and what else the command
    line gave. Both may be empty: that is the blank form.
    """
    template = talk.template
    whom = f" with {clean_text(talk.them)}" if talk.them else ""
    parts = [f"# {template.title}{whom} {{#{template.id}}}"]
    introduction = (*_INTRODUCTION_HINTS, describe_template_version(template))
    parts.append("\n".join(f"<!-- {words} -->" for words in introduction))
    if talk.open_actions:
        parts.append(f"## Promises from last time {{#{REVIEW}}}")
        parts += [_write_review_section(talk, action, answers) for action in talk.open_actions]
    if talk.notes:
        parts.append(f"## Parked for this talk {{#{NOTES}}}")
        parts += [_write_note_section(talk, note, answers) for note in talk.notes]
    for stage in template.stages:
        head = f"## {stage.title} {{#{stage.id}}}"
        notes = [stage.guidance] if stage.guidance else []
        parts.append(
            "\n".join([head, *(f"<!-- {clean_line(talk.fill_names(n))} -->" for n in notes)])
        )
        for prompt in stage.prompts:
            key = keys.build_answer_key(stage.id, prompt.id)
            parts.append(_write_prompt_section(talk, key, prompt, answers))
    parts.append(f"## About this talk {{#{ABOUT}}}")
    parts += _write_fact_sections(talk, facts, answers)
    return "\n\n".join(parts) + "\n"


def _write_fact_sections(
    talk: Conversation, facts: AnswersFile, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    solo = talk.template.audience is TemplateAudience.SOLO
    known = {
        PERSON: facts.person,
        RELATIONSHIP: facts.relationship and facts.relationship.value,
        OWNER: facts.me,
        HELD_ON: answers.get(HELD_ON) or facts.held_on,
        MINUTES: answers.get(MINUTES) or facts.minutes,
        TAGS: ", ".join(facts.tags),
    }
    for key, ask in FACT_QUESTIONS.items():
        if (solo and key in (PERSON, RELATIONSHIP)) or (key == OWNER and not facts.me):
            continue
        notes = [_FACT_HINTS[key]] if key in _FACT_HINTS else []
        yield _write_form_section(
            ask, keys.build_section_key(key), notes, clean_line(str(known[key] or ""))
        )


def _write_form_section(question: str, key: str, hints: Sequence[str], text: str) -> str:
    rows = [f"### {question} {{#{key}}}"]
    rows += [f"<!-- {' · '.join(hints)} -->"] if hints else []
    return "\n".join([*rows, *(["", text] if text else [""])])


def _write_review_section(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> str:
    key = keys.build_review_key(action.id, "outcome")
    asked = next(q for q in build_conversation_questions(talk, answers) if q.key == key)
    said = str(answers.get(key) or "")
    day = answers.get(keys.build_review_key(action.id, "due" if said == "moved" else "on"))
    filled = f"{said} {day or ''}".strip()
    section = keys.build_section_key("review", action.id)
    return _write_form_section(
        f"{clean_line(asked.ask)} ({asked.help})", section, [_REVIEW_HINT], filled
    )


def _write_note_section(talk: Conversation, note: Note, answers: Mapping[str, AnswerValue]) -> str:
    asked = next(
        q
        for q in build_conversation_questions(talk, answers)
        if q.key == keys.build_note_key(note.id)
    )
    filled = str(answers.get(asked.key) or "")
    section = keys.build_section_key("note", note.id)
    return _write_form_section(
        f"{clean_line(asked.ask)} ({asked.help})", section, [_NOTE_HINT], filled
    )


def _write_prompt_section(
    talk: Conversation, key: AnswerKey, prompt: Prompt, answers: Mapping[str, AnswerValue]
) -> str:
    notes = [
        clean_line(talk.fill_names(note)) for note in _list_prompt_hints(talk.template, prompt)
    ]
    if get_kind_row(prompt.kind).widget is Widget.CORRECTIONS:
        return _write_corrections_section(talk, key, prompt, notes, answers)
    filled = _format_form_answer(talk, key, prompt, answers)
    return _write_form_section(talk.fill_names(prompt.ask), key, notes, filled)


def _write_corrections_section(
    talk: Conversation,
    key: str,
    prompt: Prompt,
    hints: Sequence[str],
    answers: Mapping[str, AnswerValue],
) -> str:
    """Return the section of the owner's promises: each in a comment, and what is told wrongly."""
    rows = [f"### {talk.fill_names(prompt.ask)} {{#{key}}}", f"<!-- {' · '.join(hints)} -->"]
    rows += list(corrections.format_promise_comments(talk)) or [
        f"<!-- {corrections.LEDGER_HINT} -->"
    ]
    told = [escape_form_line(row) for row in corrections.format_correction_lines(key, answers)]
    return "\n".join([*rows, "", *told])


def _list_prompt_hints(template: Template, prompt: Prompt) -> list[str]:
    notes = [prompt.help or "", _describe_answer_form(template, prompt)]
    if prompt.when:
        notes.append(
            f"Only if “{_find_prompt_question(template, prompt.when.prompt)}” {describe_when_test(prompt.when)}."
        )
    if prompt.required:
        notes.append("Needs an answer.")
    if prompt.private or prompt.health:
        notes.append("Private: stays out of plans and exports.")
    return [note for note in notes if note]


def _describe_answer_form(template: Template, prompt: Prompt) -> str:
    """Return how to answer a prompt in a form."""
    row = get_kind_row(prompt.kind)
    if prompt.options_from:
        return f"One of the lines of “{_find_prompt_question(template, prompt.options_from)}”"
    if row.widget is Widget.CORRECTIONS:
        return f"{corrections.CORRECTION_HINT} {corrections.FATE_HINT}"
    return row.form_hint.format(low=prompt.low, high=prompt.high)


def _find_prompt_question(template: Template, key: str) -> str:
    return template.prompts[key].ask


def _format_form_answer(
    talk: Conversation, key: AnswerKey, prompt: Prompt, answers: Mapping[str, AnswerValue]
) -> str:
    widget = get_kind_row(prompt.kind).widget
    if widget is Widget.PROMISES:
        return "\n".join(_write_promise_lines(talk, key, answers))
    value = answers.get(key)
    if widget is Widget.QUESTIONS:
        value = value or collect_asked_questions(talk, key, answers)
        return "\n".join(
            map(escape_form_line, format_answer_entries(value) if isinstance(value, list) else ())
        )
    if prompt.options:
        picked = value if isinstance(value, list) else [value]
        return "\n".join(f"- [{'x' if o in picked else ' '}] {o}" for o in prompt.options)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(format_answer_entries(value))
    return "\n".join(map(escape_form_line, str("" if value is None else value).split("\n")))


def _write_promise_lines(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    solo = talk.template.audience is TemplateAudience.SOLO
    empty = {name for name, field in PROMISE_FIELDS.items() if field.is_prompted}
    empty -= {"owner"} if solo else set()
    for number in count(1):
        told = {name: answers.get(key.part(number, name)) for name in PROMISE_LABELS.values()}
        sharper = answers.get(key.part(number, "sharper"))
        what = sharper or answers.get(key.part(number, "what"))
        if what is None and number > 1:
            return
        if told["owner"] == OTHER:
            told["owner"] = answers.get(key.part(number, "owner-name"))
        yield f"- {what or ''}".rstrip()
        for label, name in PROMISE_LABELS.items():
            if name in empty or told[name] is not None:
                shown = "yes" if told[name] is True else "" if not told[name] else told[name]
                yield f"  {label}: {shown}".rstrip()


def escape_form_line(row: str) -> str:
    """Return a line of an answer so that it is not read as the form's own heading or comment."""
    match = _RESERVED_LINE.fullmatch(row)
    return f"{match[1]}\\{match[2]}" if match else row


def unescape_form_line(row: str) -> str:
    """Return a line of an answer as it was before `escape_form_line`."""
    match = _RESERVED_LINE.fullmatch(row)
    return match[1] + match[2].removeprefix("\\") if match else row


def describe_template_version(template: Template) -> str:
    """Return the note that says from which state of a template a form was made."""
    from hashlib import sha256

    return f"{VERSION_LEAD}{sha256(template.text.encode()).hexdigest()[:8]}."


def list_form_comments(template: Template) -> Iterator[str]:
    """Yield every comment that a form of this template can hold, with its names not filled in."""
    yield from _INTRODUCTION_HINTS
    yield describe_template_version(template)
    yield from _FACT_HINTS.values()
    yield _REVIEW_HINT
    yield _NOTE_HINT
    yield corrections.LEDGER_HINT
    for stage in template.stages:
        if stage.guidance:
            yield clean_line(stage.guidance)
        for prompt in stage.prompts:
            yield " · ".join(map(clean_line, _list_prompt_hints(template, prompt)))
