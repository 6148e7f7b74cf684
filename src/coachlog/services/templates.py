"""The guided conversations to choose from: listed, looked at, printed as forms."""

from coachlog.model.templates import Audience, Template
from coachlog.services.desk import Desk
from coachlog.templates import library


def list_templates(desk: Desk, audience: Audience | None = None) -> list[Template]:
    """Return the templates, the owner's own as well; only those for an audience if it is given."""
    available = library.available(desk.own_templates)
    if audience is None:
        return available
    return [template for template in available if template.audience is audience]


def get(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first; `NotFound` if there is none."""
    return library.find(id, desk.own_templates)


def blank_form(desk: Desk, id: str) -> str:
    """Return a template as a blank form, to fill in anywhere; `NotFound` if there is none."""
    from coachlog.services.sessions import forms  # a list writes none

    return forms.blank(get(desk, id))
