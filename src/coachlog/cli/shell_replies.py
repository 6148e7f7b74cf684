"""The answer to a shell in which somebody pressed Tab: what the unfinished word can become.

The script of each shell (`coachlog completion SHELL`) calls coachlog with the name of the shell in
`_COACHLOG_COMPLETE`, and with the command line. The first line of the answer says what follows:
`words` or `menu` and offers, one per line; or `files` or `folders`, which the shell then looks up.
With `menu`, what was typed is not how all the offers begin.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import dropwhile
from os.path import commonprefix
from typing import Any, Protocol

from coachlog.cli.declare import Call, Parameter
from coachlog.cli.root import HOME_PAGE
from coachlog.cli.unfinished_lines import (
    UnfinishedLine,
    find_home,
    read_unfinished_line,
)
from coachlog.escaping import shells
from coachlog.named_tuples import NamedTuple
from coachlog.services.completion import Offer
from coachlog.terminal.console import Console
from coachlog.text import clean_line

_BASH_LISTS = "63"
_BASH_INSERTS_COMMON_BEGINNING = "9"
_BASH_INSERTS_AND_LISTS = ("33", "64")
"""What bash is about to do, by its COMP_TYPE: the codes of `?`, Tab, `!` and `@`."""


class ShellRequest(Protocol):
    """What one shell asks, and how it reads the answer."""

    words: list[str]
    unfinished_word: str

    def format_offers(self, lead: str, offers: list[Offer]) -> list[str]:
        """Return a line for each offer; `lead` is an option's `--name=` that stands before it."""


