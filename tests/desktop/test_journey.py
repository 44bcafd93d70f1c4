"""The whole way once in the real window, with a picture of each step in build/pictures/window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.environment import CHECKOUT
from tests.projects import wagtail
from tests.waiting import until

from .test_drop import drop
from .window import Page, xdotool

pytestmark = [pytest.mark.desktop, pytest.mark.projects]

PICTURES = CHECKOUT / "build" / "pictures" / "window"


class Camera:
    """Takes a numbered picture of each step, to be looked at, and one where it fails."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        self._folder = folder
        self._taken = 0

    def __enter__(self) -> Self:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.take("failed")

    def take(self, name: str) -> None:
        self._taken += 1
        # What the page has and what is painted are two things on a busy machine.
        self._page.driver.execute_async_script(
            "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
        )
        file = self._folder / f"{self._taken}-{name}.png"
        assert self._page.driver.save_screenshot(str(file))


def test_from_a_dropped_folder_to_a_notebook(
    browse: Callable[..., Page], unchanged: Callable[[Path], None], tmp_path: Path
) -> None:
    project = wagtail().root
    unchanged(project)
    page = browse()
    with Camera(page, PICTURES) as camera:
        page.find("h1")
        camera.take("home")
        drop(page, project, "Run this project's code to see the rest?")
        camera.take("untrusted")
        page.button("Trust and inspect").click()
        page.wait_for_text("differ", "dl.facts", seconds=60)
        camera.take("overview")

        press(page, Keys.CONTROL, "k")
        page.find("#palette input").send_keys("tests.EventPage")
        page.wait_for_text("tests.EventPage", "#palette [aria-selected=true]")
        camera.take("search")
        page.find("#palette input").send_keys(Keys.ENTER)
        page.find("model-map[data-drawn]")
        page.wait_for_text("tests_eventpage", "#models-facts")
        camera.take("model")

        page.find("#models-facts a[href*='migrations/?name=']").click()
        page.button("Show SQL").click()
        page.wait_for_text('CREATE TABLE "tests_eventpage"', "[data-sql]", seconds=60)
        camera.take("sql")

        press(page, Keys.CONTROL, "7")
        page.find("[data-form='command'] [type='submit']").click()
        page.wait_for_text("System check identified", "run-panel log-view", seconds=60)
        page.wait_for_text("0 files changed", "run-panel")
        camera.take("check")

        press(page, Keys.CONTROL, "1")
        page.find("#export").click()
        notebook = tmp_path / "wagtail.ipynb"
        save_as(notebook)
        until(lambda: notebook.is_file() and notebook.stat().st_size, "a saved notebook")
        text = notebook.read_text()
        assert {"cells", "metadata", "nbformat"} <= set(json.loads(text))
        assert "System check identified" in text
        camera.take("exported")


def press(page: Page, modifier: str, key: str) -> None:
    page.find("html[data-scripts=ready] body")
    ActionChains(page.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()


def save_as(path: Path) -> None:
    """Answer the window's own dialog, as a person types."""
    dialog = until(lambda: xdotool("search", "--onlyvisible", "--name", "^Save as$"), "a dialog")
    xdotool("windowactivate", "--sync", dialog)
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", "20", str(path))
    xdotool("key", "Return")
