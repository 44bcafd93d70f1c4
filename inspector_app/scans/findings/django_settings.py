"""Settings that Django no longer reads, by the release that stopped reading them.

From Django's deprecation timeline and release notes, as of 6.0.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Removed:
    """``since`` is the first release without it; ``instead`` says what does its work now.

    ``same`` is the value that asks for what Django does anyway by now.
    """

    since: tuple[int, int]
    instead: str
    same: object = None


_USELESS = "Remove it; Django has only one way now."

REMOVED: dict[str, Removed] = {
    # Old names of three settings that say how files and emails travel: ignoring them is silent.
    "DEFAULT_FILE_STORAGE": Removed((5, 1), 'Set STORAGES["default"].'),
    "STATICFILES_STORAGE": Removed((5, 1), 'Set STORAGES["staticfiles"].'),
    "PASSWORD_RESET_TIMEOUT_DAYS": Removed((4, 0), "Set PASSWORD_RESET_TIMEOUT, in seconds."),
    "SECURE_BROWSER_XSS_FILTER": Removed((4, 0), "Remove it; browsers have dropped the filter."),
    "DEFAULT_HASHING_ALGORITHM": Removed((4, 0), _USELESS, "sha256"),
    "USE_L10N": Removed((5, 0), _USELESS, True),
    "USE_DEPRECATED_PYTZ": Removed((5, 0), _USELESS, False),
    "CSRF_COOKIE_MASKED": Removed((5, 0), _USELESS, False),
    "MIDDLEWARE_CLASSES": Removed((2, 0), "Move its entries to MIDDLEWARE."),
    "TEMPLATE_CONTEXT_PROCESSORS": Removed((1, 10), "Set TEMPLATES, option context_processors."),
    "TEMPLATE_DIRS": Removed((1, 10), 'Set TEMPLATES, "DIRS".'),
    "TEMPLATE_LOADERS": Removed((1, 10), "Set TEMPLATES, option loaders."),
    "TEMPLATE_DEBUG": Removed((1, 10), "Set TEMPLATES, option debug."),
    "DEFAULT_CONTENT_TYPE": Removed((3, 0), _USELESS, "text/html"),
    "FILE_CHARSET": Removed((3, 1), _USELESS, "utf-8"),
}
