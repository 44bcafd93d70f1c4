"""From a dotted module name to the file that holds it: the project's own first, then installed."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from inspector_app.workspaces.environment import in_plain_sight
from inspector_app.workspaces.find import shown
from inspector_app.workspaces.looking import looked_at
from inspector_app.workspaces.source import is_dir, is_file

# What every project imports and no project changes: its names are known without reading it.
_BUILT_IN = (
    *("django.db", "django.conf", "django.utils", "django.core", "django.contrib.gis.db"),
    *("django.forms", "django.template", "django.urls", "django.http", "django.dispatch"),
    *("django.test", "typing_extensions"),
)
# URLconfs among them.
_READ_ANYWAY = frozenset({"django.conf.urls.i18n"})
# Where an interpreter has what was installed.
_PACKAGES = frozenset({"site-packages", "dist-packages"})


class Modules:
    """Looks modules up the way Python would with manage.py's folder on its path.

    ``packages`` are the folders the interpreter imports installed distributions from; without them
    only the project's own modules are found. ``path_is_known`` says that nothing puts folders on
    that path of which nobody can tell which.
    """

    def __init__(self, root: Path, base: Path, packages: Sequence[Path] = ()) -> None:
        self.root = root
        self.base = base
        self._packages = tuple(packages)
        self._installed = tuple(one for one in self._packages if _holds_installed(one, root))
        self._all_in_sight = in_plain_sight(self._packages)
        own = (base, base / "src", base / "apps", root, root / "src")
        self._bases = tuple(dict.fromkeys((*own, *self._packages)))
        self._added: list[Path] = []
        self.path_is_known = True
        self._files: dict[str, Path | None] = {}
        self._shown: dict[Path, str] = {}
        self._adopted: Path | None = None
        self._hidden: dict[str, str] = {}
        self._tops: dict[str, tuple[str, ...]] = {}
        self._own: dict[Path, bool] = {}

    @property
    def added(self) -> tuple[Path, ...]:
        """The folders that the project puts on the path."""
        return tuple(self._added)

    def put_on_path(self, folder: Path) -> None:
        """Find modules in ``folder`` as well, and those of the project before those installed."""
        if folder in self._bases:
            return
        self._added.append(folder)
        own = [one for one in self._bases if one not in self._packages]
        self._bases = tuple(dict.fromkeys((*own, folder, *self._packages)))
        for known in (self._files, self._hidden, self._tops):
            known.clear()

    def file(self, dotted: str) -> Path | None:
        """The file of module ``dotted``, or of its package's ``__init__``."""
        if dotted not in self._files:
            self._files[dotted] = self._find(dotted)
        return self._files[dotted]

    def package(self, dotted: str) -> Path | None:
        """The folder of package ``dotted``; namespace packages count."""
        file = self.file(dotted)
        if file is not None:
            return file.parent if file.name == "__init__.py" else None
        parts = _parts(dotted)
        folders = (base.joinpath(*parts) for base in self._bases if parts)
        return next((folder for folder in folders if is_dir(folder)), None)

    def why_hidden(self, dotted: str) -> str:
        """Why nobody can tell if there is a file of ``dotted``, to follow its name; or nothing."""
        return self._hidden.get(dotted, "")

    def findable(self, dotted: str) -> bool | None:
        """Whether importing ``dotted`` finds a module; None where that cannot be told.

        It is for what of the installed packages is not in plain sight.
        """
        top = dotted.partition(".")[0]
        if top in sys.stdlib_module_names or dotted.startswith(_BUILT_IN):
            return True
        if self.package(dotted) is not None or self._compiled(dotted):
            return True
        if self.file(dotted) is not None:
            return True
        own = self.package(top)
        if own is not None and self.is_own(own):
            return None if self.why_hidden(dotted) else False
        return False if self._all_in_sight else None

    def _compiled(self, dotted: str) -> bool:
        parts = _parts(dotted)
        if not parts:
            return False
        places = [base.joinpath(*parts[:-1]) for base in self._bases]
        for place in places:
            looked_at(place)
        patterns = (f"{parts[-1]}.*.so", f"{parts[-1]}.so", f"{parts[-1]}.pyd")
        try:
            return any(any(place.glob(pattern)) for place in places for pattern in patterns)
        except OSError:
            return False

    def adopt(self, settings_module: str) -> None:
        """Count the installed package that holds the settings as the project's own code.

        So it is where manage.py is a few lines beside a project that is itself installed.
        """
        file = self.file(settings_module)
        if file is not None and not self.is_own(file):
            self._adopted = self.package(settings_module.partition(".")[0])
            self._own.clear()

    def is_own(self, path: Path) -> bool:
        """Whether ``path`` is the project's, not that of a package installed somewhere in it."""
        folder = path.parent
        if folder not in self._own:
            self._own[folder] = self._is_own(folder)
        return self._own[folder] or self._is_own(path)

    def _is_own(self, path: Path) -> bool:
        if self._adopted is not None and path.is_relative_to(self._adopted):
            return True
        return path.is_relative_to(self.root) and not any(map(path.is_relative_to, self._installed))

    def shown(self, path: Path) -> str:
        """``path`` as a report names it: relative to the project when it is in it."""
        if path not in self._shown:
            inside = path.is_relative_to(self.root)
            self._shown[path] = shown(path.relative_to(self.root) if inside else path)
        return self._shown[path]

    def _find(self, dotted: str) -> Path | None:
        parts = _parts(dotted)
        if not parts or (dotted.startswith(_BUILT_IN) and dotted not in _READ_ANYWAY):
            return None
        for base in self._bases_of(parts[0]):
            # Thousands of names are looked for, and paths as objects take their time.
            stem = "/".join((base, *parts))
            for candidate in (f"{stem}/__init__.py", f"{stem}.py"):
                looked_at(candidate)
                try:
                    if stat.S_ISREG(os.stat(candidate).st_mode):  # noqa: PTH116
                        return Path(candidate)
                except PermissionError as error:
                    if Path(base) in self._packages:
                        continue
                    place = self.shown(_first_hidden(Path(candidate)))
                    self._hidden.setdefault(dotted, f"cannot be read: {place}: {error.strerror}")
                except (OSError, ValueError):
                    continue  # Such as a name that is longer than any file's.
        return None

    def _bases_of(self, top: str) -> tuple[str, ...]:
        """The folders that have a package or module ``top``, or hide whether they do."""
        if top not in self._tops:
            texts = [str(base) for base in self._bases]
            self._tops[top] = tuple(base for base in texts if _may_hold(base, top))
        return self._tops[top]


def _holds_installed(folder: Path, root: Path) -> bool:
    """Whether ``folder`` lies in the project, and yet what is in it is not the project's.

    A project that is installed as it lies there, for development, has its own folder among those
    of packages; where an environment in the project has such a folder, it is somebody else's.
    """
    if not folder.is_relative_to(root):
        return False
    inside = [folder, *folder.parents][: len(folder.parts) - len(root.parts)]
    return folder.name in _PACKAGES or any(is_file(one / "pyvenv.cfg") for one in inside)


def _may_hold(base: str, top: str) -> bool:
    for name in (top, f"{top}.py"):
        looked_at(f"{base}/{name}")
        try:
            os.stat(f"{base}/{name}")  # noqa: PTH116
        except PermissionError:
            return True
        except (OSError, ValueError):
            continue
        return True
    return False


def _first_hidden(path: Path) -> Path:
    """The folder on the way to ``path`` that may not be looked into."""
    for folder in reversed(path.parents):
        try:
            os.stat(f"{folder}/.")  # noqa: PTH116 -- a Path has no dot at its end
        except OSError:
            return folder
    return path


def _parts(dotted: str) -> list[str]:
    parts = dotted.split(".")
    return parts if all(part.isidentifier() for part in parts) else []