class BashRequest:
    """Bash sends what it is about to do, the end of the line that it replaces, and the line."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.purpose, self.tail, line = arguments
        *words, unfinished_word = shells.parse_shell_line(line)
        texts = dropwhile(_is_assignment, [word.text for word in words])
        self.words = list(texts)[1:]
        self.unfinished_word = unfinished_word.text
        # Bash breaks words at colons and equals signs too, and replaces only what follows.
        self.head = shells.parse_shell_word(
            unfinished_word.typed.removesuffix(self.tail)
        )

    def format_offers(self, lead: str, offers: list[Offer]) -> list[str]:
        """Return what to put in place of the tail; or, where bash only lists, what to show."""
        head = self.head.text
        offers = [offer for offer in offers if f"{lead}{offer.value}".startswith(head)]
        rests = [f"{lead}{offer.value}".removeprefix(head) for offer in offers]
        if len(rests) == 1:
            return [
                shells.end_bash_word(self._escape_rest(rests[0]), self.head.open_quote)
            ]
        if self.purpose == _BASH_LISTS:
            return _align_labels([offer.value for offer in offers], offers)
        if self.purpose == _BASH_INSERTS_COMMON_BEGINNING:
            return self._format_common_beginning(rests)
        escaped_rests = [self._escape_rest(rest) for rest in rests]
        if self.purpose in _BASH_INSERTS_AND_LISTS:
            return _align_labels(escaped_rests, offers)
        return escaped_rests

    def _format_common_beginning(self, rests: list[str]) -> list[str]:
        """Return two words that have nothing in common but what bash is to insert.

        Bash would replace what was typed by the letters that the words have in common, fewer though
        they may be, and would cut an escaped character in two.
        """
        if not rests:
            return []
        common = commonprefix(rests)  # noqa: RUF071 - of letters, not of folders
        inserted = self.tail
        if len(common) > len(self.unfinished_word) - len(self.head.text):
            inserted = self._escape_rest(common)
        return [inserted, f"{inserted} "]

    def _escape_rest(self, rest: str) -> str:
        quote = self.head.open_quote
        escaped = shells.escape_bash_word(rest, quote)
        # Readline takes a quote at the start of a word for the opening one, and drops one of both.
        if quote and escaped.startswith(quote) and self.head.typed.endswith(quote):
            return quote + escaped
        return escaped


def _is_assignment(word: str) -> bool:
    name, sign, _ = word.partition("=")
    return bool(sign) and name.isidentifier()


class ZshRequest:
    """Zsh sends the words as they were typed, the unfinished one last, and quotes offers itself."""

    def __init__(self, arguments: Sequence[str]) -> None:
        *words, unfinished_word = [
            shells.parse_shell_word(word).text for word in arguments
        ]
        self.words = words
        self.unfinished_word = unfinished_word

    def format_offers(self, _lead: str, offers: list[Offer]) -> list[str]:
        """Return each value and, after a tab, what to show for it."""
        values = [offer.value for offer in offers]
        labels = _align_labels(values, offers)
        return [
            f"{value}\t{label}" for value, label in zip(values, labels, strict=True)
        ]


class FishRequest:
    """Fish sends the words as it read them and the unfinished one as typed, and quotes offers."""

    def __init__(self, arguments: Sequence[str]) -> None:
        *self.words, unfinished_word = arguments
        self.unfinished_word = shells.parse_shell_word(unfinished_word).text

    def format_offers(self, lead: str, offers: list[Offer]) -> list[str]:
        """Return each value and, after a tab, its label.

        Fish drops a value in which it does not find what was typed: another word takes its place.
        It escapes no tilde, which would become a folder: such a value is left out.
        """
        key = self.unfinished_word.removeprefix(lead).casefold()
        lines = []
        for offer in offers:
            value = offer.value
            if key not in value.casefold() and key in offer.other_value.casefold():
                value = offer.other_value
            word = f"{lead}{value}"
            if not word.startswith("~"):
                lines.append(f"{word}\t{offer.label}")
        return lines


class PowerShellRequest:
    """PowerShell sends the words as it read them, one per line, the unfinished one last."""

    def __init__(self, arguments: Sequence[str]) -> None:
        (lines,) = arguments
        *self.words, self.unfinished_word = lines.split("\n")

    def format_offers(self, lead: str, offers: list[Offer]) -> list[str]:
        """Return what to insert, what to list and what to explain it with, with tabs between."""
        return [
            f"{lead}{shells.escape_powershell_word(offer.value)}\t{offer.value}\t"
            f"{offer.label or offer.value}"
            for offer in offers
        ]


_REQUESTS: dict[str, Callable[[Sequence[str]], ShellRequest]] = {
    "bash": BashRequest,
    "zsh": ZshRequest,
    "fish": FishRequest,
    "powershell": PowerShellRequest,
}


def answer_shell(shell: str, arguments: Sequence[str], console: Console) -> str:
    """Return what to print for a shell that asks; '' for a script of an earlier version.

    Raises LookupError for a line with a word that is no command.
    """
    if shell not in _REQUESTS:
        return ""
    request = _REQUESTS[shell](arguments)
    completion = _look_up_completion(request.words, request.unfinished_word, console)
    if completion.places:
        return f"{completion.places}\n"
    lead = completion.lead
    offers = completion.offers
    typed_text = request.unfinished_word.removeprefix(lead)
    mode = "menu"
    if all(offer.value.startswith(typed_text) for offer in offers):
        mode = "words"
    return "".join(f"{line}\n" for line in [mode, *request.format_offers(lead, offers)])


class _Completion(NamedTuple):
    """What an unfinished word can become: offers after a lead, or files or folders."""

    offers: list[Offer]
    lead: str = ""
    places: str = ""


def _look_up_completion(
    words: list[str], unfinished_word: str, console: Console
) -> _Completion:
    line = read_unfinished_line(words)
    if home := find_home(line):
        console.home_override = home
    lead, typed_text = _split_lead(unfinished_word)
    if lead.startswith("-"):
        words = [*words, lead.removesuffix("=")]
    parameter = line.find_parameter(words, typed_text)
    # Every name of a command, an option or a choice is in lower case.
    text = typed_text.casefold()
    if parameter is None:
        return _Completion(_clean_offers(_list_line_offers(line, text, console)), lead)
    offers = _list_values(line, parameter, text, console)
    if isinstance(offers, str):
        return _Completion([], lead, offers)
    if parameter.is_argument and "--" not in words:
        offers = _leave_out_options(offers)
    return _Completion(_clean_offers(offers), lead)


def _split_lead(unfinished_word: str) -> tuple[str, str]:
    """Return the `--name=` at the beginning of a word, or the bare sign of it, and the rest."""
    name, sign, value = unfinished_word.partition("=")
    if sign and (name.startswith("-") or unfinished_word == "="):
        return f"{name}=", value
    return "", unfinished_word


def _list_line_offers(
    line: UnfinishedLine, typed_text: str, console: Console
) -> list[Offer]:
    """Return the commands and the options that can follow, or else what is short for a line."""
    offers = [
        Offer(name, help)
        for name, help in line.summaries.items()
        if name.startswith(typed_text)
    ]
    offers += _list_options(line.options, line, typed_text)
    if line.summaries and line.command:
        offers += _list_default_offers(line, typed_text, console)
    if line.is_root:
        offers += _list_short_forms(typed_text, offers)
    return offers


def _list_default_offers(
    line: UnfinishedLine, typed_text: str, console: Console
) -> list[Offer]:
    """Return what can follow a noun at once: of its default verb, an option or the argument."""
    assert line.command
    if typed_text.startswith("-"):
        return _list_options(line.command.parameters, line, typed_text)
    offers = _list_values(line, line.command.parameters[0], typed_text, console)
    return [] if isinstance(offers, str) else offers


def _list_options(
    options: Sequence[Parameter], line: UnfinishedLine, typed_text: str
) -> list[Offer]:
    """Return the options that begin so, but for those that are typed and can stand once only."""
    if not typed_text or typed_text[0].isalnum():
        return []
    return [
        Offer(flag, option.declaration.help)
        for option in options
        if option.is_list or option.name not in line.values
        for flag in (*option.flags, *option.off_flags)
        if flag.startswith(typed_text)
    ]


def _list_values(
    line: UnfinishedLine, parameter: Parameter, typed_text: str, console: Console
) -> list[Offer] | str:
    """Return the values of an argument or option that begin so, or the kind of path it takes."""
    suggest = parameter.declaration.autocompletion
    if suggest:
        call = Call(line.command or HOME_PAGE, line.values)
        return suggest(console, call, typed_text)
    value_type: Any = parameter.value_type
    if not issubclass(value_type, StrEnum):
        return []
    return [
        Offer(choice.value) for choice in value_type if choice.startswith(typed_text)
    ]


def _leave_out_options(offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers that a command would not take for an option."""
    return [offer for offer in offers if not offer.value.startswith("-")]


def _list_short_forms(typed_text: str, offers: Sequence[Offer]) -> list[Offer]:
    """Return the short forms that begin so; only without other offers, which they would hide."""
    from coachlog.cli.synonyms import SHORT_FORMS

    if offers:
        return []
    return [
        Offer(word, f"short for {line}")
        for word, line in SHORT_FORMS.items()
        if typed_text and word.startswith(typed_text)
    ]


def _clean_offers(offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers that can be typed, each once, with labels that can be shown."""
    offers_by_value = {
        offer.value: offer._replace(label=clean_line(offer.label))
        for offer in offers
        if shells.can_stand_in_line(offer.value)
    }
    return list(offers_by_value.values())


def _align_labels(texts: list[str], offers: Sequence[Offer]) -> list[str]:
    """Return the texts, each with the label of its offer after it, in two columns."""
    width = max(map(len, texts), default=0)
    return [
        f"{text:<{width}}  {offer.label}" if offer.label else text
        for text, offer in zip(texts, offers, strict=True)
    ]
