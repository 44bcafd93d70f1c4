"""axe on a page as it is, in every look that a person can give it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  const { violations } = await axe.run({ resultTypes: ['violations'] });
  const found = violations.map(
    one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 150)).join(' | ')}`);
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight)
    found.push(`window-scrolls: ${scrollWidth}x${scrollHeight}`);
  return found;
}"""


@dataclass(frozen=True)
class Look:
    theme: str
    density: str
    size: tuple[int, int]


# Each theme with each density, and each size. To a page, 640x400 is a window of 1280x800 at a zoom
# of 200 %: everything that axe measures is in CSS pixels.
LOOKS = (
    Look("light", "comfortable", (1280, 800)),
    Look("dark", "compact", (1280, 800)),
    Look("dark", "comfortable", (900, 600)),
    Look("light", "compact", (640, 400)),
)


def violations(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[str]:
    """What axe finds, and a window that scrolls as a whole; the page is left in the first look."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found = []
    for look in looks:
        wear(page, look)
        found += [f"{look}: {one}" for one in page.evaluate(RUN)]
    wear(page, LOOKS[0])
    return found


def wear(page: Page, look: Look) -> None:
    page.emulate_media(color_scheme="dark" if look.theme == "dark" else "light")
    page.evaluate("value => { document.documentElement.dataset.density = value; }", look.density)
    width, height = look.size
    page.set_viewport_size({"width": width, "height": height})
