"""A conversation as a form in an editor, at a real terminal."""

import sys
from pathlib import Path

from screen import ENTER, coachlog

from conftest import Run

SCRIPT = """\
import sys
from pathlib import Path

path = Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
mattered, minutes = "in that conversation?\\n", "minutes did it take?\\n"
if "Trust" not in text:
    text = text.replace(mattered, f"{mattered}\\nTrust\\n")
    text = text.replace(minutes, f"{minutes}\\nlong\\n")
else:
    text = text.replace("\\nlong\\n", "\\n20\\n")
path.write_text(text, encoding="utf-8")
"""


def test_a_fault_is_shown_mended_in_the_editor_and_stored(
    example: Run, home: Path, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(SCRIPT, encoding="utf-8")
    line = ("session", "new", "priya", "-t", "quick", "--editor")
    with coachlog(
        *line, home=home, variables={"EDITOR": f"{sys.executable} {script}"}
    ) as screen:
        screen.sees("“How many minutes did it take?”: “long” should be")
        assert [path.name for path in home.glob("form-*.md")] == ["form-1.md"]
        screen.asks("Nothing has been saved yet. What would you like to do?").sees(
            "1) open it again"
        ).type(ENTER)
        assert screen.ends() == 0
        assert (
            "Saved conversation 2 (Quick note, Priya Shah, 0 promises)." in screen.text
        )
    assert list(home.glob("form-*")) == []
    session = example("session", "show", "2", "--json").json["session"]
    assert (session["minutes"], [one["value"] for one in session["answers"]]) == (
        20,
        ["Trust"],
    )
