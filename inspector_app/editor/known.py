"""Editors that DJDesk knows how to open at a line."""

from __future__ import annotations

from dataclasses import dataclass

FILE = "{file}"
LINE = "{line}"


@dataclass(frozen=True)
class Editor:
    """``programs`` are its names, tried in order; ``arguments`` hold ``{file}`` and ``{line}``."""

    name: str
    title: str
    programs: tuple[str, ...]
    arguments: tuple[str, ...]
    terminal: bool = False


# In the order in which they are looked for. Files are named by absolute paths, so none of them can
# be taken for an option.
EDITORS = {
    editor.name: editor
    for editor in (
        Editor("vscode", "VS Code", ("code", "codium", "code-oss"), ("--goto", f"{FILE}:{LINE}")),
        Editor(
            "pycharm",
            "PyCharm",
            ("pycharm", "pycharm-professional", "pycharm-community", "charm"),
            ("--line", LINE, FILE),
        ),
        Editor("zed", "Zed", ("zed", "zeditor", "zedit"), (f"{FILE}:{LINE}",)),
        Editor("sublime", "Sublime Text", ("subl", "sublime_text"), (f"{FILE}:{LINE}",)),
        Editor("neovim", "Neovim in a terminal", ("nvim",), (f"+{LINE}", FILE), terminal=True),
        Editor("vim", "Vim in a terminal", ("vim",), (f"+{LINE}", FILE), terminal=True),
    )
}

# What a user may choose.
AUTOMATIC = "auto"
NONE = "none"
CUSTOM = "custom"
CHOICES = (AUTOMATIC, *EDITORS, CUSTOM, NONE)
