"""Write the licences of everything that the packages contain: ``licences.py TARGET``."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
from collections import defaultdict
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from freeze.contents import dependencies

NAMES = ("licen", "copying", "notice", "authors", "unlicense")


def main(target: Path) -> None:
    texts: dict[str, str] = {}
    users: dict[str, list[str]] = defaultdict(list)
    for name, found in [
        *python_itself(),
        *python_packages(),
        *npm_packages(),
        *rust_crates(),
    ]:
        for text in found or ["No licence file is part of this package; see its metadata above.\n"]:
            digest = hashlib.sha256(text.encode()).hexdigest()
            texts[digest] = text
            users[digest].append(name)
    with target.open("w", encoding="utf-8") as output:
        output.write("Third-party software inside DJDesk, and its licences.\n")
        for digest, names in sorted(users.items(), key=lambda item: item[1]):
            output.write(f"\n{'=' * 78}\n{chr(10).join(sorted(set(names)))}\n{'-' * 78}\n")
            output.write(texts[digest])


def python_itself() -> list[tuple[str, list[str]]]:
    version = sys.version.split()[0]
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(f"/usr/share/doc/python{sysconfig.get_python_version()}/copyright"),
        Path("/usr/share/doc/libpython3-stdlib/copyright"),
    ]
    return [(f"Python {version}", [read(place) for place in places if place.is_file()][:1])]


def python_packages() -> list[tuple[str, list[str]]]:
    found = []
    for name in sorted(dependencies("djdesk") - {"djdesk"}):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        licence = (
            package.metadata.get("License-Expression") or package.metadata.get("License") or ""
        )
        label = f"{package.name} {package.version} {licence.splitlines()[0] if licence else ''}"
        found.append((label.strip(), files_of(package)))
    return found


def files_of(package: Distribution) -> list[str]:
    paths = [
        Path(str(package.locate_file(file)))
        for file in package.files or []
        if any(part in file.name.lower() for part in NAMES) and ".dist-info" in str(file)
    ]
    return [read(path) for path in paths if path.is_file()]


def npm_packages() -> list[tuple[str, list[str]]]:
    """What the pages ship: the dependencies of package.json, and theirs."""
    root = Path(__file__).resolve().parent.parent
    pending = list(json.loads(read(root / "package.json")).get("dependencies", {}))
    found: dict[str, tuple[str, list[str]]] = {}
    while pending:
        name = pending.pop()
        if name in found:
            continue
        folder = root / "node_modules" / name
        package = json.loads(read(folder / "package.json"))
        texts = [
            read(path) for path in sorted(folder.iterdir()) if path.name.lower().startswith(NAMES)
        ]
        found[name] = (f"{name} {package['version']} {package['license']}", texts)
        pending.extend(package.get("dependencies", {}))
    return list(found.values())


def rust_crates() -> list[tuple[str, list[str]]]:
    cargo = shutil.which("cargo") or "cargo"
    target = ["--filter-platform", "x86_64-unknown-linux-gnu"]
    output = subprocess.run(
        [cargo, "metadata", "--format-version", "1", "--locked", *target],
        check=True,
        capture_output=True,
    ).stdout
    found = []
    for crate in json.loads(output)["packages"]:
        if crate["source"] is None:
            continue
        folder = Path(crate["manifest_path"]).parent
        texts = [
            read(path)
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name.lower().startswith(NAMES)
        ]
        found.append((f"{crate['name']} {crate['version']} {crate['license'] or ''}", texts))
    return found


def read(path: Path) -> str:
    return path.read_text("utf-8", "replace")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
