"""What a person typed: made safe to store and show, shortened, compared, turned into a slug."""

MAX_ANSWER_BYTES = 64 * 1024
"""The longest text kept as one answer, in bytes of UTF-8."""

_NAME_TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev"}
_INVISIBLE_CHARACTERS = "\ufe0f\u034f"
_JOINERS = "\u200c\u200d"


def clean_text(text: str) -> str:
    """Return the text without anything that could steer a terminal or hide what it says.

    Line ends become `\\n`. Control characters and lone surrogates become U+FFFD, so that a
    change can be seen. Invisible format characters (right-to-left marks, zero-width spaces,
    soft hyphens) are left out, but the joiners that some scripts and emoji need stay.
    """
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_clean_character, text))


def _clean_character(character: str) -> str:
    from unicodedata import category

    if character in "\n\t" or character in _JOINERS:
        return character
    match category(character):
        case "Cc" | "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case "Cf":
            return ""
        case "Zl" | "Zp":
            return "\n"
        case _:
            return character


def clean_line(text: str) -> str:
    """Return the cleaned text as one line: every run of white space is one space."""
    return " ".join(clean_text(text).split())


def clean_paragraphs(text: str) -> str:
    """Return the cleaned text without space at the line ends and blank lines around it."""
    return "\n".join(part.rstrip() for part in clean_text(text).split("\n")).strip("\n")


def count_bytes(text: str) -> int:
    """Return how many bytes the text takes in UTF-8; a lone surrogate counts as three."""
    return len(text.encode("utf-8", "surrogatepass"))


def count_kib(text: str) -> int:
    """Return the size of the text in KiB, rounded up: never `64` for more than 64."""
    return -(-count_bytes(text) // 1024)


def fold_text(text: str) -> str:
    """Return the text for comparing: without case, accents or doubled spaces."""
    text = " ".join(text.split())
    if text.isascii():
        return text.casefold()
    from unicodedata import combining, normalize

    kept = (c for c in normalize("NFKD", text) if not combining(c) and c not in _JOINERS)
    return "".join(kept).casefold()


def build_slug(name: str) -> str:
    """Return a short handle for a name: `Priya Shah` -> `priya-shah`; '' when nothing is left.

    Letters of every script stay, so a name needs no Latin letters to have a handle.
    """
    kept = ""
    for character in fold_text(name):
        mark = (
            kept[-1:].strip()
            and character not in _INVISIBLE_CHARACTERS
            and _is_letter_mark(character)
        )
        kept += character if character.isalnum() or mark else " "
    return "-".join(kept.split())[:60].strip("-")


def _is_letter_mark(character: str) -> bool:
    """Return whether this is a sign written on a letter, as the vowels of several scripts are."""
    if character.isascii():
        return False
    from unicodedata import category

    return category(character)[0] == "M"


def extract_first_name(name: str) -> str:
    """Return what someone is called in a question: the first word, or all after a title."""
    first = name.split()[0] if name.split() else name
    return name if fold_text(first).rstrip(".") in _NAME_TITLES else first


def strip_title(name: str) -> str:
    """Return a folded name without a title before it: `dr helen marsh` -> `helen marsh`."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.rstrip(".") in _NAME_TITLES else name


def shorten_text(text: str, width: int) -> str:
    """Return the text as one line of at most `width` characters, with `…` where it was cut."""
    return cut_line(clean_line(text), width)


def cut_line(text: str, width: int) -> str:
    """Return at most `width` characters of a line, with `…` where it was cut."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def format_count(count: int, noun: str, plural_noun: str | None = None) -> str:
    """Return the count with its noun: `1 action`, `2 actions`, `3 people`."""
    return f"{count} {noun if count == 1 else plural_noun or noun + 's'}"


def format_counts(*parts: tuple[int, str]) -> str:
    """Return the counts that are not 0, with their nouns: `1 action and 2 goals`; '' for none."""
    return " and ".join(format_count(count, noun) for count, noun in parts if count)


def format_times(count: int) -> str:
    """Return how often in words: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def find_nearest_words(word: str, candidates: list[str]) -> list[str]:
    """Return up to three known words that look like `word`, the most alike first."""
    from difflib import get_close_matches

    by_part: dict[str, list[str]] = {}
    for name in candidates:
        for part in (fold_text(name), *fold_text(name).split()):
            by_part.setdefault(part, []).append(name)
    wanted = fold_text(word)
    parts = [part for part in by_part if wanted and wanted in part]
    parts += get_close_matches(wanted, list(by_part), cutoff=0.6)
    return list(dict.fromkeys(name for part in parts for name in by_part[part]))[:3]
