from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.commands.own_project import offer_report
from tests.serving import Served

from .test_journeys import open_and_trust, open_folder, ready

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:150] for node in one['nodes']]}" for one in found]


# axe itself sets styles while it measures.
@pytest.mark.tolerates("Applying inline style")
def test_no_screen_has_a_violation(themed: Page, served: Served) -> None:
    expect(themed.locator("h1")).to_be_visible()
    ready(themed)
    screens = {"home": violations(themed)}
    themed.get_by_role("button", name="Open the sample project").click()
    expect(themed.get_by_role("button", name="Trust and inspect")).to_be_visible()
    screens["untrusted"] = violations(themed)
    themed.goto(f"{served.base}/")
    open_and_trust(themed)
    screens["overview"] = violations(themed)
    base = themed.url
    for name, path in {
        "migrations": "migrations/",
        "migration-graph": "migrations/?app=workshop&view=graph",
        "urls": "urls/?url=3&path=/admin/",
        "urls-tree": "urls/?view=tree",
        "settings": "settings/",
        "compare-settings": "settings/compare/",
        "checks": "checks/",
        "commands": "commands/",
        "sqlmigrate": "commands/?preset=sqlmigrate",
        "makemigrations": "commands/?preset=makemigrations",
        "dumpdata": "commands/?preset=dumpdata&exclude=auth",
        "runs": "runs/",
        "run": "runs/1/",
    }.items():
        themed.goto(base + path)
        expect(themed.locator("#engine")).to_have_attribute("data-state", "ready")
        screens[name] = violations(themed)

    assert {name: found for name, found in screens.items() if found} == {}


@pytest.mark.tolerates("Applying inline style")
def test_a_command_of_the_project_has_no_violation(
    themed: Page, served: Served, project: Path
) -> None:
    open_folder(themed, served, offer_report(project))
    themed.goto(f"{served.base}/w/{project.name}/commands/?preset=report")
    expect(themed.get_by_role("button", name="Allow this definition")).to_be_visible()

    assert violations(themed) == []


def test_everything_is_reached_by_the_keyboard_alone(page: Page) -> None:
    def tab_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "document.activeElement.matches('a, button') "
                "? document.activeElement.textContent.trim() : ''"
            )
            if focused == name:
                return
        pytest.fail(f"{name} is not reached by Tab")

    ready(page)
    tab_to("Open the sample project")
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/**")
    ready(page)
    tab_to("Trust and inspect")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Withdraw trust")).to_be_visible()
    sections = page.locator("#nav a").evaluate_all("links => links.map(link => link.id)")
    page.keyboard.press(f"Control+{sections.index('nav-commands') + 1}")
    page.wait_for_url("**/commands/")
    ready(page)
    page.keyboard.press("Control+Enter")

    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
