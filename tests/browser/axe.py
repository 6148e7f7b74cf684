"""axe-core in a page of the tests' browser: what it finds wrong for people who cannot see it.

The development extra brings axe-core (MPL 2.0) within axe-core-python; `COACHLOG_AXE` can name the
file of a newer one.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

axe_core_python = pytest.importorskip(
    "axe_core_python", reason="the development extra brings axe-core-python"
)
SCRIPT = Path(
    os.environ.get("COACHLOG_AXE", Path(axe_core_python.__file__).parent / "axe.min.js")
)
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(results => done(results.violations.map(
    rule => [rule.id, rule.help, rule.nodes.map(node => node.html)])));
"""


def find_violations(browser: Chrome) -> list[Any]:
    """Return what axe-core finds on the page that is open: rules with the elements that break them.

    The driver runs it, so that no policy of the page forbids it.
    """
    browser.execute_script(SCRIPT.read_text(encoding="utf-8"))
    found: list[Any] = browser.execute_async_script(RUN)
    return found
