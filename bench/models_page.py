"""The Models page of large generated projects: until it is drawn, and while it is moved."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.schema.shop import generated
from tests.serving import Served

from .figures import Figure

ROUNDS = 7
SLOWEST_FRAME_MS = 1000 / 30
FRAMES = 90

# One turn of the wheel for each frame: sideways pans, otherwise it zooms in and out again.
MOVE = """
async ({frames, pan}) => {
  const surface = document.querySelector("model-map svg.dg");
  const { left, top, width, height } = surface.getBoundingClientRect();
  const at = { clientX: left + width / 2, clientY: top + height / 2, cancelable: true };
  const next = () => new Promise(requestAnimationFrame);
  let began = await next();
  const times = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const step = Math.sin((frame / frames) * 2 * Math.PI) * 60;
    surface.dispatchEvent(new WheelEvent("wheel", { ...at, [pan ? "deltaX" : "deltaY"]: step }));
    const now = await next();
    times.push(now - began);
    began = now;
  }
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}
"""


def measure(build: Path) -> list[Figure]:
    """With the frozen engine: in a checkout the browser asks for every script again."""
    engine = [str(build / "sidecar" / "djdesk-sidecar")]
    return [
        *_project(engine, "app map of 1,000 models", 50, 20, "?", drawn_s=1),
        *_project(engine, "app of 500 models", 1, 500, "?app=part0", drawn_s=2),
    ]


def _project(
    engine: list[str] | None, name: str, apps: int, models: int, query: str, *, drawn_s: float
) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        project = generated(Path(folder) / "shop", apps, models)
        with Served(Path(folder) / "data", executable=engine) as served:
            served.open_first_page()
            served.post("/api/workspaces/", {"path": str(project)})
            served.wait_until(
                "/api/workspaces/shop/status/",
                lambda status: status["scan"] and status["scan"]["finished_at"],
            )
            return _shown(served, name, f"{served.base}/w/shop/models/{query}", drawn_s)


def _shown(served: Served, name: str, url: str, drawn_s: float) -> list[Figure]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies(served.cookies())
        # The first time fills the browser's cache, as the pages before it do.
        drawn = [_drawn(context, url) for _ in range(ROUNDS + 1)][1:]
        page = _open(context, url)
        panning = [_frame(page, pan=True) for _ in range(ROUNDS)]
        zooming = [_frame(page, pan=False) for _ in range(ROUNDS)]
        page.keyboard.press("0")
        close = [_frame(page, pan=True) for _ in range(ROUNDS)]
        browser.close()
    limit = SLOWEST_FRAME_MS
    return [
        Figure(f"{name}: drawn", "ms", drawn, goal=drawn_s * 1000),
        Figure("  a frame while panning all of it", "ms", panning, goal=limit),
        Figure("  a frame while zooming", "ms", zooming, goal=limit),
        Figure("  a frame while panning close by", "ms", close, goal=limit),
    ]


def _open(context: BrowserContext, url: str) -> Page:
    """In a tab of its own, which remembers no layout."""
    page = context.new_page()
    page.goto(url)
    page.locator("model-map[data-drawn]").wait_for(state="attached")
    return page


def _drawn(context: BrowserContext, url: str) -> float:
    page = _open(context, url)
    taken = float(page.locator("model-map").get_attribute("data-drawn") or "nan")
    page.close()
    return taken


def _frame(page: Page, *, pan: bool) -> float:
    return float(page.evaluate(MOVE, {"frames": FRAMES, "pan": pan}))
