"""Programs that stand in for editors: real processes that write down how they were started."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.waiting import until


def editor(folder: Path, name: str, *, exit_code: int = 0) -> Path:
    """An executable ``name`` in ``folder``; what it got is at :func:`started`."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(
        f"#!{sys.executable} -S\n"
        "import json, os, sys\n"
        "from pathlib import Path\n"
        "said = {'argv': sys.argv[1:], 'env': dict(os.environ), 'cwd': os.getcwd(),\n"
        "    'session': os.getsid(0) == os.getpid()}\n"
        f"part = Path({str(folder / name)!r} + '.part')\n"
        "part.write_text(json.dumps(said))\n"
        f"part.rename({str(folder / name)!r} + '.json')\n"
        f"sys.exit({exit_code})\n"
    )
    program.chmod(0o755)
    return program


def started(program: Path) -> dict[str, Any]:
    """How ``program`` was started, once it was."""
    said = program.with_name(program.name + ".json")
    until(said.exists, f"a start of {program.name}")
    found: dict[str, Any] = json.loads(said.read_text())
    return found
