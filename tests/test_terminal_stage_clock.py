"""The clock of a meeting: time used against time planned, for each slot and each stage."""

import pytest

from coachlog.interview.conversation import Question
from coachlog.model.answers import PromptKind
from coachlog.model.templates import Stage
from coachlog.terminal.stage_clock import StageClock
from meeting_templates import template

STAGES = (
    template().stages
)  # arrive 5 minutes; a slot: present 10, ask 20; close has no minutes
ARRIVE, PRESENT, ASK, CLOSE = STAGES


class Watch:
    """A watch that is turned by hand, in minutes."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_(self, minutes: float) -> None:
        self.seconds += minutes * 60


def question(key: str, stage: Stage | None = None) -> Question:
    return Question(key, "?", PromptKind.LINE, stage)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def clock(watch: Watch) -> StageClock:
    return StageClock(STAGES, timer=watch)


def test_a_stage_outside_of_slots_counts_alone(clock: StageClock, watch: Watch) -> None:
    clock.turn_to(question("arrive.mood", ARRIVE))
    watch.pass_(2.9)
    assert clock.time_text == "Arrive 2 of 5 min"


def test_a_slot_counts_over_all_its_stages(clock: StageClock, watch: Watch) -> None:
    clock.turn_to(question("1:issue"))
    watch.pass_(1)
    assert clock.time_text == "Slot 1 of 30 min"
    clock.turn_to(question("1:present.problem", PRESENT))
    watch.pass_(4)
    clock.turn_to(question("1:ask.asked.1.question", ASK))
    watch.pass_(2)
    assert clock.time_text == "Slot 7 of 30 min · Ask 2 of 20 min"
    assert clock.count_slot_minutes("1") == 7


def test_the_next_slot_begins_anew(clock: StageClock, watch: Watch) -> None:
    clock.turn_to(question("1:present.problem", PRESENT))
    watch.pass_(9)
    clock.turn_to(question("2:present.problem", PRESENT))
    watch.pass_(3)
    assert clock.time_text == "Slot 3 of 30 min · Present 3 of 10 min"
    assert (
        clock.count_slot_minutes("1"),
        clock.count_slot_minutes("2"),
        clock.count_slot_minutes("3"),
    ) == (9, 3, 0)


def test_over_time_is_said_and_nothing_more(clock: StageClock, watch: Watch) -> None:
    clock.turn_to(question("1:ask.asked.1.question", ASK))
    watch.pass_(31)
    assert (
        clock.time_text
        == "Slot 31 of 30 min, 1 minute over · Ask 31 of 20 min, 11 minutes over"
    )


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(question("review.4.outcome"), id="promises"),
        pytest.param(question(":present"), id="who-is-here"),
        pytest.param(question("held-on"), id="the-day"),
        pytest.param(question("close.learned", CLOSE), id="a-stage-without-minutes"),
    ],
)
def test_where_no_time_is_planned_none_is_shown(
    clock: StageClock, watch: Watch, asked: Question
) -> None:
    clock.turn_to(asked)
    watch.pass_(3)
    assert clock.time_text == ""


def test_time_between_slots_belongs_to_none(clock: StageClock, watch: Watch) -> None:
    clock.turn_to(question("1:present.problem", PRESENT))
    watch.pass_(5)
    clock.turn_to(question(":order.4"))
    watch.pass_(60)
    clock.turn_to(question("2:issue"))
    assert (clock.count_slot_minutes("1"), clock.count_slot_minutes("2")) == (5, 0)


def test_what_was_counted_goes_on_after_a_pause(
    clock: StageClock, watch: Watch
) -> None:
    clock.turn_to(question("arrive.mood", ARRIVE))
    watch.pass_(1)
    clock.turn_to(question("2:ask.asked.1.question", ASK))
    watch.pass_(7.5)
    assert clock.stage_seconds == ["- arrive 60", "2 ask 450"]
    again = StageClock(STAGES, clock.stage_seconds, timer=watch)
    watch.pass_(600)
    again.turn_to(question("2:ask.best", ASK))
    watch.pass_(1)
    assert again.time_text == "Slot 8 of 30 min · Ask 8 of 20 min"


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0.4, 0), (0.6, 1), (37.4, 37), (37.6, 38)]
)
def test_the_minutes_of_a_slot_are_rounded(
    clock: StageClock, watch: Watch, minutes: float, shown: int
) -> None:
    clock.turn_to(question("1:issue"))
    watch.pass_(minutes)
    assert clock.count_slot_minutes("1") == shown
