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
from coachlog.rules.pulse_results import HIGH_WORDS, LOW_WORDS
from coachlog.rules.reply_counts import (
    BAND_NAMES,
    EXACT_REPLIES,
    REPLIES_NEEDED,
    REPLY_VALUES,
)

_INSTRUCTIONS = (
    "How well does each one match what you see at work? Tick one number for each, from 1 "
    f"({LOW_WORDS}) to 5 ({HIGH_WORDS}). Please leave your name off."
)
_REPLY_FACTS = (
    "Give it to the colleague who collects the replies, who passes on all the numbers together and "
    "no names. In a chat, send your two numbers (such as 4 5) to that colleague alone. If nobody "
    "collects them, fold this page and put it in a box.",
    f"Your manager sees results only once {REPLIES_NEEDED} replies are in, and then only how many "
    f"people gave which number: below {EXACT_REPLIES} replies in three bands "
    f"({', '.join(BAND_NAMES)}).",
    "That protects your reply from a look, not from someone who sets out to read it: whoever keeps "
    "a copy of the journal from before a reply and one from after it sees what came in between. "
    "What protects you is that nobody knows which slip is yours.",
    "If everybody gives much the same answer, the results say what each of you gave.",
)
_NO_SCALE_FACT = (
    "These are two plain statements to start a conversation in the team, not a "
    "validated scale."
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
    facts = [*_REPLY_FACTS, _build_tag_fact(pulse.tag), _NO_SCALE_FACT]
    blocks.append(BulletList(tuple((PlainText(fact),) for fact in facts)))
    made_on = format_medium_day(pulse.made_on)
    imprint = f"Pulse {pulse.id}, tag {pulse.tag}, made {made_on}"
    blocks.append(Paragraph((PlainText(imprint),)))
    return Document((PlainText("Two statements about your manager"),), tuple(blocks))


def _build_tag_fact(tag: str) -> str:
    return (
        f"Everyone's slip has the same tag: {tag}. Compare yours with a colleague's. If they "
        "differ, yours could be told from the others: do not hand it in, and ask why."
    )
