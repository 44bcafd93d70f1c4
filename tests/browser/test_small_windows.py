"""What is left of a page where there is little room: the smallest window, and one at 200 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served

from .conftest import guarded
from .screens import SCREENS, Screen

pytestmark = pytest.mark.browser

# Those that are split, or that show something large.
SPLIT = (
    "overview",
    "models",
    "models-app",
    "models-table",
    "migrations",
    "migration-graph",
    "urls",
    "settings",
    "commands",
    "run",
    "rehearsal",
    "preferences",
)
# In pixels: four lines of text, a word and what belongs to it.
HEIGHT, WIDTH = 80, 130
TOO_SMALL = """([height, width]) => [...document.querySelectorAll(".pane, log-view, .canvas")]
  .filter((one) => one.checkVisibility() && one.textContent.trim())
  .filter((one) => one.clientWidth < width || one.clientHeight < Math.min(height, one.scrollHeight))
  .map((one) => `${one.localName}.${one.className} ${one.clientWidth}x${one.clientHeight}`)"""
# A part that is wider than the place it has, which neither it nor anything around it scrolls.
CUT = """() => [...document.querySelectorAll("#main *, .sidebar *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().left >= innerWidth - 4
    && !one.closest(".pane, .view, log-view, .canvas, [popover], .vh"))
  .map((one) => `${one.localName}.${one.className}`)"""


@pytest.fixture
def page(chromium: Browser, shown: Served) -> Iterator[Page]:
    yield from guarded(chromium, shown, "light", (), "/")


@pytest.mark.parametrize(
    "screen", [one for one in SCREENS if one.name in SPLIT], ids=lambda one: one.name
)
def test_every_pane_keeps_room_to_read_in_at_200_percent(
    page: Page, shown: Served, screen: Screen
) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    screen.open(page, shown)

    assert page.evaluate(TOO_SMALL, [HEIGHT, WIDTH]) == []
    assert page.evaluate(CUT) == []


def test_the_narrow_sidebar_keeps_counts_and_says_what_they_are(page: Page, shown: Served) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(f"{shown.base}/w/cyclery/")
    sidebar = page.locator("#sidebar")

    expect(sidebar).to_have_css("width", "196px")
    expect(sidebar.get_by_role("link", name="Migrations 1 unapplied")).to_be_visible()
    for link in sidebar.get_by_role("link").all():
        assert link.evaluate("one => one.scrollWidth <= one.clientWidth"), link.inner_text()


def test_the_sidebar_gives_its_room_and_comes_back(page: Page, shown: Served) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(f"{shown.base}/w/cyclery/")
    page.locator("html[data-scripts=ready]").wait_for(state="attached")

    page.keyboard.press("Control+b")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator("#main")).to_have_css("width", "900px")
    page.keyboard.press("Control+b")
    expect(page.locator("#sidebar")).to_be_visible()


def test_what_a_column_or_a_tool_bar_has_no_room_for_stands_elsewhere(
    page: Page, shown: Served
) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(f"{shown.base}/w/cyclery/checks/")
    for one in (
        page.get_by_label("Deployment checks"),
        page.get_by_role("button", name="Run checks"),
        page.get_by_text("4 issues, 6 for deployment"),
    ):
        expect(one).to_be_in_viewport(ratio=1)
    page.goto(f"{shown.base}/w/cyclery/settings/")
    expect(page.locator("tr", has_text="ROOT_URLCONF")).to_contain_text("Default: None")
    page.goto(f"{shown.base}/w/cyclery/models/?show=apps")
    expect(page.locator(".legend")).to_contain_text("Bar: models in the app")


def test_the_command_line_leaves_room_for_the_form_at_200_percent(
    page: Page, shown: Served
) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(f"{shown.base}/w/cyclery/commands/?preset=check")

    expect(page.locator(".runbar")).not_to_be_in_viewport()
