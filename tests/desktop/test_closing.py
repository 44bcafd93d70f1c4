"""Closing the window to the tray, and every way back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.support.select import Select

from tests.waiting import until

from .notifications import Notifications
from .tray import Panel
from .window import Page, Program, close_window, visible_window

pytestmark = pytest.mark.desktop
Start = Callable[..., Program]
Browse = Callable[..., Page]

# As the page's own form does; the window is hidden meanwhile, so that nobody could press it.
RUN_CHECK = """
    const token = document.cookie.split('; ').find((pair) => pair.startsWith('csrftoken='));
    fetch('/api/task-runs/', {
        method: 'POST',
        headers: {'Content-Type': 'application/json', 'X-CSRFToken': token.split('=')[1]},
        body: JSON.stringify({workspace: 'shop', preset: 'check', params: {}}),
    });
"""


def keep_in_the_tray(page: Page) -> None:
    def offered() -> bool:
        page.driver.get(page.run("return location.origin") + "/preferences/")
        return bool(page.find("#f-closing option[value='tray']").is_enabled())

    page.find("h1")
    until(offered, "the tray among the preferences")
    Select(page.find("#f-closing")).select_by_value("tray")
    said = "return document.getElementById('said').textContent"
    until(lambda: "saved" in page.run(said), "the choice saved")


def close_to_the_tray(page: Page) -> int:
    pid = page.process.pid
    close_window(pid)
    until(lambda: not visible_window(pid), "a window that is hidden")
    assert page.process.is_running()
    return pid


def is_back(pid: int) -> None:
    until(lambda: visible_window(pid), "a window that is back")


def test_from_the_tray_notifications_the_menu_and_a_second_start_bring_the_window_back(
    browse: Browse, start: Start, project: Path
) -> None:
    with (project / "shop" / "settings.py").open("a") as settings:
        settings.write("\nROOT_URLCONF = 'nothing'\n")

    async def journey() -> None:
        panel = await Panel.open()
        desktop = await Notifications.serve(panel.bus)
        page = await asyncio.to_thread(browse, str(project))
        await panel.watch(page.process.pid)
        await asyncio.to_thread(page.button("Trust and inspect").click)
        await asyncio.to_thread(page.wait_for_text, "Withdraw trust")
        await asyncio.to_thread(keep_in_the_tray, page)

        pid = await asyncio.to_thread(close_to_the_tray, page)
        await asyncio.to_thread(page.run, RUN_CHECK)
        shown = await desktop.next()
        assert shown.title == "check: exit 1"
        await desktop.choose(shown)
        await asyncio.to_thread(is_back, pid)
        await asyncio.to_thread(page.wait_for_text, "exit 1", "main")

        await asyncio.to_thread(close_to_the_tray, page)
        await panel.click("Open DJDesk")
        await asyncio.to_thread(is_back, pid)

        await asyncio.to_thread(close_to_the_tray, page)
        second = await asyncio.to_thread(start)
        await asyncio.to_thread(is_back, pid)
        assert second.ends_within(20)
        await panel.close()

    asyncio.run(journey())


def test_a_window_whose_tray_goes_away_comes_back_and_quits_when_it_is_closed_again(
    browse: Browse,
) -> None:
    async def journey() -> None:
        panel = await Panel.open()
        page = await asyncio.to_thread(browse)
        await asyncio.to_thread(keep_in_the_tray, page)
        pid = await asyncio.to_thread(close_to_the_tray, page)
        await panel.leave()
        await asyncio.to_thread(is_back, pid)
        process = page.process
        await asyncio.to_thread(close_window, pid)
        await asyncio.to_thread(process.wait, 20)
        await panel.close()

    asyncio.run(journey())
