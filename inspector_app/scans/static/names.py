"""What a name in a module stands for: followed through imports, in the project and its packages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inspector_app.workspaces.source import Unreadable

from .class_shapes import Argument, ClassOutline
from .modules import Modules
from .outline import Import, Outline, outline_of
from .relative_imports import absolute, package_of


@dataclass(frozen=True)
class Class:
    """A class statement and where it stands; equal to itself only, whatever module names it."""

    file: Path
    name: str
    module: str = field(compare=False)
    outline: ClassOutline = field(compare=False, repr=False)

    def __hash__(self) -> int:
        # Asked for a hundred thousand times in a large project, and a string knows its own.
        return hash(self.name)


class Names:
    """Resolves names for one reading of a project; ``notes`` collects files that cannot be read."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.notes: dict[str, str] = {}
        self._outlines: dict[str, Outline | None] = {}
        self._resolved: dict[tuple[str, str], Class | str] = {}
        self._prefers: Callable[[Class], bool] = lambda one: True  # noqa: ARG005

    def prefer(self, prefers: Callable[[Class], bool]) -> None:
        """Choose among the branches of an ``if`` by this from now on."""
        self._prefers = prefers
        self._resolved.clear()

    def outline(self, module: str) -> Outline | None:
        """The outline of ``module``, None when it has no file or cannot be read."""
        if module not in self._outlines:
            self._outlines[module] = self._read(module)
        return self._outlines[module]

    def classes(self, module: str) -> list[Class]:
        """The classes that ``module`` itself declares."""
        outline, file = self.outline(module), self.modules.file(module)
        if outline is None or file is None:
            return []
        return [Class(file, name, module, one) for name, one in outline.classes.items()]

    def resolve(self, module: str, name: str) -> Class | str:
        """The class that dotted ``name`` stands for in ``module``.

        Where it leads out of what can be read, the answer is the full name it has there.
        """
        key = (module, name)
        if key not in self._resolved:
            self._resolved[key] = self._follow(module, name, set())
        return self._resolved[key]

    def bound(self, full: str) -> tuple[str, Argument | tuple[object, ...] | None] | None:
        """What is assigned to a name that :meth:`resolve` gave, and in which module.

        ``full`` ends with ``()`` for what a function returns. None where nothing is known of it.
        """
        module, _, name = full.rpartition(".")
        outline = self.outline(module)
        if outline is None or name not in outline.values:
            return None
        return module, outline.values[name]

    def imported_modules(self, module: str) -> list[str]:
        """The modules that ``module`` imports, or imports from, at its top level."""
        outline = self.outline(module)
        if outline is None:
            return []
        found: list[str] = []
        for name, others in outline.others.items():
            chosen = self.resolve(module, name) if len(others) > 1 else None
            if isinstance(chosen, Class):
                # Only one branch of an ``if`` is executed.
                found.append(chosen.module)
                continue
            imports = [one for one in others if isinstance(one, Import)]
            found += [self.absolute(module, one) for one in imports]
            found += [f"{self.absolute(module, one)}.{one.name}" for one in imports if one.name]
        found += [self.absolute(module, star) for star in outline.stars]
        return list(dict.fromkeys(found))

    def _follow(self, module: str, name: str, seen: set[tuple[str, str]]) -> Class | str:
        outline, file = self.outline(module), self.modules.file(module)
        if outline is None or file is None or (module, name) in seen:
            return f"{module}.{name}"
        seen.add((module, name))
        head, _, rest = name.partition(".")
        if head in outline.classes:
            one = Class(file, head, module, outline.classes[head])
            return f"{module}.{name}" if rest else one
        if head in outline.others:
            answers = [self._other(module, one, rest, seen) for one in outline.others[head]]
            return self._best(answers)
        for star in outline.stars:
            answer = self._within(self.absolute(module, star), name, seen)
            if isinstance(answer, Class):
                return answer
        return f"{module}.{name}"

    def _other(
        self, module: str, one: Import | str, rest: str, seen: set[tuple[str, str]]
    ) -> Class | str:
        """What one of the bindings of a name leads to; ``rest`` is what follows the name."""
        if isinstance(one, str):
            return self._follow(module, f"{one}.{rest}" if rest else one, seen)
        inner = ".".join(part for part in (one.name, rest) if part)
        return self._within(self.absolute(module, one), inner, seen)

    def _best(self, answers: list[Class | str]) -> Class | str:
        """Of the branches of an ``if``, the one that is preferred."""
        classes = [answer for answer in answers if isinstance(answer, Class)]
        preferred = [one for one in classes if self._prefers(one)]
        return next(iter([*preferred, *classes, *answers]))

    def _within(self, module: str, name: str, seen: set[tuple[str, str]]) -> Class | str:
        """``name`` seen from outside: what ``module`` binds, or a module below it."""
        head, _, rest = name.partition(".")
        outline = self.outline(module)
        bound = outline is not None and (head in outline.classes or head in outline.others)
        if head and not bound and self.modules.file(f"{module}.{head}") is not None:
            return self._within(f"{module}.{head}", rest, seen) if rest else f"{module}.{head}"
        return self._follow(module, name, seen) if name else module

    def absolute(self, module: str, one: Import) -> str:
        package = package_of(module, self.modules.file(module)) if one.level else ""
        return absolute(one.module, one.level, package)

    def _read(self, module: str) -> Outline | None:
        file = self.modules.file(module)
        if file is None:
            if hidden := self.modules.why_hidden(module):
                self.notes[module] = hidden
            return None
        try:
            return outline_of(file, own=self.modules.is_own(file))
        except Unreadable as problem:
            if self.modules.is_own(file):
                self.notes[self.modules.shown(file)] = str(problem)
            return None
