"""Typer's options and arguments, made from the records with which commands are declared."""

from collections.abc import Callable
from functools import cache
from typing import Any

import typer
from typer.main import get_click_param
from typer.models import ParamMeta

from coachlog.cli.declare import Argument, Parameter
from coachlog.cli.root import (
    GLOBAL_OPTIONS,
    HOME_PAGE,
    VERSION_OPTION,
    print_version,
    set_up_console,
)


def build_parameter(parameter: Parameter, **extra: Any) -> tuple[Any, Any]:
    """Return Typer's option or argument, and what makes the command's value of a typed one."""
    declaration = parameter.declaration
    words = {
        name: value for name, value in vars(declaration).items() if value is not None
    }
    flags = words.pop("flags", ())
    for word in ("autocompletion", "help", "show_default", "take"):
        words.pop(word, None)
    if isinstance(declaration, Argument):
        info = typer.Argument(parameter.default, **words, **extra)
    else:
        info = typer.Option(parameter.default, *flags, **words, **extra)
    return get_click_param(
        ParamMeta(name=parameter.name, default=info, annotation=parameter.annotation)
    )


@cache
def build_hidden_options() -> tuple[Any, ...]:
    """Return the options that every command takes; its help has only its own."""
    return tuple(_build_global_options(hidden=True))


def build_root_options() -> list[Any]:
    """Return the options of bare `coachlog`, in the order of its help."""
    *options, version = _build_global_options(hidden=False)
    own_options = [build_parameter(parameter)[0] for parameter in HOME_PAGE.parameters]
    return [*options, *own_options, version]


def _build_global_options(*, hidden: bool) -> list[Any]:
    takers = [(option, _build_taker(option.name)) for option in GLOBAL_OPTIONS]
    takers.append((VERSION_OPTION, _print_version_at_once))
    return [
        build_parameter(
            option, callback=take, expose_value=False, is_eager=True, hidden=hidden
        )[0]
        for option, take in takers
    ]


def _build_taker(name: str) -> Callable[..., Any]:
    """Return a function that tells the console of the run what was typed for an option."""

    def take_setting(ctx: Any, _parameter: Any, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            set_up_console(ctx.obj, **{name: value})

    return take_setting


def _print_version_at_once(ctx: Any, _parameter: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        print_version(ctx.obj)
        raise typer.Exit


def list_typed_names(ctx: Any) -> frozenset[str]:
    """Return the names of the parameters that were typed, of those that a command gets."""
    return frozenset(
        name
        for name in ctx.params
        if ctx.get_parameter_source(name).name == "COMMANDLINE"
    )
