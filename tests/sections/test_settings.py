from __future__ import annotations

from typing import Any

import pytest

from inspector_app.sections.setting_advice import advice
from inspector_app.sections.setting_topics import topic
from inspector_app.sections.setting_values import shown_value, summary
from inspector_app.sections.settings import NOT_SET, fitting, groups, kind_counts, setting_rows


def setting(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "value": value, "redacted": False, **more}


def check(identifier: str, message: str, obj: str | None = None) -> dict[str, Any]:
    return {"id": identifier, "level": "warning", "msg": message, "hint": "", "obj": obj}


REPORT: dict[str, Any] = {
    "settings": {
        "changed": [
            setting("DEBUG", True, custom=False, file="shop/settings.py", line=4),
            setting("SECRET_KEY", None, redacted=True, reason="name", custom=False),
            setting("SHOP_NAME", "Velo", custom=True),
            setting("ROOT_URLCONF", "shop.urls", custom=True),
            setting("SHOP_DSN", "x://[redacted: password]@h", redacted=True, reason="url"),
        ]
    },
    "checks": {
        "default": [],
        "deploy": [
            check("security.W018", "You should not have DEBUG set to True in deployment."),
            check(
                "security.W016", "You have X in your MIDDLEWARE, but not CSRF_COOKIE_SECURE. Why."
            ),
            check("shop.W001", "SHOP_NAME is odd."),
            check("fields.W340", "DEBUG is named here.", "orders.Order.tags"),
        ],
    },
}


def test_settings_are_grouped_by_what_they_are_about() -> None:
    named = [(topic, [row.name for row in rows]) for topic, rows in groups(setting_rows(REPORT))]

    assert named == [
        ("Core", ["DEBUG", "ROOT_URLCONF", "SHOP_DSN"]),
        ("Security", ["SECRET_KEY"]),
        (NOT_SET, ["CSRF_COOKIE_SECURE"]),
        ("The project's own", ["SHOP_NAME"]),
    ]


def test_advice_stands_at_the_setting_that_it_is_about() -> None:
    rows = {row.name: row for row in setting_rows(REPORT)}

    assert [one.id for one in rows["DEBUG"].advice] == ["security.W018"]
    assert [one.id for one in rows["SHOP_NAME"].advice] == ["shop.W001"]
    assert rows["CSRF_COOKIE_SECURE"].advice[0].short.endswith("but not CSRF_COOKIE_SECURE.")
    assert not rows["CSRF_COOKIE_SECURE"].is_set


def test_a_result_about_a_model_is_no_advice_on_a_setting() -> None:
    assert advice([check("x.W1", "DEBUG", "orders.Order")], {"DEBUG"}) == {}


def test_the_reason_why_a_value_is_redacted_is_told() -> None:
    rows = {row.name: row for row in setting_rows(REPORT)}

    assert rows["SECRET_KEY"].hidden
    assert rows["SECRET_KEY"].reason == "its name says that it is secret"
    assert not rows["SHOP_DSN"].hidden
    assert rows["SHOP_DSN"].reason == "a password in an address"


def test_rows_are_counted_and_filtered_by_kind_and_words() -> None:
    rows = setting_rows(REPORT)

    assert kind_counts(rows) == [
        ("django", "Django's", 5),
        ("own", "Project's own", 1),
        ("advised", "Advised", 3),
        ("redacted", "Redacted", 2),
    ]
    assert fitting(rows, {"kind": "own"}) == {"SHOP_NAME"}
    assert fitting(rows, {"q": "settings.py:4 true"}) == {"DEBUG"}
    assert fitting(rows, {"q": "velo"}) == {"SHOP_NAME"}


def test_a_report_without_checks_and_reasons_is_shown_as_far_as_it_goes() -> None:
    report = {
        "settings": {"changed": [setting("DEBUG", True), setting("KEY", None, redacted=True)]},
        "checks": {"default": None, "deploy": None},
    }

    assert [(row.name, row.reason) for row in setting_rows(report)][1] == (
        "KEY",
        "its name says that it is secret",
    )


@pytest.mark.parametrize(
    ("name", "custom", "expected"),
    [
        ("DEBUG", False, "Core"),
        ("CSRF_TRUSTED_ORIGINS", False, "Security"),
        ("DATABASE_ROUTERS", False, "Databases"),
        ("TIME_ZONE", False, "Internationalisation"),
        ("STATICFILES_DIRS", False, "Static files"),
        ("MEDIA_URL", False, "Files"),
        ("LOGIN_URL", False, "Authentication"),
        ("LOGGING", False, "Logging"),
        ("SESSION_ENGINE", False, "Sessions"),
        ("REST_FRAMEWORK", True, "The project's own"),
        ("ROOT_URLCONF", True, "Core"),
    ],
)
def test_a_topic(name: str, custom: bool, expected: str) -> None:
    assert topic(name, custom=custom) == expected


def test_a_value_is_read_as_python_in_one_line() -> None:
    assert shown_value(True).text == "True"
    assert shown_value(["a", None]).text == "['a', None]"
    assert shown_value("PosixPath('/srv/shop')").text == "PosixPath('/srv/shop')"
    assert shown_value("it's (fine)").text == '"it\'s (fine)"'


def test_a_long_value_can_be_opened() -> None:
    apps = [f"shop.apps.number{number}" for number in range(40)]
    shown = shown_value(apps)

    assert shown.text.endswith("…")
    assert shown.whole.count("\n") == 39
    assert summary(apps) == "40 entries"
    assert "more characters" in shown_value("x" * 30_000).whole
