"""Project setup in a browser: what is in use, why, and choosing something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import guarded
from tests.serving import Served
from tests.workspaces.layouts import make_venv

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def root(project: Path, served: Served) -> Path:
    """An opened project with two environments, two settings modules and an env file."""
    (project / ".env").write_text("SHOP_TOKEN=Zq4-never-shown-1\n")
    (project / "shop" / "production.py").write_text("from .settings import *\n")
    make_venv(project / ".venv", django="5.2.4")
    make_venv(project / "other", django="5.2.1")
    served.open_first_page()
    assert served.post("/api/workspaces/", {"path": str(project)})[0] == 201
    return project


@pytest.fixture
def setup(chromium: Browser, served: Served, tolerated: tuple[str, ...]) -> Iterator[Page]:
    """The page of that project, with its setup open."""
    yield from (opened(page) for page in guarded(chromium, served, "light", tolerated, "/w/shop/"))


def opened(page: Page) -> Page:
    page.locator("#chip-setup").click()
    expect(page.get_by_role("heading", name="Project setup")).to_be_visible()
    return page


def candidate(page: Page, text: str) -> None:
    expect(page.locator("#setup li", has_text=text).get_by_text("in use")).to_be_visible()


def test_it_closes_when_the_focus_goes_on(setup: Page) -> None:
    setup.locator("#setup input").first.focus()
    expect(setup.locator("#setup")).to_be_visible()
    setup.locator("#nav-models").focus()

    expect(setup.locator("#setup")).to_be_hidden()
    expect(setup.locator("#nav-models")).to_be_focused()


def test_another_interpreter_is_used_and_given_back(setup: Page) -> None:
    candidate(setup, ".venv/bin/python")
    setup.locator("#setup li", has_text="other/bin/python").get_by_role("button").click()

    candidate(setup, "other/bin/python")
    expect(setup.locator("#chip-setup")).to_contain_text("5.2.1")
    setup.get_by_role("button", name="Back to what was found").click()
    candidate(setup, ".venv/bin/python")


def test_a_typed_path_that_is_no_python_is_refused_in_place(setup: Page, root: Path) -> None:
    field = setup.get_by_label("Path of an interpreter")
    field.fill("/bin/ls")
    field.press("Enter")

    expect(setup.locator("#setup [data-said]")).to_contain_text("/bin/ls is not a Python")
    field.fill(str(root / "other"))
    field.press("Enter")
    candidate(setup, "other/bin/python")


def test_another_settings_module_is_used(setup: Page) -> None:
    field = setup.get_by_label("Name of a settings module")
    field.fill("shop.production")
    field.press("Enter")

    candidate(setup, "shop.production")
    expect(setup.get_by_text("It was chosen by you.")).to_be_visible()


def test_an_env_file_is_switched_on_by_its_box(setup: Page, served: Served) -> None:
    box = setup.get_by_role("checkbox", name=".env")
    expect(setup.locator("#setup-env-files")).to_contain_text("SHOP_TOKEN")
    expect(setup.locator("#setup")).not_to_contain_text("Zq4-never-shown-1")
    box.check()

    served.wait_until("/api/workspaces/shop/setup/", lambda setup: setup["env_files"][0]["chosen"])
    expect(setup.get_by_role("checkbox", name=".env")).to_be_checked()


@pytest.mark.tolerates("Applying inline style")
def test_the_dialog_is_accessible_and_fits_a_small_window(setup: Page) -> None:
    setup.set_viewport_size({"width": 900, "height": 600})
    box = setup.locator("#setup").bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 900
    assert violations(setup) == []
