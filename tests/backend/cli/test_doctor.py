"""djdesk doctor, without a project."""

from __future__ import annotations

import json

from tests.backend.cli.asking import djdesk


def test_doctor_tells_what_works_here() -> None:
    facts = json.loads(djdesk("doctor", "--json").stdout)

    assert facts["sandbox"]["guarded"].startswith("works")
