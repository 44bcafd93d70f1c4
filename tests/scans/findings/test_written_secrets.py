from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from inspector_app.scans.findings.written_secrets import written_secrets

REAL = "k3y-9fH2-qLw8-zPt5-vB7n"


def names(root: Path, text: str) -> list[tuple[str, int]]:
    file = root / "settings.py"
    file.write_text(text)
    return [(one.name, one.line) for one in written_secrets(root, [file])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"SECRET_KEY = '{REAL}'\n", "SECRET_KEY"),
        (f"DATABASES = {{'default': {{'PASSWORD': '{REAL}'}}}}\n", "PASSWORD"),
        (f"EMAIL_HOST_PASSWORD: str = '{REAL}'\n", "EMAIL_HOST_PASSWORD"),
        ("AWS_ID = 'AKIAQ7ZJ5W2XKLMN3PRT'\n", "AWS_ID"),
        (f"DATABASE_URL = 'postgres://app:{REAL}@sql.shop.net/app'\n", "DATABASE_URL"),
        (f"CART_SESSION_KEY = '{REAL}'\n", "CART_SESSION_KEY"),
        ("LOCK_TOKEN = 'shop:q7-zz9:rebuild'\n", "LOCK_TOKEN"),
        ("PAYMENT_API_KEY = 'tulips-walk-home-early'\n", "PAYMENT_API_KEY"),
        ("ADMIN_PASSWORD = 'tulips-walk-home-early'\n", "ADMIN_PASSWORD"),
    ],
)
def test_a_real_looking_secret_is_found_with_its_line(tmp_path: Path, text: str, name: str) -> None:
    assert names(tmp_path, f"import os\n{text}") == [(name, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY = 'django-insecure-1v3!x9k2m$q8w5z7c4b6n0'\n",
        "SECRET_KEY = 'only-for-development-0f6c1d7be2'\n",
        "SECRET_KEY = 'not needed'\n",
        "SECRET_KEY = 'test'\n",
        f"SECRET_KEY = os.environ.get('SECRET_KEY', '{REAL}')\n",
        f"SECRET_KEY = os.environ['{REAL}']\n",
        "DATABASES = {'default': {'PASSWORD': 'postgres'}}\n",
        "DATABASE_URL = 'postgres://app:x9f8a7b6c5@localhost/app'\n",
        "PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']\n",
        "AUTH_TOKEN_URL = 'https://sso.shop.net/token'\n",
        "CACHE_KEY_PREFIX = 'shop-production-cache'\n",
        "CACHE = {'LOCATION': 'redis://:x9f8a7b6c5@cache:6379'}\n",
        "SHOP_BULK_CART_SESSION_KEY = 'bulk_cart_lines'\n",
        "SITE_CHOICES_CACHE_KEY = 'cms:site_choices'\n",
        "LOCK_TOKEN = 'shop:index:full-rebuild'\n",
        "LOWEST_RATED_KEY = 'ratings_lowestfirst'\n",
        "SESSION_SECOND_FACTOR_ID_KEY = '_second_factor_user_id'\n",
        "JWT = {'JWT_COOKIE_SIGNATURE': 'shop-jwt-cookie-signature'}\n",
        "CENSOR_TOKEN_CHANGED = '***CHANGED***'\n",
        "SECRET_KEY = 'replace-this-please'\n",
        "LABEL_KEY_CHARS = r'[\\w .\\-]'\n",
        "RATES = {'change_password': '1/m/user', 'reset_password': '1/m/ip,1/m/key'}\n",
        "THROTTLE_RATES = {'token': '1000/minute', 'password': '20/hour'}\n",
        "def f(:\n",
    ],
)
def test_placeholders_and_what_comes_from_outside_are_not(tmp_path: Path, text: str) -> None:
    assert names(tmp_path, text) == []


def test_a_file_that_git_ignores_is_told_apart(tmp_path: Path) -> None:
    for name in ("base.py", "local.py"):
        (tmp_path / name).write_text(f"SECRET_KEY = '{REAL}'\n")
    files = [tmp_path / "base.py", tmp_path / "local.py"]
    assert [one.committed for one in written_secrets(tmp_path, files)] == [None, None]

    for command in (["init", "-q"], ["add", "base.py"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)

    assert [one.committed for one in written_secrets(tmp_path, files)] == [True, False]


def test_files_of_packages_are_not_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "package" / "settings.py"
    file.parent.mkdir()
    file.write_text(f"SECRET_KEY = '{REAL}'\n")

    assert written_secrets(tmp_path / "project", [file]) == []
