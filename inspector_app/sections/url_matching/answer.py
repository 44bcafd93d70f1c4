"""Asking the matcher, with a deadline."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from inspector_app.errors import Problem
from inspector_app.workspaces.interpreter import bundled_interpreter

# Frozen, this is a data file in the same place.
MATCHER = Path(__file__).with_name("matcher.py")
DEADLINE_S = 3.0
PATH_MOST = 2_000

Url = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A part of the pattern that answers, and the text of the path that it took."""

    part: dict[str, Any]
    taken: str


@dataclass(frozen=True)
class Answer:
    """``number`` is the pattern's place in the list; None where no pattern is known to match.

    ``later`` would match as well and are never asked. ``unknown`` come before the answer and nobody
    can tell whether they match. ``slow`` is a pattern that was not decided in time. ``slash`` would
    match with a slash at the path's end. ``near`` has the parts that matched, when nothing did.
    """

    path: str
    number: int | None = None
    steps: list[Step] = field(default_factory=list)
    args: list[str] = field(default_factory=list)
    kwargs: dict[str, str] = field(default_factory=dict)
    later: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    slow: int | None = None
    slash: int | None = None
    near: list[dict[str, Any]] = field(default_factory=list)
    rest: str = ""


def path_of(text: str) -> str:
    """The path in what somebody typed or pasted, which may be a whole address.

    Raises:
        Problem: ``invalid_parameter``.
    """
    text = text.strip()
    if not text or len(text) > PATH_MOST or "\0" in text:
        raise Problem("invalid_parameter", "That is not a path.", "Name one such as /orders/7/.")
    try:
        parts = urlsplit(text if "://" in text else f"//-/{text.lstrip('/')}")
    except ValueError:
        raise Problem("invalid_parameter", "That is not an address.", "Name a path.") from None
    return "/" + unquote(parts.path).lstrip("/")


def find_view(urls: list[Url], path: str) -> Answer:
    """Which of ``urls``, which are in Django's order, answers ``path``.

    Raises:
        Problem: ``not_in_time`` or ``matcher_failed``.
    """
    said = _ask({"path": path, "patterns": [_pattern(url) for url in urls]})
    first, deepest = said["first"], said["deepest"]
    answer: dict[str, Any] = {
        "path": path,
        "later": said["later"],
        "unknown": said["unknown"],
        "slow": said["slow"],
        "slash": said.get("slash"),
    }
    if first is not None:
        parts = urls[first["number"]]["parts"]
        steps = [Step(part, taken) for part, taken in zip(parts, first["taken"], strict=True)]
        answer |= {"number": first["number"], "steps": steps, "rest": first["rest"]}
        answer |= {"args": first["args"], "kwargs": first["kwargs"]}
    elif deepest is not None:
        answer["near"] = urls[deepest["number"]]["parts"][: deepest["depth"]]
        answer["rest"] = deepest["rest"]
    return Answer(**answer)


def _pattern(url: Url) -> list[list[str]]:
    return [[part["kind"], part["text"], part["regex"]] for part in url.get("parts") or []]


def _ask(question: dict[str, Any]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [*bundled_interpreter(), "-I", "-S", "-B", str(MATCHER)],
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=DEADLINE_S,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise Problem(
            "not_in_time",
            f"The patterns were not decided within {DEADLINE_S:g} seconds.",
            "One of them takes very long on this path; a request for it would hang as well.",
        ) from None
    if done.returncode:
        raise Problem("matcher_failed", "The patterns could not be tried on this path.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _environment() -> dict[str, str]:
    """None of ours but what Windows needs to start a process."""
    kept = ("SYSTEMROOT",) if os.name == "nt" else ()
    return {"PYTHONUTF8": "1", **{name: os.environ.get(name, "") for name in kept}}
