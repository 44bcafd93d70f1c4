"""What models compute: followed where the text tells it, and never guessed where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.static.reading import read_project
from tests.scans.asking import answer, read
from tests.scans.library_project import agrees, labels, make, notes, relations

KEY = "models.CASCADE, related_name='+'"


def test_relations_to_the_user_model_are_followed_however_it_is_named(tmp_path: Path) -> None:
    models = f"""
from library.users import User as Imported, name_of_user, user_model_name
import library.users

User = get_user_model()
Alias = User
NAME = "shop.Person"
OTHER = settings.AUTH_USER_MODEL
try:
    Tried = get_user_model()
except ImportError:
    from shop.models import Person as Tried

class Order(models.Model):
    a = models.ForeignKey(User, {KEY})
    b = models.ForeignKey(Alias, {KEY})
    c = models.ForeignKey(NAME, {KEY})
    d = models.ForeignKey(OTHER, {KEY})
    e = models.ForeignKey(Imported, {KEY})
    f = models.ForeignKey(user_model_name, {KEY})
    g = models.ForeignKey(name_of_user(), {KEY})
    h = models.ForeignKey(library.users.User, {KEY})
    j = models.ForeignKey(Tried, {KEY})
    i = models.ManyToManyField(User, related_name='+')
"""
    users = """
from django.contrib.auth import get_user_model as model
from django.conf import settings

def name_of_user():
    "The label."
    return getattr(settings, "AUTH_USER_MODEL", "auth.User")

user_model_name = name_of_user()
from django.apps import apps
User = apps.get_registered_model("shop", "Person")
"""
    reading = agrees(make(tmp_path, models, library__users=users))

    assert set(relations(reading, "shop.Order").values()) == {"shop.Person"}
    assert notes(reading) == []


def test_a_target_that_is_computed_is_not_invented(tmp_path: Path) -> None:
    models = f"""
def choose(): return "Tag" if settings.DEBUG else "Person"
chosen = choose()
if settings.DEBUG:
    Either = get_user_model()
else:
    from django.contrib.auth.models import Group as Either

class Order(models.Model):
    a = models.ForeignKey(chosen, {KEY})
    b = models.ForeignKey(choose(), {KEY})
    c = models.ForeignKey(settings.SHOP_TAG, {KEY})
    d = models.ManyToManyField(choose(), related_name='+')
    e = models.ForeignKey("shop.%s" % "Tag", {KEY})
    f = models.ForeignKey(Either, {KEY})
"""
    reading = read(make(tmp_path, models, "SHOP_TAG = 'Tag.shop'[::-1]\n"), "conf")

    assert relations(reading, "shop.Order") == dict.fromkeys("abcdef", "")
    fields = ", ".join(f"shop.Order.{name}" for name in "abcdef")
    assert notes(reading) == [f"the model pointed at is computed: {fields}"]
    assert labels(reading) == {
        "shop.Person",
        "shop.Person_groups",
        "shop.Person_user_permissions",
        "shop.Tag",
        "shop.Order",
    }


def test_options_that_the_settings_decide_are_decided(tmp_path: Path) -> None:
    models = """
MANAGED = False

class Shown(Tag):
    class Meta:
        proxy = "shop" in settings.INSTALLED_APPS

class Kept(Tag):
    class Meta:
        proxy = "gone" in settings.INSTALLED_APPS

class Base(models.Model):
    class Meta:
        abstract = bool(1)

class Table(Base):
    class Meta:
        managed = MANAGED
        db_table = f"{'x'}_table"
"""
    reading = agrees(make(tmp_path, models))

    assert notes(reading) == []
    assert [one["label"] for one in reading.models.abstract["shop"]] == ["shop.Base"]


def test_of_an_if_in_a_class_the_branch_that_is_taken_counts(tmp_path: Path) -> None:
    models = f"""
from typing import TYPE_CHECKING
import django
from django import VERSION as DJANGO_VERSION
from library import VERSION

