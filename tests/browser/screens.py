"""Every screen, and how one gets there; and the projects that have something to show on each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import make_project
from tests.environment import CHECKOUT
from tests.scans.asking import manage
from tests.serving import Served

MEMORY = 'os.environ.get("CYCLERY_DATABASE", ":memory:")'
VOUCHER = "\n\nclass Voucher(models.Model):\n    code = models.CharField(max_length=20)\n"


@dataclass(frozen=True)
class Screen:
    """``path`` is below the sample's own address, or from the root where it begins with a slash.

    ``shown`` is in sight once the page is complete; ``act`` opens what the page opens.
    ``part`` is what is new on this screen. One that is not ``alive`` has no scripts.
    """

    name: str
    path: str
    shown: str = "h1"
    act: Callable[[Page], object] | None = None
    part: str = "#main"
    alive: bool = True

    def open(self, page: Page, served: Served) -> None:
        page.goto(served.base + self.address)
        if self.alive:
            expect(page.locator("html[data-scripts=ready]")).to_be_attached()
            expect(page.locator("#engine")).to_have_attribute("data-state", "ready")
        if self.act is not None:
            self.act(page)
        expect(page.locator(self.shown).first).to_be_visible()

    @property
    def address(self) -> str:
        return self.path if self.path.startswith("/") else f"/w/cyclery/{self.path}"


def _search(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.keyboard.type("invoice")


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(name)


def _click(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).click()


DRAWN = "model-map[data-drawn]"

SCREENS = (
    Screen("home", "/"),
    Screen("untrusted", "/w/shop/", "#grant-trust"),
    Screen("overview", "", ".finding", part="body"),
    Screen("models", "models/", DRAWN),
    Screen("models-apps", "models/?show=apps", DRAWN),
    Screen("models-app", "models/?app=workshop&sel=workshop.RepairOrder&fields=all", DRAWN),
    Screen("models-focus", "models/?focus=workshop.RepairOrder&hops=2", DRAWN),
    Screen("models-table", "models/?table=1&sel=workshop.RepairOrder", "#models-table"),
    Screen(
        "models-export",
        "models/",
        "#models-export",
        _click("[popovertarget=models-export]"),
        "#models-export",
    ),
    Screen("migrations", "migrations/?name=workshop.0002_warranty", "[data-sql] .k"),
    Screen("migration-graph", "migrations/?app=workshop&view=graph", "svg.miggraph"),
    Screen("urls", "urls/?q=reorder&url=3"),
    Screen("urls-answer", "urls/?q=reorder&path=/admin/", ".answer"),
    Screen("urls-tree", "urls/?view=tree&q=reorder"),
    Screen("settings", "settings/"),
    Screen("settings-compare", "settings/compare/"),
    Screen("checks", "checks/"),
    Screen("commands", "commands/"),
    Screen("command-fields", "commands/?preset=dumpdata&exclude=auth"),
    Screen("runs", "runs/", "#runs"),
    Screen("run", "runs/3/", "log-view li"),
    Screen("runs-compare", "runs/5/compare/"),
    Screen("rehearsal", "runs/6/", "#rehearsal"),
    Screen("scans", "scans/", "#scans"),
    Screen("scan", "scans/3/"),
    Screen("scans-compare", "scans/4/compare/"),
    Screen("exports", "exports/?format=html", ".preview li"),
    Screen("preferences", "/preferences/?project=cyclery", "text=Each was tried with"),
    Screen("palette", "", "#palette [role=option]", _press("Control+k"), "#palette"),
    Screen("palette-found", "", "#palette [role=option] b", _search, "#palette"),
    Screen("keys", "", "#key-list", _press("?"), "#key-list"),
    Screen("setup", "", "#setup h2", _click("#chip-setup"), "#setup"),
    Screen("tier", "", "#tier", _click("#chip-tier"), "#tier"),
    Screen("switcher", "", "#projects", _click("#switcher"), "#projects"),
    Screen("run-panel", "", "run-panel log-view li", _press("Control+j"), "#panel"),
    Screen("not-found", "/w/nothing-here/", part="body", alive=False),
)


@contextmanager
def shown(folder: Path) -> Iterator[Served]:
    """An engine that has opened a project and only read it, and one that it has worked in."""
    # With a home and a PATH of its own, no project, interpreter or editor of this machine is found.
    own = {"HOME": str(folder), "PATH": str(folder / "bin")}
    with Served(folder / "data", environment=own) as served:
        served.open_first_page()
        served.post("/api/preferences/", {"editor": "none"})
        served.post("/api/workspaces/", {"path": str(make_project(folder / "shop"))})
        cyclery = folder / "cyclery"
        shutil.copytree(CHECKOUT / "inspector_app" / "sample" / "cyclery", cyclery)
        # Whatever else is on the machine, this is the interpreter that is found.
        (cyclery / ".venv").symlink_to(CHECKOUT / ".venv")
        _keep_a_database(cyclery)
        models = cyclery / "billing" / "models.py"
        text = models.read_text()
        models.write_text(text + VOUCHER)
        slug = served.open_trusted(cyclery)
        models.write_text(text)
        _scan_again(served, slug)
        for preset, params in (
            ("check", {}),
            ("showmigrations", {}),
            ("check", {}),
            ("rehearse-migrate", {}),
            (
                "sqlmigrate",
                {"app_label": "workshop", "migration_name": "0002_warranty"},
            ),
        ):
            _run(served, slug, preset, params)
        yield served


def _keep_a_database(cyclery: Path) -> None:
    """One that lacks the last migration of workshop, in a file instead of in memory."""
    settings = cyclery / "cyclery" / "settings" / "base.py"
    text = settings.read_text()
    assert MEMORY in text
    settings.write_text(text.replace(MEMORY, 'BASE_DIR / "db.sqlite3"'))
    for target in ((), ("workshop", "0001")):
        manage(cyclery, "migrate", "--skip-checks", *target).check_returncode()


def _scan_again(served: Served, slug: str) -> None:
    served.post(f"/api/workspaces/{slug}/scan/", {})
    served.wait_until(
        f"/api/workspaces/{slug}/status/",
        lambda status: status["scan"]["finished_at"] and not status["runs"]["active"],
    )


def _run(served: Served, slug: str, preset: str, params: Mapping[str, object]) -> None:
    asked = {"workspace": slug, "preset": preset, "params": params}
    status, run = served.post("/api/task-runs/", asked)
    assert status == 201, run
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
