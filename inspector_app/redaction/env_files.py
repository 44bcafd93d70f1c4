"""Secrets in a project's env files, read as text and kept in memory only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from inspector_app.workspaces.env_files import (
    find_env_files,
    is_example,
    read_variables,
    values_of,
)

from .names import describes
from .secret import Secret
from .settings_source import secrets_in_value


def secrets_in_env_files(folders: Iterable[Path]) -> Iterator[Secret]:
    """What the env files of ``folders`` hold, without those that are examples."""
    for file in find_env_files(folders):
        if not is_example(file):
            for variable in read_variables(file):
                yield from secrets_in_value(variable.name, variable.value.replace("\\n", "\n"))
                yield from secrets_in_value(variable.name, variable.value)


def secrets_in_chosen(files: Iterable[Path]) -> Iterator[Secret]:
    """Every value that commands are given by the user's choice, whatever its name."""
    for name, value in values_of(files).items():
        yield from secrets_in_value(name, value, certain=not describes(name))
