"""URLs of a report as rules compare them: one regular expression each, or one literal path."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .finding import Place

# Django's own converters take every text that their expressions match.
_SURE = "django.urls.converters."
_PLAIN = re.compile(r"[\w/ .~-]*\Z")


# An escaped character, a class of characters, or what opens a group that keeps what it matches.
_GROUP = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<keeps>\((?:\?P<(?P<name>\w+)>|(?!\?)))", re.DOTALL
)


@functools.lru_cache(maxsize=4096)
def _groups(regex: str | None) -> tuple[str, ...] | None:
    """The names of its groups; None where one has no name.

    Without compiling it, which takes longer than all other rules together.
    """
    if regex is None:
        return None
    found = [match["name"] for match in _GROUP.finditer(regex) if match["keeps"]]
    return tuple(found) if all(found) else None


@dataclass(frozen=True)
class Url:
    """``number`` is its place in the order in which Django tries them."""

    number: int
    entry: dict[str, Any]

    @property
    def route(self) -> str:
        return f"/{self.entry['route'].lstrip('/')}"

    @property
    def name(self) -> str:
        return self.entry["name"] or ""

    @property
    def view(self) -> str:
        return str(self.entry["view"])

    @property
    def short_view(self) -> str:
        return ".".join(self.view.split(".")[-2:])

    @property
    def place(self) -> Place:
        return self.entry["file"], self.entry["line"]

    @property
    def generated(self) -> bool:
        return bool(self.entry.get("generated"))

    @property
    def parts(self) -> list[dict[str, Any]]:
        return self.entry.get("parts") or []

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...] | None:
        """Names with converters; None where a regular expression has groups of its own."""
        found: dict[str, str] = {}
        for part in self.parts:
            if part["kind"] == "path":
                found |= part.get("converters") or {}
            elif part["kind"] != "locale":
                names = _groups(part["regex"])
                if names is None:
                    return None
                found |= dict.fromkeys(names, part["regex"])
        return tuple(sorted(found.items()))

    @cached_property
    def literal(self) -> str | None:
        """The one path that it matches; None where it matches several, or nobody knows."""
        pieces = []
        for part in self.parts:
            text: str = part["text"]
            if part["kind"] == "regex":
                text = text.removeprefix("^").removesuffix("$").removesuffix(r"\Z")
            elif part["kind"] == "other" or part.get("converters"):
                return None
            if not _PLAIN.match(text) or (part["kind"] == "regex" and "." in text):
                return None
            pieces.append(text)
        return "".join(pieces) if pieces else None

    @cached_property
    def start(self) -> str:
        """What every path begins with that it matches."""
        start = ""
        for part in self.parts:
            if part["kind"] == "path" and not part.get("converters"):
                start += part["text"]
            elif part["kind"] == "path":
                literal: str = part["text"].partition("<")[0]
                return start + literal
            else:
                return start
        return start

    def takes(self, path: str, number: int) -> bool:
        """Whether it is tried before the pattern ``number``, and matches ``path`` for sure."""
        # Expressions are only made where they could match: a project has hundreds.
        if self.number > number or not path.startswith(self.start):
            return False
        return self.expression is not None and bool(self.expression.fullmatch(path))

    @cached_property
    def expression(self) -> re.Pattern[str] | None:
        """What it matches, whole; None where code of the project decides about that as well."""
        pieces = []
        for part in self.parts:
            sure = all(one.startswith(_SURE) for one in (part.get("converters") or {}).values())
            if part["kind"] not in ("path", "regex") or not sure or not part.get("regex"):
                return None
            if not part["regex"].startswith("^"):
                return None
            pieces.append(part["regex"].removeprefix("^"))
        if not pieces or not pieces[-1].endswith((r"\Z", "$")):
            return None
        pieces[-1] = pieces[-1].removesuffix(r"\Z").removesuffix("$")
        try:
            return re.compile("".join(f"(?:{piece})" for piece in pieces))
        except re.error:
            # Two parts may have a group of the same name.
            return None
