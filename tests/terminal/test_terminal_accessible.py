"""Accessible mode at a real terminal: typed lines, numbered lists, and not one escape code."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from drafts import half
from screen import CTRL_C, CTRL_D, CTRL_Z, Screen, coachlog, own_template

from conftest import Run

DUMB = {"TERM": "dumb"}
STYLES = re.compile(rb"\x1b\[[\d;]*m")
DRAWN = "─│╭╮╰╯━┃▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░▒▓"
FRUIT = 'options = ["apple", "pear", "plum"]'


class Lines:
    """Someone who reads what is printed and types whole lines."""

    def __init__(self, screen: Screen, *, has_styles: bool = False) -> None:
        self.screen = screen
        self.has_styles = has_styles
        self._read = 0

    @property
    def new(self) -> str:
        """Return what was printed since the last line was typed."""
        return self.screen.raw[self._read :].decode()

    def hears(self, *words: str) -> "Lines":
        """Wait until all the words are there and the next line is waited for."""

        def is_so() -> bool:
            read = " ".join(self.new.split())
            return all(one in read for one in words) and read.endswith(":")

        self.screen.until(is_so, f"{words!r} and a colon")
        return self

    def types(self, *lines: str) -> "Lines":
        """Type lines, all at once where there are several."""
        self._read = len(self.screen.raw)
        self.screen.type("".join(f"{line}\r" for line in lines))
        return self

    def presses(self, keys: str) -> "Lines":
        self.screen.type(keys)
        return self

    def answers(self, question: str, *lines: str) -> "Lines":
        return self.hears(question).types(*(lines or ("",)))

    def ends(self) -> int:
        """Return the exit code; by then, nothing has been drawn, and no cursor moved.

        A terminal that can has bold and dim words, for those who see them.
        """
        code = self.screen.ends()
        shown = STYLES.sub(b"", self.screen.raw) if self.has_styles else self.screen.raw
        assert b"\x1b" not in shown
        assert b"\r" not in self.screen.raw.replace(b"\r\n", b"")
        assert not set(DRAWN) & set(self.screen.raw.decode())
        return code


@contextmanager
def lines(home: Path, *args: str, **window: Any) -> Iterator[Lines]:
    with coachlog(*args, home=home, **({"variables": DUMB} | window)) as screen:
        yield Lines(screen, has_styles="variables" in window)


@contextmanager
def talk(home: Path, *prompts: str) -> Iterator[Lines]:
    """Begin a conversation with oneself over these prompts."""
    own_template(home, *prompts)
    with lines(home, "session", "new", "-t", "own") as person:
        yield person.answers("What is your own name?", "Sam")


def finish(person: Lines) -> int:
    person.answers("Ready to save").answers("How many minutes did it take?")
    person.answers("Save it?", "1")
    return person.ends()


def prompt(kind: str, *more: str, id: str = "first") -> str:
    return "\n".join([f'id = "{id}"', f'ask = "Kind {id}?"', f'kind = "{kind}"', *more])


def values(run: Run) -> dict[str, Any]:
    """Return the answers of the first session by prompt; what was skipped is not there."""
    found = run("session", "show", "1", "--json").json["session"]["answers"]
    return {answer["prompt"]: answer["value"] for answer in found}


# its id, what it is beside that, what does not fit, what is then said, what fits, what is kept
KINDS: list[tuple[str, tuple[str, ...], str, str, str, object]] = [
    ("line", ("line",), "?", "Enter: skip", "a line", "a line"),
    ("scale", ("scale",), "12", "from 1 to 10", "7", 7),
    ("number", ("number",), "many", "a number", "12.5", 12.5),
    ("yesno", ("yesno",), "3", "Type a number: 1-2.", "y", True),
    ("no", ("yesno",), "maybe", "Type a number: 1-2.", "2", False),
    ("date", ("date",), "never", "Try, for example: fri", "fri", "2026-11-27"),
    ("choice", ("choice", FRUIT), "p", "fits 2 rows: type 2, 3.", "pe", "pear"),
    ("number-of", ("choice", FRUIT), "4", "Type a number: 1-3.", "3", "plum"),
    ("choices", ("choices", FRUIT), "1-4", "from 1 to 3", "1, 3", ["apple", "plum"]),
]


def test_every_kind_says_what_fits_is_taken_back_is_kept_and_nothing_is_drawn(
    home: Path, run: Run
) -> None:
    prompts = [prompt(*kind, id=id) for id, kind, *_ in KINDS]
    prompts.append(prompt("line", id="last"))
    with talk(home, *prompts) as person:
        for place, (id, _, misfit, words, line, _) in enumerate(KINDS):
            person.answers(f"Kind {id}?", misfit).answers(words, line)
            following = KINDS[place + 1][0] if place + 1 < len(KINDS) else "last"
            person.answers(f"Kind {following}?", "<")
            # Enter alone keeps the answer that was given before.
            person.answers(f"back Kind {id}?", "")
        person.answers("Kind last?", "")
        assert finish(person) == 0
    assert values(run) == {id: kept for id, *_, kept in KINDS}


def test_enter_alone_skips_and_states_nothing(home: Path, run: Run) -> None:
    prompts = [prompt(*kind, id=id) for id, kind, *_ in KINDS]
    with talk(home, *prompts, prompt("text", id="text")) as person:
        for id, *_ in KINDS:
            person.answers(f"Kind {id}?", "")
        person.answers("Kind text?", "")
        assert finish(person) == 0
    assert values(run) == {}


def test_a_text_ends_with_an_empty_line_or_a_full_stop_and_a_paste_is_one_answer(
    home: Path, run: Run
) -> None:
    prompts = [prompt("text", id=id) for id in ("typed", "stopped", "pasted", "again")]
    with talk(home, *prompts) as person:
        person.answers("Kind typed?", "one").presses("two\r")
        person.screen.until(lambda: half(home) == "one\ntwo", "both lines saved")
        person.types("").answers("Kind stopped?", "one", ".")
        person.answers("Kind pasted?", "One.", "", "Two.", "")
        person.answers("Kind again?", "mine").presses("\r")
        person.answers("Ready to save", "<")
        # What is typed then is added, and a dash alone starts afresh.
        person.answers("So far: mine", "more", ".").answers("Ready to save", "<")
        person.answers("So far: mine more", "-", "new", ".")
        assert finish(person) == 0
    assert values(run) == {
        "typed": "one\ntwo",
        "stopped": "one",
        "pasted": "One.\n\nTwo.",
        "again": "new",
    }


PASTES = [
    pytest.param("one\rtwo\r", id="whole-lines"),
    pytest.param("one\rtwo", id="without-a-last-end"),
    pytest.param("one\r\rtwo\r", id="with-an-empty-line"),
]


@pytest.mark.parametrize("keys", PASTES)
@pytest.mark.parametrize(
    ("choice", "kept"),
    [("1", {"first": "one two"}), ("2", {"first": "one", "then": "two"}), ("3", {})],
)
def test_several_lines_at_once_answer_one_question_only_if_that_is_said(
    home: Path, run: Run, keys: str, choice: str, kept: dict[str, str]
) -> None:
    with talk(home, prompt("line"), prompt("line", id="then")) as person:
        person.hears("Kind first?").presses(keys)
        person.answers("came at once", "perhaps").answers("Type 1, 2 or 3", choice)
        if choice == "3":
            person.answers("Answer (Enter: skip)", "")
        if choice != "2":
            person.answers("Kind then?", "")
        assert finish(person) == 0
    assert values(run) == kept


def test_a_paste_of_several_lines_at_a_list_picks_nothing(home: Path, run: Run) -> None:
    prompts = [prompt("choice", FRUIT), prompt("scale", id="then")]
    with talk(home, *prompts) as person:
        person.hears("Kind first?").presses("1\r7\r")
        person.answers("came at once", "2")
        assert finish(person) == 0
    assert values(run) == {"first": "apple", "then": 7}


def test_an_answer_that_does_not_fit_is_not_mended_by_the_next_line(
    home: Path, run: Run
) -> None:
    with talk(home, prompt("scale"), prompt("line", id="then")) as person:
        person.hears("Kind first?").presses("many\r7\r")
        person.answers("came at once", "2").answers("Put aside: 7.", "3")
        person.answers("Kind then?", "")
        assert finish(person) == 0
    assert values(run) == {"first": 3}


def test_lines_pasted_at_a_list_before_the_box_are_notes(run: Run, home: Path) -> None:
    for name in ("Zoë Okafor", "Zoë Quinn"):
        assert run("person", "add", name, "--relationship", "report").code == 0
    with lines(home, "log", "zoe") as person:
        person.hears("Who is “zoe”?").presses("Had a chat\r2\r- ring HR by tue\r")
        person.answers("“- ring HR by tue” is kept for your notes", "1")
        person.answers("So far: Had a chat 2 - ring HR by tue", ".")
        person.hears("Understood as", "1 promise").presses(CTRL_C)
        assert person.ends() == 130


def test_enter_pressed_twice_skips_twice_and_asks_nothing(home: Path, run: Run) -> None:
    with talk(home, prompt("line"), prompt("line", id="then")) as person:
        person.hears("Kind first?").presses("one\r\r")
        assert finish(person) == 0
    assert values(run) == {"first": "one"}


def test_lines_that_came_at_once_are_kept_at_ctrl_c(home: Path) -> None:
    with talk(home, prompt("line")) as person:
        person.hears("Kind first?").presses("one\rtwo\r")
        person.hears("came at once").presses(CTRL_C)
        assert person.ends() == 130
    assert half(home) == "one\ntwo"


@pytest.mark.parametrize("end", ["ctrl-c", "hang-up", "terminate"])
def test_an_end_in_the_middle_of_a_line_loses_no_word(home: Path, end: str) -> None:
    with talk(home, prompt("text")) as person:
        person.answers("Kind first?", "one").presses("half a wo")
        person.screen.until(lambda: half(home) == "one", "the first line saved")
        # Typed while the line before was being saved, it may stand on a line of its own.
        person.screen.until(lambda: "half a wo" in person.screen.text, "the echo")
        if end == "ctrl-c":
            person.presses(CTRL_C)
        elif end == "terminate":
            person.screen.kill(15)
        else:
            person.screen.hang_up()
        code = person.screen.ends()
        assert code != 0 if end == "hang-up" else code == 130
    # A window that is gone hands over no unfinished line any more.
    expected = "one" if end == "hang-up" else "one\nhalf a wo"
    assert half(home) == expected
    with lines(home, "session", "resume") as person:
        person.answers(f"So far: {' '.join(expected.split())}", ".")
        assert finish(person) == 0


def test_what_is_half_typed_at_a_list_is_said_again(home: Path, run: Run) -> None:
    fruit = [prompt("choice", FRUIT), prompt("choices", FRUIT, id="some")]
    with talk(home, *fruit) as person:
        person.hears("Kind first?").presses("a quinc" + CTRL_C)
        assert person.ends() == 130
    assert half(home) == "a quinc"
    with lines(home, "session", "resume") as person:
        person.answers("Typed here before: a quinc", "2")
        person.hears("Kind some?").presses("1, 3" + CTRL_C)
        assert person.ends() == 130
    with lines(home, "session", "resume") as person:
        person.answers("Typed here before: 1, 3", "1")
        assert finish(person) == 0
    assert values(run) == {"first": "pear", "some": ["apple"]}


def test_a_line_half_typed_before_the_box_is_handed_back(run: Run, home: Path) -> None:
    for name in ("Zoë Okafor", "Zoë Quinn"):
        assert run("person", "add", name, "--relationship", "report").code == 0
    with lines(home, "log", "zoe") as person:
        person.answers("Who is “zoe”?", "Had a chat")
        person.hears("is kept for your notes").presses("- ring HR by t" + CTRL_C)
        assert person.screen.ends() == 130
    assert "Copy what you typed from here: Had a chat" in person.new
    assert "- ring HR by t" in person.new


def test_ctrl_d_says_how_to_stop_and_twice_stops(home: Path) -> None:
    with talk(home, prompt("line")) as person:
        person.answers("Kind first?", "?").hears("Enter: skip.")
        person.presses(CTRL_D).hears("Ctrl-C stops here").presses(CTRL_D)
        assert person.ends() == 130


def test_ctrl_z_keeps_the_words_before_the_cursor(home: Path, run: Run) -> None:
    own_template(home, prompt("line"))
    script = 'set -m; "$0" "$@"; echo stopped; fg >/dev/null'
    about = ("session", "new", "-t", "own")
    with lines(home, *about, within=script) as person:
        person.answers("What is your own name?", "Sam").hears("Kind first?")
        person.presses("half a wo")
        # Typed while the line before was being saved, it may stand on a line of its own.
        person.screen.until(lambda: "half a wo" in person.screen.text, "the echo")
        person.presses(CTRL_Z)
        person.screen.until(
            lambda: "stopped" in person.new and person.new.endswith("half a wo"),
            "the words again",
        )
        person.types("rd").answers("Ready to save").answers("How many minutes")
        person.answers("Save it?", "1")
        assert person.screen.ends() == 0
    assert values(run) == {"first": "half a word"}


@pytest.mark.parametrize("wait", [True, False])
def test_ctrl_z_in_a_window_without_a_shell_stops_nothing(
    home: Path, run: Run, *, wait: bool
) -> None:
    with talk(home, prompt("line")) as person:
        person.hears("Kind first?", "(Enter: skip):").presses(f"half a wo{CTRL_Z}")
        if wait:
            person.screen.until(
                lambda: person.new.count("half a wo") == 2, "the words again"
            )
        person.types("rd").answers("Ready to save").answers("How many minutes")
        person.answers("Save it?", "1")
        assert person.screen.ends() == 0
    assert values(run) == {"first": "half a word"}


def test_lines_typed_right_after_ctrl_z_are_read_as_any_others(
    home: Path, run: Run
) -> None:
    with talk(home, prompt("text")) as person:
        person.hears("Kind first?", "(Enter: skip):").presses(f"one{CTRL_Z}\ntwo\nthr")
        person.screen.until(lambda: half(home) == "one\ntwo", "two lines saved")
        person.types("ee", ".").answers("Ready to save").answers("How many minutes")
        person.answers("Save it?", "1")
        assert person.screen.ends() == 0
    assert values(run) == {"first": "one\ntwo\nthree"}


def test_promises_come_back_one_by_one_with_a_letter_each(
    example: Run, home: Path
) -> None:
    about = ("session", "new", "priya", "-t", "quick")
    with lines(home, *about) as person:
        person.hears("Promises from last time", "1 of 3", "d: done").types("z")
        person.answers("Type one letter", "d").hears("2 of 3").types("<")
        person.answers("back", "").hears("d: done").types("moved")
        person.answers("Moved to when?", "+2w")
        person.answers("Enter: still open", "").presses(CTRL_C)
        assert person.ends() == 130
    with lines(home, "session", "resume") as person:
        person.hears("Carrying on where you left off")
        person.presses(CTRL_C)
        assert person.ends() == 130
    assert example("session", "list", "--drafts", "--json").code == 0


def test_log_line_by_line(run: Run, home: Path) -> None:
    assert run("person", "add", "Priya Shah", "--relationship", "report").code == 0
    assert run("person", "edit", "me", "--name", "Sam").code == 0
    with lines(home, "log", "priya") as person:
        person.answers("Type the notes", "Rota is settled.")
        person.types("- send the agenda by tue").types("")
        person.hears("Understood as", "1 promise", "Enter: save").types("9")
        person.answers("There is no line 9.", "e")
        person.answers("So far: Rota is settled.", "- Priya: ring HR by fri", ".")
        person.answers("2 promises", "")
        assert person.ends() == 0
    actions = run("action", "list", "--all", "--json").json["actions"]
    assert {action["what"] for action in actions} == {"send the agenda", "ring HR"}


@pytest.mark.parametrize("letter", ["d", "D"])
def test_home_takes_a_letter_with_enter(example: Run, home: Path, letter: str) -> None:
    with lines(home) as person:
        person.hears("d done", "Enter leaves").types(letter)
        person.hears("Which promise is done?").types("2")
        assert person.ends() == 0
        assert "Done: 2" in person.new
    assert example("action", "show", "2", "--json").json["action"]["status"] == "done"


@pytest.mark.usefixtures("example")
def test_home_says_what_its_letters_do(home: Path) -> None:
    with lines(home) as person:
        person.hears("? help · Enter leaves").types("?")
        person.hears("marks a promise done", "Enter leaves").types("")
        assert person.ends() == 0


SCREENS = [
    ("action list --all", "due or closed: ", "who: "),
    ("session list", "conversation: ", "minutes: "),
    ("person list", "short name: ", "talked: "),
    ("person show priya", "who: ", "due: "),
    ("template list", "title: ", "min: "),
    ("goal show 1", "Ratings", ": 3 · Where it started."),
    ("progress", "by the first date: ", "Day by day Monday "),
    ("progress priya", "values: 6 6 5 6 7 7 8 6 6 7 8 8 8", "held: 2 · minutes: 60"),
    ("progress --shadow", "over time: 3 3 4 5 6 6 7 7 5 4", "gap: 6"),
    ("progress --set ward", "at meetings: 3", "share open: "),
    ("brief priya", "Measures", "Promises"),
]


@pytest.mark.parametrize(("line", "label", "words"), SCREENS)
@pytest.mark.parametrize("columns", [40, 140])
def test_what_is_read_out_is_in_records_and_nothing_is_drawn(
    year: Path, home: Path, line: str, label: str, words: str, columns: int
) -> None:
    """A screen reader reads along lines, so that every value has its name before it."""
    shutil.copytree(year, home)
    with lines(home, *line.split(), columns=columns) as person:
        assert person.ends() == 0
        read = " ".join(person.new.split())
        assert label.strip() in read
        assert words.strip() in read
        assert max(map(len, person.new.splitlines())) <= columns


def test_a_command_at_the_end_of_a_message_stays_in_one_piece(
    example: Run, home: Path
) -> None:
    assert example("action", "done", "1").code == 0
    with lines(home, "action", "done", "2", columns=30) as person:
        assert person.ends() == 0
        assert "agenda. To undo: coachlog undo" in person.new.splitlines()


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("line", ["", "q", "nonsense"])
def test_home_leaves_on_any_other_line(home: Path, line: str) -> None:
    with lines(home) as person:
        person.hears("Enter leaves").types(line)
        assert person.ends() == 0


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    ("args", "variables"),
    [
        pytest.param(("--accessible",), {}, id="option"),
        pytest.param((), {"COACHLOG_ACCESSIBLE": "1"}, id="own-variable"),
        pytest.param((), {"ACCESSIBLE": "yes"}, id="shared-variable"),
    ],
)
def test_a_terminal_that_could_draw_is_not_drawn_on(
    args: tuple[str, ...], variables: dict[str, str], home: Path
) -> None:
    with lines(home, "session", "new", *args, variables=variables) as person:
        person.hears("Who did you talk with?").types("?")
        person.hears("In your journal: Priya Shah.").types("pri")
        person.hears("Which conversation?", "The usual ones 1. ", "all: all 3")
        assert "Return to work" not in person.new
        person.types("").hears("Type a number").types("99").hears("Nothing fits that.")
        person.types("<").answers("Who did you talk with?", "<")
        person.answers("nothing to go back to", "pri").hears("Which conversation?")
        person.types("all").hears("Return to work").types("sick")
        person.hears("Return to work with Priya Shah", "d: done").presses(CTRL_C)
        assert person.ends() == 130


@pytest.mark.usefixtures("example")
def test_whoever_is_asked_to_agree_types_yes(home: Path) -> None:
    with lines(home, "session", "delete", "1") as person:
        person.answers("(yes or no; Enter: no)", "perhaps")
        person.answers("Type yes or no.", "yes")
        assert person.ends() == 0


def test_what_looks_like_a_slip_is_asked_about(home: Path, run: Run) -> None:
    with talk(home, prompt("text"), prompt("actions", id="deeds")) as person:
        person.answers("Kind first?", "~ between us", ".")
        person.hears("is marked private", "(yes or no; Enter: no, change it)").types("")
        person.hears("So far: ~ between us").types("-", "for all", ".")
        person.answers("Kind deeds?", "Ask HR").answers("By when?", "2028-01-03")
        person.answers("(yes or no; Enter: no, change it)", "y").answers("How will", "")
        person.answers("Any other promise?", "")
        assert finish(person) == 0
    assert values(run) == {"first": "for all"}
    (action,) = run("action", "list", "--all", "--json").json["actions"]
    assert (action["what"], action["due"]) == ("Ask HR", "2028-01-03")


def test_any_answer_is_changed_before_it_is_saved(home: Path, run: Run) -> None:
    with talk(home, prompt("line"), prompt("yesno", id="then")) as person:
        person.answers("Kind first?", "one").answers("Kind then?", "y")
        person.answers("Ready to save").answers("How many minutes did it take?")
        person.answers("Save it?", "change")
        person.hears("Which answer", "1. Kind first?", "4. How many").types("1")
        person.hears("So far: one", "Enter: keep").types("two")
        person.answers("Save it?", "1")
        assert person.ends() == 0
    assert values(run) == {"first": "two", "then": True}


def test_a_line_as_long_as_a_terminal_takes_is_kept_and_said(
    home: Path, run: Run
) -> None:
    words = "word " * 900
    with talk(home, prompt("text")) as person:
        person.hears("Kind first?").presses(words + "\r")
        person.screen.until(lambda: "A terminal takes no longer" in person.new, "it")
        person.types("")
        assert finish(person) == 0
    assert values(run) == {"first": words[:4095].strip()}


@pytest.mark.usefixtures("example")
def test_a_line_that_was_refused_is_not_offered_for_keeping(home: Path) -> None:
    with lines(home, "action", "move", "1") as person:
        person.hears("Moved to when?").types("blah")
        person.hears("is not a date", "Answer (Enter: skip)").types("+2w")
        assert "So far" not in person.new
        assert person.ends() == 0
    with lines(home, "goal", "add", "priya") as person:
        person.hears("What is the goal?", "Answer (needed)").presses("\x03")
        assert person.ends() == 130
