"""The last readings of a few projects, for as long as nothing that they looked at has changed.

They are kept packed: a reading of three megabytes takes a hundred kilobytes.
"""

from __future__ import annotations

import pickle
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from inspector_app.workspaces.looking import Seen, looking, unchanged

from . import outline

_MOST = 4
_LARGEST = 2_000_000
# Within this time a file can be written twice and have the same time stamp, on some disks.
_TOO_FRESH_NS = 2_000_000_000

_kept: OrderedDict[Hashable, tuple[bytes, bytes]] = OrderedDict()
_lock = threading.Lock()


def kept_or(key: Hashable, read: Callable[[], Any]) -> Any:
    """What ``read`` gave the last time, if nothing is different since; else what it gives now.

    Each time it is another copy.
    """
    with _lock:
        packed = _kept.get(key)
    if packed is not None and unchanged(_unpacked(packed[0])):
        return _unpacked(packed[1])
    started = time.time_ns()
    with looking() as seen:
        result = read()
    _keep(key, seen, result, started)
    return result


def forget() -> None:
    """Give back the memory, that of the outlines as well."""
    outline.forget()
    with _lock:
        _kept.clear()


def _keep(key: Hashable, seen: Seen, result: Any, started: int) -> None:
    fresh = any(state is not None and state[0] > started - _TOO_FRESH_NS for state in seen.values())
    try:
        packed = None if fresh else (_packed(seen), _packed(result))
    except RecursionError:
        packed = None
    with _lock:
        _kept.pop(key, None)
        if packed is not None and sum(map(len, packed)) < _LARGEST:
            _kept[key] = packed
            while len(_kept) > _MOST:
                _kept.popitem(last=False)


def _packed(value: Any) -> bytes:
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


def _unpacked(packed: bytes) -> Any:
    # Packed by this process, and never written anywhere.
    return pickle.loads(zlib.decompress(packed))  # noqa: S301
