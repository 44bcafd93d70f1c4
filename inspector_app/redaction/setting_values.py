"""The value of a setting as it may be shown: without secrets, and with why one is not there."""

from __future__ import annotations

from typing import Any

from .marks import mark
from .names import Strength, describes, strength
from .shapes import looks_secret
from .tokens import find_tokens

NAME, URL = "name", "url"
# Who connects, and where to, is nobody's business who is handed a report.
_OF_CONNECTIONS = frozenset({"USER", "HOST"})


def shown_setting(name: str, value: Any) -> tuple[Any, str | None]:
    """``value`` without the secrets that its names and shapes tell, and the reason of the first.

    None and a reason for a setting that is a secret itself; in a dict or list each is replaced by
    its mark. The reason is ``name``, ``url``, or what kind of token it is.
    """
    reasons: list[str] = []
    private = _OF_CONNECTIONS if name == "DATABASES" else frozenset[str]()
    shown = _shown(name, value, Strength.NONE, reasons, private)
    reason = reasons[0] if reasons else None
    return (None, reason) if reason is not None and isinstance(value, str) else (shown, reason)


def _shown(
    name: str, value: Any, inherited: Strength, reasons: list[str], private: frozenset[str]
) -> Any:
    own = Strength.NONE if describes(name) else max(strength(name), inherited)
    if name in private:
        own = Strength.STRONG
    if isinstance(value, dict):
        return {
            key: _shown(key if isinstance(key, str) else name, inner, own, reasons, private)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_shown(name, inner, own, reasons, private) for inner in value]
    if not isinstance(value, str) or not value.strip():
        return value
    if own is Strength.STRONG or (own is Strength.WEAK and looks_secret(value)):
        reasons.append(NAME)
        return mark(name).decode()
    return _without_tokens(value, reasons)


def _without_tokens(text: str, reasons: list[str]) -> str:
    data = text.encode("utf-8", "surrogatepass")
    pieces, at = [], 0
    for span in sorted(find_tokens(data), key=lambda one: one.start):
        if span.start < at:
            continue
        reasons.append(URL if span.kind == "password" else span.kind)
        pieces += [data[at : span.start], mark(span.kind)]
        at = span.end
    return b"".join([*pieces, data[at:]]).decode("utf-8", "surrogatepass")
