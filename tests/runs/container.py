"""A launcher to which some system calls are refused, as they are in a container."""

from __future__ import annotations

import sys
from pathlib import Path

# Takes a right away before it becomes the launcher, as a container's own rules do.
CONTAINER = """#!{python}
import ctypes, os, struct, sys
LIBC = ctypes.CDLL(None)
NR_CLONE, NR_LANDLOCK, EPERM, ALLOW = 56, 444, 0x00050001, 0x7fff0000
rules = [struct.pack("HBBI", 0x20, 0, 0, 0)]
for number in {numbers}:
    rules.append(struct.pack("HBBI", 0x15, 0, 1, number))
    if number == NR_CLONE:
        # Only with the flag for a user namespace.
        rules[-1] = struct.pack("HBBI", 0x15, 0, 3, number)
        rules.append(struct.pack("HBBI", 0x20, 0, 0, 16))
        rules.append(struct.pack("HBBI", 0x45, 0, 1, 0x10000000))
        rules.append(struct.pack("HBBI", 0x06, 0, 0, EPERM))
        rules.append(struct.pack("HBBI", 0x20, 0, 0, 0))
    else:
        rules.append(struct.pack("HBBI", 0x06, 0, 0, EPERM))
rules.append(struct.pack("HBBI", 0x06, 0, 0, ALLOW))
program = ctypes.create_string_buffer(b"".join(rules))
filter = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(program)))
LIBC.prctl(38, 1, 0, 0, 0)
assert LIBC.prctl(22, 2, filter, 0, 0) == 0
os.execv({launcher!r}, [{launcher!r}, *sys.argv[1:]])
"""


def container(folder: Path, launcher: Path, *numbers: int) -> Path:
    path = folder / "container"
    text = CONTAINER.format(python=sys.executable, numbers=list(numbers), launcher=str(launcher))
    path.write_text(text)
    path.chmod(0o755)
    return path
