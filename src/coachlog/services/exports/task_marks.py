"""The marks of promises on a page that lays them out as tasks."""

from collections.abc import Sequence

from coachlog.model.actions import Action
from coachlog.model.task_marks import TaskMarks
from coachlog.services.desk import Desk


def load_task_marks(desk: Desk, actions: Sequence[Action], style: str) -> TaskMarks:
    """Return the marks of promises where the style is that of tasks; none for a table."""
    if style != "tasks":
        return {}
    from coachlog.store.reading.task_queries import read_task_marks

    with desk.read() as db:
        return read_task_marks(db, actions)
