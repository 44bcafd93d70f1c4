"""The boot and the sections after it, each told as soon as it is there, each failing alone."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import Any, Callable, Iterator, List

from . import (
    about_admin,
    about_apps,
    about_checks,
    about_commands,
    about_databases,
    about_distributions,
    about_migrations,
    about_models,
    about_settings,
    about_signals,
    about_tasks,
    about_urls,
    about_web,
    pattern_places,
)
from .aside import Aside
from .channel import Channel
from .failures import describe, print_traceback
from .log import say

Read = Callable[[List[str]], Any]


class Session:
    """What one process tells. ``stage`` is what it is at: boot, settings, apps or sections."""

    def __init__(self, channel: Channel, started: float, *, network: bool) -> None:
        self._channel = channel
        self._network = network
        self._started = started
        self.stage = "boot"
        self.begun = False
        self.booted = False

    def run(self) -> None:
        """Boot Django and tell everything. Failures are told, never raised."""
        if self.begun:
            return
        self.begun = True
        with_settings: list[tuple[str, Read]] = [
            ("settings", about_settings.read),
            ("middleware", about_web.middleware),
            ("templates", about_web.templates),
            ("static_files", about_web.static_files),
        ]
        with_apps: list[tuple[str, Read]] = [
            ("apps", about_apps.read),
            *with_settings,
            ("checks", partial(about_checks.read, network=self._network)),
            ("urls", about_urls.read),
            ("deploy", partial(about_checks.read_deploy, network=self._network)),
            ("admin", about_admin.read),
            ("signals", about_signals.read),
            ("tasks", about_tasks.read),
        ]
        # None of these has anything to do with what those above load or change.
        beside: list[tuple[str, Read]] = [
            ("models", about_models.read),
            ("migrations", about_migrations.read),
            ("databases", self._databases),
            ("commands", about_commands.read),
        ]
        installed: list[tuple[str, Read]] = [("distributions", about_distributions.read)]
        if self._boot():
            started = perf_counter()
            beside += installed
            aside = Aside(self._channel, lambda channel: _told(channel, beside))
            known = _count_models()
            aside.start()
            _tell(self._channel, with_apps)
            told = aside.finish()
            if _count_models() != known:
                # The URLconf brought more along, which every command has after its checks.
                told -= {"models", "migrations"}
            _tell(self._channel, [one for one in beside if one[0] not in told])
            names = ", ".join(name for name, _ in [*with_apps, *beside])
            say(f"Read in {perf_counter() - started:.2f} s: {names}")
        elif self.stage == "apps":
            _tell(self._channel, [*with_settings, *installed])
        else:
            _tell(self._channel, installed)

    def failed(self, error: BaseException) -> None:
        """The boot ended with ``error``."""
        said = {"stage": self.stage, "seconds": self._seconds(), **describe(error)}
        self._channel.tell({"failed": said})

    def _boot(self) -> bool:
        try:
            self._begin("settings")
            _load_settings()
            self._begin("apps")
            about_settings.remember()
            pattern_places.record()
            _set_up()
        except BaseException as error:
            self.failed(error)
            print_traceback(error)
            return False
        self.booted = True
        self.stage = "sections"
        self._channel.tell({"booted": {"seconds": self._seconds(), "django": _version()}})
        say(f"Django {_version()} started in {self._seconds():.2f} s")
        return True

    def _begin(self, stage: str) -> None:
        self.stage = stage
        self._channel.tell({"stage": stage})

    def _seconds(self) -> float:
        return round(perf_counter() - self._started, 4)

    def _databases(self, _notes: list[str]) -> Any:
        return about_databases.read(network=self._network)


def _tell(channel: Channel, sections: list[tuple[str, Read]]) -> None:
    """Each is announced: should one of them end the process, it is known which."""
    for one in sections:
        channel.tell({"begin": one[0]})
        for _ in _told(channel, [one]):
            pass


def _told(channel: Channel, sections: list[tuple[str, Read]]) -> Iterator[str]:
    for name, read in sections:
        notes: list[str] = []
        started = perf_counter()
        said: dict[str, Any] = {"section": name, "notes": notes}
        try:
            said["data"] = read(notes)
        except BaseException as error:
            said["failure"] = describe(error)
            print_traceback(error)
        said["seconds"] = round(perf_counter() - started, 4)
        channel.tell(said)
        for note in notes:
            say(f"{name}: {note}")
        yield name


def _load_settings() -> None:
    from django.conf import settings

    # The first one that is asked for reads them all.
    settings.INSTALLED_APPS  # noqa: B018


def _set_up() -> None:
    import django

    django.setup()


def _count_models() -> int:
    from django.apps import apps

    return sum(map(len, apps.all_models.values()))


def _version() -> str:
    import django

    return django.get_version()
