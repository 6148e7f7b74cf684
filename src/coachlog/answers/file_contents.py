"""What an answers file or a form holds, before it is checked against a conversation."""

from dataclasses import dataclass, field
from typing import Any

from coachlog.interview import Fault
from coachlog.model import Relationship


@dataclass
class AnswersFile:
    """What an answers file holds, and the faults found in its shape.

    Of a meeting of a set, `present` are names, None if not given, and `slots` one table each.
    """

    person: str | None = None
    relationship: Relationship | None = None
    me: str | None = None
    template: str | None = None
    held_on: object = None
    minutes: object = None
    tags: tuple[str, ...] = ()
    answers: dict[str, object] = field(default_factory=dict)
    actions: list[dict[str, Any]] = field(default_factory=list)
    review: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    set: str | None = None
    present: list[object] | None = None
    slots: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
