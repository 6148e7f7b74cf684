"""Whom the texts of a template name as the owner's own help, beside the national lines."""

from typing import TYPE_CHECKING

from coachlog.wording import HELP_CONTACT, HELP_NAME

if TYPE_CHECKING:
    from coachlog.model.templates import Template
    from coachlog.services.desk import Desk


def load_help_contact(desk: "Desk", template: "Template") -> str:
    """Return what the settings say for `$help`; they are read only where the template has it."""
    forms = (f"${HELP_NAME}", f"${{{HELP_NAME}}}")
    if not any(form in template.text for form in forms):
        return HELP_CONTACT
    return desk.settings.get_text("help.contact")
