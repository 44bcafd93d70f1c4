"""Chromium with guards: a console error, a CSP violation or a foreign request fails the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.serving import Served

from . import screens

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
]
# What Chromium says of an engine that was killed, by how far each of its answers had come.
KILLED = tuple(
    f"ERR_{end}"
    for end in (
        "INCOMPLETE_CHUNKED_ENCODING",
        "EMPTY_RESPONSE",
        "CONNECTION_RESET",
        "CONNECTION_REFUSED",
    )
)
FONTS = Path(__file__).with_name("fonts.conf")


# A condition that comes late on a busy machine has still come; one that never comes is what fails.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    """Chromium with one font, whatever else is installed."""
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=ARGUMENTS,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the projects that ``shown`` has opened."""
    return tmp_path_factory.mktemp("screens")


@pytest.fixture(scope="session")
def shown(projects: Path) -> Iterator[Served]:
    """One engine for all that only look at screens."""
    with screens.shown(projects) as served:
        yield served


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tolerated(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Console messages that a test causes by itself, named in its ``tolerates`` marker."""
    marker = request.node.get_closest_marker("tolerates")
    return tuple(marker.args) if marker is not None else ()


@pytest.fixture
def page(chromium: Browser, served: Served, tolerated: tuple[str, ...]) -> Iterator[Page]:
    """A page that has entered, on Home."""
    yield from guarded(chromium, served, "light", tolerated)


def guarded(
    chromium: Browser,
    served: Served,
    theme: str,
    tolerated: tuple[str, ...],
    path: str | None = None,
) -> Iterator[Page]:
    """A page that enters by itself, or that goes to ``path`` where ``served`` has entered."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    faults: list[str] = []

    def console(message: ConsoleMessage) -> None:
        # An answer of the API that refuses is logged by the browser; the test is about it.
        expected = ("status of 4", *tolerated)
        if message.type == "error" and not any(part in message.text for part in expected):
            faults.append(message.text)

    def request(asked: Request) -> None:
        if not asked.url.startswith((served.base, "data:", "blob:")):
            faults.append(f"request to {asked.url}")

    page = context.new_page()
    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", request)
    if path is None:
        page.goto(served.enter)
    else:
        context.add_cookies(served.cookies())
        page.goto(served.base + path)
        page.locator("html[data-scripts=ready]").wait_for(state="attached")
    yield page
    context.close()
    assert faults == []
