from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from inspector_app.urls import urlpatterns
from tests.commands.own_project import offer_report
from tests.serving import Served

from .axe import violations
from .conftest import guarded
from .keyboard import tab_to
from .screens import SCREENS, Screen
from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser

# Answers to a page's own requests, and files.
NO_SCREENS = {
    "url-rest",
    "url-detail",
    "url-answer",
    "model-facts",
    "models-export",
    "run-diff",
    "setup",
    "export",
    "palette",
    "keys",
    "tiers",
    "run-stdout",
    "run-log",
    "run-patch",
}


def test_every_page_is_among_the_screens() -> None:
    pages = {one.name: one for one in urlpatterns if one.name and one.name not in NO_SCREENS}
    shows = {
        name
        for name, pattern in pages.items()
        for screen in SCREENS
        if pattern.resolve(screen.address.partition("?")[0].removeprefix("/"))
    }

    assert shows == set(pages)


# axe itself sets styles while it measures.
@pytest.mark.tolerates("Applying inline style")
class TestEveryScreen:
    @pytest.fixture
    def page(self, chromium: Browser, shown: Served, tolerated: tuple[str, ...]) -> Iterator[Page]:
        yield from guarded(chromium, shown, "light", tolerated, "/")

    @pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
    def test_it_has_no_violation_in_any_look(
        self, page: Page, shown: Served, screen: Screen
    ) -> None:
        screen.open(page, shown)

        assert violations(page) == []


@pytest.mark.tolerates("Applying inline style")
def test_a_command_of_the_project_has_no_violation(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, offer_report(project))
    page.goto(f"{served.base}/w/{project.name}/commands/?preset=report")
    expect(page.get_by_role("button", name="Allow this definition")).to_be_visible()

    assert violations(page) == []


def test_everything_is_reached_by_the_keyboard_alone(page: Page) -> None:
    ready(page)
    tab_to(page, "Open the sample project")
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/**")
    ready(page)
    tab_to(page, "Trust and inspect")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Withdraw trust")).to_be_visible()
    sections = page.locator("#nav a").evaluate_all("links => links.map(link => link.id)")
    page.keyboard.press(f"Control+{sections.index('nav-commands') + 1}")
    page.wait_for_url("**/commands/")
    ready(page)
    page.keyboard.press("Control+Enter")

    expect(page.locator("run-panel [data-title]")).to_contain_text("check")
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
