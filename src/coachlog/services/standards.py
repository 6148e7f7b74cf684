"""The owner's standards, and what is on record for each."""

from typing import TYPE_CHECKING

from coachlog.model.references import PersonRef
from coachlog.model.standards import StandardsView
from coachlog.rules.standards import index_standard_prompts, tally_standards
from coachlog.services.desk import Desk
from coachlog.templates.library import list_available_templates, spell_path
from coachlog.templates.standards_file import read_standards

if TYPE_CHECKING:
    from coachlog.services.progress import Period


def load_standards(
    desk: Desk, name: str | None, period: "Period", *, private: bool = False
) -> StandardsView:
    """Return what is on record for each standard, in all conversations or those with a person.

    Which question is evidence for which standard is up to the templates as they are now. Raises
    FaultyStandards if the file of standards cannot be used, and NotFound for an unknown name.
    """
    from coachlog.store.reading.standard_queries import read_evidence

    standards = read_standards(desk.standards_file)
    library = list_available_templates(desk.own_templates_folder)
    with desk.read() as db:
        person = desk.find_person(db, name)
        evidence = read_evidence(
            db,
            index_standard_prompts(library.templates),
            person=person,
            **period._asdict(),
            private=private,
        )
    tallies = tally_standards(standards, evidence)
    return StandardsView(
        standards=tallies,
        person=PersonRef(person.id, person.name) if person else None,
        since=period.since,
        until=period.until,
        file=spell_path(desk.standards_file),
        faulty_templates=tuple(library.faulty_files),
    )
