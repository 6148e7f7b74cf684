"""The form of a conversation, written with whatever is known already filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from coachlog.answers.corrections import (
    LEDGER_HINT,
    format_correction_lines,
    format_promise_comments,
)
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.wording import (
    ABOUT,
    FACT_HINTS,
    FACT_QUESTIONS,
    INTRODUCTION_HINTS,
    NOTE_HINT,
    NOTES,
    OWNER,
    PERSON,
    PROMISE_LABELS,
    RELATIONSHIP,
    REVIEW,
    REVIEW_HINT,
    SECTION_TITLES,
    TAGS,
    describe_template_version,
    list_prompt_hints,
)
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
from coachlog.interview.note_questions import list_returning_notes
from coachlog.interview.reviews import list_reviewable_actions
from coachlog.model import Action, AnswerValue, Note
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Stage, TemplateAudience
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, clean_text

# What a person writes at the start of a line must not be taken for the form's own.
_RESERVED_LINE = re.compile(r"(\s*)(\\*(?:#{1,3} |<!--|.*-->\s*$).*)", re.DOTALL)


def write_form(
    talk: Conversation, facts: AnswersFile, answers: Mapping[str, AnswerValue]
) -> str:
    """Return the form of a conversation as Markdown, with whatever is known already filled in.

    `answers` are those of a walk, by question key; `facts` are the person and whatever else the
    command line gave. With both empty it is the blank form.
    """
    sections = [_write_form_head(talk)]
    actions = list_reviewable_actions(talk, answers)
    if actions:
        sections.append(_format_section_heading(REVIEW))
        sections += [_write_review_section(talk, action, answers) for action in actions]
    notes = list_returning_notes(talk)
    if notes:
        sections.append(_format_section_heading(NOTES))
        sections += [_write_note_section(talk, note, answers) for note in notes]
    for stage in talk.template.stages:
        sections.append(_write_stage_head(talk, stage))
        for prompt in stage.prompts:
            key = keys.build_answer_key(stage.id, prompt.id)
            sections.append(_write_prompt_section(talk, key, prompt, answers))
    sections.append(_format_section_heading(ABOUT))
    sections += _write_fact_sections(talk, facts, answers)
    return "\n\n".join(sections) + "\n"


def _write_form_head(talk: Conversation) -> str:
    title = talk.template.title
    if talk.them:
        title += f" with {clean_text(talk.them)}"
    rows = [f"# {title} {{#{talk.template.id}}}", ""]
    rows += [_format_comment(hint) for hint in INTRODUCTION_HINTS]
    rows.append(_format_comment(describe_template_version(talk.template)))
    return "\n".join(rows)


def _format_section_heading(key: AnswerKey) -> str:
    return f"## {SECTION_TITLES[key]} {{#{key}}}"


def _write_stage_head(talk: Conversation, stage: Stage) -> str:
    heading = f"## {stage.title} {{#{stage.id}}}"
    if not stage.guidance:
        return heading
    guidance = clean_line(talk.fill_names(stage.guidance))
    return f"{heading}\n{_format_comment(guidance)}"


def _format_comment(words: str) -> str:
    return f"<!-- {words} -->"


def _write_fact_sections(
    talk: Conversation, facts: AnswersFile, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    values = {
        PERSON: facts.person,
        RELATIONSHIP: facts.relationship,
        OWNER: facts.me,
        HELD_ON: answers.get(HELD_ON) or facts.held_on,
        MINUTES: answers.get(MINUTES) or facts.minutes,
        TAGS: ", ".join(facts.tags),
    }
    skipped_facts: set[str] = set()
    if talk.template.audience is TemplateAudience.SOLO:
        skipped_facts |= {PERSON, RELATIONSHIP}
    if not facts.me:
        skipped_facts.add(OWNER)
    for name, question in FACT_QUESTIONS.items():
        if name in skipped_facts:
            continue
        hints = []
        if name in FACT_HINTS:
            hints.append(FACT_HINTS[name])
        filled_text = clean_line(str(values[name] or ""))
        yield _write_form_section(
            question, keys.build_section_key(name), hints, filled_text
        )


def _write_form_section(
    question: str, key: str, hints: Sequence[str], text: str
) -> str:
    rows = [f"### {question} {{#{key}}}"]
    if hints:
        rows.append(_format_comment(" · ".join(hints)))
    rows.append("")
    if text:
        rows.append(text)
    return "\n".join(rows)


def _write_review_section(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> str:
    key = keys.build_review_key(action.id, "outcome")
    outcome = answers.get(key)
    day_field = "due" if outcome == "moved" else "on"
    day = answers.get(keys.build_review_key(action.id, day_field))
    filled_text = f"{outcome or ''} {day or ''}".strip()
    section_key = keys.build_section_key("review", action.id)
    question = _phrase_question(talk, key, answers)
    return _write_form_section(question, section_key, [REVIEW_HINT], filled_text)


def _write_note_section(
    talk: Conversation, note: Note, answers: Mapping[str, AnswerValue]
) -> str:
    key = keys.build_note_key(note.id)
    filled_text = str(answers.get(key) or "")
    section_key = keys.build_section_key("note", note.id)
    question = _phrase_question(talk, key, answers)
    return _write_form_section(question, section_key, [NOTE_HINT], filled_text)


def _phrase_question(
    talk: Conversation, key: str, answers: Mapping[str, AnswerValue]
) -> str:
    """Return a question of the conversation as a heading, with its help in brackets."""
    for question in build_conversation_questions(talk, answers):
        if question.key == key:
            return f"{clean_line(question.ask)} ({question.help})"
    raise LookupError(key)


def _write_prompt_section(
    talk: Conversation,
    key: AnswerKey,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
) -> str:
    question = talk.fill_names(prompt.ask)
    hints = []
    for hint in list_prompt_hints(talk.template, prompt):
        hints.append(clean_line(talk.fill_names(hint)))
    if get_kind_row(prompt.kind).widget is Widget.CORRECTIONS:
        return _write_corrections_section(talk, key, question, hints, answers)
    filled_text = _format_form_answer(talk, key, prompt, answers)
    return _write_form_section(question, key, hints, filled_text)


def _write_corrections_section(
    talk: Conversation,
    key: str,
    question: str,
    hints: Sequence[str],
    answers: Mapping[str, AnswerValue],
) -> str:
    """Return the section with a comment for each of the owner's promises, and any corrections."""
    rows = [f"### {question} {{#{key}}}", _format_comment(" · ".join(hints))]
    promise_comments = list(format_promise_comments(talk))
    rows += promise_comments or [_format_comment(LEDGER_HINT)]
    rows.append("")
    rows += map(escape_form_line, format_correction_lines(key, answers))
    return "\n".join(rows)


