"""The presets: every command DJDesk knows to be read-only, with its typed parameters.

Option names and flags are those of Django 3.2 to 6.0, which agree on them (tested against each).
"""

from __future__ import annotations

from dataclasses import dataclass

from .parameters import (
    AppLabel,
    AppLabels,
    DatabaseAlias,
    DatabaseAliases,
    Flag,
    Integer,
    MigrationName,
    OneOf,
    Parameter,
    Tags,
)

VERBOSITY = Integer("verbosity", "Verbosity", "How much is printed.", "--verbosity")
DATABASE = DatabaseAlias("database", "Database", "The alias in DATABASES.", "--database")
LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")


@dataclass(frozen=True)
class Preset:
    """A management command, what it prints, and the only parameters it may be given.

    ``reads`` says what the command touches of the project; ``documentation`` is the fragment of its
    entry in Django's own reference of ``django-admin``. ``skips_checks`` marks a command that
    Django would refuse to start while a system check of error level fails: it gets
    ``--skip-checks``, which ``check`` and ``diffsettings`` do not take.
    """

    name: str
    summary: str
    description: str
    reads: str
    documentation: str
    parameters: tuple[Parameter, ...]
    skips_checks: bool = False


CHECK = Preset(
    name="check",
    summary="system checks",
    description="Runs Django's system checks over the project and prints what they find.",
    reads="The code of every installed app; databases only where some are chosen.",
    documentation="check",
    parameters=(
        AppLabels("app_labels", "Apps", "Only these apps; none means all.", positional=True),
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
        VERBOSITY,
    ),
)

SHOWMIGRATIONS = Preset(
    name="showmigrations",
    summary="applied and pending",
    description="Lists the migrations of every app and which of them the database has.",
    reads="The migrations of every app and the table of applied ones.",
    documentation="showmigrations",
    parameters=(
        AppLabels("app_labels", "Apps", "Only these apps; none means all.", positional=True),
        Flag("plan", "Plan", "In the order in which they would be applied.", "--plan"),
        DATABASE,
        VERBOSITY,
    ),
    skips_checks=True,
)

DIFFSETTINGS = Preset(
    name="diffsettings",
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

SQLMIGRATE = Preset(
    name="sqlmigrate",
    summary="SQL of one migration",
    description="Prints the SQL of one migration. It opens the database to learn its version.",
    reads="The migrations of every app; the database to learn its kind and version.",
    documentation="sqlmigrate",
    parameters=(
        AppLabel("app_label", "App", "", required=True, positional=True),
        MigrationName("migration_name", "Migration", "", required=True, positional=True),
        Flag("backwards", "Backwards", "The SQL that takes it back.", "--backwards"),
        DATABASE,
        VERBOSITY,
    ),
    skips_checks=True,
)

PRESETS: dict[str, Preset] = {
    preset.name: preset for preset in (CHECK, SHOWMIGRATIONS, DIFFSETTINGS, SQLMIGRATE)
}
