"""Admins, receivers, commands and tasks that the project's own code declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.static.reading import StaticReading, read_project
from tests.scans.asking import read
from tests.workspaces.layouts import make_manage_py

FILES = {
    "conf.py": "INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'shop']\n",
    "shop/__init__.py": "",
    "shop/models.py": """
from django.db import models

class Item(models.Model):
    name = models.CharField(max_length=9)

class Order(models.Model):
    item = models.ForeignKey(Item, models.CASCADE)
""",
    "shop/admin.py": """
from django.contrib import admin
from django.contrib.admin import register
from . import models
from .models import Order as Bought

class ItemInline(admin.TabularInline):
    model = models.Item

class Base(admin.ModelAdmin):
    list_filter = ["name", ("item", admin.RelatedOnlyFieldListFilter)]

@admin.register(models.Item)
class ItemAdmin(Base):
    list_display = ["name", "__str__"]
    list_select_related = ("order",)
    inlines = [ItemInline]

admin.site.register(Bought)
""",
    "shop/signals.py": """
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from .models import Item

@receiver([post_save, pre_delete], sender=Item)
def changed(sender, **kwargs):
    pass

def gone(sender, **kwargs):
    pass

pre_delete.connect(gone, sender="shop.Order")
socket.connect(gone)
""",
    "shop/tasks.py": """
import dramatiq
from celery import shared_task
from django_rq import job
from huey.contrib.djhuey import db_task
from .celery import app

@shared_task
def one(): pass

@shared_task(name="named.two")
def two(): pass

@app.task(bind=True)
def three(self): pass

@db_task()
def four(): pass

@dramatiq.actor
def five(): pass

@job("high")
def six(): pass

@staticmethod
def none(): pass
""",
    "shop/management/__init__.py": "",
    "shop/management/commands/__init__.py": "",
    "shop/management/commands/restock.py": """
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    help = "Orders what is missing."
""",
    "shop/tests/__init__.py": "",
    "shop/tests/test_signals.py": """
from django.db.models.signals import post_save
from django.dispatch import receiver

