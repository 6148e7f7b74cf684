"""Questions about pulses: what the replies say together. What waits is only counted."""

from coachlog.errors import NotFound
from coachlog.model.pulse import Key, Pulse, Result
from coachlog.rules import pulse_results
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader

PULSE = RowReader(
    Pulse,
    "pulse",
    later=("replies", "shown", "results", "compared"),
)


def pulses(db: Connection) -> list[Pulse]:
    """Return all pulses, the newest first, each with its results if it has any."""
    made = PULSE.all(db.execute(f"SELECT {PULSE.columns} FROM pulse ORDER BY id DESC"))
    rows = db.execute(
        "SELECT pulse_id, shown, waiting FROM pulse_count ORDER BY pulse_id, statement, value"
    )
    counts: dict[int, list[tuple[int, int]]] = {}
    for id, *count in rows:
        counts.setdefault(id, []).append((count[0], count[1]))
    found: list[Pulse] = []
    for one in reversed(made):
        found.insert(0, _counted(one, counts[one.id], found))
    return found


def pulse(db: Connection, id: int | None = None) -> Pulse:
    """Return one pulse, the newest for None; `NotFound` if there is none."""
    found = pulses(db)
    if id is None and not found:
        raise NotFound("There is no pulse yet.", "To make one: coachlog pulse new")
    for one in found:
        if id in (None, one.id):
            return one
    raise NotFound(f"There is no pulse {id}.", "`coachlog pulse list` shows them all.")


def keys(db: Connection) -> list[Key]:
    """Return the keys of all pulses, the newest first."""
    return [Key(*row) for row in db.execute("SELECT id, tag, secret FROM pulse ORDER BY id DESC")]


def _counted(one: Pulse, counts: list[tuple[int, int]], earlier: list[Pulse]) -> Pulse:
    """Return a pulse with its results, compared with the latest of those before it that can be."""
    many = len(pulse_results.VALUES)
    shown = [shown for shown, _ in counts]
    replies = sum(shown[:many]) + sum(waiting for _, waiting in counts[:many])
    if not any(shown):
        return one._replace(replies=replies)
    alike = (other for other in earlier if other.results and other.statements == one.statements)
    before = next(alike, None)
    past = before.results if before and before.results else ()
    results = tuple(
        Result(
            statement,
            pulse_results.mean(values := tuple(shown[n * many : (n + 1) * many])),
            values,
            past[n].mean if past else None,
        )
        for n, statement in enumerate(one.statements)
    )
    return one._replace(
        replies=replies,
        shown=sum(shown[:many]),
        results=results,
        compared=before.id if before else None,
    )
