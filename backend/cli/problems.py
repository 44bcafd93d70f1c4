"""A problem on the terminal: a sentence, the next step, and the choices there are."""

from __future__ import annotations

import json
import re
import sys

from inspector_app.errors import Problem

# A project's files choose their names; they must not choose what a terminal does.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """``text`` without the characters that make a terminal do something."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def tell(problem: Problem, *, as_json: bool) -> None:
    """To stderr for people; as JSON to stdout, where a program expects its answer."""
    if as_json:
        print(json.dumps({"error": problem.as_dict()}))
        return
    print(f"djdesk: {harmless(problem.message)}", file=sys.stderr)
    lines = [problem.hint, *(choice.value for choice in problem.choices)]
    for line in filter(None, lines):
        print(f"        {harmless(line)}", file=sys.stderr)
