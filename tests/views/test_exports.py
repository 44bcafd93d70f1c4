"""The Exports page: each preview begins as the file does."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from inspector_app.exports import FORMATS
from inspector_app.views.exports import REPORTS, SCHEMA
from tests.serving import Served

from .reading import text_of

# Of a line of the preview.
WIDTH = 400


def preview(served: Served, slug: str, suffix: str) -> str:
    """The page as it asks for its own preview."""
    asked = {"HX-Request": "true"}
    with served.stream(f"/w/{slug}/exports/?format={suffix}", asked) as answer:
        return html.unescape(answer.read().decode())


def test_every_format_is_offered() -> None:
    assert [one[0] for one in (*REPORTS, *SCHEMA)] == list(FORMATS)


def test_each_format_is_listed_with_the_end_of_its_files_name(served: Served, sample: Path) -> None:
    slug = served.open_trusted(sample)
    listed = text_of(served, f"/w/{slug}/exports/")
    for suffix in FORMATS:
        with served.stream(f"/w/{slug}/export.{suffix}", {}) as answer:
            name = re.search('filename="(.*?)"', answer.headers["Content-Disposition"])
        assert name is not None
        assert name[1].removeprefix(slug) in listed.split()


def test_each_preview_begins_as_the_file_does(served: Served, sample: Path) -> None:
    slug = served.open_trusted(sample)
    for suffix in ("md", "json", "mermaid", "dbml"):
        page = preview(served, slug, suffix)
        shown = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
        lines = served.get(f"/w/{slug}/export.{suffix}")[1].decode().splitlines()
        assert shown is not None
        begun = [line.removesuffix("…") for line in shown[1].splitlines()]
        assert begun == [line[:WIDTH] for line in lines[: len(begun)]], suffix
        more = len(lines) - len(begun)
        assert not more or f"{more:,} more lines" in page

    page = preview(served, slug, "ipynb")
    cells = json.loads(served.get(f"/w/{slug}/export.ipynb")[1])["cells"]
    assert page.count("In [ ]") == sum(cell["cell_type"] == "code" for cell in cells)
    # As it reads, not as Markdown writes it.
    assert re.search(r"warning \(fields\.W342\) in \S*workshop/models\.py:\d", page)

    assert "fields.W342" in preview(served, slug, "html")
    report = json.loads(served.get(f"/w/{slug}/export.json")[1])
    assert report["redacted"] == sum(one["redacted"] for one in report["settings"]["changed"]) > 0
    # What takes time comes after the page.
    assert "Writing JSON…" in text_of(served, f"/w/{slug}/exports/?format=json")
