"""What the overview says of a project that cannot be read whole."""

from __future__ import annotations

import html
import re
from pathlib import Path

from tests.serving import Served

from .reading import rows_of, text_of
from .test_migrations_page import open_shop

NEXT = re.compile(r'<a class="btn small next" href="([^"]+)">([^<]+)</a>')


def test_the_overview_says_what_is_known_only_in_part(served: Served, project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(
        settings.read_text() + "INSTALLED_APPS += computed()\n"
        "if computed():\n    DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql'}}\n"
    )
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    page = html.unescape(re.sub(r"<[^>]+>|\s+", " ", served.get("/w/shop/")[1].decode()))
    text = re.sub(r"\s+", " ", page)

    assert re.search(r"of at least \d+ installed", text)
    assert re.search(r"at least \d+ apps", text)
    assert "default not known: " in text
    assert "so there may be other apps" in text
    assert "so it may name others" in text


def test_the_overview_says_which_file_could_not_be_read(served: Served, project: Path) -> None:
    (project / "orders" / "models.py").write_text("class Order(:\n")
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    page = html.unescape(served.get("/w/shop/")[1].decode())

    assert "models: orders/models.py has a syntax error in line 1" in page


def test_the_overview_says_how_far_the_database_is(served: Served, project: Path) -> None:
    slug = open_shop(served, project, applied="0001_initial")

    text = text_of(served, f"/w/{slug}/")

    # Its own, and the first one of auth, which needs that of contenttypes.
    assert "Applied 3 on default" in text
    assert re.search(r"Unapplied orders 1, admin \d+, auth \d+", text)


def test_a_finding_leads_to_where_it_is_looked_at(served: Served, sample: Path) -> None:
    slug = served.open_trusted(sample / "cyclery")

    links = NEXT.findall(html.unescape(served.get(f"/w/{slug}/")[1].decode()))

    assert {words for _, words in links} >= {"Show model", "Show checks"}
    for address, words in links:
        assert words.split()[1].rstrip("s") in address
        if words == "Show model":
            assert f"Label {address.partition('focus=')[2]} " in text_of(served, address)
        else:
            assert rows_of(served, address) != [], address


def test_the_app_of_the_users_is_noticed(served: Served, project: Path) -> None:
    models = project / "orders" / "models.py"
    models.write_text(
        "from django.contrib.auth.models import AbstractUser\nclass User(AbstractUser):\n    pass\n"
    )
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "AUTH_USER_MODEL = 'orders.User'\n")
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    assert "custom user model" in text_of(served, "/w/shop/")


def test_the_first_run_is_not_compared_as_if_nothing_had_changed(
    served: Served, project: Path
) -> None:
    slug = served.open_trusted(project)

    text = text_of(served, f"/w/{slug}/")

    assert "This is the first scan for which the code ran." in text
    assert "Nothing, as far as" not in text
