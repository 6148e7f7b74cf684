"""The conversation that the owner's settings name for every talk with someone."""

from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, InvalidInput
from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.settings import NONE
from coachlog.store.journal_files import CONFIG_FILE
from coachlog.templates import library
from coachlog.text import clean_text

if TYPE_CHECKING:
    from coachlog.services.desk import Desk


def load_default_template(desk: "Desk") -> Template | None:
    """Return the template that is held with someone unless another is named; None for none.

    One that cannot be used is told, and is none.
    """
    id = desk.settings.get_text("session.template")
    if id == NONE:
        return None
    try:
        return require_default_template(desk, id)
    except CoachlogError as error:
        desk.tell(
            f"{CONFIG_FILE}: session.template cannot be used: {error.message} "
            "It may be the id of a template for two. The default is used (none)."
        )
        return None


def require_default_template(desk: "Desk", id: str) -> Template:
    """Return the template with this id, which is for two.

    Raises InvalidInput for one that is not, and as `library.find_template`.
    """
    template = library.find_template(id, desk.own_templates_folder)
    if template.audience is not TemplateAudience.ONE_TO_ONE:
        raise InvalidInput(
            f"{clean_text(template.title)} is not for a conversation of two.",
            "Those that are: coachlog template list --for one-to-one",
        )
    return template
