"""Which line of a project's requirements brings a module: most packages are named like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from inspector_app.workspaces.find import shown
from inspector_app.workspaces.source import read_text

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
_FILES = (
    *("requirements*.txt", "requirements/*.txt", "requirements*.in", "requirements/*.in"),
    *("pyproject.toml", "Pipfile", "setup.cfg", "setup.py"),
)
_NAME = re.compile(r"""^[\s"',\[]*(?P<name>[A-Za-z][A-Za-z0-9._-]*)(?P<rest>[^"'#;]*)""")
_LIST = re.compile(r"""["'](?P<name>[A-Za-z][A-Za-z0-9._-]*)(?P<rest>[^"'#;]*)["']""")


@dataclass(frozen=True)
class Requirement:
    """As it is written, and where."""

    text: str
    file: str
    line: int

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def requirement_of(module: str, root: Path) -> Requirement | None:
    """The first line of a requirement file in ``root`` that is likely to bring ``module``."""
    wanted = {_normal(module), _normal(f"django-{module}"), _normal(f"python-{module}")}
    if module in _NAMED_OTHERWISE:
        wanted.add(_normal(_NAMED_OTHERWISE[module]))
        wanted.add(_normal(_NAMED_OTHERWISE[module]).removesuffix("-binary"))
    for pattern in _FILES:
        for file in _matching(root, pattern):
            for number, line in enumerate(read_text(file).splitlines(), start=1):
                for match in (*_NAME.finditer(line), *_LIST.finditer(line)):
                    if _normal(match["name"]) in wanted:
                        text = f"{match['name']}{match['rest']}".strip().rstrip(",")
                        return Requirement(text, str(shown(file.relative_to(root))), number)
    return None


def _matching(root: Path, pattern: str) -> list[Path]:
    try:
        return sorted(root.glob(pattern))
    except OSError:
        return []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
