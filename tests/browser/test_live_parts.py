"""Parts of a page that follow the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served

from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser


def test_one_that_a_script_has_styled_is_replaced_within_the_policy(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    page.goto(f"{served.base}/w/shop/runs/")
    ready(page)
    count = page.locator("#recents-count")
    count.evaluate("element => { element.style.width = '9px'; }")
    page.evaluate(
        "() => { document.addEventListener('htmx:afterSettle',"
        " () => { document.body.dataset.settled = 'yes'; });"
        " document.body.dispatchEvent(new CustomEvent('djdesk:refresh')); }"
    )

    # That nothing was refused is what the guard of all pages looks for.
    expect(page.locator("body[data-settled]")).to_be_attached()
    expect(count).not_to_have_attribute("style", "width: 9px;")
