from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.render import html, markdown, text
from inspector_app.scans.render.facts import facts
from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path, open_sample
from tests.scans.test_report import validate
from tests.workspaces.layouts import make_manage_py

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = "<script>alert(1)</script> | `x` \x1b[31m\x07\n# [a](javascript:b) \u202e"


@pytest.fixture
def report() -> dict[str, Any]:
    workspace = open_sample()
    trust.grant(workspace)
    read: dict[str, Any] = scan(workspace).report
    # Whatever is rendered has the form that the schema promises.
    validate(read)
    return read


@pytest.fixture
def hostile(report: dict[str, Any]) -> dict[str, Any]:
    """The same report after every text of the project became hostile."""
    changed = copy.deepcopy(report)
    changed["project"]["root"] = changed["project"]["settings"] = HOSTILE
    changed["interpreter"]["why"] = HOSTILE
    for app in changed["apps"]:
        app["label"] = HOSTILE
        app["path"] = app["path"] and HOSTILE
    for finding in changed["findings"]:
        finding.update(title=HOSTILE, why=HOSTILE, file=HOSTILE, id=HOSTILE, action=HOSTILE)
    changed["sections"]["models"]["error"] = HOSTILE
    changed["databases"] = [{"alias": HOSTILE, "engine": HOSTILE}]
    return changed


RENDERERS = [text.render, markdown.render, html.render]


def test_what_there_is_not_is_not_called_unknown(tmp_path: Path) -> None:
    make_manage_py(tmp_path, "conf")
    (tmp_path / "conf.py").write_text("INSTALLED_APPS = []\n")
    said = dict(facts(scan(open_path(tmp_path)).report))

    assert said["URLs"] == "none"
    assert said["Databases"] == "none that the source text names"
    assert said["Source"] == "source text, nothing was run"


@pytest.mark.parametrize("render", RENDERERS)
def test_every_format_says_the_same_facts(render: Any, report: dict[str, Any]) -> None:
    plain = render(report).replace("\\", "").replace("&#x27;", "'")

    assert "4 in the project, 10 installed" in plain
    if render is not text.render:
        assert re.search(r"Read by DJDesk \S+ on 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.", plain)
    assert "16 in the project, 22 installed" in plain
    assert "Django's checks: 4 issues" in plain
    assert "workshop/models.py:" in plain
    assert "fields.W342" in plain


def test_text_is_plain_and_narrow(report: dict[str, Any]) -> None:
    rendered = text.render(report)

    assert "\x1b" not in rendered
    assert all(len(line) <= 110 for line in rendered.split("Findings")[1].splitlines())


def test_no_control_character_of_a_project_reaches_the_terminal(hostile: dict[str, Any]) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text.render(hostile))


def test_html_shows_hostile_names_as_text(hostile: dict[str, Any]) -> None:
    class Tags(HTMLParser):
        seen: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.add(tag)
            assert not any(name.startswith("on") or name in ("href", "src") for name, _ in attrs)

    rendered = html.render(hostile)
    Tags().feed(rendered)

    assert "script" not in Tags.seen
    assert "&lt;script&gt;alert(1)" in rendered


def test_html_needs_nothing_beside_it_and_runs_nothing(report: dict[str, Any]) -> None:
    rendered = html.render(report)

    assert "default-src 'none'" in rendered
    assert not re.search(r"https?://|<link|<img|url\(", rendered)


def test_markdown_shows_hostile_names_as_text(hostile: dict[str, Any]) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown.render(hostile))
    inline = [inner for token in tokens for inner in token.children or []]

    assert not [one for one in inline if one.type in ("html_inline", "link_open", "code_inline")]
    assert not [one for one in tokens if one.type == "html_block"]


@pytest.mark.parametrize("render", RENDERERS)
def test_what_could_not_be_read_is_said(render: Any, project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")
    report = open_path(project).scans.get().report

    rendered = render(report)

    assert "Could not be read" in rendered
    assert "has a syntax error in line 1" in rendered
    assert "the project is not trusted" in rendered


@pytest.mark.parametrize("render", RENDERERS)
def test_a_project_without_anything_is_rendered(render: Any, tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("import django\n")
    report = open_path(tmp_path).scans.get().report

    assert "none named" in render(report)


def test_changed_files_are_named(report: dict[str, Any]) -> None:
    changed = [{"path": f"{number}.log", "change": "created"} for number in range(7)]

    assert "7: 0.log (created), 1.log (created)" in text.render(report | {"files_changed": changed})


@pytest.mark.parametrize("render", RENDERERS)
def test_apps_that_cannot_all_be_known_are_at_least_those(render: Any, project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "INSTALLED_APPS += computed()\n")
    report = open_path(project).scans.get().report

    rendered = " ".join(render(report).replace("\\", "").split())

    assert re.search(r"at least \d+ in the project, at least \d+ installed", rendered)
    assert "Known in part" in rendered
    assert "so there may be other apps" in rendered
