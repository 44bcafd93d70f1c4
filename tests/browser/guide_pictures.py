"""Makes the pictures of the user guide anew: ``python -m tests.browser.guide_pictures``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import environment

from .conftest import launch
from .pictures import shrunk
from .screens import SCREENS, shown
from .varying import places, settle

FOLDER = environment.CHECKOUT / "docs" / "images"
THEMES = {
    "home": "light",
    "untrusted": "dark",
    "overview": "light",
    "models": "light",
    "models-focus": "dark",
    "migrations": "light",
    "urls-answer": "dark",
    "settings": "light",
    "checks": "dark",
    "command-fields": "light",
    "run": "dark",
    "rehearsal": "light",
    "scans-compare": "light",
    "exports": "dark",
    "palette-found": "light",
    "preferences": "dark",
}


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        shown(Path(name)) as served,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        page = context.new_page()
        context.add_cookies(served.cookies())
        for screen in SCREENS:
            if screen.name in THEMES:
                page.emulate_media(
                    color_scheme="dark" if THEMES[screen.name] == "dark" else "light"
                )
                screen.open(page, served)
                settle(page, places(Path(name)))
                shrunk(page.screenshot()).save(FOLDER / f"{screen.name}.png", optimize=True)
        browser.close()


main()
