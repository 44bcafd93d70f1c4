"""The frozen executable's first module."""

from __future__ import annotations

import sys

from backend.sidecar import main

sys.exit(main())
