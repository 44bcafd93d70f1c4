from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.commands.own_project import offer_report
from tests.runs.project import Gate
from tests.serving import Served

from .conftest import KILLED

pytestmark = pytest.mark.browser


def ready(page: Page) -> None:
    """Until the scripts of a new page listen; a click before that goes nowhere."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()


def open_and_trust(page: Page) -> None:
    ready(page)
    page.get_by_role("button", name="Open the sample project").click()
    page.wait_for_url("**/w/**")
    ready(page)
    page.get_by_role("button", name="Trust and inspect").click()
    expect(page.get_by_role("button", name="Withdraw trust")).to_be_visible()
    expect(page.locator(".finding").first).to_be_visible()


def open_folder(page: Page, served: Served, project: Path) -> None:
    """Open ``project`` as the window does, and go to its Overview."""
    page.evaluate(
        """path => fetch('/api/workspaces/', {method: 'POST', body: JSON.stringify({path}),
        headers: {'X-CSRFToken': document.cookie.split('csrftoken=')[1]}})""",
        str(project),
    )
    page.goto(f"{served.base}/w/{project.name}/")
    ready(page)


def watch_first_run(page: Page, served: Served, project: Path) -> None:
    open_folder(page, served, project)
    page.get_by_role("button", name="Trust and inspect").click()
    expect(page.get_by_role("link", name="Runs 1")).to_be_visible()
    page.goto(f"{served.base}/w/{project.name}/runs/1/")


def test_the_sample_is_opened_trusted_and_its_findings_are_shown(page: Page) -> None:
    open_and_trust(page)

    expect(page.locator(".finding", has_text="fields.W342")).to_be_visible()
    expect(page.locator("#last-run")).to_contain_text("exit 0, 0 files changed")


def test_before_trust_the_page_says_what_is_not_known(page: Page) -> None:
    ready(page)
    page.get_by_role("button", name="Open the sample project").click()

    expect(page.get_by_role("heading", name="Not known until the code runs")).to_be_visible()
    expect(page.locator("dl.facts")).not_to_contain_text("Checks")


def test_a_command_runs_and_its_log_streams_onto_the_page(page: Page) -> None:
    open_and_trust(page)
    page.get_by_role("link", name="Commands").click()
    page.wait_for_url("**/commands/")
    ready(page)
    page.get_by_role("link", name="showmigrations").click()
    page.wait_for_url("**preset=showmigrations")
    ready(page)
    expect(page.locator("[data-command]")).to_contain_text("--skip-checks")
    page.get_by_role("button", name="Run", exact=True).click()

    expect(page.locator("run-panel log-view")).to_contain_text("[ ] 0001_initial")
    expect(page.locator("run-panel [data-state]")).to_have_text("exit 0, 0 files changed")
    page.get_by_role("link", name="Open run page").click()
    expect(page.locator("[data-run-status=succeeded]")).to_be_visible()
    expect(page.locator("#proof")).to_contain_text("0 files changed")


def test_a_double_click_starts_one_run(page: Page) -> None:
    open_and_trust(page)
    page.goto(page.url.rstrip("/") + "/commands/?preset=check")
    ready(page)
    with page.expect_response("**/task-runs/"):
        page.get_by_role("button", name="Run", exact=True).dblclick()
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
    page.get_by_role("link", name="Runs").click()
    page.wait_for_url("**/runs/")

    expect(page.locator("#runs")).to_contain_text("#2")
    expect(page.locator("#runs")).not_to_contain_text("#3")


def test_the_command_line_shows_exactly_what_the_form_says(page: Page) -> None:
    open_and_trust(page)
    page.get_by_role("link", name="Commands").click()
    page.wait_for_url("**/commands/")
    ready(page)
    page.get_by_label("--deploy").check()
    page.get_by_label("billing").check()
    page.get_by_role("radiogroup", name="Verbosity").get_by_text("2").click()

    expect(page.locator("[data-command]")).to_have_text(
        re.compile("check --no-color --deploy --verbosity 2 -- billing\\s*$")
    )


def test_a_refused_value_is_named_at_its_field(page: Page) -> None:
    open_and_trust(page)
    page.get_by_role("link", name="Commands").click()
    page.wait_for_url("**/commands/")
    ready(page)
    page.get_by_label("Other tags").fill("--settings=x")
    page.get_by_role("button", name="Run", exact=True).click()

    expect(page.locator("#e-tags")).to_contain_text("is not a check tag")


def test_a_long_list_is_filtered_and_what_is_checked_stays(page: Page) -> None:
    open_and_trust(page)
    page.get_by_role("link", name="Commands").click()
    page.wait_for_url("**/commands/")
    ready(page)
    page.keyboard.press("Control+f")
    page.keyboard.type("sql seq")
    expect(page.locator("#command-list a:visible")).to_have_text(re.compile("sqlsequencereset"))
    page.keyboard.type("x")
    expect(page.get_by_text("No command matches.")).to_be_visible()
    page.goto(f"{page.url.partition('?')[0]}?preset=dumpdata")
    ready(page)
    models = page.get_by_role("group", name="Apps, models")
    models.get_by_label("Part", exact=True).check()
    page.get_by_label("Filter Apps, models").fill("billing.")

    expect(models.get_by_label("Invoice", exact=True)).to_be_visible()
    expect(models.get_by_label("Part", exact=True)).to_be_visible()
    expect(models.get_by_label("LogEntry", exact=True)).to_be_hidden()


def test_chosen_models_and_typed_ones_make_the_command_line(page: Page) -> None:
    open_and_trust(page)
    page.goto(f"{page.url}commands/?preset=dumpdata&exclude=auth&indent=2&pks=7")
    ready(page)
    page.get_by_role("group", name="Apps, models").get_by_label("Part", exact=True).check()
    expect(page.locator("[data-command]")).to_have_text(
        re.compile("--exclude auth --indent 2 --pks 7 -- parts.Part\\s*$")
    )
    page.get_by_label("Apps, models: others").fill("billing.Made")

    expect(page.locator("#e-pks")).to_contain_text("keys are those of one model")


def test_a_missing_migration_is_an_answer_on_the_page(
    page: Page, served: Served, project: Path
) -> None:
    (project / "orders" / "models.py").write_text(
        "from django.db import models\nclass Order(models.Model): pass\n"
    )
    watch_first_run(page, served, project)
    page.goto(f"{served.base}/w/{project.name}/commands/?preset=makemigrations")
    ready(page)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 1", timeout=15_000)
    page.get_by_role("link", name="Open run page").click()

    expect(page.locator("#run-note")).to_contain_text(
        "Models have changes that no migration holds."
    )


def test_a_command_of_the_project_is_allowed_as_it_is_shown(
    page: Page, served: Served, project: Path
) -> None:
    watch_first_run(page, served, offer_report(project))
    page.goto(f"{served.base}/w/{project.name}/commands/?preset=report")
    ready(page)
    page.get_by_label("Days").fill("100")
    expect(page.locator("#e-days")).to_contain_text("expected 1 to 90")
    page.get_by_label("Days").fill("3")
    page.get_by_role("button", name="Rehearse").click()
    expect(page.locator("#alerts")).to_contain_text("you have not allowed it yet")
    page.get_by_role("button", name="Allow this definition").click()
    expect(page.locator("#command-own")).to_contain_text("You allowed this definition.")
    page.get_by_role("button", name="Rehearse").click()

    # What comes next depends on whether an isolating tier is proven on this machine.
    refused = page.locator("#alerts", has_text="it runs isolated or not at all")
    finished = page.locator("run-panel [data-state]", has_text="exit 0, 0 files changed")
    expect(refused.or_(finished)).to_be_visible(timeout=15_000)
    assert not (project / "report.txt").exists()


def test_a_click_before_the_scripts_listen_is_not_lost(page: Page, served: Served) -> None:
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/js/main*.js", hold, times=1)
    page.goto(f"{served.base}/", wait_until="commit")
    page.get_by_role("button", name="Open the sample project").click()
    asked[0].continue_()

    page.wait_for_url("**/w/**")


def test_running_again_makes_a_new_run(page: Page) -> None:
    open_and_trust(page)
    page.get_by_role("link", name="Commands").click()
    ready(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("run-panel [data-title]")).to_contain_text("#2 check")
    expect(page.locator("run-panel [data-state]")).to_contain_text("exit 0")
    page.get_by_role("link", name="Runs").click()
    page.locator("#runs a").first.click()
    page.wait_for_url("**/runs/2/")
    ready(page)
    page.get_by_role("button", name="Run again").click()

    expect(page.get_by_role("heading", name="Run #3")).to_be_visible()
    expect(page.locator("[data-run-status=succeeded]")).to_be_visible()


def test_a_long_command_is_stopped_by_the_keyboard(
    page: Page, served: Served, stubborn: Path
) -> None:
    watch_first_run(page, served, stubborn)
    expect(page.locator("log-view")).to_contain_text("waiting")
    ready(page)
    page.keyboard.press("Control+.")

    expect(page.locator("[data-run-status=cancelled]")).to_be_visible()


def test_a_line_is_shown_before_it_ends(
    page: Page, served: Served, project: Path, tmp_path: Path
) -> None:
    gate = Gate(tmp_path)
    (project / "orders" / "__init__.py").write_text(
        f"import os\nprint('Applying', end='', flush=True)\n{gate.code}\nprint(' 0001_initial')\n"
    )
    watch_first_run(page, served, project)
    expect(page.locator("log-view li")).to_contain_text("Applying")
    gate.open()

    expect(page.locator("log-view")).to_contain_text("Applying 0001_initial")
    gate.close()


def test_a_dragged_folder_is_named_before_it_is_dropped(page: Page) -> None:
    ready(page)
    page.evaluate(
        """dispatchEvent(new CustomEvent('djdesk:drag',
        {detail: {state: 'enter', names: ['<b>shop</b>']}}))"""
    )
    expect(page.locator("drop-cover")).to_contain_text("Inspect <b>shop</b>")
    page.evaluate(
        "dispatchEvent(new CustomEvent('djdesk:drag', {detail: {state: 'leave', names: []}}))"
    )

    expect(page.locator("drop-cover")).to_be_hidden()


@pytest.mark.tolerates(*KILLED)
def test_a_lost_engine_is_said_in_the_status_bar(page: Page, served: Served) -> None:
    expect(page.locator("#engine")).to_have_attribute("data-state", "ready")
    served.process.kill()

    expect(page.locator("#engine")).not_to_have_attribute("data-state", "ready")


@pytest.mark.tolerates(*KILLED)
def test_what_is_typed_is_there_again_behind_a_new_engine(
    chromium: Browser, page: Page, served: Served
) -> None:
    ready(page)
    page.get_by_role("button", name="Open the sample project").click()
    page.wait_for_url("**/w/**")
    page.goto(f"{page.url}commands/?preset=dumpdata")
    ready(page)
    page.get_by_label("Apps, models: others").fill("billing.Made parts.Up")
    page.get_by_label("--natural-foreign").check()
    page.get_by_label("Timeout").fill("7")
    page.get_by_label("Indent").fill("x")
    expect(page.locator("#e-indent")).to_be_visible()
    was = page.url.removeprefix(served.base)
    served.process.kill()
    served.process.wait()

    with Served(served.data_dir) as after:
        context = chromium.new_context()
        again = context.new_page()
        # The way by which the window comes back.
        again.goto(f"{after.enter}?{urlencode({'next': was})}")
        ready(again)
        expect(again.get_by_label("Apps, models: others")).to_have_value("billing.Made parts.Up")
        expect(again.get_by_label("Timeout")).to_have_value("7")
        expect(again.get_by_label("Indent")).to_have_value("x")
        expect(again.get_by_label("--natural-foreign")).to_be_checked()
        context.close()


class TestWithoutAWindow:
    def test_a_path_is_typed_and_several_projects_are_offered(
        self, chromium: Browser, tmp_path: Path, project: Path
    ) -> None:
        for name in ("one", "<script>two"):
            shutil.copytree(project, tmp_path / "mono" / name)
        with Served(tmp_path / "data", capabilities=[]) as served:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(served.enter)
            ready(page)
            page.get_by_role("textbox", name="Folder").fill(str(tmp_path / "mono"))
            page.get_by_role("button", name="Open folder").click()
            expect(page.locator("#alerts")).to_contain_text("holds 2 Django projects")
            page.get_by_role("button", name="<script>two").click()

            expect(page.locator("h1")).to_have_text("Overview")
            context.close()


def test_a_value_that_a_link_brings_is_refused_at_once(page: Page) -> None:
    open_and_trust(page)
    page.goto(page.url.rstrip("/") + "/commands/?preset=dumpdata&indent=99")

    expect(page.locator("#e-indent")).to_contain_text("expected 0 to 8")


def test_what_is_said_of_a_refused_value_is_not_behind_the_command_line(page: Page) -> None:
    open_and_trust(page)
    page.goto(page.url.rstrip("/") + "/commands/?preset=check")
    ready(page)
    page.get_by_label("Timeout").fill("0")
    page.keyboard.press("Control+Enter")

    said = page.locator("#e-timeout")
    expect(said).to_contain_text("above 0")
    bar = page.locator(".runbar").bounding_box()
    box = said.bounding_box()
    assert bar is not None
    assert box is not None
    assert box["y"] + box["height"] <= bar["y"]
