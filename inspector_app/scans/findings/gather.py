"""What rules need beside the report, from what a scan has at hand."""

from __future__ import annotations

from inspector_app.models import Workspace
from inspector_app.scans.checking import Checking
from inspector_app.scans.places import Places
from inspector_app.scans.static.reading import StaticReading

from .context import Context, Trouble, Unmet
from .finding import NOWHERE
from .written_secrets import written_secrets

_SEE = "Run “check” and read its output from its end upwards; the last lines name the cause."
_NO_VARIABLE = (
    "The variable {} is asked for, and commands get a clean environment, without those of your "
    "shell. Give it a default in the settings, or choose a settings module that does without it."
)


def gather(workspace: Workspace, reading: StaticReading, checking: Checking | None) -> Context:
    """Everything but the report itself."""
    place = reading.settings.places.get("INSTALLED_APPS")
    return Context(
        trouble=_trouble(checking),
        place_of_check=Places(reading).of_check,
        secrets=written_secrets(workspace.root_path, reading.settings.files),
        unmet=_unmet(workspace, reading),
        unreadable=reading.unreadable,
        packages_complete=reading.packages_complete,
        installed_apps=(place.file, place.line) if place else NOWHERE,
    )


def _trouble(checking: Checking | None) -> Trouble | None:
    if checking is None or checking.checks is not None:
        return None
    crash = checking.crash
    if crash is None:
        return Trouble(
            "check",
            f"Django's checks gave no result: {checking.section['error']}",
            "So what only the code can tell is not known.",
            _SEE,
        )
    return Trouble(
        "check",
        crash.exception,
        "The project does not start with this, so no command of it can tell anything.",
        _NO_VARIABLE.format(crash.variable) if crash.variable else _SEE,
        (crash.file, crash.line),
    )


def _unmet(workspace: Workspace, reading: StaticReading) -> list[Unmet]:
    asked = reading.django
    if asked is None or not workspace.django_version or asked.allows(workspace.django_version):
        return []
    return [Unmet("django", asked.text, asked.file, asked.line, workspace.django_version)]
