"""A project of two apps, for what static reading makes of models, beside what Django does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inspector_app.scans.static.reading import StaticReading
from tests.projects import MANAGE_PY
from tests.scans.asking import answer, ask_django, read

SETTINGS = """
SECRET_KEY = "not-a-secret"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop", "library"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
AUTH_USER_MODEL = "shop.Person"
USE_TZ = True
"""
PERSON = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.conf import settings
from django.db import models

class Person(AbstractUser):
    pass

class Tag(models.Model):
    name = models.CharField(max_length=3)
"""


def make(root: Path, models: str, settings: str = "", **others: str) -> Path:
    files = {
        "manage.py": MANAGE_PY.format(settings="conf"),
        "conf.py": SETTINGS + settings,
        "shop/__init__.py": "",
        "shop/models.py": PERSON + models,
        "library/__init__.py": "",
        "library/models.py": "",
    } | {f"{name.replace('__', '/')}.py": text for name, text in others.items()}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def agrees(root: Path) -> StaticReading:
    """Reads the project, and finds what Django finds."""
    reading = read(root, "conf")
    known, said = answer(reading), ask_django(root, "conf")
    assert known.models == said.models
    assert known.fields == said.fields
    assert known.relations == said.relations
    return reading


def notes(reading: StaticReading) -> list[str]:
    found: list[str] = reading.sections["models"]["notes"]
    return found


def labels(reading: StaticReading) -> set[str]:
    return {one["label"] for one in reading.models.models.get("shop", [])}


def relations(reading: StaticReading, model: str) -> dict[str, Any]:
    return {one["field"]: one["to"] for one in reading.models.relations if one["from"] == model}
