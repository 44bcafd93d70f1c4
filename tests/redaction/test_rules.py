"""Which names and which values count as secret."""

from __future__ import annotations

import pytest
from django.views.debug import SafeExceptionReporterFilter

from inspector_app.redaction.names import HIDDEN, Strength, strength
from inspector_app.redaction.secret import Secret
from inspector_app.redaction.shapes import looks_secret


def test_the_names_are_django_s() -> None:
    django = SafeExceptionReporterFilter.hidden_settings

    assert (HIDDEN.pattern, HIDDEN.flags) == (django.pattern, django.flags)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SECRET_KEY", Strength.STRONG),
        ("AWS_S3_SECRET_ACCESS_KEY", Strength.STRONG),
        ("SECRET_KEY_FALLBACKS", Strength.STRONG),
        ("client_secret", Strength.STRONG),
        ("clientSecret", Strength.STRONG),
        ("api_key", Strength.STRONG),
        ("API_ID", Strength.WEAK),
        ("AUTHORS", Strength.WEAK),
        ("AUTH_USER_MODEL", Strength.NONE),
        ("TOKEN_URL", Strength.NONE),
        ("key", Strength.NONE),
        ("foreign_key", Strength.NONE),
        ("KeyError", Strength.NONE),
        ("DEBUG", Strength.NONE),
    ],
)
def test_a_name(name: str, expected: Strength) -> None:
    assert strength(name) is expected


@pytest.mark.parametrize(
    "value",
    [
        "hunter2-hunter2",
        "p4ssw0rd",
        "correct-horse-battery-staple",
        "correct horse battery staple five",
        "0123456789abcdef0123456789abcdef",
        "aVeryLongKeyOfLetters",
        "qWeRtYuIoP",
        "SG.abc123def456ghi7.x",
        "$ecret&more",
    ],
)
def test_a_value_that_is_replaced_wherever_it_stands(value: str) -> None:
    assert looks_secret(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "test",
        "localhost",
        "password",
        "postgres",
        "not needed",
        "development",
        "xxxxxxxxxxxxxxxx",
        "20241128120000",
        "127.0.0.1:6379",
        "api.example.com",
        "https://api.example.com/v1/",
        "shop.tokens.TokenBackend",
        "rest_framework.authentication",
        "/var/lib/shop/keys/",
        "keys/private.pem",
        "STRIPE_SECRET_KEY",
        "jane.doe@example.com",
        "change me",
    ],
)
def test_a_value_that_is_only_replaced_beside_its_name(value: str) -> None:
    assert not looks_secret(value)


def test_a_secret_does_not_show_itself() -> None:
    assert "hunter2" not in repr([Secret("PASSWORD", "hunter2")])
