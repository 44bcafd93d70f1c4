"""What each screen is to somebody who hears it: roles, names and order, as kept in ``outlines/``.

``--accept`` keeps what the pages say now; look at ``git diff`` before you commit it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.proving import require
from tests.serving import Served
from tests.waiting import until

from .conftest import guarded
from .screens import SCREENS, Screen
from .varying import settled

pytestmark = pytest.mark.browser

KEPT = Path(__file__).with_name("outlines")


@pytest.fixture
def page(chromium: Browser, shown: Served) -> Iterator[Page]:
    yield from guarded(chromium, shown, "light", (), "/")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_says_what_it_should(
    page: Page, shown: Served, projects: Path, screen: Screen, pytestconfig: pytest.Config
) -> None:
    require("copy-on-write")
    screen.open(page, shown)
    file = KEPT / f"{screen.name}.yaml"

    def said() -> str:
        return settled(page.locator(screen.part).aria_snapshot(), projects) + "\n"

    if pytestconfig.getoption("--accept"):
        KEPT.mkdir(exist_ok=True)
        file.write_text(said())
    expected = file.read_text() if file.is_file() else ""
    try:
        until(lambda: said() == expected, screen.name, 5)
    except AssertionError:
        lines = difflib.unified_diff(
            expected.splitlines(), said().splitlines(), str(file), "the page", lineterm="", n=2
        )
        pytest.fail("\n".join([*lines, "If it is right as it is now, run this with --accept."]))
