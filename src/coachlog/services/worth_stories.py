"""Stories of five lines: written, cleared of names line by line, listed, dropped and exported."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coachlog.errors import InvalidInput, Refusal
from coachlog.model.worth import WorthStory
from coachlog.named_tuples import NamedTuple
from coachlog.phrasing.worth import STORY_REMARK
from coachlog.rules.story_clearing import (
    KnownName,
    StoryFind,
    clear_line,
    find_in_story,
    find_unknown_names,
)
from coachlog.services.desk import Desk
from coachlog.services.inputs import (
    build_hand_back,
    build_missing_error,
    has_piped_input,
    read_input_text,
)
from coachlog.services.results import UNDO_STEP, Result
from coachlog.text import clean_line, clean_paragraphs, format_count

if TYPE_CHECKING:
    from coachlog.services.exports.delivery import Export, Target

MAX_LINE = 500
"""Characters of one line."""
QUESTIONS = (
    "How was it before?",
    "What happened?",
    "What did you do?",
    "What came of it?",
    "What did you learn?",
)
_HELP = "One line. What may name somebody is shown next, to be taken out."
_LINES_NEEDED = (
    "A story has five lines: how it was before, what happened, what you did, what came of it, and "
    "what you learnt."
)
_USE, _PICK, _KEEP, _AGAIN = "use", "pick", "keep", "again"


class Clearing(NamedTuple):
    """What becomes of names where nobody is asked: taken out, or kept; neither if not said."""

    takes_out: bool = False
    keeps_names: bool = False


def add_worth_story(desk: Desk, source: str | None, clearing: Clearing) -> Result:
    """Keep a story, asked for line by line, or read from a file or standard input (`-`).

    Names, days and numbers in it are shown, to be taken out of each line. Raises InvalidInput for
    another number of lines, one that is too long, and where nothing says what becomes of names.
    """
    _require_one_way(clearing)
    lines = None if source is None else _read_story_lines(source)
    if lines is None and not desk.interactive:
        raise build_missing_error("the five lines of the story", "a FILE, or -")
    names = _load_known_names(desk)
    remarks: list[str] = []
    if lines is None:
        lines = _ask_lines(desk, names, clearing)
    else:
        typed_lines = lines
        lines = _clear_lines(desk, typed_lines, names, clearing)
        remarks = _list_clearing_remarks(typed_lines, lines, names)
    from coachlog.store.writing.worth_changes import insert_worth_story

    with desk.change(create=True) as change:
        id = insert_worth_story(change, lines, on=desk.today)
    return Result(
        f"Kept story {id}. To make a page of it: coachlog story export {id} -o FILE",
        tuple(remarks),
    )


def _list_clearing_remarks(
    lines: Sequence[str], cleared_lines: Sequence[str], names: Sequence[KnownName]
) -> list[str]:
    """Return what was taken out of lines, and which names are left in them."""
    pairs = list(zip(lines, cleared_lines, strict=True))
    left = _quote_finds(cleared_lines, names)
    changed_lines = [line for line, cleared_line in pairs if line != cleared_line]
    out = [words for words in _quote_finds(changed_lines, names) if words not in left]
    remarks = []
    if out:
        remarks.append(f"Taken out: {', '.join(out)}.")
    if left:
        remarks.append(f"Left as they are: {', '.join(left)}.")
    unknown = [
        _quote_find(line, find)
        for line in cleared_lines
        for find in find_unknown_names(line, names)
    ]
    if unknown:
        listed = ", ".join(dict.fromkeys(unknown))
        remarks.append(f"Left, as they may be names or not: {listed}. Check these.")
    return remarks


def _require_one_way(clearing: Clearing) -> None:
    if clearing.takes_out and clearing.keeps_names:
        raise InvalidInput("Use either --clear or --keep-names, not both.")


def _load_known_names(desk: Desk) -> list[KnownName]:
    """Return the names that the journal knows; none where there is no journal yet."""
    from coachlog.store.reading.worth_queries import read_known_names

    if not desk.journal.exists():
        return []
    with desk.read() as db:
        return read_known_names(db)


def _read_story_lines(source: str) -> list[str]:
    """Return the five lines of a file or a pipe. Raises InvalidInput for any other number."""
    if source == "-" and not has_piped_input():
        raise build_missing_error("the five lines of the story", "them to a pipe")
    text = clean_paragraphs(read_input_text(source))
    lines = [clean_line(line) for line in text.split("\n") if line.strip()]
    if len(lines) != len(QUESTIONS):
        raise InvalidInput(
            f"This has {format_count(len(lines), 'line')}. Nothing was saved.",
            _LINES_NEEDED,
        )
    return [_require_line(line) for line in lines]


def _require_line(words: str) -> str:
    """Return a line of a story. Raises InvalidInput for one that is empty or too long."""
    line = clean_line(words)
    if not line:
        raise InvalidInput("A line of the story is empty. Nothing was saved.")
    if len(line) > MAX_LINE:
        raise InvalidInput(
            f"That line is too long: {len(line)} characters (the limit is {MAX_LINE}). "
            "Nothing was saved."
        )
    return line


def _ask_lines(desk: Desk, names: Sequence[KnownName], clearing: Clearing) -> list[str]:
    """Return the five lines that are asked for. Raises Interruption with those typed so far."""
    lines: list[str] = []
    try:
        for question in QUESTIONS:
            lines.append(_ask_line(desk, question, names, clearing))
    except KeyboardInterrupt as stop:
        typed_lines = [*lines, *map(str, stop.args)]
        raise build_hand_back("Nothing was saved.", typed_lines) from None
    return lines


def _ask_line(
    desk: Desk, question: str, names: Sequence[KnownName], clearing: Clearing
) -> str:
    """Return one line that is asked for, cleared as far as the owner wants."""
    from coachlog.services.inputs import ask_checked_words

    initial = ""
    while True:
        line = ask_checked_words(desk.asker, question, _require_line, _HELP, initial)
        try:
            cleared_line = _agree_line(desk, line, names, clearing)
        except KeyboardInterrupt:
            # It was typed, and is handed back with the others.
            raise KeyboardInterrupt(line) from None
        if cleared_line is not None:
            return cleared_line
        initial = line


def _clear_lines(
    desk: Desk, lines: Sequence[str], names: Sequence[KnownName], clearing: Clearing
) -> list[str]:
    """Return lines cleared as the owner wants, or as is said for where nobody is asked."""
    if not desk.interactive:
        _require_clearing(lines, names, clearing)
    cleared_lines = []
    for line in lines:
        cleared_line = _agree_line(desk, line, names, clearing)
        if cleared_line is None:
            raise Refusal("Change the line and try again. Nothing was saved.")
        cleared_lines.append(cleared_line)
    return cleared_lines


def _require_clearing(
    lines: Sequence[str], names: Sequence[KnownName], clearing: Clearing
) -> None:
    """Raise InvalidInput, with all that was found, where nothing says what becomes of it."""
    if any(clearing):
        return
    words = _quote_finds(lines, names)
    if words:
        raise InvalidInput(
            f"The story has {', '.join(words)}. Nothing was saved.",
            "Add --clear to take these out, or --keep-names to leave the names.",
        )


def _quote_finds(lines: Sequence[str], names: Sequence[KnownName]) -> list[str]:
    """Return whatever is found in lines, each once, in quotation marks."""
    words = [
        _quote_find(line, find) for line in lines for find in find_in_story(line, names)
    ]
    return list(dict.fromkeys(words))


def _quote_find(line: str, find: StoryFind) -> str:
    return f"“{line[find.start : find.end]}”"


def _agree_line(
    desk: Desk, line: str, names: Sequence[KnownName], clearing: Clearing
) -> str | None:
    """Return a line as it is to be kept; None where it is to be typed again.

    Each find is shown with what would stand in its place.
    """
    if clearing.keeps_names:
        return line
    finds = find_in_story(line, names)
    if clearing.takes_out:
        return clear_line(line, finds)
    if desk.interactive:
        finds = sorted([*finds, *find_unknown_names(line, names)])
    if not finds:
        return line
    choice = _choose_clearing(desk, line, finds, keep_line=line)
    if choice == _AGAIN:
        return None
    if choice == _PICK:
        finds = [find for find in finds if _agrees_to_find(desk, line, find)]
        return clear_line(line, finds)
    return line if choice == _KEEP else clear_line(line, finds)


def _agrees_to_find(desk: Desk, line: str, find: StoryFind) -> bool:
    return desk.asker.agrees(f"Take out {_quote_find(line, find)}?")


def _choose_clearing(
    desk: Desk, line: str, finds: Sequence[StoryFind], keep_line: str
) -> str:
    """Return what becomes of a line, each find shown; going back is to type it again."""
    for find in finds:
        desk.asker.tell(f"{_quote_find(line, find)} → {find.stand_in}")
    rows = [
        (f"Take them out: {clear_line(line, finds)}", _USE),
        (f"Leave them: {keep_line}", _KEEP),
        ("Edit the line", _AGAIN),
    ]
    if len(finds) > 1:
        rows.insert(1, ("Choose one by one", _PICK))
    choice = desk.asker.choose("What becomes of them?", rows, is_statement=True)
    return choice if isinstance(choice, str) else _AGAIN


def list_worth_stories(desk: Desk) -> list[WorthStory]:
    """Return the stories, the oldest first."""
    from coachlog.store.reading.worth_queries import read_worth_stories

    with desk.read() as db:
        return read_worth_stories(db)


def load_worth_story(desk: Desk, id: int) -> WorthStory:
    """Return one story. Raises `NotFound` if there is none."""
    from coachlog.store.reading.worth_queries import read_worth_story

    with desk.read() as db:
        return read_worth_story(db, id)


def drop_worth_story(desk: Desk, id: int) -> Result:
    """Remove a story. Raises `NotFound` if there is none."""
    from coachlog.store.writing.worth_changes import delete_worth_story

    with desk.change() as change:
        delete_worth_story(change, id)
    return Result(f"Dropped story {id}. {UNDO_STEP}")


def export_worth_story(
    desk: Desk, id: int, target: "Target", clearing: Clearing, *, yes: bool
) -> "Export":
    """Export a story as a page that shares no value with any figures.

    What counts as a value is always taken out; names that are left are offered line by line. The
    page is shown before it leaves the screen, unless `yes`. Raises NotFound if there is no such
    story, InvalidInput where nothing says what becomes of names, and Refusal if the owner declines.
    """
    from coachlog.exports.contents import Contents
    from coachlog.exports.documents.story_page import build_story_page
    from coachlog.model.pages import PageKind
    from coachlog.services.exports.delivery import (
        choose_output_format,
        deliver_page,
        refuse_taken_path,
    )
    from coachlog.services.exports.page_consent import agree_to_page

    _require_one_way(clearing)
    format = choose_output_format(target, PageKind.STORY)
    story = load_worth_story(desk, id)
    names = _load_known_names(desk)
    is_asked = desk.interactive and not yes and target.leaves_the_screen
    if is_asked:
        refuse_taken_path(target)
    lines = [_take_out_values(line, names) for line in story.lines]
    if yes:
        _require_clearing(lines, names, clearing)
    lines = _clear_lines(desk, lines, names, clearing)
    contents = Contents(
        PageKind.STORY, lambda: build_story_page(lines), row_id=id, says_day=False
    )
    remarks = [*_list_clearing_remarks(story.lines, lines, names), STORY_REMARK]
    if is_asked:
        agree_to_page(desk, contents.build_document(), remarks, target)
        remarks = []
    return deliver_page(desk, contents, format, target, "a story", remarks)


def _take_out_values(line: str, names: Sequence[KnownName]) -> str:
    """Return a line without days and numbers, and without what is of a programme."""
    finds = [find for find in find_in_story(line, names) if find.is_value]
    return clear_line(line, finds)
