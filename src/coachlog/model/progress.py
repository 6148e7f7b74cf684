"""The figures of many conversations: how promises ended, time spent, trends and themes."""

from datetime import date
from typing import TYPE_CHECKING

from coachlog.model.actions import Action, Fate
from coachlog.model.people import Direction, Person, Relationship
from coachlog.model.references import PersonRef
from coachlog.named_tuples import NamedTuple

if TYPE_CHECKING:
    from coachlog.model.comparisons import PeriodComparison
    from coachlog.model.ledger import Ledger


class Share(NamedTuple):
    """How many promises were kept, of how many."""

    kept: int = 0
    of: int = 0

    @property
    def ratio(self) -> float | None:
        """Return the share from 0 to 1; None, not 0, when there is nothing to count."""
        if not self.of:
            return None
        return self.kept / self.of


class Tally(NamedTuple):
    """How many promises met which fate, and so both ratios.

    `pending_past_first` and `released_past_first` count those of `pending` and `released` that were
    open after their first date, moved in time.
    """

    kept: int = 0
    kept_as_reagreed: int = 0
    kept_late: int = 0
    missed: int = 0
    pending: int = 0
    released: int = 0
    pending_past_first: int = 0
    released_past_first: int = 0

    @property
    def promise_count(self) -> int:
        """Return how many promises there are, whatever their fate."""
        return self.decided_count + self.pending + self.released

    @property
    def decided_count(self) -> int:
        """Return how many promises were kept, kept late or missed."""
        return self.kept + self.kept_as_reagreed + self.kept_late + self.missed

    @property
    def past_first(self) -> int:
        """Return how many count by the first date alone: undecided, but open after it."""
        return self.pending_past_first + self.released_past_first

    @property
    def first_date(self) -> Share:
        """Return how many were kept by the first date, of those done or past it."""
        return Share(self.kept, self.decided_count + self.past_first)

    @property
    def as_agreed(self) -> Share:
        """Return how many were kept by the first date or one agreed in time, of those decided."""
        return Share(self.kept + self.kept_as_reagreed, self.decided_count)

    @property
    def has_come_due(self) -> bool:
        """Return whether any promise counts in a ratio, or was dropped in time."""
        return bool(self.decided_count or self.past_first or self.released)


class DirectionTally(NamedTuple):
    """The owner's promises in one direction."""

    direction: Direction
    tally: Tally


class Slips(NamedTuple):
    """How far dates slipped: promises given another date, and how often that was in all.

    `late` counts those done after their first date or still open after it, by so many days until
    they were done, or until now: in the middle, and at most. Both are None where there are none.
    """

    redated: int = 0
    moves: int = 0
    late: int = 0
    median_days: float | None = None
    longest_days: int | None = None


class Caveats(NamedTuple):
    """What to know about promises beside their ratios.

    Left out of both are those without a date, those `hidden` with a deleted conversation and, for
    the side that gave them away, those `handed_over` to somebody else by their first date.
    The rest count: `dated_later` were made without a date, `recorded_afterwards` had a day entered
    once the date had passed, those moved got their date in force in a conversation or of the
    owner's own accord, and `owner_changed` counts those that changed hands after their first date.
    """

    without_date: int = 0
    hidden: int = 0
    handed_over: int = 0
    dated_later: int = 0
    recorded_afterwards: int = 0
    reagreed_together: int = 0
    reagreed_alone: int = 0
    owner_changed: int = 0


class PersonProgress(NamedTuple):
    """One person's figures; `minutes` is the sum of those noted, for `minutes_noted` sessions.

    None, not 0, where there were sessions and none has its minutes noted; so below.
    """

    person: Person
    sessions: int
    minutes: int | None
    open: int
    overdue: int
    done: int
    last_held: date | None
    me: Tally
    them: Tally
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0
    under_half: bool | None = None
    """Whether they had under half the usual time; None where nothing can be said."""

    minutes_noted: int = 0
    fairness: "TimeComparison | None" = None
    """The numbers behind `under_half`; None for someone who is not judged at all."""

    met: int = 0
    """On how many days they were spoken to without a conversation, which count in nothing else."""


class TimeShare(NamedTuple):
    """How much of the owner's time one person had lately.

    `minutes` is None unless all are recorded. `known_since` is the day of the first talk, or the
    day they were added if that was earlier. `only_in_sets` says that they are a member of a set and
    were never met outside it, nor is there a rhythm in which they should be.
    """

    person_id: int
    relationship: Relationship
    sessions: int
    minutes: int | None
    known_since: date
    paused_until: date | None = None
    every_days: int | None = None
    every_months: int | None = None
    only_in_sets: bool = False


class TimeComparison(NamedTuple):
    """One person's talks of the last 90 days beside the number agreed, or else the usual one.

    On the basis `rhythm`, `usual_sessions` is what their rhythm comes to; on `relationship` it is
    the median of people with the same relationship and no rhythm. Without either, nothing can be
    compared. Minutes are None where nothing can be said of them.
    """

    sessions: int
    usual_sessions: float | None = None
    basis: str | None = None
    minutes: int | None = None
    usual_minutes: float | None = None

    @property
    def sessions_under_half(self) -> bool:
        """Return whether there were fewer than half as many talks as agreed or usual."""
        usual = self.usual_sessions
        return usual is not None and self.sessions < usual / 2

    @property
    def minutes_under_half(self) -> bool:
        """Return whether the talks took less than half the usual minutes."""
        minutes, usual = self.minutes, self.usual_minutes
        return minutes is not None and usual is not None and minutes < usual / 2

    @property
    def under_half(self) -> bool | None:
        """Return whether either is under half; None where neither can be compared."""
        if self.usual_sessions is None:
            return None
        # Either is enough: short talks and few talks both leave somebody with too little time.
        return self.sessions_under_half or self.minutes_under_half


