"""A project whose URLconfs and settings use what makes them hard to read from text."""

from __future__ import annotations

from pathlib import Path

from tests.projects import MANAGE_PY

FILES = {
    "manage.py": MANAGE_PY.format(settings="conf.settings.local"),
    "conf/__init__.py": "",
    "conf/settings/__init__.py": "",
    "conf/settings/base.py": """
import os
from datetime import timedelta
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = "abcdefgh12345678xyz"
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "shelf", "letters"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
MIDDLEWARE.insert(0, "django.middleware.security.SecurityMiddleware")
ROOT_URLCONF = "conf.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "de"
USE_I18N = True
STATIC_URL = "/assets/"
MEDIA_URL = "/media/"
MEDIA_ROOT = os.path.join(BASE_DIR, "media")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
CACHE_MIDDLEWARE_SECONDS = 600
EMAIL_PORT = int(os.environ.get("MAIL_PORT", "2525"))
SITE_NAME = os.environ.get("SITE_NAME", "Shelf")
SITE_ROOT = os.environ.get("SITE_ROOT", "http://localhost:8000/shop/")
SHELF_TIMEOUT = timedelta(minutes=5)
SHELF = {"size": 3, "names": ("a", "b")}
SHELF["size"] = 4
APPEND_SLASH = True
_OWN = "of this module"
FEATURES = ["letters"]
""",
    "conf/settings/local.py": """
from .base import *

DEBUG = True
INTERNAL_IPS = ["127.0.0.1"]
if DEBUG:
    FEATURES += ["debug"]
if (BASE_DIR / "conf" / "settings" / "mine.py").exists():
    from .mine import *
try:
    from settings_of_a_developer import *
except ImportError:
    pass
""",
    "conf/urls.py": """
from functools import reduce
from itertools import chain
from operator import add
from urllib.parse import urlparse

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path, register_converter
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_page
from django.views.generic import RedirectView, TemplateView

from shelf import views
from shelf.converters import YearConverter
from shelf.urls import extra as more

register_converter(YearConverter, "yyyy")
PREFIX = "shop"
SLUG = r"(?P<slug>[\\w-]+)"

special = [
    path("one/", views.one, name="one"),
    path("two/", views.Two.as_view(), name="two"),
]

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("admin/", admin.site.urls),
    path("shelf/", include("shelf.urls")),
    path("letters/", include("letters.urls", namespace="post")),
    path("special/", include((special, "special"), namespace="sp")),
    path("again/", include(special)),
    path("i18n/", include("django.conf.urls.i18n")),
    path(f"{PREFIX}/new/", views.one, {"kind": "new"}, name="new"),
    re_path(r"^old/" + SLUG + r"/$", views.old),
    re_path(r"^nested/", include([path("deep/<int:pk>/", views.Two.as_view(), name="deep")])),
    path("year/<yyyy:year>/", views.year, name="year"),
    path("guarded/", login_required(views.Two.as_view()), name="guarded"),
    path("cached/", cache_page(60)(views.one), name="cached"),
    path("go/", RedirectView.as_view(url="/")),
    path("lambda/", lambda request: None, name="lambda"),
]
groups = [[path("group/", views.one)], special]
groups.append([path("group/more/", views.one)])
if settings.DEBUG:
    groups.append([path("group/debug/", views.one)])
urlpatterns += more
urlpatterns += [path("reduced/", include(reduce(add, groups)))]
urlpatterns += [path("summed/", include(sum(groups, [])))]
urlpatterns += [path("chained/", include(list(chain(more, *groups))))]
urlpatterns += [path("flat/", include(list(chain.from_iterable(groups))))]
urlpatterns += [path("late/", views.one, name="late")] + [path("later/", views.one)]
urlpatterns.append(path("appended/", views.one))
urlpatterns.extend([path("extended/", views.one)])
urlpatterns.insert(0, path("first/", views.one, name="first"))
for word in ("red", "green"):
    urlpatterns += [path(f"colour/{word}/", views.one, name=word)]
urlpatterns += [path("size/%s/" % size, views.one) for size in ["s", "m"]]
if below := urlparse(settings.SITE_ROOT).path.lstrip("/"):
    urlpatterns += [path(f"{below}cart/", views.one)]
if settings.DEBUG:
    urlpatterns += [path("debug/", views.one, name="debug")]
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
else:
    urlpatterns += [path("never/", views.one)]
if "letters" in settings.FEATURES and getattr(settings, "NO_SUCH", True):
    urlpatterns += [path("feature/", views.one)]
try:
    import shelf.toolbar
    urlpatterns += [path("toolbar/", include(shelf.toolbar.urls))]
except ImportError:
    urlpatterns += [path("no-toolbar/", views.one)]
urlpatterns += i18n_patterns(
    path("about/", views.one, name="about"),
    path(_("contact/"), views.one, name="contact"),
    *([path("spread/", views.one)] if settings.DEBUG else []),
)
handler404 = "shelf.views.missing"
""",
    "shelf/__init__.py": "",
    "shelf/converters.py": """
class YearConverter:
    regex = "[0-9]{4}"
    def to_python(self, value):
        return int(value)
    def to_url(self, value):
        return str(value)
""",
    "shelf/urls.py": """
from django.urls import include, path

from . import views
from .views import year as by_year

app_name = "shelf"
inner = ([path("x/", views.one, name="x")], "inner")
extra = [path("extra/", views.one, name="extra")]
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<slug:slug>/", views.DetailView.as_view(), name="detail"),
    path("y/<int:year>/", by_year, name="year"),
    path("parts/", include("shelf.parts")),
]
""",
    "shelf/parts.py": """
from django.urls import path
from .views import *

urlpatterns = [path("part/", one, name="part")]
""",
    "shelf/views.py": """
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

def one(request, **kwargs):
    pass

@login_required
@require_GET
def old(request, slug):
    pass

@require_http_methods(
    ["GET", "POST"],
)
@permission_required("shelf.see_year")
def year(request, year):
    pass

def missing(request, exception):
    pass

@method_decorator(csrf_exempt, name="dispatch")
class Two(View):
    pass

class Guarded(LoginRequiredMixin, View):
    pass

class ListView(Guarded):
    pass

class DetailView(PermissionRequiredMixin, View):
    permission_required = "shelf.see"
""",
    "letters/__init__.py": "",
    "letters/urls.py": """
from django.urls import path
from shelf.views import one

app_name = "letters"
urlpatterns = [path("write/", one, name="write")]
""",
}


def make_url_project(root: Path) -> Path:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
