"""Which URL patterns match a path, decided the way Django's resolver decides.

A program of its own, in the standard library only: a regular expression of an untrusted project may
take for ever, and this process can be ended. Reads ``{path, patterns}`` from standard input, a
pattern being the list of its parts ``[kind, text, regex]``, and writes one JSON object.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from types import FrameType
from typing import Any, NamedTuple

# For one expression on one path; the caller has a limit for all.
EACH_S = 0.25
LATER = 8
_MEMORY = 1 << 30
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/")

Part = tuple[str, str, str]


class State(NamedTuple):
    """What is left of the path after some parts, and what each of them took and captured."""

    rest: str
    taken: list[str]
    args: list[list[str]]
    kwargs: list[dict[str, str]]


class TooLong(Exception):
    """An expression that is not decided in time."""


class Unknown(Exception):
    """A part whose expression is not known, or is none."""


class Matcher:
    """Matches one path against patterns; those with the same beginning share the work."""

    def __init__(self, path: str) -> None:
        self._kept: dict[tuple[Part, ...], list[State]] = {
            (): [State(path.removeprefix("/"), [], [], [])]
        }
        # How many parts matched at most, of which pattern, and what was left then.
        self.deepest: tuple[int, int, str] = (0, -1, "")

    def match(self, number: int, parts: list[Part]) -> State | None:
        states = self._kept[()]
        for depth in range(1, len(parts) + 1):
            key = tuple(parts[:depth])
            if depth == len(parts) or key not in self._kept:
                last = depth == len(parts)
                states = [new for old in states for new in _after(old, parts[depth - 1], last)]
                if not last:
                    self._kept[key] = states
            else:
                states = self._kept[key]
            if not states:
                return None
            if depth < len(parts) and depth > self.deepest[0]:
                self.deepest = (depth, number, states[0].rest)
        return states[0]


def _after(state: State, part: Part, last: bool) -> list[State]:
    kind, text, expression = part
    if kind == "locale":
        return [_taken(state, prefix, [], {}) for prefix in _prefixes(state.rest, text)]
    if not expression:
        raise Unknown
    if expression.endswith("\\z") and sys.version_info < (3, 14):
        # What Django writes where Python knows it.
        expression = f"{expression[:-2]}\\Z"
    try:
        compiled = re.compile(expression)
    except (re.error, RecursionError, OverflowError):
        raise Unknown from None
    whole = last and kind == "regex" and expression.endswith("$")
    found = (compiled.fullmatch if whole else compiled.search)(state.rest)
    if found is None:
        return []
    named = {name: value for name, value in found.groupdict().items() if value is not None}
    args = [] if named else [value or "" for value in found.groups()]
    taken = state.rest[: found.end()]
    return [_taken(state, taken, args, named)]


def _prefixes(rest: str, text: str) -> list[str]:
    """A language comes first in the path, or none does for the default one."""
    found = _LANGUAGE.match(rest)
    prefixes = [found[0]] if found else []
    return prefixes if text else ["", *prefixes]


def _taken(state: State, taken: str, args: list[str], kwargs: dict[str, str]) -> State:
    return State(
        state.rest[len(taken) :],
        [*state.taken, taken],
        [*state.args, args],
        [*state.kwargs, kwargs],
    )


def _given(state: State) -> tuple[list[str], dict[str, str]]:
    """What the view gets: from the innermost part out, names rule out what has none."""
    args: list[str] = []
    kwargs: dict[str, str] = {}
    for depth in range(len(state.args) - 1, -1, -1):
        kwargs = {**state.kwargs[depth], **kwargs}
        if not kwargs or depth == len(state.args) - 1:
            args = [*state.args[depth], *args]
    return args, kwargs


def decide(path: str, patterns: list[list[Part]]) -> dict[str, Any]:
    """The first pattern that matches, those behind it that would, and those nobody can tell."""
    matcher = Matcher(path)
    answer: dict[str, Any] = {"first": None, "later": [], "unknown": [], "slow": None}
    for number, parts in enumerate(patterns):
        try:
            state = _in_time(matcher, number, parts)
        except Unknown:
            if answer["first"] is None:
                answer["unknown"].append(number)
            continue
        except TooLong:
            if answer["first"] is None:
                answer["slow"] = number
            break
        if state is None:
            continue
        if answer["first"] is None:
            args, kwargs = _given(state)
            answer["first"] = {
                "number": number,
                "rest": state.rest,
                "taken": state.taken,
                "args": args,
                "kwargs": kwargs,
            }
        elif len(answer["later"]) < LATER:
            answer["later"].append(number)
    depth, number, rest = matcher.deepest
    answer["deepest"] = {"depth": depth, "number": number, "rest": rest} if depth else None
    return answer


def _in_time(matcher: Matcher, number: int, parts: list[Part]) -> State | None:
    if not parts:
        raise Unknown
    if not hasattr(signal, "setitimer"):
        return matcher.match(number, parts)
    signal.setitimer(signal.ITIMER_REAL, EACH_S)
    try:
        return matcher.match(number, parts)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


def main() -> None:
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _ring)
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.load(sys.stdin)
    patterns = [[tuple(part) for part in parts] for parts in asked["patterns"]]
    answer = decide(asked["path"], patterns)
    if answer["first"] is None and not asked["path"].endswith("/"):
        with_slash = decide(asked["path"] + "/", patterns)["first"]
        answer["slash"] = with_slash["number"] if with_slash else None
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
