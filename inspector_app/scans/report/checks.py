"""Django's system checks: those that ``check`` prints, and those of ``check --deploy``."""

from __future__ import annotations

from typing import Any

from .sources import Sources


def build_checks(sources: Sources) -> dict[str, Any]:
    default, deploy = sources.data("checks"), sources.data("deploy")
    both = default is not None and deploy is not None
    return {
        "default": default["shown"] if default is not None else None,
        # With --deploy the usual checks are run as well.
        "deploy": [*default["shown"], *deploy["shown"]] if both else None,
        "silenced": len(default["silenced"]) if default is not None else None,
        "silenced_checks": [
            *(default["silenced"] if default is not None else []),
            *(deploy["silenced"] if deploy is not None else []),
        ],
    }
