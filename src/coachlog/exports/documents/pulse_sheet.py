"""The pulse as a sheet for paper or chat: its statements, with numbers to tick."""

from coachlog.dates import format_medium_day
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    PlainText,
    TypedText,
)
from coachlog.model.pulse import Pulse
from coachlog.rules.pulse_results import (
    HIGH_WORDS,
    LOW_WORDS,
    REPLIES_NEEDED,
    REPLY_VALUES,
)

_INSTRUCTIONS = (
    "How well does each one match what you see at work? Tick one number for each, from 1 "
    f"({LOW_WORDS}) to 5 ({HIGH_WORDS}). Please leave your name off."
)
_REPLY_FACTS = (
    "Hand it in without your name: as a slip in a box, or through a colleague who collects the "
    "slips. In a chat, send your two numbers (such as 4 5) only to that colleague, who passes on "
    "the numbers without the names.",
    f"Your manager sees results only once {REPLIES_NEEDED} replies are in, and then only how often "
    "each number was given. coachlog never shows a single reply, but someone who makes up four of "
    "the five could still work out the other one.",
    "These are two plain statements to start a conversation in the team, not a validated scale.",
)


def build_pulse_sheet(pulse: Pulse) -> Document:
    """Return the statements of a pulse, what happens to a reply, and which pulse this is."""
    boxes = " ".join(f"☐ {value}" for value in REPLY_VALUES)
    blocks: list[Block] = [Paragraph((PlainText(_INSTRUCTIONS),))]
    for number, statement in enumerate(pulse.statements, start=1):
        blocks.append(Heading(2, (PlainText(f"Statement {number}"),)))
        blocks.append(Paragraph((TypedText(statement),)))
        blocks.append(Paragraph((PlainText(f"{LOW_WORDS} {boxes} {HIGH_WORDS}"),)))
    blocks.append(Heading(2, (PlainText("What happens to your reply"),)))
    blocks.append(BulletList(tuple((PlainText(fact),) for fact in _REPLY_FACTS)))
    imprint = f"Pulse {pulse.id}, made {format_medium_day(pulse.made_on)}"
    blocks.append(Paragraph((PlainText(imprint),)))
    return Document((PlainText("Two statements about your manager"),), tuple(blocks))
