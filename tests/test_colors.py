"""Whether there is colour: the option and the variables, in the order in which they count."""

import pytest

from coachlog.terminal.colors import ColorUse, choose_color_use

NEVER, ON_TERMINAL, ALWAYS = ColorUse.NEVER, ColorUse.ON_TERMINAL, ColorUse.ALWAYS


@pytest.mark.parametrize(
    ("variables", "use"),
    [
        pytest.param("", ON_TERMINAL, id="nothing"),
        pytest.param("NO_COLOR=1", NEVER, id="NO_COLOR"),
        pytest.param("NO_COLOR=0", NEVER, id="whatever-the-value"),
        pytest.param("NO_COLOR=", ON_TERMINAL, id="an-empty-variable-is-none"),
        pytest.param("FORCE_COLOR=1", ALWAYS, id="FORCE_COLOR"),
        pytest.param("FORCE_COLOR=true", ALWAYS, id="any-value-forces"),
        pytest.param("FORCE_COLOR=", ON_TERMINAL, id="empty-forces-nothing"),
        pytest.param("FORCE_COLOR=0", NEVER, id="forced-off"),
        pytest.param("CLICOLOR_FORCE=1", ALWAYS, id="CLICOLOR_FORCE"),
        pytest.param("CLICOLOR_FORCE=0", ON_TERMINAL, id="0-forces-nothing"),
        pytest.param("CLICOLOR=0", NEVER, id="CLICOLOR"),
        pytest.param("CLICOLOR=1", ON_TERMINAL, id="CLICOLOR-is-the-default"),
        pytest.param("NO_COLOR=1 FORCE_COLOR=1", NEVER, id="NO_COLOR-first"),
        pytest.param("NO_COLOR=1 CLICOLOR_FORCE=1", NEVER, id="NO_COLOR-before-both"),
        pytest.param("CLICOLOR=0 FORCE_COLOR=1", ALWAYS, id="force-before-CLICOLOR"),
        pytest.param("CLICOLOR=0 CLICOLOR_FORCE=1", ALWAYS, id="and-the-other-force"),
        pytest.param(
            "FORCE_COLOR=0 CLICOLOR_FORCE=1", ALWAYS, id="one-force-is-enough"
        ),
    ],
)
def test_the_first_that_is_there_decides(variables: str, use: ColorUse) -> None:
    environment = dict(pair.split("=") for pair in variables.split())
    assert choose_color_use(environment) is use
    assert choose_color_use(environment, is_forbidden=True) is NEVER
