"""One module per format. Each has STYLES and export(plan, style) -> str or bytes.

What it makes of the meeting of a set is in its part `meeting`: slot(page, style, value) and
whole(page, style, value).
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from coachlog.errors import Invalid


def formats() -> list[str]:
    """Return the names of all formats: the modules of this package."""
    return sorted(module.name for module in iter_modules(__path__))


def find(name: str, part: str = "") -> ModuleType:
    """Return the module of a format, or a part of it; `Invalid` names the formats there are."""
    if name not in formats():
        raise Invalid(f"There is no format “{name}”.", f"There are: {', '.join(formats())}.")
    return import_module(f"{__name__}.{name}.{part}" if part else f"{__name__}.{name}")
