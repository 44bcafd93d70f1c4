"""Django settings of DJDesk itself, never of the project it inspects."""

from __future__ import annotations

import secrets

from backend import __version__, paths
from backend.options import task_timeout, task_timeout_is_set

BASE_DIR = paths.SHIPPED_DIR

# A new key for each start: what it signs (the session of one window) must not outlive the process.
SECRET_KEY = secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "inspector_app",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before access, so that a refusal carries the policy as well.
    "csp.middleware.CSPMiddleware",
    "backend.access.HostMiddleware",
    "backend.access.WindowOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [paths.TEMPLATES_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "inspector_app.context.page",
            ],
        },
    }
]

DATA_DIR = paths.data_dir()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "djdesk.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-512",
        },
        "CONN_MAX_AGE": None,
        # The tests use a file as well: what runs in production is what is tested.
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }
}
# Read by huey.contrib.djhuey when a task is first imported. As an app it would only add a command
# that runs a worker, which is a part of the server here, and 20 ms to every start without one.
HUEY = {
    "huey_class": "backend.queue.WakingHuey",
    "name": "djdesk",
    "filename": DATA_DIR / "queue.sqlite3",
    "immediate": False,
}

STATIC_URL = paths.static_url()
STATIC_ROOT = paths.STATIC_DIR
# What comes from npm; when frozen it was collected with the rest.
STATICFILES_DIRS = [] if paths.FROZEN else [paths.VENDOR_DIR]
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "inspector_app.views.failures.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
# With the usual one WebKit starts a second process for the first page: 150 ms. It keeps pages of
# other origins from reaching the window they opened; with a strict cookie they get a refusal there.
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LOGGING_CONFIG = None  # The process entry points decide where the log goes (backend.logs).

# The presets that are switched on. Nothing else is ever run: inspector_app.commands.registry.
INSPECTOR_SAFE_COMMANDS = [
    *("check", "showmigrations", "sqlmigrate", "makemigrations", "migrate"),
    *("inspectdb", "dumpdata", "sqlflush", "sqlsequencereset", "diffsettings"),
    # They write, into a layer that is thrown away: nowhere else are they run.
    *("rehearse-makemigrations", "rehearse-migrate", "rehearse-collectstatic"),
    # Those of a project's djdesk.toml, each after the user has allowed it.
    "own-commands",
]
DJDESK_INSPECTOR_TASK_TIMEOUT = task_timeout()
DJDESK_TIMEOUT_IS_SET = task_timeout_is_set()
DJDESK_RUNS_DIR = DATA_DIR / "runs"
# Never readable for a command: what is ours, by whatever name this process uses it.
DJDESK_OWN_DIRS = paths.own_dirs()
DJDESK_LOG_LIMIT_BYTES = 256 * 1024 * 1024
DJDESK_DIRECTORIES = {"data": DATA_DIR, "logs": paths.log_dir()}
# Text for a report of a problem; a function, because trying the sandbox takes a moment.
DJDESK_DIAGNOSTICS = "backend.diagnostics.report"
DJDESK_VERSION = __version__
DJDESK_FROZEN = paths.FROZEN
DJDESK_ICONS = paths.ICONS if paths.FROZEN else None
DJDESK_JAIL = paths.jail()
DJDESK_SAMPLE_DIR = paths.SAMPLE_DIR
