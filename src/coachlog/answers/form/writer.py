"""The form of a conversation, written with whatever is known already filled in."""

from collections.abc import Iterator, Mapping, Sequence

from coachlog.answers.corrections import (
    LEDGER_HINT,
    format_correction_lines,
    list_promise_words,
)
from coachlog.answers.file_contents import AnswersFile
from coachlog.answers.form.cells import cut_cells
from coachlog.answers.form.comments import break_comment_signs, format_comment
from coachlog.answers.form.escapes import escape_form_line
from coachlog.answers.form.headings import (
    FORM_WIDTH,
    format_form_heading,
    is_cut_heading,
)
from coachlog.answers.form.option_lines import write_option_rows
from coachlog.answers.form.promise_lines import write_promise_rows
from coachlog.answers.form.wording import (
    ABOUT,
    FACT_HINTS,
    FACT_QUESTIONS,
    INTRODUCTION_HINTS,
    NOTE_HINT,
    NOTES,
    OWNER,
    PERSON,
    RELATIONSHIP,
    REVIEW,
    REVIEW_HINT,
    SECTION_TITLES,
    TAGS,
    choose_fact_hint,
    describe_template_version,
    list_prompt_hints,
)
from coachlog.interview import keys
from coachlog.interview.conversation import Conversation, Question
from coachlog.interview.keys import HELD_ON, MINUTES, AnswerKey
from coachlog.interview.note_questions import list_returning_notes
from coachlog.interview.reviews import list_reviewable_actions
from coachlog.interview.sequence import build_conversation_questions
from coachlog.interview.stages import collect_asked_questions
from coachlog.model.actions import Action
from coachlog.model.answers import AnswerValue
from coachlog.model.notes import Note
from coachlog.model.templates import Prompt, Stage, Template, TemplateAudience
from coachlog.rules.question_tags import format_answer_entries
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line, clean_text


def write_form(
    talk: Conversation, facts: AnswersFile, answers: Mapping[str, AnswerValue]
) -> str:
    """Return the form of a conversation as Markdown, with whatever is known already filled in.

    `answers` are those of a walk, by question key; `facts` are the person and whatever else the
    command line gave. With both empty it is the blank form.
    """
    template = talk.template
    sections = [_write_form_head(talk)]
    actions = list_reviewable_actions(talk, answers)
    if actions:
        sections.append(_format_section_heading(REVIEW, template))
        sections += [_write_review_section(talk, action, answers) for action in actions]
    notes = list_returning_notes(talk)
    if notes:
        sections.append(_format_section_heading(NOTES, template))
        sections += [_write_note_section(talk, note, answers) for note in notes]
    for stage in talk.stages:
        sections.append(_write_stage_head(talk, stage))
        for prompt in filter(talk.has_prompt, stage.prompts):
            key = keys.build_answer_key(stage.id, prompt.id)
            sections.append(_write_prompt_section(talk, key, prompt, answers))
    sections.append(_format_section_heading(ABOUT, template))
    sections += _write_fact_sections(talk, facts, answers)
    return "\n\n".join(sections) + "\n"


def _write_form_head(talk: Conversation) -> str:
    title = talk.template.title
    if talk.them:
        title += f" with {clean_text(talk.with_whom)}"
    label = f" {{#{talk.template.id}}}"
    rows = [f"# {cut_cells(title, FORM_WIDTH - len(label) - 2)}{label}", ""]
    rows += [format_comment(hint) for hint in INTRODUCTION_HINTS]
    rows.append(format_comment(describe_template_version(talk.template)))
    return "\n".join(rows)


def _format_section_heading(key: AnswerKey, template: Template) -> str:
    return format_form_heading("##", SECTION_TITLES[key], key, template)


