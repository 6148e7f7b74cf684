"""The contents of an answers file or a form, before they are checked against a conversation."""

from dataclasses import dataclass, field
from typing import Any

from coachlog.interview.scripted import Fault
from coachlog.model.people import Relationship


@dataclass
class AnswersFile:
    """The contents of an answers file, and the faults found in its shape.

    Some values are still unchecked, and so may be of any type. In a meeting of a set, `present`
    lists names (None: the file does not say) and `slots` holds one table each. `with_names` are
    those of a conversation's other people beside `person`.
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
    with_names: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
