"""The pulse as a page for the browser, which turns two numbers into a reply code."""

from string import Template

from coachlog.exports.reply_page import (
    PROTECTION_FACT,
    TAG_FACT,
    ReplyPage,
    build_number_question,
    build_reply_html,
)
from coachlog.model.pulse import Pulse
from coachlog.model.replies import ReplyKey
from coachlog.rules.pulse_results import HIGH_WORDS, LOW_WORDS
from coachlog.rules.reply_counts import BAND_NAMES, EXACT_REPLIES, REPLIES_NEEDED

_FACTS = (
    "This page turns your two numbers into a short code. It sends nothing, stores nothing and "
    "works offline.",
    "Your manager sees results only once $needed replies are in, and then only how many people "
    "gave which number: below $exact replies in three bands "
    '<span class="bands">($bands)</span>.',
    PROTECTION_FACT,
    "If everybody gives much the same answer, the results say what each of you gave.",
    TAG_FACT,
    "These are two plain statements to start a conversation in the team, not a validated scale.",
)


def build_pulse_html(pulse: Pulse, key: ReplyKey) -> str:
    """Return the page that turns two choices into a reply code; it works offline."""
    facts = [
        Template(fact).substitute(
            needed=REPLIES_NEEDED,
            exact=EXACT_REPLIES,
            bands=", ".join(BAND_NAMES),
            answers="the two numbers",
            tag=key.tag,
        )
        for fact in _FACTS
    ]
    page = ReplyPage(
        title="Two statements about your manager",
        lead="How well does each one match what you see at work? It takes a minute, and nobody "
        "asks for your name.",
        questions=tuple(map(_build_statement_html, (1, 2), pulse.statements)),
        nothing_chosen="Choose a number for each statement first.",
        hand_in="Give this code, without your name on it, to the colleague who collects the codes "
        "and passes them on together. If nobody collects them, put it on a slip in a box. It "
        "counts only once, however often it is handed in.",
        facts=tuple(facts),
        paper="On paper: tick one number for each statement, fold the page and give it, without "
        "your name, to the colleague who collects them.",
        imprint=f"Pulse {pulse.id}",
        made_on=pulse.made_on,
    )
    return build_reply_html(page, key)


def _build_statement_html(number: int, words: str) -> str:
    ordinal = "first" if number == 1 else "second"
    return build_number_question(
        f"statement-{number}",
        words,
        low=LOW_WORDS,
        high=HIGH_WORDS,
        gap=f"Choose a number for the {ordinal} statement as well.",
    )
