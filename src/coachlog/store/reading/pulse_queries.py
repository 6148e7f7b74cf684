"""Queries of pulses: what the replies say together, and how many there are."""

from coachlog.errors import NotFound
from coachlog.model.pulse import Pulse
from coachlog.model.replies import ReplyKey
from coachlog.rules import pulse_results
from coachlog.rules.reply_counts import REPLY_VALUES
from coachlog.store.database import Connection
from coachlog.store.rows import RowReader

PULSE_READER = RowReader(
    Pulse,
    "pulse",
    deferred_fields=(
        *("replies", "shown", "results", "compared"),
        *("response_rate", "compared_shown"),
    ),
)


def read_pulses(db: Connection) -> list[Pulse]:
    """Return all pulses, the newest first, each with its results if it has any."""
    rows = db.execute(f"SELECT {PULSE_READER.columns} FROM pulse ORDER BY id DESC")
    newest_first = PULSE_READER.read_all(rows)
    count_rows = db.execute(
        "SELECT pulse_id, shown, waiting FROM pulse_count ORDER BY pulse_id, statement, value"
    )
    counts: dict[int, list[tuple[int, int]]] = {}
    for id, in_results, waiting in count_rows:
        counts.setdefault(id, []).append((in_results, waiting))
    # From the oldest on, as each is compared with those before it.
    pulses: list[Pulse] = []
    for pulse in reversed(newest_first):
        pulses.insert(0, _attach_pulse_results(pulse, counts[pulse.id], pulses))
    return pulses


def read_pulse(db: Connection, id: int | None = None) -> Pulse:
    """Return one pulse; without a number, the newest. Raises `NotFound` if there is none."""
    for pulse in read_pulses(db):
        if id in (None, pulse.id):
            return pulse
    if id is None:
        raise NotFound("There is no pulse yet.", "To make one: coachlog pulse new")
    raise NotFound(f"There is no pulse {id}.", "`coachlog pulse list` shows them all.")


def read_pulse_keys(db: Connection) -> list[ReplyKey]:
    """Return the keys of all pulses, the newest first."""
    rows = db.execute("SELECT id, tag, secret FROM pulse ORDER BY id DESC")
    return [ReplyKey(id, tag, secret) for id, tag, secret in rows]


def _attach_pulse_results(
    pulse: Pulse, counts: list[tuple[int, int]], earlier_pulses: list[Pulse]
) -> Pulse:
    """Return a pulse with its results, compared with the latest earlier one of the same statements.

    One with more replies than people is compared with none, nor is another with it. `counts` holds,
    for each value of each statement, how often it was given: in the results, and in replies still
    waiting. `earlier_pulses` come with the newest first.
    """
    value_count = len(REPLY_VALUES)
    # Every reply answers both statements, so the counts of the first add up to the replies.
    result_replies = sum(in_results for in_results, _ in counts[:value_count])
    waiting_replies = sum(waiting for _, waiting in counts[:value_count])
    replies = result_replies + waiting_replies
    rate = pulse_results.compute_response_rate(replies, pulse.team_size)
    pulse = pulse._replace(replies=replies, response_rate=rate)
    if not result_replies:
        return pulse
    earlier_pulse = _find_comparable_pulse(pulse, earlier_pulses)
    results = []
    for index, statement in enumerate(pulse.statements):
        start = index * value_count
        values = [in_results for in_results, _ in counts[start : start + value_count]]
        earlier_result = None
        if earlier_pulse is not None and earlier_pulse.results is not None:
            earlier_result = earlier_pulse.results[index]
        results.append(
            pulse_results.build_statement_result(statement, values, earlier_result)
        )
    pulse = pulse._replace(shown=result_replies, results=tuple(results))
    if earlier_pulse is None:
        return pulse
    return pulse._replace(compared=earlier_pulse.id, compared_shown=earlier_pulse.shown)


def _find_comparable_pulse(pulse: Pulse, earlier_pulses: list[Pulse]) -> Pulse | None:
    if _has_surplus(pulse):
        return None
    for earlier_pulse in earlier_pulses:
        if _has_surplus(earlier_pulse):
            continue
        if earlier_pulse.results and earlier_pulse.statements == pulse.statements:
            return earlier_pulse
    return None


def _has_surplus(pulse: Pulse) -> bool:
    return pulse_results.has_reply_surplus(pulse.replies, pulse.team_size)
