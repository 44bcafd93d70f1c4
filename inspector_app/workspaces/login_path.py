"""The PATH of the user's login shell: what a terminal has and a start from the desktop has not."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

LIMIT_S = 3.0

# What a desktop gives to the programs that it starts; anything else came from a shell.
BARE = frozenset(
    {
        *("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"),
        *("/usr/local/games", "/usr/games", "/snap/bin"),
    }
)
_MARK = "\x1ddjdesk\x1d"
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh", "fish"})
_OUTPUT_LIMIT = 1_000_000

logger = logging.getLogger(__name__)


def is_bare() -> bool:
    """Whether PATH is what a desktop gives, so that a shell may know more."""
    return all(folder in BARE for folder in os.environ.get("PATH", "").split(os.pathsep) if folder)


def search_path() -> str:
    """PATH, and behind it what the login shell adds, when it has to be asked."""
    own = os.environ.get("PATH", "")
    return os.pathsep.join(filter(None, [own, asked() if is_bare() else ""]))


@functools.cache
def asked() -> str:
    """The login shell's PATH, or an empty string; the shell is asked once, for at most 3 s.

    What it starts in its profile runs as the user wrote it, like in every new terminal.
    """
    shell = _shell()
    if shell is None or sys.platform == "win32":
        return ""
    script = f"printf '{_MARK}%s{_MARK}' \"$PATH\""
    try:
        process = subprocess.Popen(
            [str(shell), "-ilc", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
    except OSError:
        logger.warning("the login shell %s could not be asked for its PATH", shell, exc_info=True)
        return ""
    with process:
        try:
            output, _ = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired as late:
            # It may have said it, and something that it left running holds the pipe.
            logger.warning("the login shell %s took more than %s s", shell, LIMIT_S)
            output = late.output or b""
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    parts = output[:_OUTPUT_LIMIT].decode("utf-8", "surrogateescape").split(_MARK)
    return parts[1] if len(parts) == 3 else ""


def _shell() -> Path | None:
    if sys.platform == "win32":
        # There a start from the desktop has the same PATH as one from a terminal.
        return None
    import pwd

    name = os.environ.get("SHELL", "")
    if not name:
        with contextlib.suppress(KeyError):
            name = pwd.getpwuid(os.getuid()).pw_shell
    path = Path(name)
    return path if path.name in _SHELLS and path.is_absolute() and path.is_file() else None
