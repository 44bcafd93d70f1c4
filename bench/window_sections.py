"""The same in the real window: WebKitGTK, driven, in which it draws with an emulated GPU."""

from __future__ import annotations

import tempfile
from pathlib import Path

from selenium.common.exceptions import WebDriverException

from tests.desktop.window import Page, environment
from tests.projects import wagtail
from tests.serving import Served
from tests.waiting import until

from .figures import Figure
from .sections import ROUNDS, SECTIONS, clicked_in

# Counted from the start of the navigation, which is the click.
PAINTED = """
const [found] = performance.getEntriesByName("first-contentful-paint");
return location.pathname === arguments[0] && found ? found.startTime : null;
"""


def measure(build: Path) -> list[Figure]:
    root = wagtail().root
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with Served(data, executable=[str(build / "sidecar" / "djdesk-sidecar")]) as served:
            served.open_trusted(root)
        command, env = str(build / "bin" / "djdesk"), environment(data, installed=False)
        with Page(command, env, str(root)) as page:
            # In turn, so that whatever else the machine does falls on all alike.
            rounds = [[_once(page, name) for name in SECTIONS] for _ in range(ROUNDS + 1)][1:]
    return [
        Figure(f"{name} of Wagtail in the window: click to first paint", "ms", taken, goal=150)
        for name, taken in zip(SECTIONS, zip(*rounds, strict=True), strict=True)
    ]


def _once(page: Page, name: str) -> float:
    _go(page, clicked_in(name))
    return _go(page, name)


def _go(page: Page, name: str) -> float:
    page.find("html[data-scripts=ready] main")
    address = page.run(f"return document.getElementById('nav-{name}').pathname")
    page.run(f"document.getElementById('nav-{name}').click()")

    def painted() -> float | None:
        try:
            found = page.run(PAINTED, address)
        except WebDriverException:
            # The page is being replaced.
            return None
        return float(found) if found is not None else None

    return until(painted, f"the first paint of {name}")
