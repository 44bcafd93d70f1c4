from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import until

from .window import Page, xdotool

pytestmark = pytest.mark.desktop
Browse = Callable[..., Page]


def drop(page: Page, path: Path, answered: str) -> None:
    """Drag ``path`` from another program into the window, until the page shows ``answered``.

    On a busy machine the pointer may be released before the window has answered the drag, which is
    then no drop; a person would drag again, and so does this.
    """
    for _ in range(3):
        _drag(page, path)
        try:
            page.wait_for_text(answered, seconds=8)
        except AssertionError:
            continue
        return
    page.wait_for_text(answered, seconds=1)


def _drag(page: Page, path: Path) -> None:
    script = str(Path(__file__).with_name("drag_source.py"))
    source = subprocess.Popen(["/usr/bin/python3", script, path.as_uri()])
    try:
        window = until(
            lambda: xdotool("search", "--onlyvisible", "--name", "^drag-source$"), "the source"
        )
        xdotool("windowmove", "--sync", window, "0", "0")
        xdotool("mousemove", "70", "70", "mousedown", "1")

        def cover_is_shown() -> bool:
            # A drag starts after some pixels, and the target is told of every further one.
            for x in (80, 95, 120, 200, 320, 450, 560, 620, 640):
                xdotool("mousemove", str(x), str(x // 2 + 90))
            return bool(page.run("return !document.querySelector('drop-cover').hidden"))

        until(cover_is_shown, "the window answering to the drag")
        xdotool("mouseup", "1")
    finally:
        source.terminate()
        source.wait()


@pytest.mark.parametrize("name", ["shop", "a shop, with spaces & ümläut"])
def test_a_folder_dropped_from_another_program_is_opened(
    browse: Browse, project: Path, name: str
) -> None:
    folder = project.rename(project.with_name(name))
    page = browse()
    page.find("h1")
    drop(page, folder, "Run this project's code to see the rest?")

    assert page.find(".switcher b").get_property("textContent") == name


def test_a_dropped_file_is_explained(browse: Browse, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no project")
    page = browse()
    page.find("h1")

    drop(page, file, "notes.txt is a file, not a folder.")
