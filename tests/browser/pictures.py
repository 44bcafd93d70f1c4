"""Comparing a picture of a page with the one that is kept, as an eye would.

Another build of the browser draws the edges of letters a little differently, everywhere. So both
pictures are made four times smaller, which leaves the mean of each cell of 4 by 4 pixels: edges
fade, an icon, a colour or a row that moved stays.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops

from tests.environment import CHECKOUT

KEPT = Path(__file__).with_name("pictures")
WRITTEN = CHECKOUT / "build" / "pictures" / "golden"
CELL = 4
# Of 255, in one channel.
VISIBLE = 24
# Of 64,000 in a window of 1280 by 800: less than an icon of 14 pixels covers.
CELLS_AT_MOST = 8


def keep(name: str, png: bytes) -> None:
    """``png`` is what the page called ``name`` should look like from now on."""
    KEPT.mkdir(exist_ok=True)
    shrunk(png).save(_kept(name), optimize=True)


def shrunk(png: bytes) -> Image.Image:
    """With a palette, which makes the file three times smaller: no channel differs by more than 4.

    The other ways to choose one lose a colour that is rare, such as that of a single icon.
    """
    return _read(png).quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def compare(name: str, png: bytes) -> None:
    """Fail when ``png`` is not what is kept as ``name``, and leave both to be looked at."""
    assert _kept(name).is_file(), f"there is no {_kept(name)}; --accept makes it"
    actual = _read(png)
    expected = Image.open(_kept(name)).convert("RGB")
    assert actual.size == expected.size
    changed = cells(expected, actual)
    total = changed.histogram()[255]
    if total <= CELLS_AT_MOST:
        return
    WRITTEN.mkdir(parents=True, exist_ok=True)
    actual.save(WRITTEN / f"{name}.png")
    _marked(actual, changed).save(WRITTEN / f"{name}-difference.png")
    left, top, right, bottom = (CELL * side for side in changed.getbbox() or (0, 0, 0, 0))
    raise AssertionError(
        f"{name} looks different between ({left}, {top}) and ({right}, {bottom}), in {total} cells "
        f"of {CELL} by {CELL} pixels.\n"
        f"It should look like {_kept(name)}.\n"
        f"It looks like       {WRITTEN / f'{name}.png'}.\n"
        f"What differs is red {WRITTEN / f'{name}-difference.png'}.\n"
        f"If it is right as it is now, run this test with --accept."
    )


def cells(expected: Image.Image, actual: Image.Image) -> Image.Image:
    """White where a cell differs visibly, else black."""
    difference = ImageChops.difference(expected.reduce(CELL), actual.reduce(CELL))
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda value: 255 if value > VISIBLE else 0)


def _marked(actual: Image.Image, changed: Image.Image) -> Image.Image:
    mask = changed.resize(actual.size, Image.Resampling.NEAREST)
    faint = Image.blend(actual, Image.new("RGB", actual.size, "white"), 0.6)
    return Image.composite(Image.new("RGB", actual.size, "red"), faint, mask)


def _kept(name: str) -> Path:
    return KEPT / f"{name}.png"


def _read(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
