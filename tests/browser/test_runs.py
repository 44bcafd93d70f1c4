"""Runs and one run: what waits, what is kept, what is compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.runs.project import Gate, when_loaded
from tests.serving import Served

from .axe import violations
from .conftest import guarded
from .test_journeys import ready

pytestmark = pytest.mark.browser


@pytest.fixture
def slug(served: Served, project: Path) -> str:
    when_loaded(project, "print('once')\nif os.path.exists('more'): print(open('more').read())")
    return served.open_trusted(project)


@pytest.fixture
def page(chromium: Browser, served: Served, slug: str) -> Iterator[Page]:
    yield from guarded(chromium, served, "light", (), f"/w/{slug}/runs/")


def start(served: Served, slug: str, **body: object) -> dict[str, object]:
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check", **body})
    return dict(run)


def finish(served: Served, run: dict[str, object]) -> None:
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])


def test_a_run_is_pinned_and_listed_as_kept(page: Page) -> None:
    pin = page.get_by_role("button", name="Keep run 1")
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "true")
    page.locator("#run-kinds").get_by_text("Kept").click()
    expect(page.locator("#runs tr")).to_have_count(1)
    pin.click()

    expect(page.locator("#runs")).to_contain_text("No run of")


def test_a_command_is_chosen_from_those_that_ran(page: Page, served: Served, slug: str) -> None:
    finish(served, start(served, slug, preset="diffsettings"))
    page.reload()
    ready(page)
    page.get_by_label("Command", exact=True).select_option("diffsettings")

    expect(page.locator("#runs tr")).to_have_count(1)
    expect(page.locator("#runs")).to_contain_text("diffsettings")


def test_a_limit_is_set_and_takes_effect(page: Page, served: Served, slug: str) -> None:
    finish(served, start(served, slug))
    finish(served, start(served, slug))
    expect(page.locator("#runs tr")).to_have_count(3)
    page.get_by_role("link", name="Limits").click()
    page.wait_for_url("**/preferences/**")
    ready(page)
    page.get_by_label("Runs of each project").fill("1")
    page.keyboard.press("Tab")
    expect(page.locator("#said")).to_have_text("Runs of each project: saved")
    page.get_by_role("link", name="Runs 1").click()

    expect(page.locator("#runs tr")).to_have_count(1)
    expect(page.locator("#runs")).to_contain_text("#3")


def test_a_run_that_waits_says_its_place_and_why(
    page: Page, served: Served, slug: str, project: Path, tmp_path: Path
) -> None:
    gate = Gate(tmp_path)
    when_loaded(project, gate.code)
    served.post("/api/preferences/", {"parallel": 1})
    runs = [start(served, slug) for _ in range(3)]
    page.goto(f"{served.base}{runs[2]['url']}")

    expect(page.locator("#runhead")).to_contain_text("Queued, number 2 in line")
    expect(page.locator("#run-note")).to_contain_text("1 command runs already, which is the limit.")
    page.goto(f"{served.base}/w/{slug}/runs/")
    expect(page.locator("#runs tr").first).to_contain_text("queued, no. 2")
    page.goto(f"{served.base}{runs[2]['url']}")
    ready(page)
    served.post(f"/api/task-runs/{runs[1]['id']}/cancel/", {})
    expect(page.locator("#runhead")).to_contain_text("Queued, number 1 in line")
    gate.open()
    expect(page.locator("[data-run-status=succeeded]")).to_be_visible()
    gate.close()


def test_two_runs_of_one_command_are_compared(
    page: Page, served: Served, slug: str, project: Path
) -> None:
    finish(served, start(served, slug))
    (project / "more").write_text("something new")
    run = start(served, slug)
    finish(served, run)
    page.goto(f"{served.base}{run['url']}")
    page.get_by_role("link", name="Compare with #2").click()

    expect(page.get_by_role("heading", name="Compare runs")).to_be_visible()
    expect(page.locator(".difflines .add")).to_contain_text("something new")


@pytest.mark.tolerates("Applying inline style")
def test_no_state_of_these_pages_has_a_violation(
    chromium: Browser,
    served: Served,
    slug: str,
    tolerated: tuple[str, ...],
    project: Path,
) -> None:
    finish(served, start(served, slug))
    when_loaded(project, "print('\\x1b[31mred\\x1b[0m 1'); {}['lost']")
    run = start(served, slug)
    finish(served, run)
    found: dict[str, object] = {}

    def look(name: str, page: Page) -> None:
        if violated := violations(page):
            found[name] = violated

    for page in guarded(chromium, served, "light", tolerated, str(run["url"])):
        expect(page.get_by_role("button", name="Traceback")).to_be_visible()
        look("folded", page)
        page.keyboard.press("e")
        expect(page.locator("log-view .place").first).to_be_visible()
        look("error", page)
        page.get_by_label("Search output").fill("lost")
        expect(page.locator("log-view mark").first).to_be_visible()
        page.get_by_role("button", name="Show matching lines only").click()
        expect(page.locator("log-view li.gap").first).to_be_visible()
        look("filtered", page)
        page.get_by_role("button", name="Copy and save").click()
        look("menu", page)
    assert found == {}


@pytest.mark.parametrize("width", [900, 1280])
def test_a_sentence_in_the_list_leaves_its_columns_where_they_are(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.get_by_label("Filter by command").fill("no such command")
    expect(page.locator("#runs")).to_contain_text("No run of 1 fits.")

    right = "one => one.getBoundingClientRect().right"
    last = page.locator("thead th").last.evaluate(right)
    assert last == pytest.approx(page.locator(".pane.grow").evaluate(right), abs=1)
