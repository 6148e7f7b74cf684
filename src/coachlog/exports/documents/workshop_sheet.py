"""A workshop's questions as a sheet for paper or chat, with answers to tick."""

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
from coachlog.model.workshops import Workshop
from coachlog.rules.reply_counts import (
    BAND_NAMES,
    EXACT_REPLIES,
    REPLIES_NEEDED,
    REPLY_VALUES,
)
from coachlog.rules.workshop_results import (
    LEAST_USEFUL,
    MOST_USEFUL,
    SLIP_EXAMPLE,
    THEME_QUESTION,
    TRY_ANSWERS,
    TRY_QUESTION,
    USEFUL_QUESTION,
)

_INSTRUCTIONS = "Tick one answer to each question. Please leave your name off."
_REPLY_FACTS = (
    "Put it into the box, or give it to the person who collects the replies and passes them on "
    f"together. In a chat, send your three answers to that person alone, such as: {SLIP_EXAMPLE}",
    f"Whoever ran the workshop sees results only once {REPLIES_NEEDED} replies are in: how many "
    f"gave which answer, usefulness below {EXACT_REPLIES} replies in three bands "
    f"({', '.join(BAND_NAMES)}), and no theme that fewer than {REPLIES_NEEDED} people chose.",
    "That protects your reply from a look, not from someone who sets out to read it. What protects "
    "you is that nobody knows which slip is yours. Who was here is kept nowhere.",
)


def build_workshop_sheet(workshop: Workshop) -> Document:
    """Return the three questions of a workshop, what happens to a reply, and which one it is."""
    boxes = " ".join(f"☐ {value}" for value in REPLY_VALUES)
    themes = tuple(
        (PlainText(f"☐ {number} "), TypedText(theme.title))
        for number, theme in enumerate(workshop.themes, start=1)
    )
    answers = " ".join(f"☐ {answer}" for answer in TRY_ANSWERS)
    blocks: list[Block] = [
        Paragraph((PlainText(_INSTRUCTIONS),)),
        Heading(2, (PlainText(USEFUL_QUESTION),)),
        Paragraph((PlainText(f"{LEAST_USEFUL} {boxes} {MOST_USEFUL}"),)),
        Heading(2, (PlainText(THEME_QUESTION),)),
        BulletList(themes),
        Heading(2, (PlainText(TRY_QUESTION),)),
        Paragraph((PlainText(answers),)),
        Heading(2, (PlainText("What happens to your reply"),)),
        BulletList(tuple((PlainText(fact),) for fact in _REPLY_FACTS)),
    ]
    made_on = format_medium_day(workshop.made_on)
    imprint = f"Workshop {workshop.id}, tag {workshop.tag}, made {made_on}"
    blocks.append(Paragraph((PlainText(imprint),)))
    title = (PlainText("Before you go: "), TypedText(workshop.name))
    return Document(title, tuple(blocks))
