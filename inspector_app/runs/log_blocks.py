"""A whole log in blocks of lines, for reading all of it fast: searching, recognising, comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .log_parts import opened

# A line that is longer comes in several blocks, so that no line has to fit into memory.
PIECE_BYTES = 1024 * 1024

_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[^\n])")


@dataclass(frozen=True)
class Block:
    """Bytes of one stream, from line ``line`` on; ``continues`` when that line began earlier."""

    line: int
    stream: int
    data: bytes
    continues: bool

    def visible(self) -> bytes:
        """The bytes as they are displayed: no colours, and of a rewritten line the last state."""
        data = self.data
        if b"\x1b" in data:
            data = _ESCAPE.sub(b"", data)
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
            if b"\r" in data:
                data = b"\n".join(_last_state(line) for line in data.split(b"\n"))
        return data

    def lines(self) -> list[bytes]:
        """The visible lines, the first of them number ``line``."""
        return self.visible().removesuffix(b"\n").split(b"\n")


@dataclass
class _Carry:
    """The beginning of a line whose end has not been read yet."""

    line: int = 0
    stream: int = 0
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    continues: bool = False

    def block(self, more: bytes = b"") -> Block:
        made = Block(self.line, self.stream, b"".join([*self.parts, more]), self.continues)
        self.parts, self.size = [], 0
        return made


def blocks(folder: Path, first: int = 1) -> Iterator[Block]:
    """The log in ``folder`` from line ``first`` on, which begins the first block."""
    for block in _blocks(folder, first):
        skipped = first - block.line
        if skipped <= 0:
            yield block
            continue
        *before, rest = block.data.split(b"\n", skipped)
        if len(before) == skipped and rest:
            yield Block(first, block.stream, rest, continues=False)


def plain_text(folder: Path) -> Iterator[bytes]:
    """The whole log as it is displayed, each line on a line of its own."""
    behind = 1
    for block in blocks(folder):
        data = block.visible()
        if block.line > behind:
            yield f"DJDesk: {block.line - behind:,} lines omitted\n".encode()
        behind = block.line + block.data.count(b"\n")
        yield data
        if not data.endswith(b"\n") and len(block.data) <= PIECE_BYTES:
            yield b"\n"
            behind += 1


def _blocks(folder: Path, first: int) -> Iterator[Block]:
    carry = _Carry()
    with opened(folder) as parts:
        for segment in parts.segments_from_line(first):
            data = parts.read(segment)
            if carry.parts and not (segment.continues and segment.line == carry.line):
                yield carry.block()
            if not carry.parts:
                carry.line, carry.stream = segment.line, segment.stream
                carry.continues = segment.continues
            cut = data.rfind(b"\n") + 1
            if cut:
                yield carry.block(data[:cut])
                carry.line = segment.line + data.count(b"\n")
                carry.continues = False
            if cut < len(data):
                carry.parts.append(data[cut:])
                carry.size += len(data) - cut
            if carry.size > PIECE_BYTES:
                yield carry.block()
                carry.continues = True
        if carry.parts:
            yield carry.block()


def _last_state(line: bytes) -> bytes:
    line = line.rstrip(b"\r")
    return line[line.rfind(b"\r") + 1 :]
