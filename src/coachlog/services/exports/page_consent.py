"""A page that somebody else will read is shown to the owner first, who agrees to it."""

from collections.abc import Iterable, Mapping

from coachlog.errors import Refusal
from coachlog.exports.blocks import Document
from coachlog.exports.formats.text import format_text_page
from coachlog.interview.back import Back
from coachlog.interview.conversation import Question
from coachlog.model.answers import PromptKind
from coachlog.services.desk import Desk
from coachlog.services.exports.delivery import Target


def ask_left_out(desk: Desk, ask: str, rows: Mapping[str, str]) -> list[str]:
    """Return which of the rows are ticked for a page, by what picks them; none is by itself.

    Raises Refusal if the owner goes back.
    """
    question = Question(
        "left-out",
        ask,
        PromptKind.CHOICES,
        help="Only what you mark goes on it.",
        options=tuple(rows.values()),
        values=tuple(rows),
    )
    reply = desk.asker.ask_again(question, None)
    if isinstance(reply, Back):
        raise Refusal("Nothing was written.")
    return [pick for pick in rows if isinstance(reply, list) and pick in reply]


def ask_left_out_for(desk: Desk, names: str, rows: Mapping[str, str]) -> list[str]:
    """Return which of the rows are ticked for a page that these people will read."""
    ask = f"Left out of the page for {names}. Add any of it?"
    return ask_left_out(desk, ask, rows)


def agree_to_page(
    desk: Desk, document: Document, remarks: Iterable[str], target: Target
) -> None:
    """Show a page as it will be read; raises Refusal if the owner does not agree to it."""
    for line in format_text_page(document).splitlines():
        desk.asker.tell(line)
    agree_to_delivery(desk, remarks, target)


def agree_to_delivery(desk: Desk, remarks: Iterable[str], target: Target) -> None:
    """Show what to know about a page and ask; raises Refusal if it is not to be delivered."""
    for remark in remarks:
        desk.asker.tell(remark, mark="→")
    question, refusal = "Copy this?", "Nothing was copied."
    if not target.copy:
        question, refusal = f"Write this to {target.output}?", "Nothing was written."
    if not desk.asker.agrees(question):
        raise Refusal(refusal)
