from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
    yield from guarded(chromium, served, "light", (), f"/w/{slug}/settings/")


def test_settings_are_filtered_with_their_topics(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("cookie")

    expect(page.locator("#rows [data-row]:visible")).to_have_count(2)
    expect(page.locator("#rows .grp:visible")).to_have_text(["Not set, noted by the checks"])
    assert page.url.endswith("?q=cookie")
    page.get_by_text("Redacted", exact=False).locator("visible=true").first.click()
    expect(page.locator("[data-none]")).to_be_visible()
    page.get_by_role("link", name="Clear the filter").click()
    expect(page.locator("#rows [data-row]:visible")).to_have_count(24)


def test_a_long_value_that_is_open_stays_open_when_a_command_ends(
    page: Page, served: Served, slug: str
) -> None:
    value = page.locator("#value-INSTALLED_APPS")
    value.locator("summary").click()
    expect(value.locator("pre")).to_be_visible()
    served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})

    expect(page.locator("#last-run")).to_contain_text("#2")
    expect(value.locator("pre")).to_be_visible()


def test_modules_are_compared(page: Page) -> None:
    page.get_by_role("link", name="Compare modules").click()
    page.wait_for_url("**/compare/")
    ready(page)
    expect(page.get_by_role("row", name="SECURE_SSL_REDIRECT")).to_contain_text("not set")
    page.get_by_label("Second module").select_option("cyclery.settings.base")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**right=cyclery.settings.base")

    expect(page.get_by_role("row", name="SECURE_SSL_REDIRECT")).to_have_count(0)
    expect(page.get_by_role("row", name="DEBUG")).to_contain_text("cyclery/settings/dev.py:5")


def test_advice_leads_to_the_check_and_that_to_the_documentation(page: Page) -> None:
    page.get_by_role("link", name="security.W018").click()
    page.wait_for_url("**/checks/?q=security.W018")
    ready(page)

    expect(page.locator("#rows [data-row]:visible")).to_have_count(1)
    expect(page.locator("#rows [data-row]:visible a")).to_have_attribute(
        "href", "/docs/checks.html#security-w018"
    )


def test_checks_are_run_again_with_their_output_below(
    page: Page, served: Served, slug: str
) -> None:
    page.goto(f"{served.base}/w/{slug}/checks/")
    ready(page)
    page.keyboard.press("Control+Enter")

    expect(page.locator("run-panel [data-title]")).to_contain_text("check")
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
    expect(page.locator("run-panel")).to_contain_text("security.W018")
    expect(page.locator("run-panel .cmdline")).to_contain_text("--deploy")


def test_a_place_is_copied_whole(page: Page, served: Served, slug: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served.base}/w/{slug}/checks/?q=fields.W340")
    ready(page)
    page.locator(".chk .loc:visible").click()

    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "parts/models.py:30"
