"""Sheets and forms to print or fill in, with nothing from the journal in them."""

from coachlog.exports.contents import Contents
from coachlog.exports.documents.template_sheet import build_template_sheet
from coachlog.model.pages import PageKind
from coachlog.phrasing.templates import describe_stand_in
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import (
    Export,
    Target,
    choose_output_format,
    deliver_page,
)
from coachlog.services.help_contact import load_help_contact
from coachlog.services.results import Result
from coachlog.services.templates import load_template
from coachlog.text import clean_line


def export_template(desk: Desk, id: str, target: Target) -> Export:
    """Export a template as a sheet to take into the room, or to send ahead.

    Raises NotFound for an unknown template, FaultyTemplate for one that cannot be used, and what
    `choose_output_format` and `deliver_page` raise.
    """
    format = choose_output_format(target, PageKind.TEMPLATE)
    template = load_template(desk, id)
    contact = load_help_contact(desk, template)
    contents = Contents(
        PageKind.TEMPLATE, lambda: build_template_sheet(template, contact)
    )
    title = clean_line(template.title)
    return deliver_page(
        desk, contents, format, target, title, describe_stand_in(template)
    )


def export_blank_form(desk: Desk, id: str) -> Export:
    """Return a template as a blank form to fill in.

    Raises NotFound for an unknown template, and FaultyTemplate for one that cannot be used.
    """
    # Not at the top of the module, since a sheet has no use for forms.
    from coachlog.services.sessions.forms import build_blank_form

    template = load_template(desk, id)
    page = build_blank_form(desk, template).encode()
    return Export(Result("", describe_stand_in(template)), page, "text/markdown")
