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
    texts = [template.id, template.title, template.summary, template.source or ""]
    texts += [template.occasion or "", template.also]
    for stage in template.stages:
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
    exact = [t for t in templates if query in (fold_text(t.id), fold_text(t.title))]
    named = [t for t in templates if begins_names(join_template_names(t), words)]
    if exact or named:
        return exact or named
    return [
        template
        for template in templates
        if all(word in fold_text(join_template_words(template)) for word in words)
    ]
