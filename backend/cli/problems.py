"""A problem on the terminal: a sentence, the next step, and the choices there are."""

from __future__ import annotations

import json
import sys

from inspector_app.errors import Problem


def tell(problem: Problem, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": problem.as_dict()}))
        return
    print(f"djdesk: {problem.message}", file=sys.stderr)
    if problem.hint:
        print(f"        {problem.hint}", file=sys.stderr)
    for choice in problem.choices:
        print(f"        {choice.value}", file=sys.stderr)
