"""One module per format. Each has STYLES and export(plan, style) -> str or bytes.

A format that knows the meetings of sets is a package, with a part `meeting` that has
slot(page, style, value) and whole(page, style, value).
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from coachlog.errors import Invalid


def formats() -> list[str]:
    """Return the names of all formats: the modules of this package."""
    return sorted(module.name for module in iter_modules(__path__))


def find(name: str, part: str = "") -> ModuleType:
    """Return the module of a format, or a part of it; `Invalid` names the formats there are.

    `Invalid` as well for a format that has no such part.
    """
    if name not in formats():
        raise Invalid(f"There is no format “{name}”.", f"There are: {', '.join(formats())}.")
    module = import_module(f"{__name__}.{name}")
    if not part:
        return module
    if part not in (found.name for found in iter_modules(getattr(module, "__path__", []))):
        raise Invalid(f"The format “{name}” has no pages of that kind.")
    return import_module(f"{__name__}.{name}.{part}")
