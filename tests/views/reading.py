"""Pages as people read them."""

from __future__ import annotations

import html
import re

from tests.serving import Served


def text_of(served: Served, path: str) -> str:
    """The words of a page, without its markup."""
    status, body = served.get(path)
    assert status == 200, body[:2000]
    words = re.sub(
        r"<(script|style|template)\b.*?</\1>|<[^>]+>",
        " ",
        # There a name may wrap; it is no space.
        body.decode().replace("<wbr>", ""),
        flags=re.DOTALL,
    )
    return re.sub(r"\s+", " ", html.unescape(words))


def rows_of(served: Served, path: str) -> list[str]:
    """The text of each row in sight of a page's table or list."""
    _, body = served.get(path)
    found = re.findall(
        r"<(tr|li|div)\b([^>]*\bdata-row\b[^>]*)>(.*?)</\1>", body.decode(), re.DOTALL
    )
    return [
        re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", inner))).strip()
        for _, attributes, inner in found
        if not re.search(r"\bhidden\b", attributes)
    ]
