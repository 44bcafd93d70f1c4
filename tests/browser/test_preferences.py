"""Preferences: applied at once, said politely, refused at the field that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.commands.own_project import DEFINITION, offer_report
from tests.editor.programs import editor, started
from tests.serving import Served

from .axe import violations
from .conftest import guarded
from .test_journeys import open_folder, ready

pytestmark = pytest.mark.browser


@pytest.fixture
def preferences(page: Page) -> Page:
    ready(page)
    page.keyboard.press("Control+,")
    page.wait_for_url("**/preferences/")
    ready(page)
    return page


def leave(page: Page, name: str, value: str) -> None:
    """Type ``value`` into a field and go on to the next one."""
    page.get_by_label(name, exact=True).fill(value)
    page.keyboard.press("Tab")


def test_theme_and_density_are_applied_at_once_and_kept(preferences: Page) -> None:
    preferences.get_by_label("Dark").check()
    expect(preferences.locator("#said")).to_have_text("Theme: saved")
    preferences.get_by_label("Compact").check()
    expect(preferences.locator("#said")).to_have_text("Density: saved")
    preferences.reload()

    expect(preferences.locator("html")).to_have_attribute("data-theme", "dark")
    expect(preferences.locator("html")).to_have_attribute("data-density", "compact")


def test_what_is_chosen_is_seen_where_the_systems_colours_are_forced(preferences: Page) -> None:
    preferences.emulate_media(forced_colors="active")
    fill = "one => getComputedStyle(one).backgroundColor"
    choices = (".seg label:has(:checked)", ".seg label:not(:has(:checked))")
    chosen, other = (preferences.locator(one).first.evaluate(fill) for one in choices)
    knob = preferences.locator("input[role=switch]:checked").first.evaluate(
        "one => getComputedStyle(one, '::after').backgroundColor"
    )

    assert chosen != other
    assert knob != preferences.locator("body").evaluate(fill)


def test_the_part_that_is_read_is_marked(preferences: Page) -> None:
    parts = preferences.get_by_role("navigation", name="Parts of the preferences")
    current = parts.locator("[aria-current]")
    expect(current).to_have_text("Appearance")

    preferences.locator("#kept").evaluate("one => one.scrollIntoView()")
    expect(current).to_have_text("What is kept")
    parts.get_by_role("link", name="About").press("Enter")
    expect(current).to_have_text("About")


def test_the_time_limit_is_that_of_the_next_run(preferences: Page, served: Served) -> None:
    leave(preferences, "Time limit", "90")
    expect(preferences.locator("#said")).to_have_text("Time limit: saved")
    preferences.goto(f"{served.base}/")

    expect(preferences.get_by_text("Timeout 90 s")).to_be_visible()


@pytest.mark.parametrize("value", ["0", "abc", "", "1000"])
def test_an_impossible_value_is_explained_at_its_field(preferences: Page, value: str) -> None:
    leave(preferences, "Time limit", value)
    field = preferences.get_by_label("Time limit", exact=True)

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "Then a command is stopped with everything it started. Each run can ask for its own. "
        "1 to 600. timeout_s is a whole number from 1 to 600."
    )
    leave(preferences, "Time limit", "30")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(preferences.locator("#e-timeout_s")).to_be_hidden()


def test_a_limit_of_this_start_cannot_be_changed(chromium: Browser, tmp_path: Path) -> None:
    environment = {"DJDESK_INSPECTOR_TASK_TIMEOUT": "7"}
    with Served(tmp_path / "data", environment=environment) as served:
        for page in guarded(chromium, served, "light", ()):
            page.goto(f"{served.base}/preferences/")
            field = page.get_by_label("Time limit", exact=True)
            expect(field).to_be_disabled()
            expect(field).to_have_value("7")


def test_the_network_of_a_project_is_a_switch(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    page.goto(f"{served.base}/preferences/?project=shop")
    ready(page)
    switch = page.get_by_role("switch", name="Network for shop")
    expect(switch).not_to_be_checked()
    switch.focus()
    page.keyboard.press("Space")

    expect(switch).to_be_checked()
    expect(switch).to_be_focused()
    expect(page.locator("#project-list")).to_contain_text("can reach the network")


def test_what_was_allowed_is_listed_and_taken_back(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, offer_report(project))
    page.goto(f"{served.base}/w/shop/commands/?preset=report")
    ready(page)
    page.get_by_role("button", name="Allow this definition").click()
    expect(page.locator("#command-own")).to_contain_text("You allowed this definition.")
    page.goto(f"{served.base}/preferences/?project=shop")
    ready(page)
    (project / "djdesk.toml").unlink()
    page.get_by_role("button", name="Withdraw report of shop").click()

    expect(page.locator("#project-list")).not_to_contain_text("report")


def test_a_command_is_written_down_and_allowed_by_that(
    page: Page, served: Served, project: Path
) -> None:
    offer_report(project)
    (project / "djdesk.toml").unlink()
    open_folder(page, served, project)
    page.goto(f"{served.base}/preferences/?project=shop")
    ready(page)
    page.get_by_text("Commands you write down for shop").click()
    field = page.get_by_role("textbox", name="Commands you write down for shop")
    field.fill("[commands.report")
    page.keyboard.press("Tab")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#e-own-shop")).to_contain_text("it is not TOML")
    # A part of the page that follows the engine leaves what somebody types as it is.
    page.get_by_role("switch", name="Network for shop").click()
    expect(page.locator("#project-list")).to_contain_text("can reach the network")
    expect(field).to_have_value("[commands.report")
    field.fill(DEFINITION)
    page.keyboard.press("Tab")

    expect(page.locator("#project-list .owns")).to_contain_text("report")
    expect(page.locator("#project-list .owns")).to_contain_text("allowed")
    page.goto(f"{served.base}/w/shop/commands/?preset=report")
    expect(page.locator("#command-own")).to_contain_text("You allowed this definition.")


def test_a_project_is_removed_with_what_is_kept_of_it(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, project)
    page.goto(f"{served.base}/preferences/")
    ready(page)
    page.get_by_role("button", name="Remove shop").click()
    asked = page.get_by_role("dialog", name="Remove shop from DJDesk?")
    expect(asked).to_contain_text("1 scan, 0 runs and 0")
    asked.get_by_role("button", name="Remove").click()

    expect(page.locator("#project-list")).to_have_text("No project was opened yet.")
    assert (project / "manage.py").is_file()


def test_the_diagnostics_are_copied_and_name_no_project(
    preferences: Page, project: Path, served: Served
) -> None:
    preferences.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_folder(preferences, served, project)
    preferences.goto(f"{served.base}/preferences/")
    ready(preferences)
    preferences.get_by_role("button", name="Copy diagnostics").click()
    expect(preferences.locator("#said")).to_have_text("Copied")
    text = preferences.evaluate("navigator.clipboard.readText()")

    assert "sandbox\n" in text
    assert str(served.data_dir) in text
    assert str(project) not in text


def test_the_data_folder_is_shown_by_the_window(preferences: Page, served: Served) -> None:
    preferences.get_by_role("button", name="Show the data folder").click()

    assert served.wait_for("reveal")["path"] == str(served.data_dir)


class TestEditor:
    @pytest.fixture
    def programs(self, tmp_path: Path) -> Path:
        return tmp_path / "bin"

    @pytest.fixture
    def page(
        self, chromium: Browser, tmp_path: Path, programs: Path, project: Path
    ) -> Iterator[Page]:
        """On the Overview of a project with a finding, on a machine that has Zed."""
        editor(programs, "zed")
        (project / "orders" / "models.py").write_text(
            "from django.db import models\n\n\nclass Order(models.Model):\n"
            "    number = models.ForeignKey('orders.Order', models.CASCADE, unique=True)\n"
        )
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "DISPLAY": ":0"}
        with Served(tmp_path / "data", environment=environment) as served:
            slug = served.open_trusted(project)
            yield from guarded(chromium, served, "light", (), f"/w/{slug}/")

    def test_a_finding_opens_at_its_line(self, page: Page, programs: Path, project: Path) -> None:
        place = page.get_by_role("button", name="orders/models.py:5").first
        expect(place).to_have_attribute("title", "Open in Zed (Shift: copy)")
        place.focus()
        page.keyboard.press("Enter")

        assert started(programs / "zed")["argv"] == [f"{project}/orders/models.py:5"]
        expect(page.locator("#said")).to_have_text("Opened in Zed")

    def test_with_shift_the_place_is_copied(self, page: Page) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="orders/models.py:5").first.click(modifiers=["Shift"])
        expect(page.locator("#said")).to_have_text("Copied")

        assert page.evaluate("navigator.clipboard.readText()") == "orders/models.py:5"

    def test_another_program_is_named_with_its_arguments(
        self, page: Page, programs: Path, project: Path
    ) -> None:
        emacs = editor(programs, "emacsclient")
        page.goto(f"{page.url.split('/w/')[0]}/preferences/?project=shop#editor")
        ready(page)
        expect(page.locator("#editor-now")).to_contain_text("Now Zed")
        page.get_by_label("Program", exact=True).select_option("Another program")
        page.get_by_label("The other program").fill("emacsclient\n+{line}\n{files}")
        page.keyboard.press("Tab")
        expect(page.locator("#e-editor_command")).to_contain_text("{files} is not known")
        page.get_by_label("The other program").fill("emacsclient\n+{line}\n{file}")
        page.keyboard.press("Tab")
        expect(page.locator("#editor-now")).to_contain_text("Now emacsclient")
        page.go_back()
        ready(page)
        page.reload()
        ready(page)
        page.get_by_role("button", name="orders/models.py:5").first.click()

        assert started(emacs)["argv"] == ["+5", f"{project}/orders/models.py"]

    def test_one_that_fails_is_said_on_the_page(self, page: Page, programs: Path) -> None:
        editor(programs, "zed", exit_code=1)
        page.get_by_role("button", name="orders/models.py:5").first.click()

        expect(page.locator("#alerts")).to_contain_text("Zed ended at once, with code 1.")


@pytest.mark.tolerates("Applying inline style")
def test_no_part_of_the_preferences_has_a_violation(
    page: Page, served: Served, project: Path
) -> None:
    open_folder(page, served, offer_report(project))
    found = {}
    for name, path in {"plain": "/preferences/", "project": "/preferences/?project=shop"}.items():
        page.goto(f"{served.base}{path}")
        ready(page)
        expect(page.get_by_text("Each was tried with a throw-away folder.")).to_be_attached()
        page.get_by_label("Program", exact=True).select_option("Another program")
        expect(page.get_by_label("The other program")).to_be_visible()
        leave(page, "Time limit", "0")
        expect(page.locator("#e-timeout_s")).to_be_visible()
        found[name] = violations(page)
    page.get_by_role("button", name="Remove shop").click()
    found["removal"] = violations(page)

    assert {name: one for name, one in found.items() if one} == {}
