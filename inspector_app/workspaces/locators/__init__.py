"""Where Pythons are looked for: one module per kind of place, in the order they are preferred.

A locator takes the project and yields :class:`~inspector_app.workspaces.environment.Environment`;
it reads files, it starts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inspector_app.workspaces.environment import Environment
from inspector_app.workspaces.found import Found

from . import conda, hatch, on_path, pdm, pipenv, poetry, project_venv, pyenv, uv

Locator = Callable[[Found], Iterator[Environment]]

LOCATORS: tuple[Locator, ...] = (
    project_venv.locate,
    uv.locate,
    poetry.locate,
    pipenv.locate,
    hatch.locate,
    pdm.locate,
    conda.locate,
    pyenv.locate,
    on_path.locate,
)
