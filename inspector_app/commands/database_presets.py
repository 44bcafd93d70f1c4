"""Presets about a database: its tables, its rows, and SQL that is printed and not executed."""

from __future__ import annotations

from . import preset as groups
from .parameters import Flag, Integer, Words
from .preset import Preset
from .project_parameters import AppLabels, Format, ModelLabels, PrimaryKeys
from .shared_parameters import DATABASE

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
