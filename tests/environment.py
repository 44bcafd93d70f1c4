"""Loaded before Django's settings: gives the test run a data directory of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

_folder = tempfile.mkdtemp(prefix="djdesk-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DJDESK_DATA_DIR"] = _folder
os.environ.pop("DJDESK_INSPECTOR_TASK_TIMEOUT", None)
os.environ.setdefault("DJDESK_JAIL", str(CHECKOUT / "build" / "bin" / "djdesk-jail"))
