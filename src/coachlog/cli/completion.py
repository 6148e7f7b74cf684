"""Shell completion: the words that a half-typed word may become, looked up fast and in silence."""

from collections.abc import Callable
from typing import Any

import typer

from coachlog.errors import CoachlogError
from coachlog.terminal.console import Console


def _build_completion(function_name: str) -> Callable[[typer.Context, str], Any]:
    """Return a completion by the service of this name; it offers nothing if that fails."""

    def complete(ctx: typer.Context, incomplete: str) -> Any:
        from coachlog.services import completion

        # The root's function, which builds the console, is not called for a completion.
        desk = Console(home_override=ctx.find_root().params.get("home")).desk
        try:
            return getattr(completion, function_name)(desk, incomplete)
        except CoachlogError:
            return []

    return complete


suggest_people = _build_completion("offer_people")
suggest_actions = _build_completion("offer_actions")
suggest_goals = _build_completion("offer_goals")
suggest_pulses = _build_completion("offer_pulses")
suggest_drafts = _build_completion("offer_drafts")
suggest_measures = _build_completion("offer_measures")
suggest_sets = _build_completion("offer_sets")
suggest_templates = _build_completion("offer_templates")
suggest_formats = _build_completion("offer_formats")
