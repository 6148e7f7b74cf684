"""On which day a set meets next: as agreed, or by its rhythm, past whatever was cancelled."""

from datetime import date

import pytest

from coachlog.dates import NO_RHYTHM, Rhythm
from coachlog.model.sets import MeetingDays
from coachlog.rules.next_meetings import find_next_meeting

NOV_20, DEC_4, DEC_10, DEC_18 = (
    date(2026, 11, 20),
    date(2026, 12, 4),
    date(2026, 12, 10),
    date(2026, 12, 18),
)
JAN_7, JAN_15 = date(2027, 1, 7), date(2027, 1, 15)
EVERY_4_WEEKS = Rhythm(28, None)


@pytest.mark.parametrize(
    ("days", "rhythm", "expected"),
    [
        pytest.param(MeetingDays(), EVERY_4_WEEKS, None, id="never-met"),
        pytest.param(MeetingDays(NOV_20), EVERY_4_WEEKS, DEC_18, id="by-the-rhythm"),
        pytest.param(MeetingDays(NOV_20), NO_RHYTHM, None, id="no-rhythm"),
        pytest.param(
            MeetingDays(NOV_20, DEC_10), EVERY_4_WEEKS, DEC_10, id="as-agreed"
        ),
        pytest.param(
            MeetingDays(NOV_20, DEC_10), NO_RHYTHM, DEC_10, id="as-agreed-no-rhythm"
        ),
        pytest.param(
            MeetingDays(NOV_20, NOV_20), EVERY_4_WEEKS, DEC_18, id="agreed-for-that-day"
        ),
        pytest.param(
            MeetingDays(NOV_20, DEC_10, (DEC_10,)),
            EVERY_4_WEEKS,
            JAN_7,
            id="the-agreed-one-was-cancelled",
        ),
        pytest.param(
            MeetingDays(NOV_20, DEC_10, (DEC_10,)),
            NO_RHYTHM,
            None,
            id="cancelled-no-rhythm",
        ),
        pytest.param(
            MeetingDays(NOV_20, JAN_7, (DEC_10,)),
            EVERY_4_WEEKS,
            JAN_7,
            id="an-earlier-one-was-cancelled",
        ),
        pytest.param(
            MeetingDays(NOV_20, None, (DEC_18,)),
            EVERY_4_WEEKS,
            JAN_15,
            id="by-the-rhythm-cancelled",
        ),
        pytest.param(
            MeetingDays(NOV_20, None, (DEC_4, DEC_18)),
            EVERY_4_WEEKS,
            JAN_15,
            id="two-cancelled",
        ),
        pytest.param(
            MeetingDays(None, None, (DEC_18,)),
            EVERY_4_WEEKS,
            JAN_15,
            id="the-first-was-cancelled",
        ),
    ],
)
def test_the_next_meeting(
    days: MeetingDays, rhythm: Rhythm, expected: date | None
) -> None:
    assert find_next_meeting(days, rhythm) == expected
