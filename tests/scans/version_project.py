"""A project for any Django from 3.2 on, with what a report tells, and an environment to run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CACHE, MANAGE_PY, base_python

# The oldest Python that DJDesk can ask, and one that is new enough, where the machine has them.
_NEW = ("3.12", "3.13", "3.14")
PYTHONS = {"3.2": ("3.8", "3.9"), "4.2": ("3.9", "3.10"), "6.0": _NEW, "6.1": _NEW}
# Versions that the Python of these tests may be too old for.
REQUIRED = {"6.0": (3, 12), "6.1": (3, 12)}

FILES = {
    "manage.py": MANAGE_PY.format(settings="depot.settings"),
    "depot/__init__.py": "",
    "depot/settings.py": """
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "f3!k2m9q#x8v7b6n5_secret_of_the_depot"
DEBUG = True
ALLOWED_HOSTS = ["depot.example"]
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    "goods.apps.GoodsConfig", "people",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "depot.urls"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE_DIR / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3",
                "PASSWORD": "hunter2-and-more"},
    "archive": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "archive.sqlite3"},
}
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["fields.W340"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "assets"]
CACHE_ADDRESS = "redis://someone:mkl3!fe2-9xq@cache.example/1"
OWN_NUMBERS = {1: (2, 3), "half": 0.5, "nan": float("nan")}
LANGUAGE_CODE = "en"
USE_TZ = True
""",
    "depot/urls.py": """
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from goods import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.index, name="index"),
    path("goods/", include("goods.urls", namespace="store")),
    path("goods2/", include(("goods.urls", "goods"), namespace="store2")),
    re_path(r"^old/(?P<pk>[0-9]+)/$", views.Detail.as_view(), {"old": True}, name="old"),
    path("<slug:word>/", include([path("x/<int:pk>/", views.guarded)])),
]
urlpatterns += i18n_patterns(path("about/", views.index, name="about"))
""",
    "goods/__init__.py": "",
    "goods/apps.py": """
from django.apps import AppConfig
from django.db.models.signals import post_save


def saved(sender, **kwargs):
    pass


class GoodsConfig(AppConfig):
    name = "goods"
    label = "goods"
    verbose_name = "Goods"

    def ready(self):
        post_save.connect(saved, sender="goods.Good")
""",
    "goods/models.py": '''
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Stamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Tag(models.Model):
    name = models.SlugField(primary_key=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    subject = GenericForeignKey()


def start():
    return 5


class Good(Stamped):
    """A thing on a shelf.

    More about it.
    """

    SIZES = [("s", "small"), ("l", "large")]
    size = models.CharField("the size", max_length=1, choices=SIZES, default="s", help_text="Big?")
    amount = models.IntegerField(default=start, db_index=True, db_column="number")
    owner = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="goods")
    tags = GenericRelation(Tag)
    likes = models.ManyToManyField("people.Person", null=True)
    similar = models.ManyToManyField("self", through="Likeness")

    class Meta:
        ordering = ["-amount"]
        unique_together = [("size", "amount")]
        indexes = [models.Index(fields=["size", "-amount"], name="by_size")]
        constraints = [
            models.UniqueConstraint(fields=["amount", "owner"], name="once"),
            # What SQLite does not have; Django's checks say so since 6.1 without being asked.
            models.UniqueConstraint(
                fields=["size", "owner"], name="late", deferrable=models.Deferrable.DEFERRED
            ),
        ]


class Likeness(models.Model):
    one = models.ForeignKey(Good, models.CASCADE, related_name="+")
    other = models.ForeignKey(Good, models.CASCADE, related_name="+")

    class Meta:
        order_with_respect_to = "one"


class Crate(Good):
    weight = models.FloatField()


class Heavy(Crate):
    class Meta:
        proxy = True


class Old(models.Model):
    class Meta:
        managed = False
        db_table = "old_goods"
''',
    "goods/admin.py": """
from django.contrib import admin

from .models import Good


@admin.register(Good)
class GoodAdmin(admin.ModelAdmin):
    list_display = ["size", "owner", "shown"]
    list_select_related = ["owner"]

    def shown(self, good):
        return good.amount
""",
    "goods/urls.py": """
