"""The presets: every command DJDesk knows to be read-only, with its typed parameters.

Option names and flags are those of Django 3.2 to 6.0, which agree on them (tested against each).
Which commands need ``--skip-checks`` follows from ``requires_system_checks`` in their source:
``check``, ``diffsettings`` and ``inspectdb`` run without checks in every version and do not take
it; ``migrate`` runs them by itself before 5.2 and takes it in all.
"""

from __future__ import annotations

from . import preset as groups
from .parameters import Flag, Integer, OneOf, Words
from .preset import Answer, Preset
from .project_parameters import (
    AppLabel,
    AppLabels,
    DatabaseAlias,
    DatabaseAliases,
    Format,
    MigrationName,
    ModelLabels,
    PrimaryKeys,
    Tags,
)

VERBOSITY = Integer("verbosity", "Verbosity", "How much is printed.", "--verbosity")
DATABASE = DatabaseAlias("database", "Database", "The alias in DATABASES.", "--database")
APPS = AppLabels("app_labels", "Apps", "Only these apps; none means all.", positional=True)
LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")

CONFLICT = Answer(
    1,
    "CommandError: Conflicting migrations detected",
    "Two migrations of one app are both its last one, so Django cannot tell which comes next.",
    "Its output names them; “makemigrations --merge” joins them.",
)

CHECK = Preset(
    name="check",
    group=groups.CHECKS,
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

SHOWMIGRATIONS = Preset(
    name="showmigrations",
    group=groups.MIGRATIONS,
    summary="applied and pending",
    description="Lists the migrations of every app and which of them the database has.",
    reads="The migrations of every app and the table of applied ones.",
    documentation="showmigrations",
    parameters=(
        APPS,
        Flag("plan", "Plan", "In the order in which they would be applied.", "--plan"),
        DATABASE,
        VERBOSITY,
    ),
    skips_checks=True,
)

SQLMIGRATE = Preset(
    name="sqlmigrate",
    group=groups.MIGRATIONS,
    summary="SQL of one migration",
    description="Prints the SQL of one migration. It opens the database to learn its version.",
    reads="The migrations of every app; the database to learn its kind and version.",
    documentation="sqlmigrate",
    parameters=(
        AppLabel("app_label", "App", required=True, positional=True),
        MigrationName("migration_name", "Migration", required=True, positional=True),
        Flag("backwards", "Backwards", "The SQL that takes it back.", "--backwards"),
        DATABASE,
        VERBOSITY,
    ),
    skips_checks=True,
)

MAKEMIGRATIONS = Preset(
    name="makemigrations",
    group=groups.MIGRATIONS,
    summary="what is missing",
    description="Tells whether models have changes that no migration holds. Writes no file.",
    reads="The models and migrations of every app; the table of applied ones.",
    documentation="makemigrations",
    # Without --no-input it would ask whether a field was renamed, and nobody is there to answer.
    fixed=("--check", "--dry-run", "--no-input"),
    parameters=(
        APPS,
        Flag(
            "scriptable",
            "Paths only",
            "Only the paths of missing migrations on standard output.",
            "--scriptable",
            since="4.1",
        ),
        VERBOSITY,
    ),
    skips_checks=True,
    answers=(
        Answer(
            1,
            "Migrations for '",
            "Models have changes that no migration holds.",
            "Its output lists the migrations that makemigrations would write.",
        ),
        Answer(
            3,
            "Field '.*' on model '.*' not migrated: it is impossible",
            "Models have changes that no migration holds.",
            "One of them needs a default for the rows that exist, which makemigrations asks for.",
        ),
        CONFLICT,
    ),
)

MIGRATE = Preset(
    name="migrate",
    group=groups.MIGRATIONS,
    summary="what it would do",
    description="Lists the operations that migrate would carry out. It carries out none of them.",
    reads="The migrations of every app and the table of applied ones.",
    documentation="migrate",
    fixed=("--plan",),
    parameters=(
        AppLabel("app_label", "App", "Only this app; none means all.", positional=True),
        MigrationName(
            "migration_name",
            "Migration",
            "Up or down to this one; “zero” takes back all.",
            positional=True,
            zero=True,
        ),
        DATABASE,
    ),
    skips_checks=True,
    answers=(CONFLICT,),
)

INSPECTDB = Preset(
    name="inspectdb",
    group=groups.DATABASE,
    summary="models from tables",
    description="Prints models for the tables that a database has.",
    reads="The tables of the database; not the rows in them.",
    documentation="inspectdb",
    parameters=(
        Words(
            "table",
            "Tables",
            "Only these tables; none means all.",
            positional=True,
            what="a table's name",
        ),
        Flag(
            "include_partitions",
            "Partitions",
            "Also models for partition tables.",
            "--include-partitions",
        ),
        Flag("include_views", "Views", "Also models for views.", "--include-views"),
        DATABASE,
    ),
)

DUMPDATA = Preset(
    name="dumpdata",
    group=groups.DATABASE,
    summary="rows as a fixture",
    description="Prints the rows of tables as a fixture, on standard output only.",
    reads="The rows of every model that is chosen: the log then holds the project's data.",
    documentation="dumpdata",
    parameters=(
        ModelLabels("app_labels", "Apps, models", "Only these; none means all.", positional=True),
        ModelLabels("exclude", "Exclude", "All but these.", "--exclude"),
        Format(
            "format",
            "Format",
            "",
            "--format",
            options=("json", "jsonl", "xml", "yaml"),
        ),
        Integer("indent", "Indent", "Spaces for each level.", "--indent", least=0, most=8),
        Flag(
            "natural_foreign",
            "Natural foreign keys",
            "Name related rows by their natural keys.",
            "--natural-foreign",
        ),
        Flag(
            "natural_primary",
            "Natural primary keys",
            "Leave out keys that natural ones stand for.",
            "--natural-primary",
        ),
        PrimaryKeys("pks", "Primary keys", "Only these rows of one model.", "--pks"),
        Flag("all", "All rows", "Also those that a model's own manager hides.", "--all"),
        DATABASE,
    ),
    skips_checks=True,
)

SQLFLUSH = Preset(
    name="sqlflush",
    group=groups.DATABASE,
    summary="SQL of flush",
    description="Prints the SQL that would empty every table. It is not executed.",
    reads="The names of the tables in the database.",
    documentation="sqlflush",
    parameters=(DATABASE,),
    skips_checks=True,
)

SQLSEQUENCERESET = Preset(
    name="sqlsequencereset",
    group=groups.DATABASE,
    summary="SQL that resets sequences",
    description="Prints the SQL that would reset the sequences of apps. It is not executed.",
    reads="The models of the apps; the database only for its kind.",
    documentation="sqlsequencereset",
    parameters=(
        AppLabels("app_labels", "Apps", "", required=True, positional=True),
        DATABASE,
    ),
    skips_checks=True,
)

DIFFSETTINGS = Preset(
    name="diffsettings",
    group=groups.SETTINGS,
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
    )
}
