from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
    yield from guarded(chromium, served, "light", (), f"/w/{slug}/urls/")


def shown(page: Page) -> int:
    return page.locator("#rows [data-row]:visible").count()


def test_typing_filters_and_stays_in_the_address(page: Page) -> None:
    expect(page.locator("#rows [data-row]")).to_have_count(105)
    page.keyboard.press("/")
    page.keyboard.type("parts_part change")

    expect(page.locator("[data-count]")).to_have_text("2 of 105")
    assert shown(page) == 2
    assert "q=parts_part+change" in page.url
    page.reload()
    ready(page)
    expect(page.locator("[data-count]")).to_have_text("2 of 105")
    expect(page.locator("#rows [data-row]")).to_have_count(105)
    assert shown(page) == 2
    page.get_by_label("Filter by pattern").press("Escape")
    expect(page.locator("[data-count]")).to_be_empty()
    assert shown(page) == 105


def test_what_is_cut_off_is_said_where_it_is_pointed_at(page: Page) -> None:
    name = page.get_by_role("cell", name="admin:auth_group_changelist")
    whole = page.get_by_role("cell", name="admin:index")
    name.hover()
    expect(name).to_have_attribute("title", "admin:auth_group_changelist")
    whole.hover()

    expect(whole).not_to_have_attribute("title", "admin:index")


def test_a_kind_and_an_app_narrow_it_down(page: Page) -> None:
    page.get_by_label("App", exact=True).select_option("parts")
    page.get_by_text("Project", exact=False).locator("visible=true").first.click()
    expect(page.locator("[data-count]")).to_have_text("3 of 105")
    page.get_by_role("link", name="Tree").click()
    page.wait_for_url("**view=tree**")
    ready(page)

    assert "app=parts" in page.url
    expect(page.locator("#rows .leaf:visible")).to_have_count(3)


def test_a_pattern_is_chosen_by_keyboard(page: Page) -> None:
    page.locator("#rows a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#detail")).to_contain_text("django.contrib.admin.sites.AdminSite.login")
    expect(page.locator("tr[aria-current=true]")).to_contain_text("admin:login")
    assert "url=1" in page.url


def test_the_view_behind_a_path_is_found(page: Page) -> None:
    page.get_by_label("Path").fill("http://localhost:8000/admin/parts/part/3/change/?x=1")
    page.keyboard.press("Enter")

    expect(page.locator("#answer")).to_contain_text("ModelAdmin.change_view")
    expect(page.locator("#answer dl")).to_contain_text("object_id")
    page.get_by_role("link", name="Show the pattern").click()
    expect(page.locator("#detail")).to_contain_text("admin/parts/part/<path:object_id>/change/")
    page.reload()
    expect(page.locator("#answer")).to_contain_text("ModelAdmin.change_view")


def test_a_new_scan_brings_its_patterns(chromium: Browser, served: Served, project: Path) -> None:
    slug = served.open_trusted(project)
    for page in guarded(chromium, served, "light", (), f"/w/{slug}/urls/?q=brand"):
        expect(page.locator("[data-none]")).to_be_visible()
        urls = project / "shop" / "urls.py"
        urls.write_text(
            urls.read_text() + "urlpatterns += [path('brand-new/', lambda request: None)]\n"
        )
        page.get_by_title("Read the project again").click()

        expect(page.locator("#rows [data-row]:visible")).to_have_count(1)
        expect(page.locator("#rows")).to_contain_text("brand-new/")
        expect(page.get_by_label("Filter by pattern")).to_have_value("brand")
