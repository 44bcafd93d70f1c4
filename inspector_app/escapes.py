"""What is in a text and is not text: colours and moves of a terminal, changes of direction."""

from __future__ import annotations

import re

# ECMA-48: a control sequence, an operating system command, or a single escaped character.
ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
# With one of these, what is read is not what stands there (CVE-2021-42574).
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
