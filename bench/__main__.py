"""``python -m bench``: measure everything, in one run, on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from tests import environment as _  # noqa: F401 -- gives the run a data directory of its own
from tests.environment import CHECKOUT

from . import (
    inspecting,
    jailing,
    log_view,
    models_page,
    output,
    queueing,
    responding,
    running,
    sections,
    sizes,
    startup,
    static_reading,
    window_sections,
)
from .figures import report


def main() -> None:
    build = CHECKOUT / "build"
    bare = Path(os.environ["CARGO_TARGET_DIR"]) / "release" / "examples" / "bare_window"
    figures = [
        *sizes.measure(build),
        *startup.measure(build, bare),
        *running.measure(build),
        *queueing.measure(),
        *static_reading.measure(),
        *jailing.measure(),
        *output.measure(),
        *log_view.measure(build),
        *responding.measure(build),
        *inspecting.measure(build),
        *models_page.measure(build),
        *sections.measure(build),
        *window_sections.measure(build),
    ]
    report(figures, build / "bench.json")


if __name__ == "__main__":
    main()
