"""Queries of `search`: which entries have the words, and what they say.

An entry of the index counts only if its row may be shown: what is hidden is in no list, no number
and no suggestion. The row itself is looked at, not the index.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from coachlog.model.references import PersonRef
from coachlog.model.search import SearchFilters, SearchHit, SearchKind
from coachlog.named_tuples import NamedTuple
from coachlog.rules.disclosure import Secret
from coachlog.rules.searches import SearchTerms, build_match
from coachlog.store.database import Connection
from coachlog.store.reading.row_filters import (
    ACTION_OUTSIDE_SETS,
    HELD_SESSION,
    LIVE_ACTION,
    LIVE_EVENT,
    SESSION_OUTSIDE_SETS,
    build_placeholders,
)
from coachlog.store.reading.three_way_filters import THIRD_PERSON_ID
from coachlog.store.rows import (
    build_person_ref,
    build_set_ref,
    parse_stored_texts,
)
from coachlog.store.search_labels import (
    label_person,
    label_table,
    label_tag,
    label_template,
)
from coachlog.store.search_numbers import (
    DAY_BITS,
    ID_BITS,
    LARGEST_ID,
    TABLE_BITS,
    TABLE_CODES,
    locate_entry,
)
from coachlog.store.search_vocabulary import VOCABULARY, open_vocabulary

MOST_COUNTED = 1_000
"""So many hits are counted, and ranked; of more, it is only said that there are more."""
_MOST_NEAR_WORDS = 200
_MOST_LAST_WORDS = 16
_FIRST_CHARACTER, _LAST_CHARACTER = "0", "\U0010ffff"
"""Between these is every character of a word."""
_IN_MEETING = f"NOT {SESSION_OUTSIDE_SETS}"
_IN_SET = f"NOT {ACTION_OUTSIDE_SETS}"
_ALWAYS, _NEVER = "1", "0"

_WITH_PERSON = f":person IN (session.person_id, {THIRD_PERSON_ID})"
_ACTION_WITH_PERSON = (
    "(action.person_id = :person OR action.owner_id = :person) "
    f"AND {ACTION_OUTSIDE_SETS}"
)
_HAS_TAG = (
    "EXISTS (SELECT 1 FROM session_tag WHERE session_tag.session_id = session.id "
    "AND session_tag.tag_id = :tag)"
)
_OF_TEMPLATE = "session.template = :template"
_ACTION_SESSION = (
    "EXISTS (SELECT 1 FROM session "
    "WHERE session.id = action.session_id AND {condition})"
)


class _SearchedTable(NamedTuple):
    """A table of the index: where its rows are found, and what the filters and secrets are there.

    What a table has no condition for is never so: a goal has no template.
    """

    kind: SearchKind
    rows: str
    conditions: Mapping[str, str]
    secrets: Mapping[Secret, str]


_SESSION_CONDITIONS = {
    "person_id": _WITH_PERSON,
    "template": _OF_TEMPLATE,
    "tag_id": _HAS_TAG,
}
_ACTION_CONDITIONS = {
    "person_id": _ACTION_WITH_PERSON,
    "template": _ACTION_SESSION.format(condition=_OF_TEMPLATE),
    "tag_id": _ACTION_SESSION.format(condition=_HAS_TAG),
}
_ACTION_SECRETS = {Secret.PRIVATE: "action.private", Secret.IN_SET: _IN_SET}
_GOAL_CONDITIONS = {"person_id": "goal.person_id = :person"}
_GOAL_SECRETS = {Secret.PRIVATE: "goal.private"}

_SOURCES = {
    "session": _SearchedTable(
        SearchKind.CONVERSATION,
        f"session WHERE session.id = {{id}} AND {HELD_SESSION}",
        _SESSION_CONDITIONS,
        {},
    ),
    "slot": _SearchedTable(
        SearchKind.CONVERSATION,
        "slot CROSS JOIN session ON session.id = slot.session_id "
        f"WHERE slot.id = {{id}} AND {HELD_SESSION}",
        _SESSION_CONDITIONS,
        {Secret.IN_SET: _ALWAYS},
    ),
    "answer": _SearchedTable(
        SearchKind.ANSWER,
        "answer CROSS JOIN session ON session.id = answer.session_id "
        f"WHERE answer.id = {{id}} AND {HELD_SESSION}",
        _SESSION_CONDITIONS,
        {
            Secret.PRIVATE: "answer.private",
            Secret.HEALTH: "answer.health",
            Secret.IN_SET: _IN_MEETING,
        },
    ),
    "action": _SearchedTable(
        SearchKind.PROMISE,
        f"action WHERE action.id = {{id}} AND {LIVE_ACTION}",
        _ACTION_CONDITIONS,
        _ACTION_SECRETS,
    ),
    "action_event": _SearchedTable(
        SearchKind.PROMISE,
        "action_event CROSS JOIN action ON action.id = action_event.action_id "
        f"WHERE action_event.id = {{id}} AND {LIVE_ACTION} AND {LIVE_EVENT}",
        _ACTION_CONDITIONS,
        _ACTION_SECRETS,
    ),
    "goal": _SearchedTable(
        SearchKind.GOAL,
        "goal WHERE goal.id = {id} AND goal.deleted_at IS NULL",
        _GOAL_CONDITIONS,
        _GOAL_SECRETS,
    ),
    "rating": _SearchedTable(
        SearchKind.GOAL,
        "rating CROSS JOIN goal ON goal.id = rating.goal_id "
        "WHERE rating.id = {id} AND goal.deleted_at IS NULL",
        _GOAL_CONDITIONS,
        _GOAL_SECRETS,
    ),
    "note": _SearchedTable(
        SearchKind.NOTE,
        "note WHERE note.id = {id}",
        {"person_id": "note.person_id = :person"},
        {Secret.NOTE: _ALWAYS},
    ),
}


class SearchQuery(NamedTuple):
    """What is looked for, and what may not be shown."""

    terms: SearchTerms
    filters: SearchFilters = SearchFilters()
    hidden_secrets: frozenset[Secret] = frozenset()


def find_entries(db: Connection, query: SearchQuery, limit: int) -> list[int]:
    """Return the numbers of the entries that have the words and may be shown, the newest first.

    At most `limit` of them. Raises a driver error if the index is damaged.
    """
    rows = db.execute(
        f"SELECT search.rowid FROM search WHERE {_build_entry_condition(query)} "
        "ORDER BY search.rowid DESC LIMIT :limit",
        _build_parameters(query)
        | {"match": _build_labelled_match(db, query), "limit": limit},
    )
    return [number for (number,) in rows]


def _build_entry_condition(query: SearchQuery) -> str:
    conditions = ["search MATCH :match"]
    if query.filters.since:
        conditions.append("search.rowid >= :since")
    if query.filters.until:
        conditions.append("search.rowid < :until")
    cases = " ".join(
        f"WHEN {TABLE_CODES[table]} THEN {_build_row_condition(source, query)}"
        for table, source in _SOURCES.items()
    )
    code = f"(search.rowid >> {ID_BITS}) & {(1 << TABLE_BITS) - 1}"
    return f"{' AND '.join(conditions)} AND CASE {code} {cases} ELSE 0 END"


def _build_row_condition(source: _SearchedTable, query: SearchQuery) -> str:
    """Return the SQL of whether an entry's row is there, meets the filters and is no secret."""
    filters = query.filters
    if filters.kind not in (None, source.kind):
        return _NEVER
    conditions = []
    for name in ("person_id", "template", "tag_id"):
        if getattr(filters, name) is not None:
            conditions.append(source.conditions.get(name, _NEVER))
    for secret, condition in source.secrets.items():
        if secret in query.hidden_secrets:
            conditions.append(f"NOT ({condition})")
    if _NEVER in conditions or f"NOT ({_ALWAYS})" in conditions:
        return _NEVER
    rows = source.rows.format(id=f"(search.rowid & {LARGEST_ID})")
    return f"EXISTS (SELECT 1 FROM {' AND '.join([rows, *conditions])})"


