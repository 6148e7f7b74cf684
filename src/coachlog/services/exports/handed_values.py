"""What a page has as values for programs, without how much was left out of it.

That is said to whoever exports it, not to whoever gets it: it would say that something is private.
The contract of `--json` is imported here, since a page to read has no use for it.
"""

from typing import TYPE_CHECKING, Any

from coachlog.named_tuples import NamedTuple
from coachlog.rules.corrections_apart import leave_out_corrections

if TYPE_CHECKING:
    from coachlog.model.own_plans import OwnPlan
    from coachlog.model.sessions import Session

_KIND_FIELDS = ("template", "title", "tags", "slots")
_COUNT_FIELDS = ("withheld", "goals_withheld", "private_shown", "keeper", "left_out")


def convert_handed_values(value: NamedTuple) -> dict[str, Any]:
    """Return the fields of a page's values as `--json` has them, without what was left out."""
    from coachlog.exports import json

    return _drop_counts(json.convert_model(leave_out_corrections(value)))


def convert_handed_session(session: "Session") -> dict[str, Any]:
    """Return a conversation as its page has it: without what kind of conversation it was."""
    fields = convert_handed_values(session)
    return {name: fields[name] for name in fields if name not in _KIND_FIELDS}


def convert_handed_plan(plan: "OwnPlan") -> dict[str, Any]:
    """Return the owner's own plan as `--json` has it, without what was left out."""
    from coachlog.exports import json

    return _drop_counts(json.convert_own_plan(leave_out_corrections(plan)))


def _drop_counts(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in _COUNT_FIELDS}
