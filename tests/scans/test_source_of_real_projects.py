"""The static reading of real projects against what their own Django says of URLs and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.scans.static.reading import StaticReading
from tests import projects
from tests.scans.asking import answer, ask_django, read
from tests.scans.asking_source import Truth, ask, changed, migrations, written_urls

pytestmark = pytest.mark.projects

URLS_GOAL = 0.90
MODELS_GOAL = 0.95


@dataclass
class Both:
    """A project, what was read of it, and what its own Django says."""

    project: projects.RealProject
    reading: StaticReading
    truth: Truth


@pytest.fixture(scope="module", params=["wagtail", "nemo"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    project = getattr(projects, request.param)()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    return Both(
        project,
        read(project.root, project.settings, project.python),
        ask(elsewhere, project.settings, project.python),
    )


def test_urls_that_urlconfs_write_are_read(both: Both) -> None:
    written, known = both.truth.written, written_urls(both.reading)

    assert (written & known).total() / written.total() >= URLS_GOAL


def test_no_url_is_invented(both: Both) -> None:
    assert written_urls(both.reading) - both.truth.urls == type(both.truth.urls)()


def test_what_is_generated_or_not_known_is_named(both: Both) -> None:
    """Everything that is missed lies below what is named as generated, or is in the notes."""
    missed = both.truth.written - written_urls(both.reading)
    computed = [one for one in both.reading.urls.entries if one["generated"] == "a computed route"]

    assert len(computed) >= len(missed)
    assert not missed or any("computed" in note for note in both.reading.urls.notes)


def test_views_are_the_ones_that_django_calls(both: Both) -> None:
    views = both.truth.views
    known = {
        (one["route"], one["name"]): one["view"]
        for one in both.reading.urls.entries
        if one["generated"] is None and (one["route"], one["name"]) in views
    }
    # Wagtail's registry of viewsets makes its views when it is asked for them.
    right = [url for url, view in known.items() if views[url] == view or "<locals>" in views[url]]

    assert len(right) / len(known) >= 0.99


def test_changed_settings_are_the_ones_that_django_has(both: Both) -> None:
    said = both.truth.said["settings"]
    # One is set by a library while it is imported; one is the default as another kind of list.
    not_written = {"WAGTAIL_PAGE_MODEL", "STATICFILES_FINDERS"}

    assert set(changed(both.reading)) == set(said) - not_written


def test_values_of_settings_are_right_or_marked(both: Both) -> None:
    said = both.truth.said["settings"]
    wrong = {
        name
        for name, one in changed(both.reading).items()
        if one["value"] != said[name] and not (one["redacted"] or one.get("depends"))
    }

    # Django adds defaults to what a project writes of them.
    assert wrong <= {"DATABASES"}


def test_migrations_are_read_word_for_word(both: Both) -> None:
    known = migrations(both.reading)

    assert known
    assert known == {name: both.truth.said["migrations"][name] for name in known}


def test_models_and_relations_of_the_project_are_read(both: Both, tmp_path: Path) -> None:
    project = both.project
    said = ask_django(project.root, project.settings, project.python, tmp_path)
    known = answer(both.reading)
    own = {app.label for app in both.reading.apps if app.own}
    models = {label for label in said.models if label.partition(".")[0] in own}
    # One relation to its entries in an index is added to every model that is searched.
    written = {one for one in said.relations if one[2] != "index_entries"}
    relations = {one for one in written if one[0] in models}

    assert len(models & known.models.keys()) / len(models) >= MODELS_GOAL
    assert len(relations & known.relations) / len(relations) >= MODELS_GOAL


def test_every_section_is_told(both: Both) -> None:
    sections = both.reading.sections

    assert set(sections) == {
        *("settings", "apps", "models", "migrations", "urls", "requirements", "middleware"),
        *("templates", "static_files", "admin", "signals", "commands", "tasks"),
    }
    assert [name for name, one in sections.items() if not one["ok"]] == []
