"""A runtime hook: it comes before PyInstaller's own, which import OpenSSL by way of asyncio."""

from __future__ import annotations

import sys

from backend import lean, sidecar

if not sidecar.stands_in_for_python(sys.argv[1:]):
    lean.without_openssl()
