"""Whether there is to be colour: options and variables in the order in which they count."""

from collections.abc import Mapping
from enum import Enum


class ColorUse(Enum):
    """When colour codes are written: never, on a terminal, or into files and pipes as well."""

    NEVER = "never"
    ON_TERMINAL = "on a terminal"
    ALWAYS = "always"


_FORCING_VARIABLES = ("FORCE_COLOR", "CLICOLOR_FORCE")
_FORBIDDING_VARIABLES = ("FORCE_COLOR", "CLICOLOR")


def choose_color_use(
    variables: Mapping[str, str], *, is_forbidden: bool = False
) -> ColorUse:
    """Return when colour is used: what forbids it goes before what forces it.

    The first of these that is there decides: the option --no-color (`is_forbidden`), NO_COLOR with
    any value, FORCE_COLOR or CLICOLOR_FORCE with any but 0, FORCE_COLOR or CLICOLOR with 0. A
    variable that is set to nothing is not there (https://no-color.org, https://force-color.org,
    https://bixense.com/clicolors).
    """
    if is_forbidden or variables.get("NO_COLOR"):
        return ColorUse.NEVER
    if any(variables.get(name, "0") not in ("", "0") for name in _FORCING_VARIABLES):
        return ColorUse.ALWAYS
    if any(variables.get(name) == "0" for name in _FORBIDDING_VARIABLES):
        return ColorUse.NEVER
    return ColorUse.ON_TERMINAL
