"""One measured figure, beside its yardstick and its goal."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil


@dataclass
class Figure:
    """``samples`` in ``unit``; ``against`` are those of the yardstick, from the same run.

    ``goal`` is the most that the value (or, with a yardstick, the ratio) should be.
    """

    name: str
    unit: str
    samples: Sequence[float]
    against_name: str = ""
    against: Sequence[float] = field(default=())
    goal: float | None = None

    @property
    def value(self) -> float:
        return statistics.median(self.samples)

    @property
    def ratio(self) -> float | None:
        return self.value / statistics.median(self.against) if self.against else None

    @property
    def holds(self) -> bool | None:
        if self.goal is None:
            return None
        return (self.ratio if self.ratio is not None else self.value) <= self.goal

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "min": round(min(self.samples), 4),
            "median": round(self.value, 4),
            "max": round(max(self.samples), 4),
            "against": self.against_name or None,
            "ratio": round(self.ratio, 3) if self.ratio is not None else None,
            "goal": self.goal,
            "holds": self.holds,
        }


def report(figures: list[Figure], target: Path) -> None:
    """Print the table and write the same as JSON."""
    print(f"{'figure':<46}{'median':>10}{'min':>10}{'max':>10} {'unit':<6}{'ratio':>7}  goal")
    for figure in figures:
        row = figure.as_dict()
        ratio = f"{row['ratio']:.2f}" if row["ratio"] is not None else ""
        goal = (
            ""
            if figure.goal is None
            else f"≤ {figure.goal:g} {'holds' if row['holds'] else 'MISSED'}"
        )
        print(
            f"{figure.name:<46}{row['median']:>10.2f}{row['min']:>10.2f}{row['max']:>10.2f} "
            f"{figure.unit:<6}{ratio:>7}  {goal}"
        )
    machine = {
        "cores": psutil.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    body = {"machine": machine, "figures": [figure.as_dict() for figure in figures]}
    target.write_text(json.dumps(body, indent=2) + "\n")
