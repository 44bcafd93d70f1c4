"""What differs from one run to the next on a page that is otherwise the same."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.environment import CHECKOUT

# Pattern and what stands for it; read by Python and by JavaScript alike, in this order.
WORDS = (
    (r"just now|\d+ min ago|today \d\d:\d\d( [AP]M)?", "just now"),
    # A long value is cut where the folder's name made it too long.
    (r"'/[^']*…", "'/…"),
    (r"\b\d{4}-\d\d-\d\dT[\d:.+]+", "2026-01-01T00:00:00+00:00"),
    (r"\b\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( UTC)?", "2026-01-01 00:00 UTC"),
    (r"\b\d+:\d\d:\d\d(\.\d+)?( [AP]M)?", "00:00:00"),
    (r"\b\d+(\.\d+)?[ \u00a0](ms|s)\b", "0.1 s"),
    (r"\b[\d,.]+[ \u00a0](B|kB|KB|MB|GB)\b", "10 MB"),
    (r"\bPython 3\.\d+(\.\d+)?", "Python 3.11"),
    (r"\bDjango \d\.\d+(\.\d+)?", "Django 5.2"),
    (r"\b3\.\d+\.\d+ · \d\.\d+\.\d+", "3.11 · 5.2"),
)


def rules(folder: Path) -> list[tuple[str, str]]:
    """All of it where the projects lie in ``folder``."""
    return [*places(folder), *WORDS]


def places(folder: Path) -> list[tuple[str, str]]:
    """Of it, the paths."""
    home = str(Path.home())
    found = []
    for path, short in ((str(folder), "/home/mia"), (str(CHECKOUT), "/djdesk")):
        found.append((re.escape(path), short))
        if path.startswith(f"{home}/"):
            found.append((re.escape(f"~{path.removeprefix(home)}"), short))
    return found


def settled(text: str, folder: Path) -> str:
    """``text`` without what varies."""
    for pattern, word in rules(folder):
        text = re.sub(pattern, word, text)
    return text


def settle(page: Page, rules: list[tuple[str, str]]) -> None:
    """The same on the page itself, also in the shadows of its elements."""
    page.evaluate(
        """rules => {
          const compiled = rules.map(([pattern, word]) => [new RegExp(pattern, 'g'), word]);
          const visit = root => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
            for (let node = walker.currentNode; node; node = walker.nextNode()) {
              if (node.shadowRoot) visit(node.shadowRoot);
              if (node.nodeType !== Node.TEXT_NODE) continue;
              const text = compiled.reduce((all, [from, to]) => all.replace(from, to), node.data);
              if (text !== node.data) node.data = text;
            }
          };
          visit(document.body);
        }""",
        rules,
    )
