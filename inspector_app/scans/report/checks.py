"""Django's system checks: those that ``check`` prints, and those of ``check --deploy``."""

from __future__ import annotations

from typing import Any

from .sources import Sources


def build_checks(sources: Sources) -> dict[str, Any]:
    default, deploy = sources.data("checks"), sources.data("deploy")
    both = default is not None and deploy is not None
    return {
        "default": _in_order(default["shown"]) if default is not None else None,
        # With --deploy the usual checks are run as well.
        "deploy": _in_order([*default["shown"], *deploy["shown"]]) if both else None,
        "silenced": len(default["silenced"]) if default is not None else None,
        "silenced_checks": _in_order(
            [
                *(default["silenced"] if default is not None else []),
                *(deploy["silenced"] if deploy is not None else []),
            ]
        ),
    }


def _in_order(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django keeps its checks in a set, so what it says comes in another order each time."""
    return sorted(checks, key=lambda one: (one["id"] or "", one["msg"], one["obj"] or ""))
