"""Who a conversation is with: someone in the journal, someone new, or nobody."""

from coachlog.errors import Refusal
from coachlog.interview.back import BACK, Back
from coachlog.model.people import Person, Relationship
from coachlog.names.matching import list_active, match_by_name
from coachlog.names.spelling import looks_like_note, propose_name, split_joint_name
from coachlog.phrasing.relationships import RELATIONSHIP_ROWS
from coachlog.services.desk import Desk
from coachlog.services.new_names import (
    WHOLE_NAME_QUESTION,
    ask_whole_name,
    introduce_person,
    settle_new_name,
)
from coachlog.services.people import load_default_rhythm
from coachlog.services.sessions.session_setup import NewPerson, SessionPartner
from coachlog.text import clean_line, find_nearest_words, shorten_text

SOMEONE_HELP = "Type a name. To leave, press Enter without one."
"""What to type where a conversation takes two."""
_NAME_AGAIN_HELP = "Enter keeps it; empty it to choose somebody else."
_LONGEST_QUOTE = 60
_NEWCOMER_QUESTION = "{name} is new here. Who are they to you?"


def choose_partner(
    desk: Desk, people: list[Person], name: str | None, *, help: str | None = None
) -> SessionPartner:
    """Return a person, someone new whose relationship was asked for, or None for nobody.

    `people` are all in the journal, those archived too. `help` is shown where a name is asked for.
    """
    has_whole_name = False
    while True:
        partner = find_partner(desk, people, name, help=help)
        if not isinstance(partner, str):
            return partner
        new_name = partner if has_whole_name else ask_whole_name(desk, partner)
        new_partner = _ask_new_partner(desk, people, new_name)
        if new_partner is not None:
            return new_partner
        # Back to the name that was typed last, which may be a slip; emptied, to anybody.
        name = desk.asker.ask_words(WHOLE_NAME_QUESTION, _NAME_AGAIN_HELP, new_name)
        name = name or None
        has_whole_name = name is not None


def find_partner(
    desk: Desk,
    people: list[Person],
    name: str | None,
    *,
    help: str | None = None,
    asks_similar: bool = True,
    keeps_words: bool = False,
) -> Person | str | None:
    """Return a person, the name of someone new as it was typed, or None for nobody.

    Without a name it is asked for, with `help`. What was typed takes the same there as on a command
    line: a handle, or the beginnings of words of one name. Of several people that fit, and with
    `asks_similar` of those whose name only looks alike, the owner chooses. What names several, or
    reads like a note, is asked about again; with `keeps_words`, notes are kept for the box.
    """
    while True:
        if name is None:
            name = _ask_partner_name(desk, people, help)
        if not name:
            return None
        partner = _settle_typed_partner(
            desk, people, name, asks_similar=asks_similar, keeps_words=keeps_words
        )
        if not isinstance(partner, Back):
            return partner
        name = None


def _settle_typed_partner(
    desk: Desk,
    people: list[Person],
    name: str,
    *,
    asks_similar: bool,
    keeps_words: bool,
) -> Person | str | Back:
    """Return a person, the name of someone new as it was typed, or BACK to ask again."""
    matches = match_by_name(people, name)
    if len(matches) == 1:
        desk.asker.tell(introduce_person(matches[0]), dim=True, mark="→")
        return matches[0]
    if not matches and not _is_one_name(desk, people, name, keeps_words):
        return BACK
    similar_people = find_similar_people(name, people) if asks_similar else []
    if not matches and not similar_people:
        return name
    choice = _ask_who_is_meant(
        desk, name, matches, similar_people, keeps_words=keeps_words
    )
    return name if choice is None else choice


def _is_one_name(
    desk: Desk, people: list[Person], name: str, keeps_words: bool
) -> bool:
    """Return whether what was typed can be the name of somebody new; if not, say why."""
    if looks_like_note(name):
        effect = ""
        if keeps_words:
            desk.asker.keep_words(name)
            effect = " It is kept for your notes."
        quote = shorten_text(clean_line(name), _LONGEST_QUOTE)
        desk.asker.tell(f"“{quote}” reads like a note, not like a name.{effect}")
        return False
    names = split_joint_name(name)
    if len(names) < 2:
        return True
    desk.asker.tell(phrase_joint_name(people, name))
    return False


def phrase_joint_name(people: list[Person], name: str) -> str:
    """Return the sentence that a conversation is with one of those named, and who they may be."""
    candidates = []
    parts = split_joint_name(name)
    for part in parts:
        matches = match_by_name(people, part)
        candidates += [person.name for person in matches] or [propose_name(part)]
    listed = " or ".join(dict.fromkeys(candidates))
    quote = shorten_text(clean_line(name), _LONGEST_QUOTE)
    sentence = f"A conversation is with one person. “{quote}” could be: {listed}."
    if len(parts) == 2:
        sentence += " With both: coachlog session new --with NAME --with NAME."
    return sentence


def _ask_partner_name(desk: Desk, people: list[Person], help: str | None) -> str:
    return desk.asker.ask_name(
        list_active(people), lambda query: match_by_name(people, query), help=help
    )


def _ask_who_is_meant(
    desk: Desk,
    name: str,
    matches: list[Person],
    similar_people: list[Person],
    *,
    keeps_words: bool,
) -> Person | Back | None:
    """Return one of these people, None for someone new, or BACK.

    The likeliest stands first: of those that a name fits the most alike, and Enter alone takes none
    of them; but where nobody has it, someone new, as a name that only looks alike is somebody
    else's.
    """
    people = matches or similar_people
    rows: list[tuple[str, Person | None]] = [
        (introduce_person(person), person) for person in people
    ]
    new_row = (f"{propose_name(name)} (new)", None)
    rows = [*rows, new_row] if matches else [new_row, *rows]
    return desk.asker.choose(
        f"Who is “{name}”?",
        rows,
        is_statement=bool(matches),
        keeps_words=keeps_words,
    )


def build_nobody_error() -> Refusal:
    """Return the error that nobody was chosen for a conversation that takes two."""
    return Refusal(
        "Nobody was chosen, so nothing was saved.",
        "For a conversation with yourself: coachlog session new",
    )


def find_similar_people(name: str, people: list[Person]) -> list[Person]:
    """Return the people whose name looks like this one, the most similar first; none archived."""
    people_by_name = {person.name: person for person in people if not person.archived}
    return [
        people_by_name[similar]
        for similar in find_nearest_words(name, [*people_by_name])
    ]


def _ask_new_partner(
    desk: Desk, people: list[Person], new_name: str
) -> Person | NewPerson | None:
    """Return someone new, or a namesake who was meant after all; None if the owner went back."""
    name = settle_new_name(desk, new_name, people)
    if isinstance(name, Person):
        desk.asker.tell(introduce_person(name), dim=True, mark="→")
        return name
    partner = ask_newcomer(desk, name, [])
    return None if isinstance(partner, Back) else partner


def ask_newcomer(
    desk: Desk, name: str, similar_people: list[Person]
) -> Person | NewPerson | Back:
    """Return someone new, one of the people of a similar name who was meant instead, or BACK."""
    rows: list[tuple[str, Relationship | Person]] = [*RELATIONSHIP_ROWS]
    # Enter takes the first row, and whoever looks alike has to be seen before it is pressed.
    rows[1:1] = [
        (f"not new: {introduce_person(person)}", person) for person in similar_people
    ]
    question = _NEWCOMER_QUESTION.format(name=name)
    choice = desk.asker.choose(question, rows, is_statement=True)
    if isinstance(choice, Back | Person):
        return choice
    return NewPerson(name, choice, load_default_rhythm(desk, choice))
