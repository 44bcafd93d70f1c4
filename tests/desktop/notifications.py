"""A desktop's notification service, on the bus of the tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageType
from dbus_next.message import Message

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
WAIT_S = 30


@dataclass(frozen=True)
class Notification:
    id: int
    title: str
    body: str


class Notifications:
    """Takes what programs notify, in order, and can choose one as a user does by a click."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self._shown: asyncio.Queue[Notification] = asyncio.Queue()
        self._count = 0
        bus.add_message_handler(self._answer)

    @classmethod
    async def serve(cls, bus: MessageBus) -> Notifications:
        service = cls(bus)
        await bus.request_name(NAME)
        return service

    async def next(self) -> Notification:
        async with asyncio.timeout(WAIT_S):
            return await self._shown.get()

    async def choose(self, shown: Notification) -> None:
        await self._bus.send(
            Message.new_signal(PATH, NAME, "ActionInvoked", "us", [shown.id, "default"])
        )

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.member != "Notify":
            return None
        self._count += 1
        _, _, _, title, body, *_ = message.body
        self._shown.put_nowait(Notification(self._count, str(title), str(body)))
        return Message.new_method_return(message, "u", [self._count])
