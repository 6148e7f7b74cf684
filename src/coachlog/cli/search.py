"""`coachlog search`: finds words in what is on record."""

from typing import TYPE_CHECKING, Annotated

from coachlog.cli import suggestions
from coachlog.cli.declare import Argument, Noun, Option
from coachlog.cli.options import IncludePrivateOption, JsonOption
from coachlog.model.search import SearchKind
from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.search import SearchResult
    from coachlog.services.search import SearchRequest

app = Noun("search")

_WIDE_SCREEN = 100
"""From this width on, an excerpt takes one line, and what it is from another."""
_OTHER_LINES = 4
"""What else is on the screen: the head of the list, how many more there are, and the question."""
_FEWEST_HITS = 5


# No option has a letter, as a word that begins with a hyphen is a word to search for.
@app.command(takes_dashes=True)
def search(
    console: Console,
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[WORDS]...",
            help="All of these; “two words” in quotes follow each other, not:WORD is left out. "
            "You are asked if you leave them out.",
        ),
    ] = None,
    person: Annotated[
        str | None,
        Option(
            "--person",
            metavar="NAME",
            help="Only what is with or about this person.",
            autocompletion=suggestions.suggest_people,
        ),
    ] = None,
    template: Annotated[
        str | None,
        Option(
            "--template",
            metavar="ID",
            help="Only in this kind of conversation.",
            autocompletion=suggestions.suggest_templates,
        ),
    ] = None,
    tag: Annotated[
        str | None,
        Option(
            "--tag",
            metavar="TAG",
            help="Only in conversations with this tag.",
            autocompletion=suggestions.suggest_tags,
        ),
    ] = None,
    since: Annotated[
        str | None, Option("--since", metavar="DATE", help="Only from this day on.")
    ] = None,
    until: Annotated[
        str | None, Option("--until", metavar="DATE", help="Only up to this day.")
    ] = None,
    kind: Annotated[
        SearchKind | None,
        Option("--kind", metavar="KIND", help=f"Only: {', '.join(SearchKind)}."),
    ] = None,
    best: Annotated[
        bool,
        Option("--best", help="The closest first, among the newest 1,000."),
    ] = False,
    limit: Annotated[
        int | None,
        Option(
            "--limit",
            min=1,
            max=1_000_000,
            show_default=False,
            help="How many to list; by default 20, or as many as the screen has room for.",
        ),
    ] = None,
    private: IncludePrivateOption = False,
    as_json: JsonOption = False,
) -> list[str] | None:
    """Find words in answers, promises, notes, goals and titles, the newest first.

    Capitals and accents do not matter, and the last word may go on: `hand` finds a handover. On a
    terminal, type the number of a result to open it. All the words have to be in one answer,
    promise, note or goal; a person's name is for --person. What is private or about health is
    searched with --private only; so are notes, or with --kind note.

    Examples:
      coachlog search rota --person priya        when did we speak about it?
      coachlog search "finish the audit"         these words, one after the other
      coachlog search huddle not:leave --best    without a word, the closest first
    """
    from coachlog.services.search import (
        SearchRequest,
        ask_for_words,
        require_sound_result,
        search_entries,
    )

    if not words and not as_json:
        words = [*ask_for_words(console.desk)]
    request = SearchRequest(
        words=tuple(words or ()),
        person=person,
        template=template,
        tag=tag,
        since=since,
        until=until,
        kind=kind,
        private=private,
        best=best,
        limit=limit or _choose_hit_limit(console, as_json=as_json),
    )
    result = search_entries(console.desk, request)
    if as_json:
        console.print_json(
            "hits",
            result.hits,
            more=result.more,
            at_least=result.at_least,
            near_words=result.near_words,
        )
        require_sound_result(console.desk, result)
        return None
    if not result.hits and result.damaged_row is None:
        _print_nothing(console, request, result)
        return None
    return _print_hits(console, request, result)


def _choose_hit_limit(console: Console, *, as_json: bool) -> int:
    """Return how many results to list where no number was typed: on a screen, what fits it.

    The newest, which is the first, would be out of sight otherwise when the list asks.
    """
    from coachlog.services.search import USUAL_LIMIT

    if as_json or console.is_plain:
        return USUAL_LIMIT
    lines_of_hit = 2 if console.out.width >= _WIDE_SCREEN else 3
    fitting = (console.out.height - _OTHER_LINES) // lines_of_hit
    return max(_FEWEST_HITS, min(USUAL_LIMIT, fitting))


def _print_nothing(
    console: Console, request: "SearchRequest", result: "SearchResult"
) -> None:
    from coachlog.cli.synonyms import repeat_words
    from coachlog.services.search import suggest_person_words

    is_word = len(request.words) == 1 and " " not in request.words[0]
    words = "this word" if is_word else "all of these words"
    console.print_empty_list(f"Nothing has {words}.")
    if result.near_words:
        console.print_remark(f"Near words: {', '.join(result.near_words)}")
        if is_word:
            line = repeat_words("coachlog search ...", result.near_words[:1])
            console.print_remark(f"To search for it: {line}")
    person_words = suggest_person_words(console.desk, request)
    if person_words:
        line = repeat_words("coachlog search ...", person_words)
        console.print_remark(f"Names are not searched; with a person: {line}")
    if not request.private and request.kind is None:
        console.print_remark(
            "Notes, and what is private or about health, were not searched: "
            "add --private, or --kind note for notes."
        )


def _print_hits(
    console: Console, request: "SearchRequest", result: "SearchResult"
) -> "list[str] | None":
    from coachlog.screens.search_results import render_hits
    from coachlog.services.search import list_opening_words, require_sound_result

    if result.hits:
        console.print_list(
            render_hits(result.hits, console.desk.today, console.list_width)
        )
    if result.at_least:
        console.print_remark(
            f"More than {result.more + len(result.hits):,} in all: add a word, or --limit 100"
        )
    elif result.more:
        console.print_remark(f"{result.more:,} more: add a word, or --limit 100")
    require_sound_result(console.desk, result)
    if console.is_plain:
        return None
    from coachlog.terminal.number_line import ask_row_number

    number = ask_row_number(console, len(result.hits))
    if number is None:
        return None
    return list_opening_words(result.hits[number - 1], private=request.private)
