"""The Exports page: what is previewed is copied and saved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served

from .conftest import guarded

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, shown: Served) -> Iterator[Page]:
    yield from guarded(chromium, shown, "light", (), "/w/cyclery/exports/?format=mermaid")


def test_the_file_is_copied_whole_and_that_is_said(page: Page, shown: Served) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the file").click()
    expect(page.locator("#said")).to_have_text("Copied")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == shown.get("/w/cyclery/export.mermaid")[1].decode()


def test_tables_are_shown_one_by_one_and_saved_together(page: Page) -> None:
    page.get_by_role("link", name="Tables").click()
    preview = page.get_by_role("region", name="Preview")

    expect(
        preview.get_by_role("heading", name=re.compile(r"models\.csv, \d+ rows"))
    ).to_be_visible()
    expect(preview).to_contain_text("label,app,name,table")
    # A clipboard takes no archive.
    expect(page.get_by_role("button", name="Copy the file")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save").click()
    assert download.value.suggested_filename == "cyclery.csv.zip"
