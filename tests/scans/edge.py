"""A project that uses what makes models hard to read from text, file by file."""

from __future__ import annotations

from pathlib import Path

from tests.projects import MANAGE_PY

FILES = {
    "manage.py": MANAGE_PY.format(settings="edge.settings.dev"),
    "edge/__init__.py": "",
    "edge/settings/__init__.py": "",
    "edge/settings/base.py": """
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = "not-a-secret"
CONTRIB = ["django.contrib.auth", "django.contrib.contenttypes"]
INSTALLED_APPS = [
    *CONTRIB,
    "people.apps.PeopleConfig",
    "shop",
]
INSTALLED_APPS += ["stock"]
if os.environ.get("EDGE_EXTRA"):
    INSTALLED_APPS += ["django.contrib.sites"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DATABASES["archive"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
AUTH_USER_MODEL = "people.Person"
IMAGE_MODEL = "shop.Picture"
USE_TZ = True
""",
    "edge/settings/dev.py": """
from .base import *
from .base import INSTALLED_APPS as BASE_APPS

INSTALLED_APPS = BASE_APPS + ["shop.reviews"]
INSTALLED_APPS.append("legacy")
try:
    from .local import *
except ImportError:
    pass
""",
    "common/__init__.py": "",
    "common/models.py": """
from django.db import models

class Stamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        managed = True

class Money(models.DecimalField):
    pass

class Colour(models.CharField):
    pass

class Owner(models.ForeignKey):
    pass

class Options:
    db_table = "from_options"
""",
    "people/__init__.py": "",
    "people/apps.py": """
from django.apps import AppConfig

class BaseConfig(AppConfig):
    default = False

class PeopleConfig(BaseConfig):
    name = "people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    default = True
""",
    "people/models.py": """
from django.contrib.auth.models import AbstractUser
from django.db import models

class Person(AbstractUser):
    last_name = None
    friends = models.ManyToManyField("self", db_table="friendship")
    mentor = models.ForeignKey("self", models.SET_NULL, null=True)

class Staff(Person):
    badge: models.CharField = models.CharField(max_length=4)

class Guest(Person):
    person = models.OneToOneField(Person, models.CASCADE, parent_link=True)

class Active(Person):
    class Meta:
        proxy = True
""",
    "shop/__init__.py": "",
    "shop/apps.py": """
from django.apps import AppConfig

class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = "Shop"
""",
    "shop/models/__init__.py": "from .goods import *\nfrom . import orders as _orders\n",
    "shop/models/goods.py": """
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OneToOneField as One, TextChoices
from common.models import Colour, Money, Options, Owner, Stamped

Base = Stamped

class Size(TextChoices):
    SMALL = "s"

class Labelled:
    kind = models.CharField(max_length=3)

class Tag(models.Model):
    name = models.SlugField(primary_key=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    subject = GenericForeignKey()

class Picture(Base):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta(Stamped.Meta):
        db_table = "pictures"

class Good(Labelled, Base):
    price = Money(max_digits=5, decimal_places=2)
    colour = Colour(max_length=5)
    made_by = Owner(to="people.person", on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey(getattr(settings, "IMAGE_MODEL", "x.Y"), models.CASCADE)
    cover = One("Picture", models.CASCADE, related_name="+")
    tags = GenericRelation(Tag)
    similar = models.ManyToManyField("Good", through="Likeness", symmetrical=False)
    seen_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta(Options):
        pass

class Likeness(models.Model):
    one = models.ForeignKey(Good, models.CASCADE, related_name="+")
    other = models.ForeignKey("shop.Good", models.CASCADE, related_name="+")

    class Meta:
        order_with_respect_to = "one"
""",
    "shop/models/orders.py": """
from django.contrib.auth import get_user_model
from django.db import models
from . import goods

class Order(models.Model):
    buyer = models.ForeignKey(get_user_model(), models.CASCADE)
    goods = models.ManyToManyField(goods.Good)

    class Meta:
        managed = False
        db_table = "legacy_orders"

class Gift(Order):
    pass
""",
    "shop/reviews/__init__.py": "",
    "shop/reviews/models.py": """
from django.db import models
from ..models.goods import Good

try:
    import something_missing
except ImportError:
    class Review(models.Model):
        good = models.ForeignKey(Good, on_delete=models.CASCADE)

class Elsewhere(models.Model):
    class Meta:
        app_label = "shop"
""",
    "stock/__init__.py": "",
    "stock/models.py": "from stock.shelves import Shelf\nfrom stock.unused import helper\n",
    "stock/shelves.py": """
from django.db import models
import shop.models.goods

class Shelf(models.Model):
    goods = models.ManyToManyField("shop.good")
    first = models.ForeignKey(shop.models.goods.Good, models.CASCADE, related_name="+")

class NotAModel:
    name = models.CharField(max_length=3)
""",
    "stock/unused.py": "def helper():\n    pass\n",
    "legacy/__init__.py": "",
}


def make_edge_project(root: Path) -> Path:
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root
