"""Parameters that name files which a command writes or leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from .parameters import Known, Parameter

# Django asks for a Python identifier; the number that goes in front makes any such word one.
_MIGRATION_FILE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}\Z", re.ASCII)
# Globs of one path: no dash in front, nothing that a shell or a list of values is made of.
_PATTERN = re.compile(r"[\w.*?\[][\w.*?\[\]!/+@ -]*\Z")


@dataclass(frozen=True)
class MigrationFileName(Parameter):
    def clean(self, value: Any, values: dict[str, Any], known: Known) -> str:  # noqa: ARG002
        return self.word(value, _MIGRATION_FILE, "a name of letters, digits and underscores")


@dataclass(frozen=True)
class Patterns(Parameter):
    """Patterns of file names, as ``fnmatch`` reads them."""

    kind: ClassVar[str] = "words"
    many: ClassVar[bool] = True

    def clean(self, value: Any, values: dict[str, Any], known: Known) -> list[str]:  # noqa: ARG002
        found = self.listed(value, "patterns")
        return [self.word(one, _PATTERN, "a pattern such as *.scss") for one in found]
