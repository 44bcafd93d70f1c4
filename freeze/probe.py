"""The probe, compiled for projects that use the same Python as the frozen engine."""

from __future__ import annotations

import py_compile
from pathlib import Path

# What tracebacks would name; the files themselves lie in an archive, elsewhere each time.
NAMED = "<djdesk-probe>"


def compile_probe(sources: Path, target: Path) -> Path:
    """Write a ``.pyc`` for each module in ``sources``, valid whatever the time of its source is.

    Another Python does not take them and compiles the sources, which takes it 30 ms.
    """
    target.mkdir(parents=True, exist_ok=True)
    for source in sources.glob("*.py"):
        py_compile.compile(
            str(source),
            cfile=str(target / f"{source.name}c"),
            dfile=f"{NAMED}/djdesk_probe/{source.name}",
            doraise=True,
            optimize=2,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
    return target
