"""A terminal that answers late or never is no reason to say anything."""

import os
from pathlib import Path

from screen import ENTER, coachlog, finish, own_template
from windows import SOURCE

PROMPTS = [
    f'id = "{name}"\nask = "The {name} question?"\nkind = "line"'
    for name in ("first", "second")
]
IMPATIENT = """
from prompt_toolkit import renderer

renderer.Renderer.CPR_TIMEOUT = 0
"""
"""Python runs this when it starts: prompt_toolkit then waits no two seconds for the cursor."""


def test_a_terminal_that_does_not_say_where_the_cursor_is_is_not_spoken_of(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(IMPATIENT)
    own_template(home, *PROMPTS)
    variables = {"PYTHONPATH": os.pathsep.join([str(tmp_path), SOURCE])}
    line = ("session", "new", "-t", "own")
    with coachlog(*line, home=home, variables=variables) as screen:
        screen.fall_silent()
        screen.answer("What is your own name?", "Sam")
        screen.asks("The first question?").type("a").sees("a").type("n").sees("an")
        screen.type("swer", ENTER).answer("The second question?")
        assert finish(screen) == 0
        assert "WARNING" not in screen.text
        assert "cursor" not in screen.text
