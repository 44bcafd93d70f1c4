"""What is replaced without being known, and what looks alike and is left."""

from __future__ import annotations

import json

import pytest

from inspector_app.redaction.redactor import Redactor
from inspector_app.redaction.secret import Secret


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EMAIL_HOST_PASSWORD = 'a'", "EMAIL_HOST_PASSWORD = '[redacted: EMAIL_HOST_PASSWORD]'"),
        ("- TOKEN = b'a\\'b'", "- TOKEN = b'[redacted: TOKEN]'"),
        ("API_SECRET = None  ###", None),
        ("SECRET_KEY = ''", None),
        ("SECRETS = {'a': 'b'}  ###", "SECRETS = {'a': '[redacted: SECRETS]'}  ###"),
        (
            "{'KEYS': ('a', 'b'), 'x': 1}",
            "{'KEYS': ('[redacted: KEYS]', '[redacted: KEYS]'), 'x': 1}",
        ),
        ("{'PASSWORD': None, 'TOKEN': 5}", None),
        ('{\\"password\\": \\"abc\\"}', '{\\"password\\": \\"[redacted: password]\\"}'),
        ("TOKEN: a1b2c3d4e5", "TOKEN: [redacted: TOKEN]"),
        ("PGPASSWORD=abc psql", "PGPASSWORD=[redacted: PGPASSWORD] psql"),
        ("--api-key=abc123def", "--api-key=[redacted: --api-key]"),
        ("password='a'", "password='[redacted: password]'"),
        ("clientSecret: 'a'", "clientSecret: '[redacted: clientSecret]'"),
        ("Cookie: sessionid=a; b=c", "Cookie: [redacted: Cookie]"),
        ('"say Cookie: a=b", 1', '"say Cookie: [redacted: Cookie]", 1'),
        ("amqp://u:p%40s@h//v", "amqp://u:[redacted: password]@h//v"),
        ("a://u:p/w@h/x", "a://u:[redacted: password]@h/x"),
        ("https://u:p@h?q=a@b", "https://u:[redacted: password]@h?q=a@b"),
        ("glpat-abcdefghijklmnop_q", "[redacted: GitLab token]"),
        ("xoxb-123456789012-abc", "[redacted: Slack token]"),
        ("github_pat_11ABCDEFG0abcdefghijkl", "[redacted: GitHub token]"),
        ("key django-insecure-0123456789abcdef(x)", "key [redacted: SECRET_KEY]"),
        (
            "'-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\\n-----END'",
            "'-----BEGIN PRIVATE KEY-----[redacted: private key]-----END'",
        ),
    ],
)
def test_a_pattern(text: str, expected: str | None) -> None:
    assert Redactor().text(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    "text",
    [
        "AUTH_USER_MODEL = 'users.User'",
        "AUTHENTICATION_BACKENDS = ['django.contrib.auth.backends.ModelBackend']",
        "PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']",
        "PASSWORD_RESET_TIMEOUT = 3600",
        "CACHE_MIDDLEWARE_KEY_PREFIX = 'shop'",
        "WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = 'tests/password_required.html'",
        "API_BASE = 'https://api.example.com/v1'",
        "AUTHORS = 'Jane Doe and others'",
        "KeyError: 'orders'",
        "AuthenticationError: 'no'",
        "  Applying auth.0001_initial... OK",
        "?: (security.W009) Your SECRET_KEY has less than 50 characters",
        'CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY, "password" varchar(128));',
        "customer = models.ForeignKey(to='orders.Customer', primary_key=True)",
        "    for key, value in settings.items(): token = next(tokens)",
        "    return self.get(key=key, token=self.token, password=password)",
        '{"model": "sites.site", "key": "a", "author": "Jane", "keywords": "a, b"}',
        "http://localhost:8000/@jane/ and mailto:a@b.example",
        "GET /api/orders/?page=2&key=name",
        "http://[::1]:8000/ a@b",
        "task-live_test_sk",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PRIVATE KEY-----\nis how it starts, they say.\n",
        "SECRET_KEY = '[redacted: SECRET_KEY]'",
        "passed: 12, keys: 5, api: ok",
        "TOKEN: missing",
        "SECRET_KEY: (security.W009) Your SECRET_KEY is short",
        "",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    redactor = Redactor([Secret("PASSWORD", "test"), Secret("API_KEY", "localhost")])

    assert redactor.text(text) == text
    assert redactor.count == 0


@pytest.mark.parametrize(
    "value",
    [
        {"password": "a", "tokens": ["b", 1, {"c": "d"}], "secrets": {"e": ['f"g', None]}},
        {"text": 'Authorization: Bearer abc", and Cookie: a="b"', "after": "stays"},
        {"text": "token=abc123def\nand 'x", "secret": {"key": 5, "other": []}, "after": "stays"},
        {"url": 'a://u:p\\w"x@h and a://u:p\\@h/', "path": "C:\\keys\\", "after": "stays"},
        {"text": '{"api_key": "in a \\"string\\" of JSON"}', "after": "stays"},
    ],
)
def test_json_stays_json(value: dict[str, object]) -> None:
    data = json.dumps(value).encode()
    redactor = Redactor()
    filter_ = redactor.stream()
    result = json.loads(filter_.feed(data) + filter_.flush())

    assert list(result) == list(value)
    assert result.get("after") == value.get("after")
    assert redactor.count > 0


def test_data_is_redacted_in_every_text_and_nothing_else() -> None:
    redactor = Redactor([Secret("KEY", "s3cr3t-Value-1")])
    data = {"a": ["x s3cr3t-Value-1", 1, None], "s3cr3t-Value-1": True}

    assert redactor.data(data) == {"a": ["x [redacted: KEY]", 1, None], "s3cr3t-Value-1": True}
    assert redactor.count == 1
