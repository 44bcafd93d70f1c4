"""Django's system checks, each run by itself, so that one that raises takes no other with it.

What keeps one of them from running often keeps several: that is told once.
"""

from __future__ import annotations

import re
from typing import Any

from . import checked_databases
from .failures import describe, print_traceback
from .log import say
from .plain import dotted, text

_MOST = 5000
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_LEVELS = ((50, "critical"), (40, "error"), (30, "warning"), (20, "info"))


def read(notes: list[str], *, network: bool) -> dict[str, Any]:
    """Those that ``check`` runs; like it, this prints them into the log."""
    with checked_databases.open_to_checks(notes, network=network) as databases:
        results = _results(_registered(deploy=False), notes, databases)
    shown, silenced = results["shown"], results["silenced"]
    for one in shown:
        say(f"{one['level'].upper()}: {one['obj'] or '?'}: ({one['id']}) {one['msg']}")
    issues = "1 issue" if len(shown) == 1 else f"{len(shown) or 'no'} issues"
    say(f"System check identified {issues} ({len(silenced)} silenced).")
    return results


def read_deploy(notes: list[str], *, network: bool) -> dict[str, Any]:
    """Those that only ``check --deploy`` adds; it prints them together with all others."""
    usual = {id(check) for check in _registered(deploy=False)}
    added = [one for one in _registered(deploy=True) if id(one) not in usual]
    with checked_databases.open_to_checks([], network=network) as databases:
        return _results(added, notes, databases)


def _registered(*, deploy: bool) -> list[Any]:
    from django.core.checks import Tags
    from django.core.checks.registry import registry

    # Those of databases ask a database, so Django runs them only for those that are named.
    checks = registry.get_checks(include_deployment_checks=deploy)
    return [check for check in checks if Tags.database not in check.tags]


def _results(checks: list[Any], notes: list[str], databases: Any) -> dict[str, Any]:
    shown: list[dict[str, Any]] = []
    silenced: list[dict[str, Any]] = []
    failed: dict[str, list[str]] = {}
    raised: list[dict[str, Any]] = []
    for check in checks:
        try:
            messages = list(check(app_configs=None, databases=databases))
        except Exception as error:
            what = f"{type(error).__name__}: {text(error, 300)}"
            if what not in failed:
                print_traceback(error)
                raised.append({"check": dotted(check), "error": describe(error)})
            failed.setdefault(what, []).append(dotted(check).rpartition(".")[2])
            continue
        for message in messages[:_MOST]:
            (silenced if message.is_silenced() else shown).append(_result(message))
    notes += [f"not run: {', '.join(names)} ({what})" for what, names in failed.items()]
    return {"shown": shown, "silenced": silenced, "raised": raised}


def _result(message: Any) -> dict[str, Any]:
    return {
        "id": text(message.id or ""),
        "level": next((name for least, name in _LEVELS if message.level >= least), "debug"),
        "msg": text(message.msg),
        "hint": text(message.hint or ""),
        "obj": _obj(message.obj),
    }


def _obj(obj: Any) -> str | None:
    """As Django prints it."""
    from django.db.models.base import ModelBase

    if obj is None:
        return None
    meta: Any = getattr(obj, "_meta", None)
    # Where an object lies in memory differs from scan to scan.
    return _ADDRESS.sub("", text(meta.label if isinstance(obj, ModelBase) else obj))
