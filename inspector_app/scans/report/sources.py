"""The two sources of a report, and how a part of it decides between them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector_app.scans.runtime.told import Told
from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.reading import StaticReading
from inspector_app.workspaces.find import shown

if TYPE_CHECKING:
    from inspector_app.scans.runtime.probing import Probing


class Sources:
    """``told`` tells nothing as long as none of the project's code was run."""

    def __init__(self, root: Path, reading: StaticReading, probing: Probing | None) -> None:
        self.root = root
        self.reading = reading
        self.probing = probing
        self.told = probing.told if probing is not None else Told(lambda _name, _section: None)
        self._shown: dict[str, str] = {}

    def data(self, name: str) -> Any:
        """What Django told of a section; None where the source text has to do."""
        return self.told.data(name)

    def shown(self, file: str) -> str:
        """A path of the project's process as a report names it, relative where it can be."""
        if file not in self._shown:
            self._shown[file] = self._relative(file) if file else ""
        return self._shown[file]

    def folder(self, path: str | None) -> str | None:
        """A folder that settings name, which may be the project's own."""
        return None if path is None else self.shown(path) or path

    def is_own(self, path: str) -> bool:
        return self._modules is not None and self._modules.is_own(Path(path))

    @cached_property
    def _modules(self) -> Modules | None:
        return self.reading.names.modules if self.reading.names is not None else None

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        return tuple(str(one).rstrip("/") + "/" for one in {self.root, self.root.resolve()})

    def _relative(self, file: str) -> str:
        for root in self._roots:
            if file.startswith(root):
                return str(shown(Path(file[len(root) :])))
        return str(shown(Path(file)))
