"""``python -m tests.escape``: write the table into the documentation."""

from __future__ import annotations

from tests.environment import CHECKOUT

from .table import collect, render


def main() -> None:
    launcher = CHECKOUT / "build" / "bin" / "djdesk-jail"
    page = CHECKOUT / "docs" / "escape-table.md"
    page.write_text(render(collect(launcher)))
    print(f"wrote {page}")


if __name__ == "__main__":
    main()
