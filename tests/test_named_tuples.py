"""Our named tuples are those of `typing`, in all that a class or its values can be asked."""

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import pytest

from coachlog import named_tuples

Value = TypeVar("Value")
BODY = '''
class Nothing(NamedTuple):
    pass

class Promise(NamedTuple):
    """What somebody will do."""

    b: int
    a: str
    new_tuple: str | None = None
    due: tuple[str, ...] = ()
    LIMIT = 3

    @property
    def words(self) -> str:
        return f"{self.b}: {self.a}"

    @classmethod
    def build(cls, a: str) -> "Promise":
        return cls(1, a)._replace(due=("fri",))

class Plain(NamedTuple):
    """One value."""

    only: list[int]

class Equal(NamedTuple):
    a: int
    b: int

    def __eq__(self, other: object) -> bool:
        return self[0] == tuple(other)[0]

    def __hash__(self) -> int:
        return self.a

class Pair(NamedTuple, Generic[Value]):
    a: Value
    b: Value

class Later(Equal):
    def __repr__(self) -> str:
        return "later"
'''
WIDE = "class Wide(NamedTuple):\n" + "".join(
    f"    field_{number}: int{'' if number < 20 else ' = 7'}\n" for number in range(27)
)


def build(kind: Any) -> dict[str, Any]:
    """Return the same classes, made by one kind of named tuple."""
    names = {
        "NamedTuple": kind,
        "Generic": Generic,
        "Value": Value,
        "__name__": __name__,
    }
    exec(BODY + WIDE, names)
    return names


OURS, THEIRS = build(named_tuples.NamedTuple), build(typing.NamedTuple)
globals().update(OURS)
"""So that the classes can be pickled: by the name of their module, and by their own."""


def attempt(action: Callable[[], Any]) -> Any:
    """Return what comes of it; the kind of error if it is refused."""
    try:
        return action()
    except Exception as error:
        return type(error)


def look(value: Any) -> dict[str, Any]:
    """Return what can be asked of a value of a class and of the class."""
    kind = type(value)
    fields = {name: getattr(value, name) for name in value._fields}
    return {
        "words": (
            repr(value),
            str(value),
            kind.__name__,
            kind.__qualname__,
            kind.__doc__,
        ),
        "module": kind.__module__,
        "tuple": (tuple(value), len(value), list(value), value[:1]),
        "fields": (fields, value._fields, kind.__match_args__, kind._field_defaults),
        "dict": value._asdict(),
        "hash": hash(value),
        "equal": (value == tuple(value), value < (*value, 1), value in {value: 1}),
        "signature": str(inspect.signature(kind)),
        "types": list(kind.__annotations__),
        "no others": attempt(lambda: setattr(value, "other", 1)),
        "fixed": [attempt(partial(setattr, value, name, 1)) for name in fields],
        "copy": (copy.copy(value) == value, type(copy.deepcopy(value)) is kind),
        "made": repr(kind._make(value)),
        "too few": attempt(lambda: kind._make([*value, 1])),
        "replaced": [repr(value._replace(**{name: "x"})) for name in fields],
        "arguments": attempt(lambda: kind(*value, 1)),
        "tuples": (isinstance(value, tuple), type(kind) is type),
    }


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("Nothing", (), {}),
        ("Promise", (1, "ring"), {}),
        ("Promise", (1,), {"a": "ring", "due": ("fri",)}),
        ("Plain", (3,), {}),
        ("Equal", (1, 2), {}),
        ("Later", (1, 2), {}),
        ("Pair", (1, "x"), {}),
        ("Wide", tuple(range(20)), {"field_26": 1}),
    ],
)
def test_a_value_is_like_one_of_typing(
    name: str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = (kinds[name](*arguments, **named) for kinds in (OURS, THEIRS))
    assert look(ours) == look(theirs)
    assert ours == theirs
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(ours, protocol))
        assert (type(again), again) == (type(ours), ours)


def test_what_a_class_adds_stays() -> None:
    for kinds in (OURS, THEIRS):
        promise = kinds["Promise"].build("ring")
        assert (promise.words, promise.LIMIT, promise.due) == ("1: ring", 3, ("fri",))
        assert kinds["Equal"](1, 2) == kinds["Equal"](1, 3)
        assert repr(kinds["Later"](1, 2)) == "later"
        assert kinds["Pair"][int](1, 2) == (1, 2)


def test_a_field_that_there_is_none_of_is_refused() -> None:
    """As from Python 3.13 on; before, it was a `ValueError`."""
    with pytest.raises(TypeError, match="unknown"):
        OURS["Promise"](1, "ring")._replace(unknown=1)


@pytest.mark.parametrize("arguments", [(), (1,), (1, 2, 3, 4, 5)])
def test_a_wrong_number_of_values_is_refused_in_the_same_words(
    arguments: tuple[int, ...],
) -> None:
    with pytest.raises(TypeError) as ours:
        OURS["Promise"](*arguments)
    with pytest.raises(TypeError) as theirs:
        THEIRS["Promise"](*arguments)
    ours_words, theirs_words = str(ours.value), str(theirs.value)
    assert ours_words == theirs_words
    assert "Promise.__new__()" in ours_words


@pytest.mark.parametrize("kind", [named_tuples.NamedTuple, typing.NamedTuple])
def test_a_field_without_a_default_comes_before_those_with_one(kind: Any) -> None:
    with pytest.raises(TypeError, match="default"):
        exec("class Wrong(kind):\n    a: int = 1\n    b: int\n", {"kind": kind})
