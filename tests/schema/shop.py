"""A project with every kind of relation, and one with as many models as wanted."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import make_project

MODELS = """\
from django.contrib.auth.models import User
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80, unique=True)
    user = models.OneToOneField(User, models.CASCADE, null=True)


class Tag(models.Model):
    word = models.CharField(max_length=20)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()


class Product(models.Model):
    title = models.CharField(max_length=80)
    similar = models.ManyToManyField("self")
    tags = GenericRelation(Tag)


class Book(Product):
    isbn = models.CharField(max_length=13)


class OldBook(Book):
    class Meta:
        proxy = True


class Order(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders")
    products = models.ManyToManyField(Product)
    before = models.ForeignKey("self", models.SET_NULL, null=True)


class Ledger(models.Model):
    order = models.ForeignKey(Order, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "old ledger"
"""


def shop(folder: Path) -> Path:
    project = make_project(folder)
    (project / "orders" / "models.py").write_text(MODELS)
    return project


def generated(folder: Path, apps: int, models: int) -> Path:
    """A project of ``apps`` apps with ``models`` models each.

    Every model points to one before it in its app, most to a hub of it, some to another app.
    """
    project = make_project(folder)
    settings = project / "shop" / "settings.py"
    names = [f"part{number}" for number in range(apps)]
    listed = "".join(f"    {name!r},\n" for name in names)
    settings.write_text(
        settings.read_text().replace("INSTALLED_APPS = [", f"INSTALLED_APPS = [\n{listed}")
    )
    for number, name in enumerate(names):
        package = project / name
        package.mkdir()
        (package / "__init__.py").touch()
        classes = (_generated(number, index, apps, models) for index in range(models))
        (package / "models.py").write_text("from django.db import models\n" + "".join(classes))
    return project


def _generated(app: int, index: int, apps: int, models: int) -> str:
    lines = [f"\n\nclass Model{app}x{index}(models.Model):"]
    lines += [f"    text{one} = models.CharField(max_length=40)" for one in range(4)]
    if index:
        lines.append(
            f'    before = models.ForeignKey("Model{app}x{index * 2 // 3}", models.CASCADE)'
        )
    if index % 3 == 1:
        lines.append(f'    hub = models.ForeignKey("Model{app}x0", models.CASCADE)')
    if apps > 1 and index % 5 == 0:
        other = (app * 7 + index + 1) % apps
        lines.append(
            f'    other = models.ForeignKey("part{other}.Model{other}x{index % models}", '
            'models.CASCADE, related_name="+")'
        )
    return "\n".join(lines) + "\n"
