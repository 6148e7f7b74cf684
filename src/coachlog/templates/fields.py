"""What a template file may hold: one table per level.

The strict reading, the JSON Schema, the page of the documentation and the comments of a new
template all follow from these tables.
"""

import re
from dataclasses import dataclass

from coachlog.model import Kind
from coachlog.model.templates import Audience
from coachlog.templates.kinds import KINDS, kinds_with

MAX_PROMPTS = 60
MAX_FAULTS = 50  # that are told at once
MAX_TEXT = 1000  # characters of a title, a question, a help
MAX_END = 1000  # the ends of a scale
MINUTES = (1, 600)
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
EACH = "slot"
TESTS = ("below", "above", "is", "answered")


@dataclass(frozen=True)
class Field:
    """One key of the format: its type, what to write, and what it is for.

    `kinds` are the kinds of prompt that may have it, none named for all of them; `usual` is what
    holds when it is left out.
    """

    type: type
    expected: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    usual: object = None


_LINE = "a text in quotes"
_FLAG = "true or false"
ID = "lower-case letters, digits and hyphens"

TEMPLATE_FIELDS = {
    "title": Field(str, _LINE, "What the conversation is called.", required=True),
    "summary": Field(str, _LINE, "When to choose it, in one line.", required=True),
    "audience": Field(
        str,
        " | ".join(Audience),
        "With one other person, alone, or with a group.",
        required=True,
        choices=tuple(Audience),
    ),
    "minutes": Field(
        int,
        f"a whole number of minutes, {MINUTES[0]} to {MINUTES[1]}",
        "How long it usually takes.",
        required=True,
    ),
    "source": Field(str, _LINE, "Whose idea it is."),
    "stage": Field(list, "one [[stage]] or more", "The parts, in order.", required=True),
}
STAGE_FIELDS = {
    "id": Field(str, ID, "The first half of the names of its answers.", required=True),
    "title": Field(str, _LINE, "The heading.", required=True),
    "guidance": Field(str, _LINE, "What helps at this point; shown under the heading."),
    "each": Field(
        str,
        EACH,
        "Comes once for each who presents, in a group; such stages stand together.",
        choices=(EACH,),
    ),
    "minutes": Field(
        int,
        f"a whole number of minutes, {MINUTES[0]} to {MINUTES[1]}",
        "How long it is to take; a quiet clock shows it.",
    ),
    "prompt": Field(
        list, "one [[stage.prompt]] or more", "The questions, in order.", required=True
    ),
}
PROMPT_FIELDS = {
    "id": Field(
        str, ID, "Unique in the template; never change it once answers exist.", required=True
    ),
    "ask": Field(str, _LINE, "The question.", required=True),
    "kind": Field(
        str, " | ".join(KINDS), "What the answer is.", required=True, choices=tuple(KINDS)
    ),
    "low": Field(int, "a whole number", "The lower end.", kinds=kinds_with("low"), usual=1),
    "high": Field(int, "a whole number", "The upper end.", kinds=kinds_with("high"), usual=10),
    "options": Field(list, "a list of texts", "What to choose from.", kinds=kinds_with("options")),
    "options_from": Field(
        str,
        "'stage.prompt' of an earlier text answer",
        "Choose from the lines of that answer.",
        kinds=kinds_with("options_from"),
    ),
    "measure": Field(
        str, ID, "A name under which its numbers make a trend.", kinds=kinds_with("measure")
    ),
    "required": Field(bool, _FLAG, "Cannot be skipped.", usual=False),
    "private": Field(bool, _FLAG, "Left out of plans and exports.", usual=False),
    "health": Field(bool, _FLAG, "About health: also left out of briefs.", usual=False),
    "key": Field(bool, _FLAG, "Quoted in summaries.", usual=False),
    "when": Field(
        dict,
        '{ prompt = "stage.prompt", below = 7 }, or above, is, answered',
        "Asked only if an earlier answer is so.",
    ),
    "help": Field(str, _LINE, "One line under the question."),
}
