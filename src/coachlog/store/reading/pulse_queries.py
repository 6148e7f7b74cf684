"""Questions about pulses: what the replies say together. What waits is only counted."""

from coachlog.errors import NotFound
from coachlog.model.pulse import Pulse, PulseKey, StatementResult
from coachlog.rules import pulse_results
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader

PULSE_READER = RowReader(
    Pulse,
    "pulse",
    deferred_fields=("replies", "shown", "results", "compared"),
)


def read_pulses(db: Connection) -> list[Pulse]:
    """Return all pulses, the newest first, each with its results if it has any."""
    made = PULSE_READER.read_all(
        db.execute(f"SELECT {PULSE_READER.columns} FROM pulse ORDER BY id DESC")
    )
    rows = db.execute(
        "SELECT pulse_id, shown, waiting FROM pulse_count ORDER BY pulse_id, statement, value"
    )
    counts: dict[int, list[tuple[int, int]]] = {}
    for id, *count in rows:
        counts.setdefault(id, []).append((count[0], count[1]))
    found: list[Pulse] = []
    for one in reversed(made):
        found.insert(0, _attach_pulse_results(one, counts[one.id], found))
    return found


def read_pulse(db: Connection, id: int | None = None) -> Pulse:
    """Return one pulse, the newest for None; `NotFound` if there is none."""
    found = read_pulses(db)
    if id is None and not found:
        raise NotFound("There is no pulse yet.", "To make one: coachlog pulse new")
    for one in found:
        if id in (None, one.id):
            return one
    raise NotFound(f"There is no pulse {id}.", "`coachlog pulse list` shows them all.")


def read_pulse_keys(db: Connection) -> list[PulseKey]:
    """Return the keys of all pulses, the newest first."""
    return [
        PulseKey(*row) for row in db.execute("SELECT id, tag, secret FROM pulse ORDER BY id DESC")
    ]


def _attach_pulse_results(
    pulse: Pulse, counts: list[tuple[int, int]], earlier_pulses: list[Pulse]
) -> Pulse:
    """Return a pulse with its results, compared with the latest of those before it that can be."""
    many = len(pulse_results.REPLY_VALUES)
    shown = [shown for shown, _ in counts]
    replies = sum(shown[:many]) + sum(waiting for _, waiting in counts[:many])
    if not any(shown):
        return pulse._replace(replies=replies)
    alike = (
        other for other in earlier_pulses if other.results and other.statements == pulse.statements
    )
    before = next(alike, None)
    past = before.results if before and before.results else ()
    results = tuple(
        StatementResult(
            statement,
            pulse_results.compute_pulse_mean(values := tuple(shown[n * many : (n + 1) * many])),
            values,
            past[n].mean if past else None,
        )
        for n, statement in enumerate(pulse.statements)
    )
    return pulse._replace(
        replies=replies,
        shown=sum(shown[:many]),
        results=results,
        compared=before.id if before else None,
    )
