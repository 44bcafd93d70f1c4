"""Commands that write, for rehearsals: what they would have changed is shown, and nothing else."""

from __future__ import annotations

from . import preset as groups
from .migration_presets import CONFLICT
from .parameters import Flag
from .preset import Answer, Preset
from .project_parameters import AppLabel, FileDatabase, MigrationName
from .shared_parameters import APPS, VERBOSITY
from .written_names import MigrationFileName, Patterns

REHEARSE_MAKEMIGRATIONS = Preset(
    name="rehearse-makemigrations",
    command="makemigrations",
    group=groups.REHEARSALS,
    summary="files it writes",
    description="Writes the missing migrations into a throw-away layer, and shows them.",
    reads="The models and migrations of every app; the table of applied ones.",
    documentation="makemigrations",
    fixed=("--no-input",),
    parameters=(
        APPS,
        MigrationFileName("name", "Name", "Of the new files, behind their number.", "--name"),
        Flag("empty", "Empty", "A migration without operations, for chosen apps.", "--empty"),
        Flag("merge", "Merge", "Join two migrations that are both an app's last.", "--merge"),
        Flag(
            "update",
            "Update",
            "Put the changes into the newest migration instead.",
            "--update",
            since="4.2",
        ),
        Flag("no_header", "No header", "Without the comment on top.", "--no-header"),
        VERBOSITY,
    ),
    skips_checks=True,
    answers=(
        Answer(
            3,
            "Field '.*' on model '.*' not migrated: it is impossible",
            "A change needs a default for the rows that exist, which makemigrations asks for.",
            "Give the field a default in the model, and rehearse it again.",
        ),
        CONFLICT,
    ),
    rehearsal=True,
)

REHEARSE_MIGRATE = Preset(
    name="rehearse-migrate",
    command="migrate",
    group=groups.REHEARSALS,
    summary="tables it changes",
    description="Applies migrations to a throw-away copy of a SQLite database, and compares.",
    reads="The migrations of every app and the whole database.",
    documentation="migrate",
    fixed=("--no-input",),
    parameters=(
        AppLabel("app_label", "App", "Only this app; none means all.", positional=True),
        MigrationName(
            "migration_name",
            "Migration",
            "Up or down to this one; “zero” takes back all.",
            positional=True,
            zero=True,
        ),
        FileDatabase("database", "Database", "The alias in DATABASES.", "--database"),
        Flag("fake", "Fake", "Only note them as applied.", "--fake"),
        Flag(
            "fake_initial",
            "Fake initial",
            "Note initial ones as applied where their tables exist.",
            "--fake-initial",
        ),
        Flag("run_syncdb", "Apps without migrations", "Make their tables too.", "--run-syncdb"),
        VERBOSITY,
    ),
    skips_checks=True,
    answers=(
        CONFLICT,
        Answer(
            1,
            r"(django\.db\.utils|psycopg2?|MySQLdb)\S*\.OperationalError: "
            r"(connection|could not (connect|translate)|\(2\d\d\d,)",
            "The database is behind a server, and a rehearsal reaches none.",
            "Only SQLite databases are copied for a rehearsal.",
        ),
    ),
    rehearsal=True,
)

COLLECTSTATIC = Preset(
    name="rehearse-collectstatic",
    command="collectstatic",
    group=groups.REHEARSALS,
    summary="files it copies",
    description="Collects static files in a throw-away layer, and lists what would be in them.",
    reads="The static files of every app, and STATIC_ROOT.",
    documentation="collectstatic",
    fixed=("--no-input",),
    parameters=(
        Patterns("ignore_patterns", "Ignore", "Patterns such as *.scss.", "--ignore"),
        Flag("clear", "Clear", "Delete what is in STATIC_ROOT first.", "--clear"),
        Flag("link", "Link", "Make links instead of copies.", "--link"),
        Flag("no_post_process", "No post-processing", "As it was collected.", "--no-post-process"),
        Flag(
            "no_default_ignore",
            "No default ignores",
            "Also CVS, hidden files and backups.",
            "--no-default-ignore",
        ),
        VERBOSITY,
    ),
    skips_checks=True,
    rehearsal=True,
)