def _write_stage_head(talk: Conversation, stage: Stage) -> str:
    key = keys.parse_key(stage.id)
    heading = format_form_heading("##", clean_line(stage.title), key, talk.template)
    if not stage.guidance:
        return heading
    guidance = clean_line(talk.fill_names(stage.guidance))
    return f"{heading}\n{format_comment(guidance)}"


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
            hints.append(choose_fact_hint(name, talk.template))
        filled_text = clean_line(str(values[name] or ""))
        key = keys.build_section_key(name)
        head = _write_question_head(question, key, hints, talk.template)
        yield _join_section(head, filled_text)


def _write_question_head(
    question: str, key: AnswerKey, hints: Sequence[str], template: Template
) -> str:
    """Return the heading of a question and its hints; words that were cut are the first of them."""
    words = clean_line(question)
    heading = format_form_heading("###", words, key, template)
    if is_cut_heading(heading, words):
        hints = [words, *hints]
    if not hints:
        return heading
    return f"{heading}\n{format_comment(' · '.join(hints))}"


def _join_section(head: str, text: str) -> str:
    """Return a section, with a blank line above the answer; a blank one is where to write."""
    if not text:
        return f"{head}\n"
    return f"{head}\n\n{text}"


def _write_review_section(
    talk: Conversation, action: Action, answers: Mapping[str, AnswerValue]
) -> str:
    key = keys.build_review_key(action.id, "outcome")
    outcome = answers.get(key)
    day_field = "due" if outcome == "moved" else "on"
    day = answers.get(keys.build_review_key(action.id, day_field))
    filled_text = f"{outcome or ''} {day or ''}".strip()
    section_key = keys.build_section_key("review", action.id)
    question = _find_question(talk, key, answers)
    head = _write_returning_head(question, section_key, REVIEW_HINT, talk.template)
    return _join_section(head, filled_text)


def _write_note_section(
    talk: Conversation, note: Note, answers: Mapping[str, AnswerValue]
) -> str:
    key = keys.build_note_key(note.id)
    filled_text = str(answers.get(key) or "")
    section_key = keys.build_section_key("note", note.id)
    question = _find_question(talk, key, answers)
    head = _write_returning_head(question, section_key, NOTE_HINT, talk.template)
    return _join_section(head, filled_text)


def _find_question(
    talk: Conversation, key: str, answers: Mapping[str, AnswerValue]
) -> Question:
    """Return a question of the conversation."""
    for question in build_conversation_questions(talk, answers):
        if question.key == key:
            return question
    raise LookupError(key)


def _write_returning_head(
    question: Question, key: AnswerKey, hint: str, template: Template
) -> str:
    """Return the heading of a promise or a note that comes back, with what is known of it."""
    words = break_comment_signs(clean_line(question.ask))
    hints = [clean_line(question.help or ""), hint]
    return _write_question_head(words, key, list(filter(None, hints)), template)


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
    head = _write_question_head(question, key, hints, talk.template)
    if get_kind_row(prompt.kind).widget is Widget.CORRECTIONS:
        return _write_corrections_section(talk, key, head, answers)
    return _join_section(head, _format_form_answer(talk, key, prompt, answers))


def _write_corrections_section(
    talk: Conversation, key: str, head: str, answers: Mapping[str, AnswerValue]
) -> str:
    """Return the section with a comment for each of the owner's promises, and any corrections."""
    promises = list(map(format_comment, list_promise_words(talk)))
    rows = [head, *(promises or [format_comment(LEDGER_HINT)]), ""]
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
        return "\n".join(write_promise_rows(talk, key, answers))
    if widget is Widget.QUESTIONS:
        # A person at a terminal was asked one by one, and a file gave them all in one list.
        entries = value or collect_asked_questions(talk, key, answers)
        if not isinstance(entries, list):
            return ""
        return "\n".join(map(escape_form_line, format_answer_entries(entries)))
    if prompt.options:
        return "\n".join(write_option_rows(prompt.options, value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return get_kind_row(prompt.kind).formatter(value, None)
    if isinstance(value, list):
        return "\n".join(format_answer_entries(value))
    return "\n".join(map(escape_form_line, str(value).split("\n")))
