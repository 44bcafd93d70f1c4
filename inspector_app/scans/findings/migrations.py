"""The graph of migrations, and what the database has of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .context import Context
from .finding import ERROR, INFO, WARNING, Finding, Report, evidence, finding
from .own import own_apps, setting

Migration = dict[str, Any]


def conflicts(report: Report, _context: Context) -> Iterator[Finding]:
    for conflict in report["migrations"]["conflicts"]:
        app, leaves = conflict["app"], conflict["leaves"]
        known = {one["name"]: one for one in report["migrations"]["apps"].get(app, [])}
        places = [(known[name]["file"], known[name]["line"]) for name in leaves if name in known]
        yield finding(
            "conflicting-migrations",
            ERROR,
            f"{app} has {len(leaves)} leaf migrations",
            # What was written last is what has to move.
            proof=[evidence(name, place) for name, place in zip(leaves, places, strict=False)][::-1]
            or [evidence(", ".join(leaves))],
            why=f"No migration follows {' and '.join(leaves)}, so migrate stops before it starts.",
            action="Create a merge migration with makemigrations --merge.",
            identifier="migration graph",
            about=app,
        )


def unapplied(report: Report, _context: Context) -> Iterator[Finding]:
    """Only what the database itself said; a database that nobody could ask has said nothing."""
    number = report["migrations"].get("unapplied")
    if not number:
        return
    pending = [
        (app, one)
        for app, migrations in report["migrations"]["apps"].items()
        for one in migrations
        if one["applied"] is False and not _replaced(one, migrations)
    ]
    own = {app["label"] for app in own_apps(report)}
    pending.sort(key=lambda pair: pair[0] not in own)
    proof = [evidence(f"{app}.{one['name']}", (one["file"], one["line"])) for app, one in pending]
    if not proof:
        return
    if not any(one["applied"] for every in report["migrations"]["apps"].values() for one in every):
        yield finding(
            "database-never-migrated",
            INFO,
            "The database default has none of the project's migrations",
            proof=proof,
            why=f"All {number:,} are pending, as in a database that was just made.",
            action="Run migrate to fill it, or choose settings that name the database you mean.",
            identifier="showmigrations",
            about="default",
        )
        return
    apps = ", ".join(sorted({app for app, _ in pending}))
    yield finding(
        "unapplied-migrations",
        WARNING,
        f"{number:,} migration{' is' if number == 1 else 's are'} not applied on default",
        proof=proof,
        why=f"The code expects tables and columns of {apps} that the database does not have yet.",
        action="Look at them with migrate --plan, then run migrate.",
        identifier="showmigrations",
        about="default",
    )


def _replaced(one: Migration, migrations: list[Migration]) -> bool:
    """Whether a squashed migration stands in for it, or those that it replaces do."""
    by_name = {each["name"]: each for each in migrations}
    replacing = [
        each
        for each in migrations
        if each["applied"] and any(name == one["name"] for _, name in each.get("replaces") or [])
    ]
    replaced = [by_name.get(name) for _, name in one.get("replaces") or []]
    return bool(replacing) or any(each is not None and each["applied"] for each in replaced)


def inconsistent(report: Report, _context: Context) -> Iterator[Finding]:
    """An applied migration whose dependency is not: Django refuses to go on from there."""
    apps = report["migrations"]["apps"]
    known = {(app, one["name"]): one for app, every in apps.items() for one in every}
    for (app, name), one in known.items():
        if not one["applied"]:
            continue
        for dependency in one.get("dependencies") or []:
            needed = known.get((dependency[0], dependency[1]))
            if needed is None or needed["applied"] is not False:
                continue
            if _replaced(needed, apps[dependency[0]]) or needed.get("replaces"):
                continue
            yield finding(
                "inconsistent-history",
                ERROR,
                f"{app}.{name} is applied on default before its dependency "
                f"{dependency[0]}.{dependency[1]}",
                proof=[
                    evidence(f"{app}.{name}, applied", (one["file"], one["line"])),
                    evidence(
                        f"{dependency[0]}.{dependency[1]}, not applied",
                        (needed["file"], needed["line"]),
                    ),
                ],
                why="Django calls this an inconsistent history, and migrate refuses to run.",
                action="Find out how the tables differ from what the migrations say; then record "
                "the missing one with migrate --fake, or restore the database.",
                identifier="migration history",
                about=app,
            )


def missing(report: Report, context: Context) -> Iterator[Finding]:
    """Changes of models that no migration makes, as Django's makemigrations finds them.

    That an app has not one migration is said of the app.

    Where another app has a command of this name, nobody can tell what that passes over.
    """
    commands = report.get("commands") or []
    owners = [one["app"] for one in commands if one["name"] == "makemigrations"]
    if any(not owner.startswith("django.core") for owner in owners):
        return
    own = {app["label"] for app in own_apps(report)}
    told = {one["object"] for one in without(report, context)}
    changes: dict[str, list[str]] = {}
    for one in report["migrations"].get("missing") or []:
        if one["app"] not in told:
            changes.setdefault(one["app"], []).append(one["text"])
    for app, texts in changes.items():
        number = len(texts)
        yield finding(
            "missing-migrations",
            WARNING if app in own else INFO,
            f"{app} has {number} change{'' if number == 1 else 's'} of models without migration",
            proof=[evidence(text, _place_of_app(report, app)) for text in texts],
            why="The database keeps the old columns, so queries for the new ones fail."
            if app in own
            else "An installed package has them, often by a default that settings change.",
            action="Run makemigrations and read what it writes."
            if app in own
            else "Update the package, or set what it asks for (DEFAULT_AUTO_FIELD, most often).",
            identifier="makemigrations --check",
            about=app,
        )


def _place_of_app(report: Report, label: str) -> tuple[str, int]:
    for app in report["apps"]:
        if app["label"] == label and app["models"]:
            return app["models"][0]["file"], 0
    return "", 0


def without(report: Report, _context: Context) -> Iterator[Finding]:
    """Apps of the project with tables and without a single migration."""
    section = report["sections"].get("migrations")
    if section is None or not section["ok"] or _moved(report) or _evolves(report):
        return
    for app in own_apps(report):
        tables = [
            model
            for model in app["models"]
            if model["managed"]
            and not (model["proxy"] or model["swapped"] or model["auto_created"])
        ]
        if tables and not report["migrations"]["apps"].get(app["label"]):
            number = len(tables)
            yield finding(
                "app-without-migrations",
                WARNING,
                f"{app['label']} has {number} model{'' if number == 1 else 's'} and no migrations",
                proof=[evidence(one["label"], (one["file"], one["line"])) for one in tables],
                why="migrate neither makes their tables nor changes them.",
                action=f"Run makemigrations {app['label']}. Without its label, an app that has no "
                "package for migrations is passed over.",
                identifier="migration graph",
                about=app["label"],
            )


def _evolves(report: Report) -> bool:
    """django-evolution changes tables in its own way, and replaces ``migrate``."""
    return any(app["name"] == "django_evolution" for app in report["apps"])


def _moved(report: Report) -> bool:
    """MIGRATION_MODULES may turn migrations off, or have them where nobody looked."""
    return bool(setting(report, "MIGRATION_MODULES"))
