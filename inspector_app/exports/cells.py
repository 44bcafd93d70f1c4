"""Notebook cells, and untrusted text made harmless inside Markdown."""

from __future__ import annotations

import re
from typing import Any

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~$])")


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "", "metadata": {}, "source": source}


def code(source: str) -> dict[str, Any]:
    """A cell for the reader to run: it was not executed, so it has no count and no output."""
    return {
        "cell_type": "code",
        "id": "",
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def raw(source: str) -> dict[str, Any]:
    """Text that is shown as it is: what a command printed."""
    return {"cell_type": "raw", "id": "", "metadata": {"format": "text/plain"}, "source": source}


def quote(text: str) -> str:
    """``text`` as Markdown that shows it literally, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
