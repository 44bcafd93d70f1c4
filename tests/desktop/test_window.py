from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import wagtail
from tests.waiting import until

from .window import Page

pytestmark = pytest.mark.desktop
Browse = Callable[..., Page]


def test_the_first_screen_is_home_and_the_sample_opens_by_a_click(browse: Browse) -> None:
    page = browse()
    page.wait_for_text("Drop a Django project here", "h1")
    page.button("Open the sample project").click()

    page.wait_for_text("Run this project's code to see the rest?", "#tr")


def test_a_project_is_opened_by_argument_trusted_and_checked(
    browse: Browse, project: Path, unchanged: Callable[[Path], None]
) -> None:
    unchanged(project)
    page = browse(str(project))
    page.button("Trust and inspect").click()
    page.wait_for_text("Withdraw trust")
    page.button("Commands").click()
    page.find("[data-form='command'] [type='submit']").click()

    page.wait_for_text("System check identified no issues", "run-panel log-view")
    page.wait_for_text("exit 0, 0 files changed", "run-panel")


@pytest.mark.projects
def test_wagtails_project_is_opened_by_argument_trusted_and_checked(browse: Browse) -> None:
    project = wagtail()
    page = browse(str(project.root))
    page.button("Trust and inspect").click()
    page.wait_for_text("Withdraw trust")
    page.button("Commands").click()
    page.find("[data-form='command'] [type='submit']").click()

    page.wait_for_text("System check identified", "run-panel log-view", seconds=60)
    page.wait_for_text("0 files changed", "run-panel")


def test_the_page_cannot_call_into_the_window(browse: Browse) -> None:
    page = browse()
    page.find("h1")
    page.run(
        """
        window.answer = 'none';
        if (window.__TAURI_INTERNALS__) {
            window.__TAURI_INTERNALS__.invoke('plugin:app|version').then(
                () => { window.answer = 'allowed'; }, () => { window.answer = 'denied'; });
        } else { window.answer = 'denied'; }
        """
    )

    assert until(lambda: page.run("return window.answer") != "none", "an answer")
    assert page.run("return window.answer") == "denied"
    assert page.run("return typeof window.__TAURI__") == "undefined"


def test_the_window_stays_with_its_own_engine(browse: Browse) -> None:
    page = browse()
    page.find("h1")
    own = page.driver.current_url
    page.run("location.href = 'https://example.invalid/'")
    page.run("window.open('https://example.invalid/')")

    page.find("h1")
    assert page.driver.current_url == own
    assert len(page.driver.window_handles) == 1


def test_a_bad_folder_is_explained_on_home(browse: Browse, tmp_path: Path) -> None:
    page = browse(str(tmp_path / "gone"))

    page.wait_for_text("gone does not exist.", "#alerts")


def test_an_engine_that_dies_is_replaced_and_the_page_comes_back(
    browse: Browse, project: Path
) -> None:
    import psutil

    page = browse(str(project))
    page.wait_for_text("Run this project's code to see the rest?")
    engine = next(p for p in psutil.process_iter() if p.name() == "djdesk-sidecar"[:15])
    engine.kill()
    engine.wait(10)

    def served_again() -> bool:
        found = [p for p in psutil.process_iter() if p.name() == "djdesk-sidecar"[:15]]
        return bool(found) and found[0].pid != engine.pid

    until(served_again, "a new engine")
    page.wait_for_text("Run this project's code to see the rest?")
