from __future__ import annotations

from django.apps import AppConfig


class InspectorConfig(AppConfig):
    name = "inspector_app"
    label = "inspector"
    verbose_name = "Inspector"
    default_auto_field = "django.db.models.BigAutoField"