def _format_form_answer(
    talk: Conversation,
    key: AnswerKey,
    prompt: Prompt,
    answers: Mapping[str, AnswerValue],
) -> str:
    """Return an answer as a person would type it in a form; '' for none."""
    value = answers.get(key)
    widget = get_kind_row(prompt.kind).widget
    if widget is Widget.PROMISES:
        return "\n".join(_write_promise_lines(talk, key, answers))
    if widget is Widget.QUESTIONS:
        # A person at a terminal was asked one by one, and a file gave them all in one list.
        entries = value or collect_asked_questions(talk, key, answers)
        if not isinstance(entries, list):
            return ""
        return "\n".join(map(escape_form_line, format_answer_entries(entries)))
    if prompt.options:
        return "\n".join(_write_option_lines(prompt.options, value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return get_kind_row(prompt.kind).formatter(value, None)
    if isinstance(value, list):
        return "\n".join(format_answer_entries(value))
    return "\n".join(map(escape_form_line, str(value).split("\n")))


def _write_option_lines(options: Sequence[str], value: AnswerValue) -> Iterator[str]:
    picked_options: list[object] = [value]
    if isinstance(value, list):
        picked_options = [*value]
    for option in options:
        mark = " "
        if option in picked_options:
            mark = "x"
        yield f"- [{mark}] {option}"


def _write_promise_lines(
    talk: Conversation, key: AnswerKey, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    """Yield the lines of each promise, or those of an empty one to fill in."""
    for number in count(1):
        words = answers.get(key.part(number, "what"))
        if words is None and number > 1:
            return
        # A promise that was made sharper is written in its later words.
        sharper_words = answers.get(key.part(number, "sharper"))
        yield f"- {_format_field_value(sharper_words or words)}".rstrip()
        yield from _write_label_lines(talk, key, number, answers)


def _write_label_lines(
    talk: Conversation, key: AnswerKey, number: int, answers: Mapping[str, AnswerValue]
) -> Iterator[str]:
    """Yield a line for each field of a promise that has a value, or an empty one to fill in."""
    fields_to_fill_in = {
        name for name, field in PROMISE_FIELDS.items() if field.is_prompted
    }
    # Alone, nobody else can own a promise.
    if talk.template.audience is TemplateAudience.SOLO:
        fields_to_fill_in.discard("owner")
    for label, name in PROMISE_LABELS.items():
        value = answers.get(key.part(number, name))
        if name == "owner" and value == OTHER:
            value = answers.get(key.part(number, "owner-name"))
        if value is not None or name in fields_to_fill_in:
            yield f"  {label}: {_format_field_value(value)}".rstrip()


def _format_field_value(value: AnswerValue) -> str:
    """Return one field of a promise as a person would type it; '' for none and for a no."""
    if value is True:
        return "yes"
    return str(value or "")


def escape_form_line(row: str) -> str:
    """Return a line of an answer so that it is not read as the form's own heading or comment."""
    match = _RESERVED_LINE.fullmatch(row)
    if match is None:
        return row
    space, words = match.groups()
    return f"{space}\\{words}"


def unescape_form_line(row: str) -> str:
    """Return a line of an answer as it was before `escape_form_line`."""
    match = _RESERVED_LINE.fullmatch(row)
    if match is None:
        return row
    space, words = match.groups()
    return space + words.removeprefix("\\")
