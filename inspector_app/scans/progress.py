"""How far the scans of this process are, and the way to stop them.

What has arrived of a scan is told to pages as an event of the kind ``scan``; a page that comes
later asks here. A scan is stopped between two of its sections, and the command that it waits for at
once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from inspector_app.events import bus
from inspector_app.models import Scan, WorkspaceTaskRun
from inspector_app.runs import live

if TYPE_CHECKING:
    from .runtime.told import Section


class Stopped(Exception):
    """The scan is to end in ``state``: cancelled, or out of time."""

    def __init__(self, state: Scan.State) -> None:
        super().__init__(state)
        self.state = state


class Progress:
    """One scan under way, told of by the threads that read for it.

    A section may come twice, from the source text and from the running project: both count.
    """

    def __init__(self, scan_id: int, slug: str, limit_s: float | None = None) -> None:
        self.scan_id = scan_id
        self._slug = slug
        self._expected: list[tuple[str, str]] = []
        self._arrived: dict[tuple[str, str], bool] = {}
        self._deadline = time.monotonic() + limit_s if limit_s is not None else None
        self._cancelled = threading.Event()
        self._run: WorkspaceTaskRun | None = None
        self._lock = threading.Lock()

    def expect(self, source: str, names: Iterable[str]) -> None:
        """These sections are going to be read."""
        with self._lock:
            new = [(source, name) for name in names if (source, name) not in self._expected]
            self._expected += new
        if new:
            self._tell()

    def arrive(self, source: str, name: str, *, ok: bool) -> None:
        """A section was read, well or not."""
        with self._lock:
            known = (source, name) in self._arrived
            self._arrived[source, name] = ok
        if not known:
            self._tell()

    def heard(self, name: str, section: Section) -> None:
        """The same for one that the running project told."""
        self.arrive("runtime", name, ok=section.error is None)

    def require_going(self) -> None:
        """Called between sections.

        Raises:
            Stopped: somebody cancelled the scan, or its time is over.
        """
        if self._cancelled.is_set():
            raise Stopped(Scan.State.CANCELLED)
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise Stopped(Scan.State.TIMED_OUT)

    @contextmanager
    def waiting_for(self, run: WorkspaceTaskRun) -> Iterator[None]:
        """Stop ``run`` as well when the scan is cancelled, and the scan when the run was.

        Raises:
            Stopped: either was, or the time is over.
        """
        with self._lock:
            self._run = run
        if self._cancelled.is_set():
            self._stop_run()
        try:
            yield
        finally:
            with self._lock:
                self._run = None
        run.refresh_from_db(fields=["status", "cancel_requested"])
        # What DJDesk itself gave up is a result like any other.
        asked = run.cancel_requested or live.closing()
        if asked and run.status == WorkspaceTaskRun.Status.CANCELLED:
            self._cancelled.set()
        self.require_going()

    def cancel(self) -> None:
        self._cancelled.set()
        self._stop_run()

    def as_dict(self) -> dict[str, Any]:
        """What a page shows of it; ``text`` is ``4 of 9, models read``."""
        with self._lock:
            arrived = dict(self._arrived)
            total = len({*self._expected, *arrived})
        last = f", {next(reversed(arrived))[1].replace('_', ' ')} read" if arrived else ""
        return {
            "id": self.scan_id,
            "workspace": self._slug,
            "done": len(arrived),
            "total": total,
            "sections": [
                {"source": source, "name": name, "ok": ok} for (source, name), ok in arrived.items()
            ],
            "text": f"{len(arrived)} of {total}{last}",
        }

    def _stop_run(self) -> None:
        from inspector_app.errors import Problem
        from inspector_app.runs.cancel import cancel

        with self._lock:
            run = self._run
        if run is not None:
            try:
                cancel(run)
            except Problem:
                # It has ended meanwhile.
                return

    def _tell(self) -> None:
        bus.publish("scan", self.as_dict())


_under_way: dict[int, Progress] = {}
_lock = threading.Lock()


@contextmanager
def under_way(scan: Scan, limit_s: float | None = None) -> Iterator[Progress]:
    """The progress of ``scan``, which others can find until it ends."""
    progress = Progress(scan.pk, scan.workspace.slug, limit_s)
    with _lock:
        _under_way[scan.pk] = progress
    try:
        yield progress
    finally:
        with _lock:
            del _under_way[scan.pk]


def of(scan: Scan) -> Progress | None:
    """The progress of a scan that runs in this process."""
    with _lock:
        return _under_way.get(scan.pk)
