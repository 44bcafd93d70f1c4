"""Presets about migrations."""

from __future__ import annotations

from .parameters import Flag
from .preset import MIGRATIONS, Answer, Preset
from .project_parameters import AppLabel, MigrationName
from .shared_parameters import APPS, DATABASE, VERBOSITY

CONFLICT = Answer(
    1,
    "CommandError: Conflicting migrations detected",
    "Two migrations of one app are both its last one, so Django cannot tell which comes next.",
    "Its output names them; “makemigrations --merge” joins them.",
)

SHOWMIGRATIONS = Preset(
    name="showmigrations",
    group=MIGRATIONS,
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
    group=MIGRATIONS,
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
    group=MIGRATIONS,
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
    group=MIGRATIONS,
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
