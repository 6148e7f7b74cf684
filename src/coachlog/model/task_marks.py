"""What a task list says of a promise beside its words, for programs that read it back."""

from collections.abc import Mapping
from datetime import date

from coachlog.named_tuples import NamedTuple


class TaskMark(NamedTuple):
    """By which a promise is known again in any task list, and on which day it was made."""

    id: str
    made_on: date | None = None


TaskMarks = Mapping[int, TaskMark]
"""The marks of promises, by their numbers."""
NO_TASK_MARKS: TaskMarks = {}
