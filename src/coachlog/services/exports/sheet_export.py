"""Sheets to print and take into the room, with nothing from the journal in them."""

from coachlog.exports import formats
from coachlog.exports.documents.template_sheet import build_template_sheet
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Export, Target, deliver_page
from coachlog.templates import library


def export_template(desk: Desk, id: str, format: str) -> Export:
    """Return a template as a sheet to print.

    Raises NotFound for an unknown template, and InvalidInput for an unknown format.
    """
    template = library.find_template(id, desk.own_templates_folder)
    sheet = build_template_sheet(template)
    return deliver_page(sheet, formats.find_format(format), Target(), template.title)
