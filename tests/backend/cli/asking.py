"""The command line, asked as a person or a script asks it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def djdesk(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
