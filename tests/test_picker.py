"""The list of conversations as it is filtered, without a terminal."""

from coachlog.terminal.picker import Picker, PickerRow
from coachlog.terminal.template_search import MOST_AT_ONCE


def rows(word: str, count: int) -> list[PickerRow]:
    names = [f"{word} {number}" for number in range(count)]
    return [
        PickerRow(name, "", "", f"{name} overall".format, name, name) for name in names
    ]


def test_the_words_of_the_last_row_choose_it() -> None:
    picker = Picker([("First", rows("one", 3)), ("Rest", rows("two", MOST_AT_ONCE))])
    for words in ("all", "All of", "all of them"):
        picker.is_short = True
        picker.set_filter(words)
        assert picker.choose_row() is None
        assert (picker.is_short, picker.filter_text) == (False, "")
        assert len(picker.rows) == 3 + MOST_AT_ONCE
        assert picker.position == 3
    picker.set_filter("all")  # all are listed already
    assert picker.choose_row() is not None


def test_other_words_choose_a_conversation() -> None:
    picker = Picker([("First", rows("one", 3)), ("Rest", rows("two", MOST_AT_ONCE))])
    picker.set_filter("two")
    row = picker.choose_row()
    assert row is not None
    assert row.value == "two 0"