def _build_parameters(query: SearchQuery) -> dict[str, Any]:
    filters = query.filters
    parameters: dict[str, Any] = {
        "person": filters.person_id,
        "template": filters.template,
        "tag": filters.tag_id,
    }
    if filters.since:
        parameters["since"] = filters.since.toordinal() << DAY_BITS
    if filters.until:
        parameters["until"] = (filters.until.toordinal() + 1) << DAY_BITS
    return parameters


def _build_labelled_match(db: Connection, query: SearchQuery) -> str:
    """Return the terms as FTS5 takes them, with the labels of what the search is narrowed to."""
    match = build_match(query.terms, _find_last_words(db, query.terms))
    labels = _list_filter_labels(query.filters)
    return " AND ".join([*labels, f"({match})"]) if labels else match


def _find_last_words(db: Connection, terms: SearchTerms) -> list[str]:
    """Return the words of the index that the last one may be; none if they are too many.

    Of a beginning, FTS5 gathers all entries before it looks at one, which takes 30 ms of a common
    word; of few whole words it reads as many as are wanted.
    """
    if not terms.is_open:
        return []
    open_vocabulary(db)
    word = terms.phrases[-1][-1]
    # The word itself is not looked for, as its entries would be counted.
    rows = db.execute(
        f"SELECT term FROM {VOCABULARY} WHERE term >= ? AND term < ? LIMIT ?",
        (f"{word}{_FIRST_CHARACTER}", f"{word}{_LAST_CHARACTER}", _MOST_LAST_WORDS),
    ).fetchall()
    return [word, *(term for (term,) in rows)] if len(rows) < _MOST_LAST_WORDS else []


