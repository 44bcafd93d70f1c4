"""The presets: every command that DJDesk runs, read-only or rehearsed, with its typed parameters.

Option names and flags are those of Django 3.2 to 6.0, which agree on them (tested against each).
Which commands need ``--skip-checks`` follows from ``requires_system_checks`` in their source:
``check``, ``diffsettings`` and ``inspectdb`` run without checks in every version and do not take
it; ``migrate`` runs them by itself before 5.2 and takes it in all.
"""

from __future__ import annotations

from .database_presets import DUMPDATA, INSPECTDB, SQLFLUSH, SQLSEQUENCERESET
from .migration_presets import MAKEMIGRATIONS, MIGRATE, SHOWMIGRATIONS, SQLMIGRATE
from .parameters import Flag, OneOf
from .preset import CHECKS, SETTINGS, Answer, Preset
from .project_parameters import DatabaseAliases, Tags
from .rehearsal_presets import COLLECTSTATIC, REHEARSE_MAKEMIGRATIONS, REHEARSE_MIGRATE
from .shared_parameters import APPS, VERBOSITY

LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")

CHECK = Preset(
    name="check",
    group=CHECKS,
    summary="system checks",
    description="Runs Django's system checks over the project and prints what they find.",
    reads="The code of every installed app; databases only where some are chosen.",
    documentation="check",
    parameters=(
        APPS,
        Tags("tags", "Tags", "Only checks with these tags.", "--tag"),
        Flag("deploy", "Deployment checks", "Also check the settings for production.", "--deploy"),
        OneOf(
            "fail_level",
            "Fail level",
            "From which level on the exit code is 1.",
            "--fail-level",
            options=LEVELS,
        ),
        DatabaseAliases(
            "databases", "Databases", "Also run the checks of these databases.", "--database"
        ),
        Flag("list_tags", "List tags", "Only list the tags that checks have.", "--list-tags"),
        VERBOSITY,
    ),
    answers=(
        Answer(
            1,
            "SystemCheckError: System check identified",
            "The checks found issues at the fail level or above it.",
            "Its output lists them.",
        ),
    ),
)

DIFFSETTINGS = Preset(
    name="diffsettings",
    group=SETTINGS,
    summary="settings against defaults",
    description="Prints the settings whose values differ from Django's defaults.",
    reads="The settings module, and nothing else of the project.",
    documentation="diffsettings",
    parameters=(
        Flag("all", "All settings", "Also those that equal the default.", "--all"),
        OneOf(
            "output",
            "Format",
            "hash marks changed lines, unified prints a diff.",
            "--output",
            options=("hash", "unified"),
        ),
        VERBOSITY,
    ),
)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        *(CHECK, SHOWMIGRATIONS, SQLMIGRATE, MAKEMIGRATIONS, MIGRATE),
        *(INSPECTDB, DUMPDATA, SQLFLUSH, SQLSEQUENCERESET, DIFFSETTINGS),
        *(REHEARSE_MAKEMIGRATIONS, REHEARSE_MIGRATE, COLLECTSTATIC),
    )
}
