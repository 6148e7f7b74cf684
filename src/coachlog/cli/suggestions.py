"""What Tab suggests for each argument and option, looked up fast and in silence.

Typer would drop a suggestion that does not begin with what was typed, letter for letter. So these
functions return nothing to it: they leave their offers in the context, for `shell_replies`.
"""

from collections.abc import Callable
from typing import Any

import typer

from coachlog.errors import CoachlogError
from coachlog.terminal.console import Console

OFFERS = "coachlog.offers"
"""Where the offers for the unfinished word are, in `ctx.meta`."""
PLACES = "coachlog.places"
"""Where the kind of path is that the unfinished word is one of: `files` or `folders`."""

_Suggestion = Callable[..., Any]


def _build_suggestion(
    function_name: str, back_function_name: str = "", *, first_word_only: bool = False
) -> _Suggestion:
    """Return a suggestion by the service of this name; it offers nothing if that fails.

    The second name is that of the service to ask where the command line has `--back`. With
    `first_word_only`, nothing is offered after the first of the words.
    """

    def suggest(ctx: typer.Context, incomplete: str) -> list[str]:
        from coachlog.services import completion

        # The root's function, which builds the console, is not called for a completion.
        desk = Console(home_override=ctx.find_root().params.get("home")).desk
        if first_word_only and ctx.params.get("words"):
            return []
        name = function_name
        if back_function_name and ctx.params.get("back"):
            name = back_function_name
        try:
            ctx.meta[OFFERS] = getattr(completion, name)(desk, incomplete)
        except CoachlogError:
            ctx.meta[OFFERS] = []
        return []

    return suggest


def suggest_commands(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the commands, and after a noun its verbs."""
    from coachlog.services.completion import Offer

    group: Any = ctx.find_root().command
    for word in ctx.params.get("words") or []:
        group = group.get_command(ctx, word)
    command_helps = getattr(group, "command_helps", {})
    ctx.meta[OFFERS] = [
        Offer(name, help)
        for name, help in command_helps.items()
        if name.startswith(incomplete)
    ]
    return []


def _build_path_suggestion(kind: str) -> _Suggestion:
    def suggest(ctx: typer.Context) -> list[str]:
        ctx.meta[PLACES] = kind
        return []

    return suggest


suggest_people = _build_suggestion("offer_people", "offer_archived_people")
suggest_plan_owners = _build_suggestion("offer_plan_owners")
suggest_first_person = _build_suggestion("offer_people", first_word_only=True)
suggest_open_notes = _build_suggestion("offer_open_notes")
suggest_owners = _build_suggestion("offer_owners")
suggest_actions = _build_suggestion("offer_actions")
suggest_open_actions = _build_suggestion("offer_open_actions")
suggest_closed_actions = _build_suggestion("offer_closed_actions")
suggest_goals = _build_suggestion("offer_goals")
suggest_open_goals = _build_suggestion("offer_open_goals")
suggest_closed_goals = _build_suggestion("offer_closed_goals")
suggest_pulses = _build_suggestion("offer_pulses")
suggest_drafts = _build_suggestion("offer_drafts")
suggest_sessions = _build_suggestion("offer_sessions")
suggest_lessons = _build_suggestion("offer_lessons")
suggest_deleted_sessions = _build_suggestion("offer_deleted_sessions")
suggest_returning_sessions = _build_suggestion("offer_returning_sessions")
suggest_tags = _build_suggestion("offer_tags")
suggest_measures = _build_suggestion("offer_measures")
suggest_sets = _build_suggestion("offer_sets", "offer_archived_sets")
suggest_templates = _build_suggestion("offer_templates")
suggest_setting_keys = _build_suggestion("offer_setting_keys")
suggest_formats = _build_suggestion("offer_formats")
suggest_styles = _build_suggestion("offer_styles")
suggest_files = _build_path_suggestion("files")
suggest_folders = _build_path_suggestion("folders")
