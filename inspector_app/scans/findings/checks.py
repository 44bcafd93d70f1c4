"""Django's own system checks, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .context import Context
from .finding import ERROR, INFO, NOWHERE, WARNING, Finding, Place, Report, evidence, finding
from .own import is_for_development, place_of_setting

_PATTERN = re.compile(r"pattern '([^']+)'")
# More of one id than this are one finding.
_APART = 10
_OF_LEVEL = {"critical": ERROR, "error": ERROR, "warning": WARNING}


def default(report: Report, context: Context) -> Iterator[Finding]:
    told: set[tuple[str, str, str | None, str]] = set()
    ran = []
    for check in sorted(report["checks"]["default"] or [], key=_order):
        # A package may register one check twice.
        if (*_key(check), check["hint"]) in told:
            continue
        told.add((*_key(check), check["hint"]))
        ran.append(check)
    yield from _each(ran, "django-check", report, context)


def deploy(report: Report, context: Context) -> Iterator[Finding]:
    """What ``check --deploy`` adds. Settings of a developer's machine fail most of it, and may."""
    ran = {_key(check) for check in report["checks"]["default"] or []}
    every = sorted(report["checks"]["deploy"] or [], key=_order)
    more = [check for check in every if _key(check) not in ran]
    if not more:
        return
    if not is_for_development(report):
        yield from _each(more, "deploy-check", report, context)
        return
    module, number = report["project"]["settings"], len(more)
    debug = place_of_setting(report, "DEBUG")
    yield finding(
        "development-settings",
        INFO,
        f"{module} is for development or tests: {number} deployment "
        f"check{' fails' if number == 1 else 's fail'} with it",
        proof=[
            *([evidence("DEBUG is set here", debug)] if debug[0] else []),
            *(evidence(f"{one['id']}: {_title(one)}", context.place_of_check(one)) for one in more),
        ],
        why="On a server these settings would be a risk.",
        action="Choose the settings of the server, and scan again to see their checks.",
        identifier="check --deploy",
        about=module,
    )


def _title(check: dict[str, Any]) -> str:
    return str(check["msg"]).partition("\n")[0]


def _order(check: dict[str, Any]) -> tuple[str, str, str]:
    """Django keeps its checks in a set, so they come in another order each time."""
    return check["id"], check["obj"] or "", check["msg"]


def _key(check: dict[str, Any]) -> tuple[str, str, str | None]:
    return check["id"], check["msg"], check["obj"]


def _each(
    checks: list[dict[str, Any]], rule: str, report: Report, context: Context
) -> Iterator[Finding]:
    """One finding for each; what one check says of every view or model hides nothing else."""
    of_id: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for check in checks:
        of_id.setdefault((check["id"], check["level"]), []).append(check)
    for (identifier, level), some in of_id.items():
        if not identifier or len(some) <= _APART:
            yield from (_of(check, rule, report, context) for check in some)
            continue
        yield finding(
            rule,
            _OF_LEVEL.get(level, INFO),
            f"{identifier} is told {len(some)} times, first: {_title(some[0])}",
            proof=[evidence(_title(one), _place(one, report, context)) for one in some],
            why="They are the same check, so they may have one cause.",
            action=some[0]["hint"] or "",
            identifier=identifier,
            about=identifier,
        )


def _of(check: dict[str, Any], rule: str, report: Report, context: Context) -> Finding:
    title, _, rest = check["msg"].partition("\n")
    about = check["obj"] or ""
    return finding(
        rule,
        _OF_LEVEL.get(check["level"], INFO),
        title,
        proof=[evidence(check["id"] or "system check", _place(check, report, context))],
        why=f"{about}. {rest}".strip() if about else rest.strip(),
        action=check["hint"] or "",
        identifier=check["id"] or "system check",
        about=about,
    )


def _place(check: dict[str, Any], report: Report, context: Context) -> Place:
    """Checks of URLs name a pattern only by its text; where that stands once, it is the one."""
    place = context.place_of_check(check)
    named = _PATTERN.search(check["msg"]) if check["id"].startswith("urls.") else None
    if place[0] or named is None:
        return place
    places = {
        (part["file"], part["line"])
        for url in report["urls"]
        for part in url.get("parts") or []
        if part["text"] == named[1]
    }
    return places.pop() if len(places) == 1 else NOWHERE


def trouble(_report: Report, context: Context) -> Iterator[Finding]:
    """A project that does not start, or did not tell everything, looks like one in order."""
    for one in context.troubles:
        yield finding(
            "project-failure",
            ERROR,
            one.title,
            proof=[evidence(one.code.replace("_", " "), one.place)],
            why=one.why,
            action=one.action,
            identifier=one.code,
        )
