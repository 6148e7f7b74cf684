"""What the owner corrected about a promise is for them alone, and never handed over."""

from typing import Any, TypeVar

from coachlog.model.actions import Action, EventKind

Value = TypeVar("Value")


def leave_out_corrections(value: Value) -> Value:
    """Return a value with promises in it, in which nothing says that one was recorded wrongly."""
    kept: Value = _leave_out(value)
    return kept


def _leave_out(value: Any) -> Any:
    if isinstance(value, Action):
        events = [
            event for event in value.events if event.kind is not EventKind.CORRECTED
        ]
        return value._replace(events=tuple(events))
    if hasattr(value, "_fields"):
        return type(value)(*map(_leave_out, value))
    if isinstance(value, tuple | list):
        return type(value)(map(_leave_out, value))
    return value
