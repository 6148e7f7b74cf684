"""The conversations that are offered first, by who the other person is to the owner."""

from collections.abc import Sequence
from datetime import timedelta

from coachlog.model.people import Person
from coachlog.model.templates import Template, TemplateAudience, TemplateOccasion
from coachlog.services.desk import Desk
from coachlog.services.sessions.session_setup import (
    SessionPartner,
    is_in_owner_plan,
)
from coachlog.store.reading import person_queries
from coachlog.text import extract_first_name

USUAL_TEMPLATES = ("check-in", "quick", "grow", "sbi", "wellbeing")
"""What is offered first in a new journal, and makes up the number later."""
_USUAL_UPWARDS = ("quick", "sbi")
"""The same with somebody above the owner, after those for whoever is coached."""
USUAL_LIMIT = 5
USUAL_PERIOD = timedelta(days=365)

_LED_OCCASIONS = (
    TemplateOccasion.WEEKLY,
    TemplateOccasion.ONE_THING,
    TemplateOccasion.COACHING,
    TemplateOccasion.YEARLY,
)
_OTHER_PERSON = "$them"


def list_usual_templates(
    desk: Desk, person: SessionPartner, templates: Sequence[Template]
) -> list[Template]:
    """Return a few of the templates, the likeliest first.

    Those used most with this person come before those used most in a year, and `USUAL_TEMPLATES`
    make up the number. With somebody above the owner, those for being coached come before all, and
    what is usual with others counts for nothing.
    """
    used_ids = _read_used_ids(desk, person)
    if is_in_owner_plan(person):
        coached_ids = [
            template.id for template in templates if _is_for_coached(template)
        ]
        ids = [*coached_ids, *used_ids, *_USUAL_UPWARDS]
    else:
        ids = [*used_ids, *_read_yearly_ids(desk), *USUAL_TEMPLATES]
    by_id = {template.id: template for template in templates}
    known_ids = dict.fromkeys(id for id in ids if id in by_id)
    return [by_id[id] for id in known_ids][:USUAL_LIMIT]


def _read_used_ids(desk: Desk, person: SessionPartner) -> list[str]:
    """Return the templates used with a person, the most used first; none for someone new."""
    if not isinstance(person, Person):
        return []
    with desk.read() as db:
        return person_queries.read_used_template_ids(db, person.id)


def _read_yearly_ids(desk: Desk) -> list[str]:
    """Return the templates used in the last year, the most used first."""
    if not desk.journal.exists():
        return []
    with desk.read() as db:
        return person_queries.read_usual_template_ids(db, desk.today - USUAL_PERIOD)


def _is_for_coached(template: Template) -> bool:
    return template.occasion is TemplateOccasion.COACHED


def tell_who_leads(desk: Desk, template: Template, person: SessionPartner) -> None:
    """Say that a conversation with somebody above the owner is written for whoever leads it."""
    if person is None or not is_in_owner_plan(person):
        return
    if not _is_led_by_owner(template):
        return
    words = (
        f"{template.title} is written for whoever leads the talk. "
        f"Where that is {extract_first_name(person.name)}, "
        "--template coached holds another."
    )
    desk.asker.tell(words, dim=True, mark="→")


def _is_led_by_owner(template: Template) -> bool:
    """Return whether the questions of a template for two take it that the owner leads the talk."""
    if template.audience is not TemplateAudience.ONE_TO_ONE:
        return False
    if template.occasion not in _LED_OCCASIONS or template.id in _USUAL_UPWARDS:
        return False
    return any(_OTHER_PERSON in prompt.ask for prompt in template.prompts.values())
