"""What a terminal does not show as text: colours, titles, moves of the cursor."""

from __future__ import annotations

import re

# ECMA-48: a control sequence, an operating system command, or a single escaped character.
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
