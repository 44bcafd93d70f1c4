from __future__ import annotations

from django.apps import AppConfig


class InspectorConfig(AppConfig):
    name = "inspector_app"
    label = "inspector"
    verbose_name = "Inspector"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A setting that names an unknown command stops the start, not the first run."""
        from .commands import registry

        registry.enabled()
