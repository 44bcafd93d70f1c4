"""The checks page of a real project."""

from __future__ import annotations

import re
from pathlib import Path

from inspector_app.sections.check_families import EXPLAINED, FAMILIES, anchor
from tests.environment import CHECKOUT
from tests.serving import Served

from .reading import rows_of, text_of

MODELS = """\
from django.db import models


class Tag(models.Model):
    pass


class Order(models.Model):
    tags = models.ManyToManyField(Tag, null=True)
"""


def open_shop(served: Served, project: Path, settings: str = "") -> str:
    (project / "orders" / "models.py").write_text(MODELS)
    file = project / "shop" / "settings.py"
    file.write_text(file.read_text() + settings)
    return served.open_trusted(project)


def test_results_have_id_message_subject_and_place(served: Served, project: Path) -> None:
    slug = open_shop(served, project)

    rows = rows_of(served, f"/w/{slug}/checks/")

    assert (
        "Warning fields.W340 null has no effect on ManyToManyField."
        " orders.Order.tags orders/ models.py:9"
    ) in rows
    hsts = next(one for one in rows if "security.W004" in one)
    assert hsts.startswith("Warning security.W004 deployment You have not set a value")
    assert hsts.endswith("SECURE_HSTS_SECONDS not set")
    debug = next(one for one in rows if "security.W018" in one)
    assert re.search(r"DEBUG shop/ settings\.py:\d+$", debug)


def test_silenced_results_are_listed_as_such(served: Served, project: Path) -> None:
    slug = open_shop(served, project, "SILENCED_SYSTEM_CHECKS = ['fields.W340', 'security.W018']\n")

    rows = rows_of(served, f"/w/{slug}/checks/?kind=silenced")

    assert [one.split()[:2] for one in rows] == [
        ["Silenced", "fields.W340"],
        ["Silenced", "security.W018"],
    ]
    assert "2 silenced" in text_of(served, f"/w/{slug}/checks/")


def test_an_id_leads_to_the_bundled_documentation(served: Served, project: Path) -> None:
    slug = open_shop(served, project)
    _, page = served.get(f"/w/{slug}/checks/")

    assert b'href="/docs/checks.html#fields-w340"' in page
    assert anchor("fields.E300") == "/docs/checks.html#fields"
    assert anchor("wagtailsearch.W001") == anchor("") == ""


def test_what_the_documentation_explains_is_what_is_linked() -> None:
    text = (CHECKOUT / "docs" / "checks.md").read_text()

    assert set(re.findall(r"^## (.+)$", text, re.MULTILINE)) == FAMILIES
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) == EXPLAINED


def test_before_trust_nothing_is_known(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    text = text_of(served, f"/w/{project.name}/checks/")

    assert "It is known once the project's code may run." in text
    assert "0 issues" not in text


def test_checks_that_gave_no_result_are_not_taken_for_none(served: Served, project: Path) -> None:
    slug = open_shop(served, project, "raise RuntimeError('no luck today')\n")

    text = text_of(served, f"/w/{slug}/checks/")

    assert "Django's checks gave no result" in text
    assert "no luck today" in text