class Order(models.Model):
    if VERSION >= (2, 0):
        new = models.ForeignKey(Tag, {KEY})
    else:
        old = models.ForeignKey(Tag, {KEY})
    if DJANGO_VERSION < (1, 8):
        ancient = models.CharField(max_length=3)
    elif django.VERSION[0] > 2:
        modern = models.CharField(max_length=3)
    if TYPE_CHECKING:
        hint = models.CharField(max_length=3)
    if "shop" in settings.INSTALLED_APPS and settings.USE_TZ:
        zone = models.CharField(max_length=3)
"""
    root = make(tmp_path, models)
    (root / "library" / "__init__.py").write_text("VERSION = (2, 1, 'final')\n")

    reading = agrees(root)

    [order] = [one for one in reading.models.models["shop"] if one["name"] == "Order"]
    assert [one["name"] for one in order["fields"]] == ["id", "new", "modern", "zone"]
    assert notes(reading) == []


def test_of_an_if_in_a_class_that_is_not_known_neither_branch_counts(tmp_path: Path) -> None:
    models = """
import os
import unknown

class Order(models.Model):
    if unknown.VERSION > (1, 0):
        a = models.IntegerField()
        both = models.IntegerField()
    else:
        b = models.IntegerField()
        both = models.IntegerField(null=True)
    if os.environ.get("SHOP_X"):
        c = models.IntegerField()
    else:
        d = models.IntegerField()
"""
    reading = read(make(tmp_path, models), "conf")

    [order] = [one for one in reading.models.models["shop"] if one["name"] == "Order"]
    assert [one["name"] for one in order["fields"]] == ["id", "both", "d"]
    assert notes(reading) == [
        "depends on the environment: shop.Order.c, shop.Order.d",
        "left out, as the condition is not known: shop.Order.a, shop.Order.b",
        "the condition is not known, and both branches declare it: shop.Order.both",
    ]


DEFAULTS = {
    "setdefault": """
    def __init__(self, **kwargs):
        kwargs.setdefault("to", "shop.Note")
        super().__init__(**kwargs)
""",
    "a parameter": """
    def __init__(self, to="shop.Note", **kwargs):
        super().__init__(to, **kwargs)
""",
    "what it hands on": """
    def __init__(self, *, checks=None, **kwargs):
        super().__init__(Note, **kwargs)
""",
    "an attribute": """
    default = "shop.Note"
    def __init__(self, *args, **kwargs):
        to = getattr(self, "default", None)
        if to and not args:
            kwargs.setdefault("to", to)
        super().__init__(*args, **kwargs)
""",
}


@pytest.mark.parametrize("body", DEFAULTS.values(), ids=DEFAULTS.keys())
def test_a_relation_points_at_what_its_class_makes_it_point_at(tmp_path: Path, body: str) -> None:
    models = f"""
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType

class Note(models.Model):
    content_type = models.ForeignKey(ContentType, {KEY})
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()

class Notes(GenericRelation):{body}

class MoreNotes(Notes):
    pass

class Order(models.Model):
    notes = MoreNotes()
"""
    reading = agrees(make(tmp_path, models))

    assert relations(reading, "shop.Order") == {"notes": "shop.Note"}


def test_a_condition_that_is_nested_too_deeply_is_not_known(tmp_path: Path) -> None:
    test = "not " * 900 + "settings.USE_TZ"
    models = f"class Order(models.Model):\n    if {test}:\n        a = models.IntegerField()\n"

    reading = read(make(tmp_path, models), "conf")

    assert "shop.Order" in labels(reading)


def test_a_class_of_tag_fields_points_at_its_tags_and_adds_the_way_back(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        """
from taggit.managers import TaggableManager
from taggit.models import GenericTaggedItemBase

class Labels(TaggableManager):
    pass

class Labelled(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE)

class Marked(models.Model):
    tag = models.ForeignKey(Tag, models.CASCADE)
    content_object = models.ForeignKey("Thing", models.CASCADE)

class Thing(models.Model):
    labels = Labels(through="shop.Labelled")
    marks = Labels(through="Marked")
""",
    )

    relations = answer(read_project(root, Path("manage.py"), "conf")).relations

    assert {one[1:4] for one in relations if one[0] == "shop.Thing"} == {
        ("shop.Tag", "labels", "m2m"),
        ("shop.Labelled", "tagged_items", "generic"),
        ("shop.Tag", "marks", "m2m"),
    }