def _list_filter_labels(filters: SearchFilters) -> list[str]:
    labels = []
    if filters.person_id is not None:
        labels.append(label_person(filters.person_id))
    if filters.template is not None:
        labels.append(label_template(filters.template))
    if filters.tag_id is not None:
        labels.append(label_tag(filters.tag_id))
    # Of the answers, which nearly all entries are, none is labelled as one.
    if filters.kind not in (None, SearchKind.ANSWER):
        tables = [
            table for table, source in _SOURCES.items() if source.kind is filters.kind
        ]
        labels.append(f"({' OR '.join(map(label_table, tables))})")
    return labels


def find_near_words(db: Connection, word: str) -> list[str]:
    """Return the words of the index that are spelt much like one, whatever they are in.

    Whether one of them may be shown is for `find_entries` to say.
    """
    from difflib import get_close_matches

    open_vocabulary(db)
    # Most misspellings keep the first letter; the others are not worth reading the whole index.
    rows = db.execute(
        f"SELECT term FROM {VOCABULARY} WHERE term >= ? AND term < ? "
        "AND length(term) BETWEEN ? AND ?",
        (word[0], f"{word[0]}{_LAST_CHARACTER}", len(word) - 2, len(word) + 2),
    )
    terms = [term for (term,) in rows if term != word]
    return get_close_matches(word, terms, n=_MOST_NEAR_WORDS, cutoff=0.7)


def find_tag_id(db: Connection, name: str) -> int | None:
    """Return the number of the tag with this name, in any case; None if there is none."""
    from coachlog.text import fold_text

    key = fold_text(name.lstrip("#"))
    for id, tag_name in db.execute("SELECT id, name FROM tag"):
        if fold_text(tag_name) == key:
            return int(id)
    return None


# What the entries say


def read_hits(db: Connection, numbers: Sequence[int]) -> list[SearchHit]:
    """Return what the entries with these numbers say, in their order."""
    places = [locate_entry(number) for number in numbers]
    ids_by_table: dict[str, list[int]] = {}
    for place in places:
        ids_by_table.setdefault(place.table, []).append(place.id)
    hits: dict[tuple[str, int], SearchHit] = {}
    for table, ids in ids_by_table.items():
        for id, hit in _READERS[table](db, ids):
            hits[table, id] = hit
    return [
        hits[place.table, place.id]._replace(on=place.on)
        for place in places
        if (place.table, place.id) in hits
    ]


_NO_DAY = date.min
"""The day of a hit is that of its entry, and is set once it is read."""
_TALK_COLUMNS = f"""
    session.id, session.title, session.person_id,
    (SELECT person.name FROM person WHERE person.id = session.person_id),
    {THIRD_PERSON_ID},
    (SELECT person.name FROM person WHERE person.id = {THIRD_PERSON_ID}),
    (SELECT meeting.set_id FROM meeting WHERE meeting.session_id = session.id),
    (SELECT learning_set.name FROM meeting CROSS JOIN learning_set
     ON learning_set.id = meeting.set_id WHERE meeting.session_id = session.id)
"""

IdentifiedHits = Iterable[tuple[int, SearchHit]]


def _build_talk_hit(kind: SearchKind, text: str, *columns: Any) -> SearchHit:
    id, title, person_id, name, third_id, third_name, set_id, set_name = columns
    people = map(build_person_ref, (person_id, third_id), (name, third_name))
    return SearchHit(
        kind=kind,
        id=id,
        on=_NO_DAY,
        text=text,
        people=tuple(person for person in people if person),
        set=build_set_ref(set_id, set_name),
        session=id,
        title=title,
    )


def _read_session_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for row in db.execute(
        f"SELECT {_TALK_COLUMNS} FROM session WHERE session.id IN ({_list(ids)})",
        [*ids],
    ):
        yield row[0], _build_talk_hit(SearchKind.CONVERSATION, row[1], *row)


def _read_slot_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for id, issue, *talk in db.execute(
        f"SELECT slot.id, slot.issue, {_TALK_COLUMNS} FROM slot "
        f"CROSS JOIN session ON session.id = slot.session_id WHERE slot.id IN ({_list(ids)})",
        [*ids],
    ):
        yield id, _build_talk_hit(SearchKind.CONVERSATION, issue, *talk)


