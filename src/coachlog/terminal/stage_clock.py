"""The quiet clock of a meeting: time used against time planned, for each slot and stage."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from coachlog.interview.keys import parse_key
from coachlog.model.answers import AnswerValue
from coachlog.model.templates import Stage
from coachlog.text import format_count

if TYPE_CHECKING:
    from coachlog.interview.conversation import Question

# Seconds between two looks at the clock. It shows whole minutes, so that more often is no use.
CLOCK_REFRESH_SECONDS = 20.0

SlotAndStage = tuple[str, str]
_NOWHERE: SlotAndStage = ("", "")


class StageClock:
    """Counts how long each stage takes, in each slot; it only shows, and nothing waits for it.

    It resumes from the `stage_seconds` of a draft; the time between two runs is not counted. Unless
    a stage has minutes, it does not run and has nothing to show.
    """

    def __init__(
        self,
        stages: Sequence[Stage] = (),
        stage_seconds: AnswerValue = None,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self.is_running = any(stage.minutes for stage in stages)
        self._stages = {stage.id: stage for stage in stages}
        self._slot_minutes = 0
        if self.is_running:
            from coachlog.interview.meeting import sum_slot_minutes

            self._slot_minutes = sum_slot_minutes(stages)
        self._timer = timer
        self._seconds: defaultdict[SlotAndStage, float] = defaultdict(float)
        if self.is_running and isinstance(stage_seconds, list):
            self._seconds.update(_parse_stage_seconds(stage_seconds))
        self._current = _NOWHERE
        self._last_count = timer()

    def turn_to(self, question: "Question") -> None:
        """Count from now on for the slot and the stage of this question."""
        if not self.is_running:
            return
        self._count_time()
        slot = parse_key(question.key).slot
        stage = question.stage.id if question.stage else ""
        self._current = (slot, stage)

    @property
    def stage_seconds(self) -> list[str]:
        """Return the seconds counted so far as a draft stores them: `ann-obi present 123`."""
        self._count_time()
        return [
            f"{slot or '-'} {stage or '-'} {seconds:.0f}"
            for (slot, stage), seconds in self._seconds.items()
        ]

    def count_slot_minutes(self, slot: str) -> int:
        """Return how many minutes a slot has taken, rounded; 0 for less than half a minute."""
        self._count_time()
        return round(self._sum_slot_seconds(slot) / 60)

    @property
    def time_text(self) -> str:
        """Return time used and planned, `Slot 12 of 37 min · Clarify 3 of 8 min`; '' for none."""
        self._count_time()
        slot, stage_id = self._current
        stage = self._stages.get(stage_id)
        parts = []
        if slot and self._slot_minutes:
            slot_time = _format_time_used(
                self._sum_slot_seconds(slot), self._slot_minutes
            )
            parts.append(f"Slot {slot_time}")
        if stage and stage.minutes:
            stage_time = _format_time_used(self._seconds[self._current], stage.minutes)
            parts.append(f"{stage.title} {stage_time}")
        return " · ".join(parts)

    def _sum_slot_seconds(self, slot: str) -> float:
        return sum(
            seconds for place, seconds in self._seconds.items() if place[0] == slot
        )

    def _count_time(self) -> None:
        now = self._timer()
        if self._current != _NOWHERE:
            self._seconds[self._current] += now - self._last_count
        self._last_count = now


def _format_time_used(seconds: float, planned_minutes: int) -> str:
    used = int(seconds // 60)
    text = f"{used} of {planned_minutes} min"
    if used > planned_minutes:
        text += f", {format_count(used - planned_minutes, 'minute')} over"
    return text


def _parse_stage_seconds(
    rows: Iterable[object],
) -> Iterator[tuple[SlotAndStage, float]]:
    for row in rows:
        slot, stage, seconds = str(row).split(" ")
        # A dash alone stands for none; a stage's own name may hold dashes.
        yield (slot.strip("-"), "" if stage == "-" else stage), float(seconds)
