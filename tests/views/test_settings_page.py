"""The settings page of a real project, and its comparison of modules."""

from __future__ import annotations

from pathlib import Path

from tests.serving import Served

from .reading import rows_of, text_of


def row(rows: list[str], name: str) -> str:
    return next(one for one in rows if one.startswith(f"{name} "))


def test_what_differs_is_shown_with_value_default_place_and_advice(
    served: Served, project: Path
) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "SHOP_NAME = '<Velo> & Co'\n")
    slug = served.open_trusted(project)

    rows = rows_of(served, f"/w/{slug}/settings/")

    debug = row(rows, "DEBUG")
    assert debug.startswith("DEBUG True security.W018 You should not have DEBUG set to True")
    assert " False shop/ settings.py:" in debug
    assert "'<Velo> & Co' none shop/ settings.py:" in row(rows, "SHOP_NAME")
    assert row(rows, "SECURE_HSTS_SECONDS").startswith(
        "SECURE_HSTS_SECONDS not set, so Django's own security.W004"
    )


def test_a_secret_is_not_in_the_page(served: Served, project: Path) -> None:
    secret = (
        next(
            line
            for line in (project / "shop" / "settings.py").read_text().splitlines()
            if line.startswith("SECRET_KEY")
        )
        .partition("= ")[2]
        .strip("'\"")
    )
    slug = served.open_trusted(project)

    _, page = served.get(f"/w/{slug}/settings/")

    assert secret not in page.decode()
    assert "1 value is redacted." in text_of(served, f"/w/{slug}/settings/")
    assert "its name says that it is secret" in row(
        rows_of(served, f"/w/{slug}/settings/"), "SECRET_KEY"
    )


def test_the_address_filters(served: Served, project: Path) -> None:
    slug = served.open_trusted(project)

    assert [one.split()[0] for one in rows_of(served, f"/w/{slug}/settings/?q=urlconf")] == [
        "ROOT_URLCONF"
    ]
    assert len(rows_of(served, f"/w/{slug}/settings/?kind=redacted")) == 1
    assert "Clear the filter" in text_of(served, f"/w/{slug}/settings/?q=nothing")


def test_settings_that_raise_are_told_with_their_last_line(served: Served, project: Path) -> None:
    settings = project / "shop" / "settings.py"
    settings.write_text(settings.read_text() + "raise RuntimeError('no luck today')\n")
    slug = served.open_trusted(project)

    assert "no luck today" in text_of(served, f"/w/{slug}/settings/")


def test_two_modules_are_compared_and_no_others_are_read(served: Served, sample: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(sample / "cyclery")})

    text = text_of(served, "/w/cyclery/settings/compare/?left=cyclery.settings.base")
    other = text_of(served, "/w/cyclery/settings/compare/?left=os.path&right=json")

    assert "SECURE_SSL_REDIRECT not set True cyclery/settings/ production.py:13" in text
    assert "cyclery.settings.dev with cyclery.settings.production" not in text
    assert "os.path" not in other
    assert "json" not in other


def test_one_module_alone_cannot_be_compared(served: Served, project: Path) -> None:
    served.open_first_page()
    served.post("/api/workspaces/", {"path": str(project)})

    text = text_of(served, f"/w/{project.name}/settings/compare/")

    assert "The project has one settings module, shop.settings ." in text
