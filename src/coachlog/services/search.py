"""Finding words in what is on record: answers, promises, notes, goals and titles."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coachlog.errors import CoachlogError, InvalidInput, NotFound
from coachlog.model.search import SearchFilters, SearchHit, SearchKind, SearchResult
from coachlog.named_tuples import NamedTuple
from coachlog.rules import disclosure
from coachlog.rules.disclosure import Secret
from coachlog.rules.excerpts import USUAL_LENGTH, build_excerpt
from coachlog.rules.search_words import list_text_words
from coachlog.rules.searches import SearchTerms, parse_search, split_typed_line
from coachlog.services.desk import Desk
from coachlog.store.connections import DriverError
from coachlog.store.reading import search_queries
from coachlog.store.reading.hit_queries import read_sound_hits
from coachlog.store.reading.search_queries import MOST_COUNTED, SearchQuery
from coachlog.text import find_nearest_words, shorten_text

if TYPE_CHECKING:
    from coachlog.store.database import Connection

USUAL_LIMIT = 20
_MOST_NEAR_WORDS = 3
MEND_HINT = "To make it anew, from what is on record: coachlog doctor --mend"


class DamagedIndex(CoachlogError):
    """The index of `search` cannot be read."""


class SearchRequest(NamedTuple):
    """A search as it was typed; None for an option that was not."""

    words: tuple[str, ...] = ()
    person: str | None = None
    template: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None
    kind: SearchKind | None = None
    private: bool = False
    best: bool = False
    limit: int | None = USUAL_LIMIT


def ask_for_words(desk: Desk) -> tuple[str, ...]:
    """Return what the owner types to search for. Raises InvalidInput where nobody can be asked."""
    from coachlog.services.inputs import ask_checked_words

    asker = desk.require_asker("words to search for", "WORDS")

    def check_words(line: str) -> tuple[str, ...]:
        texts = tuple(split_typed_line(line))
        parse_search(texts)
        return texts

    return ask_checked_words(
        asker,
        "What are you looking for?",
        check_words,
        "Every word counts; “quotes” keep words together, not:word leaves out.",
    )


def search_entries(desk: Desk, request: SearchRequest) -> SearchResult:
    """Return what has all the words and may be shown, the newest first or, with `best`, the best.

    What is private, about health or a note is found only with `private`; notes also by their kind.
    Raises InvalidInput for words or days that cannot be read, NotFound for a person, a template or
    a tag that there is not, and DamagedIndex.
    """
    terms = parse_search(request.words)
    days = _parse_days(desk, request)
    try:
        with desk.read() as db:
            filters = _find_filters(desk, db, request, days)
            query = SearchQuery(terms, filters, _choose_hidden_secrets(request))
            return _find_in_index(db, query, request)
    except _UnreadableIndex:
        # Damage elsewhere is said as such.
        desk.require_sound_journal()
        raise DamagedIndex("The index of search is damaged.", MEND_HINT) from None


class _UnreadableIndex(CoachlogError):
    """A statement about the index failed."""


def _find_in_index(
    db: "Connection", query: SearchQuery, request: SearchRequest
) -> SearchResult:
    from coachlog.store.search_schema import is_index_error

    try:
        return _find_hits(db, query, request)
    except DriverError as error:
        if is_index_error(error):
            raise _UnreadableIndex("") from None
        raise


def _parse_days(desk: Desk, request: SearchRequest) -> tuple[date | None, date | None]:
    """Return the first and the last day that were typed."""
    from coachlog.dates.parsing import parse_past_day

    since, until = (
        parse_past_day(text, desk.today) if text else None
        for text in (request.since, request.until)
    )
    if since and until and until < since:
        raise InvalidInput("--until is before --since, so there is nothing in between.")
    return since, until


def _find_filters(
    desk: Desk,
    db: "Connection",
    request: SearchRequest,
    days: tuple[date | None, date | None],
) -> SearchFilters:
    since, until = days
    return SearchFilters(
        person_id=desk.find_person_id(db, request.person),
        template=_find_template_id(desk, request.template),
        tag_id=_find_tag_id(db, request.tag),
        since=since,
        until=until,
        kind=request.kind,
    )


def _find_template_id(desk: Desk, id: str | None) -> str | None:
    if id is None:
        return None
    from coachlog.services.templates import load_template

    return load_template(desk, id).id


def _find_tag_id(db: "Connection", name: str | None) -> int | None:
    if name is None:
        return None
    id = search_queries.find_tag_id(db, name)
    if id is None:
        raise NotFound(
            f"No conversation has the tag “{shorten_text(name, 40)}”.",
            _suggest_tags(db, name),
        )
    return id


def _suggest_tags(db: "Connection", name: str) -> str | None:
    from coachlog.store.reading.session_queries import read_tags

    names = find_nearest_words(name, read_tags(db))
    return f"Did you mean {' or '.join(names)}?" if names else None


def _choose_hidden_secrets(request: SearchRequest) -> frozenset[Secret]:
    hidden_secrets = disclosure.list_hidden_secrets(
        disclosure.EVERYDAY_AUDIENCE, private=request.private
    )
    # Whoever looks among their notes has asked for them, as with `note --list`.
    if request.kind is SearchKind.NOTE:
        hidden_secrets -= {Secret.NOTE}
    return hidden_secrets


def _find_hits(
    db: "Connection", query: SearchQuery, request: SearchRequest
) -> SearchResult:
    limit = request.limit
    most_found = max(MOST_COUNTED, limit or 0) + 1
    numbers = search_queries.find_entries(db, query, most_found)
    if not numbers:
        return SearchResult(near_words=tuple(_collect_near_words(db, query)))
    shown_numbers = numbers[: MOST_COUNTED if request.best else limit]
    hits, damaged_row = read_sound_hits(db, shown_numbers)
    if request.best:
        hits = _rank_hits(hits, query.terms)[:limit]
    at_least = len(numbers) == most_found
    more = len(numbers) - at_least - len(hits)
    if damaged_row is not None:
        more = max(0, len(numbers) - at_least - len(shown_numbers[:limit]))
    return SearchResult(
        tuple(_add_excerpt(hit, query.terms) for hit in hits),
        more,
        at_least,
        damaged_row=(damaged_row.table, damaged_row.key) if damaged_row else None,
    )


def require_sound_result(desk: Desk, result: SearchResult) -> None:
    """Raise `DamagedEntry` if something that was found is damaged, once the rest is shown."""
    if result.damaged_row is None:
        return
    from coachlog.store.rows import DamagedRow

    with desk.read():
        raise DamagedRow(*result.damaged_row)


def _rank_hits(hits: Sequence[SearchHit], terms: SearchTerms) -> list[SearchHit]:
    from coachlog.rules.search_ranking import rank_texts

    places = rank_texts([hit.text for hit in hits], terms)
    return [hits[place] for place in places]


def _add_excerpt(hit: SearchHit, terms: SearchTerms) -> SearchHit:
    excerpt = build_excerpt(hit.text, terms, USUAL_LENGTH)
    return hit._replace(excerpt=excerpt.words, marks=excerpt.marks)


def _collect_near_words(db: "Connection", query: SearchQuery) -> list[str]:
    """Return words spelt much like one that nothing has, as they stand in what may be shown."""
    near_words: list[str] = []
    words = [word for phrase in query.terms.phrases for word in phrase]
    for word in dict.fromkeys(words):
        # Only the last word may go on.
        is_open = query.terms.is_open and word == words[-1]
        own_query = query._replace(terms=SearchTerms(((word,),), is_open=is_open))
        if search_queries.find_entries(db, own_query, 1):
            continue
        for term in search_queries.find_near_words(db, word):
            near_words += _spell_shown_word(db, query, term)
            if len(near_words) >= _MOST_NEAR_WORDS:
                return near_words
    return near_words


def _spell_shown_word(db: "Connection", query: SearchQuery, term: str) -> list[str]:
    """Return a folded word as the newest entry spells it; nothing if none may be shown."""
    own_query = query._replace(terms=SearchTerms(((term,),), is_open=False))
    numbers = search_queries.find_entries(db, own_query, 1)
    hits, damaged_row = read_sound_hits(db, numbers)
    if damaged_row is not None:
        raise damaged_row
    for hit in hits:
        for word in list_text_words(hit.text):
            if word.letters == term:
                return [hit.text[word.start : word.end].lower()]
    return []


def suggest_person_words(desk: Desk, request: SearchRequest) -> list[str]:
    """Return the words of a search with a person in place of the name among them; [] for none.

    Names are no words of an entry. A name alone is what somebody else may have said.
    """
    if request.person is not None or len(request.words) < 2:
        return []
    from coachlog.names.matching import match_by_name
    from coachlog.store.reading.person_queries import read_people

    with desk.read() as db:
        people = read_people(db, include_archived=True)
    for place, word in enumerate(request.words):
        if len(match_by_name(people, word)) == 1:
            other_words = [*request.words[:place], *request.words[place + 1 :]]
            return [*other_words, "--person", word]
    return []


# Opening what was found


def list_opening_words(hit: SearchHit, *, private: bool) -> list[str]:
    """Return the command line that shows a hit; with `private`, its private words as well."""
    if hit.kind is SearchKind.NOTE:
        return ["note", "--list", "--all", hit.people[0].name]
    noun = _OPENING_NOUNS[hit.kind]
    return [noun, "show", str(hit.id), *(["--private"] if private else [])]


_OPENING_NOUNS = {
    SearchKind.ANSWER: "session",
    SearchKind.CONVERSATION: "session",
    SearchKind.PROMISE: "action",
    SearchKind.GOAL: "goal",
}
