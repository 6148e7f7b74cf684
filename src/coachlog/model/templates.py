"""A template: a guided conversation, as its file describes it."""

from collections.abc import Iterable
from enum import StrEnum

from coachlog.model.answers import AnswerValue, PromptKind
from coachlog.model.notes import NoteKind
from coachlog.named_tuples import NamedTuple


class TemplateAudience(StrEnum):
    ONE_TO_ONE = "one-to-one"
    THREE_WAY = "three-way"
    SOLO = "solo"
    GROUP = "group"


class TemplateOccasion(StrEnum):
    """When a conversation of two comes up, in the order of a list."""

    WEEKLY = "every week"
    ONE_THING = "one thing to work on"
    COACHING = "listening and coaching sessions"
    RAISED = "something you have to raise"
    YEARLY = "once a year"
    HEALTH = "health and absence"
    TURNING_POINT = "a change or an ending"
    COACHED = "being coached yourself"


class Occurrence(StrEnum):
    """When a conversation that comes back by itself is held: the first time, or once more."""

    FIRST = "first"
    AGAIN = "again"


class PromptCondition(NamedTuple):
    """When to ask a prompt: only if the answer to an earlier one passes a test.

    `test` is `below`, `above`, `is` or `answered`.
    """

    prompt: str
    test: str
    value: AnswerValue


class Prompt(NamedTuple):
    """One question; open `notes` of that kind about the person are quoted with it.

    It took the place of those that it `replaces`, which are no longer asked. With `support`, each
    promise is followed by the question of what support it takes. What was answered last to the
    question that it `quotes`, `first-plan.one-thing.do`, or in this template last time,
    `one-thing.do`, stands beside it. Where a conversation
    comes back by itself, it can be asked `only` the first time, or only after that. The answer to
    the question that it `offers`, `one-thing.do`, stands in the field of its first promise. What is
    answered is evidence for the `standard` of that id.
    """

    id: str
    ask: str
    kind: PromptKind
    required: bool = False
    private: bool = False
    key: bool = False
    health: bool = False
    help: str | None = None
    measure: str | None = None
    low: int = 1
    high: int = 10
    options: tuple[str, ...] = ()
    options_from: str | None = None
    when: PromptCondition | None = None
    notes: NoteKind | None = None
    replaces: tuple[str, ...] = ()
    support: bool = False
    quotes: str | None = None
    only: Occurrence | None = None
    offers: str | None = None
    standard: str | None = None

    @property
    def references(self) -> dict[str, str]:
        """Return the earlier prompts on which it depends, by the key that names each."""
        references = {}
        if self.when:
            references["when"] = self.when.prompt
        if self.options_from:
            references["options_from"] = self.options_from
        return references


class Stage(NamedTuple):
    """A part of a conversation; with `each` = "slot" it is repeated for each presenter."""

    id: str
    title: str
    guidance: str | None
    prompts: tuple[Prompt, ...]
    each: str | None = None
    minutes: int | None = None


class FaultyTemplateFile(NamedTuple):
    """A file in the owner's folder that cannot be used as a template, and why.

    Where `builtin_used`, the built-in template of its id is used in its place. Without an `id`, it
    is the folder itself.
    """

    file: str
    id: str
    faults: tuple[str, ...]
    builtin_used: bool


class Template(NamedTuple):
    """A guided conversation, from a file of coachlog's or of the owner's.

    Only one for two people has an `occasion`; the owner's own may have none. `also` are other words
    that find it, with commas between them. `shadows` says that
    the owner's own is used instead of the built-in one of its id. Where the owner's cannot be used,
    a built-in one `stands_in_for` it. Once held, it comes back by itself after each length of time
    in `again`, and it `leads_to` the template of that id.
    """

    id: str
    title: str
    summary: str
    audience: TemplateAudience
    minutes: int
    source: str | None
    builtin: bool
    stages: tuple[Stage, ...]
    occasion: TemplateOccasion | None = None
    also: str = ""
    shadows: bool = False
    text: str = ""
    stands_in_for: FaultyTemplateFile | None = None
    again: tuple[str, ...] = ()
    leads_to: str | None = None

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return the other words and phrases that find it, as the file has them."""
        return tuple(words.strip() for words in self.also.split(",") if words.strip())

    @property
    def prompts(self) -> dict[str, Prompt]:
        """Return every prompt by its name, such as `goal.result`, in the order of asking."""
        return index_prompts(self.stages)

    @property
    def quoted_templates(self) -> list[str]:
        """Return the ids of the other templates whose answers its prompts quote."""
        ids = set()
        for prompt in self.prompts.values():
            template_id, *names = (prompt.quotes or "").split(".")
            if len(names) == 2:
                ids.add(template_id)
        return sorted(ids)

    def find_replacement(self, name: str) -> str | None:
        """Return the prompt that took the place of one which is no longer asked; None if none."""
        for place, prompt in self.prompts.items():
            if name in prompt.replaces:
                return place
        return None


class TemplateLibrary(NamedTuple):
    """The templates that can be used, and the files of the owner's that cannot."""

    templates: list[Template]
    faulty_files: list[FaultyTemplateFile]


def index_prompts(stages: Iterable[Stage]) -> dict[str, Prompt]:
    """Return the prompts of some stages by name, such as `goal.result`, in the order of asking."""
    return {
        f"{stage.id}.{prompt.id}": prompt
        for stage in stages
        for prompt in stage.prompts
    }
