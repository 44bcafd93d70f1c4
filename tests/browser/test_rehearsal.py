"""A rehearsal from its form to its patch, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.proving import require
from tests.rehearsals.rehearsing import MODEL, patched
from tests.serving import Served

from .axe import violations
from .conftest import guarded
from .test_journeys import ready

pytestmark = pytest.mark.browser


@pytest.fixture
def slug(served: Served, project: Path) -> str:
    require("copy-on-write")
    (project / "orders" / "models.py").write_text(MODEL.format(field="BooleanField()"))
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "\nSTATIC_ROOT = BASE_DIR / 'collected'\n")
    return served.open_trusted(project)


@pytest.fixture
def page(chromium: Browser, served: Served, slug: str) -> Iterator[Page]:
    address = f"/w/{slug}/commands/?preset=rehearse-makemigrations"
    # axe itself sets styles while it measures.
    yield from guarded(chromium, served, "light", ("Applying inline style",), address)


def rehearse(page: Page, served: Served, slug: str, preset: str) -> None:
    """Run it, and look at its page."""
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": preset})
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
    page.goto(served.base + run["url"])
    ready(page)


def test_from_the_form_to_a_patch_that_applies(page: Page, project: Path, tmp_path: Path) -> None:
    page.get_by_label("Name").fill("first")
    page.get_by_role("button", name="Rehearse").click()
    expect(page.locator("run-panel [data-title]")).to_contain_text("rehearse-makemigrations")
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
    page.locator("run-panel").get_by_role("link", name="Open").first.click()
    ready(page)
    expect(page.locator("#rehearsal")).to_contain_text("orders/migrations/0001_first.py")
    expect(page.locator("#rehearsal ins").first).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as patch").click()

    copy = patched(project, download.value.path().read_bytes(), tmp_path / "patched")
    assert "CreateModel" in (copy / "orders/migrations/0001_first.py").read_text()
    assert not (project / "orders/migrations/0001_first.py").exists()


def test_a_running_page_shows_the_result_when_it_ends(
    page: Page, served: Served, slug: str
) -> None:
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "rehearse-migrate"})
    page.goto(served.base + run["url"])

    expect(page.locator("#rehearsal")).to_contain_text("auth_user")
    assert violations(page) == []


def test_a_difference_opens_and_closes_by_the_keyboard(
    page: Page, served: Served, slug: str
) -> None:
    rehearse(page, served, slug, "rehearse-collectstatic")
    change = page.locator("details.change").filter(has_text="admin/css/base.css")
    change.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(change.locator("ins").first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(change.locator("ins").first).to_be_hidden()


def test_what_somebody_opened_stays_open_when_the_page_follows_the_engine(
    page: Page, served: Served, slug: str
) -> None:
    rehearse(page, served, slug, "rehearse-collectstatic")
    change = page.locator("details.change").filter(has_text="admin/css/base.css")
    change.locator("summary").click()
    expect(change.locator("ins").first).to_be_visible()
    page.get_by_role("button", name="Keep this run").click()
    expect(page.locator("#keep-run")).to_have_attribute("aria-pressed", "true")

    expect(change.locator("ins").first).to_be_visible()
