"""The pulse as a sheet for paper or chat: its statements, with numbers to tick."""

from coachlog.dates import medium
from coachlog.exports.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Plain,
    Typed,
)
from coachlog.model.pulse import Pulse
from coachlog.rules.pulse_results import HIGH, LOW, NEEDED, VALUES

_HOW = f"""\
How far does each one fit what you see at work? Tick one number for each, from 1 ({LOW}) to 5 \
({HIGH}). Please leave your name off."""
_WHAT_HAPPENS = (
    "Hand it in without your name: as a slip in a box, or through a colleague who collects the "
    "slips. In a chat, send your two numbers (such as 4 5) to that colleague only, who passes on "
    "the numbers without the names.",
    f"Your manager sees results only once {NEEDED} replies are in, and then only how often each "
    "number was given. coachlog never shows a single reply; someone who makes up four of the five "
    "could still work one out.",
    "These are two plain statements to start a talk in the team, not a validated scale.",
)


def pulse_sheet(pulse: Pulse) -> Document:
    """Return the statements of a pulse, what happens with a reply, and which pulse this is."""
    ticks = " ".join(f"☐ {value}" for value in VALUES)
    blocks: list[Block] = [Paragraph((Plain(_HOW),))]
    for number, words in enumerate(pulse.statements, start=1):
        blocks.append(Heading(2, (Plain(f"Statement {number}"),)))
        blocks.append(Paragraph((Typed(words),)))
        blocks.append(Paragraph((Plain(f"{LOW} {ticks} {HIGH}"),)))
    return Document(
        (Plain("Two statements about your manager"),),
        (
            *blocks,
            Heading(2, (Plain("What happens with your reply"),)),
            BulletList(tuple((Plain(words),) for words in _WHAT_HAPPENS)),
            Paragraph((Plain(f"Pulse {pulse.id}, made {medium(pulse.made_on)}"),)),
        ),
    )
