"""What `template check` finds beyond the format: names that nobody fills in, and gentle advice."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from string import Template as Placeholders

from coachlog.errors import FaultyTemplate
from coachlog.model.answers import PromptKind
from coachlog.model.templates import Prompt, Template, TemplateAudience
from coachlog.named_tuples import NamedTuple
from coachlog.templates.fields import MAX_FAULTS
from coachlog.templates.parsing import parse_template
from coachlog.text import find_nearest_words, fold_text
from coachlog.wording import (
    HELP_NAME,
    PLACEHOLDER_NAMES,
    fill_names,
    is_choosing_question,
    is_closed_question,
    is_double_question,
    is_leading_question,
)

MANY_PROMPTS, MANY_GROUP_PROMPTS = 15, 20
LONG_QUESTION = 90
"""The most characters that a question has without advice, with names filled in."""
_STANDARDS_FILE = "standards.toml"
_UNUSABLE_STANDARDS = (
    "standards.toml cannot be used; what is wrong: coachlog progress --standards"
)
_USUAL_NAME = "Michael"
_USUAL_SET_NAME = "Ward managers"
# What a question is filled in with is kept in the journal; whom to call for help is not.
_QUESTION_NAMES = tuple(name for name in PLACEHOLDER_NAMES if name != HELP_NAME)


class TemplateCheck(NamedTuple):
    """What was found in one file; with `faults` it cannot be used, `advice` is only advice."""

    file: str
    id: str
    faults: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


class _TemplateText(NamedTuple):
    """One text of a template, and the `names`, such as `them`, that are filled in there."""

    place: str
    text: str
    names: tuple[str, ...] = ()


def check_template(
    data: bytes,
    id: str,
    file: str,
    other_templates: Iterable[Template] = (),
    standard_ids: Collection[str] | None = None,
) -> TemplateCheck:
    """Return every fault of a template file, each with its key and a remedy, or else advice on it.

    The measures should agree with those of `other_templates`, and standards be among
    `standard_ids`; None where the file of these cannot be used. Nothing is raised.
    """
    try:
        template = parse_template(data, id, name=file)
    except FaultyTemplate as error:
        return TemplateCheck(file, id, faults=tuple(error.faults))
    faults = tuple(islice(_find_unknown_names(template), MAX_FAULTS))
    if faults:
        return TemplateCheck(file, id, faults=faults)
    advice = [
        *_advise_on_template(template, other_templates),
        *_find_unknown_standards(template, standard_ids),
    ]
    return TemplateCheck(file, id, advice=tuple(advice))


def _find_unknown_names(template: Template) -> Iterator[str]:
    for place, text, names in _list_template_texts(template):
        for name in Placeholders(text).get_identifiers():
            if name not in names:
                yield f"{place}: {_describe_unknown_name(name, names)}"


def _describe_unknown_name(name: str, names: Sequence[str]) -> str:
    """Return what is wrong with `$name` in a text that has only some names filled in."""
    if not names:
        return f"${name} is not filled in here; write it out"
    if name in PLACEHOLDER_NAMES:
        return f"${name} is only for help and guidance; write it there"
    nearest = find_nearest_words(name, list(names)) or names
    choices = " or ".join(f"${nearest_name}" for nearest_name in nearest)
    return f"unknown name ${name}; write {choices}, or $${name} to keep it as it is"


def _list_template_texts(template: Template) -> Iterator[_TemplateText]:
    yield _TemplateText("title", template.title)
    yield _TemplateText("summary", template.summary)
    yield _TemplateText("source", template.source or "")
    for stage in template.stages:
        place = f"stage “{stage.id}”"
        yield _TemplateText(f"{place}: title", stage.title)
        yield _TemplateText(
            f"{place}: guidance", stage.guidance or "", PLACEHOLDER_NAMES
        )
        for prompt in stage.prompts:
            place = f"{stage.id}.{prompt.id}"
            yield _TemplateText(f"{place}: ask", prompt.ask, _QUESTION_NAMES)
            yield _TemplateText(f"{place}: help", prompt.help or "", PLACEHOLDER_NAMES)
            for option in prompt.options:
                yield _TemplateText(f"{place}: options", option)


def _advise_on_template(
    template: Template, other_templates: Iterable[Template]
) -> Iterator[str]:
    prompts = template.prompts
    most = MANY_PROMPTS
    if template.audience is TemplateAudience.GROUP:
        # A set meets for hours, and its members share them.
        most = MANY_GROUP_PROMPTS
    # A number takes one key: three are no more to answer than one question in words.
    ratings = sum(prompt.kind is PromptKind.SCALE for prompt in prompts.values())
    if len(prompts) - ratings + ratings // 3 > most:
        yield (
            f"stage: {len(prompts)} prompts are a lot to ask; "
            f"people are happier to answer {most} or fewer"
        )
    if _lacks_promises(prompts.values()):
        yield "stage: no prompt of kind actions, so nothing is promised; add one near the end"
    titles = [template.title, *(stage.title for stage in template.stages)]
    if len(set(map(fold_text, titles))) < len(titles):
        yield "stage: title: give each stage a title of its own, so that people can find their way"
    for place, prompt in prompts.items():
        for advice in _advise_on_wording(prompt):
            yield f"{place}: {advice}"
    yield from _find_absent_people(template)
    yield from _find_unknown_templates(template, other_templates)
    yield from _find_measure_conflicts(template, other_templates)


def _lacks_promises(prompts: Iterable[Prompt]) -> bool:
    """Return whether nothing can be promised, where not all of it is about health.

    What is promised is about no health, so there is no place for it then.
    """
    has_actions = any(prompt.kind is PromptKind.ACTIONS for prompt in prompts)
    return not has_actions and not all(prompt.health for prompt in prompts)


def _find_absent_people(template: Template) -> Iterator[str]:
    """Yield each text that names somebody who is not in such a conversation."""
    remedies = {}
    if template.audience is TemplateAudience.SOLO:
        remedies["them"] = (
            "there is no $them in a conversation with yourself; write “you”"
        )
    if template.audience is not TemplateAudience.THREE_WAY:
        remedies["third"] = (
            f"$third is only in a conversation of three (audience {TemplateAudience.THREE_WAY})"
        )
    for place, text, names in _list_template_texts(template):
        for name in Placeholders(text).get_identifiers():
            if name in remedies and name in names:
                yield f"{place}: {remedies[name]}"


def _find_unknown_templates(
    template: Template, other_templates: Iterable[Template]
) -> Iterator[str]:
    """Yield each place that names a template, or a question of one, which is not there."""
    others = {other.id: other for other in other_templates}
    if not others:
        return
    sequel_id = template.leads_to
    if sequel_id and sequel_id not in others:
        yield f"leads_to: there is no template “{sequel_id}”"
    for place, prompt in template.prompts.items():
        if prompt.quotes is not None:
            advice = _find_unknown_quote(prompt.quotes, template, others)
            if advice:
                yield f"{place}: quotes: {advice}"


def _find_unknown_standards(
    template: Template, standard_ids: Collection[str] | None
) -> Iterator[str]:
    """Yield each prompt that is evidence for a standard which is not in the owner's file."""
    for place, prompt in template.prompts.items():
        if prompt.standard is None:
            continue
        if standard_ids is None:
            yield f"{place}: standard: {_UNUSABLE_STANDARDS}"
        elif prompt.standard not in standard_ids:
            nearest = find_nearest_words(prompt.standard, list(standard_ids))
            hint = f"; did you mean {' or '.join(nearest)}?" if nearest else ""
            yield (
                f"{place}: standard: “{prompt.standard}” is not in {_STANDARDS_FILE}"
                f"{hint}"
            )


