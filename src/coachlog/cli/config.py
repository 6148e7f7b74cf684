"""`coachlog config`: the owner's settings, listed, read and changed."""

import os
from typing import Annotated

import typer

from coachlog.cli import build_group_app, suggestions
from coachlog.cli.arguments import (
    ASK,
    build_name_argument,
    build_words_argument,
)
from coachlog.cli.options import JsonOption
from coachlog.terminal.console import Console
from coachlog.terminal.pager import PAGER_VARIABLE

app = build_group_app(
    "Your settings: how often to meet, the usual conversation, the pager.",
    """
    coachlog config list                  every setting
    coachlog config set rhythm.report 2w  meet your team every fortnight
    """,
)

SettingKeyArgument = Annotated[
    str,
    build_name_argument(
        "SETTING",
        metavar="SETTING",
        help="A setting shown by `config list`, such as rhythm.report",
        autocompletion=suggestions.suggest_setting_keys,
    ),
]


def _find_overrides() -> dict[str, tuple[bool | str, str]]:
    """Return the settings that the environment decides: value and variable by key."""
    pager = os.environ.get(PAGER_VARIABLE)
    if pager is None:
        return {}
    return {"pager": (pager.strip() or "off", PAGER_VARIABLE)}


def _describe_choices(ctx: typer.Context) -> str:
    """Return what the setting that was named may be. Raises InvalidInput for an unknown one."""
    from coachlog.services.setting_changes import require_setting

    return f"{require_setting(ctx.params['key']).choices}."


def _check_value(ctx: typer.Context, words: str) -> None:
    """Raise InvalidInput for a value that the setting named before cannot have."""
    from coachlog.services.setting_changes import read_typed_value, require_setting

    read_typed_value(ctx.obj.desk, require_setting(ctx.params["key"]), words)


@app.command("list")
def config_list(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """List the settings: what each is, where that comes from, and what it may be.

    They are in config.toml, in the folder of the journal. An option goes before them, and so does
    COACHLOG_PAGER.

    Examples:
      coachlog config list         every setting
      coachlog config list --json  for a script
    """
    from coachlog.services.settings import load_setting_states

    console: Console = ctx.obj
    states = load_setting_states(console.desk, _find_overrides())
    if as_json:
        from coachlog.exports import json

        path = str(console.desk.settings.path)
        return console.print_json("settings", json.convert_value(states), file=path)
    from coachlog.screens.settings import render_settings

    console.print_list(render_settings(states, console.list_width))
    return console.print_remark("To change one: coachlog config set SETTING VALUE")


@app.command("get")
def config_get(
    ctx: typer.Context, key: SettingKeyArgument = ASK, as_json: JsonOption = False
) -> None:
    """Print what a setting is, as `config set` takes it.

    Examples:
      coachlog config get rhythm.report  how often you meet your team
      coachlog config get pager          what opens long pages
    """
    from coachlog.services.setting_changes import load_setting_state
    from coachlog.services.settings import format_setting_value

    console: Console = ctx.obj
    state = load_setting_state(console.desk, key, _find_overrides())
    if as_json:
        from coachlog.exports import json

        return console.print_json("setting", json.convert_value(state))
    return console.print_answer(format_setting_value(state.value))


@app.command("set")
def config_set(
    ctx: typer.Context,
    key: SettingKeyArgument = ASK,
    value: Annotated[
        str,
        build_words_argument(
            "What should it be?",
            metavar="VALUE",
            help="What `config list` says it may be",
            check=_check_value,
            describe=_describe_choices,
        ),
    ] = ASK,
) -> None:
    """Change a setting, in config.toml; what else is in that file stays as it is.

    Examples:
      coachlog config set rhythm.report 2w  meet your team every fortnight
      coachlog config set home.keys off     no keys on the home page
    """
    from coachlog.services.setting_changes import change_setting

    console: Console = ctx.obj
    console.print_message(change_setting(console.desk, key, value))


@app.command("unset")
def config_unset(ctx: typer.Context, key: SettingKeyArgument = ASK) -> None:
    """Take a setting back to its default.

    Examples:
      coachlog config unset rhythm.report  back to no rhythm
      coachlog config unset home.keys      keys on the home page again
    """
    from coachlog.services.setting_changes import reset_setting

    console: Console = ctx.obj
    console.print_message(reset_setting(console.desk, key))
