"""The themes of a workshop as cards to print on A4 and cut out.

The page has its own HTML and style, as no document of blocks is laid out in cards. It loads
nothing.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from coachlog.model.workshops import Workshop, WorkshopTheme
from coachlog.text import clean_text

BRIEF_CARD_LENGTH = 130
"""Up to so many characters on each of its cards, a workshop has them in large print."""

_CARDS_FOLDER = Path(__file__).parent
_SHEET = Template(
    '<section class="sheet" aria-label="Page $number">\n$cards\n</section>'
)
_CARD = Template("""\
<article class="card">
<p class="number" aria-hidden="true">$number</p>
<h2 dir="auto">$title</h2>
$lines
<p class="name" dir="auto">$name</p>
</article>""")


def build_theme_cards(workshop: Workshop, cards_a_page: int) -> str:
    """Return the page of cards, so many on each sheet of A4."""
    style = _read_card_part("cards.css")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    cards = [
        _build_card(number, theme, workshop.name)
        for number, theme in enumerate(workshop.themes, start=1)
    ]
    sheets = []
    for number, start in enumerate(range(0, len(cards), cards_a_page), start=1):
        sheet_cards = "\n".join(cards[start : start + cards_a_page])
        sheets.append(_SHEET.substitute(number=number, cards=sheet_cards))
    return Template(_read_card_part("cards.html")).substitute(
        style=style,
        style_hash=f"sha256-{digest}",
        name=_escape_card_words(workshop.name),
        size=_choose_card_classes(workshop.themes, cards_a_page),
        sheets="\n".join(sheets),
    )


def _choose_card_classes(themes: Sequence[WorkshopTheme], cards_a_page: int) -> str:
    """Return how large the cards are, and whether all their words are few enough to be large.

    All cards of a workshop have the same print: one that stands out would look more important.
    """
    size = "large" if cards_a_page == 2 else "small"
    longest = max(sum(map(len, (theme.title, *theme.lines))) for theme in themes)
    return f"{size} brief" if longest <= BRIEF_CARD_LENGTH else size


def _build_card(number: int, theme: WorkshopTheme, name: str) -> str:
    lines = [
        f'<p class="line" dir="auto">{_escape_card_words(line)}</p>'
        for line in theme.lines
    ]
    return _CARD.substitute(
        number=number,
        title=_escape_card_words(theme.title),
        lines="\n".join(lines),
        name=_escape_card_words(name),
    )


def _escape_card_words(words: str) -> str:
    return escape(clean_text(words))


def _read_card_part(name: str) -> str:
    return (_CARDS_FOLDER / name).read_text(encoding="utf-8").strip()
