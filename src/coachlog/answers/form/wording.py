"""The words that a form brings with it: its headings, hints and marks."""

from collections.abc import Iterator

from coachlog.answers.corrections import CORRECTION_HINT, FATE_HINT, LEDGER_HINT
from coachlog.answers.unasked_answers import describe_when_test
from coachlog.interview import keys
from coachlog.interview.keys import HELD_ON, MINUTES
from coachlog.model.promise_fields import PROMISE_FIELDS
from coachlog.model.templates import Prompt, Template, TemplateAudience
from coachlog.phrasing.relationships import RELATIONSHIP_CHOICES
from coachlog.phrasing.templates import OCCURRENCE_WORDS
from coachlog.rules.disclosure import is_private
from coachlog.templates.kinds import Widget, get_kind_row
from coachlog.text import clean_line

PERSON, RELATIONSHIP, OWNER, TAGS = "person", "relationship", "me", "tags"
PROMISE_LABELS = {
    field.label: name for name, field in PROMISE_FIELDS.items() if field.label
}
"""The field of a promise by the label that stands before it in a form: `by` is `due`."""

VERSION_LEAD = "Made from version "
FAULT_MARK_LEAD = "<!-- ! "
INTRODUCTION_HINTS = (
    "Write as much as you like below each heading, and leave blank what you skip. Then save and "
    "close.",
    "Notes like this one are not saved. You can move a heading, or delete it, but keep its words.",
)
SOLO_PROMISE_HINT = (
    "One promise per line: what, by when, and in brackets how you will know that it is done: "
    "“- send it by fri (mail sent)”. Only promises with a date are counted."
)
REVIEW_HINT = (
    "done, moved, dropped or open, with a date where it matters: “done 18 Nov”, “moved to 4 Dec”. "
    "Leave blank if you did not talk about it."
)
NOTE_HINT = "talked, keep or drop. Leave blank to keep it for next time."
FACT_HINTS = {
    PERSON: "A name, or the start of one in your journal.",
    RELATIONSHIP: f"Only for someone new: {RELATIONSHIP_CHOICES}.",
    HELD_ON: "A date, such as yesterday, fri or 12 May. Leave blank for today.",
    MINUTES: "A whole number. Leave blank if you did not count.",
    TAGS: "Themes, separated by commas.",
}
THREE_WAY_HINT = (
    "Two names, or the starts of two in your journal: Ben Cole and Helen Carr."
)
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
"""The sections of a form that no template has; no stage or prompt id begins with `_`."""
SECTION_TITLES = {
    REVIEW: "Promises from last time",
    NOTES: "Parked for this conversation",
    ABOUT: "About this conversation",
}


def choose_fact_hint(name: str, template: Template) -> str:
    """Return the hint below a question of a form that no template asks."""
    if name == PERSON and template.audience is TemplateAudience.THREE_WAY:
        return THREE_WAY_HINT
    return FACT_HINTS[name]


def list_prompt_hints(template: Template, prompt: Prompt) -> list[str]:
    """Return the hints below a question: its help, how to answer, when, and what is private."""
    hints = []
    if prompt.help:
        hints.append(prompt.help)
    answer_form = _describe_answer_form(template, prompt)
    if answer_form:
        hints.append(answer_form)
    if prompt.only:
        hints.append(f"{OCCURRENCE_WORDS[prompt.only].capitalize()}.")
    if prompt.offers:
        source = template.prompts[prompt.offers].ask
        hints.append(f"The first can be your answer to “{source}”")
    if prompt.when:
        condition = template.prompts[prompt.when.prompt].ask
        hints.append(f"Only if “{condition}” {describe_when_test(prompt.when)}.")
    if prompt.required:
        hints.append("Needs an answer.")
    if is_private(prompt):
        hints.append("Private: stays out of plans and exports.")
    return hints


def _describe_answer_form(template: Template, prompt: Prompt) -> str:
    """Return how a prompt is answered in a form; '' where any words will do."""
    if prompt.options_from:
        return f"One of the lines of “{template.prompts[prompt.options_from].ask}”"
    kind_row = get_kind_row(prompt.kind)
    if kind_row.widget is Widget.CORRECTIONS:
        return f"{CORRECTION_HINT} {FATE_HINT}"
    is_solo = template.audience is TemplateAudience.SOLO
    if kind_row.widget is Widget.PROMISES and is_solo:
        return SOLO_PROMISE_HINT
    return kind_row.form_hint.format(low=prompt.low, high=prompt.high)


def describe_template_version(template: Template) -> str:
    """Return the comment that says which version of a template a form was made from."""
    return f"{VERSION_LEAD}{fingerprint_template(template)} of this template."


def fingerprint_template(template: Template) -> str:
    """Return eight hexadecimal digits that change with any change to the template's text."""
    from hashlib import sha256

    return sha256(template.text.encode()).hexdigest()[:8]


def list_form_hints(template: Template) -> Iterator[list[str]]:
    """Yield the hints of every comment in a form of this template, names not yet filled in."""
    for hint in (*INTRODUCTION_HINTS, *FACT_HINTS.values(), THREE_WAY_HINT):
        yield [hint]
    yield [describe_template_version(template)]
    yield [REVIEW_HINT]
    yield [NOTE_HINT]
    yield [LEDGER_HINT]
    for stage in template.stages:
        if stage.guidance:
            yield [clean_line(stage.guidance)]
        for prompt in stage.prompts:
            hints = list(map(clean_line, list_prompt_hints(template, prompt)))
            yield hints
            # Below a heading that is cut.
            yield [clean_line(prompt.ask), *hints]
