"""Arguments that are asked for where they are missing, and numbers that words stand for.

Decided once, for every command: an argument says what it is about, and the rest is here. It is
looked at after the options that were typed, of which `--json` and `--no-input` never ask.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coachlog.cli.date_words import DateOption, find_dated_ids
from coachlog.cli.declare import Argument, Call

if TYPE_CHECKING:
    from coachlog.services.subjects import Subject
    from coachlog.terminal.console import Console

_LEFT_OUT = "you are asked if you leave it out"


def build_id_argument(
    subject_name: str,
    *,
    metavar: str = "ID",
    help: str,
    autocompletion: Any,
    is_optional: bool = False,
    date_option: DateOption | None = None,
) -> Any:
    """Return an argument of one number, or several; words that name one thing do as well.

    `subject_name` is the name of a subject in `services.subjects`. An optional one is left to the
    command where it is missing. With a `date_option`, the last of several words may be its date.
    """

    is_several = "..." in metavar

    def take_ids(console: "Console", call: Call, value: Any) -> Any:
        if is_optional and value is None:
            return value
        subject = _get_subject(subject_name)
        if not value:
            id = _choose_missing(console, call, metavar, subject)
            return [id] if is_several else id
        find_ids = _find_ids if is_several else _find_joined_id
        texts = value if is_several else [value]
        if date_option is None:
            ids = find_ids(console, subject, texts)
        else:
            ids = find_dated_ids(
                call,
                date_option,
                texts,
                lambda texts: find_ids(console, subject, texts),
            )
        return ids if is_several else ids[0]

    words_help = "a few of their words" if is_several else "a few of its words"
    left_out = "you are asked if you leave them out" if is_several else _LEFT_OUT
    return Argument(
        metavar=metavar,
        help=f"{help}, or {words_help}; {left_out}.",
        autocompletion=autocompletion,
        parser=str,
        take=take_ids,
    )


def build_name_argument(
    subject_name: str,
    *,
    metavar: str = "NAME",
    help: str,
    autocompletion: Any,
    back_subject_name: str = "",
    default_help: str = "",
) -> Any:
    """Return an argument that a command itself looks up; here it is only asked for.

    With `--back`, it is the second subject that is asked for. With `default_help`, which says what
    a command takes where nobody can be asked, it is left to the command there.
    """

    def take_name(console: "Console", call: Call, value: Any) -> Any:
        if value is not None:
            return value
        if default_help and not _can_ask(console, call):
            return None
        is_back = back_subject_name and call.values.get("back")
        name = back_subject_name if is_back else subject_name
        return _choose_missing(console, call, metavar, _get_subject(name))

    return Argument(
        metavar=metavar,
        help=f"{help}; {_LEFT_OUT}{default_help}.",
        autocompletion=autocompletion,
        take=take_name,
    )


def build_words_argument(
    question: str,
    *,
    metavar: str,
    help: str,
    check: "Callable[[Console, Call, str], object]",
    describe: Callable[[Call], str] | None = None,
    autocompletion: Any = None,
) -> Any:
    """Return an argument of words that are typed where they are missing.

    `describe` returns what is shown below the question, once the arguments before are known. What
    `check` refuses with InvalidInput is asked for again.
    """

    def take_words(console: "Console", call: Call, value: Any) -> Any:
        if value is not None:
            return value
        _require_interaction(console, call, metavar)
        hint = describe(call) if describe else None
        from coachlog.services.inputs import ask_checked_words

        def take_checked_words(words: str) -> str:
            if not words:
                from coachlog.errors import Refusal

                raise Refusal("Nothing was typed.")
            check(console, call, words)
            return words

        return ask_checked_words(console.desk.asker, question, take_checked_words, hint)

    return Argument(
        metavar=metavar,
        help=f"{help}; {_LEFT_OUT}.",
        autocompletion=autocompletion,
        take=take_words,
    )


def build_choice_argument(
    question: str, choices: type[StrEnum], *, metavar: str, help: str
) -> Any:
    """Return an argument that is one of a few words, chosen where it is missing."""

    def take_choice(console: "Console", call: Call, value: Any) -> Any:
        if value is not None:
            return value
        _require_interaction(console, call, metavar)
        rows = [(choice.value, choice.value) for choice in choices]
        choice = console.desk.asker.choose(question, rows)
        if not isinstance(choice, str):
            from coachlog.errors import Refusal

            raise Refusal("Nothing was done.")
        return choices(choice)

    return Argument(metavar=metavar, help=f"{help}; {_LEFT_OUT}.", take=take_choice)


def _get_subject(name: str) -> "Subject":
    from coachlog.services import subjects

    subject: Subject = getattr(subjects, name)
    return subject


def _choose_missing(
    console: "Console", call: Call, metavar: str, subject: "Subject"
) -> int | str:
    from coachlog.services.subjects import choose_subject

    _require_interaction(console, call, metavar)
    # A command that has --json and asks for its subject only shows it.
    return choose_subject(console.desk, subject, is_only_shown="as_json" in call.values)


def _require_interaction(console: "Console", call: Call, metavar: str) -> None:
    """Raise InvalidInput, as for any missing argument, where nobody can be asked for it."""
    if not _can_ask(console, call):
        from coachlog.errors import InvalidInput

        raise InvalidInput(
            f"Missing argument '{metavar}'.",
            f"See: coachlog {call.command.path} --help",
        )


def _can_ask(console: "Console", call: Call) -> bool:
    return console.desk.interactive and not call.values.get("as_json")


def _find_ids(
    console: "Console", subject: "Subject", texts: Sequence[str]
) -> list[Any]:
    """Return the numbers that are typed, and those of what words name.

    Words that are neighbours name one thing together, unless a quoted phrase is among them: then
    each argument is one.
    """
    is_quoted = any(" " in text.strip() for text in texts)
    ids: list[Any] = []
    phrase: list[str] = []
    for text in (*texts, ""):
        id = _parse_id(text)
        if phrase and (id is not None or is_quoted or not text):
            ids.append(_find_id(console, subject, " ".join(phrase)))
            phrase = []
        if id is not None:
            ids.append(id)
        elif text:
            phrase.append(text)
    return ids


def _find_joined_id(
    console: "Console", subject: "Subject", texts: Sequence[str]
) -> list[Any]:
    """Return the one number that words name together."""
    return [_find_id(console, subject, " ".join(texts))]


def _find_id(console: "Console", subject: "Subject", text: str) -> Any:
    from coachlog.services.subjects import find_subject

    id = _parse_id(text)
    if id is not None:
        return id
    return find_subject(console.desk, subject, text)


def _parse_id(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
