"""Backups of the journal: what each holds, where they are copied, what a restore would change."""

from datetime import date, datetime

from coachlog.named_tuples import NamedTuple


class Backup(NamedTuple):
    """A backup. `name` is what commands take: `2026-11-30`, `2026-11-30-2`, `schema-15`.

    `schema` is None for a file that cannot be read as a journal, and so are the counts. One that
    `is_damaged` was made of a damaged journal. `fault` says what is wrong with one that is newer
    than the newest sound one of a day; older ones are not looked at.
    """

    name: str
    path: str
    made_on: date
    made_at: datetime
    size: int
    schema: int | None = None
    people: int | None = None
    sessions: int | None = None
    promises: int | None = None
    is_damaged: bool = False
    fault: str | None = None


class BackupVerdict(NamedTuple):
    """Whether a backup is sound; `fault` says what is wrong with it, in words.

    `name` is what commands take: the path, of one that is not beside the journal. One that
    `is_damaged` was made of a damaged journal, and is not expected to be sound.
    """

    name: str
    path: str
    is_sound: bool
    fault: str | None = None
    is_damaged: bool = False


class SecondPlace(NamedTuple):
    """The folder to which backups are copied, if it is there now, and the last copy.

    `fault` says why nothing is copied there, where that is neither its absence nor a whim.
    """

    folder: str
    is_there: bool
    last_copied: str | None = None
    last_copied_at: datetime | None = None
    fault: str | None = None


class RestoredThing(NamedTuple):
    """A person, a conversation or a promise that a restore would change.

    `words` are veiled already; `of` is the other person's name, `on` the day it is known by.
    `state` is such as `done`, `due` the day that a promise is due.
    """

    id: int
    words: str
    of: str | None = None
    on: date | None = None
    private: bool = False
    state: str | None = None
    due: date | None = None


class RestoredChange(NamedTuple):
    """A thing that is in both journals, and not the same: as it is `now`, and as it was `then`.

    `now` has no words if they are private in either.
    """

    now: RestoredThing
    then: RestoredThing


class RestoreDifference(NamedTuple):
    """Of one kind of thing: what would come back, what would be gone, and what would differ."""

    kind: str
    back: tuple[RestoredThing, ...] = ()
    gone: tuple[RestoredThing, ...] = ()
    different: tuple[RestoredChange, ...] = ()


class RestorePreview(NamedTuple):
    """What would change if a backup took the journal's place.

    `others` names other kinds of things that would change. There is no journal to compare with
    where it `is_missing`, and none that can be compared where `present_fault` says what is wrong
    with it. `erased_count`
    things of the backup were erased since, and are left out; `faulty_lists` are the paths of lists
    of what was erased of which not all could be read. `is_needless` where the journal is sound, and
    holds just the same.
    """

    backup: Backup
    differences: tuple[RestoreDifference, ...] = ()
    others: tuple[str, ...] = ()
    present_fault: str | None = None
    is_missing: bool = False
    erased_count: int = 0
    faulty_lists: tuple[str, ...] = ()
    is_needless: bool = False
