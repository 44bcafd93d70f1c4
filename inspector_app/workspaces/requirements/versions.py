"""Versions as Poetry and Pipenv write them, in pip's form."""

from __future__ import annotations

import re

_RELEASE = re.compile(r"v?(\d+(?:\.\d+)*)")


def pip_specifier(text: str) -> str:
    """``^4.2`` as ``>=4.2,<5``; empty for any version and for what is not understood."""
    clauses = [_clause(one.strip()) for one in text.split(",")]
    return ",".join(clause for clause in clauses if clause)


def python_marker(text: str) -> str:
    """A range of Pythons as a condition: ``^3.9`` is true from 3.9 on, and before 4."""
    clauses = [one for one in pip_specifier(text).split(",") if one]
    return " and ".join(
        f'python_full_version {operator} "{number}"'
        for one in clauses
        for operator, number in [_split(one)]
    )


def _split(clause: str) -> tuple[str, str]:
    number = clause.lstrip("<>=!~ ")
    return clause[: len(clause) - len(number)].strip(), number.strip()


def _clause(text: str) -> str:
    if text in ("", "*", "latest"):
        return ""
    if text.startswith("^"):
        return _caret(text[1:].strip())
    if text.startswith("~") and not text.startswith("~="):
        return _tilde(text[1:].strip())
    if text[0].isdigit():
        return f"=={text}"
    return text if text[0] in "<>=!~" else ""


def _caret(text: str) -> str:
    """Up to the next change of the first number that is not zero."""
    numbers = _numbers(text)
    if not numbers:
        return ""
    place = next((i for i, number in enumerate(numbers) if number), len(numbers) - 1)
    return f">={text},<{_next(numbers, place)}"


def _tilde(text: str) -> str:
    numbers = _numbers(text)
    return f">={text},<{_next(numbers, min(len(numbers) - 1, 1))}" if numbers else ""


def _next(numbers: list[int], place: int) -> str:
    return ".".join(map(str, [*numbers[:place], numbers[place] + 1]))


def _numbers(text: str) -> list[int]:
    match = _RELEASE.match(text)
    return [int(part) for part in match[1].split(".")] if match else []
