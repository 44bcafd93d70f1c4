from __future__ import annotations

from typing import Any

import pytest

from inspector_app.scans.findings import checks, settings_values
from inspector_app.scans.findings.context import Context

from .reports import app, report, settings

Rule = Any


def rules_of(rule: Rule, module: str = "shop.settings", **more: Any) -> list[str]:
    return [one["rule"] for one in found(rule, module, **more)]


def found(rule: Rule, module: str = "shop.settings", **more: Any) -> list[dict[str, Any]]:
    read = report(**more)
    read["project"]["settings"] = module
    return list(rule(read, Context()))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"ALLOWED_HOSTS": ["*"]}, "any-host-allowed"),
        (
            {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]},
            "weak-password-hasher",
        ),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "mail-goes-nowhere"),
    ],
)
def test_what_hurts_on_a_server_is_told_of_a_server_s_settings(
    values: dict[str, Any], rule: str
) -> None:
    assert rules_of(settings_values.risks, settings=settings(**values)) == [rule]
    assert rules_of(settings_values.risks, settings=settings(DEBUG=True, **values)) == []
    assert rules_of(settings_values.risks, "shop.test_settings", settings=settings(**values)) == []


def test_a_finding_stands_where_the_setting_is_set() -> None:
    values = settings(USE_TZ=False, ALLOWED_HOSTS=["*"])
    [one] = found(settings_values.risks, settings=values)

    assert (one["file"], one["line"], one["object"]) == ("shop/settings.py", 2, "ALLOWED_HOSTS")


def test_the_debug_toolbar_belongs_to_developers() -> None:
    apps = [app("debug_toolbar", path=None)]

    assert rules_of(settings_values.risks, apps=apps) == ["debug-toolbar-installed"]
    assert rules_of(settings_values.risks, apps=apps, settings=settings(DEBUG=True)) == []


def test_every_origin_with_credentials() -> None:
    apps = [app("corsheaders", path=None)]
    values = settings(CORS_ALLOW_ALL_ORIGINS=True, CORS_ALLOW_CREDENTIALS=True)

    assert rules_of(settings_values.risks, apps=apps, settings=values) == [
        "cors-open-with-credentials"
    ]


def test_settings_that_source_text_alone_told_prove_nothing_about_a_server() -> None:
    read = report(settings=settings(ALLOWED_HOSTS=["*"]))
    read["sections"]["settings"]["source"] = "static"

    assert not list(settings_values.risks(read, Context()))


def test_debug_in_settings_that_are_called_production() -> None:
    on = settings(DEBUG=True)

    assert rules_of(settings_values.debug_on_a_server, "shop.settings.production", settings=on) == [
        "debug-in-production"
    ]
    assert rules_of(settings_values.debug_on_a_server, "shop.products.settings", settings=on) == []


@pytest.mark.parametrize(
    ("django", "name", "value", "severities"),
    [
        ("5.2.1", "USE_L10N", False, ["warning"]),
        ("5.2.1", "USE_L10N", True, ["info"]),
        ("4.2", "USE_L10N", False, []),
        ("5.1", "STATICFILES_STORAGE", "x.Storage", ["warning"]),
        ("5.0", "STATICFILES_STORAGE", "x.Storage", []),
        ("", "USE_L10N", False, []),
    ],
)
def test_a_setting_that_this_django_reads_no_more(
    django: str, name: str, value: Any, severities: list[str]
) -> None:
    read = report(settings=settings(**{name: value}))
    read["project"]["django"] = django

    told = list(settings_values.without_effect(read, Context()))

    assert [one["severity"] for one in told] == severities


def test_middleware_that_comes_too_late() -> None:
    late = [
        "django.middleware.common.CommonMiddleware",
        "corsheaders.middleware.CorsMiddleware",
    ]

    assert rules_of(settings_values.order_of_middleware, middleware=late) == ["middleware-order"]
    assert rules_of(settings_values.order_of_middleware, middleware=late[::-1]) == []


def check(identifier: str) -> dict[str, Any]:
    return {"id": identifier, "level": "warning", "msg": identifier, "hint": "", "obj": None}


def test_deployment_checks_of_a_developer_s_settings_are_one_piece_of_information() -> None:
    ran = {"default": [check("a.W1")], "deploy": [check("a.W1"), check("s.W2"), check("s.W3")]}

    [one] = found(checks.deploy, checks=ran, settings=settings(DEBUG=True))
    assert (one["severity"], one["rule"]) == ("info", "development-settings")
    assert "2 deployment checks" in one["title"]
    assert (one["file"], one["line"]) == ("shop/settings.py", 1)

    assert rules_of(checks.deploy, checks=ran) == ["deploy-check", "deploy-check"]


def test_a_check_that_says_the_same_of_every_view_is_one_finding() -> None:
    views = [check("api.W2") | {"msg": f"view {number}"} for number in range(11)]
    ran = {"default": [*views, check("a.W1")], "deploy": None}

    first, many = found(checks.default, checks=ran)

    assert first["title"] == "a.W1"
    assert many["title"] == "api.W2 is told 11 times, first: view 0"
    assert (many["severity"], len(many["evidence"])) == ("warning", 11)
    assert rules_of(checks.default, checks=ran | {"default": views[:10]}) == ["django-check"] * 10
