"""A history: what it holds, in which order it is told, in which words, and how it fits a screen."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from coachlog.dates import Rhythm
from coachlog.exports.documents.history_page import build_history_page
from coachlog.exports.formats import markdown
from coachlog.model.actions import Action, ActionStatus, Event, EventKind, Fate
from coachlog.model.answers import PromptKind
from coachlog.model.goals import Goal, GoalScale, GoalStatus, Rating
from coachlog.model.history import Episode, History
from coachlog.model.measures import MeasureReading
from coachlog.model.people import Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.model.sessions import Answer, Session, SessionStatus
from coachlog.phrasing import timeline, values
from coachlog.rules.rhythm import is_long_gap
from coachlog.screens.history import HistoryScreen, break_words
from store_builders import TODAY

PRIYA = Person(1, "p", "Priya Shah", "priya-shah", Relationship.REPORT)
HER = PersonRef(1, "Priya Shah")
EVERY_2_WEEKS = PRIYA._replace(every_days=14)
DAY = timedelta(days=1)
MON, TUE, WED, FRI = (TODAY - 14 * DAY + n * DAY for n in (0, 1, 2, 4))


def talk(on: date, *, gap: int | None = None, **fields: object) -> Episode:
    session = Session(1, "s", SessionStatus.HELD, "grow", "GROW", on, None, (HER,))
    return Episode(session._replace(**fields), gap_days=gap)  # type: ignore[arg-type]


def promise(
    due: date | None,
    *moves: tuple[date, date],
    done: date | None = None,
    dropped: date | None = None,
) -> Action:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    status = ActionStatus.DONE if done else ActionStatus.OPEN
    return Action(
        *(1, "a", HER, 1, "Ask", "me"),
        due=moves[-1][1] if moves else due,
        original_due=due,
        status=ActionStatus.DROPPED if dropped else status,
        closed_on=done or dropped,
        events=(
            Event(at, MON, EventKind.MADE, due),
            *(Event(at, on, EventKind.MOVED, to) for on, to in moves),
        ),
    )


# Words


@pytest.mark.parametrize(
    ("action", "fate", "words"),
    [
        pytest.param(
            promise(TUE, done=TUE), Fate.KEPT, "kept on time, Tue 10 Nov", id="kept"
        ),
        pytest.param(
            promise(TUE, (MON, WED), done=WED),
            *(Fate.REAGREED, "kept by the new date, Wed 11 Nov"),
            id="re-agreed",
        ),
        pytest.param(
            promise(TUE, done=WED), Fate.LATE, "kept late, Wed 11 Nov", id="late"
        ),
        pytest.param(
            promise(FRI), Fate.MISSED, "overdue since Fri 13 Nov", id="overdue"
        ),
        pytest.param(promise(TODAY), Fate.PENDING, "due Mon 23 Nov", id="due-today"),
        pytest.param(promise(TODAY + DAY), Fate.PENDING, "due Tue 24 Nov", id="due"),
        pytest.param(
            promise(TUE, (WED, TODAY + DAY)),
            *(Fate.MISSED, "missed, now due Tue 24 Nov"),
            id="moved-too-late",
        ),
        pytest.param(
            promise(TODAY + DAY, (MON, FRI)),
            *(Fate.PENDING, "due Fri 13 Nov"),
            id="pulled-forward",
        ),
        pytest.param(
            promise(FRI, (MON, TUE)),
            *(Fate.MISSED, "overdue since Fri 13 Nov"),
            id="pulled-forward-and-overdue",
        ),
        pytest.param(
            promise(TUE, dropped=MON),
            Fate.RELEASED,
            "dropped in time, Mon 9 Nov",
            id="released",
        ),
        pytest.param(
            promise(TUE, dropped=WED),
            *(Fate.MISSED, "missed: dropped after its date, Wed 11 Nov"),
            id="dropped-late",
        ),
        pytest.param(promise(None), None, "open, no date", id="no-date"),
        pytest.param(
            promise(None, done=WED), None, "done Wed 11 Nov", id="no-date-done"
        ),
        pytest.param(
            promise(None, dropped=WED), None, "dropped Wed 11 Nov", id="no-date-dropped"
        ),
    ],
)
def test_what_became_of_a_promise(
    action: Action, fate: Fate | None, words: str
) -> None:
    assert timeline.describe_promise_fate(action, TODAY) == (fate, words)
    assert timeline.describe_promise_fate(action, TODAY, years=True)[1] in (
        words,
        f"{words} 2026",
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *(
            (1, "1 day"),
            (13, "13 days"),
            (14, "2 weeks"),
            (17, "2 weeks"),
            (18, "3 weeks"),
            (50, "7 weeks"),
            (178, "25 weeks"),
        ),
        *(
            (179, "6 months"),
            (301, "10 months"),
            (365, "12 months"),
            (366, "12 months"),
        ),
        (730, "24 months"),
    ],
)
def test_a_length_of_time(days: int, words: str) -> None:
    assert values.describe_span(days) == words


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(1), "every day"),
        (Rhythm(7), "every week"),
        (Rhythm(14), "every 2 weeks"),
        (Rhythm(10), "every 10 days"),
        (Rhythm(28), "every 4 weeks"),
        (Rhythm(None, 1), "every month"),
        (Rhythm(None, 3), "every 3 months"),
    ],
)
def test_a_rhythm(rhythm: Rhythm, words: str) -> None:
    assert values.describe_rhythm(rhythm) == words


def test_measures() -> None:
    events = [
        MeasureReading("progress", 3, 1, 10, MON),
        MeasureReading("confidence", 6, 1, 10, MON, before=4),
        MeasureReading("usefulness", 2, 1, 10, MON, before=5, before_on=MON),
        MeasureReading("work-felt", 5, 1, 10, MON, before=5),
    ]
    assert timeline.describe_measures(events) == (
        "progress 3 · confidence 6 (was 4) · usefulness 2 (was 5, the same day) · "
        "work felt 5 (was 5)"
    )


@pytest.mark.parametrize(
    ("by", "words"),
    [("me", "cancelled by you"), ("them", "cancelled by Priya"), (None, "cancelled")],
)
def test_who_cancelled(by: str | None, words: str) -> None:
    assert timeline.describe_cancellation(talk(MON, cancelled_by=by), "Priya") == words


# Gaps


@pytest.mark.parametrize(
    ("days", "every", "paused", "long"),
    [
        pytest.param(23, 14, None, False, id="one-and-a-half-times-and-its-grace"),
        pytest.param(24, 14, None, True, id="more"),
        pytest.param(60, None, None, False, id="60-days-without-a-rhythm"),
        pytest.param(61, None, None, True, id="61"),
        pytest.param(40, 14, MON + 20 * DAY, False, id="a-pause-does-not-count"),
        pytest.param(44, 14, MON + 20 * DAY, True, id="too-long-after-a-pause"),
        pytest.param(44, 14, MON + 90 * DAY, False, id="still-paused"),
        pytest.param(24, 14, MON - DAY, True, id="a-pause-before"),
    ],
)
def test_a_long_gap(
    days: int, every: int | None, paused: date | None, long: bool
) -> None:
    assert is_long_gap(MON, MON + days * DAY, Rhythm(every), paused) is long


def gaps(history: History) -> list[str]:
    return [
        p.words
        for p in timeline.build_timeline_parts(history, TODAY)
        if isinstance(p, timeline.TimelineGap)
    ]


@pytest.mark.parametrize(
    ("person", "last", "gaps_in_words"),
    [
        pytest.param(EVERY_2_WEEKS, TODAY - 23 * DAY, [], id="not-long-yet"),
        pytest.param(
            EVERY_2_WEEKS,
            TODAY - 24 * DAY,
            ["3 weeks without a conversation, up to today (agreed: every 2 weeks)"],
            id="long",
        ),
        pytest.param(
            PRIYA,
            TODAY - 61 * DAY,
            ["9 weeks without a conversation, up to today"],
            id="no-rhythm",
        ),
        pytest.param(
            PRIYA._replace(archived=True), TODAY - 99 * DAY, [], id="archived"
        ),
        pytest.param(
            EVERY_2_WEEKS._replace(paused_until=TODAY),
            TODAY - 99 * DAY,
            ["paused until Mon 23 Nov 2026"],
            id="paused",
        ),
        pytest.param(EVERY_2_WEEKS, None, [], id="never"),
    ],
)
def test_how_a_story_ends(
    person: Person, last: date | None, gaps_in_words: list[str]
) -> None:
    assert gaps(History(person, None, (), last_held=last)) == gaps_in_words


def test_a_gap_between_two_talks() -> None:
    episodes = (talk(TODAY - 50 * DAY), talk(TODAY, gap=50))
    assert gaps(History(EVERY_2_WEEKS, None, episodes, last_held=TODAY)) == [
        "7 weeks without a conversation (agreed: every 2 weeks)"
    ]


@pytest.mark.parametrize(
    ("pause_ended", "gaps_in_words"),
    [
        pytest.param(TODAY - 5 * DAY, [], id="within-the-gap"),
        pytest.param(
            TODAY + 30 * DAY,
            [
                "7 weeks without a conversation (agreed: every 2 weeks)",
                "paused until Wed 23 Dec 2026",
            ],
            id="a-later-pause-is-another-gap-s",
        ),
    ],
)
def test_a_pause_excuses_the_gap_it_ended_in(
    pause_ended: date, gaps_in_words: list[str]
) -> None:
    person = EVERY_2_WEEKS._replace(paused_until=pause_ended)
    episodes = (talk(TODAY - 50 * DAY), talk(TODAY, gap=50))
    assert gaps(History(person, None, episodes, last_held=TODAY)) == gaps_in_words


# Order

AIM = Goal(
    "Huddles",
    why="Cover",
    baseline=3,
    target=8,
    opened_on=date(2025, 12, 30),
    ratings=(Rating(date(2026, 1, 12), 5, "Alone"), Rating(date(2026, 2, 2), 4)),
    status=GoalStatus.DROPPED,
    closed_on=date(2026, 3, 1),
)


def test_a_goal_moves_between_the_talks() -> None:
    first, second = talk(date(2025, 12, 30)), talk(date(2026, 1, 12), gap=13)
    history = History(PRIYA, None, (first, second), goals=(AIM,))
    assert list(timeline.build_timeline_parts(history, TODAY)) == [
        timeline.TimelineYear(2025),
        first,
        timeline.Happening(
            date(2025, 12, 30),
            "Goal",
            "Huddles",
            "started at 3 of 10, target 8 of 10",
            "Cover",
        ),
        timeline.TimelineYear(2026),
        second,
        timeline.Happening(
            *(date(2026, 1, 12), "Goal rated", "Huddles"),
            *("now 5 of 10, up 2 from the start", "Alone"),
        ),
        timeline.Happening(
            date(2026, 2, 2), "Goal rated", "Huddles", "now 4 of 10, down 1"
        ),
        timeline.Happening(date(2026, 3, 1), "Goal dropped", "Huddles"),
    ]


def test_a_goal_by_attainment_is_told_in_its_own_words() -> None:
    levels = ("none", "few", "half", "most", "all")
    goal = AIM._replace(
        scale=GoalScale.ATTAINMENT,
        levels=levels,
        baseline=-2,
        target=0,
        ratings=(Rating(TUE, 1),),
        status=GoalStatus.OPEN,
        closed_on=None,
    )
    history = History(PRIYA, None, (), goals=(goal,))
    facts = [
        p.facts
        for p in timeline.build_timeline_parts(history, TODAY)
        if isinstance(p, timeline.Happening)
    ]
    assert facts == [
        "started at -2: none, target 0: half, on a scale from -2 to +2",
        "now +1, up 3 from the start: most",
    ]


@pytest.mark.parametrize(
    ("baseline", "values", "facts"),
    [
        pytest.param(
            3, [3], ["now 3 of 10, no change from the start"], id="where-it-was"
        ),
        pytest.param(3, [2], ["now 2 of 10, down 1 from the start"], id="down"),
        pytest.param(
            3, [5, 5], ["now 5 of 10, up 2 from the start", "now 5 of 10, no change"]
        ),
        pytest.param(
            None, [5, 6], ["now 5 of 10", "now 6 of 10, up 1"], id="no-baseline"
        ),
    ],
)
def test_the_first_rating_moved_from_the_start(
    baseline: int | None, values: list[int], facts: list[str]
) -> None:
    ratings = tuple(Rating(TUE, value) for value in values)
    goal = AIM._replace(
        baseline=baseline, ratings=ratings, status=GoalStatus.OPEN, closed_on=None
    )
    parts = timeline.build_timeline_parts(
        History(PRIYA, None, (), goals=(goal,)), TODAY
    )
    assert [p.facts for p in parts if isinstance(p, timeline.Happening)][1:] == facts


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Most.", None),
        ("most", None),
        ("Most, on Mondays", "Most, on Mondays"),
        (None, None),
    ],
)
def test_a_note_that_repeats_the_words_of_the_level_is_not_told_twice(
    note: str | None, expected: str | None
) -> None:
    goal = AIM._replace(
        scale=GoalScale.ATTAINMENT,
        levels=("none", "few", "half", "most", "all"),
        baseline=None,
        target=0,
        ratings=(Rating(TUE, 1, note),),
        status=GoalStatus.OPEN,
        closed_on=None,
    )
    parts = list(
        timeline.build_timeline_parts(History(PRIYA, None, (), goals=(goal,)), TODAY)
    )
    assert isinstance(parts[-1], timeline.Happening)
    assert parts[-1].note == expected


def test_a_gap_over_the_new_year_stands_below_the_new_year() -> None:
    before, after = talk(date(2025, 10, 1)), talk(date(2026, 1, 12), gap=103)
    history = History(PRIYA, None, (before, after), last_held=TODAY)
    assert list(timeline.build_timeline_parts(history, TODAY))[2:] == [
        *(
            timeline.TimelineYear(2026),
            timeline.TimelineGap("15 weeks without a conversation"),
            after,
        )
    ]


@pytest.mark.parametrize(
    ("episodes", "words"),
    [
        ((), "0 conversations"),
        ((talk(MON),), "1 conversation"),
        (
            (talk(MON), talk(TUE), talk(WED, status=SessionStatus.CANCELLED)),
            "2 conversations and 1 cancelled",
        ),
    ],
)
def test_how_many_talks_a_page_holds(episodes: tuple[Episode, ...], words: str) -> None:
    assert timeline.describe_session_counts(History(PRIYA, None, episodes)) == words


def test_a_promise_made_between_talks_stands_on_its_day() -> None:
    history = History(PRIYA, None, (talk(MON - DAY),), actions=(promise(FRI),))
    assert list(timeline.build_timeline_parts(history, TODAY))[1:] == [
        talk(MON - DAY),
        timeline.TimelinePromise(MON, promise(FRI)),
    ]


@given(
    st.lists(st.dates(date(2020, 1, 1), TODAY), max_size=8),
    st.lists(st.dates(date(2020, 1, 1), TODAY), max_size=4),
)
def test_a_story_goes_forward_and_nothing_is_lost(
    days_held: list[date], rated: list[date]
) -> None:
    goal = AIM._replace(
        ratings=tuple(Rating(on, 5) for on in sorted(rated)), opened_on=date(2020, 1, 1)
    )
    episodes = [talk(on) for on in sorted(days_held)]
    parts = list(
        timeline.build_timeline_parts(
            History(PRIYA, None, tuple(episodes), goals=(goal,)), TODAY
        )
    )
    days = [
        part.session.held_on if isinstance(part, Episode) else part.on
        for part in parts
        if isinstance(part, Episode | timeline.Happening)
    ]
    years = [part.year for part in parts if isinstance(part, timeline.TimelineYear)]
    assert days == sorted(days)
    assert len(days) == len(days_held) + len(rated) + 2
    assert years == sorted(set(years)) == sorted({day.year for day in days})


# On the screen


@given(st.text(alphabet=st.sampled_from("ab  é-"), max_size=120), st.integers(1, 30))
def test_broken_words_are_all_there_and_fit(text: str, room: int) -> None:
    rows = [text[start:end] for start, end in break_words(text, room)]
    assert all(len(row) <= room for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


def draw_history(history: History, width: int, **options: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, **options)  # type: ignore[arg-type]
    console.print(HistoryScreen(history, TODAY, full=True), crop=False)
    return out.getvalue()


def with_words(words: str) -> History:
    answer = Answer("goal", "result", words, PromptKind.TEXT, words, key=True)
    action = promise(FRI)._replace(what=words, owner=words)
    session = talk(
        MON, title=words, answers=(answer,), actions=(action,), tags=(words,)
    )
    goal = AIM._replace(title=words, why=words)
    person = PRIYA._replace(name=words, role=words)
    return History(person, None, (session,), goals=(goal,), actions=(action,))


STRANGE = [
    "宽",
    "e\u0301",
    "👩‍👩‍👧",
    "\x1b[31m",
    "\u202e",
    "\n",
    "\t",
    " ",
    "word ",
    "*",
    "# ",
]
TYPED = st.lists(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from(STRANGE),
    min_size=1,
    max_size=60,
).map("".join)


@given(TYPED, st.integers(30, 140))
def test_no_line_is_wider_than_the_screen_whatever_was_typed(
    words: str, width: int
) -> None:
    out = draw_history(with_words(words), width)
    assert max(map(cell_len, out.split("\n"))) <= width
    assert "\x1b" not in out


@given(TYPED, st.integers(30, 140))
def test_colour_changes_no_word(words: str, width: int) -> None:
    import re

    history = with_words(words)
    coloured = draw_history(history, width, force_terminal=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == draw_history(history, width)


# As a page


@given(TYPED)
def test_a_page_shows_what_was_typed_and_is_no_markup(words: str) -> None:
    document = build_history_page(with_words(words), TODAY, full=True)
    tokens = MarkdownIt("commonmark").parse(markdown.write(document).decode())
    kinds = [token.type for token in tokens]
    # The title, promises, goals and measures, two years, and a conversation.
    levels = ["h1", "h2", "h2", "h2", "h2", "h3"]
    assert [t.tag for t in tokens if t.type == "heading_open"] == levels
    assert {"fence", "code_block", "html_block", "blockquote_open", "hr"} & set(
        kinds
    ) == set()
