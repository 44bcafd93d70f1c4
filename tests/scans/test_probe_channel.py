"""The pipe from the probe: whoever writes to it is not trusted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans.runtime import channel as channels
from inspector_app.scans.runtime.archive import write_archive
from inspector_app.scans.runtime.channel import ProbeChannel
from inspector_app.scans.runtime.told import Told


class Pipe:
    """A channel with its writer, and what was heard of it."""

    def __init__(self, path: Path) -> None:
        self.heard: list[str] = []
        self.told = Told(lambda name, _section: self.heard.append(name))
        self.channel = ProbeChannel(path, self.told.hear, {"/copy/shop": "/home/shop"})
        self.writer = os.open(path, os.O_WRONLY)

    def say(self, *messages: Any) -> None:
        for message in messages:
            data = message if isinstance(message, bytes) else json.dumps(message).encode()
            rest = memoryview(data + b"\n")
            while rest:
                rest = rest[os.write(self.writer, rest[:30_000]) :]
                self.channel.take()


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Pipe]:
    opened = Pipe(tmp_path / "pipe")
    yield opened
    os.close(opened.writer)
    opened.channel.close()


def section(name: str, data: Any, **more: Any) -> dict[str, Any]:
    return {"section": name, "notes": [], "seconds": 0.1, "data": data, **more}


DISTRIBUTIONS = [{"name": "Django", "version": "5.2"}]


def test_sections_are_heard_in_the_order_they_come(pipe: Pipe) -> None:
    pipe.say(section("distributions", DISTRIBUTIONS), section("middleware", ["a.B"]))

    assert pipe.heard == ["distributions", "middleware"]
    assert pipe.told.data("distributions") == DISTRIBUTIONS


def test_a_message_that_comes_in_pieces_is_one(pipe: Pipe) -> None:
    line = json.dumps(section("middleware", ["x" * 50])).encode() + b"\n"
    for start in range(0, len(line), 7):
        os.write(pipe.writer, line[start : start + 7])
        pipe.channel.take()

    assert pipe.told.data("middleware") == ["x" * 50]


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b"[1, 2]",
        b"3",
        b"\xff\xfe\x00",
        b'{"section":',
        b"[" * 100_000,
        b'{"section": ' + b"9" * 5000 + b"}",
        b'{"section": 5}',
        b'{"section": "nothing of the kind", "seconds": 1, "notes": []}',
        b'{"section": "middleware", "seconds": NaN}',
        b'{"section": "middleware", "seconds": "long", "data": []}',
        b'{"started": null}',
        b'{"booted": {"seconds": -1, "django": "5.2"}}',
        b'{"failed": []}',
        b'{"failed": {"type": 5}}',
        b'{"left": {"frames": "many"}}',
        b'{"interrupted": 7}',
        b'{"begin": {}}',
    ],
)
def test_what_is_not_understood_is_passed_over(pipe: Pipe, line: bytes) -> None:
    pipe.say(line, section("distributions", DISTRIBUTIONS))

    assert pipe.heard == ["distributions"]
    assert pipe.told.failed is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        "text",
        {"changed": []},
        [{"name": "a"}],
        [{"name": "a", "version": 5}],
        [{"name": ["a"], "version": "5"}],
    ],
)
def test_a_section_of_another_shape_is_no_data(pipe: Pipe, data: Any) -> None:
    pipe.say(section("distributions", data))

    assert pipe.told.data("distributions") is None
    assert "not understood" in str(pipe.told.sections["distributions"].error)


def test_keys_that_nobody_expects_are_dropped(pipe: Pipe) -> None:
    pipe.say(section("distributions", [{**DISTRIBUTIONS[0], "<script>": "x"}]))

    assert pipe.told.data("distributions") == DISTRIBUTIONS


def test_a_section_is_told_once(pipe: Pipe) -> None:
    pipe.say(section("middleware", ["first"]), section("middleware", ["second"]))

    assert pipe.told.data("middleware") == ["first"]


def test_a_long_text_is_cut(pipe: Pipe) -> None:
    pipe.say(section("middleware", ["x" * 100_000]))

    assert len(pipe.told.data("middleware")[0]) == 8_000


def test_a_message_without_an_end_is_dropped(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "MESSAGE_BYTES", 100_000)
    pipe.say(b"x" * 400_000, section("distributions", DISTRIBUTIONS))

    assert pipe.heard == []


def test_more_than_the_limit_is_read_and_dropped(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "TOTAL_BYTES", 100_000)
    pipe.say(section("middleware", ["a"]), *[b"x" * 1000] * 200)
    pipe.say(section("distributions", DISTRIBUTIONS))

    assert pipe.heard == ["middleware"]


def test_the_place_of_a_copy_is_told_as_the_project_s(pipe: Pipe) -> None:
    pipe.say(section("middleware", ["/copy/shop/models.py"]))

    assert pipe.told.data("middleware") == ["/home/shop/models.py"]


def test_the_same_probe_is_the_same_file(tmp_path: Path) -> None:
    write_archive(tmp_path / "one.zip")
    write_archive(tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