from django.urls import path

from . import views

app_name = "goods"
urlpatterns = [
    path("", views.guarded, name="list"),
    path("<int:pk>/", views.Detail.as_view(), name="detail"),
    path("send/", views.send),
]
""",
    "goods/views.py": """
from functools import partial, wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import View


def logged(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)
    return inner


def _index(request, how, **kwargs):
    return HttpResponse()


index = partial(_index, how="plain")


@login_required
@permission_required("goods.view_good")
@logged
def guarded(request, **kwargs):
    return HttpResponse()


@csrf_exempt
@require_POST
def send(request):
    return HttpResponse()


class Detail(PermissionRequiredMixin, View):
    permission_required = "goods.change_good"

    def get(self, request, **kwargs):
        return HttpResponse()
""",
    "goods/management/__init__.py": "",
    "goods/management/commands/__init__.py": "",
    "goods/management/commands/count_goods.py": """
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Counts what there is."
""",
    "people/__init__.py": "",
    "people/models.py": """
from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    friends = models.ManyToManyField("self")
""",
}


def make_project(folder: Path, version: str) -> Path:
    """The project in ``folder``, with a ``.venv`` that has the Django ``version``."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (folder / "assets").mkdir()
    python = make_environment(folder / ".venv", version)
    for app in ("people", "goods"):
        run(folder, python, "makemigrations", app)
    run(folder, python, "migrate", "contenttypes")
    # One change that has no migration yet.
    models = folder / "people" / "models.py"
    models.write_text(models.read_text() + "    nickname = models.CharField(max_length=9)\n")
    return folder


def make_environment(folder: Path, version: str, python: str = "") -> Path:
    """A virtual environment with nothing but that Django, which is installed once and linked.

    Skips the test on a machine without the ``python`` that is asked for, or that Django needs.
    """
    base = _find(python) if python else _python(version)
    if not base:
        pytest.skip(f"there is no Python {python or 'that is new enough'} here")
    options = ["--without-pip", str(folder)]
    subprocess.run([base, "-m", "venv", *options], check=True, stdin=subprocess.DEVNULL)
    packages = next((folder / "lib").glob("python3.*")) / "site-packages"
    needed = [django(version), *_companions()]
    (packages / "django.pth").write_text("".join(f"{one}\n" for one in needed))
    info = next(needed[0].glob("[dD]jango-*.dist-info"))
    shutil.copytree(info, packages / info.name)
    return folder / "bin" / "python"


def django(version: str) -> Path:
    """A folder that holds one version of Django, installed once."""
    folder = CACHE / f"django-{version}"
    if not (folder / "django").is_dir():
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"),
                *("--only-binary", ":all:", "--ignore-requires-python", "--target", str(folder)),
                *(f"Django~={version}.0", "pytz"),
            ],
            check=True,
        )
    return folder


def _companions() -> list[Path]:
    """What every Django needs, for the oldest Python there is."""
    folder = CACHE / "django-companions"
    if not (folder / "sqlparse").is_dir():
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
                *("--only-binary", ":all:", "--target", str(folder)),
                *("asgiref==3.8.1", "sqlparse==0.5.3", "typing_extensions==4.12.2"),
            ],
            check=True,
        )
    return [folder]


def _python(version: str) -> str:
    """The first wanted Python that the machine has; else that of these tests, if it will do."""
    found = (_find(wanted) for wanted in PYTHONS.get(version, ()))
    own = base_python() if sys.version_info >= REQUIRED.get(version, ()) else ""
    return next(filter(None, found), own)


def _find(wanted: str) -> str:
    pyenv = Path.home() / ".pyenv" / "versions"
    candidates = [shutil.which(f"python{wanted}") or ""]
    candidates += sorted(map(str, pyenv.glob(f"{wanted}.*/bin/python3")))
    return next((one for one in candidates if one and _works(one)), "")


def _works(python: str) -> bool:
    """pyenv's shims are there for versions that are not; and some have no SQLite."""
    code = "import sqlite3, venv"
    done = subprocess.run([python, "-c", code], capture_output=True, check=False)
    return done.returncode == 0


def run(folder: Path, python: Path, *arguments: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [str(python), "-B", "manage.py", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
