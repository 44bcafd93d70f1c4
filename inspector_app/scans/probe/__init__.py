"""What the project's own Python runs to tell what the project is: stdlib only, Python 3.8 syntax.

Nothing in here is imported by DJDesk itself: :mod:`inspector_app.scans.runtime.archive` packs these
files into one. Django is imported only after the project's own code asked for it.
"""

from __future__ import annotations
