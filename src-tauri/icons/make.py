"""Draws every icon file from djdesk.svg. Run by hand after a change: python3 make.py

Needs GdkPixbuf with librsvg (Debian: python3-gi gir1.2-gdkpixbuf-2.0 librsvg2-common).
"""

from __future__ import annotations

import struct
from pathlib import Path

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

HERE = Path(__file__).resolve().parent
SOURCE = (HERE / "djdesk.svg").read_text()
DOT = '<circle cx="400" cy="362" r="38" fill="#7fe0b4"/>'
ICNS_KINDS = {32: b"ic11", 64: b"ic12", 128: b"ic07", 256: b"ic08", 512: b"ic09"}

# The tray tells its states apart by shape first: at 22 pixels a colour alone is lost.
HALO = '<circle cx="366" cy="366" r="134" fill="#0a3f2b"/>'
TRAY = {
    "idle": DOT,
    "busy": HALO + '<circle cx="366" cy="366" r="72" fill="none" stroke="#7fe0b4" '
    'stroke-width="44"/>',
    "attention": HALO + '<path d="M366 254l118 208H248z" fill="#f2b53c"/>',
    "stopped": HALO + '<path d="M284 284l164 164m0-164L284 448" stroke="#ff8f86" '
    'stroke-width="60" stroke-linecap="round"/>',
}


def png(svg: str, size: int) -> bytes:
    loader = GdkPixbuf.PixbufLoader.new_with_type("svg")
    loader.set_size(size, size)
    loader.write(svg.encode())
    loader.close()
    _, data = loader.get_pixbuf().save_to_bufferv("png", ["compression"], ["9"])
    return bytes(data)


def ico(sizes: list[int]) -> bytes:
    images = [(size, png(SOURCE, size)) for size in sizes]
    offset = 6 + 16 * len(images)
    head, body = struct.pack("<HHH", 0, 1, len(images)), b""
    for size, data in images:
        head += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body)
        )
        body += data
    return head + body


def icns() -> bytes:
    chunks = b""
    for size, kind in ICNS_KINDS.items():
        data = png(SOURCE, size)
        chunks += kind + struct.pack(">I", len(data) + 8) + data
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> None:
    if DOT not in SOURCE:
        raise SystemExit("djdesk.svg no longer has the dot that the tray icons replace")
    for size in (32, 64, 128, 256, 512):
        (HERE / f"{size}x{size}.png").write_bytes(png(SOURCE, size))
    (HERE / "icon.ico").write_bytes(ico([16, 24, 32, 48, 256]))
    (HERE / "icon.icns").write_bytes(icns())
    (HERE / "tray").mkdir(exist_ok=True)
    for name, badge in TRAY.items():
        (HERE / "tray" / f"{name}.png").write_bytes(png(SOURCE.replace(DOT, badge), 32))


if __name__ == "__main__":
    main()
