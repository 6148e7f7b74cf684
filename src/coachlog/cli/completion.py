"""Shell completion: what a half-typed word may become, looked up fast and in silence."""

from collections.abc import Callable
from typing import Any

import typer

from coachlog.errors import CoachlogError
from coachlog.terminal.console import Console


def _offering(name: str) -> Callable[[typer.Context, str], Any]:
    """Return the completion that the service of this name answers; a fault offers nothing."""

    def complete(ctx: typer.Context, incomplete: str) -> Any:
        from coachlog.services import completion

        desk = Console(home_given=ctx.find_root().params.get("home")).desk
        try:
            return getattr(completion, name)(desk, incomplete)
        except CoachlogError:
            return []

    return complete


people = _offering("people")
actions = _offering("actions")
goals = _offering("goals")
pulses = _offering("pulses")
drafts = _offering("drafts")
measures = _offering("measures")
sets = _offering("sets")
templates = _offering("templates")
formats = _offering("formats")
