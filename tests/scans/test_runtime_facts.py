"""What a report tells of one running project, fact by fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.models import Workspace
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path
from tests.scans.version_project import FILES, make_project, run

pytestmark = [pytest.mark.projects, pytest.mark.django_db(transaction=True)]


def opened(root: Path) -> Workspace:
    workspace = open_path(root)
    trust.grant(workspace)
    return workspace


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    return make_project(tmp_path / "depot", "5.2")


@pytest.fixture
def report(depot: Path) -> dict[str, Any]:
    found: dict[str, Any] = scan(opened(depot)).report
    return found


def model(report: dict[str, Any], label: str) -> dict[str, Any]:
    models = [one for app in report["apps"] for one in app["models"]]
    return dict(next(one for one in models if one["label"] == label))


def field(report: dict[str, Any], label: str, name: str) -> dict[str, Any]:
    return dict(next(one for one in model(report, label)["fields"] if one["name"] == name))


def line_of(file: str, text: str) -> int:
    return 1 + FILES[file][: FILES[file].index(text)].count("\n")


def some(entry: dict[str, Any], *names: str) -> list[Any]:
    return [entry[name] for name in names]


def test_a_model_with_all_that_its_meta_says(report: dict[str, Any]) -> None:
    good = model(report, "goods.Good")

    assert good["verbose_name"] == "good"
    assert good["docstring"] == "A thing on a shelf."
    assert good["abstract_bases"] == ["goods.models.Stamped"]
    assert good["ordering"] == ["-amount"]
    assert good["unique_together"] == [["size", "amount"]]
    assert some(good["indexes"][0], "name", "fields") == ["by_size", ["size", "-amount"]]
    assert some(good["constraints"][0], "name", "kind", "fields") == [
        "once",
        "unique",
        ["amount", "owner"],
    ]
    assert good["managers"] == [{"name": "objects", "class": "django.db.models.manager.Manager"}]
    assert good["admin"] == {
        "class": "goods.admin.GoodAdmin",
        "file": "goods/admin.py",
        "line": line_of("goods/admin.py", "class GoodAdmin"),
    }
    assert some(good, "file", "line") == [
        "goods/models.py",
        line_of("goods/models.py", "class Good("),
    ]


def test_inheritance(report: dict[str, Any]) -> None:
    assert model(report, "goods.Crate")["bases"] == ["goods.Good"]
    heavy = model(report, "goods.Heavy")
    assert some(heavy, "proxy", "bases", "fields") == [True, ["goods.Crate"], []]
    assert model(report, "goods.Old")["managed"] is False
    assert model(report, "goods.Good_likes")["auto_created"] is True
    assert model(report, "auth.User")["swapped"] is True


def test_fields(report: dict[str, Any]) -> None:
    size = field(report, "goods.Good", "size")
    assert some(size, "max_length", "choices", "default", "default_text", "help_text") == [
        *(1, 2, "value", "'s'", "Big?")
    ]
    amount = field(report, "goods.Good", "amount")
    assert some(amount, "db_column", "db_index", "default", "default_text") == [
        *("number", True, "callable", "goods.models.start")
    ]
    assert amount["column_type"] == "integer"
    assert amount["line"] == line_of("goods/models.py", "amount =")
    owner = field(report, "goods.Good", "owner")
    assert some(owner, "to", "on_delete", "related_name", "null") == [
        *("people.Person", "SET_NULL", "goods", True)
    ]
    assert field(report, "goods.Good", "similar")["through"] == "goods.Likeness"
    created = field(report, "goods.Good", "created")
    assert some(created, "inherited", "editable", "line") == [
        *(True, False, line_of("goods/models.py", "created ="))
    ]


def urls(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["route"]: one for one in report["urls"]}


def test_urls_with_what_stands_before_their_views(report: dict[str, Any]) -> None:
    found = urls(report)

    guarded = found["goods/"]
    assert some(guarded, "name", "view", "namespaces", "app") == [
        *("store:list", "goods.views.guarded", ["store"], "goods")
    ]
    assert guarded["decorators"] == ["login_required", "permission_required:goods.view_good"]
    assert some(guarded, "file", "line") == [
        *("goods/urls.py", line_of("goods/urls.py", "views.guarded"))
    ]
    assert some(guarded, "view_file", "view_line") == [
        *("goods/views.py", line_of("goods/views.py", "def guarded"))
    ]
    assert [(one["text"], one["file"]) for one in guarded["parts"]] == [
        ("goods/", "depot/urls.py"),
        ("", "goods/urls.py"),
    ]
    send = found["goods/send/"]
    assert some(send, "methods", "decorators", "name") == [
        *(["POST"], ["csrf_exempt", "require_http_methods"], None)
    ]
    detail = found["goods/<int:pk>/"]
    assert some(detail, "view", "methods", "decorators") == [
        *("goods.views.Detail", ["GET", "OPTIONS"], ["permission_required:goods.change_good"])
    ]
    assert detail["parts"][1]["converters"] == {"pk": "django.urls.converters.IntConverter"}
    assert found[""]["view"] == "goods.views._index"
    assert found["en/about/"]["parts"][0]["kind"] == "locale"
    old = found["^old/(?P<pk>[0-9]+)/$"]
    assert some(old, "default_args", "generated") == [{"old": "True"}, None]
    assert found["admin/login/"]["generated"] == "admin.site.urls"


def test_settings_without_their_secrets(report: dict[str, Any]) -> None:
    changed = {one["name"]: one for one in report["settings"]["changed"]}
    shown = ("value", "redacted", "reason")

    assert some(changed["SECRET_KEY"], *shown) == [None, True, "name"]
    assert some(changed["CACHE_ADDRESS"], *shown) == [None, True, "url"]
    databases = changed["DATABASES"]
    assert databases["value"]["default"]["PASSWORD"] == "[redacted: PASSWORD]"
    assert set(databases["value"]["default"]) == {"ENGINE", "NAME", "PASSWORD"}
    assert some(changed["DEBUG"], *shown, "default", "custom") == [True, False, None, False, False]
    assert changed["OWN_NUMBERS"]["custom"] is True
    assert changed["OWN_NUMBERS"]["value"] == {"1": [2, 3], "half": 0.5, "nan": "nan"}
    assert some(changed["DEBUG"], "file", "line") == [
        *("depot/settings.py", line_of("depot/settings.py", "DEBUG"))
    ]
    assert report["settings"]["modules"] == [
        {"module": "depot.settings", "file": "depot/settings.py"}
    ]
    for secret in ("f3!k2m9q", "hunter2", "mkl3!fe2"):
        assert secret not in str(report)


def test_a_secret_that_is_in_no_file_is_not_in_the_report_either(depot: Path) -> None:
    settings = depot / "depot" / "settings.py"
    settings.write_text(
        settings.read_text()
        + "import hashlib\nSECRET_KEY = hashlib.sha256(b'seed').hexdigest()\n"
        + "BANNER = 'the key is ' + SECRET_KEY\n"
    )
    import hashlib

    report = scan(opened(depot)).report

    secret = hashlib.sha256(b"seed").hexdigest()
    assert secret not in str(report)
    banner = next(one for one in report["settings"]["changed"] if one["name"] == "BANNER")
    assert some(banner, "value", "reason") == [
        *("the key is [redacted: SECRET_KEY]", "known secret")
    ]


def test_migrations_and_what_the_databases_know_of_them(
    depot: Path, unchanged: Callable[[Path], None]
) -> None:
    run(depot, depot / ".venv/bin/python", "migrate", "people", "0001")
    unchanged(depot)
    report = scan(opened(depot)).report

    found = {one["name"]: one for one in report["migrations"]["apps"]["goods"]}
    assert found["0001_initial"]["applied_on"] == {"default": False, "archive": None}
    [people] = report["migrations"]["apps"]["people"]
    assert people["applied"] is True
    assert ["auth", "0012_alter_user_first_name_max_length"] in people["dependencies"]
    assert some(people["operations"][0], "kind", "text", "model") == [
        *("CreateModel", "Create model Person", "Person")
    ]
    assert report["migrations"]["missing"] == [
        {"app": "people", "text": "Add field nickname to person"}
    ]
    archive = next(one for one in report["databases"] if one["alias"] == "archive")
    assert some(archive, "engine", "reachable", "error") == [
        *("sqlite3", False, "its file does not exist yet")
    ]


def test_the_parts_around_requests(report: dict[str, Any]) -> None:
    assert report["middleware"][1] == "django.middleware.locale.LocaleMiddleware"
    [engine] = report["templates"]["engines"]
    assert some(engine, "dirs", "app_dirs") == [["templates"], True]
    assert some(report["static_files"], "url", "dirs") == ["/static/", ["assets"]]


def test_admin_signals_commands_and_distributions(report: dict[str, Any]) -> None:
    admin = next(one for one in report["admin"] if one["model"] == "goods.Good")
    assert some(admin, "list_display", "list_select_related") == [
        *(["size", "owner", "shown"], ["owner"])
    ]
    [signal] = [one for one in report["signals"] if one["receiver"] == "goods.apps.saved"]
    assert signal == {
        "signal": "django.db.models.signals.post_save",
        "receiver": "goods.apps.saved",
        "sender": "goods.Good",
        "file": "goods/apps.py",
        "line": line_of("goods/apps.py", "def saved"),
    }
    command = next(one for one in report["commands"] if one["name"] == "count_goods")
    assert command == {
        "name": "count_goods",
        "app": "goods",
        "file": "goods/management/commands/count_goods.py",
        "line": line_of("goods/management/commands/count_goods.py", "class Command"),
        "help": "Counts what there is.",
    }
    versions = {one["name"]: one["version"] for one in report["distributions"]}
    assert versions["Django"].startswith("5.2")


@pytest.mark.parametrize("tier", ["copy-on-write", "write-blocked", "shadow"])
def test_each_tier_tells_the_same(
    depot: Path, tier: str, monkeypatch: pytest.MonkeyPatch, unchanged: Callable[[Path], None]
) -> None:
    from inspector_app.runs import create

    unchanged(depot)
    workspace = opened(depot)
    usual = scan(workspace).report
    monkeypatch.setattr(create, "asked_tier", lambda _asked: tier)
    report = scan(workspace).report

    assert report["sandbox"]["tier"] == tier
    for key in ("apps", "relations", "migrations", "urls", "settings", "admin", "signals"):
        assert report[key] == usual[key], key
    assert "scratch" not in str({**report, "attempted_writes": None})
