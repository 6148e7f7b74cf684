"""The options of bare `coachlog` that every command takes as well, wherever they are typed.

A command gets them hidden: its help has only its own. They are looked at before any other, so that
an argument is asked for, or found, in the right journal.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperOption


def print_version(ctx: typer.Context, value: bool) -> None:
    """Print the version and end the run, if that is what was asked for."""
    # Whoever presses Tab after it wants no version.
    if value and not ctx.resilient_parsing:
        from coachlog import __version__

        typer.echo(f"coachlog {__version__}")
        raise typer.Exit


@cache
def build_global_options() -> tuple[Any, ...]:
    """Return the options, each of which tells the console of the run what was typed."""
    return (
        _build_flag("no-input", _forbid_input),
        _build_flag("no-color", _forbid_color),
        _build_flag("ascii", _require_ascii),
        _build_flag("accessible", _ask_by_lines),
        _build_flag("plain", _require_plain_lines),
        _build_flag("quiet", _forbid_messages, short_name="q"),
        _build_flag("debug", _require_tracebacks),
        _build_flag("version", _print_version_late, short_name="V"),
        _build_option("home", _choose_home, metavar="FOLDER"),
    )


def _build_flag(name: str, take: Callable[..., Any], short_name: str = "") -> Any:
    return _build_option(name, take, short_name, is_flag=True, default=False)


def _build_option(
    name: str, take: Callable[..., Any], short_name: str = "", **extra: Any
) -> Any:
    flags = [f"--{name}"]
    if short_name:
        flags.append(f"-{short_name}")
    return TyperOption(
        param_decls=flags,
        callback=take,
        expose_value=False,
        is_eager=True,
        hidden=True,
        **extra,
    )


def _forbid_input(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.no_input = True


def _forbid_color(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.color = False


def _require_ascii(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.ascii = True


def _ask_by_lines(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.accessible = True


def _require_plain_lines(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.plain = True


def _forbid_messages(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.quiet = True


def _require_tracebacks(ctx: Any, _option: Any, value: bool) -> None:
    if value and ctx.obj is not None:
        ctx.obj.debug = True


def _print_version_late(ctx: Any, _option: Any, value: bool) -> None:
    print_version(ctx, value)


def _choose_home(ctx: Any, _option: Any, value: str | None) -> None:
    if value is None:
        return
    # Tab has no console yet, and looks there.
    ctx.find_root().params["home"] = Path(value)
    if ctx.obj is not None:
        ctx.obj.home_override = Path(value)
