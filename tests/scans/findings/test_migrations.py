from __future__ import annotations

from typing import Any

from inspector_app.scans.findings import migrations as rules
from inspector_app.scans.findings.context import Context

from .reports import app, migration, model, report, settings


def of(rule: Any, apps: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """What ``rule`` says of these migrations; ``more`` are other parts of the report."""
    known = {"apps": apps, "conflicts": [], "unapplied": None} | more.pop("migrations", {})
    own = more.pop("own", [app("shop", model("shop.Order"))])
    return list(rule(report(apps=own, migrations=known, **more), Context()))


def test_pending_migrations_are_named_with_their_files() -> None:
    [one] = of(
        rules.unapplied,
        {"shop": [migration("0001", applied=True), migration("0002", applied=False)]},
        migrations={"unapplied": 1},
    )

    assert (one["severity"], one["title"]) == ("warning", "1 migration is not applied on default")
    assert one["file"] == "shop/migrations/0002.py"


def test_a_database_that_was_just_made_is_only_information() -> None:
    [one] = of(
        rules.unapplied, {"shop": [migration("0001", applied=False)]}, migrations={"unapplied": 1}
    )

    assert (one["rule"], one["severity"]) == ("database-never-migrated", "info")


def test_a_database_that_was_not_asked_has_said_nothing() -> None:
    assert not of(rules.unapplied, {"shop": [migration("0001")]})


def test_an_applied_migration_before_its_dependency_is_an_error() -> None:
    [one] = of(
        rules.inconsistent,
        {
            "shop": [
                migration("0001", applied=False),
                migration("0002", applied=True, dependencies=[["shop", "0001"]]),
            ]
        },
    )

    assert one["severity"] == "error"
    assert [each["text"] for each in one["evidence"]] == [
        "shop.0002, applied",
        "shop.0001, not applied",
    ]


def test_what_a_squashed_migration_replaces_is_applied_with_it() -> None:
    apps = {
        "shop": [
            migration("0001", applied=False),
            migration("0001_squashed", applied=True, replaces=[["shop", "0001"]]),
            migration("0002", applied=True, dependencies=[["shop", "0001"]]),
        ]
    }

    assert not of(rules.inconsistent, apps)
    assert not of(rules.unapplied, apps, migrations={"unapplied": 1})


def test_changes_without_a_migration_are_what_makemigrations_said() -> None:
    missing = [{"app": "shop", "text": "Add field x to order"}]
    [one] = of(rules.missing, {"shop": [migration("0001")]}, migrations={"missing": missing})

    assert (one["severity"], one["object"]) == ("warning", "shop")
    assert one["evidence"][0]["text"] == "Add field x to order"


def test_a_makemigrations_of_the_project_s_own_has_the_last_word() -> None:
    missing = [{"app": "shop", "text": "Add field x to order"}]

    def told(app: str) -> list[dict[str, Any]]:
        commands = [{"name": "makemigrations", "app": app, "help": ""}]
        return of(
            rules.missing,
            {"shop": [migration("0001")]},
            migrations={"missing": missing},
            commands=commands,
        )

    assert told("django.core")
    assert not told("shop")


def test_changes_of_a_package_are_only_information() -> None:
    missing = [{"app": "taggit", "text": "Alter field id on tag"}]
    [one] = of(rules.missing, {}, migrations={"missing": missing})

    assert one["severity"] == "info"


def test_an_app_with_tables_and_no_migrations_is_found() -> None:
    [one] = of(rules.without, {"shop": []})

    assert one["title"] == "shop has 1 model and no migrations"
    assert (one["file"], one["line"]) == ("shop/models.py", 4)


def test_of_an_app_without_migrations_nothing_is_said_twice() -> None:
    missing = [{"app": "shop", "text": "Create model Order"}]

    assert not of(rules.missing, {"shop": []}, migrations={"missing": missing})
    assert of(rules.missing, {"shop": [migration("0001")]}, migrations={"missing": missing})


def test_apps_without_tables_need_no_migrations() -> None:
    own = [
        app("views"),
        app("proxies", model("proxies.Mine", proxy=True)),
        app("views_of_a_database", model("views_of_a_database.Row", managed=False)),
        app("package", model("package.Tag"), path=None),
    ]

    assert not of(rules.without, {}, own=own)


def test_migrations_that_are_elsewhere_are_not_missed() -> None:
    assert not of(rules.without, {}, settings=settings(MIGRATION_MODULES={"shop": None}))


def test_an_app_that_evolves_without_migrations_is_not_told() -> None:
    own = [app("shop", model("shop.Order")), app("django_evolution", path=None)]

    assert not of(rules.without, {"shop": []}, own=own)


def test_two_leaves_stand_at_the_newer_file() -> None:
    conflict = {"app": "shop", "leaves": ["0002_a", "0002_b"]}
    [one] = of(
        rules.conflicts,
        {"shop": [migration("0002_a"), migration("0002_b")]},
        migrations={"conflicts": [conflict]},
    )

    assert one["file"] == "shop/migrations/0002_b.py"
    assert len(one["evidence"]) == 2
