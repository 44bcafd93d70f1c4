"""Which classes are models: by their bases, read or not, and by what they hold."""

from __future__ import annotations

from pathlib import Path

from inspector_app.scans.static.reading import read_project
from tests.scans.asking import read
from tests.scans.library_project import agrees, labels, make, notes, relations


def test_fields_of_django_make_a_model_of_what_extends_one_that_cannot_be_read(
    tmp_path: Path,
) -> None:
    models = """
from lifecycle import LifecycleModel
from pydantic import BaseModel

class Base(LifecycleModel):
    key = models.UUIDField(primary_key=True)
    class Meta:
        abstract = True

class Thing(Base):
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

class Shape(BaseModel):
    name: str
"""
    reading = read(make(tmp_path, models), "conf")

    assert labels(reading) >= {"shop.Thing"}
    assert "shop.Shape" not in labels(reading)
    assert [one["label"] for one in reading.models.abstract["shop"]] == ["shop.Base"]
    assert notes(reading) == ["taken for models without their source: lifecycle.LifecycleModel"]


def test_a_config_that_extends_one_that_cannot_be_read_is_of_its_app(tmp_path: Path) -> None:
    config = "from gadgets.apps import GadgetsConfig\nclass Ours(GadgetsConfig):\n    size = 3\n"
    more = "INSTALLED_APPS += ['shop.apps.Ours']"
    reading = read(make(tmp_path, "", more, shop__apps=config), "conf")

    assert [(app.label, app.name) for app in reading.apps][2:] == [
        ("shop", "shop"),
        ("library", "library"),
        ("gadgets", "gadgets"),
    ]


def test_a_model_of_an_unknown_kind_is_left_out_and_named(tmp_path: Path) -> None:
    models = """
class Maybe(Tag):
    class Meta:
        proxy = unknown()

class Perhaps(models.Model):
    x = models.CharField(max_length=3)
    class Meta:
        abstract = settings.NOT_SET_HERE

class Child(Perhaps):
    y = models.CharField(max_length=3)
    class Meta:
        db_table = unknown()
"""
    reading = read(make(tmp_path, models), "conf")

    assert not labels(reading) & {"shop.Maybe", "shop.Perhaps"}
    [child] = [one for one in reading.models.models["shop"] if one["name"] == "Child"]
    assert (child["table"], relations(reading, "shop.Child")) == ("", {})
    assert notes(reading) == [
        "left out, as abstract is computed: shop.Perhaps",
        "left out, as proxy is computed: shop.Maybe",
        "the table's name is computed: shop.Child",
    ]


def test_bases_are_followed_through_assignments_and_calls(tmp_path: Path) -> None:
    models = """
User = get_user_model()

class Staff(User):
    desk = models.CharField(max_length=3)

def base():
    return Tag

class Sub(base()):
    x = models.IntegerField()
"""
    reading = agrees(make(tmp_path, models))

    assert relations(reading, "shop.Staff") == {"person_ptr": "shop.Person"}
    assert relations(reading, "shop.Sub") == {"tag_ptr": "shop.Tag"}


def test_what_may_be_a_model_by_a_base_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    models = """
from enum import Enum
from treebeard.mp_tree import MP_Node
import tools

class Page(MP_Node):
    title = models.CharField(max_length=3)

class Sub(tools.base()):
    x = models.IntegerField()

class Deeper(Page):
    y = models.IntegerField()

class Size(Enum):
    SMALL = 1

class Helper(tools.Thing):
    name = "no field"

class Written(tools.Serializer):
    z = models.IntegerField()
    class Meta:
        model = Tag
"""
    reading = read(make(tmp_path, models), "conf")

    assert not labels(reading) & {"shop.Page", "shop.Sub", "shop.Deeper", "shop.Helper"}
    assert notes(reading) == [
        "left out, as the base tools.base() is not known: shop.Sub",
        "left out, as the base treebeard.mp_tree.MP_Node is not known: shop.Deeper, shop.Page",
    ]


def test_an_installed_base_is_followed(tmp_path: Path) -> None:
    packages = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    (packages / "treebeard").mkdir(parents=True)
    (packages / "treebeard" / "__init__.py").touch()
    (packages / "treebeard" / "mp_tree.py").write_text(
        "from django.db import models\n\nclass MP_Node(models.Model):\n"
        "    path = models.CharField(max_length=255)\n    class Meta:\n        abstract = True\n"
    )
    models = "from treebeard.mp_tree import MP_Node\nclass Page(MP_Node):\n    pass\n"
    root = make(tmp_path / "p", models)

    reading = read_project(root, Path("manage.py"), "conf", [packages])

    [page] = [one for one in reading.models.models["shop"] if one["name"] == "Page"]
    assert [one["name"] for one in page["fields"]] == ["id", "path"]


def test_classes_of_other_frameworks_are_not_missed_as_models(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        """
from graphene import Field, ObjectType
from pydantic import BaseModel, Field as PField
from tree.nodes import Node

class OwnField(Field):
    pass

class Answer(ObjectType):
    shop = Field(str)
    other = OwnField(str)

class Letter(BaseModel):
    size: int = PField(alias="s")

class Branch(Node):
    name = models.CharField(max_length=3)
""",
    )

    notes = read_project(root, Path("manage.py"), "conf").sections["models"]["notes"]

    left_out = [note for note in notes if note.startswith("left out")]
    assert left_out == ["left out, as the base tree.nodes.Node is not known: shop.Branch"]
