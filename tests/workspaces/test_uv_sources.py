"""What uv is asked to install, from the files of every tool; by the real uv, without network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.workspaces import building
from inspector_app.workspaces.opening import open_path
from inspector_app.workspaces.uv_offer import offer_for, why_no_offer
from tests.workspaces.layouts import make_manage_py
from tests.workspaces.test_building import digest_of, ended, make_wheel, with_uv

__all__ = ["with_uv"]

pytestmark = pytest.mark.django_db(transaction=True)

POETRY = '[tool.poetry.dependencies]\npython = "^3.9"\nDjango = "^5.2"\n'
LOCK = (
    '[[package]]\nname = "django"\nversion = "5.2.4"\n\n[[package]]\nname = "six"\nversion = "1"\n'
)
PYLOCK = (
    'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "django"\nversion = "5.2.4"\n'
    'wheels = [{path = "wheels/django-5.2.4-py3-none-any.whl", hashes = {}}]\n'
)
FILES: dict[str, tuple[dict[str, str], list[str]]] = {
    "Poetry": ({"pyproject.toml": POETRY}, ["django>=5.2,<6"]),
    "Poetry with its lock": (
        {"pyproject.toml": POETRY, "poetry.lock": LOCK},
        ["django==5.2.4"],
    ),
    "PDM with its lock": (
        {"pyproject.toml": '[project]\ndependencies = ["Django>=5"]\n', "pdm.lock": LOCK},
        ["django==5.2.4"],
    ),
    "Hatch": (
        {"pyproject.toml": '[tool.hatch.envs.default]\ndependencies = ["Django~=5.2"]\n'},
        ["django~=5.2"],
    ),
    "Pipenv": (
        {"Pipfile": '[packages]\ndjango = "*"\n[requires]\npython_version = "3"\n'},
        ["django"],
    ),
    "Pipenv with its lock": (
        {
            "Pipfile": '[packages]\ndjango = {version = "*", markers = "python_version > \'3\'"}\n',
            "Pipfile.lock": json.dumps({"default": {"django": {"version": "==5.2.4"}}}),
        },
        ['django==5.2.4 ; python_version > "3"'],
    ),
    "setup.cfg": (
        {"setup.cfg": "[options]\ninstall_requires =\n    Django>=5\n"},
        ["django>=5"],
    ),
    "setup.py": (
        {
            "setup.py": (
                "from setuptools import setup\n"
                "NEEDS = ('Django>4',)\n"
                "setup(install_requires=NEEDS)\n"
            )
        },
        ["django>4"],
    ),
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without a Python, and a folder of wheels that stands in for the package index."""
    root = tmp_path / "shop"
    make_manage_py(root)
    make_wheel(tmp_path / "wheels", "django", "5.2.4")
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path / "wheels"))
    return root


def opened(root: Path, files: dict[str, str]) -> Workspace:
    for name, text in files.items():
        (root / name).write_text(text)
    return open_path(root)


@pytest.mark.parametrize(("files", "words"), FILES.values(), ids=FILES.keys())
def test_what_is_declared_is_installed(shop: Path, files: dict[str, str], words: list[str]) -> None:
    workspace = opened(shop, files)
    offer = offer_for(workspace)
    assert offer is not None
    assert offer.commands[-1][offer.commands[-1].index("--no-build") + 1 :] == words
    assert offer.source == str(shop / list(files)[-1])

    building.start(workspace, digest_of(workspace))
    build = ended(workspace)

    assert (build.state, build.lines()[-1:]) == ("done", ["+ django==5.2.4"])


def test_what_several_versions_are_locked_of_keeps_its_range(shop: Path) -> None:
    files = {"pyproject.toml": POETRY, "poetry.lock": LOCK + LOCK.replace("5.2.4", "5.3")}
    offer = offer_for(opened(shop, files))

    assert offer is not None
    assert offer.commands[-1][-1] == "django>=5.2,<6"


def test_what_would_have_to_be_built_is_left_out_and_said(shop: Path) -> None:
    git = '{git = "https://name:secret@host.example/plugin.git"}'
    offer = offer_for(opened(shop, {"pyproject.toml": f"{POETRY}plugin = {git}\nold = '1'\n"}))

    assert offer is not None
    assert offer.commands[-1][-2:] == ["django>=5.2,<6", "old==1"]
    (sentence,) = offer.left_out
    assert sentence.startswith("plugin comes from git+https://host.example/plugin.git, which")


def test_an_optional_or_a_development_dependency_is_not_installed(shop: Path) -> None:
    more = (
        'x = {version = "1", optional = true}\n[tool.poetry.group.dev.dependencies]\nruff = "*"\n'
    )
    offer = offer_for(opened(shop, {"pyproject.toml": POETRY + more}))

    assert offer is not None
    assert offer.commands[-1][-1] == "django>=5.2,<6"


SOURCE = '[[source]]\nname = "ours"\nurl = "https://name:secret@host.example/simple"\n'


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("Pipfile", f'{SOURCE}[packages]\ndjango = "*"\n', "packages from https://host.example/"),
        (
            "pyproject.toml",
            POETRY + SOURCE.replace("[[source]]", "[[tool.poetry.source]]"),
            "packages from https://host.example/",
        ),
        (
            "setup.py",
            "from setuptools import setup\nsetup(install_requires=open('x').readlines())\n",
            "setup.py computes what the project requires",
        ),
        ("environment.yml", "dependencies:\n  - django\n", "names packages of conda"),
    ],
)
def test_where_nothing_can_be_offered_it_is_said_why(
    shop: Path, name: str, text: str, why: str
) -> None:
    workspace = opened(shop, {name: text})

    assert offer_for(workspace) is None
    assert why in why_no_offer(workspace)
    assert "secret" not in why_no_offer(workspace)


def test_a_standard_lock_is_installed_as_it_is(shop: Path) -> None:
    make_wheel(shop / "wheels", "django", "5.2.4")
    workspace = opened(shop, {"pylock.toml": PYLOCK})
    building.start(workspace, digest_of(workspace))
    build = ended(workspace)

    assert (build.state, build.lines()[-1]) == ("done", "+ django==5.2.4")


def test_a_project_that_asks_for_nothing_gets_no_explanation(shop: Path) -> None:
    assert why_no_offer(open_path(shop)) == ""
