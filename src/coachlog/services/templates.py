"""The guided conversations to choose from: list them, look at one."""

from coachlog.model.templates import Template, TemplateAudience, TemplateLibrary
from coachlog.services.desk import Desk
from coachlog.templates import library


def list_templates(
    desk: Desk, audience: TemplateAudience | None = None, *, with_stages: bool
) -> TemplateLibrary:
    """Return the templates, all of them or those for an audience, and the owner's faulty files.

    Without stages, built-in ones have only what a list shows, which takes half as long to read.
    """
    read = library.list_template_heads
    if with_stages:
        read = library.list_available_templates
    available = read(desk.own_templates_folder)
    if audience is None:
        return available
    templates = [
        template for template in available.templates if template.audience is audience
    ]
    return available._replace(templates=templates)


def load_template(desk: Desk, id: str) -> Template:
    """Return the template of this id, the owner's own first.

    Raises NotFound if there is none, and FaultyTemplate if it cannot be used.
    """
    return library.find_template(id, desk.own_templates_folder)
