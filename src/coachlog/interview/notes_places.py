"""Where notes typed in one piece go in a template, and whether it has a place for them at all."""

from collections.abc import Callable, Iterator

from coachlog.interview.keys import AnswerKey, parse_key
from coachlog.model.answers import PromptKind
from coachlog.model.templates import Prompt, Template
from coachlog.named_tuples import NamedTuple


class NotesPlaces(NamedTuple):
    """The prompts of a template that notes go to; None where it has no such prompt."""

    text: AnswerKey | None = None
    private: AnswerKey | None = None
    promises: AnswerKey | None = None


def find_notes_places(template: Template) -> NotesPlaces:
    """Return where the text, the private notes and the promises of notes go in a template.

    The text goes to the first key text prompt that is neither private nor about health, private
    notes to the first private text prompt that is not about health, promises to the prompt for
    them. A prompt that is asked only after a certain answer is no place, nor is one in a slot.
    """
    prompts = dict(_list_open_prompts(template))
    return NotesPlaces(
        text=_find_prompt(prompts, _is_text_place),
        private=_find_prompt(prompts, _is_private_place),
        promises=_find_prompt(prompts, _is_promises_place),
    )


def find_template_misfit(template: Template) -> str:
    """Return why notes cannot be kept in a template, whatever they say; '' if they can.

    It has a question that must be answered, and nobody is asked.
    """
    places = find_notes_places(template)
    for name, prompt in template.prompts.items():
        if prompt.required and name not in places:
            return (
                f"{template.title} has a question that must be answered: {prompt.ask}"
            )
    if places.text is None:
        return f"{template.title} has no question that a conversation's text answers."
    return ""


def _list_open_prompts(template: Template) -> Iterator[tuple[str, Prompt]]:
    """Yield the prompts, by name, that are asked whatever was answered before."""
    for stage in template.stages:
        if stage.each is not None:
            continue
        for prompt in stage.prompts:
            if prompt.when is None and not prompt.options_from:
                yield f"{stage.id}.{prompt.id}", prompt


def _find_prompt(
    prompts: dict[str, Prompt], is_place: Callable[[Prompt], bool]
) -> AnswerKey | None:
    for name, prompt in prompts.items():
        if is_place(prompt):
            return parse_key(name)
    return None


def _is_text_place(prompt: Prompt) -> bool:
    is_open = not prompt.private and not prompt.health
    return prompt.kind is PromptKind.TEXT and prompt.key and is_open


def _is_private_place(prompt: Prompt) -> bool:
    return prompt.kind is PromptKind.TEXT and prompt.private and not prompt.health


def _is_promises_place(prompt: Prompt) -> bool:
    return prompt.kind is PromptKind.ACTIONS
