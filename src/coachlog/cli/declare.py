"""How commands are declared: records of options and arguments, which need no Typer.

Two readers work from them: `reader` takes lines typed exactly as declared, and `tree` makes Typer's
commands, for help, errors and all other lines. The words of the records are Typer's.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from types import UnionType
from typing import TYPE_CHECKING, Any

from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.services.completion import Offer
    from coachlog.terminal.console import Console

ASK: Any = None
"""The default of an argument that is asked for where it is missing."""
FILES = "files"
FOLDERS = "folders"
"""What a suggestion returns where the shell is to look up a path."""

Suggestion = Callable[["Console", "Call", str], "list[Offer] | str"]
"""Returns what an unfinished word can become, or the kind of path that it is one of."""
Taker = Callable[["Console", "Call", Any], Any]
"""Returns what a command gets for what was typed as an argument, or for nothing."""


class Option:
    """An option: its flags (`--private/--shared` is on or off), and what help says about it."""

    def __init__(
        self,
        *flags: str,
        help: str,
        metavar: str | None = None,
        min: int | None = None,
        max: int | None = None,
        show_default: bool = True,
        autocompletion: Suggestion | None = None,
    ) -> None:
        self.flags = flags
        self.help = help
        self.metavar = metavar
        self.min = min
        self.max = max
        self.show_default = show_default
        self.autocompletion = autocompletion


class Argument:
    """An argument. With `take`, it is looked up or asked for once the whole line is read."""

    def __init__(
        self,
        *,
        metavar: str,
        help: str,
        parser: Callable[[str], Any] | None = None,
        take: Taker | None = None,
        autocompletion: Suggestion | None = None,
    ) -> None:
        self.metavar = metavar
        self.help = help
        self.parser = parser
        self.take = take
        self.autocompletion = autocompletion


class Parameter(NamedTuple):
    """One parameter of a command's function, with the option or argument that it declares."""

    name: str
    annotation: Any
    default: Any
    declaration: Option | Argument

    @property
    def is_argument(self) -> bool:
        """Return whether it is an argument, which goes without a flag."""
        return isinstance(self.declaration, Argument)

    @property
    def is_list(self) -> bool:
        """Return whether it takes several words: an option typed again, all words that follow."""
        return getattr(self._get_type(), "__origin__", None) is list

    @property
    def value_type(self) -> Any:
        """Return the type of its value, or of one value of several."""
        value_type = self._get_type()
        return value_type.__args__[0] if self.is_list else value_type

    @property
    def is_flag(self) -> bool:
        """Return whether it is an option without a value."""
        return self.value_type is bool

    @property
    def flags(self) -> list[str]:
        """Return how the option is typed."""
        return [flag.partition("/")[0] for flag in self._list_declared_flags()]

    @property
    def off_flags(self) -> list[str]:
        """Return how the contrary of the option is typed; mostly it has none."""
        flags = [flag.partition("/")[2] for flag in self._list_declared_flags()]
        return [flag for flag in flags if flag]

    def _get_type(self) -> Any:
        # The type beside None comes first.
        if isinstance(self.annotation, UnionType):
            return self.annotation.__args__[0]
        return self.annotation

    def _list_declared_flags(self) -> tuple[str, ...]:
        if isinstance(self.declaration, Argument):
            return ()
        return self.declaration.flags or (f"--{self.name.replace('_', '-')}",)


def list_parameters(function: Callable[..., Any]) -> list[Parameter]:
    """Return the parameters of a function, all with a default, that follow the console."""
    code = function.__code__
    names = code.co_varnames[1 : code.co_argcount]
    parameters = []
    for name, default in zip(names, function.__defaults__ or (), strict=True):
        annotation = function.__annotations__[name]
        declaration = annotation.__metadata__[0]
        parameters.append(Parameter(name, annotation.__origin__, default, declaration))
    return parameters


class Command:
    """A command: its function, whose first parameter is the console, and its whole name.

    The function returns nothing, or the words of another command to be run after it.
    """

    def __init__(
        self,
        path: str,
        function: Callable[..., Any],
        *,
        ignore_unknown_options: bool = False,
        takes_dashes: bool = False,
    ) -> None:
        self.path = path
        self.function = function
        self.ignore_unknown_options = ignore_unknown_options
        self.takes_dashes = takes_dashes

    @cached_property
    def parameters(self) -> list[Parameter]:
        """Return the options and arguments, in the order of the help."""
        return list_parameters(self.function)

    @property
    def arguments(self) -> list[Parameter]:
        """Return the arguments, in the order in which they are typed."""
        return [parameter for parameter in self.parameters if parameter.is_argument]

    @property
    def options(self) -> list[Parameter]:
        """Return the options, in the order of the help."""
        return [parameter for parameter in self.parameters if not parameter.is_argument]

    def read_dashes(self, words: Sequence[str]) -> list[str]:
        """Return the words typed after the command as they are read.

        Where it `takes_dashes`, a word that begins with one hyphen is no option but a word.
        """
        if not self.takes_dashes:
            return [*words]
        value_flags = {
            flag
            for option in self.options
            for flag in option.flags
            if not option.is_flag
        }
        read_words = []
        previous_word = ""
        for word in words:
            is_dashed = word[:1] == "-" and word[1:2] not in ("", "-") and word != "-h"
            if is_dashed and previous_word not in value_flags:
                word = word.lstrip("-")
            read_words.append(word)
            previous_word = word
        return read_words

    @property
    def help(self) -> str:
        """Return what the command does, with examples."""
        return self.function.__doc__ or ""

    @property
    def summary(self) -> str:
        """Return what the command does, in one line."""
        return self.help.strip().split("\n")[0]


class Call(NamedTuple):
    """A command as it was typed, with a value for each of its parameters.

    `typed_names` are those of the parameters that were typed; the others have their defaults.
    """

    command: Command
    values: dict[str, Any]
    typed_names: frozenset[str] = frozenset()

    def run(self, console: "Console") -> list[str]:
        """Run the command; return the words of the command to run after it, mostly none.

        First, what words stand for is looked up, and what is missing is asked for.
        """
        for argument in self.command.arguments:
            assert isinstance(argument.declaration, Argument)
            if argument.declaration.take:
                value = self.values[argument.name]
                self.values[argument.name] = argument.declaration.take(
                    console, self, value
                )
        return self.command.function(console, **self.values) or []


class Noun:
    """A noun with its commands by verb; or, without a help of its own, one command."""

    def __init__(self, name: str, help: str = "", examples: str = "") -> None:
        self.name = name
        self.help = help
        self.examples = examples
        self.commands: dict[str, Command] = {}

    @property
    def has_verbs(self) -> bool:
        """Return whether a verb follows the noun."""
        return bool(self.help)

    @property
    def summaries(self) -> dict[str, str]:
        """Return what each command does in one line, by its verb."""
        return {verb: command.summary for verb, command in self.commands.items()}

    def command(
        self,
        verb: str = "",
        *,
        ignore_unknown_options: bool = False,
        takes_dashes: bool = False,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Return a decorator that makes a function the command of a verb."""

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            path = f"{self.name} {verb}".strip()
            self.commands[verb] = Command(
                path,
                function,
                ignore_unknown_options=ignore_unknown_options,
                takes_dashes=takes_dashes,
            )
            return function

        return register
