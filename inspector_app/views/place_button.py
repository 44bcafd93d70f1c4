"""Places in source files, as buttons."""

from __future__ import annotations

from django.utils.safestring import SafeString

from inspector_app.sections.packages import short_path

from .markup import filled


def place_button(file: str | None, line: int | None = 0) -> SafeString:
    """A button for ``file:line``; nothing without a file. Where it is narrow, the name stays."""
    if not file:
        return SafeString("")
    short = short_path(file)
    folder, slash, name = short.rpartition("/")
    end = f":{line}" if line else ""
    return filled(
        '<button class="loc" type="button" data-action="place" data-path="{}" data-line="{}"'
        ' title="{}{}"><span>{}{}</span><wbr><b>{}{}</b></button>',
        *(file, str(line or 1), short, end, folder, slash, name, end),
    )
