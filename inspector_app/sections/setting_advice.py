"""What Django's system checks say of settings, above all those for deployment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# The setting a check of Django's is about; its text may name others as well.
_ABOUT = {
    **dict.fromkeys(("security.W001", "security.W002", "security.W003"), "MIDDLEWARE"),
    "security.W004": "SECURE_HSTS_SECONDS",
    "security.W005": "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "security.W006": "SECURE_CONTENT_TYPE_NOSNIFF",
    "security.W008": "SECURE_SSL_REDIRECT",
    "security.W009": "SECRET_KEY",
    **dict.fromkeys(("security.W010", "security.W011", "security.W012"), "SESSION_COOKIE_SECURE"),
    **dict.fromkeys(("security.W013", "security.W014", "security.W015"), "SESSION_COOKIE_HTTPONLY"),
    "security.W016": "CSRF_COOKIE_SECURE",
    "security.W018": "DEBUG",
    "security.W019": "X_FRAME_OPTIONS",
    "security.W020": "ALLOWED_HOSTS",
    "security.W021": "SECURE_HSTS_PRELOAD",
    "security.W022": "SECURE_REFERRER_POLICY",
    "security.E023": "SECURE_REFERRER_POLICY",
    "security.E024": "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "security.W025": "SECRET_KEY_FALLBACKS",
}
_NAME = re.compile(
    r"\b(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|DEBUG|DATABASES|CACHES|TEMPLATES|LOGGING)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class Advice:
    id: str
    level: str
    text: str

    @property
    def short(self) -> str:
        """Its first sentence."""
        return _SENTENCE.split(self.text, maxsplit=1)[0].strip()


def advice(checks: list[dict[str, Any]], known: set[str]) -> dict[str, list[Advice]]:
    """For each setting, the results of ``checks`` that are about it.

    A result that Django does not tie to a setting belongs to the first of ``known`` in its text.
    """
    found: dict[str, list[Advice]] = {}
    for check in checks:
        name = about(check, known)
        if name:
            one = Advice(check["id"], check["level"], check["msg"])
            found.setdefault(name, []).append(one)
    return found


def about(check: dict[str, Any], known: set[str]) -> str:
    """The setting that a check's result is about; empty when it is about something else."""
    if check["id"] in _ABOUT:
        return _ABOUT[check["id"]]
    if check["obj"]:
        return ""
    return next((name for name in _NAME.findall(check["msg"]) if name in known), "")
