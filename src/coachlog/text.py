"""Text that people typed: cleaning, shortening, comparing it, and turning names into slugs."""

MAX_ANSWER_BYTES = 64 * 1024
"""The limit for the text of one answer, in bytes of UTF-8."""

NAME_TITLES = {
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
}
APOSTROPHES = "‘’‚‛ʹʻʼʽˈ′‵"
_SPACING_ACUTE = "´"
_HYPHENS = "‐‑‒–—―−⁃"
PLAIN_LETTERS = {
    "ł": "l",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
}
_PLAIN_MARKS = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-")
)
_PLAIN_CHARACTERS = str.maketrans(PLAIN_LETTERS)
_ASCII_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}
_INVISIBLE_CHARACTERS = "\ufe0f\u034f"
# Word's soft line break and page break part words, not lines: a private line goes on behind them.
_BREAKS = str.maketrans({"\r": "\n", "\v": " ", "\f": " "})
_JOINERS = "\u200c\u200d"


def clean_text(text: str) -> str:
    """Return the text without anything that could control a terminal or disguise the text.

    Line ends become `\\n`, and Word's soft breaks blanks. Control characters and lone surrogates
    become U+FFFD, so that the change can be seen. Invisible format characters (right-to-left marks,
    zero-width spaces, soft hyphens) are removed, except the joiners that scripts and emoji need.
    """
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_BREAKS)
    return "".join(map(_clean_character, text))


def clean_file_name(name: str) -> str:
    """Return the name of a file as clean text; a byte that is not text becomes `\\xe9`.

    Most systems let a name have any bytes, and Python makes half a character of such a byte.
    """
    if name.isprintable():
        return name
    return clean_text("".join(map(_spell_byte, name)))


def _spell_byte(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character


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
    """Return the cleaned text as one line, with each run of white space as one space."""
    return " ".join(clean_text(text).split())


def clean_paragraphs(text: str) -> str:
    """Return the cleaned text without spaces at the line ends or blank lines around it."""
    lines = [line.rstrip() for line in clean_text(text).split("\n")]
    return "\n".join(lines).strip("\n")


def count_bytes(text: str) -> int:
    """Return how many bytes the text takes in UTF-8; a lone surrogate counts as three."""
    return len(text.encode("utf-8", "surrogatepass"))


def count_kib(text: str) -> int:
    """Return the size of the text in KiB, rounded up so that 64 is never more than 64 KiB."""
    return -(-count_bytes(text) // 1024)


def fold_text(text: str) -> str:
    """Return the text for comparison: without case, accents or repeated spaces.

    Letters that have no accent to lose become the nearest plain ones (`ł` is `l`, `æ` is `ae`), and
    there is one apostrophe and one hyphen, however they were typed.
    """
    text = " ".join(text.split())
    if text.isascii():
        return text.casefold()
    from unicodedata import combining, normalize

    plain_characters = []
    # Typed for an apostrophe; on its own it would be a space with an accent.
    decomposed = normalize("NFKD", text.replace(_SPACING_ACUTE, "'"))
    for character in decomposed.translate(_PLAIN_MARKS):
        if not combining(character) and character not in _JOINERS:
            plain_characters.append(character)
    folded = "".join(plain_characters).casefold().translate(_PLAIN_CHARACTERS)
    # Other signs are a space with an accent, too.
    return " ".join(folded.split())


def split_words(text: str) -> list[str]:
    """Return the folded words of a text: all letters and digits between anything else.

    Letters of every script count.
    """
    folded = fold_text(text)
    if folded.isascii():
        return folded.translate(_ASCII_SEPARATORS).split()
    words = ""
    for character in folded:
        follows_letter = words[-1:] not in ("", " ")
        if character.isalnum() or (follows_letter and _is_letter_mark(character)):
            words += character
        else:
            words += " "
    return words.split()


def has_words(text: str, words: str) -> bool:
    """Return whether a text has all these words; each may be the beginning of one of its own."""
    text_words = split_words(text)
    return all(
        any(text_word.startswith(word) for text_word in text_words)
        for word in split_words(words)
    )


def build_slug(name: str) -> str:
    """Return a short handle for a name: `Priya Shah` -> `priya-shah`; '' if no letter is in it.

    Letters of every script stay, so a name without Latin letters has a handle as well.
    """
    return "-".join(split_words(name))[:60].strip("-")


def _is_letter_mark(character: str) -> bool:
    """Return whether a character is a mark on a letter, such as a vowel of Devanagari."""
    if character.isascii() or character in _INVISIBLE_CHARACTERS:
        return False
    from unicodedata import category

    return category(character)[0] == "M"


def extract_first_name(name: str) -> str:
    """Return the name to use in a question: the first word, or the whole name after a title."""
    words = name.split()
    if not words or fold_text(words[0]).rstrip(".") in NAME_TITLES:
        return name
    return words[0]


def shorten_text(text: str, width: int) -> str:
    """Return the text as one line of at most `width` characters, with `…` where it was cut."""
    return cut_line(clean_line(text), width)


def cut_line(text: str, width: int) -> str:
    """Return at most `width` characters of a line, with `…` where it was cut."""
    if len(text) <= width:
        return text
    return text[: width - 1].rstrip() + "…"


def format_count(count: int, noun: str, plural_noun: str | None = None) -> str:
    """Return the count with its noun: `1 action`, `2 actions`, `3 people`."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {plural_noun or noun + 's'}"


def join_phrases(phrases: list[str]) -> str:
    """Return phrases with commas, and “and” before the last; '' for none."""
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} and {phrases[-1]}"


def format_counts(*parts: tuple[int, str]) -> str:
    """Return the counts that are not 0, with their nouns: `1 action and 2 goals`; '' for none."""
    return " and ".join(format_count(count, noun) for count, noun in parts if count)


def format_times(count: int) -> str:
    """Return how often, in words: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def find_nearest_words(word: str, candidates: list[str]) -> list[str]:
    """Return up to three of the candidates that look like `word`, the most similar first.

    A candidate is also compared by each of its words; those that contain `word` come first.
    """
    from difflib import get_close_matches

    query = fold_text(word)
    if not query:
        return []
    candidates_by_part: dict[str, list[str]] = {}
    for candidate in candidates:
        folded = fold_text(candidate)
        for part in (folded, *folded.split()):
            candidates_by_part.setdefault(part, []).append(candidate)
    parts = [part for part in candidates_by_part if query in part]
    parts += get_close_matches(query, list(candidates_by_part), cutoff=0.6)
    matches: list[str] = []
    for part in parts:
        matches += candidates_by_part[part]
    return list(dict.fromkeys(matches))[:3]
