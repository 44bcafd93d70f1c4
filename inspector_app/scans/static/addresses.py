"""What ``urllib.parse`` makes of a web address."""

from __future__ import annotations

from urllib.parse import urlsplit

from .values import UNKNOWN, Value

_PARSERS = frozenset({"urlparse", "urlsplit"})
_PARTS = frozenset({"scheme", "netloc", "path", "query", "fragment", "hostname", "port"})


def is_parser(name: str) -> bool:
    """Whether the function of this dotted name takes an address apart."""
    module, _, last = name.rpartition(".")
    return last in _PARSERS and module in ("", "parse", "urllib.parse")


def part_of_address(address: Value, name: str) -> Value:
    """``urlparse(address).name``."""
    if not isinstance(address.data, str) or name not in _PARTS:
        return UNKNOWN
    try:
        return Value(getattr(urlsplit(address.data), name), address.whole)
    except ValueError:
        return UNKNOWN
