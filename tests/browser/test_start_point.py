"""Where the Tab key begins, and where it goes on when what had the focus is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served

from .conftest import guarded
from .keyboard import focused
from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser


class TestOfWhatTheAddressNames:
    @pytest.fixture
    def page(self, chromium: Browser, shown: Served) -> Iterator[Page]:
        yield from guarded(chromium, shown, "light", (), "/")

    @pytest.mark.parametrize(
        ("path", "first"),
        [
            ("migrations/?name=workshop.0002_warranty", "To its SQL"),
            ("models/?focus=workshop.RepairOrder", "workshop/models.py:51"),
            ("commands/?preset=showmigrations", "Django documentation"),
            ("migrations/", "Skip to content"),
        ],
    )
    def test_tab_begins_there(self, page: Page, shown: Served, path: str, first: str) -> None:
        page.goto(f"{shown.base}/w/cyclery/{path}")
        ready(page)
        assert page.evaluate("document.activeElement === document.body")

        page.keyboard.press("Tab")

        assert focused(page) == first


def test_a_project_is_trusted_by_two_keys_and_the_focus_stays_on_the_page(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    ready(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Trust and inspect"
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Withdraw trust")).to_be_visible()
    expect(page.locator("#main")).to_be_focused()


def test_trust_is_found_by_its_name(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    ready(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.keyboard.type("trust and")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Trust and inspect")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Withdraw trust")).to_be_visible()
