"""Which files and folders of the user no command may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.runs import secrets


def test_what_the_user_has_put_elsewhere_is_hidden_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first.yaml", "second.yaml", "key.json"):
        (tmp_path / name).touch()
    both = f"{tmp_path}/first.yaml:{tmp_path}/second.yaml:{tmp_path}/not-there.yaml"
    monkeypatch.setenv("KUBECONFIG", both)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", f"{tmp_path}/key.json")

    found = {path for path in secrets.hidden() if path.startswith(f"{tmp_path}/")}
    assert found == {f"{tmp_path}/{name}" for name in ("first.yaml", "second.yaml", "key.json")}


@pytest.mark.parametrize("value", ["", "/", "HOME", "HOME/link/..", ".", "first.yaml"])
def test_a_variable_hides_neither_a_home_nor_what_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "first.yaml").touch()
    (tmp_path / "link").mkdir()
    monkeypatch.delenv("DOCKER_CONFIG", raising=False)
    before = secrets.hidden()
    monkeypatch.setenv("DOCKER_CONFIG", value.replace("HOME", str(tmp_path)))

    assert secrets.hidden() == before
