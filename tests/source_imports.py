"""What the modules of coachlog import and reach for, read from their source without running it."""

import ast
import builtins
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import coachlog

SOURCE = Path(coachlog.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
IMPORTERS = {"importlib.import_module", "importlib.__import__", "__import__"}


class Seen(NamedTuple):
    """What a module imports and reaches for, wherever in it that is done.

    Names are whole, whatever an `as` made of them: after `from os import environ as e`, `e.get` is
    `os.environ.get`. An f-string given to `import_module` counts as its words before the first
    value: `coachlog.cli.{noun}` imports `coachlog.cli`.
    """

    imports: frozenset[str]
    needs: frozenset[str]
    """The imports, but for types alone, and what is taken of them."""
    reaches: frozenset[str]
    """The imports, what is taken of them, and the builtins."""
    calls: frozenset[str]
    """The last name of what is called: `write_text` for `page.path.write_text(words)`."""
    relative: bool
    """Whether an import says where it looks by dots."""
    reckons: bool
    """Whether the name of an imported module is found only when the module runs."""


@cache
def seen(path: Path) -> Seen:
    return look(path.read_text(encoding="utf-8"), name_of(path))


@cache
def name_of(path: Path) -> str:
    """Return the name of the module that lies there."""
    parts = ("coachlog", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def look(source: str, name: str) -> Seen:
    """Return what is seen in the source of the module that goes by this name."""
    nodes = list(ast.walk(ast.parse(source)))
    imports = [(node, *pair) for node in nodes for pair in _imported(node)]
    for_types = {
        id(node) for block in nodes if _is_for_types(block) for node in ast.walk(block)
    }
    meant = {short: whole for _, short, whole in imports}
    used = {short: whole for node, short, whole in imports if id(node) not in for_types}
    given = [
        _words(node.args[0], name)
        for node in nodes
        if isinstance(node, ast.Call)
        and _whole(node.func, meant) in IMPORTERS
        and node.args
    ]
    literal = {words.rstrip(".") for words, _ in given}
    whole = {full for _, _, full in imports} | literal
    needed = {full for node, _, full in imports if id(node) not in for_types} | literal
    taken = {found for node in nodes if (found := _whole(node, meant))}
    return Seen(
        imports=frozenset(whole),
        needs=frozenset(
            needed | {found for node in nodes if (found := _taken(node, used))}
        ),
        reaches=frozenset(whole | taken),
        calls=frozenset(
            _last(node.func) for node in nodes if isinstance(node, ast.Call)
        ),
        relative=any(isinstance(node, ast.ImportFrom) and node.level for node in nodes)
        or any(words.startswith(".") for words, _ in given),
        reckons=any(reckoned for _, reckoned in given),
    )


def under(name: str, *packages: str) -> bool:
    """Return whether a name is one of these, or of something in them."""
    return any(
        name == package or name.startswith(f"{package}.") for package in packages
    )


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that an import makes, and the whole name of what it stands for."""
    if isinstance(node, ast.Import):
        for one in node.names:
            first = one.name.split(".")[0]
            if not one.asname:
                yield first, first
            yield one.asname or one.name, one.name
    elif isinstance(node, ast.ImportFrom):
        for one in node.names:
            yield (
                one.asname or one.name,
                f"{node.module}.{one.name}" if node.module else one.name,
            )


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _taken(node: ast.AST, meant: dict[str, str]) -> str:
    """Return the whole name of something taken of an import; '' if it is none."""
    if not isinstance(node, ast.Attribute | ast.Name):
        return ""
    first, dot, rest = ast.unparse(node).partition(".")
    return f"{meant[first]}{dot}{rest}" if first in meant else ""


def _whole(node: ast.AST, meant: dict[str, str]) -> str:
    """Return the whole name of a builtin, or of something taken of an import."""
    if (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id not in meant
    ):
        return node.id if hasattr(builtins, node.id) else ""
    return _taken(node, meant)


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _words(node: ast.AST, name: str) -> tuple[str, bool]:
    """Return the words that a string begins with, and whether more is found out later."""
    if isinstance(node, ast.Constant):
        return str(node.value), False
    begun = ""
    for part in node.values if isinstance(node, ast.JoinedStr) else []:
        if isinstance(part, ast.Constant):
            begun += str(part.value)
        elif (
            ast.unparse(part.value if isinstance(part, ast.FormattedValue) else part)
            == "__name__"
        ):
            begun += name
        else:
            break
    return begun, True
