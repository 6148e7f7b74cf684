"""Queries of what a programme was worth: benefits and stories, all of them or one."""

from coachlog.errors import NotFound
from coachlog.model.worth import Benefit, WorthStory
from coachlog.rules.story_clearing import KnownName, NameKind
from coachlog.store.database import Connection
from coachlog.store.reading.programme_queries import read_memberships
from coachlog.store.rows import RowReader
from coachlog.store.shown_rows import require_sound_tables

BENEFIT_READER = RowReader(Benefit, "benefit")
WORTH_STORY_READER = RowReader(WorthStory, "worth_story")


def read_benefits(db: Connection) -> list[Benefit]:
    """Return all benefits, the oldest first."""
    require_sound_tables(db, ["benefit"])
    rows = db.execute(f"SELECT {BENEFIT_READER.columns} FROM benefit ORDER BY id")
    return BENEFIT_READER.read_all(rows)


def read_worth_stories(db: Connection) -> list[WorthStory]:
    """Return all stories, the oldest first."""
    require_sound_tables(db, ["worth_story"])
    rows = db.execute(
        f"SELECT {WORTH_STORY_READER.columns} FROM worth_story ORDER BY id"
    )
    return WORTH_STORY_READER.read_all(rows)


def read_worth_story(db: Connection, id: int) -> WorthStory:
    """Return the story with this number. Raises `NotFound` if there is none."""
    require_sound_tables(db, ["worth_story"])
    row = db.execute(
        f"SELECT {WORTH_STORY_READER.columns} FROM worth_story WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise NotFound(
            f"There is no story {id}. Nothing was changed.",
            "`coachlog story list` shows the numbers.",
        )
    return WORTH_STORY_READER.read(row)


def read_known_names(db: Connection) -> list[KnownName]:
    """Return all names that the journal knows, whoever or whatever has them.

    People with their short names, the owner, whoever owned a promise, teams, sets, workshops, and
    of programmes the name, the code and where in them the owner is.
    """
    rows = db.execute(
        """
        SELECT name, 'person' FROM person UNION SELECT slug, 'person' FROM person
        UNION SELECT slug, 'person' FROM person_handle
        UNION SELECT value, 'person' FROM setting WHERE key = 'me'
        UNION SELECT owner, 'person' FROM action WHERE owner NOT IN ('me', 'them')
        UNION SELECT team, 'team' FROM person WHERE team NOT NULL
        UNION SELECT name, 'set' FROM learning_set
        UNION SELECT name, 'workshop' FROM workshop
        """
    )
    names = [KnownName(name, NameKind[kind.upper()]) for name, kind in rows]
    for membership in read_memberships(db, include_left=True):
        programme = membership.programme
        names.append(KnownName(programme.name, NameKind.PROGRAMME))
        names.append(KnownName(programme.code, NameKind.PROGRAMME))
        for place in membership.places.values():
            names.append(KnownName(place, NameKind.PLACE))
    return names
