"""Who supports which promise: the promise beside it is cut only where there is no room for it."""

import pytest
from rich.console import Console

from coachlog.model.supports import Support
from coachlog.screens.supports import render_supports

PROMISE = "In every 1:1, ask one open question and wait ten seconds before I say more"


@pytest.mark.parametrize(("width", "is_whole"), [(60, False), (80, False), (140, True)])
def test_a_promise_is_whole_where_there_is_room(width: int, is_whole: bool) -> None:
    support = Support(1, "Ben Ek", "asks me on Fridays", PROMISE)
    console = Console(width=width)
    with console.capture() as capture:
        console.print(render_supports([support], width))
    shown = " ".join(capture.get().split())
    assert (f"({PROMISE})" in shown) is is_whole
    assert shown.startswith("1 Ben Ek: asks me on Fridays (In every 1:1, ask one open")
