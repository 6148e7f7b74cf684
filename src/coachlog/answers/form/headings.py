"""The headings of a form: which question each one is, by its words or by the key that it shows.

A heading shows its key, `{#will.sure}`, only where its words alone would not tell the questions
apart, or are cut.
"""

import re

from coachlog.answers.form.cells import count_cells, cut_cells
from coachlog.answers.form.wording import FACT_QUESTIONS, SECTION_TITLES
from coachlog.interview import keys
from coachlog.interview.keys import AnswerKey, KeyFamily
from coachlog.model.templates import Template
from coachlog.text import clean_line, fold_text
from coachlog.wording import PLACEHOLDER_NAMES, fill_names

FORM_WIDTH = 76
"""The longest line that a form brings with it, in cells: an editor shows all of it."""
TITLE, TOP = map(keys.build_section_key, ("title", "top"))
HEADING = re.compile(
    r"(?P<marks>#{1,3}) +(?P<words>.*?)\s*(?:\{#(?P<key>[^{}]*)\})?\s*"
)
_LIST_TITLES = tuple(SECTION_TITLES.items())
_NUMBERED_FIELDS = ("review", "note")
# So much of a question is shown, however long its key is.
_SHORTEST_HEADING = 20
# Takes the place of a name that was filled in; no template can contain it.
_NAME_GAP = "\0"
_NAME_HOLE = "[name]"


def format_form_heading(
    marks: str, words: str, key: AnswerKey, template: Template
) -> str:
    """Return a heading that fits a form's width, with its key where that is needed.

    Words that do not fit are cut; `is_cut_heading` says whether they are.
    """
    heading = f"{marks} {words}"
    if count_cells(heading) <= FORM_WIDTH and _tells_key(words, key, template):
        return heading
    label = f" {{#{key}}}"
    room = max(FORM_WIDTH - len(marks) - 1 - len(label), _SHORTEST_HEADING)
    return f"{marks} {cut_cells(words, room)}{label}"


def is_cut_heading(heading: str, words: str) -> bool:
    """Return whether a heading from `format_form_heading` has only the first of these words."""
    return words not in heading


def _tells_key(words: str, key: AnswerKey, template: Template) -> bool:
    """Return whether a heading is recognised by these words alone."""
    match = HEADING.fullmatch(f"### {words}")
    if match is None or match["key"] is not None:
        return False
    return match_heading_words(match["words"], list_heading_words(template)) == key


def list_heading_words(template: Template) -> dict[str, str]:
    """Return the folded words of each heading, by its key; single promises and notes have none."""
    words_by_key: dict[str, str] = {}
    for section_key, title in SECTION_TITLES.items():
        words_by_key[section_key] = fold_text(title)
    for name, question in FACT_QUESTIONS.items():
        words_by_key[keys.build_section_key(name)] = fold_text(question)
    for stage in template.stages:
        words_by_key[stage.id] = fold_text(stage.title)
    for key, prompt in template.prompts.items():
        words_by_key[key] = fold_text(prompt.ask)
    return words_by_key


def find_heading_key(
    heading: re.Match[str], template: Template, words_by_key: dict[str, str]
) -> AnswerKey | None:
    """Return the key of a heading, TITLE for the first; None if it is not one of the form's."""
    if _is_title_heading(heading, template):
        return TITLE
    if heading["key"] is None:
        return match_heading_words(heading["words"], words_by_key)
    key = keys.parse_key(heading["key"].strip())
    if key in words_by_key:
        return key
    if key.family is KeyFamily.FORM and key.field in _NUMBERED_FIELDS and "." in key:
        return key
    return None


def _is_title_heading(heading: re.Match[str], template: Template) -> bool:
    if heading["marks"] != "#":
        return False
    if heading["key"] is not None:
        return bool(heading["key"].strip() == template.id)
    return fold_text(heading["words"]).startswith(fold_text(template.title))


def match_heading_words(
    typed_words: str, words_by_key: dict[str, str]
) -> AnswerKey | None:
    """Return the key of the only heading with these words, whatever name was filled into them."""
    folded_words = fold_text(typed_words)
    matching_keys = []
    for key, words in words_by_key.items():
        if build_names_pattern(words, ".+").fullmatch(folded_words):
            matching_keys.append(key)
    if len(matching_keys) != 1:
        return None
    return keys.parse_key(matching_keys[0])


def build_names_pattern(text: str, name_pattern: str) -> re.Pattern[str]:
    """Return a pattern for a template's text in which each name matches `name_pattern`."""
    gaps = dict.fromkeys(PLACEHOLDER_NAMES, _NAME_GAP)
    parts = fill_names(text, **gaps).split(_NAME_GAP)
    return re.compile(name_pattern.join(map(re.escape, parts)))


def find_heading_lines(rows: list[str], template: Template) -> dict[str, int]:
    """Return the line of each question's heading, counted from 0; the first one of several."""
    words_by_key = list_heading_words(template)
    lines: dict[str, int] = {}
    for line, row in enumerate(rows):
        heading = HEADING.fullmatch(row)
        if heading:
            key = find_heading_key(heading, template, words_by_key)
            lines.setdefault(key or "", line)
    return lines


def list_keys_above(key: AnswerKey) -> tuple[str, ...]:
    """Return the keys of the headings under which an answer belongs, the nearest first."""
    match key.family:
        case KeyFamily.PROMPT | KeyFamily.PART:
            return key.prompt_key, key.stage
        case KeyFamily.REVIEW | KeyFamily.NOTE:
            name = key.family.value
            return keys.build_section_key(name, key.number), keys.build_section_key(
                name
            )
        case KeyFamily.FORM:
            return key, keys.build_section_key(key.field)
    return (keys.build_section_key(key),)


def phrase_heading(key: AnswerKey, template: Template) -> str:
    """Return what a person calls the place with this key: its question, or which promise it is."""
    if key.family in (KeyFamily.REVIEW, KeyFamily.NOTE):
        return _phrase_numbered_place(key.family.value, key)
    if key.family is KeyFamily.FORM and key.field in _NUMBERED_FIELDS:
        return _phrase_numbered_place(key.field, key)
    prompt = template.prompts.get(key.prompt_key)
    if prompt is not None:
        return f"“{clean_line(_fill_gaps(prompt.ask))}”"
    titles = {stage.id: stage.title for stage in template.stages}
    titles |= {section_key.bare_key: words for section_key, words in _LIST_TITLES}
    question = FACT_QUESTIONS.get(key.bare_key) or titles.get(key.bare_key)
    if question is not None:
        return f"“{question}”"
    return key.bare_key


def quote_heading(question: str, row: str) -> str:
    """Return a question as it stands in a row of the form: there it has the person's name."""
    heading = HEADING.fullmatch(row)
    words = clean_line(heading["words"]) if heading else ""
    parts = [re.escape(part) for part in question.strip("“”").split(_NAME_HOLE)]
    return f"“{words}”" if re.fullmatch(".+".join(parts), words) else question


def _phrase_numbered_place(field: str, key: AnswerKey) -> str:
    nouns = {"review": "promise", "note": "note"}
    return f"{nouns[field]} {key.number}"


def _fill_gaps(text: str) -> str:
    return fill_names(text, them=_NAME_HOLE, me="you")
