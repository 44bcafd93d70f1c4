"""What a setting is about, as Django's reference of settings groups them."""

from __future__ import annotations

import re

OWN = "The project's own"

# The first topic that fits a name has it; a name may stand for a whole family.
TOPICS: dict[str, str] = {
    "Security": r"SECRET_KEY|SECURE_|CSRF_|X_FRAME_OPTIONS|SIGNING_BACKEND|USE_X_FORWARDED_",
    "Databases": r"DATABASES|DATABASE_ROUTERS|MIGRATION_MODULES|DEFAULT_(INDEX_)?TABLESPACE",
    "Caches": r"CACHES|CACHE_MIDDLEWARE_",
    "Sessions": r"SESSION_",
    "Authentication": r"AUTH_|AUTHENTICATION_BACKENDS|LOGIN_|LOGOUT_|PASSWORD_",
    "Email": r"EMAIL_|DEFAULT_FROM_EMAIL|SERVER_EMAIL",
    "Static files": r"STATIC_|STATICFILES_",
    "Files": r"MEDIA_|FILE_|DATA_UPLOAD_|STORAGES|DEFAULT_FILE_STORAGE",
    "Templates": r"TEMPLATES|FORM_RENDERER|FORMS_",
    "Internationalisation": (
        r"LANGUAGE|LOCALE_|TIME_ZONE|USE_(I18N|L10N|TZ|THOUSAND)|DATE_|DATETIME_|TIME_|MONTH_|YEAR_"
        r"|SHORT_|NUMBER_|THOUSAND_|DECIMAL_|FIRST_DAY|FORMAT_MODULE|DEFAULT_CHARSET"
    ),
    "Logging": r"LOGGING|DEFAULT_EXCEPTION_REPORTER",
    "Messages": r"MESSAGE_",
}
CORE = "Core"
# Django asks for these and has no default, or sets one itself.
_CORE_WITHOUT_DEFAULT = frozenset(
    {"ROOT_URLCONF", "ASGI_APPLICATION", "SITE_ID", "SETTINGS_MODULE"}
)
_PATTERNS = [(topic, re.compile(pattern)) for topic, pattern in TOPICS.items()]
ORDER = [CORE, *TOPICS, OWN]


def topic(name: str, *, custom: bool) -> str:
    """``custom`` says that Django does not know the name."""
    if is_own(name, custom=custom):
        return OWN
    return next((topic for topic, pattern in _PATTERNS if pattern.match(name)), CORE)


def is_own(name: str, *, custom: bool) -> bool:
    """Whether a setting is the project's, or a package's in it, and not Django's."""
    contrib = name.startswith(("STATICFILES_", "MESSAGE_", "SESSION_"))
    return custom and name not in _CORE_WITHOUT_DEFAULT and not contrib
