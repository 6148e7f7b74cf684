"""What is on record for each of the owner's standards, as pure functions."""

from collections.abc import Iterable, Mapping, Sequence

from coachlog.model.standards import Standard, StandardSource, StandardTally
from coachlog.model.templates import Template


def index_standard_prompts(templates: Iterable[Template]) -> dict[str, dict[str, str]]:
    """Return the standard that each prompt is evidence for, by its template and its name.

    That is by what the templates say now. A prompt speaks for those that it replaced, too.
    """
    standard_ids: dict[str, dict[str, str]] = {}
    for template in templates:
        for place, prompt in template.prompts.items():
            if prompt.standard is not None:
                ids = standard_ids.setdefault(template.id, {})
                ids.update(dict.fromkeys((place, *prompt.replaces), prompt.standard))
    return standard_ids


def tally_standards(
    standards: Sequence[Standard],
    evidence: Mapping[str, Sequence[StandardSource]],
) -> tuple[StandardTally, ...]:
    """Return what there is for each standard, in their order; `evidence` is by the standard's id.

    Behind them come those that are not among the standards, by id: nothing is lost with a standard.
    """
    ids = {standard.id for standard in standards}
    gone_ids = sorted(
        id for id, sources in evidence.items() if sources and id not in ids
    )
    tallies = [
        _tally_standard(
            standard.id,
            standard.statement,
            standard.level,
            evidence.get(standard.id, ()),
        )
        for standard in standards
    ]
    tallies += [_tally_standard(id, None, None, evidence[id]) for id in gone_ids]
    return tuple(tallies)


def _tally_standard(
    id: str, statement: str | None, level: str | None, sources: Sequence[StandardSource]
) -> StandardTally:
    return StandardTally(
        id=id,
        statement=statement,
        level=level,
        answers=len(sources),
        conversations=len({source.session for source in sources}),
        people=len({person.id for source in sources for person in source.people}),
        sources=tuple(sources),
    )
