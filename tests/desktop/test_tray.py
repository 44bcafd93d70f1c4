from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from .tray import Panel
from .window import Program

pytestmark = pytest.mark.desktop
Start = Callable[..., Program]


def test_the_tray_has_a_status_line_and_quits(start: Start) -> None:
    async def read_and_quit() -> list[str]:
        panel = await Panel.open()
        program = await asyncio.to_thread(start)
        await asyncio.to_thread(program.wait_for_engine)
        await panel.watch(program.process.pid)
        await panel.wait_for_label("Ready")
        labels = list(await panel.labels())
        # The menu may be laid out anew between looking and clicking, which then hits nothing.
        for _ in range(3):
            await panel.click("Quit")
            if await asyncio.to_thread(program.ends_within, 12):
                break
        await asyncio.to_thread(program.wait_until_all_gone)
        await panel.close()
        return labels

    labels = asyncio.run(read_and_quit())
    assert any("Open" in label for label in labels)
    assert "Quit" in labels
