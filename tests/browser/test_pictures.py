"""How screens look, and that the comparison sees what an eye would see.

``--accept`` keeps what the pages look like now; look at ``git diff`` before you commit it.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.proving import require
from tests.serving import Served

from . import pictures
from .conftest import guarded
from .screens import SCREENS
from .varying import rules, settle

pytestmark = pytest.mark.browser

KEPT = {
    screen.name: screen
    for screen in SCREENS
    if screen.name in ("home", "overview", "models", "migrations", "run", "palette")
}
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


# A picture is taken without the caret, which the driver hides by a style.
@pytest.mark.tolerates("Applying inline style")
@pytest.mark.parametrize("name", KEPT)
def test_a_screen_looks_as_it_should(
    chromium: Browser,
    shown: Served,
    projects: Path,
    theme: str,
    name: str,
    tolerated: tuple[str, ...],
    pytestconfig: pytest.Config,
) -> None:
    require("copy-on-write")
    if not FONT.is_file():
        pytest.skip(f"{FONT}, which the pictures were made with, is not installed")
    for page in guarded(chromium, shown, theme, tolerated, "/"):
        KEPT[name].open(page, shown)
        settle(page, rules(projects))
        png = picture(page)
        if pytestconfig.getoption("--accept"):
            pictures.keep(f"{name}-{theme}", png)
        pictures.compare(f"{name}-{theme}", png)


def picture(page: Page) -> bytes:
    # Over the status bar, where nothing answers to it.
    page.mouse.move(600, 790)
    return page.screenshot(animations="disabled", caret="hide")


class TestComparison:
    """Figures behind the limits: what each of these changes comes to."""

    @pytest.fixture
    def picture(self) -> Image.Image:
        return Image.open(pictures.KEPT / "overview-light.png").convert("RGB")

    def test_the_same_is_the_same(self, picture: Image.Image) -> None:
        pictures.compare("overview-light", png(picture))

    def test_edges_of_letters_may_be_drawn_in_another_way(self, picture: Image.Image) -> None:
        half = picture.resize((1920, 1200), Image.Resampling.BILINEAR)
        pictures.compare("overview-light", png(half.resize(picture.size, Image.Resampling.BOX)))

    @pytest.mark.parametrize(
        "box", [(16, 64, 30, 78), (0, 400, 1280, 401)], ids=["an icon", "a line"]
    )
    def test_what_is_painted_over_is_seen(
        self, picture: Image.Image, box: tuple[int, int, int, int]
    ) -> None:
        picture.paste((11, 107, 73), box)

        with pytest.raises(AssertionError, match="overview-light looks different between"):
            pictures.compare("overview-light", png(picture))

    def test_a_row_that_moved_by_two_pixels_is_seen(self, picture: Image.Image) -> None:
        picture.paste(picture.crop((220, 160, 900, 400)), (220, 162))

        with pytest.raises(AssertionError, match="run this test with --accept"):
            pictures.compare("overview-light", png(picture))


def png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()
