"""Forms as the tests fill them in: with the key of each question in sight, comments in one line."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from coachlog.answers.form.comments import join_comment_rows, join_row_texts
from coachlog.answers.form.fault_marks import describe_form_faults
from coachlog.answers.form.headings import (
    HEADING,
    TITLE,
    find_heading_key,
    find_heading_lines,
    list_heading_words,
    phrase_heading,
    quote_heading,
)
from coachlog.answers.form.layout import parse_form_template_id
from coachlog.interview.conversation import Conversation, PromiseNames
from coachlog.interview.keys import parse_key
from coachlog.interview.scripted import Fault
from coachlog.model.people import Person, Relationship
from coachlog.model.templates import Template, TemplateAudience
from coachlog.templates.library import find_template
from coachlog.text import build_slug


@cache
def _find_builtin(id: str) -> Template:
    return find_template(id, Path("nowhere"))


def build_names(talk: Conversation) -> PromiseNames:
    """Return whose names can stand in the promises of a conversation: the other person's."""
    if talk.them is None or talk.template.audience is TemplateAudience.SOLO:
        return PromiseNames(talk.began_on, my_name=talk.me)
    partner = Person(1, "", talk.them, build_slug(talk.them), Relationship.REPORT)
    return PromiseNames(talk.began_on, (partner,), my_name=talk.me)


def keyed_faults(text: str, faults: Sequence[Fault], template: Template) -> list[str]:
    """Return the faults as they are listed, the key of each place instead of its line and words.

    A place that is not where its heading stands, or has other words, stays as it is.
    """
    lines = find_heading_lines(text.split("\n"), template)
    described = describe_form_faults(text, faults, template)
    for key, line in lines.items():
        name = parse_key(key)
        question = quote_heading(phrase_heading(name, template), text.split("\n")[line])
        place = f"line {line + 1}, {question}: "
        described = [
            f"{name.bare_key}: {one.removeprefix(place)}"
            if one.startswith(place)
            else one
            for one in described
        ]
    return described


def with_keys(text: str, template: Template | None = None) -> str:
    """Return a form in which every heading shows its key, as it was in earlier versions.

    Comments are one line each. The form is read as before.
    """
    template = template or _find_builtin(parse_form_template_id(text) or "")
    words_by_key = list_heading_words(template)
    rows = []
    for group in join_comment_rows(text):
        row = join_row_texts(group)
        heading = HEADING.fullmatch(row)
        if heading and heading["key"] is None:
            key = find_heading_key(heading, template, words_by_key)
            if key not in (None, TITLE):
                row += f" {{#{key}}}"
        rows.append(row)
    return "\n".join(rows)
