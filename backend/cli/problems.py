"""A problem on the terminal: a sentence, the next step, and the choices there are."""

from __future__ import annotations

import json
import sys

from inspector_app.errors import Problem


def harmless(text: str) -> str:
    """``text`` on one line, without characters that do something.

    A project's files choose their names; they must not choose what a terminal does, nor look like a
    line of ours.
    """
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def tell(problem: Problem, *, as_json: bool) -> None:
    """To stderr for people; as JSON to stdout, where a program expects its answer."""
    if as_json:
        print(json.dumps({"error": problem.as_dict()}))
        return
    print(f"djdesk: {harmless(problem.message)}", file=sys.stderr)
    lines = [problem.hint, *(choice.value for choice in problem.choices)]
    for line in filter(None, lines):
        print(f"        {harmless(line)}", file=sys.stderr)
