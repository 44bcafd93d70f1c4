from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import BytesIO, FileIO
from pathlib import Path

import pytest

from backend.host import Pipe, PipeHost
from inspector_app.errors import Problem


@pytest.fixture
def ends() -> Iterator[tuple[FileIO, FileIO]]:
    read, write = os.pipe()
    with FileIO(read) as reader, FileIO(write, "w") as writer:
        yield reader, writer


def test_a_window_that_has_an_editor_is_asked_for_the_line(
    ends: tuple[FileIO, FileIO],
) -> None:
    reader, writer = ends
    PipeHost(Pipe(BytesIO(), writer), ["edit"]).edit(Path("/shop/orders/models.py"), 7)

    message = json.loads(reader.read(4096))
    assert message == {"v": 1, "event": "edit", "path": "/shop/orders/models.py", "line": 7}


def test_a_window_without_an_editor_says_where_the_line_is(ends: tuple[FileIO, FileIO]) -> None:
    with pytest.raises(Problem) as caught:
        PipeHost(Pipe(BytesIO(), ends[1]), ["reveal"]).edit(Path("/shop/orders/models.py"), 7)

    assert (caught.value.code, caught.value.hint) == (
        "no_window",
        "The line is /shop/orders/models.py:7.",
    )
