"""A sidecar process, driven over its pipe and over HTTP like the window and the page do."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tests.waiting import until

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

WAIT_S = 30.0
CAPABILITIES = ["pick_folder", "save_as", "reveal", "notify"]


class Served:
    """Owns the process from ``with`` to its end; messages of the sidecar are kept in order."""

    def __init__(
        self,
        data_dir: Path,
        *,
        executable: list[str] | None = None,
        open_paths: list[str] | None = None,
        environment: dict[str, str] | None = None,
        capabilities: list[str] | None = None,
    ) -> None:
        self.data_dir = data_dir
        self.messages: list[dict[str, Any]] = []
        self._said = ""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by stop()
        wanted = CAPABILITIES if capabilities is None else capabilities
        self.process = subprocess.Popen(
            executable or [sys.executable, "-m", "backend.sidecar"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A file takes whatever comes; a pipe that nobody reads would hold the process.
            stderr=self._errors,
            env={**os.environ, "DJDESK_DATA_DIR": str(data_dir), **(environment or {})},
        )
        self.tell({"v": 1, "hello": {"open": open_paths or [], "capabilities": wanted}})

    def __enter__(self) -> Self:
        ready = self.wait_for("ready")
        self.base = f"http://127.0.0.1:{ready['port']}"
        self.enter = self.base + ready["enter"]
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies)
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def tell(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def wait_for(self, event: str) -> dict[str, Any]:
        """The next message of that kind; all others are kept in ``messages``."""
        assert self.process.stdout is not None
        silent = threading.Timer(WAIT_S, self.process.kill)
        silent.start()
        try:
            for line in self.process.stdout:
                message: dict[str, Any] = json.loads(line)
                self.messages.append(message)
                if message["event"] == event:
                    return message
        finally:
            silent.cancel()
        raise AssertionError(f"no {event}, got {self.messages}\n{self.errors()}")

    def errors(self) -> str:
        """What it has written to standard error."""
        if not self._errors.closed:
            size = os.fstat(self._errors.fileno()).st_size
            self._said = os.pread(self._errors.fileno(), size, 0).decode("utf-8", "replace")
        return self._said

    def stop(self) -> int:
        """Let go of the lifeline, read what is left, wait for the end. May be called again."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is None or pipe.closed:
                continue
            if pipe is not self.process.stdin:
                pipe.read()
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        try:
            return self.process.wait(WAIT_S)
        finally:
            self.errors()
            self._errors.close()

    def open_first_page(self) -> str:
        with self._opener.open(self.enter) as response:
            return str(response.url)

    def cookies(self) -> list[SetCookieParam]:
        """What a browser needs to go on where this one is."""
        return [
            {"name": one.name, "value": one.value or "", "url": self.base} for one in self._cookies
        ]

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send(urllib.request.Request(self.base + path))

    def stream(self, path: str, headers: dict[str, str]) -> Any:
        """The open response to a GET; close it."""
        return self._opener.open(
            urllib.request.Request(self.base + path, headers=headers), timeout=WAIT_S
        )

    def get_json(self, path: str) -> Any:
        return json.loads(self.get(path)[1])

    def post(self, path: str, data: Any) -> tuple[int, Any]:
        request = urllib.request.Request(
            self.base + path,
            json.dumps(data).encode(),
            {"Content-Type": "application/json", "X-CSRFToken": self._csrf()},
        )
        status, body = self._send(request)
        return status, json.loads(body)

    def wait_until(self, path: str, found: Any) -> Any:
        """Ask ``path`` until ``found(answer)`` is true; returns that answer."""

        def ask() -> Any:
            answer = self.get_json(path)
            return [answer] if found(answer) else None

        return until(ask, f"what was waited for at {path}", WAIT_S)[0]

    def open_trusted(self, folder: Path) -> str:
        """Open and trust a project; returns its slug once it is scanned."""
        if not len(self._cookies):
            self.open_first_page()
        status, answer = self.post("/api/workspaces/", {"path": str(folder)})
        assert status == 201, answer
        slug = str(answer["workspace"]["slug"])
        self.post(f"/api/workspaces/{slug}/trust/", {})
        self.wait_until(
            f"/api/workspaces/{slug}/status/",
            lambda status: status["scan"]["source"] == "mixed" and status["scan"]["finished_at"],
        )
        return slug

    def _send(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with self._opener.open(request, timeout=WAIT_S) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def _csrf(self) -> str:
        return next((c.value or "" for c in self._cookies if c.name == "csrftoken"), "")
