from __future__ import annotations

import pytest

from tests.proving import require
from tests.rehearsals.rehearsing import TIERS


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """Each of the tiers in which something can be rehearsed."""
    name: str = request.param
    require(name)
    return name
