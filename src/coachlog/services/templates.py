"""The guided conversations to choose from: listed, looked at, printed as forms."""

from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.templates import library


def list_templates(desk: Desk, audience: TemplateAudience | None = None) -> list[Template]:
    """Return the templates, the owner's own as well; only those for an audience if it is given."""
    available = library.list_available_templates(desk.own_templates_folder)
    if audience is None:
        return available
    return [template for template in available if template.audience is audience]


def load_template(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first; `NotFound` if there is none."""
    return library.find_template(id, desk.own_templates_folder)


def load_blank_form(desk: Desk, id: str) -> str:
    """Return a template as a blank form, to fill in anywhere; `NotFound` if there is none."""
    from coachlog.services.sessions.forms import build_blank_form  # a list writes none

    return build_blank_form(load_template(desk, id))
