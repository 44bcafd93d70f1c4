"""Which line of a project's requirements brings a module: most packages are named like it."""

from __future__ import annotations

import re
from pathlib import Path

from inspector_app.workspaces.requirements.asked import Asked
from inspector_app.workspaces.requirements.reading import read_requirements

# Where a package and its module have different names, in projects that use Django.
_NAMED_OTHERWISE = {
    "allauth": "django-allauth",
    "bs4": "beautifulsoup4",
    "channels": "channels",
    "compressor": "django-compressor",
    "constance": "django-constance",
    "corsheaders": "django-cors-headers",
    "crispy_forms": "django-crispy-forms",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "debug_toolbar": "django-debug-toolbar",
    "decouple": "python-decouple",
    "dj_database_url": "dj-database-url",
    "dotenv": "python-dotenv",
    "easy_thumbnails": "easy-thumbnails",
    "environ": "django-environ",
    "guardian": "django-guardian",
    "import_export": "django-import-export",
    "jwt": "pyjwt",
    "magic": "python-magic",
    "memcache": "python-memcached",
    "modelcluster": "django-modelcluster",
    "mptt": "django-mptt",
    "MySQLdb": "mysqlclient",
    "oauth2_provider": "django-oauth-toolkit",
    "PIL": "pillow",
    "psycopg": "psycopg",
    "psycopg2": "psycopg2-binary",
    "rest_framework": "djangorestframework",
    "rest_framework_simplejwt": "djangorestframework-simplejwt",
    "reversion": "django-reversion",
    "sentry_sdk": "sentry-sdk",
    "simple_history": "django-simple-history",
    "sklearn": "scikit-learn",
    "social_django": "social-auth-app-django",
    "storages": "django-storages",
    "taggit": "django-taggit",
    "waffle": "django-waffle",
    "whitenoise": "whitenoise",
    "yaml": "pyyaml",
}


def requirement_of(module: str, root: Path, base: Path) -> Asked | None:
    """The first requirement of the project that is likely to bring ``module``; a lock's last."""
    wanted = {_normal(module), _normal(f"django-{module}"), _normal(f"python-{module}")}
    if module in _NAMED_OTHERWISE:
        wanted.add(_normal(_NAMED_OTHERWISE[module]))
        wanted.add(_normal(_NAMED_OTHERWISE[module]).removesuffix("-binary"))
    found = [one for one in read_requirements(root, base) if _normal(one.name) in wanted]
    return min(found, key=lambda one: one.locked, default=None)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
