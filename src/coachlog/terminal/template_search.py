"""By which words a conversation is found in a list of them."""

from collections.abc import Sequence

from coachlog.model.templates import Template
from coachlog.text import clean_text, fold_text

MOST_AT_ONCE = 9
"""With more conversations than this, only the first group of them is listed at first."""


def join_template_names(template: Template) -> str:
    """Return the words that name a conversation: its id, its title, and the others that find it."""
    return f"{template.id} {template.title} {template.also}"


def join_template_words(template: Template) -> str:
    """Return all words of a conversation, its questions included."""
    from coachlog.templates.library import add_stages

    texts = [template.id, template.title, template.summary, template.source or ""]
    texts += [template.occasion or "", template.also]
    for stage in add_stages(template).stages:
        texts += [stage.title, stage.guidance or ""]
        for prompt in stage.prompts:
            texts += [prompt.ask, prompt.help or "", *prompt.options]
    return clean_text(" ".join(texts))


def begins_names(names: str, words: Sequence[str]) -> bool:
    """Return whether each word, folded before, begins one of the words in a text of names."""
    folded_names = fold_text(names).replace("(", " ").replace(",", " ").split()
    return all(any(name.startswith(word) for name in folded_names) for word in words)


def find_templates(templates: Sequence[Template], text: str) -> list[Template]:
    """Return those that a text means: by id or title, by words that name them, or by any words.

    Only those of the first of these ways that finds any.
    """
    query = fold_text(text)
    words = query.split()
    if not words:
        return []
    ways = (
        lambda template: query in (fold_text(template.id), fold_text(template.title)),
        lambda template: begins_names(join_template_names(template), words),
        lambda template: _has_all_words(template, words),
    )
    for is_meant in ways:
        matches = list(filter(is_meant, templates))
        if matches:
            return matches
    return []


def _has_all_words(template: Template, words: Sequence[str]) -> bool:
    text = fold_text(join_template_words(template))
    return all(word in text for word in words)
