"""Parameters that several presets share."""

from __future__ import annotations

from .parameters import Integer
from .project_parameters import AppLabels, DatabaseAlias

VERBOSITY = Integer("verbosity", "Verbosity", "How much is printed.", "--verbosity")
DATABASE = DatabaseAlias("database", "Database", "The alias in DATABASES.", "--database")
APPS = AppLabels("app_labels", "Apps", "Only these apps; none means all.", positional=True)
