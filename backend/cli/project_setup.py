"""How a project would be run, and what else there is to choose, for djdesk doctor."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from .private import engine_without_server
from .project import open_project

_MARKS = {True: "*", False: " "}


def facts(options: Namespace) -> dict[str, Any]:
    """What the page's Project setup shows, for the project that the options name."""
    with engine_without_server(options):
        from inspector_app.views.setup import setup_json

        workspace = open_project(options)
        known = {"root": workspace.root, "python": workspace.python_version}
        setup = setup_json(workspace)
        # It would be built in the window's data directory; this command's own is soon gone.
        source = setup.pop("offer") or {}
        del setup["build"]
        uv = {"uv_could_install": source.get("source")}
        return known | {"django": workspace.django_version} | setup | uv


def lines(project: dict[str, Any]) -> Iterator[str]:
    """The same for people; an asterisk marks what is in use."""
    interpreter, settings = project["interpreter"], project["settings"]
    yield "project"
    yield f"    root: {project['root']}"
    yield f"    manage.py: {project['manage_py'] or 'none, it is run as python -m django'}"
    for folder in project["python_path"]:
        yield f"    PYTHONPATH: {folder}"
    yield "settings module"
    for one in settings["candidates"]:
        place = f"{one['file']}:{one['line']}"
        missing = "" if one["exists"] else ", no file holds it"
        used = one["module"] == settings["module"]
        yield f"  {_MARKS[used]} {one['module']} ({place}{missing})"
    if settings["chosen"]:
        yield f"  * {settings['module']} (chosen)"
    yield "interpreter"
    for one in interpreter["candidates"]:
        yield from _candidate(one)
    if interpreter["problem"] is not None:
        yield f"    {interpreter['problem']['message']} {interpreter['problem']['hint']}"
    if source := project["uv_could_install"]:
        yield f"    uv could install {source}: Project setup in the window offers that."
    yield "env files"
    for one in project["env_files"]:
        yield f"  {_MARKS[one['chosen']]} {one['path']}: {', '.join(one['names'])}"


def _candidate(one: dict[str, Any]) -> Iterator[str]:
    python = f"Python {one['python']}" if one["python"] else "Python of unknown version"
    django = f"Django {one['django']}" if one["django"] else "no Django"
    yield f"  {_MARKS[one['in_use']]} {one['path']} ({one['source']}): {python}, {django}"
    yield f"        {one['reason']}"
    if one["requirements"]["text"]:
        yield f"        {one['requirements']['text']}"