def _read_answer_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    # Imported here, as the index has the rule of what is searched of an answer.
    from coachlog.store.search_entries import list_answer_texts

    for id, kind, value, question, private, health, *talk in db.execute(
        "SELECT answer.id, answer.kind, answer.value, answer.question, answer.private, "
        f"answer.health, {_TALK_COLUMNS} FROM answer CROSS JOIN session "
        f"ON session.id = answer.session_id WHERE answer.id IN ({_list(ids)})",
        [*ids],
    ):
        text = _join_texts(list_answer_texts(kind, value))
        hit = _build_talk_hit(SearchKind.ANSWER, text, *talk)
        yield (
            id,
            hit._replace(question=question, private=bool(private), health=bool(health)),
        )


_ACTION_COLUMNS = """
    action.id, action.session_id,
    (SELECT session.title FROM session WHERE session.id = action.session_id),
    action.person_id, (SELECT person.name FROM person WHERE person.id = action.person_id),
    (SELECT set_action.set_id FROM set_action WHERE set_action.action_id = action.id),
    (SELECT learning_set.name FROM set_action CROSS JOIN learning_set
     ON learning_set.id = set_action.set_id WHERE set_action.action_id = action.id),
    action.private
"""


def _build_action_hit(texts: Iterable[str | None], *columns: Any) -> SearchHit:
    id, session_id, title, person_id, name, set_id, set_name, private = columns
    person = build_person_ref(person_id, name)
    return SearchHit(
        kind=SearchKind.PROMISE,
        id=id,
        on=_NO_DAY,
        text=_join_texts(texts),
        people=(person,) if person else (),
        set=build_set_ref(set_id, set_name),
        session=session_id,
        title=title or "",
        private=bool(private),
    )


def _read_action_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for (
        *texts,
        id,
        session_id,
        title,
        person_id,
        name,
        set_id,
        set_name,
        private,
    ) in db.execute(
        "SELECT action.what, action.done_when, action.support, action.if_then, "
        f"{_ACTION_COLUMNS} FROM action WHERE action.id IN ({_list(ids)})",
        [*ids],
    ):
        columns = (id, session_id, title, person_id, name, set_id, set_name, private)
        yield id, _build_action_hit(texts, *columns)


def _read_event_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for id, note, *columns in db.execute(
        f"SELECT action_event.id, action_event.note, {_ACTION_COLUMNS} FROM action_event "
        "CROSS JOIN action ON action.id = action_event.action_id "
        f"WHERE action_event.id IN ({_list(ids)})",
        [*ids],
    ):
        yield id, _build_action_hit([note], *columns)


_GOAL_COLUMNS = """
    goal.id, goal.person_id,
    (SELECT person.name FROM person WHERE person.id = goal.person_id), goal.private
"""


def _build_goal_hit(texts: Iterable[str | None], *columns: Any) -> SearchHit:
    id, person_id, name, private = columns
    person = build_person_ref(person_id, name)
    return SearchHit(
        kind=SearchKind.GOAL,
        id=id,
        on=_NO_DAY,
        text=_join_texts(texts),
        people=(person,) if person else (),
        private=bool(private),
    )


def _read_goal_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for title, why, success, levels, *columns in db.execute(
        f"SELECT goal.title, goal.why, goal.success, goal.levels, {_GOAL_COLUMNS} FROM goal "
        f"WHERE goal.id IN ({_list(ids)})",
        [*ids],
    ):
        texts = (title, why, success, *parse_stored_texts(levels))
        yield columns[0], _build_goal_hit(texts, *columns)


def _read_rating_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for id, note, *columns in db.execute(
        f"SELECT rating.id, rating.note, {_GOAL_COLUMNS} FROM rating "
        f"CROSS JOIN goal ON goal.id = rating.goal_id WHERE rating.id IN ({_list(ids)})",
        [*ids],
    ):
        yield id, _build_goal_hit([note], *columns)


def _read_note_hits(db: Connection, ids: Collection[int]) -> IdentifiedHits:
    for id, words, link, person_id, name in db.execute(
        "SELECT note.id, note.words, note.link, note.person_id, person.name FROM note "
        f"CROSS JOIN person ON person.id = note.person_id WHERE note.id IN ({_list(ids)})",
        [*ids],
    ):
        text = _join_texts([words, link])
        people = (PersonRef(person_id, name),)
        yield id, SearchHit(SearchKind.NOTE, id, _NO_DAY, text, people)


_READERS = {
    "session": _read_session_hits,
    "slot": _read_slot_hits,
    "answer": _read_answer_hits,
    "action": _read_action_hits,
    "action_event": _read_event_hits,
    "goal": _read_goal_hits,
    "rating": _read_rating_hits,
    "note": _read_note_hits,
}


def _join_texts(texts: Iterable[str | None]) -> str:
    return " · ".join(text for text in texts if text)


def _list(ids: Collection[int]) -> str:
    return build_placeholders([*ids])
