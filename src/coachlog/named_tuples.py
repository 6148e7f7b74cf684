"""Named tuples as `typing` has them, made in a sixth of the time: nothing is compiled for a class.

Every module takes `NamedTuple` from here. To a type checker it is the one of `typing`.
"""

from collections import _tuplegetter  # type: ignore[attr-defined]
from collections.abc import Iterable
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Self

new_tuple = tuple.__new__
_NEW_BY_LENGTH = (
    lambda _cls: new_tuple(_cls, ()),
    lambda _cls, a: new_tuple(_cls, (a,)),
    lambda _cls, a, b: new_tuple(_cls, (a, b)),
    lambda _cls, a, b, c: new_tuple(_cls, (a, b, c)),
    lambda _cls, a, b, c, d: new_tuple(_cls, (a, b, c, d)),
    lambda _cls, a, b, c, d, e: new_tuple(_cls, (a, b, c, d, e)),
    lambda _cls, a, b, c, d, e, f: new_tuple(_cls, (a, b, c, d, e, f)),
    lambda _cls, a, b, c, d, e, f, g: new_tuple(_cls, (a, b, c, d, e, f, g)),
    lambda _cls, a, b, c, d, e, f, g, h: new_tuple(_cls, (a, b, c, d, e, f, g, h)),
)
"""How a tuple of so many values is made; a class takes the code, with names of its own."""


class FieldTuple(tuple[Any, ...]):
    """What all named tuples have in common; `_fields` are the names of their values."""

    __slots__ = ()
    _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        values = new_tuple(cls, values)
        if len(values) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(values)}")
        return values

    def _replace(self, /, **values: Any) -> Self:
        copy = self._make(map(values.pop, self._fields, self))
        if values:
            raise TypeError(f"Got unexpected field names: {list(values)!r}")
        return copy

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        values = zip(self._fields, self, strict=True)
        words = ", ".join(f"{name}={value!r}" for name, value in values)
        return f"{type(self).__name__}({words})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class NamedTupleMaker(type):
    """Turns the body of a class into a named tuple, which is a class like any other."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> Any:
        types = _read_types(namespace)
        fields = tuple(types)
        defaults = {field: namespace[field] for field in fields if field in namespace}
        if fields[len(fields) - len(defaults) :] != tuple(defaults):
            raise TypeError(f"{name}: a field without a default follows one with it")
        code = _get_code(len(fields)).replace(co_varnames=("_cls", *fields))
        new = FunctionType(code, globals(), "__new__", tuple(defaults.values()))
        new.__qualname__ = f"{name}.__new__"
        new.__annotations__ = types
        namespace.setdefault("__doc__", f"{name}({', '.join(fields)})")
        namespace["__new__"] = new
        namespace["__slots__"] = ()
        namespace["_fields"] = namespace["__match_args__"] = fields
        namespace["_field_defaults"] = defaults
        for number, field in enumerate(fields):
            namespace[field] = _tuplegetter(number, f"Alias for field number {number}")
        return type(name, (FieldTuple, *bases[1:]), namespace)


def _read_types(namespace: dict[str, Any]) -> dict[str, Any]:
    """Return what the body of a class gives a type; from Python 3.14 on, a function tells it."""
    annotate = namespace.get("__annotate_func__")
    types: dict[str, Any] = namespace.get("__annotations__", {})
    return annotate(1) if annotate else types


@cache
def _get_code(length: int) -> CodeType:
    """Return the code that makes a tuple of so many values; for many it is compiled."""
    if length < len(_NEW_BY_LENGTH):
        return _NEW_BY_LENGTH[length].__code__
    values = ", ".join(f"value_{number}" for number in range(length))
    new: FunctionType = eval(f"lambda _cls, {values}: new_tuple(_cls, ({values}))")
    return new.__code__


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = type.__new__(NamedTupleMaker, "NamedTuple", (), {})
