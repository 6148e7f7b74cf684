"""What a change has written so far, to be asked about before it is committed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coachlog.store.database import Change, Connection


def get_change_connection(change: "Change") -> "Connection":
    """Return the connection of a transaction under way, which sees everything changed so far.

    What is printed about a change is read here: read after the commit, it could fail, and the
    person would be told that nothing was changed.
    """
    change.db_session.flush()
    return change.db_session.connection().connection.driver_connection
