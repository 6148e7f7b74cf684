"""What a hold refuses, and that every change that the store makes has its place in it."""

import ast
import re
from collections.abc import Iterator
from itertools import chain

import pytest

from coachlog.model.actions import ActionStatus
from coachlog.model.goals import GoalStatus
from coachlog.model.pages import PageKind
from coachlog.rules.holds import (
    AUDIT_CHANGES,
    HeldChange,
    HoldRefusal,
    judge_held_change,
)
from source_imports import MODULES

REFUSED = {
    *(HeldChange.EDIT, HeldChange.WORDS, HeldChange.DAYS, HeldChange.MERGER),
    *(HeldChange.DELETION, HeldChange.ERASURE, HeldChange.UNDOING),
}

# The place of the kind among the arguments of what writes to the audit log
KIND_PLACES = {
    "log_change": 1,
    "insert_row": 2,
    "update_row": 2,
    "insert_model_row": 2,
    "update_model_row": 2,
}
WORKED_OUT_KINDS = {
    "f'action.{status.value}'": [
        f"action.{status}" for status in ActionStatus if status is not ActionStatus.OPEN
    ],
    "f'{page.value}.exported'": [
        f"{page.value}.exported"
        for page in PageKind
        if page not in (PageKind.TEMPLATE, PageKind.PROGRAMME)
    ],
    "f'goal.{status.value}'": [
        f"goal.{status}" for status in GoalStatus if status is not GoalStatus.OPEN
    ],
}
"""The kinds that are worked out while the program runs, by the source that does it."""


def list_audit_kinds(source: str) -> set[str]:
    """Return every kind of change that a module writes to the audit log."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return set(chain.from_iterable(map(audit_kinds_of, functions)))


def audit_kinds_of(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = KIND_PLACES.get(node.func.id)
            if place is not None:
                yield from values_of(node.args[place], function)


def values_of(argument: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """Yield what an argument can be; one that a caller hands on is found at the caller."""
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.JoinedStr):
        yield from WORKED_OUT_KINDS[ast.unparse(argument)]
    else:
        assert isinstance(argument, ast.Name), ast.unparse(argument)
        if function.name not in KIND_PLACES:
            values = assigned(argument.id, function)
            assert values, f"{function.name}: {argument.id}"
            yield from values


def assigned(name: str, function: ast.FunctionDef) -> list[str]:
    """Return the constants that a function gives to a name."""
    return [
        str(node.value.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]


def test_every_change_that_the_store_makes_is_classed() -> None:
    """And none is classed that nothing makes."""
    sources = [path.read_text(encoding="utf-8") for path in MODULES]
    written = set(chain.from_iterable(map(list_audit_kinds, sources)))
    assert written - AUDIT_CHANGES.keys() == set()
    assert AUDIT_CHANGES.keys() - written == set()


def test_nothing_else_writes_to_the_audit_log() -> None:
    writers = [
        path.name
        for path in MODULES
        if re.search(
            r"(StoredAuditEvent|AuditEventRow)\(|INSERT INTO event\b",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert sorted(writers) == ["audit_rows.py", "audited_rows.py", "event_row.py"]


def test_a_kind_is_found_however_it_is_given() -> None:
    """The tests above can fail: for a constant, a choice, and one that is worked out."""
    assert list_audit_kinds("""
def build(change, row, status, is_back):
    insert_row(change, row, "moon.landed")
    kind = "moon.left"
    if is_back:
        kind = "moon.seen"
    log_change(change, kind, 1)
    update_row(change, row, f"goal.{status.value}")
""") == {"moon.landed", "moon.left", "moon.seen", "goal.achieved", "goal.dropped"}


def test_what_is_refused() -> None:
    refused = {kind for kind in HeldChange if judge_held_change(kind, "Priya")}
    assert refused == REFUSED


@pytest.mark.parametrize(
    "kinds",
    [
        # closing, moving, rating
        "action.done action.dropped goal.achieved goal.dropped action.moved goal.rated",
        # new conversations and what is in them
        "session.begun session.held session.cancelled action.made goal.made note.parked",
        # dated corrections
        "action.corrected action.noted",
        # out of sight and back, with everything in it
        "person.archived person.returned session.restored",
    ],
)
def test_what_goes_on(kinds: str) -> None:
    assert {
        judge_held_change(AUDIT_CHANGES[kind], "Priya") for kind in kinds.split()
    } == {None}


@pytest.mark.parametrize(
    "kind",
    [
        # words and days
        *("session.edited", "action.edited", "goal.edited", "note.edited"),
        "person.edited",
        # a day that nothing else says
        "goal.reopened",
        # deletion, also of what was not saved yet
        *("session.deleted", "session.discarded", "encounter.removed"),
        "person.merged",
    ],
)
def test_what_does_not_go_on(kind: str) -> None:
    assert judge_held_change(AUDIT_CHANGES[kind], "Priya") is not None


def test_what_a_person_is_told() -> None:
    assert judge_held_change(HeldChange.DELETION, "Priya Shah") == HoldRefusal(
        "There is a hold on the records of Priya Shah, so nothing in them can be deleted. "
        "Nothing was changed.",
        "It can be done once the hold has ended.",
    )
    assert judge_held_change(HeldChange.WORDS, "Priya Shah") == HoldRefusal(
        "There is a hold on the records of Priya Shah, so their words cannot be changed. "
        "Nothing was changed.",
        "Record what is right in a new conversation or note: it gets its own day, and what was "
        "recorded stays beside it.",
    )


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_every_refusal_says_what_can_be_done(kind: HeldChange) -> None:
    refusal = judge_held_change(kind, "Priya")
    assert refusal is not None
    assert refusal.message.endswith(". Nothing was changed.")
    assert refusal.hint
