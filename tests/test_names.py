"""Names say what they are, and functions stay plain: read from the source without running it."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from source_imports import MODULES, SOURCE

PARTICIPLES = {
    *(
        "asked",
        "begun",
        "chosen",
        "counted",
        "done",
        "due",
        "found",
        "given",
        "heard",
        "held",
    ),
    *(
        "kept",
        "known",
        "left",
        "listed",
        "made",
        "meant",
        "met",
        "moved",
        "named",
        "needed",
    ),
    *(
        "one",
        "ones",
        "placed",
        "read",
        "said",
        "seen",
        "shown",
        "spoken",
        "taken",
        "told",
    ),
    *("typed", "wanted", "worded", "written"),
}
"""Words that say how a value came about instead of what it is."""
SEAMS = {"write": "exports/formats", "write_values": "exports/formats"}
"""A function that each module behind a seam has, by the folder of those modules."""
MAX_SAME_NAMES = 4
"""So many modules of one concept at most: its model, its rules, its screen, its command."""
MAX_COMPLEXITY = 10
BRANCHES = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.IfExp),
    *(ast.ExceptHandler, ast.comprehension, ast.match_case),
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def shared(names: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the names that more than one place has, with the places."""
    return {name: places for name, places in names.items() if len(places) > 1}


def test_no_two_functions_share_a_name() -> None:
    """A nested function has a name for its own function alone, a method one for its class."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, Function) and SEAMS.get(node.name) != place(
                path.parent
            ):
                places[node.name].append(place(path))
    assert shared(places) == {}


def test_no_two_classes_share_a_name() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(place(path))
    assert shared(places) == {}


def test_a_module_name_is_used_once_in_a_room_and_four_times_at_most() -> None:
    rooms: defaultdict[str, list[str]] = defaultdict(list)
    everywhere = Counter[str]()
    for path in MODULES:
        if path.stem not in ("__init__", "__main__"):
            room, _, _ = place(path).partition("/")
            rooms[f"{room}: {path.stem}"].append(place(path))
            everywhere[path.stem] += 1
    assert shared(rooms) == {}
    assert {name: n for name, n in everywhere.items() if n > MAX_SAME_NAMES} == {}


def test_our_own_modules_and_names_have_no_alias() -> None:
    aliases = [
        f"{place(path)}:{node.lineno} {alias.name} as {alias.asname}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("coachlog")
        for alias in node.names
        if alias.asname
    ]
    assert aliases == []


def bindings(tree: ast.AST) -> Iterator[str]:
    """Yield each name that the code gives: to a function, a parameter or a value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, Function):
            yield node.name


def test_names_are_nouns_and_verbs() -> None:
    """A participle is a name only where it is the plain word: under one name in a hundred."""
    names = [name for tree in TREES.values() for name in bindings(tree)]
    participles = Counter(name for name in names if name.strip("_") in PARTICIPLES)
    assert participles.total() < len(names) / 100, participles.most_common(20)


def complexity(function: ast.AST) -> int:
    """Return the cyclomatic complexity of a function, those nested in it apart.

    McCabe 1976, with each further operand of `and` and `or`, each comprehension with its
    conditions, each ternary and each `except` as one more way through, as radon counts them.
    """
    total = 1
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function | ast.ClassDef):
            continue
        if isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        elif isinstance(node, BRANCHES):
            total += 1
        if isinstance(node, ast.comprehension):
            total += len(node.ifs)
        waiting.extend(ast.iter_child_nodes(node))
    return total


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("return 1", 1, id="straight"),
        pytest.param("if a: return 1\nelif b: return 2", 3, id="if-elif"),
        pytest.param("return a and b or c", 3, id="and-or"),
        pytest.param(
            "return [x for x in a if x if y]", 4, id="comprehension-with-conditions"
        ),
        pytest.param("return a if b else c", 2, id="ternary"),
        pytest.param("try: pass\nexcept OSError: pass", 2, id="except"),
        pytest.param(
            "def inner():\n  if a: pass\nreturn inner", 1, id="nested-counts-apart"
        ),
    ],
)
def test_complexity_counts_ways_through(source: str, expected: int) -> None:
    body = source.replace("\n", "\n    ")
    (function,) = ast.parse(f"def f(a, b, c):\n    {body}").body
    assert complexity(function) == expected


def test_no_function_is_complex() -> None:
    complex_functions = {
        f"{place(path)}:{node.lineno} {node.name}": ways
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and (ways := complexity(node)) > MAX_COMPLEXITY
    }
    assert complex_functions == {}


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param((ast.IfExp,), id="ternaries"),
        pytest.param((ast.ListComp, ast.SetComp, ast.DictComp), id="comprehensions"),
    ],
)
def test_none_is_nested_in_another(kinds: tuple[type[ast.expr], ...]) -> None:
    nested = [
        f"{place(path)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
        and any(isinstance(part, kinds) for part in ast.walk(node) if part is not node)
    ]
    assert nested == []


def test_arguments_are_not_packed_by_position() -> None:
    """`Slot(*(0, "", name))` hides which zero is what; `*(…)` of literals is for tables alone."""
    packed = [
        f"{place(path)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and any(
            isinstance(a, ast.Starred) and isinstance(a.value, ast.Tuple)
            for a in node.args
        )
    ]
    assert packed == []
