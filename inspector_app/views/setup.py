"""Project setup: the settings, interpreter and env files in use, and what else there is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.models import Workspace
from inspector_app.workspaces.building import Build, build_of
from inspector_app.workspaces.choices import CHOSEN
from inspector_app.workspaces.env_files import find_env_files, is_example, read_variables
from inspector_app.workspaces.found import Found
from inspector_app.workspaces.opened import shown
from inspector_app.workspaces.opening import found_of
from inspector_app.workspaces.running import packages_for, python_path_in
from inspector_app.workspaces.settings_module import SettingsModule, read_settings_modules
from inspector_app.workspaces.source import is_file
from inspector_app.workspaces.survey import Candidate, survey
from inspector_app.workspaces.uv_offer import Offer, offer_for, why_no_offer

NAMES_SHOWN = 12


@dataclass(frozen=True)
class EnvFile:
    """One env file that is offered, with the names of its variables and never a value."""

    path: str
    label: str
    names: list[str]
    chosen: bool
    example: bool
    gone: bool

    @property
    def shown_names(self) -> str:
        more = len(self.names) - NAMES_SHOWN
        return ", ".join(self.names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class Setup:
    """What the dialog shows."""

    settings: list[SettingsModule]
    settings_chosen: bool
    settings_named: SettingsModule | None
    python_path: str
    candidates: list[Candidate]
    python_chosen: bool
    env_files: list[EnvFile]
    offer: Offer | None
    no_offer: str
    build: Build | None


def setup_of(workspace: Workspace) -> Setup:
    """Read from disk now, because that is what a choice would be made from."""
    found = found_of(workspace)
    files = [Path(file) for file in workspace.env_files]
    modules = read_settings_modules(found, files, packages_for(workspace))
    used = next((one for one in modules if one.name == workspace.settings_module), None)
    return Setup(
        settings=modules,
        settings_chosen=workspace.settings_source == CHOSEN,
        settings_named=used,
        python_path=python_path_in(workspace),
        candidates=survey(found, workspace),
        python_chosen=workspace.interpreter_source == CHOSEN,
        env_files=_env_files(found, files),
        offer=offer_for(workspace),
        no_offer=why_no_offer(workspace),
        build=build_of(workspace),
    )


def setup_json(workspace: Workspace) -> dict[str, Any]:
    setup = setup_of(workspace)
    return {
        "manage_py": workspace.manage_py or None,
        "python_path": workspace.python_path,
        "settings": {
            "module": workspace.settings_module,
            "source": workspace.settings_source,
            "chosen": setup.settings_chosen,
            "candidates": [
                {"module": one.name, "file": one.file, "line": one.line, "exists": one.exists}
                for one in setup.settings
            ],
        },
        "interpreter": {
            "path": workspace.interpreter,
            "chosen": setup.python_chosen,
            "problem": workspace.interpreter_problem,
            "verified": bool(workspace.interpreter_proof),
            "candidates": [candidate_json(one) for one in setup.candidates],
        },
        "env_files": [
            {
                "path": one.path,
                "names": one.names,
                "chosen": one.chosen,
                "example": one.example,
                "gone": one.gone,
            }
            for one in setup.env_files
        ],
        "offer": _offer_json(setup.offer),
        "no_offer": setup.no_offer,
        "build": _build_json(setup.build),
    }


def _offer_json(offer: Offer | None) -> dict[str, Any] | None:
    if offer is None:
        return None
    return {
        "folder": str(offer.folder),
        "source": offer.source,
        "left_out": list(offer.left_out),
        "variables": offer.variables,
        "commands": offer.commands,
        "lines": offer.lines,
        "digest": offer.digest,
    }


def _build_json(build: Build | None) -> dict[str, Any] | None:
    if build is None:
        return None
    return {"state": build.state, "message": build.message, "lines": build.lines()}


def candidate_json(one: Candidate) -> dict[str, Any]:
    comparison = one.comparison
    return {
        "path": shown(one.environment.path),
        "source": one.environment.source,
        "python": one.environment.python,
        "django": one.environment.django,
        "in_use": one.in_use,
        "usable": one.usable,
        "reason": one.reason,
        "requirements": {
            "asked": comparison.asked,
            "met": comparison.met,
            "missing": [wanted.name for wanted in comparison.missing],
            "other": {wanted.name: version for wanted, version in comparison.other},
            "text": one.requirements,
        },
    }


def _env_files(found: Found, chosen: list[Path]) -> list[EnvFile]:
    offered = find_env_files([found.base, found.root])
    return [
        EnvFile(
            path=shown(file),
            label=shown(file.relative_to(found.root) if _inside(file, found) else file),
            names=[one.name for one in read_variables(file) if not one.broken],
            chosen=file in chosen,
            example=is_example(file),
            gone=not is_file(file),
        )
        for file in dict.fromkeys([*chosen, *offered])
    ]


def _inside(file: Path, found: Found) -> bool:
    return file.is_relative_to(found.root)
