"""Placed as ``orders/apps.py``: an app whose check leaves a grandchild behind and never ends."""

from __future__ import annotations

import os
import signal

from django.apps import AppConfig
from django.core import checks


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        checks.register(never_ends)


def never_ends(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
    print("waiting", flush=True)
    while True:
        signal.pause()
