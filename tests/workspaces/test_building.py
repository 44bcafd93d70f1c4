"""Building an environment with the real uv, from a wheel on this disk instead of the network."""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.models import Workspace
from inspector_app.workspaces import building, trust, verify
from inspector_app.workspaces.opening import open_path
from inspector_app.workspaces.removal import remove
from inspector_app.workspaces.uv_offer import environment_folder, offer_for
from tests.waiting import until
from tests.workspaces.layouts import make_manage_py, make_venv

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPTS = Path(sys.prefix) / "bin"


@pytest.fixture(autouse=True)
def with_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A PATH with uv and Python on it, and a home of its own."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "uv").symlink_to(SCRIPTS / "uv")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    building._builds.clear()
    yield
    building.stop_all()


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """A project without a Python; its requirements are a Django made of nothing but a version."""
    root = tmp_path / "shop"
    make_manage_py(root)
    make_wheel(root / "wheels", "django", "5.2.4")
    (root / "requirements.txt").write_text(
        f"--no-index\n--find-links {root / 'wheels'}\nDjango==5.2.4\n"
    )
    return open_path(root)


def make_wheel(folder: Path, name: str, version: str) -> None:
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"def get_version():\n    return {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(text)},{len(text)}\n" for path, text in files.items())
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(path, text)


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def ended(workspace: Workspace) -> building.Build:
    build = building.build_of(workspace)
    assert build is not None
    until(lambda: build.state != "running", "the end of the build", 120)
    if build.thread is not None:
        build.thread.join()
    return build


def digest_of(workspace: Workspace) -> str:
    offer = offer_for(workspace)
    assert offer is not None
    return offer.digest


def test_what_is_offered_are_exact_commands_into_djdesk_s_own_folder(shop: Workspace) -> None:
    offer = offer_for(shop)

    assert offer is not None
    assert offer.source == f"{shop.root}/requirements.txt"
    assert [command[1:] for command in offer.commands] == [
        ["venv", str(environment_folder(shop))],
        [
            *("pip", "install", "--python", str(environment_folder(shop))),
            *("--compile-bytecode", "--no-build", "-r", f"{shop.root}/requirements.txt"),
        ],
    ]
    assert not environment_folder(shop).is_relative_to(shop.root)


def test_what_was_allowed_is_built_and_used(
    shop: Workspace, unchanged: Callable[[Path], None]
) -> None:
    unchanged(shop.root_path)
    building.start(shop, digest_of(shop))
    build = ended(shop)

    assert (build.state, build.lines()[-1:]) == ("done", ["+ django==5.2.4"])
    shop.refresh_from_db()
    assert shop.interpreter == str(environment_folder(shop) / "bin" / "python")
    assert (shop.django_version, shop.bundled) == ("5.2.4", False)
    assert offer_for(shop) is None


def test_what_was_built_can_be_started_although_djdesk_s_own_files_are_hidden(
    shop: Workspace,
) -> None:
    building.start(shop, digest_of(shop))
    ended(shop)
    shop.refresh_from_db()
    trust.grant(shop)

    verify.verify(shop)

    assert (shop.django_version, shop.interpreter_problem) == ("5.2.4", None)
    assert shop.interpreter_proof


def test_a_requirement_that_cannot_be_had_is_said_and_leaves_nothing(shop: Workspace) -> None:
    (shop.root_path / "requirements.txt").write_text("--no-index\nno-such-thing\n")
    building.start(shop, digest_of(shop))
    build = ended(shop)

    assert build.state == "failed"
    assert "exit code 1" in build.message
    assert "no-such-thing" in " ".join(build.lines())
    assert not environment_folder(shop).exists()
    shop.refresh_from_db()
    assert shop.bundled


def test_no_code_of_a_package_is_run(shop: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "evil"
    source.mkdir()
    (source / "setup.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    (shop.root_path / "requirements.txt").write_text(f"--no-index\nevil @ {source.as_uri()}\n")
    building.start(shop, digest_of(shop))

    assert ended(shop).state == "failed"
    assert not (tmp_path / "ran").exists()


def test_other_commands_than_those_shown_are_not_run(shop: Workspace) -> None:
    shown = digest_of(shop)
    (shop.root_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.9"\n')

    with pytest.raises(Problem) as caught:
        building.start(shop, shown)

    assert caught.value.code == "offer_changed"
    assert building.build_of(shop) is None


def test_a_build_can_be_stopped(shop: Workspace, tmp_path: Path) -> None:
    slow = tmp_path / "programs" / "uv"
    slow.unlink()
    slow.write_text("#!/bin/sh\nsleep 600\n")
    slow.chmod(0o755)
    building.start(shop, digest_of(shop))

    building.stop(shop)

    assert ended(shop).state == "stopped"


@pytest.mark.parametrize("missing", ["uv", "requirements"])
def test_without_uv_or_requirements_nothing_is_offered(
    shop: Workspace, tmp_path: Path, missing: str
) -> None:
    if missing == "uv":
        (tmp_path / "programs" / "uv").unlink()
    else:
        (shop.root_path / "requirements.txt").unlink()

    assert offer_for(shop) is None


def test_a_project_with_a_python_is_offered_nothing(shop: Workspace) -> None:
    make_venv(shop.root_path / ".venv", django="5.2.4")

    assert offer_for(open_path(shop.root)) is None


def test_a_lock_of_uv_is_installed_as_it_is(shop: Workspace) -> None:
    (shop.root_path / "uv.lock").write_text("version = 1\n")
    offer = offer_for(shop)

    assert offer is not None
    assert [command[1:5] for command in offer.commands] == [
        ["sync", "--project", shop.root, "--frozen"]
    ]
    assert offer.variables == {"UV_PROJECT_ENVIRONMENT": str(environment_folder(shop))}


def test_a_forgotten_workspace_takes_its_environment_along(shop: Workspace) -> None:
    building.start(shop, digest_of(shop))
    ended(shop)
    folder = environment_folder(shop)
    assert folder.is_dir()

    remove(shop)

    assert not folder.exists()


def test_uv_gets_nothing_of_djdesk_s_environment(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    told = tmp_path / "programs" / "uv"
    told.unlink()
    told.write_text(f"#!/bin/sh\nenv > {tmp_path / 'environment'}\nexit 3\n")
    told.chmod(0o755)
    building.start(shop, digest_of(shop))
    ended(shop)

    names = {line.partition("=")[0] for line in (tmp_path / "environment").read_text().split("\n")}
    assert not any(name.startswith(("DJDESK_", "DJANGO_", "VIRTUAL_ENV")) for name in names)
    assert os.environ["DJDESK_DATA_DIR"]
