"""Sheets without anything of the journal in them, to print and take into the room."""

from coachlog.exports import formats
from coachlog.exports.documents.template_sheet import build_template_sheet
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Export, Target, deliver_page
from coachlog.templates import library


def export_template(desk: Desk, id: str, format: str) -> Export:
    """Return a template as a sheet; `NotFound` for an unknown one."""
    template = library.find_template(id, desk.own_templates_folder)
    return deliver_page(
        build_template_sheet(template), formats.find_format(format), Target(), template.title
    )
