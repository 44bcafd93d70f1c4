"""Every parameter of every preset with a good value, so that no test leaves one out."""

from __future__ import annotations

from typing import Any

EVERYTHING: dict[str, dict[str, Any]] = {
    "check": {
        "app_labels": ["orders", "auth"],
        "tags": ["models", "my-tag"],
        "deploy": True,
        "fail_level": "ERROR",
        "databases": ["default"],
        "list_tags": True,
        "verbosity": 2,
    },
    "showmigrations": {
        "app_labels": ["orders"],
        "plan": True,
        "database": "default",
        "verbosity": 0,
    },
    "sqlmigrate": {
        "app_label": "orders",
        "migration_name": "0001",
        "backwards": True,
        "database": "default",
        "verbosity": 1,
    },
    "makemigrations": {"app_labels": ["orders"], "scriptable": True, "verbosity": 3},
    "migrate": {"app_label": "orders", "migration_name": "zero", "database": "default"},
    "inspectdb": {
        "table": ["auth_user", "legacy.orders-1"],
        "include_partitions": True,
        "include_views": True,
        "database": "default",
    },
    "dumpdata": {
        "app_labels": ["auth.User"],
        "exclude": ["orders", "auth.Permission"],
        "format": "jsonl",
        "indent": 4,
        "natural_foreign": True,
        "natural_primary": True,
        "pks": ["1", "a-2"],
        "all": True,
        "database": "default",
    },
    "sqlflush": {"database": "default"},
    "sqlsequencereset": {"app_labels": ["orders", "auth"], "database": "default"},
    "rehearse-makemigrations": {
        "app_labels": ["orders"],
        "name": "more",
        "empty": True,
        "merge": True,
        "update": True,
        "no_header": True,
        "verbosity": 2,
    },
    "rehearse-migrate": {
        "app_label": "orders",
        "migration_name": "zero",
        "database": "default",
        "fake": True,
        "fake_initial": True,
        "run_syncdb": True,
        "verbosity": 2,
    },
    "rehearse-collectstatic": {
        "ignore_patterns": ["*.scss", "[ab]?.map"],
        "clear": True,
        "link": True,
        "no_post_process": True,
        "no_default_ignore": True,
        "verbosity": 2,
    },
    "diffsettings": {"all": True, "output": "unified", "verbosity": 3},
}
