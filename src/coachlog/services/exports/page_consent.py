"""A page that somebody else will read is shown to the owner first, who agrees to it."""

from collections.abc import Iterable

from coachlog.errors import Refusal
from coachlog.exports.blocks import Document
from coachlog.exports.formats.text import format_text_page
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Target


def leaves_the_screen(target: Target) -> bool:
    """Return whether a page is copied or written, rather than printed."""
    return target.copy or target.path is not None


def agree_to_page(
    desk: Desk, document: Document, remarks: Iterable[str], target: Target
) -> None:
    """Show a page as it will be read; raises Refusal if the owner does not agree to it."""
    for line in format_text_page(document).splitlines():
        desk.asker.tell(line)
    for remark in remarks:
        desk.asker.tell(remark, mark="→")
    question, refusal = "Copy this?", "Nothing was copied."
    if not target.copy:
        question, refusal = f"Write this to {target.output}?", "Nothing was written."
    if not desk.asker.agrees(question):
        raise Refusal(refusal)
