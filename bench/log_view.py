"""From asking for the page of a finished run to the first line of its 100,000 on the screen."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import make_project
from tests.serving import Served

from .figures import Figure

ROUNDS = 15
LINES = 100_000
SEARCHED = 1_000_000

CHATTY = f"""\
import sys
from django.apps import AppConfig
class OrdersConfig(AppConfig):
    name = "orders"
    def ready(self):
        for n in range({LINES}):
            sys.stdout.write(f" [X] 0001_initial_{{n}} (applied at 2025-02-11 09:14:02)\\n")
"""

# The frame after the first line is there: that is when it is seen.
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.querySelector("log-view .tx")) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    document.documentElement.dataset.firstLine = performance.now();
  });
}).observe(document, { childList: true, subtree: true });
"""


def measure(build: Path) -> list[Figure]:
    """With the frozen engine: in a checkout the browser asks for every script again."""
    engine = [str(build / "sidecar" / "djdesk-sidecar")]
    with tempfile.TemporaryDirectory() as folder:
        return [
            Figure(
                "first line of a 100k-line log on screen",
                "ms",
                shown(Path(folder), engine),
                goal=150,
            ),
            *searched(Path(folder)),
        ]


def shown(folder: Path, engine: list[str] | None) -> list[float]:
    """Milliseconds from the start of the navigation, once for each round."""
    project = make_project(folder / "shop")
    (project / "orders" / "apps.py").write_text(CHATTY)
    with Served(folder / "data", executable=engine) as served, sync_playwright() as playwright:
        served.open_trusted(project)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies(served.cookies())
        page = context.new_page()
        page.add_init_script(WATCH)
        # The first time fills the browser's cache, as the pages before it do.
        taken = [_once(page, f"{served.base}/w/shop/runs/1/") for _ in range(ROUNDS + 1)]
        browser.close()
    return taken[1:]


def _once(page: Page, url: str) -> float:
    page.goto(url)
    shown = page.locator("html[data-first-line]")
    shown.wait_for(state="attached")
    return float(shown.get_attribute("data-first-line") or "nan")


def searched(folder: Path) -> list[Figure]:
    """Searches that nothing is remembered of."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    django.setup()
    from inspector_app.runs.log_search import Matches, Query
    from inspector_app.runs.log_writer import STDOUT, LogWriter

    writer = LogWriter(folder / "run")
    for start in range(0, SEARCHED, 1000):
        numbers = range(start, start + 1000)
        writer.write(STDOUT, b"".join(b"%d " % n + b"x" * 95 + b"\n" for n in numbers))
    writer.close()
    figures = []
    for name, text in (("one match", "999999 x"), ("a match on every line", "x"), ("none", "é")):
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            Matches(folder / "run", Query(text)).place(1, "here")
            taken.append(time.perf_counter() - started)
        figures.append(Figure(f"search over 1M lines, {name}", "s", taken, goal=1))
    return figures
