"""A runtime hook: it comes before PyInstaller's own, which import some of what is left out."""

from __future__ import annotations

import sys

from backend import lean, sidecar

if not sidecar.stands_in_for_python(sys.argv[1:]):
    lean.make_lean()
