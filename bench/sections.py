"""From the click on a section of a large real project to its first paint, server and browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.projects import wagtail
from tests.serving import Served

from .figures import Figure

ROUNDS = 15
# Each with the end of its address: every one of the sidebar.
SECTIONS = {
    "overview": "/",
    "models": "/models/",
    "migrations": "/migrations/",
    "urls": "/urls/",
    "settings": "/settings/",
    "checks": "/checks/",
    "commands": "/commands/",
    "runs": "/runs/",
    "exports": "/exports/",
}

# Counted from the start of the navigation, which is the click.
PAINTED = """
() => new Promise((resolve) => {
  const found = () => performance.getEntriesByName("first-contentful-paint")[0];
  if (found()) resolve(found().startTime);
  else new PerformanceObserver(() => found() && resolve(found().startTime))
    .observe({ type: "paint", buffered: true });
})
"""


def clicked_in(name: str) -> str:
    """The section in which ``name`` is clicked: the overview, for all others."""
    return "overview" if name != "overview" else "commands"


def measure(build: Path) -> list[Figure]:
    """With the frozen engine: in a checkout the browser asks for every script again."""
    return painted([str(build / "sidecar" / "djdesk-sidecar")])


def painted(engine: list[str] | None) -> list[Figure]:
    project = wagtail()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with Served(data, executable=engine) as served, sync_playwright() as playwright:
            slug = served.open_trusted(project.root)
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.add_cookies(served.cookies())
            figures = [
                Figure(
                    f"{name} of Wagtail: click to first paint",
                    "ms",
                    _section(context, f"{served.base}/w/{slug}", name),
                    goal=150,
                )
                for name in SECTIONS
            ]
            browser.close()
    return figures


def _section(context: BrowserContext, workspace: str, name: str) -> list[float]:
    page = context.new_page()
    # The first time fills the browser's cache, as the pages before it do.
    taken = [_once(page, workspace, name) for _ in range(ROUNDS + 1)][1:]
    page.close()
    return taken


def _once(page: Page, workspace: str, name: str) -> float:
    page.goto(workspace + SECTIONS[clicked_in(name)])
    page.locator("html[data-scripts=ready]").wait_for(state="attached")
    page.locator(f"#nav-{name}").click()
    page.wait_for_url(workspace + SECTIONS[name])
    painted: float = page.evaluate(PAINTED)
    return painted
