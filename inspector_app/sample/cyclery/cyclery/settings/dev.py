"""Settings of a developer's machine."""

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "only-for-development-0f6c1d7be2"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
