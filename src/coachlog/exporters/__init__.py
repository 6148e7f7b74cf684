"""One module per format. Each has STYLES and export(plan, style) -> str or bytes."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from coachlog.errors import Invalid


def formats() -> list[str]:
    """Return the names of all formats: the modules of this package."""
    return sorted(module.name for module in iter_modules(__path__))


def find(name: str) -> ModuleType:
    """Return the module of a format; `Invalid` names those there are."""
    if name not in formats():
        raise Invalid(f"There is no format “{name}”.", f"There are: {', '.join(formats())}.")
    return import_module(f"{__name__}.{name}")
