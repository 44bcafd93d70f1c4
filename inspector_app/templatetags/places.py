"""Places in source files, for templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from inspector_app.views.place_button import place_button

register = template.Library()


@register.simple_tag
def place(file: str | None, line: int | None = 0) -> SafeString:
    return place_button(file, line)
