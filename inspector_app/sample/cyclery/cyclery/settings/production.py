"""Settings of the shop's server; its secrets come from the environment."""

import os

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = os.environ["CYCLERY_SECRET_KEY"]
ALLOWED_HOSTS = [os.environ["CYCLERY_HOST"]]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
