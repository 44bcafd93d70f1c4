"""What somebody typed is there again when the page is read by another engine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.serving import Served
from tests.waiting import until

from .conftest import KILLED, guarded
from .screens import SCREENS, Screen

pytestmark = pytest.mark.browser

# Those on which somebody can type, beside the form of a command.
TYPED = (
    "models",
    "models-table",
    "migrations",
    "urls",
    "settings",
    "checks",
    "commands",
    "command-fields",
    "runs",
    "run",
    "preferences",
    "palette",
    "setup",
)
WORDS = "zq7%&"
FIELDS = "input[type=text], input[type=search], textarea"
SELECTOR = "one => one.id ? `[id='${one.id}']` : `${one.localName}[name='${one.name}']`"


@pytest.fixture
def look(chromium: Browser, shown: Served) -> Iterator[Page]:
    yield from guarded(chromium, shown, "light", (), "/")


@pytest.mark.parametrize(
    "screen", [one for one in SCREENS if one.name in TYPED], ids=lambda one: one.name
)
def test_every_field_has_what_was_typed_when_its_page_is_read_anew(
    look: Page, shown: Served, screen: Screen
) -> None:
    screen.open(look, shown)
    part = look.locator(screen.part)
    part.evaluate(
        "part => part.querySelectorAll('details').forEach((fold) => { fold.open = true })"
    )
    fields = [one for one in part.locator(FIELDS).all() if one.is_visible()]
    typed = [field.evaluate(SELECTOR) for field in fields]
    assert typed
    for field in typed:
        look.locator(field).fill(WORDS)
        # Those of a server that filters as one types stand there once it has answered.
        until(lambda: quote(WORDS) in look.evaluate("location.search"), field)
    address = look.url
    look.goto("about:blank")
    look.goto(address)

    for field in typed:
        expect(look.locator(field)).to_have_value(WORDS)


@pytest.mark.tolerates(*KILLED, "htmx:")
def test_what_could_not_be_saved_is_saved_by_the_next_engine(
    chromium: Browser, page: Page, served: Served
) -> None:
    page.goto(f"{served.base}/preferences/")
    page.locator("html[data-scripts=ready]").wait_for(state="attached")
    page.get_by_label("Program", exact=True).select_option("custom")
    expect(page.locator("#said")).to_have_text("Program: saved")
    served.process.kill()
    served.process.wait()
    field = page.get_by_label("The other program")
    field.fill("true\n{file}")
    field.blur()
    expect(page.locator("#alerts")).to_contain_text("The engine")
    was = page.url.removeprefix(served.base)

    with Served(served.data_dir) as after:
        context = chromium.new_context()
        again = context.new_page()
        again.goto(f"{after.enter}?{urlencode({'next': was})}")
        field = again.get_by_label("The other program")
        expect(field).to_have_value("true\n{file}")
        expect(field).to_be_focused()
        field.blur()
        expect(again).to_have_url(f"{after.base}/preferences/")
        again.reload()
        expect(field).to_have_value("true\n{file}")
        context.close()


def test_a_key_that_is_held_makes_no_more_addresses_than_a_browser_takes(
    look: Page, shown: Served
) -> None:
    """WebKit refuses more than a hundred in ten seconds, and says so with an exception."""
    look.goto(f"{shown.base}/w/cyclery/commands/")
    look.locator("html[data-scripts=ready]").wait_for(state="attached")
    look.evaluate(
        """() => { const real = history.replaceState.bind(history);
        let left = 2;
        history.replaceState = (...all) => {
          if (left-- > 0) return real(...all);
          history.replaceState = real;
          throw new DOMException("too many", "SecurityError"); }; }"""
    )
    look.get_by_label("Filter commands").press_sequentially("sql")

    expect(look).to_have_url(f"{shown.base}/w/cyclery/commands/?filter.list=sql")


def test_a_text_that_the_engine_would_refuse_does_not_come_into_the_address(
    look: Page, shown: Served
) -> None:
    look.goto(f"{shown.base}/w/cyclery/commands/")
    look.locator("html[data-scripts=ready]").wait_for(state="attached")
    field = look.get_by_label("Filter commands")
    field.fill("x" * 60_001)
    expect(look.get_by_role("link", name="showmigrations")).to_be_hidden()
    assert len(look.url) < 60_000
    look.reload()
    look.locator("html[data-scripts=ready]").wait_for(state="attached")
    field.fill("sql")

    expect(look).to_have_url(f"{shown.base}/w/cyclery/commands/?filter.list=sql")


def test_the_field_that_has_its_text_back_has_the_focus(look: Page, shown: Served) -> None:
    look.goto(f"{shown.base}/w/cyclery/commands/?filter.list=sql")

    expect(look.get_by_label("Filter commands")).to_be_focused()


def test_a_field_that_has_its_text_back_and_is_changed_is_saved_once(
    page: Page, served: Served
) -> None:
    page.goto(f"{served.base}/preferences/")
    page.locator("html[data-scripts=ready]").wait_for(state="attached")
    page.get_by_label("Program", exact=True).select_option("custom")
    expect(page.locator("#said")).to_have_text("Program: saved")
    field = page.get_by_label("The other program")
    name = str(field.get_attribute("name"))
    asked: list[Request] = []

    def note(one: Request) -> None:
        asked.append(one)

    page.on("request", note)
    page.goto(f"{served.base}/preferences/?{urlencode({name: 'true'})}")
    expect(field).to_be_focused()
    field.press_sequentially("\n{file}")
    field.blur()
    expect(page.locator("#said")).to_have_text("The other program: saved")

    address = f"{served.base}/api/preferences/"
    assert [one.method for one in asked if one.url == address].count("POST") == 1
