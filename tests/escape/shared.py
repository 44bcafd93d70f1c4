"""What processes of a user share without a path of the project: a terminal, and System V's IPC."""

from __future__ import annotations

import ctypes
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_LIBC = ctypes.CDLL(None, use_errno=True)
_IPC_PRIVATE, _IPC_RMID = 0, 0
_EVERYBODY = 0o666
_MQ_OPEN, _MQ_UNLINK = 240, 241


@dataclass
class Shared:
    """A pseudoterminal and one object of each kind, which everybody may use. Owns them all."""

    master: int
    slave: int
    memory: int
    semaphore: int
    messages: int
    queue: bytes = b""

    @classmethod
    def make(cls) -> Self:
        master, slave = os.openpty()
        os.set_blocking(master, False)
        made = cls(
            master,
            slave,
            _LIBC.shmget(_IPC_PRIVATE, 4096, _EVERYBODY),
            _LIBC.semget(_IPC_PRIVATE, 1, _EVERYBODY),
            _LIBC.msgget(_IPC_PRIVATE, _EVERYBODY),
        )
        assert min(made.memory, made.semaphore, made.messages) >= 0
        assert _LIBC.msgsnd(made.messages, struct.pack("l8s", 1, b"message"), 8, 0) == 0
        return made

    def make_queue(self, name: str) -> None:
        """One of POSIX's, which has a name."""
        self.queue = name.encode()
        attributes = struct.pack("4l32x", 0, 1, 8, 0)
        made = _LIBC.syscall(_MQ_OPEN, self.queue, os.O_CREAT | os.O_RDWR, _EVERYBODY, attributes)
        assert made >= 0
        os.close(made)

    @property
    def terminal(self) -> Path:
        return Path(os.ttyname(self.slave))

    def was_written(self, text: str) -> bool:
        """Whether somebody wrote this to the terminal since the last call."""
        try:
            return text.encode() in os.read(self.master, 1 << 16)
        except BlockingIOError:
            return False

    def close(self) -> None:
        _LIBC.syscall(_MQ_UNLINK, self.queue)
        os.close(self.master)
        os.close(self.slave)
        _LIBC.shmctl(self.memory, _IPC_RMID, None)
        _LIBC.semctl(self.semaphore, 0, _IPC_RMID)
        _LIBC.msgctl(self.messages, _IPC_RMID, None)
