"""Making a project bad, and what its report says then."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def settings(project: Path, text: str, *, before: bool = False) -> int:
    """Add to the settings; returns the line of the first that was added."""
    file = project / "shop" / "settings.py"
    old = file.read_text()
    file.write_text(f"{text}\n{old}" if before else f"{old}\n{text}\n")
    return 1 if before else old.count("\n") + 2


def failure(report: dict[str, Any], code: str) -> dict[str, Any]:
    """The finding, which stands first; what the source text tells is there all the same."""
    found = report["findings"][0]
    assert found["id"] == code, report["findings"]
    assert found["severity"] == "error"
    assert found["why"]
    assert found["action"]
    assert "Traceback" not in str(report)
    if found["file"] != "shop/settings.py":
        assert [app["label"] for app in report["apps"] if app["path"]] == ["orders"]
    return dict(found)
