"""Settings that Django refuses, by the words that it has for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from inspector_app.scans.runtime.failure import Raised

from .case import Case, Cause

_NAMED = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]\b")


@dataclass(frozen=True)
class _Refused:
    """What Django says; ``setting`` and ``title`` take what the groups of the pattern found."""

    kind: str
    words: re.Pattern[str]
    setting: str
    title: str
    action: str


_REFUSED = (
    _Refused(
        "ImproperlyConfigured",
        re.compile(r"Application (label|name)s aren't unique, duplicates: (.{1,200})\Z"),
        "INSTALLED_APPS",
        "INSTALLED_APPS has two apps with the {0} {1}",
        "Take one of them out, or give the AppConfig of one a label of its own.",
    ),
    _Refused(
        "ImproperlyConfigured",
        re.compile(r"The (\w{1,100}) setting must be a list or a tuple"),
        "{0}",
        "{0} is neither a list nor a tuple",
        "Write it as a list. A tuple of one needs a comma behind it, or it is a text.",
    ),
    _Refused(
        "ImproperlyConfigured",
        re.compile(r"AUTH_USER_MODEL refers to model '(.{1,200})' that has not been installed"),
        "AUTH_USER_MODEL",
        "AUTH_USER_MODEL names {0}, which no installed app has",
        "Spell it as app_label.Model, and see that INSTALLED_APPS has its app.",
    ),
    _Refused(
        "ImproperlyConfigured",
        re.compile(r"'(.{1,200})' isn't an available database backend"),
        "DATABASES",
        "DATABASES has the engine {0}, which cannot be imported",
        "Install the package that it is a part of, or spell it as django.db.backends.postgresql "
        "and its kin.",
    ),
    _Refused(
        "ValueError",
        re.compile(r"Incorrect timezone setting: (.{1,200})\Z"),
        "TIME_ZONE",
        "TIME_ZONE is {0}, and there is no such time zone",
        "Spell it as Europe/Berlin and its kin, or install tzdata where the system has none.",
    ),
)


def refused_setting(case: Case) -> Cause | None:
    for one in _REFUSED:
        match = one.words.search(case.raised.text) if case.raised.is_a(one.kind) else None
        if match:
            return Cause(
                "setting_refused",
                one.title.format(*match.groups()),
                action=one.action,
                setting=one.setting.format(*match.groups()),
            )
    return None


def setting_of(chain: Iterable[Raised]) -> str:
    """The setting that an exception is about, where it says which; else an empty string."""
    for one in chain:
        if one.is_a("ValueError") and one.text.startswith("Unable to configure "):
            # As Python's logging puts whatever is wrong in its configuration.
            return "LOGGING"
        if one.is_a("ImproperlyConfigured") and (match := _NAMED.search(one.text)):
            return match[0]
        if one.is_a("ImportError") and any(map(_loads_an_app, one.frames)):
            return "INSTALLED_APPS"
    return ""


def _loads_an_app(frame: dict[str, Any]) -> bool:
    return (frame["function"], str(frame["file"])[-22:]) == ("create", "/django/apps/config.py")
