"""Every change of the journal, through SQLModel, each inside one transaction that the caller opens.

A function raises `NotFound` or `Refused` before it changes anything; the caller's block then undoes
the transaction as a whole, so `action done 1 2 3` does all or nothing.

A module is loaded when a name of it is first used: closing an action needs half of the tables, and
making a table's class takes 2 ms.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coachlog.store.writing.actions import (
        add_action as add_action,
    )
    from coachlog.store.writing.actions import (
        complete as complete,
    )
    from coachlog.store.writing.actions import (
        correct as correct,
    )
    from coachlog.store.writing.actions import (
        drop as drop,
    )
    from coachlog.store.writing.actions import (
        edit_action as edit_action,
    )
    from coachlog.store.writing.actions import (
        move as move,
    )
    from coachlog.store.writing.actions import (
        note as note,
    )
    from coachlog.store.writing.actions import (
        reopen as reopen,
    )
    from coachlog.store.writing.goals import (
        add_goal as add_goal,
    )
    from coachlog.store.writing.goals import (
        attach as attach,
    )
    from coachlog.store.writing.goals import (
        close_goal as close_goal,
    )
    from coachlog.store.writing.goals import (
        rate as rate,
    )
    from coachlog.store.writing.goals import (
        reopen_goal as reopen_goal,
    )
    from coachlog.store.writing.goals import (
        serve as serve,
    )
    from coachlog.store.writing.notes import (
        drop_note as drop_note,
    )
    from coachlog.store.writing.notes import (
        park_note as park_note,
    )
    from coachlog.store.writing.notes import (
        settle_note as settle_note,
    )
    from coachlog.store.writing.people import (
        add_person as add_person,
    )
    from coachlog.store.writing.people import (
        archive_person as archive_person,
    )
    from coachlog.store.writing.people import (
        edit_person as edit_person,
    )
    from coachlog.store.writing.people import (
        name_me as name_me,
    )
    from coachlog.store.writing.sessions import (
        Begun as Begun,
    )
    from coachlog.store.writing.sessions import (
        begin as begin,
    )
    from coachlog.store.writing.sessions import (
        cancel as cancel,
    )
    from coachlog.store.writing.sessions import (
        delete_session as delete_session,
    )
    from coachlog.store.writing.sessions import (
        edit_answer as edit_answer,
    )
    from coachlog.store.writing.sessions import (
        edit_session as edit_session,
    )
    from coachlog.store.writing.sessions import (
        finish as finish,
    )
    from coachlog.store.writing.sessions import (
        hold as hold,
    )
    from coachlog.store.writing.sessions import (
        restore_session as restore_session,
    )
    from coachlog.store.writing.sessions import (
        save_half as save_half,
    )
    from coachlog.store.writing.sessions import (
        save_step as save_step,
    )
    from coachlog.store.writing.sessions import (
        tag_session as tag_session,
    )
    from coachlog.store.writing.sessions import (
        take_over as take_over,
    )

_NAMES = {
    "people": ("add_person", "archive_person", "edit_person", "name_me"),
    "actions": (
        "add_action",
        "complete",
        "correct",
        "drop",
        "edit_action",
        "move",
        "note",
        "reopen",
    ),
    "goals": ("add_goal", "attach", "close_goal", "rate", "reopen_goal", "serve"),
    "notes": ("drop_note", "park_note", "settle_note"),
    "sessions": (
        "Begun",
        "begin",
        "cancel",
        "delete_session",
        "edit_answer",
        "edit_session",
        "finish",
        "hold",
        "restore_session",
        "save_half",
        "save_step",
        "tag_session",
        "take_over",
    ),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return what one of the modules has, loading no other."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
