"""What a rehearsal would change, as a terminal is told."""

from __future__ import annotations

from typing import Any

import pytest

from backend.cli.rehearsal import _table


@pytest.mark.parametrize(
    ("change", "rows", "told"),
    [
        ("created", [None, 0], "created shop_order, 0 rows"),
        ("dropped", [1200, None], "dropped shop_order, 1,200 rows"),
        ("rows", [4, 5], "changed shop_order, rows 4 → 5"),
        ("changed", [4, None], "changed shop_order, rows 4 → ?"),
    ],
)
def test_a_table_is_told_with_its_rows(change: str, rows: list[Any], told: str) -> None:
    assert _table({"name": "shop_order", "change": change, "rows": rows}) == told
