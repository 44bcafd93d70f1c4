"""A project that offers one command of its own in djdesk.toml."""

from __future__ import annotations

from pathlib import Path

DEFINITION = """\
[commands.report]
summary = "orders of a day"
[commands.report.parameters.days]
type = "integer"
min = 1
max = 90
"""
COMMAND = """\
from django.core.management.base import BaseCommand
class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=1)
    def handle(self, **options):
        open("report.txt", "w").write("x")
        self.stdout.write(f"orders of {options['days']} days")
"""


def offer_report(project: Path) -> Path:
    """Give ``project`` the command ``report``, which writes a file, and offer it."""
    folder = project / "orders" / "management" / "commands"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").write_text("")
    (folder / "report.py").write_text(COMMAND)
    (project / "djdesk.toml").write_text(DEFINITION)
    return project