def _find_unknown_quote(
    quote: str, template: Template, others: Mapping[str, Template]
) -> str:
    """Return why there is nothing to quote: no such template, or no such prompt; '' if there is."""
    *ids, stage, prompt = quote.split(".")
    name = f"{stage}.{prompt}"
    if not ids:
        return "" if name in template.prompts else f"there is no prompt “{name}” here"
    id = ids[0]
    source = others.get(id)
    if source is None:
        return f"there is no template “{id}”"
    if source.audience is not TemplateAudience.SOLO:
        return f"{id} is no conversation with yourself, so it is never quoted"
    return "" if name in source.prompts else f"{id} has no prompt “{name}”"


def _advise_on_wording(prompt: Prompt) -> Iterator[str]:
    if is_double_question(prompt.ask):
        yield "ask: two questions in one; ask one, and make the other a prompt of its own"
    is_open_kind = prompt.kind in (PromptKind.TEXT, PromptKind.LINE)
    if is_open_kind and is_closed_question(prompt.ask):
        yield "ask: yes or no would answer this; begin with what, how, who or when, or use yesno"
    if is_leading_question(prompt.ask):
        yield "ask: this leads to an answer; ask it without the opinion"
    if is_choosing_question(prompt.ask) and not _offers_choice(prompt):
        yield "ask: “Which” is for a choice, and there is none here; begin with “What”"
    asked = fill_names(
        prompt.ask,
        them=_USUAL_NAME,
        third=_USUAL_NAME,
        me=_USUAL_NAME,
        set=_USUAL_SET_NAME,
    )
    if len(asked) > LONG_QUESTION:
        yield (
            f"ask: {len(asked)} characters are a lot to say aloud; "
            f"{LONG_QUESTION} or fewer are easier to follow"
        )


def _offers_choice(prompt: Prompt) -> bool:
    """Return whether there is something on the screen to choose from."""
    if prompt.kind is PromptKind.PROMISES:
        return True
    return bool(prompt.options or prompt.options_from)


def _find_measure_conflicts(
    template: Template, other_templates: Iterable[Template]
) -> Iterator[str]:
    """Yield each measure whose ends differ from those it has elsewhere, or earlier in this file."""
    first_uses: dict[str, tuple[Prompt, str]] = {}
    others = [other for other in other_templates if other.id != template.id]
    # The template comes last, so that each of its measures is held against its first use.
    for user in [*others, template]:
        for place, prompt in user.prompts.items():
            if not prompt.measure:
                continue
            first, first_id = first_uses.setdefault(prompt.measure, (prompt, user.id))
            has_other_ends = (prompt.low, prompt.high) != (first.low, first.high)
            if user is template and has_other_ends:
                yield (
                    f"{place}: measure: “{prompt.measure}” goes from {first.low} to {first.high} "
                    f"in {first_id}; scales with different ends cannot share a trend"
                )
