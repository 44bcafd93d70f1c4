"""What the overview says of a project that cannot be read whole."""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.serving import Served


def test_the_overview_says_what_is_known_only_in_part(served: Served, project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(
        settings.read_text() + "INSTALLED_APPS += computed()\n"
        "if computed():\n    DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql'}}\n"
    )
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    page = html.unescape(re.sub(r"<[^>]+>|\s+", " ", served.get("/w/shop/")[1].decode()))
    text = re.sub(r"\s+", " ", page)

    assert re.search(r"of at least \d+ installed", text)
    assert re.search(r"at least \d+ apps", text)
    assert "default not known: " in text
    assert "so there may be other apps" in text
    assert "so it may name others" in text


def test_the_overview_says_which_file_could_not_be_read(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    page = html.unescape(served.get("/w/shop/")[1].decode())

    assert "models: orders/models.py has a syntax error in line 1" in page
