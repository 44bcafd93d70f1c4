"""Going through a page as one does without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

# More than a page has before any of its parts.
STEPS = 120


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press ``key`` until what is called ``name`` has the focus."""
    for _ in range(STEPS):
        page.keyboard.press(key)
        if focused(page) == name:
            return
    pytest.fail(f"{name} is not reached by {key}")


def focused(page: Page) -> str:
    """The name of what has the focus: its label, what it says, or its text."""
    return str(
        page.evaluate(
            """() => {
              const one = document.activeElement;
              const words = one.labels?.[0]?.textContent ?? one.ariaLabel ?? one.textContent;
              return words.trim().replace(/\\s+/g, ' ');
            }"""
        )
    )
