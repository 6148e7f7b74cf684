"""What is said below a screen that shows private entries without their words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coachlog.terminal.console import Console

if TYPE_CHECKING:
    from coachlog.model.actions import Action
    from coachlog.model.goals import Goal
    from coachlog.model.sessions import Answer


def print_veiled_remark(
    console: Console, entries: "Iterable[Action | Answer | Goal]"
) -> None:
    """Print on stderr how many entries were shown without their words, if any, and what shows them.

    Beside the answer, so that a list that goes through a pipe is nothing but the list.
    """
    from coachlog.rules import disclosure

    print_veiled_count(console, disclosure.count_veiled_entries(entries))


def print_veiled_count(console: Console, count: int) -> None:
    """Print on stderr what shows so many entries without their words; nothing for none."""
    if count:
        from coachlog.phrasing.values import describe_veiled

        console.print_remark(describe_veiled(count))