@receiver(post_save)
def never(sender, **kwargs): pass
""",
}


def make(root: Path, more: dict[str, str] | None = None) -> Path:
    make_manage_py(root, "conf")
    for name, text in {**FILES, **(more or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> StaticReading:
    return read(make(tmp_path_factory.mktemp("shop")), "conf")


def part(reading: StaticReading, name: str) -> Any:
    assert reading.sections[name]["ok"], reading.sections[name]
    return reading.parts[name]


def test_admins_with_what_they_show(reading: StaticReading) -> None:
    item, order = part(reading, "admin")

    assert item == {
        "model": "shop.Item",
        "site": "admin",
        "class": "shop.admin.ItemAdmin",
        "file": "shop/admin.py",
        "line": 14,
        "list_display": ["name", "__str__"],
        "list_filter": ["name", "item"],
        "search_fields": [],
        "raw_id_fields": [],
        "autocomplete_fields": [],
        "inlines": ["shop.admin.ItemInline"],
        "list_select_related": ["order"],
        "own_query": False,
    }
    assert (order["model"], order["class"], order["line"]) == (
        "shop.Order",
        "django.contrib.admin.options.ModelAdmin",
        19,
    )
    assert (order["list_display"], order["list_select_related"]) == (["__str__"], False)


def test_an_admin_from_another_file_is_not_taken_for_a_plain_one(tmp_path: Path) -> None:
    files = {
        "shop/options.py": "from django.contrib import admin\nclass Wide(admin.ModelAdmin):\n"
        "    list_display = ['item']\n",
        "shop/admin.py": "from django.contrib import admin\nfrom .models import Order\n"
        "from .options import Wide\nadmin.site.register(Order, Wide)\n",
    }

    [order] = part(read(make(tmp_path, files), "conf"), "admin")

    assert order["class"] == "shop.options.Wide"
    assert [order[name] for name in ("list_display", "list_select_related", "own_query")] == [
        *([], None, None)
    ]


@pytest.mark.parametrize(
    ("manager", "own"),
    [
        ("class Own(models.Manager):\n    def get_queryset(self): return 1", True),
        ("class Mixin(object): pass\nclass Own(Mixin, models.Manager): pass", False),
        ("Own = models.QuerySet.as_manager", False),
        ("Own = models.Manager.from_queryset(models.QuerySet)", None),
        ("from nowhere import Own", None),
    ],
)
def test_who_asks_for_the_rows_of_a_list(tmp_path: Path, manager: str, own: bool | None) -> None:
    text = (
        f"from django.db import models\n{manager}\nclass Item(models.Model):\n    objects = Own()"
    )
    files = {
        "shop/models.py": f"{text}\nclass Order(models.Model): pass\n",
        "shop/admin.py": "from django.contrib import admin\nfrom .models import Item\n"
        "admin.site.register(Item)\n",
    }

    [item] = part(read(make(tmp_path, files), "conf"), "admin")

    assert item["own_query"] is own


def test_a_model_knows_its_admin(reading: StaticReading) -> None:
    [item] = [one for one in reading.models.models["shop"] if one["name"] == "Item"]

    assert item["admin"] == {"class": "shop.admin.ItemAdmin", "file": "shop/admin.py", "line": 14}


def test_receivers_of_signals(reading: StaticReading) -> None:
    found = [(one["signal"], one["receiver"], one["sender"]) for one in part(reading, "signals")]
    signals = "django.db.models.signals"

    assert found == [
        (f"{signals}.post_save", "shop.signals.changed", "shop.Item"),
        (f"{signals}.pre_delete", "shop.signals.changed", "shop.Item"),
        (f"{signals}.pre_delete", "shop.signals.gone", "shop.Order"),
    ]


def test_tasks_of_every_queue(reading: StaticReading) -> None:
    found = [(one["kind"], one["name"]) for one in part(reading, "tasks")]

    assert found == [
        ("celery", "shop.tasks.one"),
        ("celery", "named.two"),
        ("celery", "shop.tasks.three"),
        ("huey", "shop.tasks.four"),
        ("dramatiq", "shop.tasks.five"),
        ("rq", "shop.tasks.six"),
    ]


def test_commands_of_apps_and_django(reading: StaticReading) -> None:
    found = {one["name"]: one for one in part(reading, "commands")}

    assert found["restock"] == {
        "name": "restock",
        "app": "shop",
        "file": "shop/management/commands/restock.py",
        "line": 4,
        "help": "Orders what is missing.",
    }
    assert found["migrate"]["app"] == "django.core"
    assert found["createsuperuser"]["app"] == "django.contrib.auth"


def test_a_file_with_a_syntax_error_takes_nothing_else_with_it(tmp_path: Path) -> None:
    root = make(tmp_path, {"shop/broken.py": "@receiver(\nclass x\n"})
    found = read(root, "conf")

    assert found.sections["admin"]["error"] == "shop/broken.py has a syntax error in line 1"
    assert len(found.parts["signals"]) == 3
    assert found.sections["commands"]["ok"]


def test_an_app_of_five_thousand_files_is_read(tmp_path: Path) -> None:
    root = make(tmp_path)
    for number in range(5_000):
        (root / "shop" / f"module_{number}.py").write_text("VALUE = 1\n")
    found = read_project(root, Path("manage.py"), "conf", [])

    assert len(found.parts["signals"]) == 3
    assert sum(section["seconds"] for section in found.sections.values()) < 10


def test_links_are_not_followed_in_circles(tmp_path: Path) -> None:
    root = make(tmp_path)
    (root / "shop" / "again").symlink_to(root / "shop")
    (root / "shop" / "out").symlink_to("/")

    assert len(read(root, "conf").parts["signals"]) == 3


def test_a_folder_of_a_great_many_other_files_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.scans.static.declared.own_files._ENTRIES_LIMIT", 500)
    root = make(tmp_path)
    (root / "pictures").mkdir()
    for number in range(600):
        (root / "pictures" / f"{number}.jpg").touch()
    found = read(root, "conf")

    assert any("more files than" in note for note in found.sections["signals"]["notes"])
    assert len(found.parts["signals"]) == 3


def test_very_deep_folders_are_read(tmp_path: Path) -> None:
    root = make(tmp_path)
    folder = root / "shop"
    for _ in range(60):
        folder = folder / "d"
        folder.mkdir()
        (folder / "__init__.py").touch()
    (folder / "signals.py").write_text(FILES["shop/signals.py"])

    assert len(read(root, "conf").parts["signals"]) == 6
