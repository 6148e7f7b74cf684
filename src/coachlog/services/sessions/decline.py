"""Says of a conversation that comes back by itself that it need not."""

from collections.abc import Iterable

from coachlog.errors import Refusal
from coachlog.model.recurrences import Recurrence
from coachlog.phrasing.recurrences import build_again_command, describe_return_days
from coachlog.rules.recurrences import pick_declined_days
from coachlog.services.desk import Desk
from coachlog.services.results import Result
from coachlog.services.sessions.session_names import name_session
from coachlog.store import reading


def decline_session(desk: Desk, id: int, *, every: bool = False) -> Result:
    """Record that a conversation does not come back: this time, or with `every` ever again.

    The number may be that of the conversation in which it was last held again. Raises `NotFound` if
    there is no such conversation, and `Refusal` if it does not come back.
    """
    from coachlog.store.reading import recurrence_queries

    with desk.read() as db:
        reading.read_session(db, id)
        original_id = recurrence_queries.read_original_session_id(db, id)
        session = reading.read_session(db, original_id)
        recurrences = recurrence_queries.read_recurrences(db)
        days = recurrence_queries.read_return_days(db, [original_id]).get(original_id)
    name = name_session(session)
    if not days:
        raise Refusal(
            f"Nothing was changed: {name}, does not come back.",
            f"See: coachlog session show {id}",
        )
    way_back = _phrase_way_back(recurrences, original_id)
    declined_days = list(days) if every else pick_declined_days(days, desk.today)
    from coachlog.store.writing.recurrence_changes import decline_recurrences

    with desk.change() as change:
        decline_recurrences(change, original_id, declined_days, desk.today)
    words = describe_return_days(declined_days, desk.today)
    message = f"Declined: {name}, on {words}."
    later_days = [day for day in days if day not in declined_days]
    if not later_days:
        return Result(f"{message} It does not come back any more.{way_back}")
    later = describe_return_days(later_days, desk.today)
    return Result(
        f"{message} It comes back on {later}; to decline that as well: "
        f"coachlog session decline {original_id} --all.{way_back}"
    )


def _phrase_way_back(recurrences: Iterable[Recurrence], session_id: int) -> str:
    """Return the sentence on how a conversation is held after all; '' with somebody archived.

    What was declined stays so: held all the same, it is a new one.
    """
    for recurrence in recurrences:
        if recurrence.session == session_id:
            command = build_again_command(recurrence)
            return f" Changed your mind? It begins anew with: {command}"
    return ""
