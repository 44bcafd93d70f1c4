from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.redaction import known
from inspector_app.redaction.secret import Secret


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The file of a log that is set up like the engine's."""
    path = tmp_path / "engine.log"
    handler = logging.FileHandler(path)
    handler.setFormatter(known.RedactingFormatter("%(message)s"))
    logger = logging.getLogger("secretive")
    logger.addHandler(handler)
    yield path
    logger.removeHandler(handler)
    handler.close()


def test_the_log_shows_the_secrets_of_no_project(log: Path) -> None:
    known.remember("/a", [Secret("SECRET_KEY", "a-Secret-Key-1")])
    known.remember("/b", [Secret("SECRET_KEY", "b-Secret-Key-2")])
    logging.getLogger("secretive").warning("%s and %s", "a-Secret-Key-1", "b-Secret-Key-2")

    assert log.read_text() == "[redacted: SECRET_KEY] and [redacted: SECRET_KEY]\n"


def test_a_traceback_in_the_log_shows_no_secret(log: Path) -> None:
    known.remember("/a", [Secret("SECRET_KEY", "a-Secret-Key-1")])
    try:
        int("a-Secret-Key-1 and postgres://app:pw@db/shop")
    except ValueError:
        logging.getLogger("secretive").exception("failed")

    assert "a-Secret-Key-1" not in log.read_text()
    assert "'[redacted: SECRET_KEY] and postgres://app:[redacted: password]@db" in log.read_text()


def test_a_project_s_newer_secrets_take_the_place_of_the_older() -> None:
    known.remember("/a", [Secret("SECRET_KEY", "a-Secret-Key-1")])
    known.remember("/a", [Secret("SECRET_KEY", "a-Secret-Key-3")])

    assert known.redacted("a-Secret-Key-1 a-Secret-Key-3").endswith(" [redacted: SECRET_KEY]")
