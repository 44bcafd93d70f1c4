"""The shape of each section that the probe tells."""

from __future__ import annotations

from .shapes import (
    Shape,
    anything,
    flag,
    many,
    maybe,
    named,
    number,
    one_of,
    pair,
    record,
    text,
)

_TEXTS = many(text)


def one_or_many(value: object) -> object:
    """True, False, or the names of relations."""
    return value if value is None or isinstance(value, bool) else _TEXTS(value)


_PLACE = {"file": text, "line": number}

_FIELD = record(
    **dict.fromkeys(("name", "kind", "help_text"), text),
    **dict.fromkeys(
        ("null", "unique", "primary_key", "auto_created", "inherited", "blank", "editable"), flag
    ),
    **dict.fromkeys(
        ("db_column", "column_type", "default_text", "to", "through", "related_name", "on_delete"),
        maybe(text),
    ),
    **dict.fromkeys(("max_length", "choices"), maybe(number)),
    db_index=flag,
    default=one_of("none", "value", "callable"),
)

_MODEL = record(
    **dict.fromkeys(
        ("name", "label", "app_label", "module", "table", "verbose_name", "docstring"), text
    ),
    **dict.fromkeys(("proxy", "swapped", "managed", "auto_created"), flag),
    bases=_TEXTS,
    abstract_bases=_TEXTS,
    ordering=_TEXTS,
    constraints=many(
        record(
            name=text,
            kind=one_of("unique", "check", "exclusion", "other"),
            fields=_TEXTS,
            text=text,
        )
    ),
    indexes=many(record(name=text, fields=_TEXTS, text=text)),
    unique_together=many(_TEXTS),
    managers=many(record(name=text, class_=text)),
    fields=many(_FIELD),
    **_PLACE,
)

_RELATION = record(
    from_=text,
    to=maybe(text),
    field=text,
    kind=one_of("fk", "o2o", "m2m", "gfk", "generic"),
    auto_created=flag,
)

_URL = record(
    route=text,
    name=maybe(text),
    view=text,
    view_file=text,
    view_line=number,
    parts=many(
        record(
            text=text,
            kind=one_of("path", "regex", "locale", "other"),
            regex=text,
            converters=named(text),
            **_PLACE,
        ),
        most=100,
    ),
    namespaces=_TEXTS,
    methods=maybe(_TEXTS),
    decorators=_TEXTS,
    generated=maybe(text),
    default_args=named(text),
    **_PLACE,
)

_CHECK = record(
    id=text,
    level=one_of("debug", "info", "warning", "error", "critical"),
    msg=text,
    hint=text,
    obj=maybe(text),
)
_RAISED = record(check=text, error=anything)
_CHECKS = record(shown=many(_CHECK), silenced=many(_CHECK), raised=many(_RAISED))

_MIGRATION = record(
    name=text,
    file=text,
    dependencies=many(pair),
    replaces=many(pair),
    run_before=many(pair),
    initial=flag,
    atomic=flag,
    operations=many(record(kind=text, text=text, model=maybe(text), destructive=flag)),
)

SECTIONS: dict[str, Shape] = {
    "apps": many(
        record(label=text, name=text, path=text, verbose_name=text, config=text, file=text)
    ),
    "models": record(models=many(_MODEL), relations=many(_RELATION)),
    "settings": record(
        changed=many(record(name=text, value=anything, default=anything, custom=flag)),
        modules=many(record(module=text, file=text)),
    ),
    "middleware": _TEXTS,
    "templates": record(
        engines=many(
            record(
                backend=text, dirs=_TEXTS, app_dirs=flag, loaders=_TEXTS, context_processors=_TEXTS
            )
        )
    ),
    "static_files": record(
        url=maybe(text),
        root=maybe(text),
        dirs=_TEXTS,
        finders=_TEXTS,
        storage=text,
        media_url=maybe(text),
        media_root=maybe(text),
    ),
    "checks": _CHECKS,
    "urls": many(_URL),
    "deploy": _CHECKS,
    "migrations": record(
        apps=named(many(_MIGRATION)),
        conflicts=many(record(app=text, leaves=_TEXTS)),
        unmigrated=_TEXTS,
        missing=maybe(many(record(app=text, text=text))),
    ),
    "databases": many(
        record(
            alias=text,
            engine=text,
            vendor=maybe(text),
            version=maybe(text),
            reachable=maybe(flag),
            error=maybe(text),
            applied=maybe(many(pair)),
        )
    ),
    "admin": many(
        record(
            model=text,
            site=text,
            class_=text,
            list_display=_TEXTS,
            list_filter=_TEXTS,
            search_fields=_TEXTS,
            list_select_related=one_or_many,
            own_query=flag,
            raw_id_fields=_TEXTS,
            autocomplete_fields=_TEXTS,
            inlines=_TEXTS,
            **_PLACE,
        )
    ),
    "signals": many(record(signal=text, receiver=text, sender=maybe(text), **_PLACE)),
    "commands": many(record(name=text, app=text, help=text, **_PLACE)),
    "tasks": many(
        record(kind=one_of("celery", "huey", "rq", "dramatiq", "django"), name=text, **_PLACE)
    ),
    "distributions": many(record(name=text, version=text)),
}

FRAMES: Shape = many(record(file=text, line=number, function=text), most=100)