class DayFigures(NamedTuple):
    """The conversations of one day: held, with their minutes, and cancelled by either side.

    `alone` is how many of the sessions held were with nobody else.
    """

    date: date
    sessions: int
    minutes: int | None = 0
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0
    minutes_noted: int = 0
    alone: int = 0


class MonthFigures(NamedTuple):
    """The conversations of one month; `month` is `2026-11`."""

    month: str
    sessions: int = 0
    minutes: int | None = 0
    cancelled_by_me: int = 0
    cancelled_by_them: int = 0
    minutes_noted: int = 0


class TrendPoint(NamedTuple):
    on: date
    value: int


class Trend(NamedTuple):
    """One measure over time, asked on one range; `change` is None for a single value.

    `person` is None for the answers of the owner in sessions alone. From six values on,
    `median_first` and `median_last` are the medians of the first and the last three, and
    `direction` is `up`, `down` or `no clear change`; of fewer, only the values say anything.
    """

    measure: str
    person: PersonRef | None
    low: int
    high: int
    first: int
    latest: int
    change: int | None
    n: int
    points: tuple[TrendPoint, ...]
    median_first: int | None = None
    median_last: int | None = None
    direction: str | None = None


class Theme(NamedTuple):
    """How many of the last sessions carry a tag."""

    tag: str
    sessions: int
    of: int


class DecidedPromise(NamedTuple):
    """A promise that counts in the ratios, and how it ended.

    `counts_by_first_date` is false only for one let go on or before its first date. `caveats` are
    the fields of `Caveats` that count it, and `side` is whose it is: `me` or `them`.
    """

    action: Action
    fate: Fate
    counts_by_first_date: bool = True
    caveats: tuple[str, ...] = ()
    side: str = "me"


class TalkTotals(NamedTuple):
    """Talks that are in nobody's row: how many, their minutes, and with how many people."""

    sessions: int = 0
    minutes: int | None = 0
    people: int = 0
    minutes_noted: int = 0


class EncounterTotals(NamedTuple):
    """People spoken to without a conversation: on how many days, summed over how many people."""

    days: int = 0
    people: int = 0


class SetMeetingTotals(NamedTuple):
    """Meetings of action learning sets: how many, their minutes, and of how many sets."""

    sessions: int = 0
    minutes: int | None = 0
    sets: int = 0
    minutes_noted: int = 0


class Progress(NamedTuple):
    """The figures of a period, or of all time; `first_held` is the day of the first talk of all.

    `carried` are open promises that came back three times or more. `days` are those with at least
    one talk, held or cancelled. `weeks_without` are the whole weeks without a talk since the first
    of all, None for one person; `long_gaps` are the gaps that made one person red, None without a
    rhythm. `withheld` counts the private answers left out of `measures`.
    `alone`, `sets` and `archived` are the sessions alone, in sets and with archived people; all
    three are None in the figures of one person. `me_corrected` is `me` with the corrections in
    force, the last of them made on `corrected_on`; both are None without corrections.
    `directions` part `me` by the relationship now, `own_plan` is what is promised to nobody else;
    both are None in the figures of one person.
    `comparison` is None where there is no period before to compare with. `met` is of everyone,
    archived people too, or of one person.
    """

    me: Tally
    them: Tally
    people: tuple[PersonProgress, ...]
    since: date | None = None
    until: date | None = None
    first_held: date | None = None
    carried: tuple[Action, ...] = ()
    months: tuple[MonthFigures, ...] = ()
    days: tuple[DayFigures, ...] = ()
    measures: tuple[Trend, ...] = ()
    withheld: int = 0
    themes: tuple[Theme, ...] = ()
    alone: TalkTotals | None = None
    archived: TalkTotals | None = None
    sets: SetMeetingTotals | None = None
    me_corrected: Tally | None = None
    corrected_on: date | None = None
    directions: tuple[DirectionTally, ...] | None = None
    own_plan: Tally | None = None
    me_slips: Slips = Slips()
    them_slips: Slips = Slips()
    me_caveats: Caveats = Caveats()
    them_caveats: Caveats = Caveats()
    weeks_without: int | None = None
    long_gaps: int | None = None
    comparison: "PeriodComparison | None" = None
    met: EncounterTotals = EncounterTotals()


class ProgressView(NamedTuple):
    """What `progress` shows for everyone, or for one person.

    `ledger` is None unless it was asked for. With a `measure`, the figures have only its trends.
    `private_promises` counts the private ones among the promises shown without a ledger, veiled or
    not.
    """

    figures: Progress
    ledger: "Ledger | None" = None
    is_of_one_person: bool = False
    measure: str | None = None
    private_promises: int = 0
