"""Arguments that are asked for where they are missing, and numbers that words stand for.

Decided once, for every command: an argument says what it is about, and the rest is here. It is
looked at after the options that were typed, of which `--json` and `--no-input` never ask.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from coachlog.cli.date_words import DateOption, find_dated_ids

if TYPE_CHECKING:
    from coachlog.services.subjects import Subject

ASK: Any = None
"""The default of an argument that is asked for where it is missing."""
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

    def take_ids(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
        if ctx.resilient_parsing or (is_optional and value is None):
            return value
        subject = _get_subject(subject_name)
        if not value:
            id = _choose_missing(ctx, param, subject)
            return [id] if param.nargs == -1 else id
        find_ids = _find_ids if param.nargs == -1 else _find_joined_id
        texts = value if param.nargs == -1 else [value]
        if date_option is None:
            ids = find_ids(ctx, subject, texts)
        else:
            ids = find_dated_ids(
                ctx, date_option, texts, lambda texts: find_ids(ctx, subject, texts)
            )
        return ids if param.nargs == -1 else ids[0]

    is_several = "..." in metavar
    words_help = "a few of their words" if is_several else "a few of its words"
    left_out = "you are asked if you leave them out" if is_several else _LEFT_OUT
    return typer.Argument(
        metavar=metavar,
        help=f"{help}, or {words_help}; {left_out}.",
        autocompletion=autocompletion,
        parser=str,
        callback=take_ids,
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

    def take_name(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
        if ctx.resilient_parsing or value is not None:
            return value
        if default_help and not _can_ask(ctx):
            return None
        is_back = back_subject_name and ctx.params.get("back")
        name = back_subject_name if is_back else subject_name
        return _choose_missing(ctx, param, _get_subject(name))

    return typer.Argument(
        metavar=metavar,
        help=f"{help}; {_LEFT_OUT}{default_help}.",
        autocompletion=autocompletion,
        callback=take_name,
    )


def build_words_argument(
    question: str,
    *,
    metavar: str,
    help: str,
    check: Callable[[typer.Context, str], object],
    describe: Callable[[typer.Context], str] | None = None,
) -> Any:
    """Return an argument of words that are typed where they are missing.

    `describe` returns what is shown below the question, once the arguments before are known. What
    `check` refuses with InvalidInput is asked for again.
    """

    def take_words(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
        if ctx.resilient_parsing or value is not None:
            return value
        _require_interaction(ctx, param)
        hint = describe(ctx) if describe else None
        from coachlog.services.inputs import ask_checked_words

        def take_checked_words(words: str) -> str:
            if not words:
                from coachlog.errors import Refusal

                raise Refusal("Nothing was typed.")
            check(ctx, words)
            return words

        return ask_checked_words(ctx.obj.desk.asker, question, take_checked_words, hint)

    return typer.Argument(
        metavar=metavar, help=f"{help}; {_LEFT_OUT}.", callback=take_words
    )


def build_choice_argument(
    question: str, choices: type[StrEnum], *, metavar: str, help: str
) -> Any:
    """Return an argument that is one of a few words, chosen where it is missing."""

    def take_choice(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
        if ctx.resilient_parsing or value is not None:
            return value
        _require_interaction(ctx, param)
        rows = [(choice.value, choice.value) for choice in choices]
        choice = ctx.obj.desk.asker.choose(question, rows)
        if not isinstance(choice, str):
            from coachlog.errors import Refusal

            raise Refusal("Nothing was done.")
        return choices(choice)

    return typer.Argument(
        metavar=metavar, help=f"{help}; {_LEFT_OUT}.", callback=take_choice
    )


def _get_subject(name: str) -> "Subject":
    from coachlog.services import subjects

    subject: Subject = getattr(subjects, name)
    return subject


def _choose_missing(ctx: Any, param: Any, subject: "Subject") -> int | str:
    from coachlog.services.subjects import choose_subject

    _require_interaction(ctx, param)
    # A command that has --json and asks for its subject only shows it.
    options = [option.name for option in ctx.command.params]
    return choose_subject(ctx.obj.desk, subject, is_only_shown="as_json" in options)


def _require_interaction(ctx: Any, param: Any) -> None:
    """End the run, as for any missing argument, where nobody can be asked for it."""
    if not _can_ask(ctx):
        ctx.fail(f"Missing argument '{param.human_readable_name}'.")


def _can_ask(ctx: Any) -> bool:
    return ctx.obj.desk.interactive and not ctx.params.get("as_json")


def _find_ids(ctx: Any, subject: "Subject", texts: Sequence[str]) -> list[Any]:
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
            ids.append(_find_id(ctx, subject, " ".join(phrase)))
            phrase = []
        if id is not None:
            ids.append(id)
        elif text:
            phrase.append(text)
    return ids


def _find_joined_id(ctx: Any, subject: "Subject", texts: Sequence[str]) -> list[Any]:
    """Return the one number that words name together."""
    return [_find_id(ctx, subject, " ".join(texts))]


def _find_id(ctx: Any, subject: "Subject", text: str) -> Any:
    from coachlog.services.subjects import find_subject

    id = _parse_id(text)
    if id is not None:
        return id
    return find_subject(ctx.obj.desk, subject, text)


def _parse_id(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def join_name_words(command: Any, words: dict[str, Any], rest: list[str]) -> list[str]:
    """Return the words left over once those after a command's only argument have joined it.

    `words` is what was typed for each parameter: `log priya shah` is about one person.
    """
    arguments = [
        parameter
        for parameter in command.params
        if parameter.param_type_name == "argument"
    ]
    is_one = len(arguments) == 1 and arguments[0].nargs == 1
    if not rest or not is_one or not _takes_words(arguments[0], words):
        return rest
    name = arguments[0].name
    words[name] = " ".join([words[name], *rest])
    return []


def _takes_words(argument: Any, words: dict[str, Any]) -> bool:
    """Return whether words after an argument belong to it: it is looked up here, or is a name.

    After a name in quotes, another word is something else.
    """
    if argument.callback is not None:
        return True
    return argument.metavar == "[NAME]" and " " not in words[argument.name].strip()


class JoiningParser:
    """A parser of one command that joins the words of its only argument."""

    def __init__(self, parser: Any, command: Any) -> None:
        self._parser = parser
        self._command = command

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def parse_args(self, args: list[str]) -> tuple[dict[str, Any], list[str], Any]:
        """Return what was typed for each parameter, the words left over, and their order."""
        words, rest, order = self._parser.parse_args(args=args)
        return words, join_name_words(self._command, words, rest), order
