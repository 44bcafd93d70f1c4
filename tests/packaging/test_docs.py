from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app import help as help_pages
from tests.environment import CHECKOUT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docs")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-q", str(CHECKOUT / "docs"), target],
        check=True,
    )
    return target


def test_no_page_needs_what_the_content_security_policy_forbids(built: Path) -> None:
    for page in built.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page
        assert " style=" not in text, page
        assert not re.search(r"""(src|href)=["']https?://[^"']*\.(js|css)""", text), page


def test_the_search_index_knows_the_pages(built: Path) -> None:
    assert "troubleshooting" in (built / "searchindex.js").read_text()


def test_every_preset_is_documented(built: Path) -> None:
    from inspector_app.commands.presets import PRESETS

    text = (built / "commands.html").read_text()
    assert all(name in text for name in PRESETS)


@pytest.mark.parametrize(
    "place", [*help_pages.PAGES.values(), *(place for _, place in help_pages.TOPICS.values())]
)
def test_what_the_app_links_to_is_there(built: Path, place: str) -> None:
    page, _, anchor = place.partition("#")

    assert not anchor or f'id="{anchor}"' in (built / page).read_text()
    assert (built / page).is_file()


def test_every_page_of_the_menu_has_its_place_in_the_docs() -> None:
    menus = (CHECKOUT / "templates" / "inspector_app" / "partials").glob("nav*.html")
    pages = {
        name for menu in menus for name in re.findall(r"'inspector:([\w-]+)'", menu.read_text())
    }

    assert pages
    assert pages <= help_pages.PAGES.keys()
