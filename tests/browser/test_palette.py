"""The palette, the keys and the list of them, by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served

from .conftest import guarded
from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser


@pytest.fixture
def on_project(page: Page, served: Served, project: Path) -> Page:
    """On the Overview of a project that is not trusted."""
    open_folder(page, served, project)
    return page


def open_palette(page: Page) -> None:
    ready(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()


def titles(page: Page) -> list[str]:
    return page.locator("#palette [role=option] > :nth-child(2)").all_text_contents()


def test_a_command_is_run_by_a_few_of_its_letters(on_project: Page) -> None:
    open_palette(on_project)
    on_project.keyboard.type("sdb")
    expect(on_project.get_by_role("option", selected=True)).to_contain_text("Sidebar")
    on_project.keyboard.press("Enter")

    expect(on_project.locator("#sidebar")).to_be_hidden()
    expect(on_project.locator("#palette")).to_be_hidden()


def test_what_is_typed_while_it_loads_is_in_it(on_project: Page) -> None:
    ready(on_project)
    on_project.keyboard.press("Control+k")
    on_project.keyboard.type("sdb")

    expect(on_project.get_by_role("combobox", name="Search and commands")).to_have_value("sdb")
    expect(on_project.get_by_role("option", selected=True)).to_contain_text("Sidebar")


def test_the_focus_stays_inside(on_project: Page) -> None:
    open_palette(on_project)
    for key in ("Tab", "Shift+Tab"):
        on_project.keyboard.press(key)
        expect(on_project.locator("#palette :focus")).to_have_count(1)


def test_a_command_of_the_windows_menu_bar_is_run_unless_a_dialog_is_open(on_project: Page) -> None:
    choose = "(id) => dispatchEvent(new CustomEvent('djdesk:command', { detail: id }))"
    ready(on_project)
    on_project.evaluate(choose, "sidebar")
    expect(on_project.locator("#sidebar")).to_be_hidden()
    open_palette(on_project)
    on_project.evaluate(choose, "sidebar")

    expect(on_project.locator("#sidebar")).to_be_hidden()


def test_a_command_of_the_list_is_opened_ready_to_run(on_project: Page) -> None:
    open_palette(on_project)
    on_project.keyboard.type("run dumpd")
    on_project.keyboard.press("Enter")

    on_project.wait_for_url("**/commands/?preset=dumpdata")


def test_sections_and_their_keys_are_offered(on_project: Page) -> None:
    open_palette(on_project)
    on_project.keyboard.type("go to runs")

    expect(on_project.get_by_role("option", name="Go to Runs")).to_contain_text("Ctrl 8")


def test_another_project_is_opened_from_this_one(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    page.evaluate(
        """fetch('/api/sample/', {method: 'POST', body: '{}',
        headers: {'X-CSRFToken': document.cookie.split('csrftoken=')[1]}})"""
    )
    page.reload()
    open_palette(page)
    page.keyboard.type("cyclery")
    page.keyboard.press("Enter")

    page.wait_for_url("**/w/cyclery/")


class TestIndex:
    @pytest.fixture
    def page(self, chromium: Browser, served: Served, sample: Path) -> Iterator[Page]:
        """On the Overview of the sample, which is read but not trusted."""
        served.open_first_page()
        served.post("/api/preferences/", {"editor": "none"})
        served.post("/api/workspaces/", {"path": str(sample / "cyclery")})
        yield from guarded(chromium, served, "light", (), "/w/cyclery/")

    def test_what_was_read_of_the_project_is_found_in_groups(self, page: Page) -> None:
        open_palette(page)
        page.keyboard.type("invoice")
        model = page.get_by_role("group", name="Models").get_by_role("option").first

        expect(model).to_contain_text("billing.Invoice")
        expect(model.locator("b").first).to_have_text("Invoice")
        expect(page.get_by_role("option", selected=True)).to_contain_text("billing.Invoice")
        page.keyboard.press("Enter")
        page.wait_for_url("**/models/?focus=billing.Invoice")

    def test_the_source_of_a_result_is_a_key_away(self, page: Page) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        open_palette(page)
        page.keyboard.type("billing.Invoice")
        expect(page.get_by_role("option", selected=True)).to_contain_text("billing/models.py:")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#said")).to_have_text("Copied")

        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(r"billing/models.py:\d+", copied)

    def test_a_scope_leaves_one_kind(self, page: Page) -> None:
        open_palette(page)
        page.keyboard.type("invoice")
        expect(page.get_by_role("group", name="Models")).to_be_visible()
        page.get_by_role("button", name="Settings").click()
        expect(page.locator("#palette")).to_contain_text("Nothing matches “invoice”.")
        page.get_by_role("button", name="Models").click()

        expect(page.locator("#palette .grp")).to_have_text(["Models"])

    def test_what_was_found_once_is_remembered(self, page: Page) -> None:
        open_palette(page)
        page.keyboard.type("billing.Invoice")
        expect(page.get_by_role("option", selected=True)).to_contain_text("billing.Invoice")
        page.keyboard.press("Enter")
        page.wait_for_url("**/models/**")
        open_palette(page)

        expect(page.locator("#palette .grp").first).to_have_text("Recent")
        assert titles(page)[0] == "billing.Invoice"


def test_what_was_chosen_last_comes_first(on_project: Page) -> None:
    open_palette(on_project)
    on_project.keyboard.type("run panel")
    on_project.keyboard.press("Enter")
    expect(on_project.locator("html[data-panel=open]")).to_be_attached()
    on_project.reload()
    open_palette(on_project)

    expect(on_project.locator("#palette .grp").first).to_have_text("Recent")
    assert titles(on_project)[0] == "Run panel"


def test_what_cannot_be_done_here_is_not_offered(page: Page) -> None:
    open_palette(page)
    page.keyboard.type("rescan")

    expect(page.get_by_role("option", name="Rescan")).to_have_count(0)


def test_nothing_is_done_when_nothing_matches(page: Page) -> None:
    open_palette(page)
    page.keyboard.type("qqq")
    expect(page.locator("#palette")).to_contain_text("Nothing matches “qqq”.")
    page.keyboard.press("Enter")

    expect(page.locator("#palette")).to_be_visible()


def test_the_arrows_go_round_and_esc_gives_the_focus_back(on_project: Page) -> None:
    on_project.locator("#rescan").focus()
    open_palette(on_project)
    count = len(titles(on_project))
    on_project.keyboard.press("ArrowUp")
    last = on_project.locator("#palette [role=option]").nth(count - 1)
    expect(last).to_have_attribute("aria-selected", "true")
    expect(last).to_be_in_viewport()
    on_project.keyboard.press("ArrowDown")
    expect(on_project.locator("#palette [role=option]").first).to_have_attribute(
        "aria-selected", "true"
    )
    on_project.keyboard.press("Escape")

    expect(on_project.locator("#rescan")).to_be_focused()


def test_the_theme_is_changed_without_leaving_the_page(on_project: Page) -> None:
    open_palette(on_project)
    on_project.keyboard.type("theme dark")
    with on_project.expect_response("**/api/preferences/"):
        on_project.keyboard.press("Enter")

    expect(on_project.locator("html")).to_have_attribute("data-theme", "dark")
    expect(on_project.locator("#said")).to_have_text("Theme: dark")


def test_a_project_called_like_markup_is_text(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    hostile = project.parent / "<img src=x onerror=alert(1)>"
    hostile.mkdir()
    (hostile / "manage.py").write_text((project / "manage.py").read_text())
    page.evaluate(
        """path => fetch('/api/workspaces/', {method: 'POST', body: JSON.stringify({path}),
        headers: {'X-CSRFToken': document.cookie.split('csrftoken=')[1]}})""",
        str(hostile),
    )
    open_palette(page)
    page.keyboard.type("img src")

    expect(page.get_by_role("option", selected=True)).to_contain_text("Open <img src=x")
    assert page.locator("#palette img").count() == 0


def test_f1_opens_the_documentation_of_the_page(on_project: Page) -> None:
    on_project.keyboard.press("F1")

    on_project.wait_for_url("**/docs/guide.html#before-you-trust-it")
    expect(on_project.get_by_role("heading", name="Before you trust it")).to_be_in_viewport()
    on_project.get_by_role("link", name="Back to DJDesk").click()
    expect(on_project.get_by_role("heading", name="Overview")).to_be_visible()


def test_the_documentation_is_searched_without_a_network(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/docs/")
    page.get_by_role("searchbox", name="Search").fill("Landlock")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="What is promised, and what is not").last).to_be_visible()
    expect(page.locator("#search-results")).to_contain_text("Landlock")


def test_the_list_of_keys_is_a_key_away(on_project: Page) -> None:
    on_project.keyboard.press("?")
    listed = on_project.get_by_role("dialog", name="Keys")
    expect(listed).to_contain_text("Search and commandsCtrl K")
    on_project.keyboard.press("Escape")

    expect(listed).to_be_hidden()


def test_single_keys_can_be_turned_off(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/preferences/#keyboard")
    ready(page)
    page.get_by_role("switch", name="Single keys").uncheck()
    expect(page.locator("#said")).to_have_text("Single keys: saved")
    page.goto(f"{served.base}/")
    ready(page)
    page.keyboard.press("?")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    assert page.locator("#key-list").count() == 0


def test_f6_goes_round_all_parts_of_the_window(on_project: Page) -> None:
    focused = "document.activeElement.id || document.activeElement.tagName"
    parts = []
    for _ in range(6):
        on_project.keyboard.press("F6")
        parts.append(on_project.evaluate(focused))

    # The section is the question whether the project is trusted.
    assert parts == ["sidebar", "main", "SECTION", "panel", "FOOTER", "sidebar"]


def test_the_scripts_of_the_palette_are_loaded_when_it_is_first_opened(on_project: Page) -> None:
    def loaded() -> list[str]:
        names: list[str] = on_project.evaluate(
            "performance.getEntriesByType('resource').map(one => one.name)"
        )
        return [name for name in names if re.search("palette.*js|fuzzy", name)]

    assert loaded() == []
    open_palette(on_project)
    assert len(loaded()) > 2


def test_every_command_can_be_asked_whether_it_can_do_something(on_project: Page) -> None:
    broken = on_project.evaluate(
        """async () => {
          const { commands } = await import('/static/inspector_app/js/commands.js');
          return commands.filter(one => typeof one.run !== 'function' || (one.can(), false));
        }"""
    )

    assert broken == []
