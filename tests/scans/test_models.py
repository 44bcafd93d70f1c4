from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.scans.static.reading import StaticReading
from tests.scans.asking import Answer, answer, ask_django, read
from tests.scans.edge import make_edge_project

SETTINGS = "edge.settings.dev"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_edge_project(tmp_path_factory.mktemp("edge"))


@pytest.fixture(scope="module")
def truth(root: Path) -> Answer:
    return ask_django(root, SETTINGS)


@pytest.fixture(scope="module")
def reading(root: Path) -> StaticReading:
    return read(root, SETTINGS)


def test_apps_are_those_of_django(truth: Answer, reading: StaticReading) -> None:
    assert answer(reading).apps == truth.apps


def test_models_and_their_flags_are_those_of_django(truth: Answer, reading: StaticReading) -> None:
    assert answer(reading).models == truth.models


def test_fields_are_those_of_django(truth: Answer, reading: StaticReading) -> None:
    assert answer(reading).fields == truth.fields


def test_relations_are_those_of_django(truth: Answer, reading: StaticReading) -> None:
    assert answer(reading).relations == truth.relations


def test_without_the_packages_the_project_s_own_models_stay_the_same(
    root: Path, truth: Answer
) -> None:
    """As in the frozen application, where Django is there without its source."""
    from inspector_app.scans.static.reading import read_project

    alone = answer(read_project(root, Path("manage.py"), SETTINGS))
    own = {"people", "shop", "stock", "reviews", "legacy"}
    # Declared by AbstractUser, which is not there to be read.
    hidden = {"people.Person_groups", "people.Person_user_permissions"}
    expected = {
        label: model
        for label, model in truth.models.items()
        if label.split(".")[0] in own and label not in hidden
    }
    relations = {
        one
        for one in truth.relations
        if one[0] in expected and one[2] not in ("groups", "user_permissions")
    }

    assert alone.apps == truth.apps
    assert alone.models == expected
    assert alone.relations == relations


def test_every_entry_says_where_it_stands(root: Path, reading: StaticReading) -> None:
    for models in reading.models.models.values():
        for model in models:
            lines = (root / model["file"]).read_text().splitlines()
            line = lines[model["line"] - 1]
            name = model["name"]
            assert f"class {name}" in line or f"{name.partition('_')[2]} = " in line
            for one in model["fields"]:
                text = (root / one["file"]).read_text().splitlines()[one["line"] - 1]
                assert one["auto_created"] or one["name"] in text


def test_abstract_bases_are_kept_apart(reading: StaticReading) -> None:
    abstract = [one["label"] for models in reading.models.abstract.values() for one in models]

    assert "auth.AbstractUser" in abstract
    assert all(one["abstract"] for models in reading.models.abstract.values() for one in models)


def test_inherited_fields_point_at_the_base_that_declares_them(reading: StaticReading) -> None:
    [good] = [m for m in reading.models.models["shop"] if m["label"] == "shop.Good"]
    fields = {one["name"]: one for one in good["fields"]}

    assert (fields["created_at"]["inherited"], fields["created_at"]["file"]) == (
        True,
        "common/models.py",
    )
    assert (fields["price"]["inherited"], fields["price"]["kind"]) == (False, "Money")
    assert fields["id"] == {**fields["id"], "kind": "AutoField", "auto_created": True}


def test_what_depends_on_the_environment_is_not_called_complete(reading: StaticReading) -> None:
    assert reading.apps_complete is False


def test_databases_are_named_without_anything_else_of_them(reading: StaticReading) -> None:
    assert reading.databases == [
        {"alias": "default", "engine": "sqlite3"},
        {"alias": "archive", "engine": "sqlite3"},
    ]


def test_sections_are_static_and_fine(reading: StaticReading) -> None:
    assert {"settings", "apps", "models", "migrations", "urls"} < set(reading.sections)
    for section in reading.sections.values():
        assert section["source"] == "static"
        assert (section["ok"], section["error"]) == (True, None)
