"""What somebody waits for who starts a command and stops it: its first output, and its end."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from io import FileIO
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.conftest import make_project
from tests.serving import Served

from .figures import Figure

ROUNDS = 10

# Says one word at once, then waits for what never comes.
WAITING = """\
import sys, threading
from django.apps import AppConfig
class OrdersConfig(AppConfig):
    name = "orders"
    def ready(self):
        print("begun", flush=True)
        if "--deploy" in sys.argv:
            threading.Event().wait()
"""

# From the moment of the click to the frame that shows the first line of the new run.
WATCH = """
() => new Promise((resolve) => {
  const panel = document.querySelector("#panel-output");
  new MutationObserver((_, observer) => {
    if (!panel.querySelector("log-view .tx")) return;
    observer.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - started));
  }).observe(panel, { childList: true, subtree: true });
  const started = performance.now();
  document.querySelector('[data-form="command"]').requestSubmit();
})
"""


def measure(build: Path) -> list[Figure]:
    engine = [str(build / "sidecar" / "djdesk-sidecar")]
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "shop")
        (project / "orders" / "apps.py").write_text(WAITING)
        with Served(Path(folder) / "data", executable=engine) as served:
            slug = served.open_trusted(project)
            alone, added = _first_output(served, slug, project)
            ended = [_cancelled(served, slug) for _ in range(ROUNDS)]
    return [
        Figure("first byte of check, alone", "ms", alone),
        Figure("first line of check on the page: added", "ms", added, goal=60),
        Figure("cancel to all dead, of a command that honours TERM", "ms", ended, goal=300),
    ]


def _first_output(served: Served, slug: str, project: Path) -> tuple[list[float], list[float]]:
    """Turn by turn, so that other load meets both alike."""
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
    argv = served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])["argv"]
    alone, added = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies(served.cookies())
        page = context.new_page()
        for _ in range(ROUNDS):
            alone.append(_first_byte(argv, project))
            added.append(_first_line(page, f"{served.base}/w/{slug}/commands/") - alone[-1])
        browser.close()
    return alone, added


def _first_byte(argv: list[str], project: Path) -> float:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    output, end = os.pipe()
    started = time.perf_counter()
    with subprocess.Popen(argv, cwd=project, stdout=end, stderr=end, env=environment):
        os.close(end)
        with FileIO(output) as pipe:
            pipe.read(1)
            taken = time.perf_counter() - started
            pipe.readall()
    return taken * 1000


def _first_line(page: Page, url: str) -> float:
    page.goto(url)
    page.locator("html[data-scripts=ready]").wait_for(state="attached")
    taken = float(page.evaluate(WATCH))
    page.locator("run-panel [data-state]", has_text="exit").wait_for()
    return taken


def _cancelled(served: Served, slug: str) -> float:
    before = _descendants(served)
    body = {"workspace": slug, "preset": "check", "params": {"deploy": True}}
    _, run = served.post("/api/task-runs/", body)
    address = f"/api/task-runs/{run['id']}"
    served.wait_until(f"{address}/log/", lambda log: any(_is_begun(one) for one in log["lines"]))
    watched = [os.pidfd_open(pid) for pid in _descendants(served) - before]
    if not watched:
        raise RuntimeError("the command has no process")
    try:
        started = time.perf_counter()
        served.post(f"{address}/cancel/", {})
        for descriptor in watched:
            # A descriptor of a process becomes readable when that ends.
            select.select([descriptor], [], [])
        taken = time.perf_counter() - started
    finally:
        for descriptor in watched:
            os.close(descriptor)
    served.wait_until(f"{address}/", lambda one: one["finished_at"])
    return taken * 1000


def _is_begun(line: dict[str, Any]) -> bool:
    return bool(line["text"] == "begun")


def _descendants(served: Served) -> set[int]:
    return {one.pid for one in psutil.Process(served.process.pid).children(recursive=True)}
