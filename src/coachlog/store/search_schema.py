"""What the index of `search` consists of; small, as whatever opens the journal loads it."""

from coachlog.store.connections import DriverError

SEARCH_VERSION = 17
"""The first version of the schema that has the index."""
SEARCH_TABLE = "search"
SEARCH_SQL = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', tokenize='ascii')"
)
"""The text of the one virtual table that is coachlog's; a test compares it with the migration."""

SEARCHED_COLUMNS: dict[str, tuple[str, ...]] = {
    "session": (
        *("status", "title", "held_on", "deleted_at"),
        *("person_id", "template"),
    ),
    "slot": ("session_id", "issue"),
    "answer": ("session_id", "kind", "value"),
    "action": (
        *("what", "done_when", "support", "if_then"),
        *("created_at", "deleted_at"),
        *("person_id", "owner_id", "session_id"),
    ),
    "action_event": ("action_id", "kind", "on", "note"),
    "goal": (
        *("title", "why", "success", "levels"),
        *("opened_on", "deleted_at", "person_id"),
    ),
    "rating": ("goal_id", "on", "note"),
    "note": ("words", "link", "written_on", "person_id"),
}
"""The tables whose words are found, each with the columns that its entries are made of."""
SESSION_LINKS = {"session_person": "person_id", "session_tag": "tag_id"}
"""The tables that link a conversation with somebody else in it and with tags, by a column."""
_DAMAGE_CODES = ("SQLITE_CORRUPT", "SQLITE_CONSTRAINT", "SQLITE_ERROR")


def is_search_table(name: str) -> bool:
    """Return whether a table is the index, or one of those in which FTS5 keeps it."""
    return name == SEARCH_TABLE or name.startswith(f"{SEARCH_TABLE}_")


def is_index_error(error: DriverError) -> bool:
    """Return whether an error of a statement about the index alone says that it is damaged."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(_DAMAGE_CODES)
