"""Home: what was opened, where it is now, and forgetting it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.runs.project import Gate, when_loaded
from tests.serving import Served

from .axe import violations
from .conftest import guarded
from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser


@pytest.fixture
def moved(project: Path) -> Path:
    return project.with_name("store")


@pytest.fixture
def gone(page: Page, served: Served, project: Path, moved: Path) -> Page:
    """On Home, with a project whose folder was moved."""
    open_folder(page, served, project)
    project.rename(moved)
    page.goto(f"{served.base}/")
    ready(page)
    return page


def test_a_missing_folder_is_located_by_the_windows_dialog(
    gone: Page, served: Served, moved: Path
) -> None:
    expect(gone.locator("#recent")).to_contain_text("Folder not found")
    gone.get_by_role("button", name="Locate shop").click()
    asked = served.wait_for("pick_folder")
    assert asked["title"] == "Where is this project now?"
    served.tell({"v": 1, "command": "picked", "request": asked["request"], "path": str(moved)})

    gone.wait_for_url("**/w/shop/")
    expect(gone.locator("#switcher")).to_contain_text("store")


def test_a_dialog_that_was_cancelled_locates_nothing(
    gone: Page, served: Served, moved: Path
) -> None:
    gone.get_by_role("button", name="Locate shop").click()
    asked = served.wait_for("pick_folder")
    served.tell({"v": 1, "command": "picked", "request": asked["request"], "path": None})
    served.tell({"v": 1, "command": "picked", "request": asked["request"], "path": str(moved)})

    # The second answer is no answer to the first question any more: it opens a folder.
    gone.wait_for_url("**/w/store/")


def test_a_missing_project_is_removed_by_the_keyboard(gone: Page) -> None:
    gone.get_by_role("button", name="Remove shop").focus()
    gone.keyboard.press("Enter")
    expect(gone.get_by_role("dialog")).to_contain_text("The project's own folder is not touched.")
    gone.get_by_role("button", name="Cancel").focus()
    gone.keyboard.press("Enter")
    expect(gone.get_by_role("button", name="Remove shop")).to_be_focused()
    gone.keyboard.press("Enter")
    gone.get_by_role("dialog").get_by_role("button", name="Remove").focus()
    gone.keyboard.press("Enter")

    expect(gone.locator("#recent")).to_have_text("No project was opened yet.")


def test_a_project_that_works_says_so_and_cannot_be_removed_meanwhile(
    page: Page, served: Served, project: Path, tmp_path: Path
) -> None:
    gate = Gate(tmp_path)
    when_loaded(project, gate.code)
    open_folder(page, served, project)
    page.get_by_role("button", name="Trust and inspect").click()
    expect(page.locator("#activity")).to_contain_text("1 running")
    page.goto(f"{served.base}/")

    expect(page.locator("#recent")).to_contain_text("1 running")
    expect(page.get_by_role("button", name="Remove shop")).to_be_disabled()
    gate.open()
    expect(page.get_by_role("button", name="Remove shop")).to_be_enabled()
    gate.close()


def test_two_projects_are_switched_by_the_menu(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    other = shutil.copytree(project, project.with_name("store"))
    open_folder(page, served, other)
    page.get_by_role("button", name="store").click()
    page.get_by_role("region", name="Projects").get_by_role("link", name="shop").click()

    page.wait_for_url("**/w/shop/")


class TestWithoutAWindow:
    @pytest.fixture
    def page(self, chromium: Browser, tmp_path: Path, project: Path, moved: Path) -> Iterator[Page]:
        with Served(tmp_path / "data", capabilities=[]) as served:
            served.open_first_page()
            served.post("/api/workspaces/", {"path": str(project)})
            project.rename(moved)
            yield from guarded(chromium, served, "light", (), "/")

    def test_a_missing_folder_is_located_by_its_path(self, page: Page, moved: Path) -> None:
        page.get_by_role("button", name="Locate shop").click()
        asked = page.get_by_role("dialog", name="Where is shop now?")
        asked.get_by_label("Folder").fill(str(moved))
        page.keyboard.press("Enter")

        page.wait_for_url("**/w/shop/")

    def test_a_wrong_path_is_said_on_the_page(self, page: Page) -> None:
        page.get_by_role("button", name="Locate shop").click()
        page.get_by_role("dialog").get_by_label("Folder").fill("/no/such/folder")
        page.keyboard.press("Enter")

        expect(page.locator("#alerts")).to_contain_text("/no/such/folder does not exist")


@pytest.mark.tolerates("Applying inline style")
def test_home_with_a_missing_project_has_no_violation(gone: Page) -> None:
    found = violations(gone)
    gone.get_by_role("button", name="Remove shop").click()
    found += violations(gone)

    assert found == []
