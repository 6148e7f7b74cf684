"""The guided conversations to choose from: list them, look at one, print one as a form."""

from coachlog.model.templates import Template, TemplateAudience
from coachlog.services.desk import Desk
from coachlog.templates import library


def list_templates(
    desk: Desk, audience: TemplateAudience | None = None
) -> list[Template]:
    """Return the templates, the owner's own among them, all of them or those for an audience."""
    available = library.list_available_templates(desk.own_templates_folder)
    if audience is None:
        return available
    return [template for template in available if template.audience is audience]


def load_template(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first; raises NotFound if there is none."""
    return library.find_template(id, desk.own_templates_folder)


def load_blank_form(desk: Desk, id: str) -> str:
    """Return a template as a blank form to fill in; raises NotFound if there is none."""
    # Not at the top of the module, since a list of templates has no use for forms.
    from coachlog.services.sessions.forms import build_blank_form

    return build_blank_form(load_template(desk, id))
