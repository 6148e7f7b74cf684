"""What a template file may hold: one table per level.

The strict parser, the JSON Schema, the page of the documentation and the comments in a new
template all follow from these tables.
"""

import re
from dataclasses import dataclass

from coachlog.model.answers import PromptKind
from coachlog.model.notes import NoteKind
from coachlog.model.templates import Occurrence, TemplateAudience, TemplateOccasion
from coachlog.templates.kinds import KIND_ROWS, list_kinds_with

MAX_PROMPTS = 60
MAX_FAULTS = 50
"""Faults of a file that are listed at once."""
MAX_TEXT_LENGTH = 1000
"""Characters of a title, a question or a help."""
MAX_SCALE_END = 1000
MINUTES_RANGE = (1, 600)
MAX_AGAIN = 6
"""How often a conversation can come back by itself."""
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
EACH_SLOT = "slot"
PROMPT_NAME_PATTERN = re.compile(
    rf"{ID_PATTERN.pattern}\.{ID_PATTERN.pattern}", re.ASCII
)
ANSWER_NAME_PATTERN = re.compile(
    rf"(?:{ID_PATTERN.pattern}\.)?{PROMPT_NAME_PATTERN.pattern}", re.ASCII
)
"""The name of an answer in a template, or in this one."""
CONDITION_TESTS = ("below", "above", "is", "answered")


@dataclass(frozen=True)
class FieldSpec:
    """One key of the format: its type, what to write, and what it is for.

    `kinds` are the kinds of prompt that may have it, empty for all of them; `default` applies when
    it is left out.
    """

    type: type
    expected: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    kinds: tuple[PromptKind, ...] = ()
    default: object = None

    def allows_kind(self, kind: PromptKind) -> bool:
        """Return whether a prompt of this kind may have the key."""
        return not self.kinds or kind in self.kinds


_TEXT_FORM = "text in quotes"
_FLAG_FORM = "true or false"
ID_RULE = "lower-case letters, digits and hyphens"

TEMPLATE_FIELDS = {
    "title": FieldSpec(str, _TEXT_FORM, "The name of the conversation.", required=True),
    "summary": FieldSpec(
        str, _TEXT_FORM, "When to choose it, in one line.", required=True
    ),
    "audience": FieldSpec(
        str,
        " | ".join(TemplateAudience),
        "With one other person, with two, alone, or with a group.",
        required=True,
        choices=tuple(TemplateAudience),
    ),
    "occasion": FieldSpec(
        str,
        " | ".join(TemplateOccasion),
        "Where it is listed; only for the audience one-to-one.",
        choices=tuple(TemplateOccasion),
    ),
    "also": FieldSpec(
        str, _TEXT_FORM, "Other words that find it, with commas: feedback, praise."
    ),
    "minutes": FieldSpec(
        int,
        f"a whole number of minutes, {MINUTES_RANGE[0]} to {MINUTES_RANGE[1]}",
        "How long it usually takes.",
        required=True,
    ),
    "source": FieldSpec(str, _TEXT_FORM, "Whose idea it is."),
    "again": FieldSpec(
        list,
        'a list of lengths of time, the shortest first: ["1w", "6w"]',
        "When it comes back by itself, counted from the day it was held.",
    ),
    "leads_to": FieldSpec(
        str, "the id of another template", "What to hold next; said once it is saved."
    ),
    "stage": FieldSpec(
        list, "one or more [[stage]]", "The parts, in order.", required=True
    ),
}
STAGE_FIELDS = {
    "id": FieldSpec(
        str, ID_RULE, "The first half of the names of its answers.", required=True
    ),
    "title": FieldSpec(str, _TEXT_FORM, "The heading.", required=True),
    "guidance": FieldSpec(
        str, _TEXT_FORM, "What helps at this point; shown under the heading."
    ),
    "each": FieldSpec(
        str,
        EACH_SLOT,
        "In a group: asked once for each presenter. Keep such stages together.",
        choices=(EACH_SLOT,),
    ),
    "minutes": FieldSpec(
        int,
        f"a whole number of minutes, {MINUTES_RANGE[0]} to {MINUTES_RANGE[1]}",
        "How long it should take; a quiet clock keeps count.",
    ),
    "prompt": FieldSpec(
        list, "one or more [[stage.prompt]]", "The questions, in order.", required=True
    ),
}
PROMPT_FIELDS = {
    "id": FieldSpec(
        str,
        ID_RULE,
        "Unique in the template; never change it once answers exist.",
        required=True,
    ),
    "ask": FieldSpec(str, _TEXT_FORM, "The question.", required=True),
    "kind": FieldSpec(
        str,
        " | ".join(KIND_ROWS),
        "The kind of answer.",
        required=True,
        choices=tuple(KIND_ROWS),
    ),
    "low": FieldSpec(
        int, "a whole number", "The lower end.", kinds=list_kinds_with("low"), default=1
    ),
    "high": FieldSpec(
        int,
        "a whole number",
        "The upper end.",
        kinds=list_kinds_with("high"),
        default=10,
    ),
    "options": FieldSpec(
        list,
        "a list of text values",
        "What to choose from.",
        kinds=list_kinds_with("options"),
    ),
    "options_from": FieldSpec(
        str,
        "'stage.prompt' of an earlier text answer",
        "Choose from the lines of that answer.",
        kinds=list_kinds_with("options_from"),
    ),
    "measure": FieldSpec(
        str,
        ID_RULE,
        "A name that links its numbers into a trend.",
        kinds=list_kinds_with("measure"),
    ),
    "required": FieldSpec(bool, _FLAG_FORM, "Cannot be skipped.", default=False),
    "private": FieldSpec(
        bool, _FLAG_FORM, "Left out of plans and exports.", default=False
    ),
    "health": FieldSpec(
        bool, _FLAG_FORM, "About health: also left out of briefs.", default=False
    ),
    "key": FieldSpec(
        bool,
        _FLAG_FORM,
        "Quoted in summaries: brief, history and its export.",
        default=False,
    ),
    "when": FieldSpec(
        dict,
        '{ prompt = "stage.prompt", below = 7 }, or above, is, answered',
        "Asked only if an earlier answer fits.",
    ),
    "only": FieldSpec(
        str,
        " | ".join(Occurrence),
        "With again: asked only the first time, or only when it comes back.",
        choices=tuple(Occurrence),
    ),
    "notes": FieldSpec(
        str,
        " | ".join(NoteKind),
        "At the terminal, quotes your open notes of that kind about the person.",
        choices=tuple(NoteKind),
        kinds=list_kinds_with("notes"),
    ),
    "support": FieldSpec(
        bool,
        _FLAG_FORM,
        "Also asks what support each promise takes, and from whom.",
        kinds=list_kinds_with("support"),
        default=False,
    ),
    "offers": FieldSpec(
        str,
        "'stage.prompt' of an earlier prompt of kind line",
        "At the terminal, its answer is offered as the first promise.",
        kinds=list_kinds_with("offers"),
    ),
    "standard": FieldSpec(
        str,
        "the id of a standard in standards.toml",
        "An answer counts as evidence for it in `progress --standards`.",
        kinds=list_kinds_with("standard"),
    ),
    "help": FieldSpec(str, _TEXT_FORM, "One line under the question."),
    "replaces": FieldSpec(
        list,
        "a list of 'stage.prompt' names that are no longer asked",
        "Whoever still answers one of those is told to answer this one.",
    ),
    "quotes": FieldSpec(
        str,
        "'template.stage.prompt' of a conversation with yourself, or 'stage.prompt'",
        "At the terminal, quotes what you last answered there; here, when it comes back.",
    ),
}
