"""The tables of the journal: the one definition of its schema. Rows never leave the store."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coachlog.store.tables.goals import (
        GoalActionRow as GoalActionRow,
    )
    from coachlog.store.tables.goals import (
        GoalRow as GoalRow,
    )
    from coachlog.store.tables.goals import (
        NoteRow as NoteRow,
    )
    from coachlog.store.tables.goals import (
        RatingRow as RatingRow,
    )
    from coachlog.store.tables.promises import (
        ActionEventRow as ActionEventRow,
    )
    from coachlog.store.tables.promises import (
        ActionRow as ActionRow,
    )
    from coachlog.store.tables.promises import (
        EventRow as EventRow,
    )
    from coachlog.store.tables.promises import (
        PersonRow as PersonRow,
    )
    from coachlog.store.tables.promises import (
        SessionRow as SessionRow,
    )
    from coachlog.store.tables.pulse import (
        PulseCodeRow as PulseCodeRow,
    )
    from coachlog.store.tables.pulse import (
        PulseCountRow as PulseCountRow,
    )
    from coachlog.store.tables.pulse import (
        PulseRow as PulseRow,
    )
    from coachlog.store.tables.sets import (
        MeetingRow as MeetingRow,
    )
    from coachlog.store.tables.sets import (
        ParticipantRow as ParticipantRow,
    )
    from coachlog.store.tables.sets import (
        SetActionRow as SetActionRow,
    )
    from coachlog.store.tables.sets import (
        SetMemberRow as SetMemberRow,
    )
    from coachlog.store.tables.sets import (
        SetRow as SetRow,
    )
    from coachlog.store.tables.sets import (
        SlotRow as SlotRow,
    )
    from coachlog.store.tables.talks import (
        AnswerRow as AnswerRow,
    )
    from coachlog.store.tables.talks import (
        DraftRow as DraftRow,
    )
    from coachlog.store.tables.talks import (
        DraftStepRow as DraftStepRow,
    )
    from coachlog.store.tables.talks import (
        SessionTagRow as SessionTagRow,
    )
    from coachlog.store.tables.talks import (
        SettingRow as SettingRow,
    )
    from coachlog.store.tables.talks import (
        TagRow as TagRow,
    )

_NAMES = {
    "promises": ("PersonRow", "SessionRow", "ActionRow", "ActionEventRow", "EventRow"),
    "talks": ("DraftRow", "DraftStepRow", "AnswerRow", "TagRow", "SessionTagRow", "SettingRow"),
    "goals": ("GoalRow", "GoalActionRow", "RatingRow", "NoteRow"),
    "pulse": ("PulseRow", "PulseCodeRow", "PulseCountRow"),
    "sets": (
        *("SetRow", "SetMemberRow", "MeetingRow", "ParticipantRow", "SlotRow", "SetActionRow"),
    ),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return what one of the modules has, loading no other."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
