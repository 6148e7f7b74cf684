"""Names of people and sets: compared, put in order, proposed with their capitals, and refused.

Two names are one person's where their letters are the same: case, accents, titles, and kinds of
apostrophe and hyphen count for nothing.
"""

import re

from coachlog.text import NAME_TITLES, clean_line, fold_text, split_words

STAND_INS = frozenset(
    (
        *("me", "myself", "i", "you", "them", "they", "him", "her", "us", "we", "both"),
        *(
            "none",
            "nobody",
            "no one",
            "all",
            "everyone",
            "everybody",
            "anyone",
            "anybody",
        ),
        *("someone", "somebody", "someone else", "other"),
        *("she", "he", "his", "hers", "mine", "ours", "their", "theirs", "who"),
    )
)
"""Words that stand for a person in an option, an answer or a list, and so are nobody's name."""
COMMAND_WORDS = frozenset(
    (
        *("action", "agreement", "audit", "backup", "brief", "check", "completion"),
        *("config", "cpd", "demo", "doctor", "example", "export", "goal", "help"),
        *("history", "hours", "ics", "identity", "import", "log", "met", "note"),
        *("pack", "person", "plan", "prepare", "privacy", "programme", "progress"),
        *("protect", "pulse", "receive", "redo", "search", "session", "set", "share"),
        *("story", "sync", "tank", "template", "undo", "workshop", "worth"),
    )
)
"""The commands that there are or will be: nobody's handle, as `coachlog brief` is not a person."""
MAX_NAME = 120
"""The limit for a name, in characters."""
NAME_PARTICLES = frozenset(
    (
        *("af", "al", "av", "bin", "bint", "da", "de", "degli", "dei", "del", "della"),
        *("den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le", "of"),
        *("ten", "ter", "und", "van", "von", "y", "zu", "zum", "zur"),
    )
)
"""Small words of names: `van` and `der` of Eva van der Berg."""
_CAPITAL_PLACES = r"(?:^|(?<=[-‐‑’' ]))[^\W\d_]"
"""The first letter of each part of a name: Anne-Marie, O'Brien."""
_NAME_BREAK = r"(?i)\s*[,&+]\s*|\s+and\s+"
_NOTE_SIGNS = ("~", "#", "☐")
_LONGEST_TYPED_NAME, _LONGEST_CREDENTIAL = 60, 4


def split_name(name: str) -> list[str]:
    """Return the folded words of a name without its titles: `Dr. Ann O’Neill` -> ann, o, neill."""
    return strip_titles(split_words(name))


def build_name_key(name: str) -> str:
    """Return what all spellings of a name have in common: its folded letters, without titles."""
    return "".join(split_name(name))


def build_sort_key(name: str) -> str:
    """Return the text by which a list of names is ordered: Ångström is among the As."""
    return " ".join(join_inner_parts(name)) or fold_text(name)


def is_same_name(name: str, other_name: str) -> bool:
    """Return whether two names differ in nothing but how they are typed."""
    return build_name_key(name) == build_name_key(other_name)


def is_stand_in(name: str) -> bool:
    """Return whether a name is a word for a person, such as `me`, `them` or `Dr. Me`."""
    return " ".join(split_name(name)) in STAND_INS


def is_bare_title(name: str) -> bool:
    """Return whether there is nothing but titles in a name: `Mr`, `Prof. Dr.`."""
    words = split_words(name)
    return bool(words) and all(word in NAME_TITLES for word in words)


def has_letter(name: str) -> bool:
    """Return whether there is a letter, of any script, in a name."""
    return any(character.isalpha() for character in name)


def find_name_fault(name: str) -> str | None:
    """Return in a sentence why this can be nobody's name, nor a set's; None if it can."""
    if not has_letter(name):
        return "A name needs a letter."
    if is_bare_title(name):
        return f"“{_unquote(name)}” is a title, so the name is missing."
    if is_stand_in(name):
        return (
            f"“{_unquote(name)}” stands for a person where a name is asked for, "
            "so it cannot be a name."
        )
    if len(name) > MAX_NAME:
        return (
            f"That name is too long: {len(name)} characters (the limit is {MAX_NAME})."
        )
    return None


def _unquote(name: str) -> str:
    """Return a name without the quotation marks around it, for a sentence that adds its own."""
    return name.strip("“”„\"‘’' ")


def is_single_word(name: str) -> bool:
    """Return whether a name is only one word, so that more of it may be missing."""
    return len(clean_line(name).split()) < 2


def propose_name(typed_name: str) -> str:
    """Return a name typed all in small letters with its capitals, to be seen before it is saved.

    A name with any capital, or in a script that has none, stays as it was typed, and so does what
    stands in brackets: `eva van der berg (ward 7)` is Eva van der Berg (ward 7).
    """
    name = clean_line(typed_name)
    if name != name.lower():
        return name
    bare_name, bracket, aside = name.partition("(")
    words = bare_name.split(" ")
    proposed_words = [_capitalise_word(words[0])]
    for word in words[1:]:
        is_particle = word in NAME_PARTICLES
        proposed_words.append(word if is_particle else _capitalise_word(word))
    return " ".join(proposed_words) + bracket + aside


def _capitalise_word(word: str) -> str:
    """Return a word with a capital at each place that has one; nothing else is changed."""
    return re.sub(_CAPITAL_PLACES, lambda match: _find_capital(match[0]), word)


def _find_capital(letter: str) -> str:
    """Return the capital of a letter, or the letter itself where that would be two."""
    capital = letter.title()
    return capital if len(capital) == 1 else letter


def split_joint_name(typed_name: str) -> list[str]:
    """Return the names in what was typed as one: `dana and priya` has two, `Priya Shah` one.

    They are parted by `and`, `&`, `+` or a comma outside brackets; `RN` after a comma is no name.
    """
    name = clean_line(typed_name).partition("(")[0]
    parts = [part.strip() for part in re.split(_NAME_BREAK, name)]
    return [part for part in parts if has_letter(part) and not _is_credential(part)]


def _is_credential(part: str) -> bool:
    return len(part) <= _LONGEST_CREDENTIAL and part.isupper()


def looks_like_note(typed_name: str) -> bool:
    """Return whether what was typed for a name reads like a line of notes: `- ring her by fri`."""
    # Imported here because it compiles patterns, and hardly any command asks for a new name.
    from coachlog.bullets import strip_first_mark

    line = clean_line(typed_name)
    if len(line) > _LONGEST_TYPED_NAME or line.startswith(_NOTE_SIGNS):
        return True
    has_box = line[:1] == "[" and line[2:3] == "]"
    if has_box or strip_first_mark(line) is not None:
        return True
    return _has_deadline(line)


def _has_deadline(line: str) -> bool:
    """Return whether `by` stands between other words of a line, or anywhere beside a number."""
    words = fold_text(line).split(" ")
    if any(map(str.isdigit, line)):
        return "by" in words
    return "by" in words[1:-1]


def join_inner_parts(name: str) -> list[str]:
    """Return the words of a name as blanks divide it: `O'Brien` is `obrien`."""
    words = ["".join(split_words(word)) for word in fold_text(name).split()]
    return [word for word in words if word]


def strip_titles(words: list[str]) -> list[str]:
    """Return the words without the titles before them; a title alone is a name."""
    first = 0
    while first < len(words) - 1 and words[first] in NAME_TITLES:
        first += 1
    return words[first:]
