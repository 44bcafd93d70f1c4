"""What a user asked to open: the real folder or file behind it, and its name as text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from inspector_app.errors import Problem


def shown(path: Path) -> str:
    """``path`` as text that can be stored and sent, whatever its name holds."""
    try:
        return os.fsencode(path).decode("utf-8", "replace")
    except UnicodeEncodeError:
        # Half a character, which no file name can hold but a request can.
        return str(path).encode("utf-8", "replace").decode()


def real(path: Path) -> Path:
    """The folder or file behind links and ``~``, with every way in which there is none named.

    Raises:
        Problem: ``folder_missing``, ``folder_unreadable`` or ``bad_path``.
    """
    text = shown(path)
    try:
        found = path.expanduser().resolve(strict=True)
        mode = found.stat().st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(found):
                pass
    except FileNotFoundError:
        link = path.is_symlink()
        why = "is a link to something that does not exist" if link else "does not exist"
        raise Problem(
            "folder_missing", f"{text} {why}.", "Open the folder where it is now."
        ) from None
    except RuntimeError:
        # What pathlib raises for links in a circle, and for the home of an unknown user.
        raise Problem(
            "folder_missing",
            f"{text} leads nowhere: it is a circle of links or an unknown user's home.",
            "Open the folder where it is now.",
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise Problem(
            "folder_unreadable",
            f"{text} cannot be read: {reason}.",
            "Check its permissions, or copy the project to a place you may read.",
        ) from error
    require_utf8(found)
    return found


def is_utf8(name: str) -> bool:
    """Whether a file's name is text; one that is not holds half characters in its place."""
    return shown(Path(name)) == name


def require_utf8(path: Path) -> None:
    """Refuse a name that DJDesk's database cannot keep."""
    if not is_utf8(str(path)):
        raise Problem(
            "bad_path",
            f"The name of {shown(path)} is not valid UTF-8, which DJDesk cannot keep.",
            "Rename the folder.",
        )
