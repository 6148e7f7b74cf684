"""What a template file earns beyond being read: names that nobody fills in, and gentle advice."""

from collections.abc import Iterable, Iterator
from itertools import islice
from string import Template as Placeholders
from typing import NamedTuple

from coachlog import wording
from coachlog.errors import FaultyTemplate
from coachlog.model import Kind
from coachlog.model.templates import Audience, Prompt, Template
from coachlog.templates.fields import MAX_FAULTS
from coachlog.templates.parsing import parse
from coachlog.text import fold, nearest
from coachlog.wording import NAMES

MANY_PROMPTS = 15


class Checked(NamedTuple):
    """What was found in one file; with `faults` it cannot be used, `advice` is only advice."""

    file: str
    id: str
    faults: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def check_template(data: bytes, id: str, file: str, others: Iterable[Template] = ()) -> Checked:
    """Return every fault of a template file, each with its key and mend, or else advice on it.

    `others` are the templates whose measures it should agree with. Nothing is raised.
    """
    try:
        found = parse(data, id, name=file)
    except FaultyTemplate as error:
        return Checked(file, id, tuple(error.faults))
    faults = tuple(islice(_unknown_names(found), MAX_FAULTS))
    return Checked(file, id, faults, () if faults else tuple(_advice(found, others)))


def _unknown_names(found: Template) -> Iterator[str]:
    for where, text, filled in _texts(found):
        for name in dict.fromkeys(Placeholders(text).get_identifiers()):
            if not filled:
                yield f"{where}: ${name} is not filled in here; write it out"
            elif name not in NAMES:
                near = nearest(name, list(NAMES))
                known = " or ".join(f"${one}" for one in near or NAMES)
                yield f"{where}: nobody is ${name}; write {known}, or $${name} to keep it as it is"


def _texts(found: Template) -> Iterator[tuple[str, str, bool]]:
    """Yield each text with its place, and whether names such as `$them` are filled in there."""
    yield "title", found.title, False
    yield "summary", found.summary, False
    yield "source", found.source or "", False
    for stage in found.stages:
        yield f"stage “{stage.id}”: title", stage.title, False
        yield f"stage “{stage.id}”: guidance", stage.guidance or "", True
        for prompt in stage.prompts:
            where = f"{stage.id}.{prompt.id}"
            yield f"{where}: ask", prompt.ask, True
            yield f"{where}: help", prompt.help or "", True
            for option in prompt.options:
                yield f"{where}: options", option, False


def _advice(found: Template, others: Iterable[Template]) -> Iterator[str]:
    prompts = found.prompts
    if len(prompts) > MANY_PROMPTS:
        yield (
            f"stage: {len(prompts)} prompts are a lot to ask; {MANY_PROMPTS} or fewer are "
            "answered more gladly"
        )
    if Kind.ACTIONS not in [prompt.kind for prompt in prompts.values()]:
        yield "stage: no prompt of kind actions, so nothing is promised; add one near the end"
    titles = [fold(stage.title) for stage in found.stages]
    if len({*titles, fold(found.title)}) <= len(titles):
        yield "stage: title: each stage needs a title of its own, to find one's way by"
    for where, prompt in prompts.items():
        yield from (f"{where}: {words}" for words in _on_wording(prompt))
    if found.audience is Audience.SOLO:
        for where, text, filled in _texts(found):
            if filled and "them" in Placeholders(text).get_identifiers():
                yield f"{where}: there is no $them in a talk with oneself; write “you”"
    yield from _disagreeing(found, prompts, others)


def _on_wording(prompt: Prompt) -> Iterator[str]:
    if wording.double(prompt.ask):
        yield "ask: two questions in one; ask one, and make the other a prompt of its own"
    if prompt.kind in (Kind.TEXT, Kind.LINE) and wording.closed(prompt.ask):
        yield "ask: yes or no would answer this; begin with what, how, who or when, or use yesno"
    if wording.leading(prompt.ask):
        yield "ask: this leads to an answer; ask without the opinion in it"


def _disagreeing(
    found: Template, prompts: dict[str, Prompt], others: Iterable[Template]
) -> Iterator[str]:
    """Yield each measure whose range is not the one that it has elsewhere, or before."""
    known: dict[str, tuple[int, int, str]] = {}
    for other in [*(other for other in others if other.id != found.id), found]:
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
