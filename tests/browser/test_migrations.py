from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.environment import CHECKOUT
from tests.serving import Served

from .conftest import guarded
from .test_journeys import ready

pytestmark = pytest.mark.browser


@pytest.fixture
def slug(served: Served) -> str:
    return served.open_trusted(CHECKOUT / "inspector_app" / "sample" / "cyclery")


@pytest.fixture
def page(chromium: Browser, served: Served, slug: str) -> Iterator[Page]:
    yield from guarded(chromium, served, "light", (), f"/w/{slug}/migrations/")


def test_an_app_and_a_migration_are_chosen_by_keyboard(page: Page) -> None:
    page.locator("#app-billing").focus()
    page.keyboard.press("End")
    expect(page.locator("#app-sessions")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#mig-list li")).to_have_count(1)
    expect(page.locator("#mig-detail h2")).to_have_text("0001_initial")
    expect(page.locator("#app-sessions")).to_have_attribute("aria-current", "true")
    assert "app=sessions" in page.url
    page.reload()
    ready(page)

    expect(page.locator("#mig-detail")).to_contain_text("Create model Session")


def test_a_dependency_leads_to_the_other_migration(page: Page) -> None:
    page.locator("#app-workshop").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_warranty")
    page.locator("#mig-detail").get_by_role("link", name="workshop 0001_initial").press("Enter")
    expect(page.locator("#mig-detail h2")).to_have_text("0001_initial")
    expect(page.get_by_role("region", name="The chosen migration")).to_be_focused()
    page.locator("#mig-detail").get_by_role("link", name="parts 0001_initial").click()

    expect(page.locator("#app-parts")).to_have_attribute("aria-current", "true")


def test_the_filter_lists_migrations_of_all_apps(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("permission")
    expect(page.locator("#mig-list li")).to_have_count(2)
    expect(page.locator("#mig-apps a")).to_have_count(1)
    assert "q=permission" in page.url
    page.locator("#mig-list a").nth(1).click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_alter_permission_name_max_length")
    expect(page.locator("#mig-list li")).to_have_count(2)
    expect(page.locator("#mig-list [aria-current]")).to_have_count(1)
    page.get_by_label("Filter migrations").press("Escape")

    expect(page.locator("#mig-apps a")).to_have_count(8)


def test_the_sql_of_a_migration_is_shown_in_colours(page: Page) -> None:
    page.locator("#app-workshop").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_warranty")
    page.get_by_role("button", name="Show SQL").press("Enter")

    sql = page.locator("[data-sql]")
    expect(sql).to_contain_text('CREATE TABLE "workshop_warranty"')
    expect(sql.locator(".k", has_text="CREATE")).to_have_count(1)
    expect(sql.locator(".s", has_text='"workshop_warranty"')).to_have_count(1)
    expect(page.locator("[data-about]")).to_contain_text("exit 0, 0 files changed")
    expect(page.get_by_role("button", name="Run again")).to_be_focused()
    expect(page.get_by_role("button", name="Run again")).to_be_visible()
    page.locator("#app-parts").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_reorder_level")
    expect(page.get_by_role("button", name="Show SQL")).to_be_visible()
    page.locator("#app-workshop").click()
    expect(sql).to_contain_text("COMMIT")


def test_a_late_refresh_does_not_bring_back_the_migration_before(page: Page) -> None:
    page.locator("#app-workshop").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_warranty")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/migrations/?app=workshop", hold)
    with page.expect_request("**/migrations/?app=workshop"):
        page.evaluate("document.body.dispatchEvent(new Event('djdesk:refresh'))")
    page.locator("#app-parts").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_reorder_level")
    with page.expect_response("**/migrations/?app=parts"):
        [late] = held
        late.continue_()

    expect(page.locator("#mig-detail h2")).to_have_text("0002_reorder_level")


def test_a_refresh_waits_for_what_was_asked_for(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/migrations/?app=workshop", hold)
    with page.expect_request("**/migrations/?app=workshop"):
        page.locator("#app-workshop").click()
    # A change, so that there is something to put in its place.
    page.locator("#mig-apps").evaluate("(apps) => apps.append('old')")
    with page.expect_response("**/migrations/"):
        page.evaluate("document.body.dispatchEvent(new Event('djdesk:refresh'))")
    [answer] = held
    answer.continue_()

    expect(page.locator("#mig-detail h2")).to_have_text("0002_warranty")
    expect(page.locator("#sidebar")).to_have_count(1)


def test_every_character_of_sql_is_kept(page: Page) -> None:
    joined = page.evaluate(
        """async () => {
          const { tokens } = await import("/static/inspector_app/js/sql-tokens.js");
          const texts = ["-- a\\nSELECT 'it''s', \\"x\\" /* open", "a-b/c 1.5e3 é 😀 `q` '", ""];
          return texts.map((text) => [text, [...tokens(text)].map(([, piece]) => piece).join("")]);
        }"""
    )

    assert all(text == again for text, again in joined)


def test_the_graph_leads_to_a_migration(page: Page) -> None:
    page.locator("#app-workshop").click()
    expect(page.locator("#mig-detail h2")).to_have_text("0002_warranty")
    page.get_by_role("link", name="Graph").click()
    page.wait_for_url("**view=graph**")
    ready(page)
    expect(page.locator("svg.miggraph circle")).to_have_count(2)
    page.locator("svg.miggraph").get_by_role("link", name="0001_initial, unknown").click()

    expect(page.locator("#mig-detail h2")).to_have_text("0001_initial")
