"""Scans in a browser: progress, cancel, changed files, what changed, older ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import open_folder, ready
from tests.serving import Served

pytestmark = pytest.mark.browser

NEW_MODEL = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n"


def change(project: Path) -> None:
    (project / "orders" / "models.py").write_text(NEW_MODEL)


def test_a_change_is_noticed_when_somebody_looks_and_gone_after_a_rescan(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    change(project)
    page.goto(f"{served.base}/w/shop/")
    ready(page)
    chip = page.get_by_role("button", name="1 file changed since")
    chip.click()
    expect(page.locator("#stale")).to_contain_text("orders/models.py")
    page.keyboard.press("Escape")

    page.keyboard.press("Control+r")

    expect(page.locator("#side")).to_contain_text("model orders.Order")
    expect(chip).to_be_hidden()


def test_a_page_that_is_looked_at_again_asks_again(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    with page.expect_response("**/changes/"):
        page.reload()
    change(project)
    # A page asks at most once in three seconds; its clock is set forward instead of waiting.
    page.evaluate("const now = performance.now(); performance.now = () => now + 60_000")

    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.get_by_role("button", name="1 file changed since")).to_be_visible()


def test_with_automatic_rescans_a_change_is_read_at_once(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    page.evaluate(
        """() => fetch('/api/preferences/', {method: 'POST', body: '{"rescan": "automatic"}',
        headers: {'X-CSRFToken': document.cookie.split('csrftoken=')[1]}})"""
    )
    change(project)

    page.reload()

    expect(page.locator("#side")).to_contain_text("model orders.Order")


def test_a_scan_is_cancelled_from_the_page(page: Page, served: Served, stubborn: Path) -> None:
    open_folder(page, served, stubborn)
    page.get_by_role("button", name="Trust and inspect").click()
    expect(page.locator("scan-progress")).to_contain_text(" of ")

    page.get_by_role("button", name="Cancel", exact=True).click()

    expect(page.locator("#scan-notes")).to_contain_text("The last scan was cancelled")


def test_two_scans_are_compared_and_the_older_one_looked_at(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    change(project)
    page.keyboard.press("Control+r")
    page.get_by_role("link", name="Compare scans").click()
    page.wait_for_url("**/compare/")
    expect(page.get_by_role("heading", name="Models")).to_be_visible()

    page.get_by_role("link", name="All scans").click()
    page.wait_for_url("**/scans/")
    ready(page)
    page.locator("#scans a.plainlink").last.click()

    expect(page.locator("#scan-notes")).to_contain_text("An older scan")
