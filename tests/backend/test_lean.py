from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.serving import Served


def test_the_engine_loads_no_openssl(served: Served, sample: Path) -> None:
    served.open_trusted(sample)
    loaded = Path(f"/proc/{served.process.pid}/maps").read_text()

    assert "libsqlite3" in loaded
    assert "libssl" not in loaded
    assert "libcrypto" not in loaded


def test_the_python_for_projects_has_openssl() -> None:
    code = "import hashlib, ssl; print(ssl.OPENSSL_VERSION, hashlib.new('sha512').name)"
    result = subprocess.run(
        [sys.executable, "-m", "backend.sidecar", "python", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.startswith("OpenSSL")
