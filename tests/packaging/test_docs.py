from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

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
