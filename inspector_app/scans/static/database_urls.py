"""Databases written as addresses, as dj-database-url and django-environ read them."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from .values import UNKNOWN, Value

_POSTGRES = "django.db.backends.postgresql"
_ENGINES = {
    "postgres": _POSTGRES,
    "postgresql": _POSTGRES,
    "pgsql": _POSTGRES,
    "psql": _POSTGRES,
    "postgis": "django.contrib.gis.db.backends.postgis",
    "mysql": "django.db.backends.mysql",
    "mysql2": "django.db.backends.mysql",
    "mysqlgis": "django.contrib.gis.db.backends.mysql",
    "mysql-connector": "mysql.connector.django",
    "sqlite": "django.db.backends.sqlite3",
    "sqlite3": "django.db.backends.sqlite3",
    "spatialite": "django.contrib.gis.db.backends.spatialite",
    "oracle": "django.db.backends.oracle",
    "oraclegis": "django.contrib.gis.db.backends.oracle",
    "mssql": "mssql",
    "mssqlms": "mssql",
    "redshift": "django_redshift_backend",
    "cockroach": "django_cockroachdb",
    "cockroachdb": "django_cockroachdb",
    "timescale": "timescale.db.backends.postgresql",
    "timescalegis": "timescale.db.backends.postgis",
}


def database_of(address: Value) -> Value:
    """The entry of DATABASES that an address stands for; unknown for a scheme nobody knows."""
    if not isinstance(address.data, str):
        return UNKNOWN
    try:
        parts = urlsplit(address.data)
        port = parts.port
    except ValueError:
        return UNKNOWN
    engine = _ENGINES.get(parts.scheme)
    if engine is None:
        return UNKNOWN
    name = unquote(parts.path[1:])
    if engine.endswith("sqlite3"):
        name = name or ":memory:"
    pairs: dict[object, object] = {
        "ENGINE": engine,
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port or "",
    }
    return Value(pairs, address.whole)
