"""The page for a workshop's participants, which turns three answers into a reply code."""

from string import Template

from coachlog.exports.reply_page import (
    PROTECTION_FACT,
    TAG_FACT,
    ReplyPage,
    build_number_question,
    build_option_question,
    build_reply_html,
)
from coachlog.model.replies import ReplyKey
from coachlog.model.workshops import Workshop
from coachlog.rules.reply_counts import BAND_NAMES, EXACT_REPLIES, REPLIES_NEEDED
from coachlog.rules.workshop_results import (
    LEAST_USEFUL,
    MOST_USEFUL,
    THEME_QUESTION,
    TRY_ANSWERS,
    TRY_QUESTION,
    USEFUL_QUESTION,
)

_FACTS = (
    "This page turns your three answers into a short code. It sends nothing, stores nothing and "
    "works offline.",
    "Whoever ran the workshop sees results only once $needed replies are in: how many gave which "
    'answer, usefulness below $exact replies in three bands <span class="bands">($bands)</span>, '
    "and no theme that fewer than $needed people chose.",
    PROTECTION_FACT,
    "Who was here is kept nowhere.",
    TAG_FACT,
)


def build_workshop_html(workshop: Workshop, key: ReplyKey) -> str:
    """Return the page that turns three answers into a reply code; it works offline."""
    facts = [
        Template(fact).substitute(
            needed=REPLIES_NEEDED,
            exact=EXACT_REPLIES,
            bands=", ".join(BAND_NAMES),
            answers="the answers",
            tag=key.tag,
        )
        for fact in _FACTS
    ]
    titles = [theme.title for theme in workshop.themes]
    page = ReplyPage(
        title=f"Before you go: {workshop.name}",
        lead="Three questions. It takes a minute, and nobody asks for your name.",
        questions=(
            build_number_question(
                "useful",
                USEFUL_QUESTION,
                low=LEAST_USEFUL,
                high=MOST_USEFUL,
                gap="Say how useful today was as well.",
            ),
            build_option_question(
                "theme", THEME_QUESTION, titles, gap="Choose a theme as well."
            ),
            build_option_question(
                "try", TRY_QUESTION, TRY_ANSWERS, gap="Say yes or no as well."
            ),
        ),
        nothing_chosen="Answer the three questions first.",
        hand_in="Give this code, without your name on it, to the person who collects the codes, or "
        "put it on a slip in the box. It counts only once, however often it is handed in.",
        facts=tuple(facts),
        paper="On paper: tick one answer to each question, and put the page into the box without "
        "your name.",
        imprint=f"Workshop {workshop.id}",
        made_on=workshop.made_on,
    )
    return build_reply_html(page, key)
