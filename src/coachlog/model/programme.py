"""A programme: who takes part, what a quarter's contribution holds, and what is added up of it.

In a module of its own because every command would pay for creating these classes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from coachlog.named_tuples import NamedTuple

VECTOR_VERSION = 1
"""The version of the fixed list of numbers that a contribution holds."""

NUMBER_START = 12
"""How many digits of a contribution's number are shown, and are in the names of its files.

They tell it from all others: two of 100,000 would be alike in one of 56,000 such programmes.
"""

Places = Mapping["Breakdown", str]
"""Where in a programme a member is: the cohort, region and band chosen at joining."""


class Breakdown(StrEnum):
    """What the groups of a report are made by; a programme has one."""

    COHORT = "cohort"
    REGION = "region"
    BAND = "band"


class Holder(StrEnum):
    """Who holds one half of each contribution; in a programme of one holder, all of it."""

    COORDINATOR = "coordinator"
    GOVERNANCE = "governance"

    @property
    def words(self) -> str:
        """Return a holder as people are told of them: `the second holder`."""
        is_second = self is Holder.GOVERNANCE
        return "the second holder" if is_second else "the coordinator"


def join_holder_words(holders: Iterable[Holder]) -> str:
    """Return several holders in words: `the coordinator and the second holder`."""
    return " and ".join(holder.words for holder in holders)


class Programme(NamedTuple):
    """What a coordinator hands to managers who may join.

    `choices` are the cohorts, regions and bands to choose from, `breakdown` is the one that groups
    are made by. `keys` are the age recipients of its holders: with one, contributions are not
    split. `caps` are the most that counts of each number of one manager in one quarter.
    """

    code: str
    name: str
    breakdown: Breakdown
    choices: Mapping[Breakdown, tuple[str, ...]]
    keys: Mapping[Holder, str]
    caps: Mapping[str, int]
    vector: int = VECTOR_VERSION

    @property
    def is_split(self) -> bool:
        """Return whether two holders each get one half of a contribution."""
        return len(self.keys) > 1


class Membership(NamedTuple):
    """A programme that the owner of the journal has joined; `member` is the id in its files.

    Whoever leaves and joins again has another membership, by its `id`, and is the same member.
    """

    programme: Programme
    member: str
    places: Places
    joined_on: date
    left_on: date | None = None
    id: int = 0


class Contribution(NamedTuple):
    """One manager's quarter as one holder gets it: all numbers, or one share of each.

    `number` is random and the same in both halves. `edition` counts what the same member sent for
    the same quarter. `numbers` are as `programme_vector.NUMBERS` lists them; shares are mod 2^64.
    `terms` is the digest of the programme's file by which it was made, caps and all.
    """

    programme: str
    quarter: str
    holder: Holder
    number: str
    member: str
    edition: int
    places: Places
    made_on: date
    numbers: Sequence[int]
    terms: str
    vector: int = VECTOR_VERSION


class PreparedContribution(NamedTuple):
    """A quarter that can be sent, to be looked at before.

    `numbers` are as the journal has them, by name; what is above its cap leaves as the cap. Until
    `settles_on`, if that is still to come, more of what happens to promises counts in them. On
    `first_joined_on` the programme was joined for the first time, even if it was left since.
    """

    membership: Membership
    quarter: str
    edition: int
    numbers: Mapping[str, int]
    first_joined_on: date
    is_before_joining: bool = False
    is_long_before_joining: bool = False
    settles_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether the journal has nothing of the quarter."""
        return not any(
            value for name, value in self.numbers.items() if name != "contributed"
        )


class SentContribution(NamedTuple):
    """A quarter that was sent by a membership in a programme, as the journal remembers it."""

    programme: str
    quarter: str
    edition: int
    number: str
    made_on: date
    membership_id: int = 0


def shorten_number(number: str) -> str:
    """Return the start of a contribution's number, by which its holders speak of it."""
    return number[:NUMBER_START]


class ListedContribution(NamedTuple):
    """One line of a holder's list: a contribution without its numbers.

    `digest` is the SHA-256 of what was sealed, by which the manifest holds on to it.
    """

    number: str
    member: str
    edition: int
    group: str
    digest: str


UNNAMED_FILE = "a file"


class OmittedFile(NamedTuple):
    """A file or a contribution that counts in no quarter, and why.

    In what holders send each other, `name` is the start of the contribution's number, where that
    is known, and `UNNAMED_FILE` otherwise.
    """

    name: str
    reason: str


class HolderList(NamedTuple):
    """What one holder has of one quarter: the contributions that can be read, and the rest.

    `other_quarters` are the names of the folder's files of each other quarter: no list has them.
    """

    programme: str
    quarter: str
    holder: Holder
    made_on: date
    contributions: tuple[ListedContribution, ...]
    omitted: tuple[OmittedFile, ...] = ()
    other_quarters: Mapping[str, tuple[str, ...]] = {}


class ManifestEntry(NamedTuple):
    """One contribution that a closed quarter takes in: the digest of the half of each holder."""

    number: str
    group: str
    digests: Mapping[Holder, str]


class Manifest(NamedTuple):
    """A closed quarter: what counts in it, once and for all.

    `groups` are those that are added up, with how many contributions each has: none has under 8.
    `invited` is how many managers were asked in a group, where the coordinator said so.
    """

    programme: str
    quarter: str
    breakdown: Breakdown
    holders: tuple[Holder, ...]
    closed_on: date
    groups: Mapping[str, int]
    entries: tuple[ManifestEntry, ...]
    omitted: tuple[OmittedFile, ...] = ()
    invited: Mapping[str, int] = {}


class GroupSums(NamedTuple):
    """What one holder, or both together, make of the numbers of one group."""

    group: str
    contributions: int
    sums: tuple[int, ...]


class HolderSums(NamedTuple):
    """The sums of one holder over a closed quarter; `manifest` is the digest of its manifest."""

    programme: str
    quarter: str
    holder: Holder
    manifest: str
    summed_on: date
    groups: tuple[GroupSums, ...]
    caps: Mapping[str, int]
    vector: int = VECTOR_VERSION


class GroupFigures(NamedTuple):
    """What is printed of one group: by name, and nothing of what is hidden.

    `contributions` and `counts`, which are of managers, are rounded to fives; `magnitudes` are
    exact, and `percents` are the shares that some of them are of others. `spoilt` are the numbers
    whose sum cannot be.
    """

    group: str
    contributions: int
    magnitudes: Mapping[str, int]
    counts: Mapping[str, int]
    spoilt: tuple[str, ...] = ()
    percents: Mapping[str, int] = {}


class ProgrammeReport(NamedTuple):
    """What is printed of a closed quarter: of each group that is shown, and of these together.

    The groups are in the order of their names, `other` last. `invited` is how many managers were
    asked in a group, where that is known, and `responses` how many per cent of them contributed at
    least; '' is all groups shown. `small_groups` are under 8, and `omitted` is how many files and
    contributions are in no figure, without those that were not needed.
    """

    programme: Programme
    quarter: str
    closed_on: date
    groups: tuple[GroupFigures, ...]
    total: GroupFigures
    invited: Mapping[str, int] = {}
    responses: Mapping[str, int] = {}
    small_groups: tuple[str, ...] = ()
    omitted: int = 0

    @property
    def total_invited(self) -> int | None:
        """Return how many managers were asked in all groups shown; None unless it is known."""
        counts = [self.invited.get(group.group) for group in self.groups]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None
