"""The Models page in Chromium: by mouse, by keyboard, and what it leaves behind."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.schema.shop import generated, shop
from tests.serving import Served
from tests.views.test_models import opened

from .axe import violations
from .conftest import guarded

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shop(tmp_path / "shop")


@pytest.fixture
def page(chromium: Browser, served: Served, folder: Path) -> Iterator[Page]:
    opened(served, folder)
    served.post("/api/preferences/", {"editor": "none"})
    for page in guarded(chromium, served, "light", (), "/w/shop/models/"):
        drawn(page)
        yield page


def drawn(page: Page) -> None:
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    expect(page.locator("model-map[data-drawn]")).to_be_attached()


def go(page: Page, query: str) -> None:
    page.goto(re.sub(r"\?.*", "", page.url) + query)
    drawn(page)


def box(page: Page, label: str) -> Locator:
    return page.locator(f'.box[data-id="{label}"]')


def facts(page: Page) -> Locator:
    return page.locator("#models-facts")


def test_a_click_shows_what_is_known_about_a_model(page: Page) -> None:
    box(page, "orders.Order").click()

    expect(facts(page).locator("h2")).to_have_text("Order")
    expect(page).to_have_url(re.compile("sel=orders.Order"))
    expect(box(page, "orders.Customer")).to_have_class(re.compile("beside"))


def test_the_address_leads_back_to_the_same_model(page: Page) -> None:
    go(page, "?focus=orders.Ledger")
    expect(facts(page).locator("h2")).to_have_text("Ledger")
    expect(page.locator(".box")).to_have_count(2)
    page.get_by_role("link", name="2 hops").click()
    drawn(page)
    expect(page.locator(".box")).to_have_count(4)
    page.go_back()
    drawn(page)

    expect(page.locator(".box")).to_have_count(2)


def test_the_keyboard_moves_between_boxes_opens_and_leaves(page: Page) -> None:
    go(page, "?app=orders&sel=orders.Order")
    box(page, "orders.Order").focus()
    page.keyboard.press("ArrowRight")
    focused = page.locator(".box:focus")
    expect(focused).not_to_have_attribute("data-id", "orders.Order")
    name = focused.get_attribute("data-id")
    page.keyboard.press("Enter")
    page.wait_for_url("**focus=**" if "." in str(name) else "**app=**")
    drawn(page)
    page.locator(".box").first.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"\?app=orders|models/\?"))


def test_single_keys_fit_zoom_and_switch_to_the_table(page: Page) -> None:
    zoom = page.locator("[data-zoom]")
    fitted = zoom.text_content()
    page.keyboard.press("0")
    expect(zoom).to_have_text("100%")
    page.keyboard.press("+")
    expect(zoom).to_have_text("125%")
    page.keyboard.press("-")
    page.keyboard.press("-")
    expect(zoom).to_have_text("80%")
    page.keyboard.press("f")
    expect(zoom).to_have_text(str(fitted))
    page.keyboard.press("t")
    page.wait_for_url("**table=1**")
    expect(page.locator("#models-table")).to_be_visible()
    page.keyboard.press("t")
    drawn(page)


def test_letters_are_text_while_one_types(page: Page) -> None:
    page.keyboard.press("Control+f")
    page.keyboard.type("t0f")

    expect(page.locator("#models-find")).to_have_value("t0f")
    expect(page.locator("model-map")).to_be_visible()


def test_a_search_flies_to_a_model(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("isbn")
    expect(page.get_by_role("option")).to_contain_text(["isbn"])
    page.keyboard.press("Enter")

    expect(box(page, "orders.Book")).to_be_focused()
    expect(facts(page).locator("h2")).to_have_text("Book")


def test_a_search_goes_where_a_model_is_that_is_not_shown(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("auth user")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**app=auth**")
    drawn(page)

    expect(facts(page).locator("h2")).to_have_text("User")


def test_a_box_stays_where_it_was_put(page: Page) -> None:
    order = box(page, "orders.Order")
    at = order.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 20, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 48, steps=4)
    with page.expect_response("**/places/"):
        page.mouse.up()
    place = order.get_attribute("transform")
    page.reload()
    drawn(page)
    expect(order).to_have_attribute("transform", str(place))
    page.get_by_role("button", name="Options").click()
    page.get_by_role("button", name="Arrange anew").click()

    expect(order).not_to_have_attribute("transform", str(place))


def test_packages_and_made_tables_are_shown_when_asked_for(page: Page) -> None:
    expect(box(page, "auth.User")).to_have_count(0)
    page.get_by_role("button", name="Options").click()
    page.get_by_role("link", name="Show models of installed packages").click()
    drawn(page)
    expect(box(page, "auth.User")).to_have_count(1)
    page.get_by_role("button", name="Options").click()
    page.get_by_role("link", name="Show tables that Django makes").click()
    drawn(page)

    expect(box(page, "orders.Order_products")).to_have_count(1)


def test_a_row_of_the_table_shows_its_facts(page: Page) -> None:
    page.goto(page.url + "?table=1")
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    page.locator("#models-table").get_by_role("link", name="Ledger").click()

    expect(facts(page).locator("h2")).to_have_text("Ledger")
    expect(page.locator("tr[aria-selected=true]")).to_contain_text("Ledger")
    page.keyboard.press("t")
    drawn(page)
    expect(facts(page).locator("h2")).to_have_text("Ledger")


def test_the_link_that_sorted_the_table_keeps_the_focus(page: Page) -> None:
    page.goto(page.url + "?table=1")
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    link = page.get_by_role("columnheader", name="Relations").get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("columnheader", name="Relations")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(link).to_be_focused()


def saved(page: Page, name: str) -> Download:
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as caught:
        page.locator("#models-export .item", has_text=name).click()
    return caught.value


def test_what_is_shown_is_saved_as_svg_that_needs_nothing_else(page: Page) -> None:
    box(page, "orders.Order").click()
    download = saved(page, "SVG")
    text = Path(download.path()).read_text()
    root = ET.fromstring(text)  # noqa: S314 -- our own file

    assert download.suggested_filename == "shop-models.svg"
    assert {"Order", "Customer", "OldBook"} <= set(root.itertext())
    assert "var(" not in text
    assert "light-dark" not in text
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"(href|src|url\()", text)


def test_what_is_shown_is_saved_as_png(page: Page) -> None:
    data = Path(saved(page, "PNG").path()).read_bytes()
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))

    assert data.startswith(b"\x89PNG")
    assert width > 600
    assert height > 300


def test_what_is_shown_is_saved_as_text(page: Page) -> None:
    go(page, "?focus=orders.Ledger")
    text = Path(saved(page, "Mermaid").path()).read_text()

    assert text.startswith("erDiagram\n")
    assert "Book" not in text


def test_a_place_is_copied_where_there_is_no_editor(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, "?focus=orders.Ledger")
    facts(page).get_by_role("button", name="orders/models.py").click()

    expect(page.locator("#said")).to_have_text(re.compile("copied|Copied"))


def test_in_a_small_window_the_facts_are_opened_from_a_strip(page: Page) -> None:
    page.set_viewport_size({"width": 900, "height": 600})
    expect(facts(page)).to_be_hidden()
    box(page, "orders.Order").click()
    expect(page.locator("[data-strip]")).to_contain_text("orders.Order")
    page.get_by_role("button", name="Details").click()

    expect(facts(page).locator("h2")).to_have_text("Order")


def test_a_newer_scan_is_drawn_by_itself(page: Page, served: Served, folder: Path) -> None:
    models = folder / "orders" / "models.py"
    models.write_text(models.read_text() + "\n\nclass Fresh(models.Model):\n    pass\n")
    served.post("/api/workspaces/shop/scan/", {})

    expect(box(page, "orders.Fresh")).to_have_count(1)


def test_a_run_that_ends_does_not_load_the_page_anew(
    page: Page, served: Served, folder: Path
) -> None:
    served.open_trusted(folder)
    page.reload()
    drawn(page)
    runs = page.locator("#nav-runs .c")
    number = int(runs.inner_text())
    page.evaluate("window.kept = true")
    _, run = served.post("/api/task-runs/", {"workspace": "shop", "preset": "showmigrations"})
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
    expect(page.locator("#last-run")).to_contain_text(f"#{number + 1}: exit 0")

    expect(runs).to_have_text(str(number + 1))
    assert page.evaluate("window.kept")


def test_many_models_are_a_map_of_apps_that_opens(
    chromium: Browser, served: Served, tmp_path: Path
) -> None:
    opened(served, generated(tmp_path / "shop", apps=12, models=8))
    for page in guarded(chromium, served, "light", (), "/w/shop/models/"):
        drawn(page)
        expect(page.locator(".box.app")).to_have_count(12)
        box(page, "part3").click()
        expect(facts(page).locator("h2")).to_have_text("part3")
        box(page, "part3").dblclick()
        page.wait_for_url("**app=part3**")
        drawn(page)
        expect(page.locator(".box.model")).to_have_count(8)
        page.keyboard.press("m")
        page.wait_for_url("**show=apps**")
        drawn(page)
        expect(box(page, "part3")).to_have_attribute("aria-current", "true")


# axe itself sets styles while it measures.
@pytest.mark.tolerates("Applying inline style")
def test_no_part_of_the_map_has_a_violation(
    chromium: Browser, served: Served, folder: Path, tolerated: tuple[str, ...]
) -> None:
    opened(served, folder)
    for page in guarded(chromium, served, "light", tolerated, "/w/shop/models/?sel=orders"):
        drawn(page)
        found = {"app": violations(page)}
        page.keyboard.press("/")
        page.keyboard.type("ord")
        expect(page.get_by_role("option").first).to_be_visible()
        found["search"] = violations(page)

    assert {name: one for name, one in found.items() if one} == {}
