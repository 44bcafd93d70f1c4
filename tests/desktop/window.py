"""The real window as a test drives it: a process, and WebDriver into its page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webelement import WebElement

from tests.environment import CHECKOUT
from tests.waiting import until


def environment(
    data_dir: Path, *, installed: bool, driven: bool = True, **more: str
) -> dict[str, str]:
    """What the program is started with; an installed one finds its own parts.

    One that no WebDriver drives keeps nothing and draws by other means, as for a user.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJDESK_")}
    own["DJDESK_DATA_DIR"] = str(data_dir)
    if driven:
        own |= {"TAURI_WEBVIEW_AUTOMATION": "true", "NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    if not installed:
        own["DJDESK_SIDECAR"] = str(CHECKOUT / "build" / "sidecar" / "djdesk-sidecar")
        own["DJDESK_JAIL"] = str(CHECKOUT / "build" / "bin" / "djdesk-jail")
    return {**own, **more}


def executable(*, installed: bool) -> str:
    return "/usr/bin/djdesk" if installed else str(CHECKOUT / "build" / "bin" / "djdesk")


def xdotool(*arguments: str) -> str:
    tool = shutil.which("xdotool") or "xdotool"
    result = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    return result.stdout.strip()


def visible_window(pid: int) -> str:
    """The X window of this process that is on the screen, or nothing."""
    found = xdotool("search", "--all", "--onlyvisible", "--pid", str(pid), "--name", ".")
    return found.splitlines()[-1] if found else ""


def close_window(pid: int) -> None:
    """Send the message of the title bar's button; a key would depend on who has the focus."""
    window = until(lambda: visible_window(pid), "a visible window")
    subprocess.run([shutil.which("wmctrl") or "wmctrl", "-i", "-c", window], check=True)


class Program:
    """A started djdesk without WebDriver; everything below it is known by its pid."""

    def __init__(self, command: str, env: dict[str, str], *arguments: str) -> None:
        self.process = psutil.Popen(
            [command, *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.family: list[psutil.Process] = [self.process]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in reversed(self.family):
            if process.is_running():
                process.kill()
        psutil.wait_procs(self.family, timeout=10)

    def wait_for_engine(self) -> psutil.Process:
        """The sidecar's process, once it serves."""

        def serving() -> psutil.Process | None:
            for child in self.process.children(recursive=True):
                if "djdesk-sidecar" in child.name() and _listens(child):
                    return child
            return None

        engine = until(serving, "an engine that listens")
        self.family = [self.process, *self.process.children(recursive=True)]
        return engine

    def ends_within(self, seconds: float) -> bool:
        gone, _ = psutil.wait_procs([self.process], timeout=seconds)
        return bool(gone)

    def wait_until_all_gone(self) -> None:
        _, alive = psutil.wait_procs(self.family, timeout=15)
        assert alive == [], f"left over: {alive}"


def _listens(process: psutil.Process) -> bool:
    try:
        return any(c.status == psutil.CONN_LISTEN for c in process.net_connections("tcp"))
    except psutil.Error:
        return False


class Page:
    """WebDriver's session in a window that it started itself."""

    def __init__(self, command: str, env: dict[str, str], *arguments: str) -> None:
        self._port = _free_port()
        self._server = subprocess.Popen(
            [shutil.which("WebKitWebDriver") or "WebKitWebDriver", f"--port={self._port}"],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers, "a WebDriver that answers")
        options = ArgOptions()
        options.set_capability(
            "webkitgtk:browserOptions", {"binary": command, "args": list(arguments)}
        )
        self.driver = webdriver.Remote(f"http://127.0.0.1:{self._port}", options=options)
        until(lambda: self.driver.current_url.startswith("http://127.0.0.1"), "the first page")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        family = psutil.Process(self._server.pid).children(recursive=True)
        try:
            self.driver.quit()
        except WebDriverException:
            # The window is gone already, which some tests are about.
            pass
        finally:
            # Once its driver is gone nobody would find a window that still closes.
            _, alive = psutil.wait_procs(family, timeout=20)
            for process in alive:
                process.kill()
            self._server.terminate()
            self._server.wait(10)

    def find(self, css: str) -> WebElement:
        """The first visible element for ``css``, once there is one."""

        def visible() -> WebElement | None:
            try:
                found = self.driver.find_elements(By.CSS_SELECTOR, css)
                return next((one for one in found if one.is_displayed()), None)
            except WebDriverException:
                # The page is being replaced.
                return None

        return until(visible, f"an element {css}")

    def button(self, text: str) -> WebElement:
        def visible() -> WebElement | None:
            try:
                found = self.driver.find_elements(
                    By.XPATH, f"//*[self::button or self::a][contains(., '{text}')]"
                )
                return next((one for one in found if one.is_displayed()), None)
            except WebDriverException:
                return None

        return until(visible, f"a button {text}")

    def wait_for_text(self, text: str, css: str = "body", seconds: float = 30) -> None:
        def there() -> bool:
            try:
                found = self.driver.find_elements(By.CSS_SELECTOR, css)
                return any(text in one.text for one in found)
            except WebDriverException:
                return False

        until(there, f"the text {text!r} in {css}", seconds)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    @property
    def process(self) -> psutil.Process:
        """The window's program, which the driver started."""
        children = psutil.Process(self._server.pid).children()
        return next(child for child in children if child.name() == "djdesk")

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
