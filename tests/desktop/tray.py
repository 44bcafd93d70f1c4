"""A panel's view of one program's tray: what the menu holds, and a click on one item.

Speaks D-Bus through ``busctl``-like calls of dbus-next on a connection of its own.
"""

from __future__ import annotations

import asyncio
from typing import Any

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageType
from dbus_next.message import Message
from dbus_next.signature import Variant

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
WAIT_S = 20


class Panel:
    """Answers as the StatusNotifierWatcher; remembers every item that registers.

    The bus is that of all tests, so a program of an earlier one may register, too.
    """

    def __init__(self, bus: MessageBus) -> None:
        self.bus = bus
        self._items: list[tuple[str, str]] = []
        self._more = asyncio.Event()
        self._item: tuple[str, str] | None = None
        bus.add_message_handler(self._answer)

    @classmethod
    async def open(cls) -> Panel:
        bus = await MessageBus().connect()
        panel = cls(bus)
        await bus.request_name(WATCHER)
        return panel

    async def leave(self) -> None:
        """Be a desktop without a tray."""
        await self.bus.release_name(WATCHER)

    async def close(self) -> None:
        self.bus.disconnect()
        await self.bus.wait_for_disconnect()
        # The library shuts its socket down and never closes it.
        self.bus._stream.close()
        self.bus._sock.close()

    async def watch(self, pid: int) -> None:
        """Wait for the item of this process; the other methods are about it."""
        async with asyncio.timeout(WAIT_S):
            while self._item is None:
                await self._more.wait()
                self._more.clear()
                for sender, path in self._items:
                    if await self._pid_of(sender) == pid:
                        self._item = (sender, path)

    async def labels(self) -> dict[str, int]:
        """The labels of the menu, with the id to click."""
        sender, menu = await self._menu()
        reply = await self._call(sender, menu, MENU, "GetLayout", "iias", [0, -1, []])
        found = {}
        for entry in reply[1][2]:
            number, properties, _ = entry.value
            if "label" in properties:
                found[str(properties["label"].value).replace("_", "")] = int(number)
        return found

    async def click(self, label: str) -> None:
        sender, menu = await self._menu()
        number = (await self.labels())[label]
        await self._call(
            sender, menu, MENU, "Event", "isvu", [number, "clicked", Variant("s", ""), 0]
        )

    async def wait_for_label(self, wanted: str) -> None:
        """Until the menu has an item whose label contains ``wanted``; read anew on each change."""
        async with asyncio.timeout(WAIT_S):
            while not any(wanted in label for label in await self.labels()):
                await asyncio.sleep(0.05)

    async def _pid_of(self, sender: str) -> int | None:
        reply = await self.bus.call(
            Message(
                destination="org.freedesktop.DBus", path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus", member="GetConnectionUnixProcessID",
                signature="s", body=[sender],
            )
        )  # fmt: skip
        # An error means that it has left the bus.
        found = reply is not None and reply.message_type is MessageType.METHOD_RETURN
        return int(reply.body[0]) if found and reply is not None else None

    async def _menu(self) -> tuple[str, str]:
        assert self._item is not None, "watch() comes first"
        sender, path = self._item
        reply = await self._call(sender, path, PROPERTIES, "Get", "ss", [ITEM, "Menu"])
        return sender, str(reply[0].value)

    async def _call(
        self, to: str, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> list[Any]:
        message = Message(
            destination=to, path=path, interface=interface, member=member,
            signature=signature, body=body,
        )  # fmt: skip
        reply = await asyncio.wait_for(self.bus.call(message), WAIT_S)
        assert reply is not None
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        return list(reply.body)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.path != (
            "/StatusNotifierWatcher"
        ):
            return None
        if message.member == "RegisterStatusNotifierItem":
            given = str(message.body[0])
            path = given if given.startswith("/") else "/StatusNotifierItem"
            self._items.append((message.sender, path))
            self._more.set()
            return Message.new_method_return(message)
        if message.interface == PROPERTIES and message.member == "Get":
            values = {"IsStatusNotifierHostRegistered": Variant("b", True)}
            values["ProtocolVersion"] = Variant("i", 0)
            values["RegisteredStatusNotifierItems"] = Variant("as", [])
            return Message.new_method_return(message, "v", [values[message.body[1]]])
        return None
