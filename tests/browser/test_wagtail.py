"""A stranger's way through wagtail's own test project: what DJDesk says is what Django says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.projects import RealProject, wagtail
from tests.scans.asking import Answer, ask_django
from tests.serving import Served

from .conftest import guarded
from .keyboard import tab_to
from .test_journeys import ready

pytestmark = [pytest.mark.browser, pytest.mark.projects]

MODEL = "tests.EventPage"
TABLE = "tests_eventpage"
SQUASHED = "0001_squashed_0073_revisablechildmodel_secret_text"


@pytest.fixture(scope="module")
def project() -> RealProject:
    return wagtail()


@pytest.fixture(scope="module")
def said(project: RealProject, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """By Django, asked without DJDesk."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    return ask_django(project.root, project.settings, project.python, elsewhere)


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    yield from guarded(chromium, served, "light", ())


def fact(page: Page, name: str) -> str:
    facts = page.locator("dl.facts > div")
    text = facts.filter(has=page.get_by_text(name, exact=True)).locator("dd").inner_text()
    return " ".join(text.split())


def understand(page: Page, said: Answer) -> None:
    """The Overview of the scanned project tells what its Django does."""
    expect(page.locator("dl.facts")).to_contain_text("URLs", timeout=60_000)
    expect(page.locator("scan-progress")).to_have_count(0, timeout=60_000)

    assert re.search(r"of ([\d,]+) installed", fact(page, "Apps"))[1] == f"{len(said.apps):,}"  # type: ignore[index]
    assert fact(page, "URLs").split()[0] == f"{len(said.urls):,}"
    assert fact(page, "Settings").split()[0] == f"{len(said.settings):,}"
    assert fact(page, "Checks").split()[0] == f"{len(said.checks):,}"
    assert page.locator("#nav-checks .c").inner_text() == f"{len(said.checks):,}"


def has_its_fields(page: Page, said: Answer) -> None:
    facts = page.locator("#models-facts")
    expect(facts.locator("h2")).to_have_text("EventPage")
    expect(facts).to_contain_text(TABLE)
    assert said.models[MODEL]["table"] == TABLE
    listed = facts.get_by_role("table").locator("tbody td:first-child").all_inner_texts()
    assert sorted(listed) == said.fields[MODEL]


def has_its_sql(page: Page) -> None:
    expect(page.locator("[data-sql]")).to_contain_text(f'CREATE TABLE "{TABLE}"', timeout=60_000)
    expect(page.locator("[data-about]")).to_contain_text("exit 0, 0 files changed")
    expect(page.locator("[data-about]")).to_be_in_viewport()


def was_checked(page: Page, said: Answer) -> None:
    panel = page.locator("run-panel")
    issues = f"{len(said.checks)} issue" if said.checks else "no issues"
    expect(panel.locator("log-view")).to_contain_text(
        f"System check identified {issues}", timeout=60_000
    )
    expect(panel.locator("[data-state]")).to_have_text("exit 0, 0 files changed")


def is_a_notebook_about_it(download: Download, said: Answer) -> None:
    notebook: dict[str, Any] = json.loads(Path(download.path()).read_text())
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])

    assert download.suggested_filename == "test.ipynb"
    assert "System check identified" in json.dumps(notebook)
    assert f"{len(said.urls):,}" in text or "EventPage" in text


def test_by_mouse(page: Page, served: Served, project: RealProject, said: Answer) -> None:
    ready(page)
    page.get_by_role("button", name="Open folder…").click()
    asked = served.wait_for("pick_folder")
    path = str(project.root)
    served.tell({"v": 1, "command": "picked", "request": asked["request"], "path": path})
    page.wait_for_url("**/w/**")
    ready(page)
    page.get_by_role("button", name="Trust and inspect").click()
    understand(page, said)

    page.get_by_role("button", name="Search").click()
    page.get_by_role("combobox", name="Search and commands").fill(MODEL)
    page.get_by_role("option", name=f"{MODEL} model").click()
    page.wait_for_url(f"**/models/?focus={MODEL}")
    has_its_fields(page, said)

    page.get_by_role("region", name="Migrations that touched it").get_by_role("link").first.click()
    page.wait_for_url("**/migrations/?name=tests.**")
    ready(page)
    page.get_by_role("button", name="Show SQL").click()
    has_its_sql(page)

    page.get_by_role("link", name="Commands").click()
    page.wait_for_url("**/commands/")
    ready(page)
    page.get_by_role("button", name="Run", exact=True).click()
    was_checked(page, said)

    page.get_by_role("link", name="Overview").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export notebook").click()
    is_a_notebook_about_it(download.value, said)


class TestWithoutAWindow:
    @pytest.fixture
    def served(self, tmp_path: Path) -> Iterator[Served]:
        with Served(tmp_path / "data", capabilities=[]) as served:
            yield served

    def test_by_keyboard(self, page: Page, project: RealProject, said: Answer) -> None:
        keys = page.keyboard
        ready(page)
        keys.press("Control+o")
        keys.type(str(project.root))
        keys.press("Enter")
        page.wait_for_url("**/w/**")
        ready(page)
        tab_to(page, "Trust and inspect")
        keys.press("Enter")
        understand(page, said)

        keys.press("Control+k")
        expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
        keys.type(MODEL)
        expect(page.get_by_role("option", selected=True)).to_contain_text(MODEL)
        keys.press("Enter")
        page.wait_for_url(f"**/models/?focus={MODEL}")
        ready(page)
        has_its_fields(page, said)

        for _ in ("sidebar", "main", "facts"):
            keys.press("F6")
        expect(page.get_by_role("complementary", name="Facts")).to_be_focused()
        tab_to(page, SQUASHED)
        keys.press("Enter")
        page.wait_for_url("**/migrations/?name=tests.**")
        ready(page)
        tab_to(page, "Show SQL")
        keys.press("Enter")
        has_its_sql(page)

        keys.press("Control+7")
        page.wait_for_url("**/commands/")
        ready(page)
        keys.press("Control+Enter")
        was_checked(page, said)

        keys.press("Control+1")
        page.wait_for_url("**/w/test/")
        ready(page)
        with page.expect_download() as download:
            keys.press("Control+e")
        is_a_notebook_about_it(download.value, said)
