"""What a template file earns beyond being read: names that nobody fills in, and gentle advice."""

from collections.abc import Iterable, Iterator
from itertools import islice
from string import Template as Placeholders
from typing import NamedTuple

from coachlog import wording
from coachlog.errors import FaultyTemplate
from coachlog.model import PromptKind
from coachlog.model.templates import Prompt, Template, TemplateAudience
from coachlog.templates.fields import MAX_FAULTS
from coachlog.templates.parsing import parse_template
from coachlog.text import find_nearest_words, fold_text
from coachlog.wording import PLACEHOLDER_NAMES

MANY_PROMPTS = 15


class TemplateCheck(NamedTuple):
    """What was found in one file; with `faults` it cannot be used, `advice` is only advice."""

    file: str
    id: str
    faults: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def check_template(
    data: bytes, id: str, file: str, other_templates: Iterable[Template] = ()
) -> TemplateCheck:
    """Return every fault of a template file, each with its key and mend, or else advice on it.

    `others` are the templates whose measures it should agree with. Nothing is raised.
    """
    try:
        found = parse_template(data, id, name=file)
    except FaultyTemplate as error:
        return TemplateCheck(file, id, tuple(error.faults))
    faults = tuple(islice(_find_unknown_names(found), MAX_FAULTS))
    return TemplateCheck(
        file, id, faults, () if faults else tuple(_advise_on_template(found, other_templates))
    )


def _find_unknown_names(template: Template) -> Iterator[str]:
    for where, text, filled in _list_template_texts(template):
        for name in dict.fromkeys(Placeholders(text).get_identifiers()):
            if not filled:
                yield f"{where}: ${name} is not filled in here; write it out"
            elif name not in PLACEHOLDER_NAMES:
                near = find_nearest_words(name, list(PLACEHOLDER_NAMES))
                known = " or ".join(f"${one}" for one in near or PLACEHOLDER_NAMES)
                yield f"{where}: nobody is ${name}; write {known}, or $${name} to keep it as it is"


def _list_template_texts(template: Template) -> Iterator[tuple[str, str, bool]]:
    """Yield each text with its place, and whether names such as `$them` are filled in there."""
    yield "title", template.title, False
    yield "summary", template.summary, False
    yield "source", template.source or "", False
    for stage in template.stages:
        yield f"stage “{stage.id}”: title", stage.title, False
        yield f"stage “{stage.id}”: guidance", stage.guidance or "", True
        for prompt in stage.prompts:
            where = f"{stage.id}.{prompt.id}"
            yield f"{where}: ask", prompt.ask, True
            yield f"{where}: help", prompt.help or "", True
            for option in prompt.options:
                yield f"{where}: options", option, False


def _advise_on_template(template: Template, other_templates: Iterable[Template]) -> Iterator[str]:
    prompts = template.prompts
    if len(prompts) > MANY_PROMPTS:
        yield (
            f"stage: {len(prompts)} prompts are a lot to ask; {MANY_PROMPTS} or fewer are "
            "answered more gladly"
        )
    if PromptKind.ACTIONS not in [prompt.kind for prompt in prompts.values()]:
        yield "stage: no prompt of kind actions, so nothing is promised; add one near the end"
    titles = [fold_text(stage.title) for stage in template.stages]
    if len({*titles, fold_text(template.title)}) <= len(titles):
        yield "stage: title: each stage needs a title of its own, to find one's way by"
    for where, prompt in prompts.items():
        yield from (f"{where}: {words}" for words in _advise_on_wording(prompt))
    if template.audience is TemplateAudience.SOLO:
        for where, text, filled in _list_template_texts(template):
            if filled and "them" in Placeholders(text).get_identifiers():
                yield f"{where}: there is no $them in a talk with oneself; write “you”"
    yield from _find_measure_conflicts(template, prompts, other_templates)


def _advise_on_wording(prompt: Prompt) -> Iterator[str]:
    if wording.is_double_question(prompt.ask):
        yield "ask: two questions in one; ask one, and make the other a prompt of its own"
    if prompt.kind in (PromptKind.TEXT, PromptKind.LINE) and wording.is_closed_question(prompt.ask):
        yield "ask: yes or no would answer this; begin with what, how, who or when, or use yesno"
    if wording.is_leading_question(prompt.ask):
        yield "ask: this leads to an answer; ask without the opinion in it"


def _find_measure_conflicts(
    template: Template, prompts: dict[str, Prompt], other_templates: Iterable[Template]
) -> Iterator[str]:
    """Yield each measure whose range is not the one that it has elsewhere, or before."""
    known: dict[str, tuple[int, int, str]] = {}
    for other in [*(other for other in other_templates if other.id != template.id), template]:
        for prompt in (prompt for stage in other.stages for prompt in stage.prompts):
            if prompt.measure:
                known.setdefault(prompt.measure, (prompt.low, prompt.high, f"in {other.id}"))
    for where, prompt in prompts.items():
        low, high, place = known.get(prompt.measure or "", (prompt.low, prompt.high, ""))
        if (prompt.low, prompt.high) != (low, high):
            yield (
                f"{where}: measure: “{prompt.measure}” goes from {low} to {high} {place}; "
                "with other ends the two make no trend"
            )
