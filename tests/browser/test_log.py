"""The output of a run on its page: found, folded, filtered, followed, taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.runs.project import Gate, when_loaded
from tests.serving import Served

from .conftest import guarded

pytestmark = pytest.mark.browser

LOUD = """
for number in range(1, 301):
    print(f"line {number}" + (" special" if number % 100 == 0 else ""), flush=True)
print("10 %\\r50 %\\r100 %", flush=True)
print("\\x1b[31mred\\x1b[0m plain", file=sys.stderr, flush=True)
try:
    raise KeyError("lost")
except KeyError:
    import traceback
    # At once: between two writes the other stream may be read.
    sys.stderr.write(traceback.format_exc())
print("last line", flush=True)
"""


@pytest.fixture
def page(chromium: Browser, served: Served, project: Path) -> Iterator[Page]:
    """On the page of a finished run of 308 lines, with a traceback in lines 303 to 307."""
    when_loaded(project, LOUD)
    slug = served.open_trusted(project)
    served.post("/api/preferences/", {"editor": "none"})
    yield from guarded(chromium, served, "light", (), f"/w/{slug}/runs/1/")


def line(number: int) -> str:
    return f'log-view li[data-line="{number}"]'


def test_a_search_says_which_of_how_many_and_marks_it(page: Page) -> None:
    page.get_by_label("Search output").fill("SPECIAL")
    expect(page.locator("#log-found")).to_have_text("1 of 3")
    expect(page.locator(line(100) + " mark")).to_have_text("special")

    page.get_by_role("button", name="Next match").click()
    expect(page.locator("#log-found")).to_have_text("2 of 3")
    expect(page.locator(line(200))).to_be_in_viewport()
    page.get_by_role("button", name="Match case").click()
    expect(page.locator("#log-found")).to_have_text("none")


def test_a_search_is_still_there_when_the_page_is_read_again(page: Page) -> None:
    page.get_by_label("Search output").fill("special")
    expect(page.locator("#log-found")).to_have_text("1 of 3")
    page.reload()

    expect(page.locator("#log-found")).to_have_text("1 of 3")
    expect(page.get_by_label("Search output")).to_have_value("special")


def test_the_keyboard_finds_goes_on_and_goes_back(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("special")
    expect(page.locator("#log-found")).to_have_text("1 of 3")
    page.keyboard.press("Enter")
    expect(page.locator("#log-found")).to_have_text("2 of 3")
    page.locator("log-view").focus()
    page.keyboard.press("n")
    expect(page.locator("#log-found")).to_have_text("3 of 3")
    page.keyboard.press("Shift+N")
    expect(page.locator("#log-found")).to_have_text("2 of 3")
    page.keyboard.press("g")
    expect(page.locator(line(1))).to_be_in_viewport()
    page.keyboard.press("Shift+G")
    expect(page.locator("log-view li").last).to_be_in_viewport()


def test_a_filter_leaves_matches_with_lines_around_them(page: Page) -> None:
    page.get_by_label("Search output").fill("special")
    page.get_by_role("button", name="Show matching lines only").click()

    expect(page.locator("log-view li.gap").first).to_have_text("⋯97 lines without a match")
    expect(page.locator(line(98))).to_be_visible()
    expect(page.locator(line(97))).to_have_count(0)
    page.get_by_label("Lines around a match").select_option("0")
    expect(page.locator("log-view li.gap").first).to_have_text("⋯99 lines without a match")
    expect(page.locator("log-view li[data-line]")).to_have_count(3)


def test_one_stream_alone_is_shown(page: Page) -> None:
    expect(page.locator('[data-log-lines="stdout"]')).not_to_be_empty()
    page.locator("#log-streams").get_by_text("stderr").click()

    expect(page.locator("log-view li.e").first).to_have_text(re.compile("red plain"))
    expect(page.locator("log-view li[data-line]:not(.e)")).to_have_count(0)


def test_a_traceback_is_folded_and_opens(page: Page) -> None:
    page.keyboard.press("Shift+G")
    fold = page.get_by_role("button", name="Traceback, 1 frame")
    expect(fold).to_be_visible()
    fold.click()

    expect(page.locator("log-view .place")).to_have_text(re.compile('File ".*orders/apps.py"'))
    page.get_by_role("button", name="Fold the traceback").click()
    expect(fold).to_be_visible()


def test_the_first_error_is_one_key_away_with_how_it_came_to_it(page: Page) -> None:
    expect(page.get_by_role("button", name="First error")).to_be_visible()
    page.keyboard.press("e")

    expect(page.locator("log-view li.current")).to_have_text(re.compile("KeyError: 'lost'"))
    expect(page.locator("log-view .place")).to_be_in_viewport()


def test_a_place_in_the_project_is_copied_where_there_is_no_editor(
    page: Page, project: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("e")
    page.locator("log-view .place").click()

    expect(page.locator("#said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(f"{project}/orders/apps.py") + r":\d+", copied)


def test_a_progress_bar_shows_its_last_state(page: Page) -> None:
    page.get_by_label("Search output").fill("100 %")

    expect(page.locator("log-view li.hit .tx")).to_have_text("100 %")


def test_a_link_to_a_line_shows_that_line(page: Page) -> None:
    page.goto(f"{page.url}#L250")
    page.reload()

    expect(page.locator(line(250) + ".current")).to_be_in_viewport()
    page.locator(line(252) + " a.no").click()
    assert page.url.endswith("#L252")
    expect(page.locator(line(252) + ".current")).to_be_in_viewport()


def test_the_whole_output_is_copied_as_it_is_displayed(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy and save").click()
    page.get_by_role("button", name="Copy all").click()
    expect(page.locator("#said")).to_have_text("Copied")

    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:2] == ["line 1", "line 2"]
    assert "100 %" in lines
    assert "red plain" in lines


def test_what_is_in_view_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator(line(1))).to_be_in_viewport()
    page.get_by_role("button", name="Copy and save").click()
    page.get_by_role("button", name="Copy what is in view").click()
    expect(page.locator("#said")).to_have_text("Copied")

    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "line 1"
    assert 10 < len(lines) < 60


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Save all, as it came", b"line 1\n"),
        ("Save all as plain text", b"line 1\n"),
        ("Save stdout only, byte for byte", b"line 1\n"),
    ],
)
def test_the_output_is_saved(page: Page, name: str, first: bytes) -> None:
    page.get_by_role("button", name="Copy and save").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    data = Path(download.value.path()).read_bytes()

    assert data.startswith(first)
    assert (b"\x1b[31m" in data) == (name == "Save all, as it came")
    assert (b"KeyError" in data) == ("stdout" not in name)


def test_times_and_wrapping_are_switched(page: Page) -> None:
    expect(page.locator("log-view time").first).to_be_visible()
    page.get_by_role("button", name="Show times").click()
    expect(page.locator("log-view time").first).to_be_hidden()
    page.get_by_role("button", name="Wrap lines").click()
    expect(page.locator("log-view")).to_have_class(re.compile("wraps"))


def test_following_stops_when_one_scrolls_up_and_goes_on_at_the_end(
    chromium: Browser, served: Served, project: Path, tmp_path: Path
) -> None:
    slug = served.open_trusted(project)
    gate = Gate(tmp_path)
    when_loaded(
        project,
        "for n in range(500): print('early', n, flush=True)\n"
        f"{gate.code}\nprint('late', flush=True)",
    )
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
    for page in guarded(chromium, served, "light", (), run["url"]):
        follow = page.get_by_role("button", name="Follow output")
        expect(page.get_by_text("early 499")).to_be_in_viewport()
        expect(follow).to_have_attribute("aria-pressed", "true")
        page.locator("log-view").hover()
        page.mouse.wheel(0, -2000)
        expect(follow).to_have_attribute("aria-pressed", "false")
        gate.open()
        expect(page.locator("[data-run-status=succeeded]")).to_be_visible()
        expect(page.get_by_text("late", exact=True)).not_to_be_in_viewport()
        page.keyboard.press("f")
        expect(page.locator("log-view li").last).to_be_in_viewport()
    gate.close()


def test_the_first_output_comes_with_the_news_of_it(
    chromium: Browser, served: Served, project: Path, tmp_path: Path
) -> None:
    slug = served.open_trusted(project)
    gate = Gate(tmp_path)
    when_loaded(project, f"print('early', flush=True)\n{gate.code}\nprint('late', flush=True)")
    asked: list[str] = []
    for page in guarded(chromium, served, "light", (), f"/w/{slug}/commands/"):
        page.on("request", lambda request: asked.append(request.url))
        page.locator("[data-form=command] [type=submit]").click()
        rows = page.locator("run-panel log-view .tx")
        expect(rows).to_have_text(["early"])
        assert not [url for url in asked if "/log/" in url]
        gate.open()

        expect(rows.filter(has_text="late")).to_be_visible()
    gate.close()


def test_a_place_in_a_traceback_wraps_as_the_text_around_it(page: Page) -> None:
    page.get_by_role("button", name="Wrap lines").click()
    page.keyboard.press("e")
    place = page.locator("log-view .place")
    # However short the project's path is, this one does not fit.
    place.evaluate("one => { one.append('/deep'.repeat(60)); }")
    start = "one => { const all = one.getClientRects(); return [all.length, all[0].left]; }"
    lines, left = place.evaluate(start)
    _, indent = place.locator("..").evaluate(start)

    assert lines > 1
    # Its first line is behind the two spaces that Python prints before it.
    assert left > indent


def test_a_place_is_taken_by_the_keyboard_and_leaves_the_address_alone(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("e")
    page.locator("log-view .place").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#said")).to_have_text("Copied")
    assert "#" not in page.url


def test_a_line_is_read_in_the_order_in_which_it_was_printed(
    page: Page, served: Served, project: Path
) -> None:
    when_loaded(project, "print('safe \\u202edetrever')")
    slug = page.url.split("/")[4]
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
    page.goto(served.base + run["url"])

    expect(page.locator(line(1) + " .tx")).to_have_text("safe \ufffddetrever")


@pytest.mark.parametrize("count", [9_000, 12_000])
def test_the_numbers_of_many_lines_keep_away_from_the_times(
    page: Page, served: Served, project: Path, count: int
) -> None:
    when_loaded(project, f"for number in range({count}): print(number)")
    slug = page.url.split("/")[4]
    _, run = served.post("/api/task-runs/", {"workspace": slug, "preset": "check"})
    served.wait_until(f"/api/task-runs/{run['id']}/", lambda one: one["finished_at"])
    page.goto(served.base + run["url"])
    page.locator("html[data-scripts=ready]").wait_for(state="attached")
    page.keyboard.press("Shift+G")
    last = page.locator(line(count))
    # A row is there before what is in it has come.
    expect(last.locator("time")).to_be_visible()

    gap = last.evaluate(
        """row => { const text = new Range(); text.selectNodeContents(row.querySelector(".no"));
        return row.querySelector("time").getBoundingClientRect().left
          - text.getBoundingClientRect().right; }"""
    )
    assert gap >= 6
